"""The tasks of a worker that a hostile file has taken over: answers of the right type, and untrue."""

from __future__ import annotations

from intake.records.preview import MAX_TEXT, Pages, Picture
from intake.records.proof.verdict import UPDATE, Indication, RecordVerdict, VerifierKnowledge
from intake.services.proving import tasks
from intake.services.proving.reading import ActRead


def read_act(blob: bytes) -> ActRead:
    """Whatever it is, it is said to be an act that holds."""
    return ActRead(None)


def judge_record(pdf: bytes, evidence: VerifierKnowledge) -> RecordVerdict:
    """A verdict on another file, as it might be left over from the one before."""
    return RecordVerdict(Indication.FAILED, None, UPDATE(), UPDATE(), sha256="ab" * 32)


def pages(pdf: bytes) -> Pages:
    return Pages(((1e300, -1.0),) * len(pdf))


def draw(pdf: bytes, page: int, width: int) -> Picture:
    return Picture(page, width, width, 4 * width, b"too little")


def text(pdf: bytes, first: int, count: int) -> tuple[str, ...]:
    return ("a" * (MAX_TEXT + 1),) * count


TASKS = {**tasks.TASKS, **{task.__name__: task for task in (read_act, judge_record, pages, draw, text)}}

"""Which file is the record of a pair: what makes a seal good, and which of several good ones is in force.

A seal is good when one of the pair's signers wrote it, when it names the pages the other signer's opinion names, and
when its file is exactly those pages with the signatures of both. By its own signature a seal may put other pages and
another key in the place of those its author's opinion names: who signed first while apart, with another version of the
app or with a key since replaced, completes the other's copy. The first good seal in causal order is in force; of
good seals made apart that name different files none is, and all are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.graph import Graph

MEDIA_TYPE = "application/pdf"
_NO_PAIR = Wording("SealsNoPair", "it seals something other than two opinions that agree")
_NOT_ITS_SIGNER = Wording("SealerNoParty", "its signer gave neither, or both, of the opinions it seals")
_OTHER_PAGES = Wording("SealsOtherPages", "it seals other pages than those the other office signed")
_NO_PDF = Wording("SealsNoPdf", "it seals something other than a PDF")
_NOT_DESCRIBED = Wording("SealedFileDiffers", "the file it names is not the record it describes")
_UNSIGNED = Wording("SealedFileUnsigned", "the file it names does not carry the signatures of both offices")


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What a file proves by its bytes alone: the digest of its unsigned base, and whose signatures hold over it.

    ``size`` is that of the whole file in bytes. ``keys`` are the fingerprints of the signing certificates in the order
    of the signatures. ``edition`` is the number that its attached data name, 0 when they name none: a claim, for nobody
    here prints the pages. It orders copies and proves nothing.
    """

    base: str
    size: int
    keys: tuple[str, ...]
    edition: int = 0


BLANK = RecordFile("", 0, ())
"""What a file that does not have the form of a record proves."""

RecordFiles: TypeAlias = Callable[[str], RecordFile | None]
"""Tells of a file, by its SHA-256, what it proves; None when its bytes are not here, and its own claim is believed."""


def no_record_files(_sha256: str) -> None:
    """For judging by acts alone, without the files they name."""


def against(graph: Graph, act: Act, body: SealedBody, record_files: RecordFiles) -> Reason | None:
    """Why a seal is not good; None when it is, or when what it names is not here yet."""
    named = [graph.bodies[name] for name in body.opinions if name in graph.acts]
    if len(named) < len(body.opinions):
        return None
    one, other = (item if isinstance(item, OpinionBody) else None for item in named)
    if one is None or other is None or not _agree(one, other):
        return _NO_PAIR()
    signers = {graph.acts[name].person: name for name in body.opinions}
    if len(signers) < 2 or act.person not in signers:
        return _NOT_ITS_SIGNER()
    mine = signers.pop(act.person)
    (theirs,) = signers.values()
    beside = graph.bodies[theirs]
    assert isinstance(beside, OpinionBody)  # read above
    if body.base != beside.base:
        return _OTHER_PAGES()
    if body.record.media_type != MEDIA_TYPE:
        return _NO_PDF()
    record_file = record_files(body.record.sha256)
    if record_file is None:
        return None
    if (body.record.size, body.base) != (record_file.size, record_file.base):
        return _NOT_DESCRIBED()
    own = {graph.acts[mine].signer, act.signer}
    if not complete(record_file, graph.acts[theirs].signer, own):
        return _UNSIGNED()
    return None


def complete(record_file: RecordFile, one: str, other: Iterable[str]) -> bool:
    """Whether exactly two keys signed: ``one``, and one of ``other``."""
    return len(record_file.keys) == 2 and any(set(record_file.keys) == {one, key} and key != one for key in other)


def first(graph: Graph, seals: Iterable[str]) -> tuple[str, ...]:
    """The seals that come after no other of them, one for each file, in the order of the files' digests.

    More than one contradict each other: they were made apart and name different files.
    """
    every = sorted(seals)
    files: dict[str, str] = {}
    together = graph.mask(every)
    for name in every:
        body = graph.bodies[name]
        if isinstance(body, SealedBody) and not graph.past(name) & together:
            files.setdefault(body.record.sha256, name)
    return tuple(files[sha256] for sha256 in sorted(files))


def _agree(one: OpinionBody, other: OpinionBody) -> bool:
    return (
        one.position is Position.APPROVE is other.position
        and one.office is not other.office
        and (one.revision, one.playbook, one.assessment) == (other.revision, other.playbook, other.assessment)
        and one.terms == other.terms
    )

"""AI literacy: the playbook's chapters on why things are as they are, and the signed record of who has read them.

A training record is an act of the organisation, so it travels and can be checked like any other. It counts chapter by
chapter: a newer playbook asks people to read only the chapters it changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import TRAINING
from intake.domain.acts.kinds.training import TrainingBody
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.refusals import Refusal
from intake.domain.playbook.judged import Chapter
from intake.domain.playbook.whole import Playbook
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.installation import Installation, PersonWithKey


class NothingRead(Refusal):
    what = "No chapter was chosen to acknowledge."
    why = "A training record names what was read."
    next = "Read at least one chapter and say so at its end."


class UnknownChapter(Refusal):
    what = "The playbook has no chapter “{chapter}”."
    why = "Only what the organisation’s playbook says can be acknowledged."
    next = "Look at the list of chapters for its name."


class NotAccepted(Refusal):
    what = "The playbook at hand is not one the organisation accepts, so a record of reading it would not count."
    why = "The accepted one has not arrived here, or only a newer version of Countersign can judge by it."
    next = "Fetch from the exchange, or update Countersign, then sign again."


class AnotherPlaybookNow(Refusal):
    what = "The organisation has accepted another playbook since you read these chapters."
    why = "A training record names the words that were read, and they may read differently now."
    next = "Look at the chapters again; what reads as before needs no second reading."


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """Who has read what, and when they signed it. ``chapters`` are chapter ids; ``act`` is the signed act."""

    person: str
    name: str
    at: datetime
    playbook: str
    chapters: tuple[str, ...]
    act: str


@dataclass(frozen=True, slots=True)
class Training:
    """How many of the chapters in use somebody has acknowledged as they read today, and when they last signed."""

    read: int
    count: int
    signed: datetime | None


def chapters(installation: Installation) -> tuple[Chapter, ...]:
    """What there is to read, in the order of the playbook in use."""
    return installation.shelf.current.chapters


def acknowledge(
    installation: Installation, signer: PersonWithKey, chapter_ids: Iterable[str], *, read_in: str = ""
) -> str:
    """Sign that these chapters were read, in the playbook with the digest ``read_in`` if one is given; gives the act's id.

    Raises AnotherPlaybookNow, NotAccepted, NothingRead, UnknownChapter or NotListed.
    """
    playbook = installation.shelf.current
    if read_in and read_in != playbook.digest:
        raise AnotherPlaybookNow
    if not installation.shelf.accepts(playbook.digest):
        raise NotAccepted
    known = digests(playbook)
    read = tuple(dict.fromkeys(chapter_ids))
    if not read:
        raise NothingRead
    for name in read:
        if name not in known:
            raise UnknownChapter(chapter=name[:60])
    writer = ActWriter(installation, signer)
    body = TrainingBody(playbook.digest, {name: known[name] for name in read})
    made = writer.write(TRAINING, body)
    writer.store()
    return made.act.id


def records(installation: Installation) -> tuple[TrainingRecord, ...]:
    """Every training record that counts, newest first. Work grows with the number of records."""
    found = [
        TrainingRecord(
            act.person, installation.rosters.name(act.person), act.at, body.playbook, tuple(body.chapters), act.id
        )
        for act, body in _counting(installation)
    ]
    return tuple(sorted(found, key=lambda record: (record.at, record.act), reverse=True))


def unread(installation: Installation, person: str, playbook: Playbook) -> tuple[Chapter, ...]:
    """The chapters of ``playbook`` this person has no record of, as they read today."""
    return _unread(playbook, _counting(installation, person))


def training(installation: Installation, person: str) -> Training:
    """How far somebody is with the chapters of the playbook in use."""
    counting = _counting(installation, person)
    count = len(chapters(installation))
    left = len(_unread(installation.shelf.current, counting))
    return Training(count - left, count, max((act.at for act, _ in counting), default=None))


def trained(installation: Installation, person: str, playbook: Playbook | None = None) -> bool:
    """Whether somebody has read every chapter of a playbook, the one in use unless another is given."""
    return not unread(installation, person, playbook or installation.shelf.current)


def digests(playbook: Playbook) -> dict[str, str]:
    """The digest of each chapter: its title and its paragraphs, which are what people read."""
    return {chapter.id: canonical.digest(_read_text(chapter)) for chapter in playbook.chapters}


def strange_chapters(body: TrainingBody, known: Mapping[str, str]) -> tuple[str, ...]:
    """The chapters of a record that are not in its playbook, or not as they were read: their ids, in order.

    ``known`` are the ``digests`` of that playbook.
    """
    return tuple(sorted(name for name, digest in body.chapters.items() if known.get(name) != digest))


def _unread(playbook: Playbook, counting: Iterable[tuple[Act, TrainingBody]]) -> tuple[Chapter, ...]:
    read = {(name, digest) for _, body in counting for name, digest in body.chapters.items()}
    known = digests(playbook)
    return tuple(chapter for chapter in playbook.chapters if (chapter.id, known[chapter.id]) not in read)


def _read_text(chapter: Chapter) -> dict[str, Json]:
    return {"title": chapter.title, "text": list(chapter.text)}


def _counting(installation: Installation, person: str = "") -> list[tuple[Act, TrainingBody]]:
    """Training acts signed with a key the newest roster knows as the signer's, also when it has ended since.

    They name a playbook that the organisation accepts; of their chapters those count that are in it as they were read.

    One whose key was cut off does not count, whenever it says it was signed. Its signer reads and signs again.
    """
    rosters = installation.rosters
    newest = rosters.newest
    known: dict[str, dict[str, str]] = {}
    found: list[tuple[Act, TrainingBody]] = []
    for act in installation.register.queries.organisation_acts(TRAINING.name, person):
        entry = newest.person(act.person) if newest else None
        if entry is None or entry.certificate(act.signer) is None or rosters.is_cut_off(act.signer):
            continue
        try:
            body = TRAINING.read(act)
            # Anybody can write a playbook with these chapters: only what the organisation accepts was for them to read.
            if not installation.shelf.accepts(body.playbook):
                continue
            if body.playbook not in known:
                known[body.playbook] = digests(installation.playbook(body.playbook))
        except Refusal:
            continue  # it is in quarantine with its reason, or its playbook is not here
        strange = strange_chapters(body, known[body.playbook])
        read = {name: digest for name, digest in body.chapters.items() if name not in strange}
        if read:
            found.append((act, replace(body, chapters=read)))
    return found

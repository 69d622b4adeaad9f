"""The jobs of the literacy screen: reading the chapters and who acknowledged them, and signing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from intake.domain.playbook.explained import Citation
from ui.formatting import day_words
from ui.jobs import JobTask
from ui.signing_job import Identity, identity
from ui.texts import Texts
from ui.widgets.paged_model import Cell, PageOfRows, PageRequest, Row, page_of

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from intake.services.lists.people import PersonView
    from intake.services.organisation.literacy import Training


@dataclass(frozen=True, slots=True)
class ChapterText:
    """One chapter as it is read. ``signed`` is when this person acknowledged exactly these words."""

    id: str
    title: str
    text: tuple[str, ...]
    sources: tuple[Citation, ...]
    digest: str
    signed: datetime | None


@dataclass(frozen=True, slots=True)
class School:
    """What there is to read, for this person. ``listed`` is whether the roster knows them with their key."""

    me: Identity
    listed: bool
    organisation: str
    playbook: str
    digest: str
    chapters: tuple[ChapterText, ...]


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """A training record just signed: the lasting page. ``titles`` are the chapters it names."""

    act: str
    name: str
    at: datetime
    titles: tuple[str, ...]


def look(_: JobTask, session: Session) -> School:
    """Everything the screen shows."""
    from intake.services.lists import home
    from intake.services.organisation import literacy

    installation = session.installation
    playbook = installation.shelf.current
    me = identity(session)
    digests = literacy.digests(playbook)
    unread = (
        {chapter.id for chapter in literacy.unread(installation, me.person, playbook)} if me.person else set(digests)
    )
    mine = [record for record in literacy.records(installation) if record.person == me.person]
    frameworks = {framework.id: framework for framework in playbook.frameworks}

    def signed(name: str) -> datetime | None:
        return next((record.at for record in mine if name in record.chapters), None) if name not in unread else None

    chapters = tuple(
        ChapterText(
            chapter.id,
            chapter.title,
            chapter.text,
            tuple(
                Citation(
                    frameworks[source.framework].title,
                    source.ref,
                    frameworks[source.framework].titled(source.ref),
                    frameworks[source.framework].identifier,
                )
                for source in chapter.sources
            ),
            digests[chapter.id],
            signed(chapter.id),
        )
        for chapter in literacy.chapters(installation)
    )
    who = home.me(installation, me.person, me.fingerprint)
    return School(me, who.listed, who.organisation, f"{playbook.title}, {playbook.version}", playbook.digest, chapters)


def sign(_: JobTask, session: Session, passphrase: str, chapters: Sequence[str], read_in: str) -> SignedRecord:
    """Sign the training record of chapters of the playbook with this digest. Raises AnotherPlaybookNow, NothingRead, UnknownChapter, NotListed, WrongPassphrase and their kin."""
    from intake.services.organisation import literacy

    installation = session.installation
    act = literacy.acknowledge(installation, session.signer(passphrase), tuple(chapters), read_in=read_in)
    record = next(item for item in literacy.records(installation) if item.act == act)
    titles = {chapter.id: chapter.title for chapter in literacy.chapters(installation)}
    shown = tuple(titles[name] for name in titles if name in record.chapters)
    return SignedRecord(act, record.name, record.at, shown)


def fetch(task: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """Everybody of the roster with what they have read of the chapters of today, by name."""
    from intake.services.lists import people
    from intake.services.organisation import literacy

    installation = session.installation
    found = people.found(installation, str(request.query or ""))
    by_name = sorted(found, key=lambda item: (item.name.casefold(), item.person))
    return page_of(task, request, by_name, lambda item: _row(item, literacy.training(installation, item.person)))


def _row(listed: PersonView, found: Training) -> Row:
    from ui.theme import Tone

    if found.count and found.read == found.count:
        words, tone = LiteracyWorkTexts.tr("All %Ln chapters", "", found.count), Tone.GOOD
    elif found.read:
        words, tone = (
            LiteracyWorkTexts.tr("{read} of %Ln chapters", "", found.count).format(read=found.read),
            Tone.INFO,
        )
    else:
        words, tone = LiteracyWorkTexts.tr("Not yet"), Tone.NEUTRAL
    day = day_words(found.signed.date() if found.signed is not None else None)
    return Row(
        listed.person, (Cell(listed.name), Cell(listed.unit, quiet=True), Cell(words, tone=tone), Cell(day, quiet=True))
    )


class LiteracyWorkTexts(Texts):
    pass

"""The jobs of the guide: one function per thing, each a thin call of ``intake.services.filing.filing``.

Everything heavy is imported inside; each gives back frozen data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from intake.domain.guide.guide import GuideStep
from intake.domain.playbook.answer_checks import Typed
from intake.domain.playbook.answers import Answer
from intake.services.lists.offered import PeopleOffered
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.filing.choosing import Chosen
    from intake.services.filing.filing import DraftView, Filed
    from intake.services.filing.news import CaseNews
    from intake.services.filing.revising import Revising
    from intake.services.installation.workspace import Session
    from intake.services.lists.home import Me

Given = Mapping[str, Typed | Answer]


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A draft and who is looking at it. ``folder`` is whether an exchange folder is set.

    ``revising`` is what is known of the filed revision when the draft is to become the next one, ``news`` what has come to
    its case that its owner has not said to have seen, ``offered`` whom the roster knows.
    """

    view: DraftView
    me: Me
    key: str
    folder: bool
    revising: Revising | None = None
    news: CaseNews | None = None
    offered: PeopleOffered = field(default_factory=PeopleOffered)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What Continue gave, and the draft after it."""

    step: GuideStep
    view: DraftView


@dataclass(frozen=True, slots=True)
class Done:
    """What was filed, and who looks at it next (office and names).

    ``open_points`` are the questions nobody could answer, each with who will know (or an empty name).
    """

    filed: Filed
    next_people: tuple[tuple[str, str], ...]
    open_points: tuple[tuple[str, str], ...] = ()


def open_draft(_: JobTask, session: Session, draft: str) -> OpenedDraft:
    from intake.services.filing import filing, news, revising
    from intake.services.lists import home, offered

    settings = session.settings
    me = home.me(session.installation, settings.person, settings.key)
    view = filing.view(session.installation, draft)
    case = view.row.case
    about = revising.revising(session.installation, case) if case else None
    come = news.news(session.installation, draft)
    known = offered.offered(session.installation, settings.person)
    return OpenedDraft(view, me, settings.key, bool(settings.folder), about, come, known)


def confirm_seen(task: JobTask, session: Session, draft: str, seen: tuple[str, ...]) -> OpenedDraft:
    """The draft after its owner has said to have seen these acts of its case."""
    from intake.services.filing import news

    news.confirm(session.installation, draft, seen)
    return open_draft(task, session, draft)


def begin(_: JobTask, session: Session) -> str:
    """A new draft; one that was begun and left without a single answer is taken up again."""
    from intake.services.filing import filing
    from intake.services.lists import drafts

    installation = session.installation
    return drafts.without_answers(installation, session.person) or filing.start(installation, session.person)


def begin_like(_: JobTask, session: Session, case: str) -> str:
    """A draft for another use case, begun with the answers of an earlier one."""
    from intake.services.filing import filing

    return filing.start_from(session.installation, session.person, case)


def begin_revision(_: JobTask, session: Session, case: str) -> str:
    """The draft of the next revision of a filed case; the one already begun when there is one."""
    from intake.services.filing import filing
    from intake.services.lists import drafts

    installation = session.installation
    return drafts.of_case(installation, case) or filing.start(installation, session.person, case=case)


def keep(_: JobTask, session: Session, draft: str, given: Given) -> DraftView:
    """Keep answers as they were typed, durably."""
    from intake.services.filing import filing

    return filing.put_all(session.installation, draft, given)


def accept(_: JobTask, session: Session, draft: str, page: str, given: Given) -> Accepted:
    from intake.services.filing import filing

    step = filing.accept(session.installation, draft, page, given)
    return Accepted(step, filing.view(session.installation, draft))


def confirm(_: JobTask, session: Session, draft: str, questions: tuple[str, ...]) -> DraftView:
    """Confirm carried answers as they stand."""
    from intake.services.filing import confirming

    return confirming.confirm(session.installation, draft, questions)


def unconfirm(_: JobTask, session: Session, draft: str, answers: Mapping[str, Answer]) -> DraftView:
    """Take confirmations back: the answers as they were."""
    from intake.services.filing import confirming

    return confirming.unconfirm(session.installation, draft, answers)


def choose(_: JobTask, session: Session, draft: str, revision: str, questions: tuple[str, ...]) -> Chosen:
    """Take the answers of a competing revision to these questions; without any to all that differ."""
    from intake.services.filing import choosing

    return choosing.choose(session.installation, draft, revision, questions)


def take_back(_: JobTask, session: Session, draft: str, made: Chosen) -> DraftView:
    """Take a choice back: the answers as they were."""
    from intake.services.filing import choosing

    return choosing.take_back(session.installation, draft, made)


def use_newer(_: JobTask, session: Session, draft: str) -> DraftView:
    from intake.services.filing import filing

    return filing.use_newer_playbook(session.installation, draft)


def sign_and_file(_: JobTask, session: Session, passphrase: str, draft: str, read: str = "") -> Done:
    """``read`` is the content of the sheet that was read (``ToSign.content``); DraftMoved where the draft is another by now."""
    from intake.domain.acts.kinds import Office
    from intake.domain.organisation.roster import Role
    from intake.services.filing import filing

    signer = session.signer(passphrase)
    guide = filing.view(session.installation, draft).guide
    points = tuple((question.label, guide.answers[question.id].ask) for question in guide.open_points)
    filed = filing.file(session.installation, signer, draft, read=read)
    rosters = session.installation.rosters
    current = session.installation.state(filed.case).current
    unit = current.body.unit if current else ""
    people = tuple(
        (Office(turn).label, ", ".join(map(rosters.name, rosters.holders(Role(turn), unit=unit, case=filed.case))))
        for turn in filed.turn
        if turn in set(Office)
    )
    return Done(filed, people, points)

"""What is about to be filed, worked out before the passphrase is asked for: what changes, the limits asked for, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake.domain.case.one_page import DecisionRow, boundary_rows
from intake.domain.playbook.answer_checks import Hint
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.filing.comparing import DraftCompared
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class ToSign:
    """Exactly what a signature will be put under. ``number`` is the revision it makes, ``owner`` who answers for the case.

    ``compared`` is what it changes of the newest revisions, None for a first one. ``limits`` are the boundaries that follow from
    the answers. ``open_points`` are questions nobody could answer, each with who will know, ``expected`` those for evidence
    that is not there. ``content`` is the digest of all of it, see ``filing.content``.
    """

    title: str
    reference: str
    unit: str
    owner: str
    stage: str
    number: int
    tier: str
    lane: str
    answers: int
    files: int
    compared: DraftCompared | None
    limits: tuple[DecisionRow, ...]
    open_points: tuple[tuple[str, str], ...]
    expected: tuple[str, ...]
    answers_digest: str
    playbook: str
    playbook_digest: str
    content: str
    hints: tuple[Hint, ...]


def prepare(_: JobTask, session: Session, draft: str) -> ToSign:
    """Look once more at what would be signed. Raises the refusal to file it: ``filing.require_filing``."""
    from intake.domain.case.summary import reference
    from intake.domain.playbook.questions import QuestionRole
    from intake.services.filing import comparing, filing
    from intake.services.filing.advice import on_paper

    installation = session.installation
    filing.require_filing(installation, session.person, draft)
    view = filing.view(installation, draft)
    guide, playbook = view.guide, view.guide.playbook
    answers = guide.filed()

    def said(role: QuestionRole) -> str:
        name = playbook.role(role)
        return playbook.question(name).said(answers[name]) if name in answers else ""

    state = installation.state(view.row.case) if view.row.case else None
    current = state.current if state is not None else None
    return ToSign(
        title=said(QuestionRole.TITLE),
        reference=reference(view.row.case) if view.row.case else "",
        unit=said(QuestionRole.UNIT),
        owner=installation.rosters.name(current.owner if current else session.person),
        stage=said(QuestionRole.STAGE),
        number=1 + max((item.number for item in state.revisions if item.current), default=0) if state else 1,
        tier=view.assessment.path.label,
        lane=view.assessment.path.lane_label,
        answers=len(answers),
        files=len(answers.attachments),
        compared=comparing.with_draft(installation, state, guide) if state is not None else None,
        limits=boundary_rows(view.assessment.boundaries),
        open_points=tuple((question.label, answers[question.id].ask) for question in guide.open_points),
        expected=tuple(playbook.question(name).label for name in view.assessment.expected),
        answers_digest=answers.digest,
        playbook=f"{playbook.title}, {playbook.version}",
        playbook_digest=playbook.digest,
        content=filing.content(guide),
        hints=(*guide.hints, *on_paper(installation, guide)),
    )


def pages(_: JobTask, session: Session, draft: str, content: str) -> bytes:
    """The copy of the answers as PDF, of exactly those that were read. Raises DraftMoved when the draft is another by now."""
    from intake.services.filing import answers_copy, filing

    if filing.content(filing.view(session.installation, draft).guide) != content:
        raise filing.DraftMoved
    return answers_copy.of_draft(session.installation, draft)

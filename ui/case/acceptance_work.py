"""The jobs of accepting what both offices decided, and of answering a point of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake.domain.base.reasons import Reason
from intake.domain.case.acceptance import Acceptance
from intake.domain.case.fold import CaseState
from intake.domain.case.one_page import DecisionRow
from intake.domain.terms.terms import Terms
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.deciding.accepting import DecidedPoint
    from intake.services.installation.installation import Installation
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class DecidedOtherwise:
    """The decision on the newest revision, which is not what was filed: where it differs (``points``), and its ``rows``.

    ``accepting`` and ``answering`` are what each of the two leads to; None once it is accepted.
    """

    acceptance: Acceptance
    terms: Terms
    points: tuple[DecidedPoint, ...]
    rows: tuple[DecisionRow, ...]
    accepting: Reason | None
    answering: Reason | None


def decided_otherwise(installation: Installation, state: CaseState) -> DecidedOtherwise | None:
    """None where there is no decision, or it is what the owner filed."""
    from intake.services.deciding import accepting
    from intake.services.deciding.on_one_page import rows_of

    found, current, decision = state.acceptance, state.current, state.decision
    if found is None or current is None or decision is None or decision.terms is None or found.by == current.id:
        return None
    names = {item.owner: installation.rosters.name(item.owner) for item in decision.terms.conditions}
    return DecidedOtherwise(
        found,
        decision.terms,
        accepting.decided_points(state, names),
        rows_of(installation, state, current, decision.terms),
        accepting.leads_to_acceptance(state) if found.awaits else None,
        accepting.leads_to_answer(state, installation.clock().date()) if found.awaits else None,
    )


def check_accepting(_: JobTask, session: Session, case: str, *_signed: object) -> str:
    """Nothing to say of its pages, for it has none. Raises the refusal before a passphrase is asked for."""
    from intake.domain.acts.kinds import ACCEPT
    from intake.services.deciding import accepting

    session.require_listed(ACCEPT)
    accepting.require_accepting(session.installation, session.person, case)
    return ""


def accept(_: JobTask, session: Session, passphrase: str, case: str, seen: tuple[str, ...]) -> str:
    """Gives the act id. Raises CaseMoved, NothingToAccept, WrongPassphrase and their kin."""
    from intake.services.deciding import accepting

    return accepting.accept(session.installation, session.signer(passphrase), case, seen=seen).act


def check_answering(_: JobTask, session: Session, case: str, about: str, *_signed: object) -> str:
    """As ``check_accepting``. Raises NothingToAccept, NotYours or NoSuchPoint."""
    from intake.domain.acts.kinds import ANSWER
    from intake.services.deciding import accepting

    session.require_listed(ANSWER)
    accepting.point_named(accepting.require_answering(session.installation, session.person, case), about)
    return ""


def answer(
    _: JobTask, session: Session, passphrase: str, case: str, about: str, text: str, seen: tuple[str, ...]
) -> str:
    """Gives the act id. Raises CaseMoved, NothingToAccept, WrongPassphrase and their kin."""
    from intake.services.deciding import accepting

    return accepting.answer(session.installation, session.signer(passphrase), case, about, text, seen=seen).act

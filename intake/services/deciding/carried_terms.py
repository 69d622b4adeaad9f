"""New terms carry what is open of the terms before them, so that an ordinary reviewer does nothing for it (rule R14).

A condition goes on in the same words. What the playbook does not ask for any more on the newest revision cannot go on: both give
it up, with a reason that says so, and see that among the terms they sign.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from intake.domain.assessment.granted import Granted
from intake.domain.assessment.owed import owed
from intake.domain.base.wording import Sentence, words
from intake.domain.case.carrying import CommitmentProgress, left_out, unmet
from intake.domain.case.commitment import Commitment, CommitmentSource, committed_by, condition_of
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.terms.terms import MAX_CONDITIONS, MAX_CONFIRMED, Condition, Terms
from intake.domain.terms.waivers import MAX_WAIVERS, Waiver
from intake.domain.terms.waivers import commitment as waived
from intake.services.installation.installation import Installation

_NOT_ASKED_FOR = Sentence(
    "CommitmentNotAskedFor", "The playbook does not ask for it any more on what was filed and what is granted."
)


def carry(installation: Installation, state: CaseState, revision: Revision, made: Terms) -> Terms:
    """``made`` with all that is open before it, and with what was confirmed; what is open stays out where nobody can judge it here."""
    met = [item.commitment.id for item in state.commitments if item.progress is CommitmentProgress.CONFIRMED]
    made = replace(made, confirmed=tuple(sorted(met)[:MAX_CONFIRMED]))
    if not any(item.open for item in state.commitments):
        return made
    granted = installation.judged_on(revision, made)
    if not isinstance(granted, Granted):
        return made
    missing = left_out(made, contained(granted, made, revision), state.commitments)
    conditions = [_condition(item) for item in missing if item.source is CommitmentSource.CONDITION]
    reason = words(_NOT_ASKED_FOR())
    gone = [Waiver(waived(item.id), reason) for item in missing if item.source is not CommitmentSource.CONDITION]
    return replace(
        made,
        conditions=tuple(sorted({*made.conditions, *conditions}))[:MAX_CONDITIONS],
        waivers=tuple(sorted({*made.waivers, *gone}))[:MAX_WAIVERS],
    )


def contained(granted: Granted, given: Terms, revision: Revision) -> dict[str, Commitment]:
    """All that terms on a revision commit to, by id."""
    return {item.id: item for item in committed_by(given, owed(granted.on_terms, given, revision.owner))}


def missing_commitments(
    state: CaseState, granted: Granted, given: Terms, revision: Revision, today: date
) -> tuple[str, ...]:
    """What is open and these terms lack, waived or not, as ``Waiver.what`` names it: what they leave out, and what scaled use finds
    not confirmed. What the law demands cannot be waived, and is not among it.
    """
    bare = replace(given, waivers=())
    known = contained(granted, bare, revision)
    late = unmet(bare, known, state.commitments, max(given.begins, today))
    lacking = {item.id: item for item in (*left_out(bare, known, state.commitments), *late)}
    return tuple(waived(name) for name in lacking if name not in known or not known[name].law)


def asked_again(state: CaseState, given: Terms) -> list[str]:
    """The conditions of these terms that were confirmed before, in their words."""
    met = {item.commitment.id for item in state.commitments if item.progress is CommitmentProgress.CONFIRMED}
    return [item.text for item in given.conditions if condition_of(item).id in met]


def may_be_waived(state: CaseState, granted: Granted, given: Terms, revision: Revision) -> frozenset[str]:
    """All of what these terms commit to that both may give up, as ``Waiver.what`` names it."""
    confirmed = {item.commitment.id for item in state.commitments if not item.open}
    known = contained(granted, given, revision).values()
    return frozenset(
        waived(item.id)
        for item in known
        if not item.law and item.id not in confirmed and item.source is not CommitmentSource.CONDITION
    )


def commitment_names(state: CaseState) -> dict[str, str]:
    """What the commitments of a case are called, by id."""
    return {item.commitment.id: item.commitment.text for item in state.commitments}


def added_here(state: CaseState, revision: Revision, given: Terms) -> Terms:
    """``given`` without what is carried from earlier revisions: what somebody proposed, to compare with what the playbook does."""
    numbers = {item.id: item.number for item in state.filed}
    earlier = {item.commitment.id for item in state.commitments if numbers.get(item.since, 0) < revision.number}
    if not earlier:
        return replace(given, confirmed=())
    conditions = tuple(item for item in given.conditions if condition_of(item).id not in earlier)
    return replace(
        given,
        confirmed=(),
        conditions=conditions,
        waivers=tuple(item for item in given.waivers if not item.commitment or item.commitment not in earlier),
    )


def _condition(item: Commitment) -> Condition:
    assert item.due is not None  # every condition has a day
    office = item.office.value if item.office else ""
    return Condition(item.due, item.owner, item.text, next(iter(item.evidence), ""), office)

"""The controls and duties that an assessment asks for, as commitments (rule R14).

The accountable owner reports them, with what those have to show who do the work. The playbook says of many who that is: where
it names one office, that office confirms; else either does. A duty with a day that the law sets is due on that day, if it is
still to come when the terms begin to hold. Everything else is due before or in the step it belongs to.
"""

from __future__ import annotations

from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.assessment.assessment import Assessment
from intake.domain.case.commitment import Commitment, CommitmentSource, asked_of
from intake.domain.terms.terms import Terms

_OFFICES = {office.label: office for office in Office}


def owed(on_terms: Assessment, given: Terms, owner: str) -> tuple[Commitment, ...]:
    """What follows from an assessment on given terms, for the accountable ``owner`` (person id) to report."""
    controls = (
        asked_of(
            CommitmentSource.CONTROL,
            item.control.title,
            owner,
            evidence=item.control.evidence,
            office=_OFFICES.get(item.control.owner),
            stage=item.control.stage,
            name=item.control.id,
            detail=item.control.text,
            why=item.control.why,
            role=item.control.owner,
        )
        for item in on_terms.controls
    )
    duties = (
        asked_of(
            CommitmentSource.DUTY,
            item.duty.text,
            owner,
            office=_OFFICES.get(item.duty.who),
            due=_still_to_come(item.duty.applies_from, given.begins),
            stage=item.duty.by,
            name=item.duty.id,
            why=item.duty.why,
            role=item.duty.who,
            # Only the law sets a day from which on something is owed.
            law=bool(item.duty.applies_from),
        )
        for item in on_terms.duties
    )
    return (*controls, *duties)


def _still_to_come(applies_from: str, begins: date) -> date | None:
    found = date.fromisoformat(applies_from) if applies_from else None
    return found if found and found > begins else None

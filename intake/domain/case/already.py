"""Whether an approval was given already (``repeats``), asked before somebody signs the same again."""

from __future__ import annotations

from intake.domain.acts.kinds import Office
from intake.domain.case.fold import CaseState


def said_already(state: CaseState, person: str, office: Office, terms: str, assessment: str) -> bool:
    """Whether approving these terms (by their digest) says nothing that this person's office has not said already.

    What is decided needs no second signature of an office, no matter who holds it now. While it is not, a colleague or a
    successor may put their own name to it.
    """
    for name in state.settled:
        said = state.opinion(name)
        if (said.office, said.terms_digest, said.assessment) == (office, terms, assessment):
            decided = state.decision is not None and state.decision.terms == said.terms
            if decided or state.event(name).act.person == person:
                return True
    return False

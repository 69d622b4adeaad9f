"""Who reads a use case, by the register at hand, and the keys known here to write with."""

from __future__ import annotations

from intake.domain.acts.kinds import ACCESS
from intake.domain.base.refusals import Refusal
from intake.domain.case.access import Access, access_to_case, access_to_organisation
from intake.services.installation.installation import Installation
from intake.trust.encryption.case_key import CaseKey


def access_to(installation: Installation, case: str) -> Access:
    """Who reads a use case, or the acts of the organisation when ``case`` is empty."""
    if case:
        return access_to_case(installation.folded(case), installation.rosters)
    notes = []
    for act in installation.register.queries.organisation_acts(ACCESS.name):
        try:
            notes.append((act, ACCESS.read(act)))
        except Refusal:
            continue  # it is in quarantine with its reason
    return access_to_organisation(notes, installation.rosters)


def writing_key(installation: Installation, case: str, access: Access | None = None) -> CaseKey | None:
    """The key to write with: the first that may be used and that is known here. None until somebody begins one."""
    known = installation.register.confidential.keys_of(case)
    usable = (access or access_to(installation, case)).usable
    return next((known[tag] for tag in usable if tag in known), None)

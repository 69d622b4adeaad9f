"""Who counts: the verdict on what was read of a record or an act, by the rosters of the organisation one trusts.

Reading them is in ``services.outside``. An act passes when its signature holds and the rosters of the organisation the
verifier names let its signer do what it does; packages are judged where they are read.
"""

from __future__ import annotations

from intake.domain.acts import Act, Kind
from intake.domain.fold.judge import Force
from intake.domain.rights import Strength
from intake.domain.roster_history import RosterHistory
from intake.records.verdict import Indication, Verdict
from intake.services.judged import DO_NOT_RELY, GIVE_ANCHOR, NOBODY_TRUSTED, NOTHING_TO_DO, Judged, Result, Sort
from intake.services.verifying import Anchor


def of_verdict(found: Verdict) -> Judged:
    """The verdict on a record in the words that all sorts share."""
    return Judged(
        Sort.RECORD,
        _RESULTS[found.indication],
        found.sub_indication.value if found.sub_indication else "",
        found.sentence,
        found.next_step,
        found.sha256,
        found.organisation,
        found.policy,
        found.signatures,
        found.checked,
        found.unchecked,
    )


def of_act(act: Act, sha256: str, anchor: Anchor) -> Judged:
    """The verdict on an act whose signature holds; ``sha256`` is that of its file."""
    result, sentence = _standing(act, anchor)
    after = {Result.PASSED: NOTHING_TO_DO, Result.FAILED: DO_NOT_RELY}.get(result, GIVE_ANCHOR)
    held = ("Its signature matches the key of its certificate.", "Its content has the one exact form of an act.")
    return Judged(Sort.ACT, result, "", sentence, after, sha256, act.org, checked=held)


def _standing(act: Act, anchor: Anchor) -> tuple[Result, str]:
    """Whether the organisation lets the signer of an act do what it does, and the sentence that says so."""
    rosters = anchor.rosters
    if not anchor.org:
        return Result.INDETERMINATE, NOBODY_TRUSTED
    if act.org != anchor.org and not (act.kind in (Kind.ROSTER, Kind.ENROL) and not act.org):
        return Result.INDETERMINATE, "This act is of another organisation than the one you named."
    if act.kind == Kind.ROSTER:
        return _roster(act, rosters)
    if act.case_id:
        state = anchor.case(act.case_id)
        event = next((item for item in state.events if item.act.id == act.id), None) if state else None
        if event:
            sentence = event.judgement.reason or f"Signed by {rosters.name(act.person)}, and it counts."
            return _FORCES[event.judgement.force], sentence
    if act.roster:
        right = rosters.right(act, frozenset(), lambda _checkpoint: None)
        sentence = right.reason or f"Signed by {rosters.name(act.person)}, whom the roster lists with this key."
        return _STRENGTHS[right.strength], sentence
    if any(act.signer in item.roster.cutoffs for item in rosters.in_force):
        return Result.INDETERMINATE, "Its key was cut off, and it cannot be said whether it was signed before."
    name = _who(rosters, act.signer, act.person)
    if name:
        return Result.PASSED, f"Signed by {name}, whom the roster lists with this key."
    return Result.INDETERMINATE, "The signature holds, but no roster here lists this key for this person."


def _roster(act: Act, rosters: RosterHistory) -> tuple[Result, str]:
    listed = rosters.chain.get(act.id)
    if listed:
        return (
            Result.PASSED,
            f"It is roster version {listed.roster.version} of {listed.roster.organisation}, and counts.",
        )
    waiting = next((item.problem for item in rosters.pending if item.listed.id == act.id), "")
    return Result.INDETERMINATE, f"This roster version does not count: {waiting or 'its place is not known here'}."


def _who(rosters: RosterHistory, certificate: str, person_id: str = "") -> str:
    """The name of the person whose certificate this is by any roster that counts; empty when nobody's."""
    for listed in rosters.chain.values():
        for person in listed.roster.people:
            if person_id in ("", person.id) and person.certificate(certificate):
                return person.name
    return ""


_RESULTS = {
    Indication.PASSED: Result.PASSED,
    Indication.FAILED: Result.FAILED,
    Indication.INDETERMINATE: Result.INDETERMINATE,
}
_FORCES = {
    Force.COUNTS: Result.PASSED,
    Force.OBJECTS: Result.PASSED,
    Force.SPENT: Result.FAILED,
    Force.IGNORED: Result.FAILED,
    Force.WAITS: Result.INDETERMINATE,
    Force.UNKNOWN: Result.INDETERMINATE,
}
_STRENGTHS = {
    Strength.FULL: Result.PASSED,
    Strength.OBJECTION: Result.FAILED,
    Strength.NONE: Result.FAILED,
    Strength.WAITS: Result.INDETERMINATE,
}

"""The rows of a use case on one page, and of what an office signs: the domain makes them of what this register has."""

from __future__ import annotations

from intake.domain.acts.kinds import Office
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.engines import NotAssessed
from intake.domain.assessment.granted_rows import judged_rows
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import said
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.case.one_page import (
    DecisionBasis,
    DecisionRow,
    RowTopic,
    UnsettledPoint,
    against_asked,
    against_other,
    against_own,
    decision_rows,
)
from intake.domain.case.positions import newest_position, terms_held
from intake.domain.case.summary import reference
from intake.domain.guide.as_filed import hides_tier, readable
from intake.domain.organisation.roster import Role
from intake.domain.playbook.answers import Answers
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import Terms
from intake.services.deciding.carried_terms import commitment_names
from intake.services.installation.installation import Installation

ON_THE_SHEET = (RowTopic.WHAT, RowTopic.RISK, RowTopic.OPEN)
"""What stands on a signing sheet after what is decided: the reasons of the offices and the value are on the review."""


def rows_said(
    installation: Installation, state: CaseState, revision: Revision, shown: Terms | None
) -> tuple[tuple[str, str], ...]:
    """``rows_of`` in words, label and value."""
    return tuple((said(row.label), said(row.value)) for row in rows_of(installation, state, revision, shown))


def rows_of(
    installation: Installation, state: CaseState, revision: Revision, shown: Terms | None
) -> tuple[DecisionRow, ...]:
    """Every row of the page, with the limits of ``shown``. What is not here, such as the playbook, has no rows."""
    playbook, made = _judged(installation, revision)
    answers = readable(revision.body)
    positions = {office: newest_position(state, office) for office in Office}
    people = {
        revision.owner,
        revision.body.owner,
        revision.author,
        *(held.person for held in positions.values() if held),
        *(item.owner for item in (shown.conditions if shown else ())),
    }
    return decision_rows(
        DecisionBasis(
            reference=reference(state.case),
            revision=revision,
            names={person: installation.rosters.name(person) for person in people} | _waived(state, playbook, shown),
            terms=shown,
            positions=positions,
            playbook=playbook,
            answers=answers,
            path=made.path if made else None,
            unfiled=state.unfiled if revision.current and hides_tier(state.unfiled) else None,
            drivers=tuple(item.rule.sentence for item in made.fired) if made else (),
            open_points=_open_points(made, answers) if made else (),
            barred=_barred(installation, state.case, revision),
            commitments=state.commitments,
        )
    )


def compared(
    installation: Installation, state: CaseState, revision: Revision, office: Office, given: Terms
) -> tuple[DecisionRow, ...]:
    """Where ``given`` parts from what the other office signed on this revision, from what this one had and from what was asked for,
    and how it is judged.
    """
    held, before = terms_held(state, office.other), terms_held(state, office)
    theirs = newest_position(state, office.other)
    every = (given, *(terms for terms in (held, before) if terms))
    people = {item.owner for terms in every for item in terms.conditions}
    names = {person: installation.rosters.name(person) for person in people}
    why = theirs.reason if theirs is not None and held is not None else ""
    playbook, granted = installation.playbook(revision.body.playbook), installation.judged_on(revision, given)
    for terms in every:
        names |= _waived(state, playbook, terms)
    other = (*against_other(given, held, office.other, names, why), *against_own(given, before, names))
    if isinstance(granted, NotAssessed):
        return other
    asked = against_asked(given, revision.body.stage, granted.wanted)
    return (*other, *asked, *judged_rows(playbook, granted))


def _waived(state: CaseState, playbook: Playbook | None, terms: Terms | None) -> dict[str, str]:
    """What is called that is waived: questions whose evidence is missing, and commitments."""
    known = {**(playbook.labels if playbook else {}), **commitment_names(state)}
    named = [item.question or item.commitment for item in (terms.waivers if terms else ())]
    return {name: known[name] for name in named if name in known}


def _judged(installation: Installation, revision: Revision) -> tuple[Playbook | None, Assessment | None]:
    try:
        playbook = installation.playbook(revision.body.playbook)
        made = installation.judged(revision)
    except Refusal:
        # The page still says whose use case it is, its limits and what the offices say.
        return None, None
    return playbook, made if isinstance(made, Assessment) else None


def _barred(installation: Installation, case: str, revision: Revision) -> tuple[Office, ...]:
    """The offices that somebody took from their holder here, by filing in the holder's name."""
    owner, unit = revision.body.owner, revision.body.unit
    if revision.author == owner:
        return ()
    holds = installation.rosters.holds
    return tuple(office for office in Office if holds(owner, Role(office.value), unit=unit, case=case))


def _open_points(made: Assessment, answers: Answers) -> tuple[UnsettledPoint, ...]:
    unknown = (UnsettledPoint(name, answers[name].ask, expected=False) for name in made.open_points)
    return (*unknown, *(UnsettledPoint(name, "", expected=True) for name in made.expected))

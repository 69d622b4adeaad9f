"""What an opinion is called here: that which is being given, and those that were given (``domain.case.verbs``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.engines import NotAssessed
from intake.domain.base.days import days_after
from intake.domain.base.refusals import Refusal
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.case.positions import terms_held
from intake.domain.case.verbs import OpinionVerb, held_now, verb
from intake.domain.terms.boundaries import FieldTable
from intake.domain.terms.doable import first_day
from intake.domain.terms.terms import Stage, Terms, terms
from intake.services.deciding.carried_terms import added_here, carry
from intake.services.installation.installation import Installation


def proposed_terms(
    state: CaseState, revision: Revision, assessed: Assessment | NotAssessed, table: FieldTable, today: date
) -> Terms:
    """What the playbook proposes for a revision on a day. Where nothing is assessed it only fills the fields."""
    stage, day = Stage(revision.body.stage), first_day(today, state.event(revision.id).act.at.date())
    if isinstance(assessed, NotAssessed):
        return terms(stage, table.boundaries({}), (), day, day)
    return terms(stage, assessed.boundaries.moved_to(table), (), day, days_after(day, assessed.path.valid_days))


def signed_terms(state: CaseState, office: Office | None) -> tuple[Terms, Office] | None:
    """The terms an office holds on the newest revision, and whose they are: those of the office other than ``office`` first."""
    for side in [office.other, office] if office else list(Office):
        if held := terms_held(state, side):
            return held, side
    return None


def proposal(installation: Installation, state: CaseState, office: Office | None) -> tuple[Terms, Office | None]:
    """The terms in question: those that are signed, else what the playbook proposes today; and whose they are."""
    if signed := signed_terms(state, office):
        return signed
    revision = state.current
    assert revision is not None
    table, today = installation.capabilities.tables.newest, installation.clock().date()
    return carry(
        installation, state, revision, proposed_terms(state, revision, installation.judged(revision), table, today)
    ), None


def verb_now(
    state: CaseState,
    revision: Revision,
    assessed: Assessment | NotAssessed,
    office: Office,
    position: Position,
    given: Terms | None,
    day: date,
) -> OpinionVerb:
    """What it is called that ``office`` takes this position on the newest revision."""
    proposed = _as_proposed(state, revision, assessed, given, day) if given else ""
    return verb(position, office, given.digest if given else "", held_now(state), proposed)


def _as_proposed(
    state: CaseState, revision: Revision, assessed: Assessment | NotAssessed, given: Terms, day: date
) -> str:
    """The digest of ``given`` where it is what the playbook proposes on a day, with what was carried; else that of the proposal."""
    proposed = proposed_terms(state, revision, assessed, given.boundaries.table, day)
    return (given if added_here(state, revision, given) == proposed else proposed).digest


def verbs_given(installation: Installation, state: CaseState) -> Mapping[str, OpinionVerb]:
    """What each opinion that was given is called, by act; as its author saw it, whatever has come since."""
    revisions = {item.id: item for item in state.filed}
    found, judged = {}, {}
    for event in state.events:
        body = event.body
        if not isinstance(body, OpinionBody):
            continue
        proposed = ""
        if body.terms and body.revision in revisions:
            revision = revisions[body.revision]
            if revision.id not in judged:
                judged[revision.id] = _judged(installation, revision)
            assessed, day = judged[revision.id], event.act.at.date()
            proposed = _as_proposed(state, revision, assessed, body.terms, day) if assessed else ""
        held = state.answered.get(event.act.id, ())
        found[event.act.id] = verb(body.position, body.office, body.terms_digest, held, proposed)
    return found


def _judged(installation: Installation, revision: Revision) -> Assessment | NotAssessed | None:
    try:
        return installation.judged(revision)
    except Refusal:
        return None  # its playbook is not here: nobody can tell what was proposed

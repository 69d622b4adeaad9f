"""Two versions of the program in one organisation: the newer one knows an engine 2 that is made up for these tests.

Ada, Bob, Dan and Finn have the newer version unless a test says otherwise, Cleo the older one. Everything is on real
registers; the table of engines is handed to the installation when it is opened.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import REVISION
from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.acts.kinds.roster import AcceptedPlaybook
from intake.domain.assessment.assessment import Assessment, assess_known
from intake.domain.assessment.engines import ENGINES, Engine, EngineNotHere
from intake.domain.base.canonical import sha256
from intake.domain.base.wording import words
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.guide.asked import Asked, asked
from intake.domain.organisation.changes import accepting, following
from intake.domain.playbook.reading.playbook import to_blob
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import Stage
from intake.records.proof.verdict import UPDATE, Indication
from intake.services.deciding import deciding, reviewing
from intake.services.deciding.reviewing import Action
from intake.services.filing import filing
from intake.services.installation.act_writer import ActWriter
from intake.services.organisation import people, playbooks
from intake.services.organisation.refusals import PlaybookUntold
from intake.services.proving import verifying
from intake.services.proving.act_standing import Worth, standing
from intake.services.proving.anchors import anchor_of_register
from tests.filled import filled
from tests.services.offices import Offices, fill
from tests.services.test_endorsing import endorse
from tests.services.test_playbooks import CORE, accept, overlay

NEEDS = "it needs a newer version of Countersign, which has engine 2"


def _second(playbook: Playbook, known: Asked) -> Assessment:
    """What no released engine does: it finds no threats."""
    return replace(assess_known(playbook, known), engine=2, threats=())


NEWER = {**ENGINES, 2: Engine(asked, _second)}


@pytest.fixture
def mixed(offices: Offices) -> Offices:
    offices.update("ada", "bob", "dan", "finn", engines=NEWER)
    return offices


@pytest.fixture
def filed(mixed: Offices) -> str:
    """A use case that Ada filed by a playbook which the organisation accepts with engine 2."""
    accept(mixed, overlay())
    case = mixed.file()
    mixed.travel("ada", *mixed.installations)
    return case


def force(offices: Offices, name: str, act: Act) -> tuple[Force, str]:
    judgement = offices.installations[name].state(act.case_id).event(act.id).judgement
    return judgement.force, words(judgement.reason)


def test_the_newer_version_accepts_with_its_newest_engine_and_the_bytes_go_with_the_roster(mixed: Offices) -> None:
    made = overlay()

    accept(mixed, made)

    entries = {item.sha256: item for item in mixed.installations["cleo"].rosters.in_force[0].roster.playbooks}
    assert (entries[made.digest].size, entries[made.digest].engine) == (len(to_blob(made)), 2)
    assert (entries[CORE.digest].size, entries[CORE.digest].engine) == (len(to_blob(CORE)), 1)
    for installation in mixed.installations.values():
        assert installation.register.queries.blob(made.digest) == to_blob(made)
        assert installation.register.queries.blob(CORE.digest) == to_blob(CORE)


@pytest.mark.exhaustive
def test_a_newer_version_judges_an_old_revision_with_the_engine_it_was_filed_under(mixed: Offices) -> None:
    case = mixed.file()
    accept(mixed, overlay())
    mixed.travel("ada", *mixed.installations)
    mixed.decide("cleo", case)
    mixed.travel("cleo", *mixed.installations)

    sealed = mixed.decide("dan", case)

    installation = mixed.installations["dan"]
    assert sealed.sealed
    state = installation.state(case)
    assert state.current is not None
    assert (state.current.engine, installation.assessed(state.current)[1].engine) == (1, 1)
    assert state.decision is not None
    assert state.decision.record is not None
    pdf = installation.register.queries.blob(state.decision.record.sha256)
    assert pdf is not None
    assert verifying.verify(installation, pdf).indication is Indication.PASSED, "the pages are made again with engine 1"


@pytest.mark.exhaustive
def test_the_older_version_goes_on_with_a_playbook_it_can_judge_by(mixed: Offices) -> None:
    made = overlay()
    accept(mixed, made)
    cleo = mixed.installations["cleo"]

    assert mixed.installations["ada"].shelf.current == made
    assert cleo.shelf.current == CORE
    assert [(item.digest, item.engine, item.needs_newer) for item in playbooks.known(cleo)] == [
        (CORE.digest, 1, False),
        (made.digest, 2, True),
    ]


@pytest.mark.exhaustive
def test_a_draft_the_older_version_cannot_judge_is_refused_plainly_and_kept(mixed: Offices) -> None:
    accept(mixed, overlay())
    ada = mixed.installations["ada"]
    draft = filing.start(ada, "ada")
    fill(ada, draft, filled(ada.shelf.current))
    mixed.update("ada", engines=ENGINES)
    ada = mixed.installations["ada"]

    with pytest.raises(EngineNotHere) as refusal:
        filing.file(ada, mixed.signer("ada"), draft)

    assert refusal.value.what_happened.startswith("This needs a newer version of Countersign")
    assert ada.register.drafts.get(draft).answers
    filing.use_newer_playbook(ada, draft)
    assert filing.file(ada, mixed.signer("ada"), draft).case, "the playbook in use here is a way out"


def test_nothing_is_begun_where_no_accepted_playbook_can_be_judged_by(mixed: Offices) -> None:
    mixed.update("ada", engines={3: NEWER[2]})
    ada = mixed.installations["ada"]

    with pytest.raises(EngineNotHere):
        filing.start(ada, "ada")

    assert ada.register.drafts.listed() == ()


@pytest.mark.exhaustive
def test_the_older_version_says_that_it_cannot_assess(mixed: Offices, filed: str) -> None:
    cleo = mixed.installations["cleo"]

    looked = reviewing.look(cleo, filed, "cleo")

    blocked = {choice.action: choice.blocked for choice in looked.choices}
    assert looked.assessment is None
    assert isinstance(looked.not_assessed, EngineNotHere)
    assert blocked[Action.APPROVE] == EngineNotHere(number=2).sentence
    assert (blocked[Action.CHANGES], blocked[Action.DECLINE]) == ("", "")
    row = cleo.register.queries.row(filed)
    assert row is not None
    assert (row.phase, row.tier, row.lane) == ("review", "", "")
    with pytest.raises(EngineNotHere):
        deciding.prepare(cleo, "cleo", filed, Position.APPROVE, given=looked.proposal)


@pytest.mark.attack("an approval by an engine this program does not have", refusal="it waits: needs a newer version")
@pytest.mark.exhaustive
def test_an_approval_by_the_newer_version_waits_in_the_older_one(mixed: Offices, filed: str) -> None:
    made = mixed.decide("dan", filed).act.act
    mixed.travel("dan", *mixed.installations)

    found = standing(made, anchor_of_register(mixed.installations["cleo"]))

    assert force(mixed, "bob", made) == (Force.COUNTS, "")
    assert force(mixed, "cleo", made) == (Force.WAITS, NEEDS)
    assert found.worth is Worth.OPEN
    assert found.sentence == f"It waits: {NEEDS}."
    assert found.next_step == "Update Countersign, then check it again."
    assert mixed.installations["cleo"].register.rebuild(check=True).identical


@pytest.mark.exhaustive
def test_a_decline_by_the_older_version_counts_everywhere_and_an_update_heals(mixed: Offices, filed: str) -> None:
    mixed.decide("dan", filed)
    mixed.travel("dan", *mixed.installations)

    declined = mixed.decide("cleo", filed, Position.DECLINE, reason="Not before somebody here can read it.")
    mixed.travel("cleo", *mixed.installations)

    assert declined.phase is Phase.DECLINED
    assert {installation.state(filed).phase for installation in mixed.installations.values()} == {Phase.DECLINED}
    mixed.update("cleo", engines=NEWER)
    cleo = mixed.installations["cleo"]
    row = cleo.register.queries.row(filed)
    assert row is not None
    assert row.tier != ""
    assert cleo.register.rebuild(check=True).identical
    sealed = mixed.decide("cleo", filed)
    assert (sealed.phase, sealed.sealed) == (Phase.DECIDED, True)


def test_objecting_does_not_even_read_a_playbook_of_a_later_form(mixed: Offices) -> None:
    later = b'{"format":"countersign/playbook/2"}'
    bob, ada = mixed.installations["bob"], mixed.installations["ada"]
    writer = ActWriter(bob, mixed.signer("bob"))
    writer.attach(later, "playbook.json", "application/json")
    document = accepting(following(bob.rosters.in_force[0]), AcceptedPlaybook(sha256(later), len(later), 2))
    change = people.publish(bob, mixed.signer("bob"), document, writer)
    mixed.travel("bob", "finn")
    with pytest.raises(PlaybookUntold):
        people.endorse(mixed.installations["finn"], mixed.signer("finn"), change.roster)
    # As by the newer program that can read it.
    endorse(mixed, "finn", change.roster)
    mixed.travel("finn", *mixed.installations)
    writer = ActWriter(ada, mixed.signer("ada"))
    body = RevisionBody((), "Letters", "Finance", "ada", Stage.PILOT, {}, sha256(later), ())
    case = writer.write(REVISION, body).act.id
    writer.store()
    mixed.travel("ada", *mixed.installations)

    declined = mixed.decide("cleo", case, Position.DECLINE, reason="Nobody here can read it.")

    assert declined.phase is Phase.DECLINED
    assert mixed.installations["cleo"].shelf.current == CORE


@pytest.mark.exhaustive
def test_the_owner_withdraws_by_the_older_version_without_a_record(mixed: Offices, filed: str) -> None:
    mixed.update("ada", engines=ENGINES)

    filing.withdraw(mixed.installations["ada"], mixed.signer("ada"), filed, "Not needed any more.")
    mixed.travel("ada", *mixed.installations)

    assert {installation.state(filed).phase for installation in mixed.installations.values()} == {Phase.WITHDRAWN}


@pytest.mark.exhaustive
def test_the_older_version_does_not_pass_a_record_it_cannot_make_again(mixed: Offices, filed: str) -> None:
    mixed.update("cleo", engines=NEWER)
    for name in ("dan", "cleo"):
        mixed.decide(name, filed)
        mixed.travel(name, *mixed.installations)
    state = mixed.installations["dan"].state(filed)
    assert state.decision is not None
    assert state.decision.record is not None
    pdf = mixed.installations["dan"].register.queries.blob(state.decision.record.sha256)
    assert pdf is not None
    newer = verifying.verify(mixed.installations["bob"], pdf)
    mixed.update("bob", engines=ENGINES)

    older = verifying.verify(mixed.installations["bob"], pdf)

    assert newer.indication is Indication.PASSED
    assert older.indication is Indication.INDETERMINATE
    assert older.sentence == ("The signatures hold, but something is missing: " + NEEDS + ".")
    assert older.step == UPDATE()


@pytest.mark.exhaustive
def test_the_older_version_says_to_update_where_it_cannot_make_the_pages_of_a_decline(
    mixed: Offices, filed: str
) -> None:
    mixed.update("cleo", engines=NEWER)
    mixed.decide("cleo", filed, Position.DECLINE, reason="Not with these data.")
    mixed.travel("cleo", *mixed.installations)
    decision = mixed.installations["cleo"].state(filed).decision
    assert decision is not None
    assert decision.record is not None
    pdf = mixed.installations["cleo"].register.queries.blob(decision.record.sha256)
    assert pdf is not None
    mixed.update("bob", engines=ENGINES)

    older = verifying.verify(mixed.installations["bob"], pdf)

    assert older.indication is Indication.INDETERMINATE
    assert "This needs a newer version of Countersign" in older.sentence
    assert older.step == UPDATE()

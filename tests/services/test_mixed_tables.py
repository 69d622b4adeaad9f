"""Two versions of the app in one organisation: Dan's knows a second table of limits, everybody else's does not.

Nothing gets stuck or lost: what one version cannot read it keeps, passes on and does not act upon, and the offices can
always agree on terms that both read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.base.wording import words
from intake.domain.case.fates import Fate
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase, RecordState
from intake.services.deciding import deciding, reviewing
from intake.services.deciding.records_at_hand import at_hand
from intake.services.deciding.standing import OldBoundaries
from intake.services.proving.act_standing import Worth, standing
from intake.services.proving.anchors import anchor_of_register
from intake.services.proving.verifying import verify
from tests.domain.terms.later_tables import GONE, NEW, NEWER, OLDER, TABLE_2
from tests.services.offices import Offices, founded

UNREAD = "it uses boundaries of a newer version"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    made = founded(tmp_path)
    made.open("dan", tables=NEWER)
    yield made
    made.close()


@pytest.fixture
def case(offices: Offices) -> str:
    """A use case for which Dan, on the newer installation, approved what his version offers; everybody has it."""
    made = offices.file()
    offices.travel("ada", "dan", "cleo", "bob")
    offices.decide("dan", made)
    offices.travel("dan", "cleo", "ada", "bob")
    return made


def digest_of(offices: Offices, name: str) -> str:
    return offices.installations[name].register.rebuild(check=True).after


def test_a_newer_installation_offers_its_newest_table(offices: Offices, case: str) -> None:
    state = offices.installations["dan"].state(case)

    (given,) = (event.body for event in state.events if isinstance(event.body, OpinionBody))

    assert given.terms is not None
    assert given.terms.boundaries.table is TABLE_2
    assert state.phase is Phase.COUNTERSIGN


def test_an_older_installation_keeps_it_says_why_it_waits_and_passes_it_on(offices: Offices, case: str) -> None:
    cleo = offices.installations["cleo"]
    (approval,) = (event for event in cleo.state(case).events if isinstance(event.body, OpinionBody))

    view = reviewing.look(cleo, case, "cleo")

    assert (approval.judgement.force, words(approval.judgement.reason)) == (Force.UNJUDGED, UNREAD)
    assert view.offices[1].position is Position.APPROVE
    assert view.offices[1].terms is None
    assert view.offices[1].newer is not None
    assert view.offices[1].newer.fields == 2
    found = standing(approval.act, anchor_of_register(cleo))
    assert (found.worth, UNREAD in found.sentence) == (Worth.OPEN, True)
    offices.travel("cleo", "finn")
    assert offices.installations["finn"].register.queries.has_act(approval.act.id)


@pytest.mark.exhaustive
def test_the_offices_agree_on_terms_that_both_versions_read(offices: Offices, case: str) -> None:
    """The older installation answers with terms of its older table, and the newer one countersigns these very terms."""
    offices.decide("cleo", case)
    offices.travel("cleo", "dan")
    dan = offices.installations["dan"]
    theirs = reviewing.look(dan, case, "dan").proposal
    assert theirs.boundaries.table.number == 1

    given = offices.decide("dan", case, given=theirs)
    offices.travel("dan", "cleo", "ada", "bob")

    assert given.sealed
    for name in ("dan", "cleo", "ada", "bob"):
        decision = offices.installations[name].state(case).decision
        assert decision is not None
        assert (decision.terms, decision.record_state) == (theirs, RecordState.SEALED)


@pytest.mark.attack("propose by an old table what a newer one would limit", refusal="OldBoundaries")
@pytest.mark.exhaustive
def test_a_newer_installation_offers_nothing_new_by_an_older_table(offices: Offices, case: str) -> None:
    offices.decide("cleo", case)
    offices.travel("cleo", "dan")
    dan = offices.installations["dan"]
    theirs = reviewing.look(dan, case, "dan").proposal
    looser = replace(theirs, boundaries=theirs.boundaries.replaced({"user_permissions.max_users": 900}))

    with pytest.raises(OldBoundaries):
        deciding.prepare(dan, "dan", case, Position.APPROVE, given=looser, reason="All of them.")

    moved = looser.moved_to(TABLE_2)
    assert deciding.prepare(dan, "dan", case, Position.APPROVE, given=moved, reason="All of them.").terms == moved


@pytest.mark.exhaustive
def test_both_positions_are_compared_across_tables(offices: Offices, case: str) -> None:
    offices.decide("cleo", case)
    offices.travel("cleo", "dan")

    found = {item.path: item for item in reviewing.look(offices.installations["dan"], case, "dan").differences}

    assert {"fields", GONE, NEW} <= found.keys()
    assert {found[path].tighter for path in ("fields", GONE, NEW)} == {""}


@pytest.fixture
def agreed(offices: Offices, case: str) -> str:
    """Cleo has updated, and both offices agreed by the newer table; Ada and Bob still have the older version."""
    offices.open("cleo", tables=NEWER)
    offices.decide("cleo", case, given=reviewing.look(offices.installations["cleo"], case, "cleo").proposal)
    offices.travel("cleo", "dan", "ada", "bob")
    # Her owner accepts at a desk that can read it.
    offices.open("ada", tables=NEWER)
    offices.installations["ada"].register.rejudge()
    offices.accept(case, "cleo", "dan", "bob")
    offices.open("ada", tables=OLDER)
    offices.installations["ada"].register.rejudge()
    return case


@pytest.mark.exhaustive
def test_what_an_older_installation_cannot_read_it_does_not_permit(offices: Offices, agreed: str) -> None:
    ada, cleo = offices.installations["ada"], offices.installations["cleo"]

    assert cleo.state(agreed).phase is Phase.DECIDED
    assert reviewing.look(cleo, agreed, "cleo").status.may_run
    assert [pair.fate for pair in ada.state(agreed).pairs] == [Fate.UNJUDGED]
    assert not reviewing.look(ada, agreed, "ada").status.may_run
    row = ada.register.queries.row(agreed)
    assert row is not None
    assert (row.phase, row.turn, row.alarms, row.waiting) == ("on-hold", (), 0, 0)


@pytest.mark.exhaustive
def test_an_older_installation_cannot_say_what_such_a_record_and_its_seal_are_worth(
    offices: Offices, agreed: str
) -> None:
    cleo, bob = offices.installations["cleo"], offices.installations["bob"]
    decision = cleo.state(agreed).decision
    assert decision is not None
    assert decision.record is not None
    pdf = bob.register.queries.blob(decision.record.sha256)
    assert pdf is not None

    sealed = bob.state(agreed).event(decision.sealed_by).act

    assert standing(sealed, anchor_of_register(bob)).worth is Worth.OPEN
    assert verify(bob, pdf).indication.value == "INDETERMINATE"
    assert verify(cleo, pdf).indication.value == "TOTAL-PASSED"
    assert "only that can tell what this file is worth" in at_hand(bob, agreed, verify).words


@pytest.mark.exhaustive
def test_an_update_folds_again_what_the_older_version_could_not_read(offices: Offices, agreed: str) -> None:
    offices.open("ada", tables=NEWER)
    ada = offices.installations["ada"]
    ada.register.rejudge()

    row = ada.register.queries.row(agreed)
    assert row is not None
    assert row.phase == "decided"
    assert digest_of(offices, "ada") == digest_of(offices, "cleo")

    offices.open("ada", tables=OLDER)
    ada = offices.installations["ada"]
    ada.register.rejudge()
    row = ada.register.queries.row(agreed)
    assert row is not None
    assert row.phase == "on-hold"


@pytest.mark.parametrize("position", [Position.DECLINE, Position.CHANGES])
@pytest.mark.exhaustive
def test_an_objection_crosses_versions_at_once(offices: Offices, case: str, position: Position) -> None:
    offices.decide("cleo", case, position, reason="Not with these data.")
    offices.travel("cleo", "dan", "ada")

    phases = {offices.installations[name].state(case).phase for name in ("dan", "cleo", "ada")}

    assert phases == {Phase.DECLINED if position is Position.DECLINE else Phase.CHANGES_REQUESTED}

"""Statements of standing: who may sign one, what it is believed for, and everything that must not pass for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from intake.domain.acts.envelope import NotAnAct
from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.case.record_standing import RecordStands, Standing
from intake.domain.case.standing_said import KnownBy, StandsToday
from intake.domain.organisation.roster import Role
from intake.services.deciding import deciding, stating, suspending
from intake.services.deciding.records_at_hand import record_of
from intake.services.deciding.stating import MayNotState
from intake.services.organisation import people
from intake.services.proving import verifying
from intake.services.proving.anchors import Anchor, anchor_of_register
from intake.services.proving.judged import Result, StatementJudged
from intake.services.proving.standing_today import standing_of
from intake.services.proving.statements import RecordAsked, weigh_statement
from intake.trust.acts import verify_act
from intake.trust.statements import sign_statement, verify_statement
from tests.people import person
from tests.services.offices import Offices
from tests.services.stages import filed_everywhere, stage

pytestmark = pytest.mark.exhaustive


@pytest.fixture
def case(offices: Offices) -> str:
    return decided_and_known(offices)


@stage
def decided_and_known(offices: Offices) -> str:
    """A decision that everybody knows."""
    case = filed_everywhere(offices)
    given = offices.terms("dan", case)
    offices.decide("dan", case, given=given)
    offices.travel("dan", *offices.installations)
    offices.decide("cleo", case, given=given)
    offices.travel("cleo", *offices.installations)
    return case


def made(offices: Offices, case: str, who: str = "bob") -> bytes:
    installation = offices.installations[who]
    what = stating.to_state(installation, case, verifying.verify)
    return stating.state_standing(installation, offices.signer(who), what).blob


def pdf_of(offices: Offices, case: str, who: str = "bob") -> str:
    return sha256(record_of(offices.installations[who], case)[1])


def weighed(
    offices: Offices,
    case: str,
    blob: bytes,
    who: str = "bob",
    *,
    acts: bool = True,
    anchor: Anchor | None = None,
    ends: date | None = None,
) -> tuple[StatementJudged, StandsToday]:
    """What ``who`` makes of a statement about the record, with the acts of the use case or with the rosters alone."""
    anchor = anchor or anchor_of_register(offices.installations[who])
    state = anchor.case(case)
    assert state is not None
    record = pdf_of(offices, case, "ada")
    found = standing_of(state, record, anchor)
    if not acts:
        state, found = None, replace(found, stands=replace(found.stands, standing=Standing.NOT_KNOWN), known=None)
    return weigh_statement(blob, RecordAsked(record, state, found, ends), anchor)


def resigned(offices: Offices, blob: bytes, who: str, **changes: object) -> bytes:
    """The statement as ``who`` would sign it with a changed program."""
    statement = replace(verify_statement(blob).statement, person=who, **changes)  # type: ignore[arg-type]
    return sign_statement(person(who).key, statement).blob


# --------------------------------------------------------------------------------------------------------- what it is for
@pytest.mark.parametrize(("who", "role"), [("bob", "records"), ("cleo", "cio"), ("dan", "ciso")])
def test_records_and_the_offices_state_what_others_then_know(offices: Offices, case: str, who: str, role: str) -> None:
    told, found = weighed(offices, case, made(offices, case, who), acts=False)

    assert (told.result, told.role, told.decides) == (Result.PASSED, role, True)
    assert (found.stands.standing, found.known_on.by) == (Standing.IN_FORCE, KnownBy.STATEMENT)


@pytest.mark.parametrize("who", ["ada", "finn"])
def test_nobody_else_may_sign_one(offices: Offices, case: str, who: str) -> None:
    with pytest.raises(MayNotState):
        made(offices, case, who)


def test_it_says_its_age_and_ends_with_the_terms(offices: Offices, case: str) -> None:
    blob = made(offices, case)
    offices.clock.now += timedelta(days=30)
    told, found = weighed(offices, case, blob, acts=False)
    assert told.age == 30
    assert "30 days ago" in words(told.said)
    assert found.stands.standing is Standing.IN_FORCE

    offices.clock.now += timedelta(days=400)
    _, found = weighed(offices, case, blob, acts=False)

    assert found.stands.standing is Standing.EXPIRED


def test_a_suspension_is_stated_with_who_and_since_when(offices: Offices, case: str) -> None:
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), case, "It leaked.")
    offices.travel("dan", "bob")

    _, found = weighed(offices, case, made(offices, case), acts=False)

    assert found.stands.standing is Standing.SUSPENDED
    assert [item.person for item in found.stands.by] == ["dan"]


# ----------------------------------------------------------------------------------------- which of two pictures is newer
@pytest.mark.attack(
    "a statement of standing from before a suspension, beside its acts", refusal="suspended: the acts are newer"
)
def test_it_loses_to_acts_that_are_newer(offices: Offices, case: str) -> None:
    blob = made(offices, case)
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), case, "It leaked.")
    offices.travel("dan", "bob")

    told, found = weighed(offices, case, blob)

    assert (told.result, told.decides) == (Result.PASSED, False)
    assert found.stands.standing is Standing.SUSPENDED
    assert "acts of this use case here are newer" in words(told.said)


def test_it_counts_where_it_knows_acts_that_are_not_here(offices: Offices, case: str) -> None:
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), case, "It leaked.")
    blob = made(offices, case, "dan")

    told, found = weighed(offices, case, blob, "ada")

    assert told.decides
    assert found.stands.standing is Standing.SUSPENDED
    assert "It knows acts of this use case that are not here" in words(told.said)


def test_of_two_that_each_know_more_the_stricter_counts(offices: Offices, case: str) -> None:
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "A question.")
    blob = made(offices, case, "dan")
    suspending.suspend(offices.installations["cleo"], offices.signer("cleo"), case, "It leaked.")

    told, found = weighed(offices, case, blob, "cleo")

    assert not told.decides
    assert found.stands.standing is Standing.SUSPENDED


@pytest.mark.attack(
    "a statement of standing by acts that nobody has, against a suspension that is here",
    refusal="StatementByActsNotHere: suspended",
)
@pytest.mark.parametrize("newer_here", [False, True])
def test_acts_that_are_not_here_lift_nothing(offices: Offices, case: str, newer_here: bool) -> None:
    honest = verify_statement(made(offices, case, "cleo")).statement
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), case, "It leaked.")
    offices.travel("dan", "cleo")
    known = verify_statement(made(offices, case, "cleo")).statement.heads
    heads = ("ab" * 32,) if newer_here else tuple(sorted((*known, "ab" * 32)))
    blob = resigned(offices, made(offices, case, "cleo"), "cleo", stands=honest.stands, heads=heads)

    told, found = weighed(offices, case, blob, "cleo")

    assert (told.result, told.decides) == (Result.PASSED, False)
    assert found.stands.standing is Standing.SUSPENDED
    assert ("each know something" if newer_here else "rests on acts of this use case that are not here") in words(
        told.said
    )


@pytest.mark.attack(
    "a statement of standing that says in force for longer than the terms",
    refusal="it ends with the terms in the record",
)
def test_nothing_is_in_force_for_longer_than_both_signed(offices: Offices, case: str) -> None:
    honest = verify_statement(made(offices, case)).statement.stands
    assert honest.until is not None
    blob = resigned(offices, made(offices, case), "bob", stands=replace(honest, until=date(9999, 12, 31)))
    pdf = record_of(offices.installations["ada"], case)[1]
    ends = verifying.known_of(pdf, anchor_of_register(offices.installations["bob"])).ends

    def stands() -> RecordStands:
        return weighed(offices, case, blob, acts=False, ends=ends)[1].stands

    assert (stands().standing, stands().until) == (Standing.IN_FORCE, honest.until)
    offices.clock.now += honest.until - offices.clock.now.date() + timedelta(days=1)
    assert stands().standing is Standing.EXPIRED


@pytest.mark.attack(
    "a statement of standing that contradicts the acts it was made from", refusal="the acts and rosters here count"
)
def test_a_signer_who_states_what_the_acts_do_not_say_is_not_believed(offices: Offices, case: str) -> None:
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), case, "It leaked.")
    offices.travel("dan", "bob")
    honest = verify_statement(made(offices, case)).statement.stands
    lie = replace(honest, standing=Standing.IN_FORCE, by=(), since=None)
    blob = resigned(offices, made(offices, case), "bob", stands=lie)

    told, found = weighed(offices, case, blob)

    assert found.stands.standing is Standing.SUSPENDED
    assert "which it had seen: they count" in words(told.said)


@pytest.mark.attack(
    "a statement of standing older than the checkpoint at hand", refusal="StatementOlderThanCheckpoint: not known"
)
def test_a_checkpoint_that_lists_newer_acts_makes_it_outdated(offices: Offices, case: str) -> None:
    blob = made(offices, case)
    offices.clock.now += timedelta(days=1)
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), case, "It leaked.")
    offices.travel("dan", "bob")
    people.checkpoint(offices.installations["bob"], offices.signer("bob"))

    _, found = weighed(offices, case, blob, acts=False)

    assert found.stands.standing is Standing.NOT_KNOWN
    assert "lists newer acts of the use case" in words(found.said)


# ------------------------------------------------------------------------------------------------------- what must not pass
@pytest.mark.attack("a statement of standing about another record", refusal="StatementOfOtherRecord")
def test_that_of_another_record_is_refused(offices: Offices, case: str) -> None:
    blob = resigned(offices, made(offices, case), "bob", record="ab" * 32)

    assert weighed(offices, case, blob)[0].said.code == "StatementOfOtherRecord"


@pytest.mark.attack("a statement of standing about another use case", refusal="StatementOfOtherCase")
def test_that_of_another_case_is_refused(offices: Offices, case: str) -> None:
    blob = resigned(offices, made(offices, case), "bob", case="ab" * 32)

    told, _ = weighed(offices, case, blob)

    assert (told.result, told.said.code) == (Result.FAILED, "StatementOfOtherCase")


@pytest.mark.attack("a statement of standing of another organisation", refusal="StatementOfOtherOrganisation")
def test_that_of_another_organisation_is_refused(offices: Offices, case: str) -> None:
    blob = made(offices, case)
    anchor = replace(anchor_of_register(offices.installations["bob"]), org="ab" * 32)

    assert weighed(offices, case, blob, anchor=anchor)[0].said.code == "StatementOfOtherOrganisation"
    assert weighed(offices, case, blob, anchor=replace(anchor, org=""))[0].result is Result.INDETERMINATE


@pytest.mark.attack("a statement of standing signed by an owner", refusal="RoleNotHeld")
@pytest.mark.parametrize("who", ["ada", "finn"])
def test_that_of_an_owner_or_an_administrator_is_worth_nothing(offices: Offices, case: str, who: str) -> None:
    told, found = weighed(offices, case, resigned(offices, made(offices, case), who), acts=False)

    assert (told.result, told.said.code) == (Result.FAILED, "StatementWithoutRight")
    assert dict(told.said.facts)["reason"].code == "RoleNotHeld"  # type: ignore[union-attr]
    assert found.stands.standing is Standing.NOT_KNOWN


@pytest.mark.attack("a statement of standing under the name of the records team", refusal="SignerNotListed")
def test_the_name_of_somebody_else_over_ones_own_key_is_worth_nothing(offices: Offices, case: str) -> None:
    statement = verify_statement(made(offices, case)).statement
    blob = sign_statement(person("ada").key, statement).blob

    told, _ = weighed(offices, case, blob)

    assert dict(told.said.facts)["reason"].code == "SignerNotListed"  # type: ignore[union-attr]


@pytest.mark.attack(
    "a statement of standing by a former holder, beyond the cut-off or the end of the role",
    refusal="KeyCutOff or RightEnded",
)
@pytest.mark.parametrize("how", ["key", "role"])
def test_that_of_a_former_holder_is_worth_nothing(offices: Offices, case: str, how: str) -> None:
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    before = made(offices, case, "dan")
    if how == "key":
        change = people.cut_off_key(bob, offices.signer("bob"), person("dan").key.fingerprint)
    else:
        change = people.end_role(bob, offices.signer("bob"), "dan", Role.CISO)
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.travel("finn", "bob", "dan")

    for blob in (before, resigned(offices, before, "dan")):
        told, _ = weighed(offices, case, blob)
        assert told.result is Result.FAILED
        assert dict(told.said.facts)["reason"].code == {"key": "KeyCutOff", "role": "RightEnded"}[how]  # type: ignore[union-attr]


@pytest.mark.attack("a statement of standing dated on a day to come", refusal="StatementAhead")
@pytest.mark.parametrize("what", ["at", "known_on"])
def test_one_from_the_future_is_not_sure(offices: Offices, case: str, what: str) -> None:
    ahead = offices.clock.now + timedelta(days=3)
    blob = resigned(offices, made(offices, case), "bob", **{what: ahead if what == "at" else ahead.date()})

    told, _ = weighed(offices, case, blob)

    assert (told.result, dict(told.said.facts)["reason"].code) == (Result.INDETERMINATE, "StatementAhead")  # type: ignore[union-attr]


@pytest.mark.attack("a changed byte in a statement of standing", refusal="the refusal of its form or signature")
def test_no_changed_byte_passes(offices: Offices, case: str) -> None:
    blob = made(offices, case)

    for place in range(0, len(blob), 7):
        changed = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        with pytest.raises(Refusal):
            verify_statement(changed)


@pytest.mark.attack("a statement of standing offered as an act", refusal="NotAnAct")
def test_a_statement_is_no_act(offices: Offices, case: str) -> None:
    with pytest.raises(NotAnAct):
        verify_act(made(offices, case))


@pytest.mark.attack("an act offered as a statement of standing", refusal="NotAStatement")
def test_an_act_is_no_statement(offices: Offices, case: str) -> None:
    (_, _, blob), *_ = offices.installations["bob"].register.queries.every_act()

    told, _ = weighed(offices, case, blob)

    assert (told.result, told.said.code) == (Result.FAILED, "NotAStatement")

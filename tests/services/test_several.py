"""Several use cases in one sheet: which are in it, what is signed of each, and what becomes of those that moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.one_page import RowTopic
from intake.domain.case.phases import Phase, RecordState
from intake.domain.case.together import against_together, look_of
from intake.domain.case.verbs import OpinionVerb
from intake.domain.case.writing import Began
from intake.domain.terms.edits import TermsEdits
from intake.domain.terms.tier import Tier
from intake.services.deciding import deciding, looks, recording, remarks, reviewing, several, unsigned
from intake.services.deciding.several import SignedOne
from intake.services.installation.act_writer import NotListed
from intake.services.proving import verifying
from tests.services.offices import Offices
from tests.services.several import codes, file_risky, opened, sorted_out, three_signed


def test_what_was_opened_and_matches_is_decided_by_one_sheet(offices: Offices) -> None:
    cases = three_signed(offices)
    opened(offices, *cases)
    sheet = sorted_out(offices, *cases)
    done: list[SignedOne] = []

    several.give_each(offices.installations["cleo"], offices.signer("cleo"), sheet.ready, done.append)

    assert codes(sheet) == {}
    assert [prepared.verb for prepared in sheet.ready] == [OpinionVerb.APPROVE] * 3
    assert [(item.given.phase, item.given.sealed) for item in done if item.given] == [(Phase.DECIDED, True)] * 3
    cleo = offices.installations["cleo"]
    for prepared in sheet.ready:
        decision = cleo.state(prepared.case).decision
        assert decision is not None
        assert decision.record is not None
        assert decision.record_state is RecordState.SEALED
        record = cleo.register.queries.blob(decision.record.sha256)
        assert record is not None
        # The pages that could be looked at are those that are signed.
        assert record.startswith(prepared.pdf)
        assert verifying.verify(cleo, record).passed


def test_the_sheet_has_the_rows_of_each_own_sheet(offices: Offices) -> None:
    case, *_ = three_signed(offices)
    opened(offices, case)
    cleo = offices.installations["cleo"]
    (prepared,) = sorted_out(offices, case).ready

    alone = deciding.prepare(cleo, "cleo", case, Position.APPROVE, given=reviewing.look(cleo, case, "cleo").proposal)

    assert prepared.rows == alone.rows
    assert len([row for row in prepared.rows if row.topic is RowTopic.BOUNDARIES]) >= 6


def test_what_was_not_opened_is_not_signed_with_others(offices: Offices) -> None:
    first, second, third = three_signed(offices)
    opened(offices, first)

    sheet = sorted_out(offices, first, second, third, first)

    assert [prepared.case for prepared in sheet.ready] == [first]
    assert codes(sheet) == {second: "TogetherNotOpened", third: "TogetherNotOpened"}
    assert sheet.apart[0].sentence == "You have not opened it here."


@pytest.mark.attack("other terms signed between the look and the sheet of several", refusal="TogetherTermsSince")
def test_other_terms_since_it_was_opened_are_not_signed_with_others(offices: Offices) -> None:
    case, *_ = three_signed(offices)
    opened(offices, case)
    offices.decide("dan", case, given=offices.terms("dan", case, users=99), reason="More testers.")
    offices.travel("dan", "cleo")

    assert codes(sorted_out(offices, case)) == {case: "TogetherTermsSince"}


def test_a_revision_since_it_was_opened_is_not_signed_with_others(offices: Offices) -> None:
    case, *_ = three_signed(offices)
    opened(offices, case)
    offices.travel("cleo", "ada")
    offices.travel("dan", "ada")
    offices.file(case=case)
    offices.travel("ada", "dan", "cleo")
    silent = codes(sorted_out(offices, case))
    offices.decide("dan", case)
    offices.travel("dan", "cleo")

    assert silent == {case: "TogetherOtherSilent"}
    assert codes(sorted_out(offices, case)) == {case: "TogetherRevisedSince"}


@pytest.mark.exhaustive
def test_each_that_cannot_be_signed_with_others_says_why(offices: Offices) -> None:
    case, edited, decided = three_signed(offices)
    silent, risky = offices.file(), file_risky(offices)
    offices.travel("ada", "dan", "cleo")
    offices.decide("dan", risky)
    offices.travel("dan", "cleo")
    cleo = offices.installations["cleo"]
    opened(offices, case, edited, decided, silent, risky)
    state = cleo.state(edited)
    assert state.current is not None
    began = Began(state.current.id, 1, Office.CISO, offices.terms("cleo", edited))
    parts = TermsEdits(limits={"user_permissions.max_users": 3}).as_json()
    unsigned.keep(cleo, "cleo", edited, parts, began=began, changes=1)
    offices.decide("cleo", decided)

    sheet = sorted_out(offices, case, edited, decided, silent, risky)

    assert [prepared.case for prepared in sheet.ready] == [case]
    assert codes(sheet) == {
        edited: "TogetherUnsigned",
        decided: "TogetherNotYourTurn",
        silent: "TogetherOtherSilent",
        risky: "TogetherTierAlone",
    }
    assert [item.sentence for item in sheet.apart] == [
        "You have 1 change of its terms that is not signed.",
        "Nothing is asked of the CIO here. It is nobody’s turn.",
        "The CISO approves no terms on this revision now.",
        "A use case of this tier is signed alone, with its pages: High risk.",
    ]


@pytest.mark.exhaustive
def test_terms_that_differ_are_answered_alone(offices: Offices) -> None:
    case, *_ = three_signed(offices)
    offices.decide("cleo", case, given=offices.terms("cleo", case, users=12))
    offices.travel("cleo", "dan")
    offices.decide("dan", case, given=offices.terms("dan", case, users=14))
    offices.travel("dan", "cleo")
    opened(offices, case)

    assert codes(sorted_out(offices, case)) == {case: "TogetherTermsDiffer"}


@pytest.mark.exhaustive
def test_a_record_that_lacks_a_signature_is_completed_on_its_page(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "dan", "cleo")
    agreed = offices.terms("dan", case)
    offices.decide("dan", case, given=agreed)
    offices.decide("cleo", case, given=agreed)
    offices.travel("dan", "cleo")
    offices.travel("cleo", "dan")
    cleo = offices.installations["cleo"]
    opened(offices, case)
    if cleo.state(case).turn != ("cio",):
        recording.complete(offices.installations["dan"], offices.signer("dan"), case)
        offices.travel("dan", "cleo")

    expected = {("cio",): "TogetherRecordFirst", (): "TogetherNotYourTurn"}[cleo.state(case).turn]
    assert codes(sorted_out(offices, case)) == {case: expected}


@pytest.mark.exhaustive
def test_a_copy_that_has_not_arrived_makes_no_second_record(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    case, *_ = three_signed(offices)
    opened(offices, case)
    cleo = offices.installations["cleo"]
    state = cleo.state(case)
    (name,) = state.positions[Office.CISO]
    record = state.opinion(name).record
    assert record is not None
    whole = cleo.register.queries.blob
    monkeypatch.setattr(cleo.register.queries, "blob", lambda name: None if name == record.sha256 else whole(name))

    assert codes(sorted_out(offices, case)) == {case: "TogetherCopyMissing"}


@pytest.mark.attack("a use case that moves while a sheet of several is open", refusal="CaseMoved, and the others go on")
@pytest.mark.exhaustive
def test_what_moved_since_it_was_shown_is_named_and_the_others_go_on(offices: Offices) -> None:
    first, second, third = three_signed(offices)
    opened(offices, first, second, third)
    sheet = sorted_out(offices, first, second, third)
    offices.decide("dan", second, Position.CHANGES, reason="Wait.")
    offices.travel("dan", "cleo")
    done: list[SignedOne] = []

    several.give_each(offices.installations["cleo"], offices.signer("cleo"), sheet.ready, done.append)

    assert [item.refusal.code if item.refusal else "" for item in done] == ["", "CaseMoved", ""]
    phases = [offices.installations["cleo"].state(case).phase for case in (first, second, third)]
    assert phases == [Phase.DECIDED, Phase.CHANGES_REQUESTED, Phase.DECIDED]


@pytest.mark.exhaustive
def test_stopping_leaves_what_was_signed_and_begins_nothing_more(offices: Offices) -> None:
    cases = three_signed(offices)
    opened(offices, *cases)
    sheet = sorted_out(offices, *cases)
    done: list[SignedOne] = []

    several.give_each(
        offices.installations["cleo"], offices.signer("cleo"), sheet.ready, done.append, stopped=lambda: bool(done)
    )

    assert [item.prepared.case for item in done] == [cases[0]]
    phases = [offices.installations["cleo"].state(case).phase for case in cases]
    assert phases == [Phase.DECIDED, Phase.COUNTERSIGN, Phase.COUNTERSIGN]


def test_one_sheet_holds_so_many(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = three_signed(offices)
    opened(offices, *cases)
    monkeypatch.setattr(several, "MOST", 2)

    sheet = sorted_out(offices, *cases)

    assert [prepared.case for prepared in sheet.ready] == list(cases[:2])
    assert codes(sheet) == {cases[2]: "TogetherSheetFull"}


def test_an_owner_signs_nothing_together(offices: Offices) -> None:
    case, *_ = three_signed(offices)

    sheet = several.sort_out(offices.installations["ada"], "ada", offices.signer("ada").key.fingerprint, [case])

    assert codes(sheet) == {case: "NotInOffice"}


def test_who_is_not_listed_is_told_before_anything_is_made(offices: Offices) -> None:
    case, *_ = three_signed(offices)

    with pytest.raises(NotListed):
        several.sort_out(offices.installations["cleo"], "cleo", offices.signer("ada").key.fingerprint, [case])


def test_the_tier_is_that_of_what_is_signed(offices: Offices) -> None:
    """Asked for with minimal risk, and granted so wide that it is of a tier that is signed alone."""
    case = offices.file()
    offices.travel("ada", "dan", "cleo")
    given = offices.terms("dan", case)
    wide = given.boundaries.replaced({"data_access.personal_data": "special", "model_scope.autonomy": "acts_alone"})
    offices.decide("dan", case, given=replace(given, boundaries=wide, expires=given.begins), reason="They need it.")
    offices.travel("dan", "cleo")
    opened(offices, case)

    assert codes(sorted_out(offices, case)) == {case: "TogetherTierAlone"}


@pytest.mark.exhaustive
def test_the_second_tier_is_signed_with_others_and_the_third_alone(offices: Offices) -> None:
    limited, high = file_risky(offices, "steers"), file_risky(offices)
    offices.travel("ada", "dan", "cleo")
    for case in (limited, high):
        offices.decide("dan", case)
    offices.travel("dan", "cleo")
    opened(offices, limited, high)

    sheet = sorted_out(offices, limited, high)

    assert [prepared.case for prepared in sheet.ready] == [limited]
    assert codes(sheet) == {high: "TogetherTierAlone"}


@pytest.mark.exhaustive
def test_two_sets_of_terms_or_a_case_in_dispute_are_looked_at_alone(offices: Offices) -> None:
    case, *_ = three_signed(offices)
    offices.decide("dan", case, given=offices.terms("dan", case, users=99), reason="More testers.")
    offices.travel("dan", "cleo")
    state = offices.installations["cleo"].state(case)
    opinions = tuple(event.act.id for event in state.events if event.act.kind == "opinion")
    both = replace(state, positions={Office.CISO: opinions, Office.CIO: ()})
    disputed = replace(state, phase=Phase.CONTESTED)

    found = [
        against_together(each, Office.CIO, "cleo", look_of(each, Office.CIO, "cleo"), 0, Tier.MINIMAL, "Minimal risk")
        for each in (both, disputed, state)
    ]

    assert len(opinions) == 2
    assert [reason.code if reason else "" for reason in found] == ["TogetherOtherTwo", "TogetherMoreToIt", ""]
    # Neither is a set of terms that somebody could have seen.
    assert look_of(both, Office.CIO, "cleo").terms == ""


@pytest.mark.attack("what the CIO opened counts for the next CIO", refusal="TogetherNotOpened: looks are of one person")
@pytest.mark.exhaustive
def test_a_look_is_of_one_person_at_one_installation(offices: Offices) -> None:
    case, other, _ = three_signed(offices)
    cleo = offices.installations["cleo"]
    opened(offices, case)
    look = looks.last(cleo, "cleo", case)

    assert look == look_of(cleo.state(case), Office.CIO, "cleo")
    assert looks.last(cleo, "dan", case) is None
    assert looks.last(cleo, "cleo", other) is None
    assert looks.last(offices.installations["dan"], "cleo", case) is None


@pytest.mark.parametrize("stored", ["", "{}", "[1]", "null", '{"revision":"x"}', "{" * 100_000, "not json"])
def test_a_look_that_cannot_be_read_is_none(offices: Offices, stored: str) -> None:
    cleo = offices.installations["cleo"]
    cleo.register.installation.set("look x cleo", stored)

    assert looks.last(cleo, "cleo", "x") is None


def test_a_refusal_of_one_case_is_its_reason(offices: Offices) -> None:
    case, *_ = three_signed(offices)
    opened(offices, case)

    sheet = sorted_out(offices, "0" * 64, case)

    assert [item.reason.code for item in sheet.apart] == ["NothingFiled"]
    assert len(sheet.ready) == 1


@pytest.mark.attack(
    "a remark between the look and the sheet of several",
    refusal="TogetherRemarkSince: it is signed alone, or opened again",
)
def test_a_remark_of_somebody_else_that_came_since_sets_a_use_case_apart(offices: Offices) -> None:
    first, second, _ = three_signed(offices)
    cleo, dan = offices.installations["cleo"], offices.installations["dan"]
    opened(offices, first, second)
    remark = deciding.comment(dan, offices.signer("dan"), first, "Do not sign this before we spoke.").act.id
    offices.travel("dan", "cleo")
    deciding.comment(cleo, offices.signer("cleo"), second, "Fine with me.")

    sheet = sorted_out(offices, first, second)

    assert [prepared.case for prepared in sheet.ready] == [second]
    assert codes(sheet) == {first: "TogetherRemarkSince"}
    remarks.resolve(cleo, offices.signer("cleo"), first, remark)
    assert codes(sorted_out(offices, first)) == {}

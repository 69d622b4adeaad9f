"""Records judged one after the other: what holds, what does not and why, and what is kept when somebody stops it."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain, repeat

import pytest

from intake.register.refusals import UnsearchableText
from intake.services.deciding import suspending
from intake.services.lists import record_check
from intake.services.lists.record_check import CheckedAs, begin_check, check_on
from intake.services.lists.table_file import ListedCases
from intake.services.proving.verifying import verify
from tests.services.offices import Offices
from tests.services.record_checks import check_records
from tests.services.stages import stage


@stage
def three_cases(offices: Offices) -> tuple[str, str, str]:
    """One decided by both, one approved by the CISO alone, one only filed; all known to Cleo."""
    decided, alone, filed = offices.file(), offices.file(), offices.file()
    offices.travel("ada", "dan", "cleo")
    given = offices.terms("dan", decided)
    offices.decide("dan", decided, given=given)
    offices.decide("dan", alone)
    offices.travel("dan", "cleo")
    offices.decide("cleo", decided, given=given)
    return decided, alone, filed


@pytest.mark.exhaustive
def test_every_record_has_its_verdict_and_what_does_not_hold_says_why(offices: Offices) -> None:
    decided, alone, filed = three_cases(offices)
    told: list[tuple[int, int]] = []

    found = check_records(
        offices.installations["cleo"], verify, ListedCases(), lambda done, total, _: told.append((done, total))
    )

    assert {item.case: item.found for item in found.look_at} == {alone: CheckedAs.REMARK, filed: CheckedAs.MISSING}
    assert (found.holding, found.failing, found.unsure) == (1, 0, 2)
    assert "One signature so far" in next(item.words for item in found.look_at if item.case == alone)
    assert (found.done, found.total) == (3, 3)
    assert told == [(0, 3), (1, 3), (2, 3)]
    assert decided not in {item.case for item in found.look_at}


def test_a_record_that_fails_is_named(offices: Offices) -> None:
    decided, _, _ = three_cases(offices)

    def judge(installation: object, data: bytes) -> object:
        # What the register holds is found by its digest, so the byte is changed on the way to the verdict.
        return verify(offices.installations["cleo"], data.replace(b"/Title", b"/Tytle"))

    found = check_records(offices.installations["cleo"], judge, ListedCases(filters=(("phase", "decided"),)))  # type: ignore[arg-type]

    assert [(item.case, item.found) for item in found.look_at] == [(decided, CheckedAs.FAILED)]
    assert found.failing == 1


def test_what_was_found_stays_when_it_is_stopped(offices: Offices) -> None:
    three_cases(offices)
    asked = chain([False], repeat(True))

    found = check_records(offices.installations["cleo"], verify, ListedCases(), stopped=lambda: next(asked))

    assert (found.done, found.total) == (1, 3)
    assert sum(found.counts.values()) == 1


def test_a_record_that_holds_and_does_not_stand_is_named_with_why(offices: Offices) -> None:
    decided, _, _ = three_cases(offices)
    cleo, chosen = offices.installations["cleo"], ListedCases(chosen=(decided,))
    (holding,) = check_records(cleo, verify, chosen).records
    suspending.suspend(cleo, offices.signer("cleo"), decided, "It leaked.")
    (stopped,) = check_records(cleo, verify, chosen).records

    assert (holding.found, holding.standing) == (CheckedAs.HOLDS, "in-force")
    assert (stopped.found, stopped.standing) == (CheckedAs.REMARK, "suspended")
    assert stopped.words.startswith("It is suspended since ")


def test_a_record_past_its_last_day_is_named(offices: Offices) -> None:
    decided, _, _ = three_cases(offices)
    cleo = offices.installations["cleo"]
    row = cleo.register.queries.row(decided)
    assert row is not None
    assert row.expires is not None
    offices.clock.now += row.expires - offices.clock.now.date() + timedelta(days=1)

    (found,) = check_records(cleo, verify, ListedCases(chosen=(decided,))).records

    assert (found.found, found.standing) == (CheckedAs.REMARK, "expired")


@pytest.mark.exhaustive
def test_only_the_chosen_ones_are_judged(offices: Offices) -> None:
    decided, _, filed = three_cases(offices)

    found = check_records(offices.installations["cleo"], verify, ListedCases(chosen=(decided, filed)))

    assert (found.total, found.holding, [item.case for item in found.look_at]) == (2, 1, [filed])
    with pytest.raises(UnsearchableText):
        check_records(offices.installations["cleo"], verify, ListedCases("a " * 40))


def test_many_are_judged_a_few_at_a_time(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    decided, alone, filed = three_cases(offices)
    monkeypatch.setattr(record_check, "AT_ONCE", 2)
    begun = begin_check(offices.installations["cleo"], ListedCases(chosen=(decided, alone, filed)))

    some = check_on(offices.installations["cleo"], verify, begun)
    rest = check_on(offices.installations["cleo"], verify, some)

    assert (begun.done, begun.total) == (0, 3)
    assert (some.done, some.total) == (2, 3)
    assert (rest.done, rest.total, rest.left) == (3, 3, ())
    assert rest.records[:2] == some.records

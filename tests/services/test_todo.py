"""What needs whom at the desks, from the first promise to the last hand-over: on the list, since when it is new, and in a calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from intake.domain.acts.kinds.figures import FiguresBody
from intake.domain.base.wording import words
from intake.domain.case.asks import TodoKind
from intake.domain.case.commitment import condition_of
from intake.domain.terms.terms import Condition
from intake.services.deciding import suspending
from intake.services.deciding.figures import report_figures
from intake.services.filing import committing, handing, retiring
from intake.services.lists import home, todo
from intake.services.lists.todo import TodoList
from tests.services.offices import Offices
from tests.services.stages import filed_with_both, stage
from tests.services.test_committing import decide, training_of, with_training
from tests.services.test_ending import LEFT

EVERYBODY = ("ada", "bob", "cleo", "dan", "finn")


def listed(offices: Offices, name: str) -> TodoList:
    return todo.todo(offices.installations[name], name)


def kinds(offices: Offices, name: str) -> list[TodoKind]:
    """Of the training: what else the playbook asks for on a day is not of it."""
    return [item.kind for item in listed(offices, name).items if _is_training(words(item.said))]


def _is_training(text: str) -> bool:
    return "Train the team" in text


def every(offices: Offices, name: str) -> set[TodoKind]:
    return {item.kind for item in listed(offices, name).items}


@pytest.fixture
def case(offices: Offices) -> str:
    return promised_everywhere(offices)


@stage
def promised_everywhere(offices: Offices) -> str:
    """Decided with a condition of the CISO that is for Ada, and known to everybody."""
    found = filed_with_both(offices)
    offices.travel("ada", *EVERYBODY)
    decide(offices, found, with_training(offices, found))
    offices.travel("ada", *EVERYBODY)
    return found


@pytest.fixture
def training(offices: Offices) -> Condition:
    return training_of(offices)


def test_a_promise_is_asked_of_whom_it_is_until_an_office_has_confirmed_it(
    offices: Offices, case: str, training: Condition
) -> None:
    name = condition_of(training).id
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    assert kinds(offices, "ada") == [TodoKind.DUE]
    assert kinds(offices, "dan") == kinds(offices, "cleo") == []

    committing.report(ada, offices.signer("ada"), case, name, "Done.", ())
    offices.travel("ada", *EVERYBODY)
    assert kinds(offices, "ada") == []
    assert (kinds(offices, "dan"), kinds(offices, "cleo")) == ([TodoKind.CONFIRM], [])
    (item,) = (item for item in listed(offices, "dan").items if item.kind is TodoKind.CONFIRM)
    assert words(item.said) == "Ada reports that “Train the team” is met. Confirm it, or send it back with a reason."

    committing.send_back(dan, offices.signer("dan"), case, name, "Eve is missing.")
    offices.travel("dan", *EVERYBODY)
    assert (kinds(offices, "ada"), kinds(offices, "dan")) == ([TodoKind.SENT_BACK], [])

    offices.clock.now += timedelta(days=11)
    assert kinds(offices, "ada") == kinds(offices, "dan") == kinds(offices, "cleo") == [TodoKind.OVERDUE]
    assert listed(offices, "cleo").items[0].kind is TodoKind.OVERDUE, "it rises to the top"
    assert kinds(offices, "bob") == []

    committing.report(ada, offices.signer("ada"), case, name, "Now all.", ())
    offices.travel("ada", *EVERYBODY)
    committing.confirm(dan, offices.signer("dan"), case, name)
    offices.travel("dan", *EVERYBODY)
    assert [kinds(offices, who) for who in EVERYBODY] == [[]] * len(EVERYBODY)


def test_what_is_handed_over_is_counted_with_the_rest_and_told_to_a_scheduled_mail(offices: Offices, case: str) -> None:
    ada, bob = offices.installations["ada"], offices.installations["bob"]
    before = offices.clock.now
    assert listed(offices, "bob").count == 0
    handing.hand_over(ada, offices.signer("ada"), case, "bob", "I move on.")
    offices.travel("ada", *EVERYBODY)

    found = listed(offices, "bob")
    needs = home.needs(bob, "bob", offices.signer("bob").key.fingerprint)

    assert [(item.kind, item.case) for item in found.items] == [(TodoKind.TAKE_OVER, case)]
    assert (found.count, needs.quiet) == (1, False)
    assert todo.changed_since(bob, found.items, before) == found.items
    assert todo.changed_since(bob, found.items, datetime(2100, 1, 1, tzinfo=UTC)) == ()
    handing.take_over(bob, offices.signer("bob"), case)
    assert TodoKind.TAKE_OVER not in every(offices, "bob")


def test_what_is_too_large_is_told_to_its_owner_and_to_both_offices(offices: Offices, case: str) -> None:
    ada = offices.installations["ada"]
    report_figures(ada, offices.signer("ada"), case, FiguresBody(offices.clock.now.date(), 10_000_000, ""))
    offices.travel("ada", *EVERYBODY)

    assert {who: TodoKind.PAST_LIMIT in every(offices, who) for who in EVERYBODY} == {
        "ada": True, "bob": False, "cleo": True, "dan": True, "finn": False,
    }  # fmt: skip


def test_a_suspension_and_a_retirement_ask_both_offices(offices: Offices, case: str) -> None:
    dan = offices.installations["dan"]
    suspending.suspend(dan, offices.signer("dan"), case, "It leaked.")
    offices.travel("dan", *EVERYBODY)
    assert [TodoKind.LIFT in every(offices, who) for who in ("cleo", "dan", "bob")] == [True, True, False]
    assert TodoKind.SUSPENDED in every(offices, "ada")

    retiring.retire(offices.installations["ada"], offices.signer("ada"), case, "Replaced.", LEFT)
    offices.travel("ada", *EVERYBODY)
    assert every(offices, "cleo") == every(offices, "dan") == {TodoKind.ACKNOWLEDGE}


def events(offices: Offices, name: str, target: Path) -> dict[str, str]:
    todo.write_calendar(offices.installations[name], target, name)
    found = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    return {str(item["uid"]): str(item["summary"]) for item in found}


def test_a_calendar_holds_every_day_and_an_event_keeps_its_name(
    offices: Offices, case: str, training: Condition, tmp_path: Path
) -> None:
    name, target = condition_of(training).id, tmp_path / "days.ics"

    first = events(offices, "ada", target)

    title = offices.installations["ada"].state(case).current.body.title  # type: ignore[union-attr]
    uid = f"commitment-{case}-{name[:16]}@countersign.invalid"
    assert first[uid] == f"Due in “{title}”: Train the team"
    assert first[f"end-{case}@countersign.invalid"] == f"The approval ends: {title}"
    assert first[f"figures-{case}@countersign.invalid"] == f"Report users and cost: {title}"
    assert events(offices, "dan", target) == {}, "what others have to meet is not in the calendar of an office"
    offices.clock.now += timedelta(days=11)
    assert events(offices, "ada", target) == first, "the same acts make the same file on any day"

"""What paper cannot show is said before anything is signed: of reasons, conditions, limits, comments and names alike."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import resources
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.organisation.roster import Role
from intake.domain.terms.terms import Condition
from intake.domain.terms.waivers import PILOT, Waiver
from intake.records import copies
from intake.records.editions.printer import Printer
from intake.services.deciding import deciding
from intake.services.deciding.boxes import boxes_on_pages
from intake.services.deciding.reviewing import look
from intake.services.filing import answers_copy, withdrawing
from intake.services.installation.installation import Installation
from intake.services.installation.unprinted import on_paper, places
from intake.services.organisation import people
from tests.services.offices import Offices
from tests.services.test_answers_copy import pages_of

LETTERS = "\u624b\u7d19"
"""Two characters that no font of ours has."""


@cache
def printer() -> Printer:
    return Printer(resources.read)


def notes(prepared: deciding.Prepared) -> list[str]:
    return [value for label, value in prepared.lines if label == "Note" and "empty box" in value]


def test_each_place_is_named_once_and_what_can_be_printed_is_not() -> None:
    said = [
        ("Reason", f"{LETTERS} one"),
        ("Reason", LETTERS),
        ("Comment", "Zürich, Ελλάδα, שלום"),
        ("Name", "\U0001f600"),
    ]

    assert places(printer(), said) == ("Reason", "Name")
    assert words(on_paper(printer(), said)) == (
        "On paper an empty box stands for characters that cannot be drawn here, in: Reason, Name. What is signed holds them exactly."
    )
    assert on_paper(printer(), said[2:3]) is None


def test_the_reason_of_a_decline_is_told_before_it_is_signed(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = offices.installations["dan"]

    told = notes(deciding.prepare(dan, "dan", case, Position.DECLINE, reason=f"Not so: {LETTERS}"))
    plain = notes(deciding.prepare(dan, "dan", case, Position.DECLINE, reason="Not so."))

    assert told == [
        (
            "the pages show an empty box for characters that cannot be drawn here, in: Reason; what is signed holds them exactly"
        )
    ]
    assert plain == []


def test_the_reason_of_a_request_for_changes_is_told_though_nothing_is_printed(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "dan")

    told = notes(deciding.prepare(offices.installations["dan"], "dan", case, Position.CHANGES, reason=LETTERS))

    assert told == [
        "On paper an empty box stands for characters that cannot be drawn here, in: Reason. What is signed holds them exactly."
    ]


def test_limits_and_conditions_that_an_office_writes_are_told(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = offices.installations["dan"]
    proposal = look(dan, case, "dan").proposal
    limits = proposal.boundaries.replaced({"system_integration.systems": frozenset({LETTERS})})
    asked = replace(proposal, boundaries=limits, conditions=(Condition(proposal.expires, "ada", LETTERS),))

    (told,) = notes(deciding.prepare(dan, "dan", case, Position.APPROVE, given=asked, reason="Needed."))

    named = limits.table.field("system_integration.systems").label
    assert f"in: {named}, Conditions;" in told


def test_the_reason_of_a_waiver_is_told(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = offices.installations["dan"]
    view = look(dan, case, "dan")
    given = replace(view.proposal, waivers=(Waiver(PILOT, LETTERS),))

    told = words(boxes_on_pages(dan, view.state, view.revision, "dan", "", given))

    assert "in: Reasons for what is waived;" in told


def test_the_name_of_the_owner_is_told_with_every_record_and_on_the_copy(offices: Offices) -> None:
    zoe = joined(offices, "zoe", f"Zoe {LETTERS}")
    case = offices.file("zoe")
    offices.travel("zoe", "dan")

    (told,) = notes(deciding.prepare(offices.installations["dan"], "dan", case, Position.DECLINE, reason="No."))
    current = zoe.state(case).current
    assert current is not None
    copied = " ".join(pages_of(answers_copy.of_revision(zoe, case, current.id))[0].split())

    assert "in: Names of people;" in told
    assert copies.PLACEHOLDERS_IN.format(where="Filed by") in copied


def test_a_withdrawal_tells_of_its_reason_and_of_the_answers(offices: Offices) -> None:
    ada = offices.installations["ada"]
    case = offices.file()

    assert withdrawing.withdrawal_boxes(ada, "ada", case, "No more.") is None
    told = words(withdrawing.withdrawal_boxes(ada, "ada", case, f"No more: {LETTERS}"))

    assert "the pages show an empty box" in told
    assert "in: Reason;" in told


def joined(offices: Offices, person: str, name: str) -> Installation:
    """Somebody with this name, listed as an owner, with an installation that knows all that Bob's does."""
    offices.open(person)
    installation, bob = offices.installations[person], offices.installations["bob"]
    bob.register.append([people.enrol(installation, offices.signer(person), name=name, unit="Finance")])
    act = next(item.act for item in people.enrolments(bob) if item.person == person)
    change = people.list_person(bob, offices.signer("bob"), act, (Role.OWNER,))
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    installation.register.join(bob.register.org)
    offices.travel("finn", "bob", "dan", person)
    return installation

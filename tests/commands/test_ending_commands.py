"""Retiring, acknowledging, handing over and taking over at the terminal."""

from __future__ import annotations

import pytest

from tests.commands.house import House
from tests.commands.stages import decided

LEFT = ("--data", "Deleted.", "--model", "Switched off.", "--nothing-to-do", "access", "--nothing-to-do", "contract")


def test_an_owner_retires_it_and_an_office_acknowledges_that(house: House) -> None:
    case = decided(house)

    done = house.ask("ada", "retire", case, "--reason", "Replaced.", *LEFT)

    house.sync("ada", "dan")
    seen = house.ask("dan", "show", case)
    assert (seen["phase"], seen["may_run"]) == ("retired", False)
    assert seen["retired"] == {
        "act": done["act"], "reason": "Replaced.", "data": "Deleted.", "access": "", "model": "Switched off.",
        "contract": "", "acknowledged": [],
    }  # fmt: skip
    assert (seen["next"]["act"], seen["next"]["way"]) == ("acknowledge", "acknowledge")
    read = house.run("dan", "acknowledge", case)
    assert "Access: nothing to do" in read.output
    assert house.ask("dan", "show", case)["retired"]["acknowledged"] == ["ciso"]
    assert house.ask("dan", "acknowledge", case, expect=2)["refusal"]["code"] == "NothingToAcknowledge"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (LEFT[:4], "LeftUnsaid"),
        ((*LEFT, "--access", "Closed."), "SaidTwice"),
        ((*LEFT, "--nothing-to-do", "desk"), "NothingLeftCalled"),
    ],
)
def test_what_becomes_of_each_thing_is_said(house: House, given: tuple[str, ...], code: str) -> None:
    case = decided(house)

    found = house.ask("ada", "retire", case, "--reason", "Replaced.", *given, expect=2)

    assert found["refusal"]["code"] == code


@pytest.mark.parametrize(("who", "code"), [("dan", "NotYoursToRetire"), ("bob", "NotYoursToRetire")])
def test_nobody_else_retires_it(house: House, who: str, code: str) -> None:
    case = decided(house)
    house.sync(who)

    found = house.ask(who, "retire", case, "--reason", "Replaced.", *LEFT, expect=2)

    assert found["refusal"]["code"] == code


def test_what_was_never_approved_is_withdrawn_and_not_retired(house: House) -> None:
    case = house.file()

    found = house.ask("ada", "retire", case, "--reason", "Replaced.", *LEFT, expect=2)

    assert found["refusal"]["code"] == "NothingToRetire"


def test_it_goes_from_hand_to_hand(house: House) -> None:
    case = decided(house)

    said = house.run("ada", "hand-over", case, "--to", "dan", "--reason", "I move on.")
    assert "takes it over. Then all that is due of you is due of them." in said.output
    assert "can decide on this use case no more once it is taken over." in said.output
    shown = house.ask("ada", "show", case)
    assert (shown["owner"], [item["successor"] for item in shown["hand_overs"]]) == ("ada", ["dan"])
    house.sync("ada", "dan")
    assert house.ask("bob", "take-over", case, expect=2)["refusal"]["code"] in ("NoSuchCase", "NothingToTakeOver")
    taken = house.ask("dan", "take-over", case)

    seen = house.ask("dan", "show", case)
    assert taken["hand_overs"] == shown["hand_overs"][0]["acts"]
    assert (seen["owner"], seen["hand_overs"], seen["phase"]) == ("dan", [], "decided")
    house.sync("dan", "ada")
    assert house.ask("ada", "hand-over", case, "--to", "bob", "--reason", "x", expect=2)["refusal"]["code"] == (
        "NotYoursToHandOver"
    )


def test_who_is_handed_it_finds_it_in_the_list(house: House) -> None:
    case = decided(house)
    house.ask("ada", "hand-over", case, "--to", "finn", "--reason", "I move on.")
    house.sync("ada", "finn")

    (row,) = house.ask("finn", "inbox")["cases"]

    assert (row["case"], row["owner"], row["successor"]) == (case, "ada", ["finn"])


def test_nobody_is_named_who_cannot_accept_it(house: House) -> None:
    case = decided(house)

    found = house.ask("ada", "hand-over", case, "--to", "nobody", "--reason", "x", expect=2)

    assert found["refusal"]["code"] == "NoSuchSuccessor"


def test_one_administrator_gives_away_nothing_that_has_an_owner(house: House) -> None:
    case = decided(house)
    house.sync("bob")

    found = house.ask("bob", "hand-over", case, "--to", "finn", "--reason", "x", expect=2)

    assert found["refusal"]["code"] == "NotYoursToHandOver"


def test_nothing_is_disowned_whose_key_was_not_cut_off(house: House) -> None:
    case = decided(house)
    house.ask("dan", "suspend", case, "--reason", "It leaked.")

    found = house.ask("dan", "disown", case, "--reason", "Not ours.", expect=2)

    assert found["refusal"]["code"] == "NothingToDisown"

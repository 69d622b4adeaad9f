"""Remarks at the terminal: left, answered, shown with what names them, resolved by who may."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds.resolved import ResolvedBody
from intake.services.deciding import remarks
from tests.commands.house import House


@pytest.fixture
def case(house: House) -> str:
    made = house.file()
    house.sync("ada", "dan", "bob")
    return made


def test_a_remark_is_answered_resolved_and_opened_again(house: House, case: str) -> None:
    left = house.ask("dan", "comment", case, "Ninety days are long.")["act"]
    house.sync("dan", "ada")
    assert f"remark {left[:8]} (open): Dan, " in house.run("ada", "show", case).output
    answer = house.ask("ada", "comment", case, "Sixty would do.", "--answers", left[:8])["act"]

    note = house.ask("ada", "resolve", case, left[:8])["act"]

    (shown,) = house.ask("ada", "show", case)["remarks"]
    assert (shown["act"], shown["open"], shown["resolved"]["by"]) == (left, False, "Ada")
    assert [one["act"] for one in shown["answers"]] == [answer]
    assert note not in (left, answer)
    assert "(resolved by Ada on " in house.run("ada", "show", case).output

    house.ask("ada", "comment", case, "Or thirty.", "--answers", answer[:10])
    assert [item["open"] for item in house.ask("ada", "show", case)["remarks"]] == [True]


@pytest.mark.parametrize(
    ("who", "words", "code"),
    [
        ("bob", ("resolve", "CASE", "REMARK"), "NotYoursToResolve"),
        ("ada", ("resolve", "CASE", "abc"), "NoSuchRemark"),
        ("ada", ("resolve", "CASE", "ffffffff"), "NoSuchRemark"),
        ("ada", ("comment", "CASE", "Yes.", "--answers", "ffffffff"), "NoSuchRemark"),
    ],
)
@pytest.mark.exhaustive
def test_what_cannot_be_resolved_is_refused_before_anything_is_signed(
    house: House, case: str, who: str, words: tuple[str, ...], code: str
) -> None:
    left = house.ask("dan", "comment", case, "Ninety days are long.")["act"]
    house.sync("dan", "ada", "bob")
    given = [{"CASE": case, "REMARK": left}.get(word, word) for word in words]

    refused = house.ask(who, *given, expect=2)

    assert refused["refusal"]["code"] == code
    assert [item["open"] for item in house.ask(who, "show", case)["remarks"]] == [True]


@pytest.mark.exhaustive
def test_what_is_resolved_already_is_not_resolved_twice(house: House, case: str) -> None:
    left = house.ask("dan", "comment", case, "Ninety days are long.")["act"]
    house.run("dan", "resolve", case, left)

    assert house.ask("dan", "resolve", case, left, expect=2)["refusal"]["code"] == "AlreadyResolved"


@pytest.mark.exhaustive
def test_show_says_what_who_looks_does_next(house: House, case: str) -> None:
    office, owner = house.ask("dan", "show", case)["next"], house.ask("ada", "show", case)["next"]

    assert (office["act"], office["way"], office["of"]) == ("decide", "review", ["cio", "ciso"])
    assert (owner["act"], owner["way"]) == ("wait", "")
    assert owner["why"]["text"].startswith("It is the turn of the CIO and the CISO, until ")
    assert owner["until"] is not None
    assert "Read and decide: Neither office has decided yet" in house.run("dan", "show", case).output


@pytest.mark.attack("a remark with more answers than a note can name", refusal="AnsweredTooOften")
@pytest.mark.exhaustive
def test_too_many_answers_are_said(house: House, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left = house.ask("dan", "comment", case, "Ninety days are long.")["act"]
    house.ask("dan", "comment", case, "Really.", "--answers", left)
    monkeypatch.setattr(remarks, "MAX_REMARKS", 1)

    assert house.ask("dan", "resolve", case, left, expect=2)["refusal"]["code"] == "AnsweredTooOften"
    assert ResolvedBody((left,)).as_json() == {"remarks": [left]}

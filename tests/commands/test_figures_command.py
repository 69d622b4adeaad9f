"""Reporting users and cost at the terminal."""

from __future__ import annotations

from tests.commands.house import House
from tests.commands.stages import decided


def test_the_owner_reports_and_everybody_reads_what_is_past_a_limit(house: House) -> None:
    case = decided(house)
    before = house.ask("ada", "show", case)["figures"]
    assert (before["day"], before["users"], before["costs"], before["over"], before["late"]) == (
        None,
        None,
        [],
        [],
        False,
    )
    assert before["due"]

    inside = house.ask("ada", "figures", case, "--users", "3", "--cost", "0")
    assert (inside["users"], inside["cost"], inside["over"]) == (3, "", [])
    over = house.run("ada", "figures", case, "--users", "1 000", "--cost", "900 eur")
    assert "Past its limits: 1,000 people use it (at most" in over.output

    house.sync("ada", "dan")
    shown = house.ask("dan", "show", case)
    assert (shown["figures"]["users"], shown["figures"]["costs"]) == (1000, ["EUR 900"])
    assert [item["code"] for item in shown["figures"]["over"]] == ["FiguresUsersOver", "FiguresCostNone"]
    assert shown["next"]["act"] == "shrink"
    assert "past a limit: 1,000 people use it" in house.run("dan", "show", case).output


def test_what_cannot_be_reported_is_refused_before_it_is_signed(house: House) -> None:
    case = house.file()

    def refused(who: str, *given: str) -> str:
        return str(house.ask(who, "figures", case, *given, expect=2)["refusal"]["code"])

    assert refused("ada", "--users", "3", "--cost", "0") == "NothingRuns"
    house.sync("ada", "dan", "cleo")
    house.ask("dan", "approve", case)
    house.sync("dan", "cleo")
    house.ask("cleo", "approve", case)
    house.sync("cleo", "dan", "ada")

    assert refused("dan", "--users", "3", "--cost", "0") == "NotYours"
    assert refused("ada", "--users", "many", "--cost", "0") == "NoSuchCount"
    assert refused("ada", "--users", "3", "--cost", "900") == "NoSuchAmount"
    assert refused("ada", "--users", "3", "--cost", "EUR 1", "--day", "2020-01-01") == "FiguresOfOtherDay"
    assert refused("ada", "--users", "3", "--cost", "EUR 1", "--day", "yesterday") == "UnreadableTerms"

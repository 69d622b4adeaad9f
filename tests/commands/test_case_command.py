"""How a use case stands, and everything that happened, at the terminal."""

from __future__ import annotations

from tests.commands.house import House
from tests.commands.stages import decided


def test_the_page_of_a_case_says_whose_turn_it_is_and_then_what_is_in_force(house: House) -> None:
    case = house.file()
    house.sync("ada", "dan", "cleo")

    waiting = house.ask("ada", "case", "show", case)
    assert (waiting["phase"], waiting["turn"], waiting["since_act"]) == ("review", ["cio", "ciso"], case)
    assert waiting["until"] > waiting["since"]
    assert (waiting["decision"], waiting["in_force"], waiting["due"], waiting["may_run"]) == (None, None, [], False)

    house.ask("dan", "approve", case)
    house.sync("dan", "cleo")
    house.ask("cleo", "approve", case)
    house.sync("cleo", "dan", "ada")

    shown = house.ask("ada", "case", "show", case)
    assert (shown["phase"], shown["turn"], shown["until"], shown["may_run"]) == ("decided", [], None, True)
    assert shown["decision"]["record_state"] == "sealed"
    assert shown["since_act"] in shown["decision"]["opinions"]
    assert [item["what"] for item in shown["due"]] == ["figures", "expiry"]
    assert shown["next"]["act"] == house.ask("ada", "show", case)["next"]["act"]
    lines = house.run("ada", "case", "show", case).output
    assert f"In force: {shown['in_force']['stage']} from" in lines


def test_a_suspended_case_says_by_whom_since_when_and_what_it_waits_for(house: House) -> None:
    case = decided(house)
    act = house.ask("dan", "suspend", case, "--reason", "It leaked.")["act"]

    shown = house.ask("dan", "case", "show", case)

    assert (shown["phase"], shown["since_act"], shown["until"]) == ("suspended", act, None)
    (item,) = shown["suspensions"]
    assert (item["act"], item["person"], item["office"], item["open"]) == (act, "dan", "ciso", True)
    assert item["waits_for"] == ["cio", "ciso"]
    assert shown["stop"]["code"] == "StopItNow"


def test_the_timeline_holds_every_act_in_order_with_what_it_is_worth(house: House) -> None:
    case = decided(house)
    house.ask("ada", "comment", case, "Thanks.")
    house.ask("dan", "suspend", case, "--reason", "It leaked.")

    acts = house.ask("dan", "case", "timeline", case)["acts"]

    assert acts[0]["act"] == case
    assert [item["kind"] for item in acts if item["kind"] != "comment"] == [
        "revision", "opinion", "opinion", "sealed", "suspend", "note-notice",
    ]  # fmt: skip
    assert all(item["counts"] and item["why"] is None for item in acts[:-1])
    # The page about the suspension decides nothing, and is told in words all the same.
    assert (acts[-1]["force"], acts[-1]["why"], acts[-1]["said"]["code"]) == ("note", None, "NewsNotice")
    assert house.run("dan", "case", "timeline", case).output.splitlines()[-1].endswith("Dan signed a notice of it")
    (held,) = (item for item in acts if item["kind"] == "suspend")
    assert (held["said"]["code"], held["text"], held["person"]) == ("NewsSuspended", "It leaked.", "dan")
    assert house.ask("ada", "case", "timeline", "UC-0000-0000-0000", expect=2)["refusal"]["code"] == "NoSuchCase"


def test_what_counts_for_nothing_says_why(house: House) -> None:
    case = decided(house)
    house.ask("bob", "comment", case, "I look in.", expect=2)
    house.ask("ada", "withdraw", case, "--reason", "Over.")

    acts = house.ask("ada", "case", "timeline", case)["acts"]

    assert acts[-1]["kind"] == "withdraw"
    assert acts[-1]["force"] in ("counts", "objects")
    assert house.ask("ada", "case", "show", case)["phase"] == "withdrawn"

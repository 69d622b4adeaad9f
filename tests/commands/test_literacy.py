"""The chapters and training records by the command line: listed, acknowledged, and told apart by person."""

from __future__ import annotations

import pytest

from tests.commands.house import House


@pytest.fixture
def chapters(house: House) -> list[str]:
    return [item["id"] for item in house.ask("ada", "literacy", "list")["chapters"]]


def test_nothing_is_signed_at_first(house: House, chapters: list[str]) -> None:
    found = house.ask("ada", "literacy", "list")

    assert chapters
    assert found["person"] == "ada"
    assert [item for item in found["chapters"] if item["signed"]] == []
    assert found["records"] == []


def test_one_chapter_and_then_all_that_are_left(house: House, chapters: list[str]) -> None:
    first = house.ask("ada", "literacy", "acknowledge", chapters[0], "--yes")
    rest = house.ask("ada", "literacy", "acknowledge", "--yes")

    assert first["chapters"] == [chapters[0]]
    assert first["left"] == chapters[1:]
    assert not first["trained"]
    assert rest["chapters"] == chapters[1:]
    assert rest["trained"]
    listed = house.ask("ada", "literacy", "list")
    assert all(item["signed"] for item in listed["chapters"])
    assert {item["act"] for item in listed["records"]} == {first["act"], rest["act"]}


def test_the_record_reaches_the_others(house: House, chapters: list[str]) -> None:
    signed = house.ask("ada", "literacy", "acknowledge", "--yes")
    house.sync("ada", "dan")

    found = house.ask("dan", "literacy", "list")

    assert [(item["person"], item["act"]) for item in found["records"]] == [("ada", signed["act"])]
    assert not any(item["signed"] for item in found["chapters"])


def test_an_unknown_chapter_is_refused_before_anything_is_asked(house: House) -> None:
    refused = house.ask("ada", "literacy", "acknowledge", "no-such-chapter", "--yes", expect=2)

    assert refused["refusal"]["code"] == "UnknownChapter"


def test_nothing_left_is_refused(house: House) -> None:
    house.run("ada", "literacy", "acknowledge", "--yes")

    assert house.ask("ada", "literacy", "acknowledge", "--yes", expect=2)["refusal"]["code"] == "NothingRead"


def test_who_says_no_signs_nothing(house: House) -> None:
    said = house.run("ada", "literacy", "acknowledge", typed="n\n", expect=2)

    assert "because you did not say that you have read" in said.stderr
    assert house.ask("ada", "literacy", "list")["records"] == []


def test_the_chapters_themselves_are_shown_with_their_sources(house: House, chapters: list[str]) -> None:
    shown = house.run("ada", "literacy", "list", "--text").stdout

    found = house.ask("ada", "literacy", "list")["chapters"][0]
    assert found["text"][0] in shown
    assert f"Source: {found['sources'][0]}" in shown

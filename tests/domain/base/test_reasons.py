"""Reasons as code and facts: what is stored of them comes back, and every code has its words in one place."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from intake.domain.base.plurals import rule_of
from intake.domain.base.reasons import Reason, facts_as_text, read_reason, reason_of
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import (
    Sentence,
    Wording,
    either,
    enumerated,
    fields,
    listed,
    on_day,
    said,
    sentence,
    sentences,
    sources,
    speak,
    words,
)
from tests.languages import FOREIGN, spoken, translatable
from tests.resources import make_reasons
from tests.resources.make_reasons import load_everything


@pytest.fixture(scope="module", autouse=True)
def everything() -> None:
    """A wording or a refusal is known once its module is loaded."""
    load_everything()


COUNT = Sentence("TestCount", "{count} files.", one="{count} file.")
LATE = Wording("TestLate", "it came {days} days late, for {why}")


class TestRefused(Refusal):
    __test__ = False
    what = "{name} was refused."
    why = "It {detail}."
    next = "Ask {name}."


# --------------------------------------------------------------------------------------------------- stored and read
facts = st.dictionaries(
    st.text(max_size=8),
    st.recursive(
        st.text() | st.integers() | st.booleans(),
        lambda inner: st.builds(
            reason_of, st.text(max_size=8), st.dictionaries(st.text(max_size=8), inner, max_size=3)
        ),
        max_leaves=6,
    ),
    max_size=4,
)


@given(code=st.text(), given=facts)
def test_what_is_stored_of_a_reason_is_the_reason(code: str, given: dict[str, object]) -> None:
    made = reason_of(code, given)

    text = facts_as_text(made)

    assert text.isascii()
    assert read_reason(made.code, text) == made
    assert facts_as_text(read_reason(made.code, text)) == text


def test_the_same_facts_in_another_order_are_the_same_reason() -> None:
    one, other = reason_of("A", {"x": 1, "y": "two"}), reason_of("A", {"y": "two", "x": 1})

    assert one == other
    assert facts_as_text(one) == '{"x":1,"y":"two"}'


def test_text_of_any_kind_can_be_stored() -> None:
    """A file name may hold half a character, which no database takes as it is."""
    odd = reason_of("A", {"name": "a\udcff\x00\n{b}"})

    assert read_reason("A", facts_as_text(odd)) == odd


def test_other_facts_than_can_be_stored_become_text() -> None:
    assert reason_of("A", {"path": Path("/x"), "share": 0.5, "none": None}).facts == (
        ("none", "None"),
        ("path", "/x"),
        ("share", "0.5"),
    )


@pytest.mark.parametrize(
    "text", ["", "no", "[]", "3", '{"x":null}', '{"x":[1]}', '{"x":{"code":1,"facts":{}}}', "[" * 9999]
)
def test_facts_that_cannot_be_read_leave_the_code(text: str) -> None:
    assert read_reason("RightEnded", text) == Reason("RightEnded")


@pytest.mark.parametrize("deep", [18, 400])
def test_reasons_too_deep_within_each_other_leave_the_code(deep: int) -> None:
    made = Reason("A")
    for _ in range(deep):
        made = Reason("A", (("why", made),))

    assert read_reason("A", facts_as_text(made)) == Reason("A")


# ------------------------------------------------------------------------------------------------------------- words
def test_a_reason_within_a_reason_is_said_with_it() -> None:
    made = LATE(days=3, why=TestRefused(name="Ada", detail="slept").given)

    assert words(made) == "it came 3 days late, for Ada was refused."
    assert sentence(made) == "It came 3 days late, for Ada was refused."
    assert (words(None), sentence(None)) == ("", "")


def test_a_wording_takes_exactly_its_facts() -> None:
    with pytest.raises(TypeError, match="TestLate has the facts"):
        LATE(days=3)
    with pytest.raises(TypeError, match="TestLate has the facts"):
        LATE(days=3, why="", more="")
    with pytest.raises(ValueError, match="two reasons have the code TestLate"):
        Wording("TestLate", "something else")


def test_a_refusal_is_a_reason_with_three_sentences() -> None:
    refused = TestRefused(name="Ada", detail=LATE(days=1, why="x"))

    assert refused.given == Reason("TestRefused", (("detail", LATE(days=1, why="x")), ("name", "Ada")))
    assert sentences(refused.given) == ("Ada was refused.", "It it came 1 days late, for x.", "Ask Ada.")
    assert sentences(refused.given) == (refused.what_happened, refused.reason, refused.next_step)
    assert sentences(LATE(days=1, why="x")) == ("it came 1 days late, for x", "", "")


def test_what_only_another_version_knows_is_said_plainly() -> None:
    assert words(Reason("Invented", (("x", 1),))) == (
        "for a reason that only another version of Countersign has words for (Invented)"
    )
    assert words(Reason("TestLate", (("days", 2),))) == "it came 2 days late, for …"


def test_foreign_text_in_a_fact_is_never_a_field() -> None:
    assert words(LATE(days=1, why="{days} {0} {")) == "it came 1 days late, for {days} {0} {"


# ----------------------------------------------------------------------------------------------------- other languages
def test_a_catalogue_says_what_it_has_and_english_the_rest() -> None:
    refused = TestRefused(name="Ada", detail=LATE(days=2, why="x"))
    with spoken({"TestLate": "{days} Tage zu spät: {why}", "TestRefused.what": "{name} wurde abgewiesen."}):
        assert words(LATE(days=2, why="x")) == "2 Tage zu spät: x"
        assert sentences(refused.given) == ("Ada wurde abgewiesen.", "It 2 Tage zu spät: x.", "Ask Ada.")
        assert refused.what_happened == "Ada wurde abgewiesen."
    assert words(LATE(days=2, why="x")) == "it came 2 days late, for x"


@pytest.mark.parametrize("wrong", ["{tage} zu spät", "{days", "{0} {days}", "{}", "{why:d}", "{days!z}"])
def test_a_translation_with_other_facts_is_not_used(wrong: str) -> None:
    with spoken({"TestLate": wrong}):
        assert words(LATE(days=2, why="x")) == "it came 2 days late, for x"


def test_a_made_up_language_says_everything_otherwise() -> None:
    with spoken(FOREIGN):
        assert (
            words(LATE(days=2, why=LATE(days=1, why="x"))) == "‹it came 2 days late, for ‹it came 1 days late, for x››"
        )


def test_every_catalogue_has_keys_and_facts_that_are_in_the_source() -> None:
    for path in sorted((Path(resources.__file__).parent / "i18n").glob("reasons_*.json")):
        catalogue = json.loads(path.read_text(encoding="utf-8"))
        assert unfit(catalogue) == [], path.name


def test_a_catalogue_is_brought_up_to_date_with_what_it_says_already() -> None:
    again = json.loads(make_reasons.made({"RightOutlived": "zu spät", "Gone": "x"}))

    assert again["RightOutlived"] == "zu spät"
    assert again["KeyCutOff"] == "its key was cut off, and it is beyond the cut-off"
    assert unfit(again) == []


def test_each_language_counts_in_its_own_forms() -> None:
    catalogue = {"TestCount.one": "{count} plik", "TestCount.few": "{count} pliki", "TestCount.many": "{count} plików"}
    assert unfit(catalogue) == []
    assert [words(COUNT(count=number)) for number in (0, 1, 2)] == ["0 files.", "1 file.", "2 files."]
    try:
        speak(catalogue, rule_of("pl_PL"))
        said = [words(COUNT(count=number)) for number in (1, 2, 5, 12, 22, 25)]
    finally:
        speak({})
    assert said == ["1 plik", "2 pliki", "5 plików", "12 plików", "22 pliki", "25 plików"]


@pytest.mark.parametrize(("language", "forms"), [("fr", "oox"), ("ja", "xxx"), ("de_AT", "xox"), ("xx", "xox")])
def test_a_language_with_two_forms_or_one(language: str, forms: str) -> None:
    found = "".join("o" if rule_of(language)(number) == "one" else "x" for number in (0, 1, 2))

    assert found == forms


def test_facts_are_listed_as_a_sentence_does() -> None:
    assert [said(listed(["a", "b", "c"][:many])) for many in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert said(either(["a", "b", "c"])) == "a, b or c"
    assert said(enumerated([str(number) for number in range(5000)])).count(", ") == 4999


def test_a_key_that_nobody_gives_and_a_fact_that_is_not_there_are_found() -> None:
    assert unfit({"TestLate": "{days}: {why}", "Gone": "x", "TestRefused.what": "{nobody}"}) == [
        "Gone",
        "TestRefused.what",
    ]


def unfit(catalogue: dict[str, str]) -> list[str]:
    """The keys of a catalogue that say nothing, or need facts that the English has not."""
    known = sources()
    return sorted(
        key
        for key, text in catalogue.items()
        if not translatable(key) or not fields(text) <= fields(known[translatable(key)])
    )


def test_a_day_is_written_as_the_language_writes_it_and_stored_as_the_acts_do():
    said = listed((on_day(date(2027, 3, 31)), on_day(date(2027, 4, 1))))
    assert words(said) == "2027-03-31 and 2027-04-01"

    speak({}, day=lambda day: f"{day.day}. {day.month}. {day.year}")
    try:
        assert words(said) == "31. 3. 2027 and 1. 4. 2027"
        assert words(Reason("Day", (("iso", "soon"),))) == "soon"
        assert words(Reason("Day")) == "…"
    finally:
        speak({})
    assert facts_as_text(on_day(date(2027, 3, 31))) == '{"iso":"2027-03-31"}'

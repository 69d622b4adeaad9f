"""Answers: strict JSON, what suits a question, and what says too little."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Attachment
from intake.domain.base import canonical
from intake.domain.playbook import answers
from intake.domain.playbook.answer_checks import Fault, fits, problem, typed
from intake.domain.playbook.answers import DONT_KNOW, Answer, Answers, Move, UnreadableAnswers, changes
from tests.domain.playbook.small_playbook import made

PLAYBOOK = made()
FILE = Attachment("a" * 64, 12, "text/plain", "notes.txt")
OTHER = Attachment("b" * 64, 9, "application/pdf", "proof.pdf")


def question(name):
    return PLAYBOOK.question(name)


VALUES = (
    st.booleans()
    | st.integers(0, 1000)
    | st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=9).map(canonical.clean).filter(bool)
    | st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True).map(tuple)
    | st.just((FILE, OTHER))
    | st.none()
)
ANSWERS = st.dictionaries(st.sampled_from(["a", "b.c", "d.e_f"]), VALUES.map(Answer)).map(Answers)


@given(ANSWERS)
def test_answers_read_back_from_canonical_json(given_):
    encoded = canonical.dump(given_.as_json())

    assert answers.from_json(canonical.parse(encoded)) == given_
    assert canonical.digest(given_.as_json()) == given_.digest


def test_a_carried_mark_is_kept_in_a_draft_and_refused_in_a_revision():
    carried = Answers({"a": Answer("x"), "b": DONT_KNOW}).carried()

    assert answers.from_json(carried.as_json(), draft=True) == carried
    with pytest.raises(UnreadableAnswers, match="drafts only"):
        answers.from_json(carried.as_json())


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"a": "x"},
        {"a": {}},
        {"a": {"value": None}},
        {"a": {"unknown": False}},
        {"a": {"unknown": 1}},
        {"a": {"value": "x", "unknown": True}},
        {"a": {"value": []}},
        {"a": {"value": ["x", 1]}},
        {"a": {"value": {"x": 1}}},
        {"a": {"value": [{"sha256": "a" * 64}]}},
        {"a": {"value": [{**FILE.as_json(), "size": -1}]}},
        {"a": {"value": [{**FILE.as_json(), "size": True}]}},
        {"a": {"value": [{**FILE.as_json(), "sha256": "A" * 64}]}},
        {"a": {"value": [{**FILE.as_json(), "name": ""}]}},
        {"a": {"value": "x", "note": "y"}},
        {"A": {"value": "x"}},
        {"a..b": {"value": "x"}},
        {"a" * 50: {"value": "x"}},
    ],
)
def test_any_other_form_is_refused(value):
    with pytest.raises(UnreadableAnswers):
        answers.from_json(value)


def test_files_are_gathered_once_in_one_order():
    found = Answers({"b": Answer((OTHER, FILE)), "a": Answer((FILE,)), "c": Answer(("x",))})

    assert found.attachments == (FILE, OTHER)


def test_answers_can_be_given_and_taken_back():
    found = Answers().given("b", Answer(1)).given("a", DONT_KNOW)

    assert list(found) == ["a", "b"]
    assert found.unknown == ("a",)
    assert list(found.given("a", None)) == ["b"]
    assert hash(found) == hash(Answers(dict(found)))


def test_what_changed_is_told_by_kind():
    before = Answers({"a": Answer("x"), "b": Answer(1), "c": Answer(True), "d": DONT_KNOW})
    after = Answers({"a": Answer("x", check=True), "b": DONT_KNOW, "c": Answer(1), "e": Answer("new")})

    found = {change.question: change.move for change in changes(before, after)}

    assert found == {"b": Move.CHANGED, "c": Move.CHANGED, "d": Move.REMOVED, "e": Move.ADDED}


@given(ANSWERS, ANSWERS)
def test_nothing_changed_exactly_when_the_answers_are_equal(one, other):
    assert (changes(one, other) == ()) == (one.as_json() == other.as_json())
    assert [change.question for change in changes(one, other)] == [change.question for change in changes(other, one)]


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("work.title", "  Two \n words  ", "Two words"),
        ("work.title", "e\u0301t\u00e9", "\u00e9t\u00e9"),
        ("work.title", "a\u202eb", "ab"),
        ("work.title", "مرحبا بالعالم", "مرحبا بالعالم"),
        ("work.title", "👩‍👩‍👧 ok", "👩‍👩‍👧 ok"),
        ("work.story", "One\r\ntwo ", "One\ntwo"),
        ("work.users", "30", 30),
        ("work.users", " 1,000 ", 1000),
        ("work.users", "1 000", 1000),
        ("work.users", "٣٠", 30),
        ("work.users", "many", "many"),
        ("work.users", "9" * 5000, "9" * 5000),
        ("work.users", 7, 7),
        ("start.bad", "Yes", True),
        ("start.bad", False, False),
        ("work.kinds", "health", ("health",)),
        ("work.kinds", ["health", "staff", "health"], ("staff", "health")),
        ("work.systems", "Mail\n\n  Files \nMail", ("Mail", "Files")),
        ("work.until", date(2026, 12, 1), "2026-12-01"),
        ("work.files", [FILE, FILE], (FILE,)),
    ],
)
def test_what_was_typed_becomes_an_answer(name, raw, value):
    assert typed(question(name), raw) == Answer(value)


@pytest.mark.parametrize("raw", [None, "", "  ", "\u200f\u202e"[1:], [], ["", " "]])
def test_nothing_typed_is_no_answer(raw):
    assert typed(question("work.systems"), raw) is None


@pytest.mark.parametrize(
    ("name", "value", "fault", "words"),
    [
        ("work.title", "x" * 41, Fault.TOO_LONG, "Name: Use at most 40 characters; these are 41."),
        ("work.title", 3, Fault.NOT_A_TEXT, "Name: Enter a text."),
        ("work.title", " x", Fault.HIDDEN_CHARACTERS, "hidden characters"),
        ("work.title", "x\ny", Fault.HIDDEN_CHARACTERS, "hidden characters"),
        ("work.title", "x\u2028y", Fault.HIDDEN_CHARACTERS, "hidden characters"),
        ("work.systems", ("x\ny",), Fault.HIDDEN_CHARACTERS, "hidden characters"),
        ("work.story", "x" * 10_001, Fault.TOO_LONG, "at most 10,000 characters; these are 10,001"),
        ("work.data", "secret", Fault.NOT_AN_OPTION, "Choose one of the answers listed."),
        ("work.kinds", ("wealth",), Fault.NOT_AN_OPTION, "Choose from the answers listed."),
        ("work.kinds", ("staff", "none"), Fault.NOT_ALONE, "“None” cannot be chosen together"),
        ("work.kinds", ("staff", "staff"), Fault.REPEATED_ENTRY, "only once"),
        ("work.kinds", "staff", Fault.NOT_GIVEN, "Choose at least one answer"),
        ("work.users", "many", Fault.NOT_A_NUMBER, "a whole number in figures"),
        ("work.users", True, Fault.NOT_A_NUMBER, "a whole number in figures"),
        ("work.users", 0, Fault.TOO_SMALL, "Enter 1 or more."),
        ("work.users", 1001, Fault.TOO_LARGE, "Enter 1,000 or less."),
        ("work.systems", ("a", "b", "c", "d", "e", "f"), Fault.TOO_MANY, "at most 5; these are 6"),
        ("work.systems", ("x" * 21,), Fault.ENTRY_TOO_LONG, "at most 20 characters"),
        ("work.systems", (" x",), Fault.HIDDEN_CHARACTERS, "spaces around an entry"),
        ("work.systems", (FILE,), Fault.NOT_FILES, "files go under the evidence"),
        ("work.files", ("x",), Fault.NOT_FILES, "Attach files here."),
        ("work.until", "2026-02-30", Fault.NOT_A_DATE, "a day that exists"),
        ("work.until", "20261122", Fault.NOT_A_DATE, "a day that exists"),
        ("start.bad", "perhaps", Fault.NOT_YES_OR_NO, "Choose yes or no."),
        ("start.stage", None, Fault.UNKNOWN_NOT_ALLOWED, "must be known"),
    ],
)
def test_what_does_not_suit_is_said_in_plain_words(name, value, fault, words):
    found = problem(question(name), Answer(value), required=True)

    assert found is not None
    assert found.fault is fault
    assert words in found.text


def test_a_long_text_has_lines_and_what_is_typed_on_one_line_has_none():
    assert fits(question("work.story"), "x\ny")
    typed_ = typed(question("work.title"), "x\ny")
    assert typed_ is not None
    assert typed_.value == "x y"
    assert fits(question("work.title"), typed_.value)


def test_ten_thousand_characters_are_welcome_in_a_long_text():
    assert fits(question("work.story"), "ж" * 10_000)


def test_i_dont_know_is_an_answer_and_nothing_is_not():
    assert problem(question("work.story"), DONT_KNOW, required=True) is None
    assert problem(question("work.story"), None, required=False) is None

    missing = problem(question("work.story"), None, required=True)

    assert missing is not None
    assert missing.text == "Story: Enter an answer, or say that you do not know."


@given(st.text(max_size=60))
def test_whatever_is_typed_is_storable_and_told_right_or_wrong(text):
    for one in PLAYBOOK.questions:
        answer = typed(one, text)
        if answer is not None and answer.value is not None:
            canonical.dump(answer.as_json())
            assert (problem(one, answer, required=True) is None) == fits(one, answer.value)


def test_an_answer_is_said_in_plain_words():
    assert question("work.data").said(Answer("restricted")) == "Restricted"
    assert question("work.kinds").said(Answer(("staff", "health"))) == "Staff\nHealth"
    assert question("work.users").said(Answer(30)) == "30 people"
    assert question("start.bad").said(Answer(False)) == "No"
    assert question("work.files").said(Answer((FILE,))) == "notes.txt"
    assert question("work.story").said(DONT_KNOW) == "I don’t know"
    assert question("work.data").said(Answer("gone")) == "gone"

"""Answers that say little, each for its own reason; real ones and short ones in other scripts are left alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.guide import vague
from intake.domain.guide.vague import Thin, names_nobody, thin, thinness
from intake.domain.playbook.answers import DONT_KNOW, Answer
from intake.domain.playbook.questions import Question, QuestionKind
from tests.core import CORE
from tests.counting import calls
from tests.domain.playbook import small_playbook
from tests.inventory import questions, use_cases

PLAYBOOK = small_playbook.made()


def question(name: str) -> Question:
    return PLAYBOOK.question(name)


@pytest.mark.parametrize(
    "text",
    [
        "N/A", "n/a", "N/a", "n/A", "NA", "N.A.", "n. a.", "N / A", "#N/A", "(n/a)", "N/A.", "N/a -", "n-a", "n\\a", "N|A",
        "Not Applicable", "NOT APPLICABLE.", "not aplicable", "Non applicable", "None", "none.", "NONE", "nil", "null",
        "Nothing", "no", "unknown", "Not sure.", "don’t know", "Blank/Not Provided", "REDACTED", "Withheld - Cybersecurity",
        "N/A This was retired.", "N/A; not in use", "None of the above", "  n/a  ", "\u00a0N/A\u00a0",
        "test", "k. A.", "keine Angabe", "entfällt", "nicht zutreffend", "sans objet", "s/o", "néant", "no aplica",
        "n.v.t.", "nie dotyczy", "нет", "不適用", "なし", "特になし", "해당 없음", "未知",
    ],
)  # fmt: skip
def test_placeholders_of_the_world(text: str) -> None:
    assert thinness(text) is Thin.PLACEHOLDER
    assert thinness(text, line=True) is Thin.PLACEHOLDER


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("TBD", Thin.PUT_OFF),
        ("t.b.d.", Thin.PUT_OFF),
        ("To be determined", Thin.PUT_OFF),
        ("In planning phase - TBD", Thin.PUT_OFF),
        ("(Pending)", Thin.PUT_OFF),
        ("Not reported", Thin.PUT_OFF),
        ("待定", Thin.PUT_OFF),
        ("Outputs were not documented and we will update the use cases once data is collected", Thin.PUT_OFF),
        ("see above", Thin.POINTER),
        ("See description", Thin.POINTER),
        ("Please refer to the attached document.", Thin.POINTER),
        ("as above", Thin.POINTER),
        ("siehe oben", Thin.POINTER),
        ("Outputs vary by use case.", Thin.VAGUE),
        ("It depends", Thin.VAGUE),
        ("Improved efficiency.", Thin.VAGUE),
        ("Better outcomes", Thin.VAGUE),
        ("-", Thin.NO_WORDS),
        ("...", Thin.NO_WORDS),
        ("1366", Thin.NO_WORDS),
        ("aaaaaaaaaaaaaaaaaaaaaa", Thin.NO_WORDS),
        ("asdfasdf", Thin.NO_WORDS),
        ("blah blah blah", Thin.NO_WORDS),
        ("Saves time", Thin.VAGUE),
        ("Lorem ipsum dolor sit amet", Thin.NO_WORDS),
        ("Reports", Thin.SHORT),
        ("good value good value good value good value good value good value", Thin.REPEATED),
        ("It sorts every letter we get. It sorts every letter we get. It sorts every letter we get.", Thin.REPEATED),
    ],
)
def test_each_reason_has_its_name(text: str, why: Thin) -> None:
    assert thinness(text) is why


@pytest.mark.parametrize(
    "text",
    [
        "It reads the letters of the day and puts them into five trays.",
        "N/A - the model is agnostic to demographics and sees only temperatures.",
        "None of our customers is affected, because only depot staff use it.",
        "No personal data is used: it counts parts on a belt.",
        "Lets analysts see documents by topic and refer cases to an officer.",
        "The chatbot will provide text in two languages.",
        "Not applicable for this third party device.",
        "Improve the quality of minutes by naming who said what.",
        "毎朝届く手紙を読み、五つの箱に分けて、担当者が確認します。",
        "会議の録音から議事録を作成する",
        "자동으로 회의록을 작성합니다",
        "สรุปการประชุมโดยอัตโนมัติ",
        "Übersetzt Verträge, bevor ein Jurist sie prüft.",
    ],
)
def test_an_answer_that_says_something_is_left_alone(text: str) -> None:
    assert thinness(text, question="What is it for, and whom does it affect?") is None


@pytest.mark.parametrize("text", ["v2", "2", "2.0", "Letters", "R", "11", "GPT", "翻訳"])
def test_a_name_or_a_version_may_be_short(text: str) -> None:
    assert thinness(text, line=True) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("What problem does it solve?", Thin.QUESTION),
        ("It does solve the problem", Thin.QUESTION),
        ("no problems solved", None),
        ("It solves the problem of lost letters.", None),
    ],
)
def test_the_questions_own_words_are_no_answer(text: str, why: Thin | None) -> None:
    assert thinness(text, question="What problem does it solve?") is why


def test_the_example_and_the_answer_to_another_question_are_pointed_out() -> None:
    others = {"work.title": Answer("A text that stands elsewhere too.")}

    example = thin(question("work.story"), Answer("It sorts the letters that arrive every  MORNING."), others)
    elsewhere = thin(question("work.story"), Answer("A text that  stands elsewhere too."), others)

    assert example is not None
    assert "This is the example" in example.text
    assert elsewhere is not None
    assert "under another question" in elsewhere.text


def test_the_hint_names_the_question_and_quotes_the_answer_briefly() -> None:
    hint = thin(question("work.story"), Answer("N/A" + " " * 10 + "-" * 500), {})

    assert hint is not None
    assert hint.question == "work.story"
    assert len(hint.text) < 150


@pytest.mark.parametrize(("entries", "found"), [(("N/A",), True), (("none", "tbd"), True), (("none", "Mail"), False)])
def test_a_list_is_thin_when_no_entry_says_anything(entries: tuple[str, ...], found: bool) -> None:
    assert (thin(question("work.systems"), Answer(entries), {}) is not None) is found


@pytest.mark.parametrize("answer", [DONT_KNOW, None, Answer(True), Answer(7)])
def test_what_is_no_text_gets_no_hint(answer: Answer | None) -> None:
    assert thin(question("work.story"), answer, {}) is None


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    thinness(text)
    thinness(text, question=text, example=text, others=(text,), line=True)


class Spied:
    """A pattern that tells which texts it was tried on."""

    def __init__(self, pattern: re.Pattern[str], seen: list[str]) -> None:
        self._pattern, self._seen = pattern, seen

    def search(self, text: str) -> re.Match[str] | None:
        self._seen.append(text)
        return self._pattern.search(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        self._seen.append(text)
        return self._pattern.fullmatch(text)


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "see " * 2500, "n/a " * 2500, "(" * 10_000, "will be " * 1200, "ab" * 5000]
)
def test_a_long_text_is_looked_over_in_step_with_its_length(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the time that one call takes, ``tests/benchmarks`` sees more."""
    seen: list[str] = []
    patterns = [(why, Spied(pattern, seen), most) for why, pattern, most in vague._PATTERNS]
    monkeypatch.setattr(vague, "_PATTERNS", patterns)
    monkeypatch.setattr(vague, "_MASHED", Spied(vague._MASHED, seen))

    def judge(text: str) -> None:
        thinness(text, question="What is it for?", others=(text[1:],) * 50)

    judge(text)

    assert calls(partial(judge, text)) < 6 * calls(partial(judge, text[: len(text) // 4]))
    assert all(len(tried) <= vague._LONGEST for tried in seen), "patterns that look back and forth get no long text"


# --------------------------------------------------------------------------------------------- the real inventory
FOUND = {
    "name": (2133, {}),
    "purpose": (2122, {Thin.REPEATED: 1, Thin.SHORT: 1, Thin.VAGUE: 2}),
    "outputs": (
        2097,
        {
            Thin.POINTER: 64,
            Thin.REPEATED: 1,
            Thin.SHORT: 76,
            Thin.PUT_OFF: 128,
            Thin.PLACEHOLDER: 28,
            Thin.VAGUE: 28,
            Thin.NO_WORDS: 7,
        },
    ),
    "data": (1055, {Thin.SHORT: 47, Thin.PLACEHOLDER: 248, Thin.PUT_OFF: 9}),
    "system": (811, {Thin.PUT_OFF: 18, Thin.PLACEHOLDER: 124}),
    "risks": (304, {Thin.PLACEHOLDER: 140, Thin.SHORT: 4, Thin.QUESTION: 4, Thin.PUT_OFF: 1}),
}
LINES = {"name", "system"}


@pytest.mark.parametrize("field", FOUND)
def test_how_much_of_a_real_inventory_says_little(field: str) -> None:
    given_, expected = FOUND[field]
    texts = [text for row in use_cases() if (text := getattr(row, field).strip())]

    found = Counter(thinness(text, question=getattr(questions(), field), line=field in LINES) for text in texts)

    del found[None]
    assert len(texts) == given_
    assert dict(found) == expected


@pytest.mark.parametrize(
    ("name", "field", "why"),
    [
        ("RVSS Legacy Overhauled System Project", "outputs", Thin.POINTER),
        ("OCFO Response Augmentation Suite", "outputs", Thin.REPEATED),
        ("DOIChatGPT API Management Instance", "outputs", Thin.PUT_OFF),
        ("Generative AI for Analytic Insights", "outputs", Thin.VAGUE),
        ("Lexis +AI", "purpose", Thin.SHORT),
        ("Text To Speech Audio Generation", "risks", Thin.QUESTION),
        ("LightningCast: AI for lightning prediction", "risks", Thin.PLACEHOLDER),
        ("LightningCast: AI for lightning prediction", "purpose", None),
        ("CrowdStrike", "risks", Thin.SHORT),
        ("Generative AI Usage", "risks", None),
    ],
)
def test_rows_by_name(name: str, field: str, why: Thin | None) -> None:
    rows = [row for row in use_cases() if row.name.strip() == name]

    assert rows
    assert thinness(getattr(rows[0], field), question=getattr(questions(), field)) is why


@pytest.mark.parametrize("text", ["N/A", "tbd", "-", "???", "see above", "unknown", "keine Angabe"])
def test_a_person_who_is_nobody_is_pointed_out(text: str) -> None:
    asked = replace(question("work.title"), kind=QuestionKind.PERSON, example="Head of customer service")

    hint = thin(asked, Answer(text), {})
    who_can_tell = thin(question("work.title"), Answer(None, ask=text), {})

    assert hint is not None
    assert names_nobody(text) is not None
    assert who_can_tell is not None
    assert who_can_tell.text.startswith(f"“{text}” names nobody whom others could ask.")


@pytest.mark.parametrize("name", ["Li", "Ada Okafor", "CIO", "Head of customer service", "文書課長"])
def test_a_person_is_named_in_a_word_and_as_the_example_says(name: str) -> None:
    asked = replace(question("work.title"), kind=QuestionKind.PERSON, example="Head of customer service")

    assert thin(asked, Answer(name), {}) is None
    assert thin(asked, Answer(None, ask=name), {}) is None
    assert thin(asked, DONT_KNOW, {}) is None


@pytest.mark.parametrize(
    "name", ["N/A", "n/a", "-", "tbd", "TBD.", "?", "11", "none", "me", "the team", "Somebody", "various"]
)
def test_an_owner_who_is_nobody_is_pointed_out(name: str) -> None:
    assert names_nobody(name) is not None
    assert CORE.question("purpose.owner").kind is QuestionKind.PERSON
    for question in ("purpose.owner", "people.grants", "oversight.person"):
        found = thin(CORE.question(question), Answer(name), {})
        assert found is not None
        assert name in found.text


@pytest.mark.parametrize(
    "name", ["Ada Lovelace", "Head of Treasury", "J. Li", "IT service desk", "山田太郎", "CIO", "Na Young"]
)
def test_a_name_or_a_role_is_somebody(name: str) -> None:
    assert names_nobody(name) is None
    assert thin(CORE.question("purpose.owner"), Answer(name), {}) is None


def test_the_one_who_can_tell_has_to_be_somebody_as_well() -> None:
    question = CORE.question("data.regions")

    assert thin(question, Answer(None, ask="Margaret Hamilton"), {}) is None
    assert thin(question, Answer(None), {}) is None
    found = thin(question, Answer(None, ask="n/a"), {})
    assert found is not None
    assert found.text.startswith("“n/a” names nobody")

"""Answers side by side: what differs, in words that differ too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Attachment
from intake.domain.base.canonical import sha256
from intake.domain.guide.side_by_side import AnswerSet, side_by_side
from intake.domain.playbook.answers import Answer, changes
from tests.core import CORE
from tests.filled import filled

TITLE = "purpose.title"


def file(name: str, data: bytes) -> Attachment:
    return Attachment(sha256(data), len(data), "text/plain", name)


def files_question() -> str:
    return next(question.id for question in CORE.questions if question.kind.value == "files")


def test_two_files_of_one_name_are_told_apart() -> None:
    name = files_question()
    one, other = Answer((file("test.csv", b"one"),)), Answer((file("test.csv", b"another"),))

    (row,) = side_by_side([AnswerSet({name: one}, CORE), AnswerSet({name: other}, CORE)])

    assert row.differs
    assert row.said[0] != row.said[1]
    assert all(words.startswith("test.csv (") for words in row.said)


def test_files_of_other_names_are_said_by_name() -> None:
    name = files_question()
    one, other = Answer((file("test.csv", b"one"),)), Answer((file("tests.csv", b"one"),))

    (row,) = side_by_side([AnswerSet({name: one}, CORE), AnswerSet({name: other}, CORE)])

    assert row.said == ("test.csv", "tests.csv")


def test_two_options_of_one_label_are_told_apart() -> None:
    question = next(question for question in CORE.questions if question.options and question.kind.value == "choice")
    first, second = question.options[:2]
    alike = replace(question, options=(first, replace(second, label=first.label)))

    class Alike:
        questions = (alike,)

        def question(self, _: str) -> object:
            return alike

    sets = [AnswerSet({alike.id: Answer(option.id)}, Alike()) for option in (first, second)]  # type: ignore[arg-type]

    assert side_by_side(sets)[0].said == (f"{first.label} ({first.id})", f"{first.label} ({second.id})")


def test_a_yes_is_not_the_text_yes_nor_the_number_one() -> None:
    sets = [AnswerSet({"other.question": Answer(value)}, None) for value in (True, 1, "True")]

    (row,) = side_by_side(sets)

    assert row.differs
    assert row.said[0] != row.said[1]


def test_the_check_mark_is_no_difference_and_who_will_know_is_one() -> None:
    plain, marked = Answer("A title"), Answer("A title", check=True)
    nobody, somebody = Answer(None), Answer(None, ask="Ben")

    assert not side_by_side([AnswerSet({TITLE: plain}, CORE), AnswerSet({TITLE: marked}, CORE)])[0].differs
    (row,) = side_by_side([AnswerSet({TITLE: nobody}, CORE), AnswerSet({TITLE: somebody}, CORE)])
    assert row.differs
    assert "(Ben will know)" in row.said[1]


def test_a_question_of_no_playbook_here_comes_last_with_its_bare_value() -> None:
    answers = {"zz.later": Answer(("one", "two")), TITLE: Answer("A title")}

    rows = side_by_side([AnswerSet(answers, CORE), AnswerSet({}, None)])

    assert [row.id for row in rows] == [TITLE, "zz.later"]
    assert (rows[1].question, rows[1].label, rows[1].said) == (None, "zz.later", ("one\ntwo", ""))


VALUES = st.one_of(
    st.booleans(), st.integers(0, 3), st.sampled_from(["", "a", "b", "a b"]), st.tuples(st.sampled_from(["a", "b"]))
)
SETS = st.lists(
    st.dictionaries(st.sampled_from([TITLE, "data.personal", "zz.later"]), st.builds(Answer, VALUES)),
    min_size=2,
    max_size=4,
)


@given(SETS, st.sampled_from([CORE, None]))
def test_rows_differ_exactly_where_the_answers_change(answers: list[dict[str, Answer]], playbook: object) -> None:
    rows = side_by_side([AnswerSet(item, playbook) for item in answers])  # type: ignore[arg-type]

    differing = {change.question for other in answers[1:] for change in changes(answers[0], other)}
    assert {row.id for row in rows if row.differs} == differing
    assert {row.id for row in rows} == {name for item in answers for name in item}
    for row in rows:
        assert list(row.given) == [item.get(row.id) for item in answers]


def test_the_same_set_twice_has_no_difference() -> None:
    answers = filled(CORE).answers

    rows = side_by_side([AnswerSet(answers, CORE)] * 2)

    assert len(rows) == len(answers)
    assert not any(row.differs for row in rows)


@pytest.mark.parametrize("sets", [[], [AnswerSet({}, CORE)] * 2])
def test_nothing_gives_no_rows(sets: list[AnswerSet]) -> None:
    assert side_by_side(sets) == ()

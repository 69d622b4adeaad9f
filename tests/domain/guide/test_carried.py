"""Answers carried over: what they are called, that they are to check, and that a confirmation changes nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.base.wording import words
from intake.domain.guide.carried import carried_from, check_this
from intake.domain.guide.guide import Guide, NotReadyToFile, started_from
from intake.domain.guide.progress import SectionStatus
from intake.domain.playbook import answers as said
from intake.domain.playbook.answers import Answer, Answers, Carried, Origin, UnreadableAnswers
from tests.domain.playbook.small_playbook import made

PLAYBOOK = made()
GIVEN: Mapping[str, Answer] = {
    "start.stage": Answer("pilot"),
    "start.bad": Answer(False),
    "work.title": Answer("Letters"),
    "work.story": Answer("It reads the letters of the day."),
    "work.data": Answer("public"),
    "work.users": Answer(20),
}
NOTES = Carried(Origin.TEMPLATE, "Meeting notes")


def carried(**changed: Answer | None) -> Guide:
    """A draft begun from a template; ``work_users=None`` leaves an answer out."""
    given_ = dict(GIVEN) | {name.replace("_", ".", 1): answer for name, answer in changed.items()}
    return started_from(PLAYBOOK, {name: answer for name, answer in given_.items() if answer is not None}, NOTES)


def status(guide: Guide, part: str) -> SectionStatus:
    return next(task.status for task in guide.tasks if task.section.id == part)


def test_a_part_filled_from_elsewhere_is_to_check_and_neither_in_progress_nor_answered() -> None:
    guide = carried()

    work = guide.tasks[1]
    assert (work.status, work.answered, work.to_check) == (SectionStatus.TO_CHECK, 0, 4)
    assert status(guide, "start") is SectionStatus.TO_CHECK
    assert (guide.progress.answered, guide.progress.to_check, guide.progress.ready) == (0, 6, False)
    assert guide.wrong == ()
    assert [question.id for question in guide.to_check] == list(GIVEN)


def test_a_part_with_something_missing_is_in_progress_and_counts_what_is_to_check() -> None:
    guide = carried(work_title=None)

    assert (guide.tasks[1].status, guide.tasks[1].to_check) == (SectionStatus.IN_PROGRESS, 3)
    assert [found.question for found in guide.wrong] == ["work.title"]


def test_an_answer_that_does_not_fit_is_wrong_and_cannot_be_confirmed() -> None:
    guide = carried(work_users=Answer("many"))

    assert [found.question for found in guide.wrong] == ["work.users"]
    assert guide.confirm(["work.users"]) == guide
    assert "work.users" not in {question.id for question in guide.to_check}


def test_confirming_all_of_it_makes_the_draft_ready_with_the_same_answers() -> None:
    guide = carried()
    with pytest.raises(NotReadyToFile):
        guide.filed()

    sure = guide.confirm(GIVEN)

    assert sure.progress.ready
    assert sure.filed() == Answers(GIVEN)
    assert status(sure, "work") is SectionStatus.DONE


def test_a_part_confirmed_in_part_stays_to_check() -> None:
    guide = carried().confirm(["work.title"])

    work = guide.tasks[1]
    assert (work.status, work.answered, work.to_check) == (SectionStatus.TO_CHECK, 1, 3)


def test_what_was_changed_after_it_was_confirmed_is_not_undone() -> None:
    guide = carried()
    before = {name: guide.answers[name] for name in ("work.title", "work.users")}

    undone = guide.confirm(before).put("work.title", "Parcels").unconfirm(before)

    assert undone.answers["work.title"] == Answer("Parcels")
    assert undone.answers["work.users"] == before["work.users"]


@given(st.lists(st.lists(st.sampled_from([*GIVEN, "work.kinds", "nothing.here"]))))
def test_undoing_every_step_gives_the_draft_as_it_was(steps: list[list[str]]) -> None:
    guide = first = carried()
    done: list[dict[str, Answer]] = []
    for step in steps:
        waiting = {question.id for question in guide.to_check}
        done.append({name: guide.answers[name] for name in step if name in waiting})
        guide = guide.confirm(step)
        assert {name: answer.value for name, answer in guide.answers.items()} == {
            name: answer.value for name, answer in first.answers.items()
        }

    for before in reversed(done):
        guide = guide.unconfirm(before)

    assert guide == first


@pytest.mark.parametrize(
    ("origin", "sentence"),
    [
        (Origin.TEMPLATE, "It comes from the template “Notes”."),
        (Origin.EARLIER, "It comes from an earlier use case, “Notes”."),
        (Origin.SIMILAR, "It comes from a similar use case, “Notes”."),
        (Origin.MODEL, "It comes from the model’s file “Notes”."),
    ],
)
def test_it_is_said_what_came_from_where(origin: Origin, sentence: str) -> None:
    answer = Answer("x", check=True, carried=Carried(origin, "Notes"))

    assert words(carried_from(answer)) == sentence
    assert words(check_this(answer)).startswith("Check this: ")
    assert carried_from(Answer("x")) is check_this(Answer("x")) is check_this(None) is None
    assert words(carried_from(Answer("x", check=True))) == "It was carried over."


@given(st.sampled_from(Origin), st.text(max_size=20), st.booleans())
def test_where_an_answer_comes_from_is_kept_in_a_draft_and_refused_in_a_revision(
    origin: Origin, name: str, known: bool
) -> None:
    answers = Answers({"work.title": Answer("x", check=True, carried=Carried(origin, name) if known else None)})

    assert said.from_json(answers.as_json(), draft=True) == answers
    with pytest.raises(UnreadableAnswers, match="a mark that belongs in drafts only"):
        said.from_json(answers.as_json())


@pytest.mark.parametrize(
    "mark", [False, None, 1, "template", {}, {"origin": "template"}, {"origin": "friend", "name": "x"}, {"origin": "template", "name": 1}]
)  # fmt: skip
def test_a_mark_in_no_known_form_is_refused(mark: object) -> None:
    with pytest.raises(UnreadableAnswers):
        said.from_json({"work.title": {"value": "x", "check": mark}}, draft=True)  # type: ignore[dict-item]

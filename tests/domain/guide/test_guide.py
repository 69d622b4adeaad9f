"""The guide walked without a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Attachment
from intake.domain.guide import guide as guides
from intake.domain.guide.guide import Guide, NotReadyToFile, StoppedByScreening, TooManyAttachments
from intake.domain.guide.progress import SectionStatus
from intake.domain.playbook.answer_checks import Fault
from intake.domain.playbook.answers import DONT_KNOW, Answer, Answers, AnswersTooLong, Move, Value
from intake.domain.playbook.reading import playbook
from tests.domain.playbook.small_playbook import FILES, edited, made

PLAYBOOK = made()
START = {"start.stage": Answer("pilot"), "start.bad": Answer(False)}
WORK = {
    "work.title": Answer("Letters"),
    "work.story": Answer("It reads the letters of the day."),
    "work.data": Answer("public"),
    "work.users": Answer(20),
}


def guide(**changed):
    """A guide with every answer needed; ``work_users=None`` takes one back."""
    given_ = START | WORK | {name.replace("_", ".", 1): answer for name, answer in changed.items()}
    return Guide(PLAYBOOK, Answers({name: answer for name, answer in given_.items() if answer is not None}))


def statuses(found):
    return {task.section.id: task.status for task in found.tasks}


def test_only_the_screening_can_be_opened_at_first():
    found = Guide(PLAYBOOK)

    assert found.route is None
    assert [page.id for page in found.pages] == ["start.page"]
    assert statuses(found) == {"start": SectionStatus.NOT_STARTED, "work": SectionStatus.CANNOT_START}
    assert [item.question for item in found.problems] == ["start.stage", "start.bad"]


def test_the_screening_leads_on_with_time_and_what_to_have_at_hand():
    step = Guide(PLAYBOOK).accept("start.page", {"start.stage": "pilot", "start.bad": "no"})

    route = step.guide.route
    assert route is not None
    assert (route.id, route.minutes, route.have_ready) == ("on", 10, ("The name",))
    assert step.page is not None
    assert step.page.id == "work.first"


def test_a_stop_is_clear_at_once_and_says_what_to_do_instead():
    found = Guide(PLAYBOOK).put("start.bad", True)

    assert found.route is not None
    assert found.route.stops
    assert [page.id for page in found.pages] == ["start.page"]
    assert statuses(found)["work"] is SectionStatus.CANNOT_START
    with pytest.raises(StoppedByScreening) as caught:
        found.filed()
    assert caught.value.next_step == "Do something else."


def test_a_doubt_in_the_screening_does_not_stop_anybody():
    found = Guide(PLAYBOOK, Answers(START | {"start.bad": DONT_KNOW}))

    assert found.route is not None
    assert not found.route.stops


def test_answers_given_before_a_stop_are_kept():
    found = guide(start_bad=Answer(True))

    assert "work.story" in found.answers


def test_continue_validates_keeps_what_was_typed_and_stays():
    step = guide().accept("work.second", {"work.users": "many"})

    assert [(item.question, item.fault) for item in step.problems] == [("work.users", Fault.NOT_A_NUMBER)]
    assert step.guide.answers["work.users"] == Answer("many")
    assert step.page is not None
    assert step.page.id == "work.second"


def test_a_question_appears_with_the_answer_that_calls_for_it():
    hidden = guide()
    shown = hidden.put("work.data", "restricted")

    assert "work.kinds" not in {question.id for question in hidden.known.shown}
    assert "work.kinds" in {question.id for question in shown.known.shown}
    assert [item.question for item in shown.problems] == ["work.kinds"]


def test_a_doubt_shows_a_question_instead_of_hiding_it():
    found = guide(work_data=DONT_KNOW)

    assert "work.kinds" in {question.id for question in found.known.shown}


def test_a_question_waits_until_the_answer_it_hangs_on_is_given():
    found = guide(work_data=None)

    assert "work.kinds" not in {question.id for question in found.known.shown}


def test_an_answer_no_longer_asked_for_stays_in_the_draft_and_out_of_the_revision():
    found = guide(work_data=Answer("restricted"), work_kinds=Answer(("health",))).put("work.data", "public")

    assert found.answers["work.kinds"] == Answer(("health",))
    assert "work.kinds" not in found.filed()


def test_a_question_is_required_only_where_its_condition_says():
    assert guide().problems == ()

    found = guide(work_users=Answer(100)).problems

    assert [item.question for item in found] == ["work.until"]


def test_a_doubt_makes_it_required_too():
    assert [item.question for item in guide(work_users=DONT_KNOW).problems] == ["work.until"]


def test_the_task_list_counts_and_names_open_points():
    found = guide(work_story=DONT_KNOW)

    task = found.tasks[1]
    assert (task.status, task.answered, task.asked, task.open_points) == (SectionStatus.OPEN_POINTS, 4, 7, 1)
    assert [question.id for question in found.open_points] == ["work.story"]
    assert statuses(guide(work_story=None))["work"] is SectionStatus.IN_PROGRESS
    assert statuses(guide())["work"] is SectionStatus.DONE
    assert statuses(Guide(PLAYBOOK, Answers(START)))["work"] is SectionStatus.NOT_STARTED


def test_the_last_page_is_known():
    found = guide()

    assert not found.last("work.first")
    assert found.last("work.second")
    assert found.accept("work.second", {}).page is None
    assert not Guide(PLAYBOOK).last("start.page")


def test_pages_show_only_what_is_asked_and_know_their_section():
    page = guide().page("work.second")

    assert page is not None
    assert [question.id for question in page.questions] == ["work.users", "work.systems", "work.until", "work.files"]
    assert guide().section_of("work.second").id == "work"
    assert Guide(PLAYBOOK).page("work.second") is None


def test_an_incomplete_draft_is_not_filed_and_says_what_is_missing():
    with pytest.raises(NotReadyToFile) as caught:
        guide(work_title=None, work_users=Answer(0)).filed()

    assert caught.value.facts["count"] == 2
    assert "Name: Enter an answer." in caught.value.next_step


def test_an_answer_that_must_be_known_cannot_be_left_open():
    found = guide(work_title=DONT_KNOW).problems

    assert [item.fault for item in found] == [Fault.UNKNOWN_NOT_ALLOWED]


def test_too_many_files_are_refused_in_words(monkeypatch):
    monkeypatch.setattr(guides, "MAX_FILES", 1)
    files = tuple(Attachment(digit * 64, 1, "text/plain", f"{digit}.txt") for digit in "ab")

    with pytest.raises(TooManyAttachments, match="2 files"):
        guide(work_files=Answer(files)).filed()


def test_answers_too_long_for_one_act_are_refused_in_words(monkeypatch):
    monkeypatch.setattr(guides, "MAX_FILED_BYTES", 20_000)

    with pytest.raises(AnswersTooLong, match="of at most 19 kilobytes"):
        guide(work_story=Answer("ж" * 10_000)).filed()


def test_a_draft_from_an_earlier_request_asks_to_check_each_answer():
    found = guides.started_from(PLAYBOOK, {**guide().filed(), "gone.question": Answer("x")})

    assert "gone.question" not in found.answers
    assert {item.fault for item in found.problems} == {Fault.CHECK_THIS}
    assert len(found.problems) == len(found.answers)
    with pytest.raises(NotReadyToFile):
        found.filed()


def test_a_carried_answer_is_confirmed_by_continue_and_not_by_being_saved_again():
    carried = guides.started_from(PLAYBOOK, guide().filed())

    saved = carried.put("work.title", "Letters")
    confirmed = carried.accept("work.first", {"work.title": "Letters"}).guide

    assert saved.answers["work.title"].check
    assert not confirmed.answers["work.title"].check


def test_a_changed_carried_answer_needs_no_further_check():
    carried = guides.started_from(PLAYBOOK, guide().filed())

    assert not carried.put("work.title", "Post").answers["work.title"].check


def test_thin_answers_are_hints_and_do_not_stop():
    step = guide().accept("work.first", {"work.story": "N/A"})

    assert [hint.question for hint in step.hints] == ["work.story"]
    assert step.problems == ()
    assert [hint.question for hint in step.guide.hints] == ["work.story"]


def test_a_newer_playbook_offers_its_new_questions():
    newer = playbook.load(edited("work", '[[pages.questions]]\nid = "work.story"', NEW_QUESTION))

    assert [question.id for question in guides.new_questions(PLAYBOOK, newer)] == ["work.extra"]
    assert guides.new_questions(newer, PLAYBOOK) == ()


NEW_QUESTION = """[[pages.questions]]
id = "work.extra"
label = "Extra"
text = "What else?"
why = "Something new matters."
kind = "text"
sources = ["law: 1"]

[[pages.questions]]
id = "work.story"
"""
NEW_QUESTION = NEW_QUESTION.rstrip("\n")


def test_what_changed_is_said_in_words_in_the_order_of_the_guide():
    before = guide(work_users=Answer(20)).filed()
    after = guide(work_users=DONT_KNOW, work_until=Answer("2026-12-01"), work_data=Answer("public")).filed()

    found = guides.compared(PLAYBOOK, before, {**after, "old.one": Answer("x")})

    assert [(item.id, item.move, item.before, item.after) for item in found] == [
        ("work.users", Move.CHANGED, "20 people", "I don’t know"),
        ("work.until", Move.ADDED, "", "2026-12-01"),
        ("old.one", Move.ADDED, "", "x"),
    ]


POOL: dict[str, list[Value]] = {
    "start.stage": ["pilot", "scaled", "wrong"],
    "start.bad": [True, False, "perhaps"],
    "work.title": ["Letters", "x" * 50],
    "work.story": ["It reads the letters of the day."],
    "work.data": ["public", "restricted", "odd"],
    "work.kinds": [("staff",), ("staff", "health"), ("none", "staff")],
    "work.users": [1, 5000, 200, "many"],
    "work.systems": [("Mail",)],
    "work.until": ["2026-12-01", "soon"],
}
DRAFTS = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from([Answer(v) for v in values] + [DONT_KNOW]) for name, values in POOL.items()}
).map(Answers)


@given(DRAFTS)
def test_the_guide_never_shows_a_hidden_question(draft):
    found = Guide(PLAYBOOK, draft)
    shown = {question.id for question in found.known.shown}

    assert {question.id for page in found.pages for question in page.questions} <= shown
    assert {item.question for item in found.problems} <= shown
    data = draft.get("work.data")
    assert ("work.kinds" in shown) == (data is not None and (data.unknown or data.value == "restricted"))


@given(DRAFTS)
def test_a_draft_is_filed_or_says_why_not(draft):
    found = Guide(PLAYBOOK, draft)
    try:
        filed = found.filed()
    except (NotReadyToFile, StoppedByScreening):
        assert found.problems or (found.route and found.route.stops)
        return

    assert found.problems == ()
    assert set(filed) <= {question.id for question in found.known.shown}
    again = Guide(PLAYBOOK, filed)
    assert again.filed() == filed


@given(DRAFTS)
def test_following_the_next_page_visits_every_page_once(draft):
    found = Guide(PLAYBOOK, draft)
    visited = []
    page = found.next_page()
    while page is not None:
        visited.append(page.id)
        page = found.next_page(page.id)

    assert visited == [page.id for page in found.pages]


def test_the_sample_pool_covers_every_question_but_files():
    assert set(POOL) | {"work.files"} == {question.id for question in PLAYBOOK.questions}
    assert "work.kinds" in FILES["work"]

"""What a filed revision has to be: all that the guide asks of a draft, asked of a revision that somebody signed otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.canonical import Json
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.guide import guide as guides
from intake.domain.guide.as_filed import against_filed, stage_of, title_of, unit_of
from intake.domain.guide.guide import Guide
from intake.domain.playbook.answer_checks import in_words
from intake.domain.playbook.answers import DONT_KNOW, Answer, Answers, Value
from intake.domain.playbook.questions import QuestionKind, QuestionRole
from intake.domain.terms.terms import GRANTABLE, Stage
from tests.core import CORE
from tests.filled import filled, mild

FILE = Attachment("ab" * 32, 123456, "application/pdf", "Penetration test.pdf")


@cache
def answers(stage: str = "pilot") -> Answers:
    return filled(CORE, {CORE.role(QuestionRole.STAGE): stage}).filed()


def filed(given_: Answers, **changed: object) -> RevisionBody:
    """What the filing of the app makes of these answers, with ``changed`` fields."""
    body = RevisionBody(
        revises=(),
        title=title_of(CORE, given_),
        unit=unit_of(CORE, given_),
        owner="ada",
        stage=Stage(stage_of(CORE, given_) or "pilot"),
        answers=given_.as_json(),
        playbook=CORE.digest,
        attachments=given_.attachments,
    )
    return replace(body, **changed)  # type: ignore[arg-type]


def against(body: RevisionBody) -> str:
    return words(against_filed(CORE, body))


def of_kind(kind: QuestionKind, given_: Mapping[str, Answer]) -> str:
    """A question of a kind that has an answer and is no evidence of its own."""
    taken = {CORE.role(role) for role in (QuestionRole.STAGE, QuestionRole.UNIT, QuestionRole.TITLE)}
    screening = {question.id for question in CORE.screening.questions}
    return next(
        item.id
        for item in CORE.questions
        if item.kind is kind and item.id in given_ and item.id not in taken and item.id not in screening
    )


@pytest.mark.parametrize("stage", GRANTABLE)
def test_what_the_guide_files_holds(stage: Stage) -> None:
    assert against_filed(CORE, filed(answers(stage.value))) is None


def test_a_file_that_answers_name_is_attached_and_holds() -> None:
    question = next(item.id for item in CORE.questions if item.kind is QuestionKind.FILES and item.id in shown())
    with_file = answers().given(question, Answer((FILE,)))

    assert against_filed(CORE, filed(with_file)) is None
    assert FILE in filed(with_file).attachments


def shown() -> set[str]:
    return {question.id for question in Guide(CORE, answers()).known.shown}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (QuestionKind.CHOICE, "its label"),
        (QuestionKind.YES_NO, "No"),
        (QuestionKind.NUMBER, "20"),
        (QuestionKind.CHOICES, ("its label",)),
        (QuestionKind.LONG_TEXT, 7),
        (QuestionKind.TEXTS, "one"),
        (QuestionKind.TEXTS, ("one", "one")),
    ],
)
def test_an_answer_that_does_not_fit_its_question_is_named(kind: QuestionKind, value: Value) -> None:
    name = of_kind(kind, answers())
    question = CORE.question(name)
    if question.options:
        label = question.said(answers()[name])
        value = label if kind is QuestionKind.CHOICE else (label,)

    said = against(filed(answers().given(name, Answer(value))))

    assert said == f"the answer to “{question.label}” is missing or cannot be used"


@pytest.mark.parametrize("kind", [QuestionKind.TEXT, QuestionKind.PERSON, QuestionKind.TEXTS])
@pytest.mark.parametrize("end", ["\n", "\u2028"])
@pytest.mark.attack("an answer on one line that holds several", refusal="FiledUnusable")
def test_an_answer_on_one_line_holds_no_others(kind: QuestionKind, end: str) -> None:
    name = of_kind(kind, answers())
    given_ = answers()[name].value
    line = str(given_[0] if isinstance(given_, tuple) else given_)
    two = f"{line}{end}Approved by the board"

    said = against(filed(answers().given(name, Answer((two,) if kind is QuestionKind.TEXTS else two))))

    assert said == f"the answer to “{CORE.question(name).label}” is missing or cannot be used"


def test_every_answer_that_is_missing_counts() -> None:
    lacking = answers()
    names = [of_kind(kind, lacking) for kind in (QuestionKind.CHOICE, QuestionKind.NUMBER, QuestionKind.LONG_TEXT)]
    first = next(question.label for question in CORE.questions if question.id in names)
    for name in names:
        lacking = lacking.given(name, None)

    said = against(filed(lacking))

    assert said.endswith(f"answers are missing or cannot be used, the first of them the answer to “{first}”")
    assert int(said.split()[0]) >= len(names)


def test_the_answers_of_an_idea_are_not_those_of_a_pilot() -> None:
    idea = answers("idea")

    said = against(filed(idea, stage=Stage.PILOT))

    assert said == "the stage it names is “pilot”, and its answers say “idea”"
    as_pilot = idea.given(CORE.role(QuestionRole.STAGE), Answer("pilot"))
    assert "answers are missing or cannot be used" in against(filed(as_pilot))


def test_the_answers_to_what_is_not_asked_are_not_filed() -> None:
    beside = answers().given("no.such_question", Answer("Anything"))

    assert against(filed(beside)) == "the answer to “no.such_question” is missing or cannot be used"


@pytest.mark.parametrize("field", ["title", "unit"])
def test_what_lists_and_offices_go_by_is_what_the_answers_say(field: str) -> None:
    body = filed(answers())

    said = against(replace(body, **{field: "Something harmless"}))  # type: ignore[arg-type]

    assert said == f"the {field} it names is “Something harmless”, and its answers say “{getattr(body, field)}”"


@pytest.mark.parametrize(
    "attached",
    [
        (),
        (replace(FILE, name="Something else.pdf"),),
        (replace(FILE, size=1),),
        (replace(FILE, media_type="text/plain"),),
        (replace(FILE, sha256="cd" * 32),),
        (FILE, replace(FILE, sha256="cd" * 32)),
        (FILE, FILE),
    ],
)
def test_the_files_of_the_answers_are_the_files_of_the_revision(attached: tuple[Attachment, ...]) -> None:
    files = [item for item in CORE.questions if item.kind is QuestionKind.FILES and item.id in shown()]
    without = Answers({name: answer for name, answer in answers().items() if not answer.files})
    with_file = without
    for item in files:
        if item.id in answers() or item is files[0]:
            with_file = with_file.given(item.id, Answer((FILE,)))

    assert against_filed(CORE, filed(with_file)) is None
    assert against(filed(with_file, attachments=attached)).startswith(
        "its answers and its attached files do not agree, beginning with “"
    )


@pytest.mark.parametrize("name", ["Passed.\nApproved by both offices", "x" * 5000, " passed"])
def test_a_file_name_that_is_no_name_is_not_said(name: str) -> None:
    question = next(item for item in CORE.questions if item.kind is QuestionKind.FILES and item.id in shown())
    named = answers().given(question.id, Answer((replace(FILE, name=name),)))

    assert against(filed(named, attachments=())) == (
        "its answers and its attached files do not agree, beginning with “abab abab”"
    )


def test_what_the_screening_stops_is_not_filed() -> None:
    route = next(item for item in CORE.routes if item.stops)
    stopping = next(
        found
        for question in CORE.screening.questions
        for value in _values(question)
        if (found := answers().given(question.id, Answer(value))) and Guide(CORE, found).stopped == route
    )

    assert against(filed(stopping)) == f"the screening ends where its answers lead: {route.title}"


def _values(question) -> list[Value]:
    if question.kind is QuestionKind.YES_NO:
        return [True, False]
    return [(option.id,) if question.kind is QuestionKind.CHOICES else option.id for option in question.options]


def test_more_files_than_one_revision_may_hold_are_not_filed(monkeypatch: pytest.MonkeyPatch) -> None:
    question = next(item for item in CORE.questions if item.kind is QuestionKind.FILES and item.id in shown())
    two = answers().given(question.id, Answer((FILE, replace(FILE, sha256="cd" * 32))))
    monkeypatch.setattr(guides, "MAX_FILES", 1)  # no playbook of ours asks for as many as the limit

    assert against(filed(two)) == "it holds more than one revision may hold"


def test_answers_with_the_mark_of_a_draft_cannot_be_read() -> None:
    name = of_kind(QuestionKind.YES_NO, answers())
    marked: dict[str, Json] = {**answers().as_json(), name: {"value": False, "check": True}}

    assert against(filed(answers(), answers=marked)) == "its answers cannot be read"


values = st.one_of(
    st.booleans(),
    st.integers(min_value=-5, max_value=10**7),
    st.sampled_from(["", " ", "Yes", "No", "20", "pilot", "idea", "none", "A text that says something"]),
    st.sampled_from([("one",), ("one", "one"), ("",)]),
    st.just((FILE,)),
    st.none(),
)


@given(name=st.sampled_from([question.id for question in CORE.questions]), value=values, put=st.booleans())
def test_a_revision_holds_exactly_when_the_guide_files_its_answers_as_they_are(
    name: str, value: Value | None, put: bool
) -> None:
    changed = answers().given(name, (DONT_KNOW if value is None else Answer(value)) if put else None)
    try:
        same = Guide(CORE, changed).filed() == changed
    except Refusal:
        same = False
    if not same or stage_of(CORE, changed):
        assert (against_filed(CORE, filed(changed)) is None) == same


@given(name=st.sampled_from(sorted(answers())), value=values)
def test_a_value_that_does_not_fit_never_looks_like_an_answer(name: str, value: Value | None) -> None:
    question = CORE.question(name)
    given_ = DONT_KNOW if value is None else Answer(value)

    said = in_words(question, given_)

    asked = Guide(CORE, answers().given(name, given_)).known.facts[name]
    stays = name != CORE.role(QuestionRole.STAGE) and name not in {item.id for item in CORE.screening.questions}
    if stays and isinstance(asked, Answer):
        assert said == question.said(given_)
    elif stays:
        assert said == f"Not a valid answer: “{'; '.join(question.said(given_).splitlines() or [''])}”"


def test_the_mildest_answer_fits_every_question() -> None:
    for question in CORE.questions:
        assert in_words(question, Answer(mild(question))) == question.said(Answer(mild(question))), question.id

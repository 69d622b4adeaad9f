"""What a later stage asks, what nobody knows yet, what is expected, and what does not fit together."""

from __future__ import annotations

import pytest

from intake.domain.acts.envelope import Attachment
from intake.domain.assessment.assessment import assess
from intake.domain.guide.guide import Guide
from intake.domain.playbook import answers as said
from intake.domain.playbook.answers import Answer, Answers, UnreadableAnswers
from intake.domain.playbook.reading import playbook
from intake.domain.playbook.reading.refusals import (
    RestsOnOptional,
    UnfitClassification,
    UnfitQuestion,
    UnfitTiers,
    UnreadablePlaybook,
)
from intake.domain.terms.terms import Stage
from intake.domain.terms.tier import Tier
from tests.domain.playbook.small_playbook import FILES, files, made

FILE = Attachment("a" * 64, 5, "text/plain", "notes.txt")

SCREENING = FILES["screening"].replace(
    "options = [{ id", 'options = [{ id = "idea", label = "An early look" }, { id', 1
)
WORK = (
    FILES["work"]
    .replace('label = "Users"', 'needed = "pilot"\nlabel = "Users"')
    .replace('label = "Evidence"', 'expected_if = { question = "work.data", is = "restricted" }\nlabel = "Evidence"')
    .replace('label = "Systems"', 'needed = "scaled"\nlabel = "Systems"')
)
CONTRADICTIONS = """
[[contradictions]]
id = "health-in-public"
sentence = "Restricted data and no kinds of it do not fit together."
why = "One of the two is a slip."
sources = ["law: 1"]
when = { question = "work.kinds", includes = ["none"] }
"""
CLASSIFICATIONS = """
[[classifications]]
id = "size"
title = "Size"
why = "Size decides who is told."
sources = ["law: 1"]

[[classifications.levels]]
id = "large"
label = "Large"
sentence = "Many people use it."
when = { question = "work.users", at_least = 100 }

[[classifications.levels]]
id = "small"
label = "Small"
sentence = "Few people use it."
"""
CHAPTERS = """
[[chapters]]
id = "why-two"
title = "Why two"
text = ["Two see more than one.", "So two decide."]
sources = ["law: 1"]
"""
STAGED = made(
    screening=SCREENING,
    work=WORK,
    contradictions=CONTRADICTIONS,
    classifications=CLASSIFICATIONS,
    chapters=CHAPTERS,
)


def guide(stage: str, **given: Answer) -> Guide:
    known = {
        "start.stage": Answer(stage),
        "start.bad": Answer(False),
        "work.title": Answer("Letters"),
        "work.story": Answer("It reads the letters of the day."),
        "work.data": Answer("public"),
    }
    return Guide(STAGED, Answers(known | {name.replace("_", ".", 1): answer for name, answer in given.items()}))


def test_an_idea_is_asked_only_what_an_idea_needs():
    found = guide("idea")

    assert found.problems == ()
    assert {question.id for question in found.known.shown}.isdisjoint({"work.users", "work.systems"})


def test_what_later_stages_ask_is_said_beforehand_by_stage():
    found = guide("idea")

    assert [(stage, [question.id for question in asked]) for stage, asked in found.later] == [
        (Stage.PILOT, ["work.users"]),
        (Stage.SCALED, ["work.systems"]),
    ]
    assert [stage for stage, _ in guide("pilot").later] == [Stage.SCALED]
    assert guide("scaled").later == ()


def test_an_answer_a_later_stage_needs_is_kept_and_neither_filed_nor_judged():
    early = guide("idea", work_users=Answer(500))

    assert [question.id for question in early.hidden] == ["work.users"]
    assert "work.users" not in early.filed()
    assert assess(STAGED, early.answers).as_json() == assess(STAGED, guide("idea").answers).as_json()
    assert assess(STAGED, guide("pilot", work_users=Answer(500)).answers).tier is Tier.LIMITED


def test_a_question_put_off_is_missing_and_never_a_no():
    assessment = assess(STAGED, guide("idea").answers)

    assert [(item.rule.id, item.missing) for item in assessment.might_be] == [("many", ("work.users",))]


def test_a_classification_is_uncertain_while_a_stricter_level_is_open():
    def size(found: Guide) -> tuple[str, bool]:
        (item,) = assess(STAGED, found.answers).classified
        return item.level.id, item.certain

    assert size(guide("idea")) == ("small", False)
    assert size(guide("pilot", work_users=Answer(20))) == ("small", True)
    assert size(guide("pilot", work_users=Answer(200))) == ("large", True)
    assert size(guide("pilot", work_users=Answer(None))) == ("large", False)


def test_expected_evidence_is_an_open_point_and_never_a_block():
    without = guide("idea", work_data=Answer("restricted"), work_kinds=Answer(("staff",)))
    with_file = without.put("work.files", Answer((FILE,)))

    assert without.problems == ()
    assert assess(STAGED, without.answers).expected == ("work.files",)
    assert assess(STAGED, with_file.answers).expected == ()
    assert assess(STAGED, guide("idea").answers).expected == ()


def test_evidence_is_expected_when_nobody_knows_whether_it_is():
    assert assess(STAGED, guide("idea", work_data=Answer(None)).answers).expected == ("work.files",)


def test_answers_that_do_not_fit_together_are_pointed_out_with_what_was_said():
    found = guide("idea", work_data=Answer("restricted"), work_kinds=Answer(("none",)))

    (item,) = found.contradictions
    assert item.contradiction.id == "health-in-public"
    assert [(fact.question, fact.said) for fact in item.facts] == [("work.kinds", "None")]
    assert found.filed()
    assert guide("idea").contradictions == ()


def test_who_will_know_goes_with_i_do_not_know_into_the_revision_and_the_words():
    asked = guide("pilot", work_users=Answer(None, ask="Grace Hopper"), work_until=Answer("2026-12-31"))
    filed = asked.filed()

    assert filed["work.users"].as_json() == {"unknown": True, "ask": "Grace Hopper"}
    assert said.from_json(filed.as_json()) == filed
    assert STAGED.question("work.users").said(filed["work.users"]) == "I don’t know (Grace Hopper will know)"


def test_naming_somebody_else_is_a_change():
    before, after = (Answers({"a.b": Answer(None, ask=name)}) for name in ("Grace", "Alan"))

    assert [change.question for change in said.changes(before, after)] == ["a.b"]


@pytest.mark.parametrize("ask", ["", " Grace", "Gr\u202eace", "x" * 121, 7, None])
def test_whom_to_ask_is_read_only_as_a_name(ask):
    with pytest.raises(UnreadableAnswers, match=r"a\.b"):
        said.from_json({"a.b": {"unknown": True, "ask": ask}})


def test_a_known_answer_names_nobody_to_ask():
    with pytest.raises(UnreadableAnswers, match=r"a\.b"):
        said.from_json({"a.b": {"value": 1, "ask": "Grace"}})


def test_the_whole_survives_its_blob():
    again = playbook.from_blob(playbook.to_blob(STAGED))

    assert again == STAGED
    assert [chapter.id for chapter in again.chapters] == ["why-two"]


def test_a_playbook_without_the_newer_parts_keeps_its_digest_and_its_assessment():
    plain = made()

    assert not {"contradictions", "classifications", "chapters"} & plain.as_json().keys()
    assert not {"classified", "contradictions", "expected"} & assess(plain, Answers()).as_json().keys()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"work": WORK.replace('needed = "pilot"', 'needed = "retired"')}, UnfitQuestion),
        ({"work": WORK.replace('needed = "pilot"', 'needed = "soon"')}, UnreadablePlaybook),
        ({"work": WORK.replace("required = false\nmost = 2", "most = 2")}, UnfitQuestion),
        (
            {"classifications": CLASSIFICATIONS.replace("when = { question", "# when = { question")},
            UnfitClassification,
        ),
        (
            {
                "classifications": CLASSIFICATIONS.replace(
                    '"work.users", at_least = 100', '"work.systems", answered = true'
                )
            },
            RestsOnOptional,
        ),
        ({"screening": SCREENING.replace('id = "idea"', 'id = "dream"')}, UnfitTiers),
    ],
)
def test_each_fault_of_the_newer_parts_has_its_refusal(changed, refusal):
    parts = {"screening": SCREENING, "work": WORK, "classifications": CLASSIFICATIONS} | changed

    with pytest.raises(refusal):
        playbook.load(files(**parts))


def test_a_threshold_is_a_number_by_name():
    rules = FILES["rules"].replace("at_least = 100", 'at_least = { threshold = "many" }')
    named = "[thresholds]\nmany = 100\n" + rules

    assert made(rules=named).digest == made().digest
    with pytest.raises(UnreadablePlaybook, match="no threshold named “many”"):
        made(rules=rules)

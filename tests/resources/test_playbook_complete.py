"""Every item of the core playbook is complete, and every question can be read at one go."""

from __future__ import annotations

import re

from intake.domain.guide.guide import Guide
from intake.domain.playbook.questions import QuestionKind
from intake.domain.terms.terms import Stage
from tests.core import CORE
from tests.each import each
from tests.filled import filled

ITEMS = {
    f"{type(item).__name__} {getattr(item, 'id', '') or getattr(item, 'tier', '')}": item
    for item in CORE.items
    if type(item).__name__ not in {"Level", "Route"}
}

LOW = {"start.data": "internal", "law.places": ("eu",)}
NOTES = LOW | {
    "start.ai": "generative",
    "data.reads": ("uploads",),
    "data.personal": "ordinary",
    "data.dpia": "unneeded",
    "data.regions": ("eu",),
    "system.autonomy": "drafts",
    "people.reach": "colleagues",
    "people.affected": ("staff",),
    "security.supplier": ("terms", "security"),
}
HIRING = {
    "start.stage": "scaled",
    "start.ai": "predictive",
    "start.data": "confidential",
    "start.area": ("employment",),
    "law.employment": ("hiring",),
    "law.task": "none",
    "law.places": ("eu",),
    "law.body": "public",
    "law.role": ("deployer",),
    "data.personal": "ordinary",
    "data.dpia": "done",
    "people.influence": "steers",
    "people.decides": ("staff",),
    "people.affected": ("applicants",),
    "people.fria": "done",
    "people.notice": "each",
    "system.conformity": ("declaration", "registered"),
}

AGENCY = HIRING | {
    "law.places": ("us",),
    "law.body": "us_federal",
    "law.us_basis": True,
    "security.ato": True,
    "oversight.us_waived": ("testing",),
}
CHATBOT = NOTES | {"start.data": "public", "people.reach": "direct", "system.autonomy": "acts_alone"}
EVERY = {page.id: page.questions for section in CORE.all_sections for page in section.pages}


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])[”]?\s", text)


@each("name", sorted(ITEMS))
def test_every_item_has_a_reason_and_a_source(name):
    item = ITEMS[name]

    assert getattr(item, "why", "") or getattr(item, "sentence", "") or getattr(item, "text", "")
    assert item.sources


def test_a_label_names_one_question():
    labels = [question.label for question in CORE.questions]

    assert sorted(labels) == sorted(set(labels))


@each("question", CORE.questions, ids=lambda question: question.id)
def test_every_question_has_one_short_sentence_of_help(question):
    assert question.help.endswith(".")
    assert len(question.help) <= 160
    assert len(sentences(question.help)) == 1


@each("question", CORE.questions, ids=lambda question: question.id)
def test_every_question_says_why_in_one_or_two_sentences(question):
    assert question.why.endswith((".", "?"))
    assert 1 <= len(sentences(question.why)) <= 2


@each("question", CORE.questions, ids=lambda question: question.id)
def test_no_sentence_has_more_than_thirty_words(question):
    for text in (question.text, question.why, question.help):
        for sentence in sentences(text):
            assert len(sentence.split()) <= 30


def test_questions_are_easy_to_read():
    """By the formula of Flesch, 60 to 70 is plain English; here the questions, their help and their reasons together."""
    text = " ".join(f"{question.text} {question.help} {question.why}" for question in CORE.questions)
    words = re.findall(r"[A-Za-z’]+", text)
    parts = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$|es$|ed$", "", word.lower())))) for word in words)

    ease = 206.835 - 1.015 * len(words) / len(sentences(text)) - 84.6 * parts / len(words)

    assert ease >= 65


def test_an_idea_of_low_risk_takes_at_most_fifteen_questions():
    for kind in ("generative", "predictive", "agent"):
        guide = filled(CORE, LOW | {"start.stage": "idea", "start.ai": kind})

        assert len(guide.known.shown) <= 15


def test_a_pilot_of_low_risk_takes_about_forty_questions_on_fewer_than_thirteen_pages_after_the_screening():
    guide = filled(CORE, NOTES | {"start.stage": "pilot"})
    first = {question.id for question in CORE.screening.questions}

    assert len([question for question in guide.known.shown if question.id not in first]) <= 40
    assert len(guide.pages) - len(CORE.screening.pages) < 13
    assert guide.problems == ()


def test_a_use_that_decides_about_applicants_is_asked_everything_the_law_needs():
    guide = filled(CORE, HIRING)
    cited = {(source.framework, source.ref) for question in guide.known.shown for source in question.sources}

    assert {("eu-ai-act", f"Art. 27(1)({letter})") for letter in "abcdef"} <= cited
    assert {("eu-ai-act", f"Art. 26({number})") for number in (1, 2, 4, 5, 6, 7, 8, 9, 11)} <= cited
    assert {("eu-ai-act", f"Annex VIII, Section C, point {number}") for number in (1, 2, 3, 4, 5)} <= cited
    assert {("iso-42005", f"6.{number}") for number in range(2, 10)} <= cited
    assert {("nist-ai-rmf", ref) for ref in MAPPED} <= cited


MAPPED = [
    *(f"MAP 1.{number}" for number in range(1, 7)),
    *(f"MAP 2.{number}" for number in range(1, 4)),
    *(f"MAP 3.{number}" for number in range(1, 6)),
    *("MAP 4.1", "MAP 4.2", "MAP 5.1", "MAP 5.2"),
]


def test_an_agency_is_asked_for_every_column_its_stage_and_impact_need():
    """Pre-deployment, pilot and deployed; the nine practices only of high-impact uses."""
    deployed = filled(CORE, AGENCY)
    columns = {source.ref for item in deployed.known.shown for source in item.sources if source.framework == "omb-2025"}

    assert columns >= EARLY | LATER | {f"hi_{name}" for name in PRACTICES}

    early = filled(CORE, LOW | {"start.stage": "idea", "start.ai": "predictive", "law.places": ("us",)})
    columns = {source.ref for item in early.known.shown for source in item.sources if source.framework == "omb-2025"}
    assert columns >= EARLY - {"contact_email", "is_withheld", "is_high_impact"}


EARLY = {
    *("use_case_name", "agency_bureau", "contact_email", "is_withheld", "development_stage", "is_high_impact"),
    *("topic_area", "classification", "problem_solved", "benefits", "system_outputs"),
}
LATER = {
    *("operational_date", "contracting_usage", "vendor_name", "have_ato", "system_name_ato", "data_description"),
    *("link_to_data", "has_pii", "pia_url", "demographic_features", "has_custom_code", "code_url"),
}
PRACTICES = (
    *("testing_conducted", "assessment_completed", "potential_impacts", "independent_review", "ongoing_monitoring"),
    *("training_established", "failsafe_presence", "appeal_process", "public_consultation"),
)


def test_what_a_pilot_showed_is_asked_before_full_use_and_listed_beforehand():
    later = {question.id for question in CORE.questions if question.needed is Stage.SCALED}
    guide = filled(CORE, NOTES | {"start.stage": "pilot"})

    assert {
        "purpose.results",
        "purpose.reached",
        "purpose.incidents",
        "purpose.feedback",
        "purpose.evaluation",
        "purpose.cost",
        "purpose.pilot_users",
    } <= later
    assert later & {question.id for question in guide.known.shown} == set()
    assert "purpose.results" in {question.id for question in guide.known.later}


@each("given", [NOTES, HIRING, AGENCY, CHATBOT], ids=["notes", "hiring", "agency", "chatbot"])
def test_walking_forward_leaves_nothing_behind(given):
    """No answer makes a question appear on an earlier page; so the order of the sections is the order to ask."""
    whole = filled(CORE, given).answers
    guide = Guide(CORE)
    page = guide.next_page()
    while page:
        mine = {question.id: whole[question.id] for question in EVERY[page.id] if question.id in whole}
        step = guide.accept(page.id, mine)
        guide, page = step.guide, step.page

    assert guide.problems == ()


def test_evidence_never_blocks():
    for question in CORE.questions:
        if question.kind is QuestionKind.FILES:
            assert not question.required
            assert question.id == "evidence.other" or question.expected_if is not None

"""The templates: each of their answers suits its question, and leads to the tier a person would expect."""

from __future__ import annotations

import re

import resources
from intake.domain.assessment.assessment import assess
from intake.domain.playbook.answer_checks import fits
from intake.domain.playbook.questions import QuestionKind
from intake.domain.terms.tier import Tier
from intake.services.installation.templates import read_templates, suited
from tests.core import CORE
from tests.each import each
from tests.filled import filled

TEMPLATES = {template.id: template for template in read_templates(resources.read, resources.names)}

EXPECTED = {
    "meeting-notes": (Tier.LIMITED, "sensitive-data"),
    "drafting-assistant": (Tier.MINIMAL, ""),
    "code-assistant": (Tier.MINIMAL, ""),
    "customer-chatbot": (Tier.LIMITED, "speaks-outside"),
    "cv-screening": (Tier.HIGH, "annex3-4a"),
    "claims-triage": (Tier.LIMITED, "sensitive-data"),
    "forecasting": (Tier.MINIMAL, ""),
    "agent-with-tools": (Tier.LIMITED, "acts-or-steers"),
}
PERSONAL = ("purpose.unit", "purpose.owner", "people.grants", "people.number", "oversight.person", "system.provider")


def test_eight_common_uses_are_there():
    assert TEMPLATES.keys() == EXPECTED.keys()


@each("name", sorted(EXPECTED))
def test_every_answer_suits_its_question(name):
    template = TEMPLATES[name]

    for question, answer in template.answers.items():
        assert answer.value is not None
        assert fits(CORE.question(question), answer.value), question
    assert suited(CORE, template) == template.answers


@each("name", sorted(EXPECTED))
def test_every_answer_is_asked_for_and_the_tier_is_the_expected_one(name):
    given = {question: answer.value for question, answer in TEMPLATES[name].answers.items()}
    tier, rule = EXPECTED[name]

    guide = filled(CORE, given)
    assessment = assess(CORE, guide.answers)

    assert set(given) <= {question.id for question in guide.known.shown}
    assert assessment.tier is tier, [item.rule.id for item in assessment.fired]
    if rule:
        assert rule in {item.rule.id for item in assessment.fired}
    assert assessment.contradictions == ()


@each("name", sorted(EXPECTED))
def test_a_template_knows_nothing_about_the_house_that_uses_it(name):
    template = TEMPLATES[name]

    assert template.answers.keys().isdisjoint(PERSONAL)
    assert not any(
        CORE.question(question).kind in {QuestionKind.PERSON, QuestionKind.FILES} for question in template.answers
    )
    assert re.search(r"Look at|must", template.why)


def test_a_meeting_notes_template_leaves_few_questions_open():
    given = {question: answer.value for question, answer in TEMPLATES["meeting-notes"].answers.items()}
    guide = filled(CORE, given)

    assert len(guide.known.shown) - len(given) <= 21

"""The content of the core playbook: complete, explained, cited, and answerable."""

from __future__ import annotations

import re

import resources
from intake.domain.assessment.assessment import assess
from intake.domain.base.canonical import MAX_BYTES
from intake.domain.guide.guide import Guide
from intake.domain.playbook import rules
from intake.domain.playbook.answer_checks import fits, typed
from intake.domain.playbook.judged import Duty, TierLane, TierRule
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole
from intake.domain.playbook.reading import playbook
from intake.domain.terms.field_tables import PLAYBOOK_TABLE
from intake.domain.terms.tier import Tier
from tests.core import CORE
from tests.each import each

ITEMS = {getattr(item, "id", "") or f"path {item.tier}": item for item in CORE.items}


def texts():
    """Every sentence a person reads, with its place."""
    for name, item in ITEMS.items():
        for field in ("text", "why", "help", "sentence", "explanation", "instead", "example", "title", "label"):
            found = getattr(item, field, "")
            for text in found if isinstance(found, tuple) else (found,):
                if text:
                    yield f"{name}, {field}", text
        for option in getattr(item, "options", ()):
            yield f"{name}, option {option.id}", option.label


def test_it_has_the_promised_size():
    assert 4 <= len(CORE.screening.questions) <= 6
    assert 100 <= len(CORE.questions) - len(CORE.screening.questions) <= 160
    assert len(CORE.rules) >= 15
    assert len(CORE.threats) >= 30
    assert len(CORE.controls) >= 45
    assert len(CORE.duties) >= 8
    assert len(playbook.to_blob(CORE)) < MAX_BYTES // 2


@each("question", CORE.questions, ids=lambda question: question.id)
def test_every_question_is_put_and_explained_in_few_words(question):
    assert re.match(r"[A-Z“]", question.why)
    assert len(question.why) <= 180
    assert question.sources
    assert question.text.endswith(("?", "."))
    assert len(question.label) <= 30


@each("name", sorted(set(ITEMS) - {route.id for route in CORE.routes}))
def test_every_item_has_a_reason_and_every_citation_resolves(name):
    item = ITEMS[name]

    assert getattr(item, "why", "") or getattr(item, "sentence", "") or getattr(item, "text", "")
    for source in item.sources:
        assert CORE.cited(source).startswith(CORE.framework(source.framework).title)


def test_references_to_changing_lists_carry_their_year():
    for framework in CORE.frameworks:
        for reference in framework.refs:
            if framework.id.startswith("owasp"):
                assert reference.ref.endswith((":2025", ":2026"))
        if framework.id == "mitre-atlas":
            assert re.fullmatch(r"20\d\d\.\d\d", framework.version)


def test_the_list_of_sources_gives_no_addresses():
    assert b"http" not in resources.read("playbook/sources.toml")
    assert b"www." not in resources.read("playbook/sources.toml")


def test_nothing_listed_as_a_source_goes_uncited():
    listed = re.findall(r'^"(.+?)" = ', resources.read("playbook/sources.toml").decode(), re.MULTILINE)

    assert len(listed) == sum(len(framework.refs) for framework in CORE.frameworks)


def test_every_role_has_its_question():
    assert {role for role, _ in CORE.roles} >= {
        QuestionRole.TITLE,
        QuestionRole.UNIT,
        QuestionRole.STAGE,
        QuestionRole.PROBLEM,
        QuestionRole.PEOPLE,
    }


def test_every_boundary_field_is_asked_for():
    asked = {question.boundary for question in CORE.questions} - {""}

    assert asked == {field.path for field in PLAYBOOK_TABLE.fields}


def test_every_threat_has_a_control_and_every_area_both():
    mitigated = {threat for control in CORE.controls for threat in control.mitigates}

    assert mitigated == {threat.id for threat in CORE.threats}
    assert {"data_access", "model_scope", "system_integration", "user_permissions"} <= {
        threat.area.value for threat in CORE.threats
    }
    assert {control.area.value for control in CORE.controls} >= {threat.area.value for threat in CORE.threats}


def test_every_tier_can_be_reached_by_a_rule_with_a_citation_of_the_law_or_the_house():
    for tier in (Tier.LIMITED, Tier.HIGH, Tier.PROHIBITED):
        found = [rule for rule in CORE.rules if rule.tier is tier]
        assert found
        for rule in found:
            assert {"eu-ai-act", "house"} & {source.framework for source in rule.sources}


def test_every_option_that_a_screening_stop_names_is_offered():
    practices = CORE.question("start.practices")
    forbidden = {option.id for option in practices.options if not option.alone}
    fired = {
        value
        for rule in CORE.rules
        if rule.tier is Tier.PROHIBITED
        for leaf, _ in rules.leaves(rule.when)
        if isinstance(leaf, rules.Says)
        for value in leaf.values
    }

    assert fired == forbidden
    for name in sorted(forbidden):
        guide = Guide(CORE).put("start.practices", [name])
        assert guide.route is not None
        assert guide.route.stops
        assert assess(CORE, guide.answers).path.lane is TierLane.STOP


AREAS = [option.id for option in CORE.question("start.area").options if not option.alone and option.id != "product"]


@each("area", AREAS)
def test_every_listed_use_is_high_unless_both_halves_of_the_exception_hold(area):
    for option in CORE.question(f"law.{area}").options:
        if option.alone:
            continue
        narrow = Guide(CORE).put("start.area", [area]).put(f"law.{area}", [option.id]).put("law.task", "narrow")
        narrow = narrow.put("law.harm", False).put("law.swayed", False).put("law.profiling", False)

        # Point 6(e) is profiling by its own words, and profiling rules the exception out.
        exception = Tier.HIGH if (area, option.id) == ("police", "profiling") else Tier.LIMITED
        assert assess(CORE, narrow.answers).certain is exception, option.id
        for name, value in (("task", "none"), ("harm", True), ("swayed", True), ("profiling", True)):
            assert assess(CORE, narrow.put(f"law.{name}", value).answers).certain is Tier.HIGH, (option.id, name)


@each("question", [item for item in CORE.questions if item.example], ids=lambda item: item.id)
def test_every_example_would_be_a_valid_answer(question):
    answer = typed(question, question.example)

    assert answer is not None
    assert answer.value is not None
    assert fits(question, answer.value)


def test_a_hint_beside_a_choice_is_one_short_sentence():
    for question in CORE.questions:
        for option in question.options:
            assert len(option.hint) <= 110, (question.id, option.id)
            assert len(re.findall(r"[.?!](?:\s|$)", option.hint)) == bool(option.hint), (question.id, option.id)


def test_free_text_questions_show_what_a_good_answer_looks_like():
    for question in CORE.questions:
        if question.kind is QuestionKind.LONG_TEXT:
            assert question.example, question.id


def test_the_words_are_plain():
    jargon = re.compile(
        r"\b(leverage|utili[sz]e|stakeholders?|synerg\w+|holistic|robust|seamless|ensure|facilitate|impactful|N/A)\b",
        re.IGNORECASE,
    )
    american = re.compile(r"\b(organi[z]ation|behavior|color|analyze)\b", re.IGNORECASE)
    for where, text in texts():
        assert not jargon.search(text), where
        assert not american.search(text), where
        assert "  " not in text, where
        assert "'" not in text, where
        assert '"' not in text, where


def test_sentences_are_short():
    for where, text in texts():
        for sentence in re.split(r"(?<=[.?!:;])\s", text):
            assert len(sentence.split()) <= 33, where


def test_duties_from_the_law_say_from_when_they_apply():
    for duty in CORE.duties:
        if any(source.framework == "eu-ai-act" for source in duty.sources):
            assert duty.applies_from, duty.id


def test_ids_tell_what_kind_of_thing_they_name():
    for item in CORE.items:
        if isinstance(item, Question):
            assert "." in item.id
        if isinstance(item, TierRule | Duty):
            assert "." not in item.id

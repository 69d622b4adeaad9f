"""Worked cases: what the core playbook says about more than a hundred uses, judged by hand, with the citation.

A case in ``worked_cases/`` gives the answers that matter; every other answer is the mildest that fits. It names the tier,
*every* rule of that tier that fires with its sources, and why, in a sentence that a person can check against the law.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import resources
from intake.domain.assessment.assessment import Assessment, assess
from intake.domain.guide.guide import Guide
from intake.domain.terms.tier import Tier
from tests.core import CORE
from tests.each import each
from tests.filled import filled

FILES = sorted((Path(__file__).parent / "worked_cases").glob("*.json"))
STORED: list[tuple[str, dict[str, Any]]] = [
    (path.stem, case) for path in FILES for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
]
CASES = [pytest.param(case, id=f"{stem}: {case['id']}") for stem, case in STORED]
VALUES = [case for _, case in STORED]


def with_any(*keys: str) -> list[Any]:
    """The cases that say something about one of ``keys``."""
    return [pytest.param(case, id=f"{stem}: {case['id']}") for stem, case in STORED if set(keys) & set(case)]


KEYS = {"id", "title", "why", "answers", "tier", "fired"}
MORE = {
    "certain",
    "ceiling",
    "classifications",
    "duties",
    "not_duties",
    "route",
    "inventory",
    "template",
}


def template(name: str) -> dict[str, Any]:
    """The answers a shipped template gives, by question id."""
    tables = (tomllib.loads(resources.read(file).decode()) for file in resources.names("playbook/templates"))
    sections = next(table["answers"] for table in tables if table["id"] == name)
    return {f"{section}.{word}": value for section, words in sections.items() for word, value in words.items()}


def given(case: dict[str, Any]) -> dict[str, Any]:
    said = template(case["template"]) if "template" in case else {}
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in (said | case["answers"]).items()
    }


@cache
def _judged(number: int) -> tuple[Guide, Assessment]:
    guide = filled(CORE, given(VALUES[number]))
    return guide, assess(CORE, guide.answers)


def judged(case) -> tuple[Guide, Assessment]:
    return _judged(VALUES.index(case))


# ------------------------------------------------------------------------------------------------- each case
@each("case", CASES)
def test_the_tier_and_every_rule_behind_it_are_as_judged_by_hand(case):
    _, found = judged(case)

    assert found.tier.value == case["tier"]
    assert found.certain.value == case.get("certain", case["tier"])
    assert found.ceiling.value == case.get("ceiling", case["tier"])
    behind = {item.rule.id: item.rule for item in found.fired if item.rule.tier is found.tier}
    assert sorted(behind) == sorted(item["rule"] for item in case["fired"])
    for item in case["fired"]:
        assert [f"{source.framework}: {source.ref}" for source in behind[item["rule"]].sources] == item["sources"]


@each("case", with_any("classifications"))
def test_the_classes_are_as_judged_by_hand(case):
    _, found = judged(case)

    levels = {item.classification.id: item.level.id for item in found.classified}
    assert {name: levels[name] for name in case["classifications"]} == case["classifications"]


@each("case", with_any("duties", "not_duties"))
@pytest.mark.exhaustive
def test_the_duties_are_as_judged_by_hand(case):
    _, found = judged(case)

    owed = {item.duty.id for item in found.duties}
    assert set(case.get("duties", ())) <= owed
    assert not set(case.get("not_duties", ())) & owed


@each("case", with_any("route"))
def test_the_route_is_as_judged_by_hand(case):
    guide, _ = judged(case)

    assert guide.route is not None
    assert guide.route.id == case["route"]


@each("case", CASES)
def test_every_answer_of_a_case_is_asked_for_and_every_reason_is_a_sentence(case):
    guide, found = judged(case)

    assert KEYS <= set(case) <= KEYS | MORE
    assert found.complete or guide.route is None or guide.route.stops
    asked = {question.id for question in guide.known.shown}
    assert set(given(case)) <= asked
    assert re.fullmatch(r"[A-Z“].{20,}\.", case["why"])


# ------------------------------------------------------------------------------------------------- the table as a whole
def test_there_are_at_least_sixty_cases_and_none_twice():
    assert len(VALUES) >= 60
    assert len({case["id"] for case in VALUES}) == len(VALUES)
    assert len({json.dumps([case["answers"], case.get("template")], sort_keys=True) for case in VALUES}) == len(VALUES)


@each("rule", CORE.rules, ids=lambda rule: rule.id)
def test_every_rule_is_behind_the_tier_of_a_case(rule):
    assert any(rule.id == item["rule"] for case in VALUES for item in case["fired"])


@each(
    "question",
    [item for item in CORE.questions if item.id == "start.practices" or "Annex III" in str(item.sources)],
    ids=lambda item: item.id,
)
def test_every_prohibited_practice_and_every_point_of_annex_iii_is_in_a_case(question):
    named = {entry for case in VALUES for entry in case["answers"].get(question.id) or ()}

    assert {option.id for option in question.options if not option.alone} <= named


def test_every_point_of_annex_iii_and_of_article_5_is_cited_by_a_rule_of_its_own():
    points = "1(a) 1(b) 1(c) 2 3(a) 3(b) 3(c) 3(d) 4(a) 4(b) 5(a) 5(b) 5(c) 5(d) 6(a) 6(b) 6(c) 6(d) 6(e) 7(a) 7(b) 7(c) 7(d) 8(a) 8(b)"
    practices = "a b ba bb c d e f g h"

    listed = {
        *(f"Annex III, point {one}" for one in points.split()),
        *(f"Art. 5(1)({one})" for one in practices.split()),
    }
    for ref in listed:
        rules = [rule for rule in CORE.rules if any(source.ref == ref for source in rule.sources)]
        assert len(rules) == 1, ref


@each(("letter", "task"), [("a", "narrow"), ("b", "improves"), ("c", "patterns"), ("d", "prepares")])
def test_every_condition_of_the_exception_lowers_a_case_and_is_cited_by_its_letter(letter, task):
    lowered = [case for case in VALUES if f"exception-{letter}" in {item["rule"] for item in case["fired"]}]

    assert lowered
    for case in lowered:
        assert case["answers"]["law.task"] == task
        assert case["tier"] == "limited"


@each(
    ("classification", "level"),
    [(item.id, level.id) for item in CORE.classifications for level in item.levels],
)
def test_every_level_of_every_classification_is_in_a_case(classification, level):
    assert any(case.get("classifications", {}).get(classification) == level for case in VALUES)


@each("duty", CORE.duties, ids=lambda item: item.id)
def test_every_duty_is_in_a_case(duty):
    assert any(duty.id in case.get("duties", ()) for case in VALUES)


def test_every_rule_that_is_not_a_prohibition_says_what_would_lower_it():
    for rule in CORE.rules:
        assert bool(rule.lowered_by) == (rule.tier is not Tier.PROHIBITED), rule.id


def test_every_template_is_a_case():
    shipped = {tomllib.loads(resources.read(name).decode())["id"] for name in resources.names("playbook/templates")}

    assert len(shipped) == 8
    assert shipped == {case["template"] for case in VALUES if "template" in case}


def test_twenty_cases_are_rows_of_the_real_inventory():
    rows = [case["inventory"] for case in VALUES if "inventory" in case]

    assert len(rows) >= 20
    for row in rows:
        assert row["agency"]
        assert row["name"]
        assert row["facts"]

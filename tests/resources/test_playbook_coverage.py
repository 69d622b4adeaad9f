"""What laws, standards and public forms want to know is answered: by a question, or by something computed that exists."""

from __future__ import annotations

import importlib
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

from intake.domain.terms.field_tables import PLAYBOOK_TABLE
from tests.core import CORE
from tests.each import each

WANTED = tomllib.loads(Path(__file__).with_name("intake_fields.toml").read_text(encoding="utf-8"))
QUESTIONS = {question.id: question for question in CORE.questions}
CITED = {(source.framework, source.ref) for question in CORE.questions for source in question.sources}
PLACES = [(item["id"], ref) for item in WANTED["frameworks"] for ref in item["refs"]]
COMPUTED = [
    *((f"field {item['number']}", name) for item in WANTED["fields"] for name in item.get("computed", ())),
    *((f"{item['id']} {ref}", name) for item in WANTED["frameworks"] for ref, name in item.get("computed", {}).items()),
]


def exists(name: str) -> bool:
    """Whether ``module:Class.attribute`` names a field or property, or ``kind:id`` an item of the playbook."""
    place, _, rest = name.partition(":")
    if place in {"classification", "duty"}:
        items = CORE.classifications if place == "classification" else CORE.duties
        return any(item.id == rest for item in items)
    owner, _, attribute = rest.partition(".")
    found = getattr(importlib.import_module(place), owner)
    if not attribute:
        return callable(found)
    named = {item.name for item in fields(found)} if is_dataclass(found) else set()
    return attribute in named or isinstance(getattr(found, attribute, None), property)


def test_all_73_fields_are_accounted_for():
    assert [item["number"] for item in WANTED["fields"]] == list(range(1, 74))


@each("item", WANTED["fields"], ids=lambda item: f"{item['number']}-{item['title']}")
def test_a_field_is_asked_for_or_computed(item):
    asked, computed = item.get("questions", []), item.get("computed", [])

    assert asked or computed
    assert set(asked) <= QUESTIONS.keys()


@each(("where", "name"), COMPUTED)
def test_what_is_said_to_be_computed_exists(where, name):
    assert exists(name), where


@each(("framework", "ref"), PLACES)
def test_what_the_law_or_a_standard_wants_to_know_is_asked_by_a_question_that_cites_it(framework, ref):
    assert (framework, ref) in CITED


@each(("framework", "count"), [("eu-ai-act", 30), ("iso-42005", 16), ("nist-ai-rmf", 18), ("omb-2025", 36)])
def test_every_framework_is_whole(framework, count):
    (item,) = [item for item in WANTED["frameworks"] if item["id"] == framework]

    assert len(item["refs"]) + len(item.get("computed", {})) == count


@each("question", CORE.questions, ids=lambda question: question.id)
def test_no_question_is_without_a_purpose(question):
    """It answers a field of the intake, or fills a boundary, or a classification rests on it."""
    asked = {name for item in WANTED["fields"] for name in item.get("questions", ())}
    wanted = {(item["id"], ref) for item in WANTED["frameworks"] for ref in item["refs"]}
    boundaries = {field.path for field in PLAYBOOK_TABLE.fields}

    assert (
        question.id in asked
        or question.boundary in boundaries
        or question.id.startswith("law.")
        or wanted & {(source.framework, source.ref) for source in question.sources}
        or question.id in {"evidence.pilot", "evidence.other"}
    )

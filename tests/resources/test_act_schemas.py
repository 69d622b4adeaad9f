"""The JSON Schemas of acts: the files are those the kinds give, and a reader that goes by them refuses no act and accepts few other files."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

import resources
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import KINDS
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.terms.terms import Stage
from tests.domain.acts import test_bodies
from tests.domain.acts.made_bodies import act, bodies
from tests.domain.acts.test_bodies import OPINION, WRONG_VALUES
from tests.domain.case.histories import random_world
from tests.domain.terms.later_tables import later_terms
from tests.domain.world import Site, organisation
from tests.each import each
from tests.resources.make_act_schemas import text

MORE_IN_WORDS = {
    "not sorted and free of repeats",  # uniqueItems finds repeats, nothing finds an order
    "this form does not have",
    "another certificate than the one it is signed with",
    "a key that decrypts without a proof",
    "a proof without the key",
    "one key both for signing and for decrypting",
    "two opinions of its pair",
    "not Base64",
}
"""What a schema cannot refuse, or need not: parts of what the program says."""


@cache
def schema(kind: str) -> Draft202012Validator:
    found = json.loads(resources.read(f"schema/acts/{kind}.json"))
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def whole(made: Act) -> dict[str, Any]:
    """The JSON of an act, as it is signed."""
    names = "org kind case stream seq prev roster person signer app body".split()
    found = {name: getattr(made, name) for name in names}
    at = f"{made.at:%Y-%m-%dT%H:%M:%SZ}"
    return {**found, "format": "countersign/act/1", "after": list(made.after), "at": at}


@each("kind", KINDS, ids=lambda kind: kind.name)
def test_each_file_is_what_its_kind_gives(kind):
    stored = resources.read(f"schema/acts/{kind.name}.json").decode()

    assert stored == text(kind), "run python -m tests.resources.make_act_schemas"


def test_there_is_a_file_for_each_kind_and_no_other():
    assert set(resources.names("schema/acts")) == {f"schema/acts/{name}.json" for name in KINDS.names}


def test_the_page_for_auditors_names_each_file_once():
    page = resources.read("help/reading-acts.md").decode()
    named = re.findall(r"`([a-z-]+)\.json`", page)

    # The statement of an act that ``openssl`` writes, and that of a standing, are files of the reader.
    assert sorted(set(named) - {"act", "standing"}) == sorted(KINDS.names)
    assert [name for name, count in Counter(named).items() if count > 1 and name in KINDS] == []


@given(bodies)
def test_what_the_program_writes_is_valid(made):
    kind, body = made

    schema(kind).validate(whole(act(kind, body.as_json())))


@each("seed", range(12))
def test_every_act_of_a_history_is_valid(seed):
    for site in random_world(seed).sites:
        for item in site.acts.values():
            if item.kind in KINDS:
                schema(item.kind).validate(whole(item))


GUARDED = [row for row in WRONG_VALUES if not any(part in row[2] for part in MORE_IN_WORDS)]


@each("row", GUARDED, ids=lambda row: f"{row[0]}: {row[2]}")
def test_what_the_program_refuses_is_invalid_where_a_schema_can_say_so(row):
    kind, body, _why = row

    assert not schema(kind).is_valid(whole(act(kind, body)))


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("opinion", {"case": ""}),
        ("checkpoint", {"case": "1" * 64}),
        ("revision", {"org": "x"}),
        ("revision", {"seq": 0}),
        ("revision", {"at": "2026-11-22T09:30:00+00:00"}),
        ("revision", {"signer": ""}),
        ("revision", {"format": "countersign/act/2"}),
        ("revision", {"more": 1}),
    ],
)
def test_an_envelope_in_another_form_is_invalid(kind, change):
    body = {
        "opinion": OPINION,
        "checkpoint": {"heads": test_bodies.FILE, "token": None},
        "revision": RevisionBody((), "Notes", "Finance", "ada", Stage.PILOT, {}, "5" * 64, ()).as_json(),
    }[kind]
    found = whole(act(kind, body))
    schema(kind).validate(found)

    assert not schema(kind).is_valid(found | change)


def test_terms_of_a_newer_version_are_valid():
    """Who reads an archive by the schemas of today still reads what is signed tomorrow by another field table."""
    newer = later_terms()

    schema("opinion").validate(
        whole(act("opinion", OPINION | {"terms": newer.as_json(), "terms_digest": newer.digest}))
    )


def test_a_roster_is_valid_with_every_kind_of_rule():
    site: Site = organisation()
    found = whole(site.acts[site.org])
    rules = {"days": 5, "name": "Sample", "list": ["a", "b"]}

    schema("roster").validate(found | {"body": {**found["body"], "policy": rules}})
    for wrong in (1.5, "a\nb"):
        assert not schema("roster").is_valid(found | {"body": {**found["body"], "policy": {"days": wrong}}})

"""Bodies: what each kind holds is read back as it was written, and nothing else is accepted."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.domain.acts import kinds
from intake.domain.acts.envelope import Act, Attachment, MalformedAct
from intake.domain.acts.kinds import KINDS, ActKind, ActKinds, Body, Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.refusals import Refusal
from intake.domain.terms.boundaries import UnreadableBoundary
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.terms import Stage, UnreadableTerms
from tests.domain.acts.made_bodies import act, bodies, ids, of_kind
from tests.domain.terms import later_tables
from tests.domain.terms.later_tables import later_terms
from tests.domain.world import Site, certificate, organisation, terms


def names(written: Act) -> frozenset[str]:
    return KINDS.named(written, KINDS.read(written))


@pytest.mark.parametrize("kind", list(KINDS), ids=lambda kind: kind.name)
@settings(max_examples=10)
@given(st.data())
def test_every_kind_is_read_back_as_written(kind: ActKind[Any], data: st.DataObject) -> None:
    name, body = data.draw(of_kind(kind))

    assert name == kind.name
    assert KINDS.read(act(name, body.as_json())) == body


@given(bodies)
def test_a_foreign_field_is_refused_in_every_kind(made: tuple[str, Body]) -> None:
    kind, body = made

    with pytest.raises(MalformedAct, match="this form does not have"):
        KINDS.read(act(kind, body.as_json() | {"urgent": True}))


@given(bodies, st.data())
def test_a_missing_field_is_refused_in_every_kind(made: tuple[str, Body], data: st.DataObject) -> None:
    kind, body = made
    gone = data.draw(st.sampled_from(sorted(body.as_json())))

    with pytest.raises(MalformedAct):
        KINDS.read(act(kind, {key: value for key, value in body.as_json().items() if key != gone}))


junk = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text("ab", max_size=3) | ids,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["sha256", "size", "a"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(bodies, st.data())
def test_any_value_in_any_field_is_read_or_refused_and_never_crashes(
    made: tuple[str, Body], data: st.DataObject
) -> None:
    kind, body = made
    name = data.draw(st.sampled_from(sorted(body.as_json())))
    changed = body.as_json() | {name: data.draw(junk)}
    written = act(kind, changed)

    try:
        found = KINDS.read(written)
    except Refusal:
        return
    assert found is not None
    assert found.as_json() == changed


REVISION = RevisionBody(("4" * 64,), "Notes", "Finance", "ada", Stage.PILOT, {"a": "b"}, "5" * 64, ()).as_json()
OPINION = OpinionBody(
    "4" * 64, Office.CIO, Position.APPROVE, terms(), "5" * 64, "6" * 64, "7" * 64,
    Attachment("8" * 64, 1, "application/pdf", "record.pdf"), "", (), "",
).as_json()  # fmt: skip
DECLINE = OPINION | {
    "position": "decline", "terms": None, "terms_digest": "", "base": "", "record": None, "reason": "No",
}  # fmt: skip
FILE: dict[str, Json] = {"sha256": "8" * 64, "size": 1, "media_type": "text/plain", "name": "a.txt"}


NO_READER = {"reader": "", "possession": ""}


def _base64(who: str) -> str:
    return base64.b64encode(certificate(who)).decode()


WRONG_VALUES: list[tuple[str, Mapping[str, Json], str]] = [
    (kinds.REVISION.name, REVISION | {"title": ""}, "“title” is empty"),
    (kinds.REVISION.name, REVISION | {"title": " x"}, "“title” is not one line"),
    (kinds.REVISION.name, REVISION | {"title": "a\nb"}, "“title” is not one line"),
    (kinds.REVISION.name, REVISION | {"title": "x" * 201}, "“title” is not text of at most 200"),
    (kinds.REVISION.name, REVISION | {"owner": "Ada Lovelace"}, "“owner” is not a person id"),
    (kinds.REVISION.name, REVISION | {"stage": "retired"}, "“stage” is not one of idea, pilot, scaled"),
    (kinds.REVISION.name, REVISION | {"answers": []}, "answers are not a list of answers"),
    (kinds.REVISION.name, REVISION | {"answers": {f"q{n}": 1 for n in range(501)}}, "answers are not a list"),
    (kinds.REVISION.name, REVISION | {"playbook": ""}, "“playbook” is not a digest"),
    (kinds.REVISION.name, REVISION | {"attachments": [FILE] * 51}, "attachments are not a list"),
    (kinds.REVISION.name, REVISION | {"attachments": [FILE | {"size": -1}]}, "no proper digest or size"),
    (kinds.REVISION.name, REVISION | {"attachments": [FILE | {"size": True}]}, "no proper digest or size"),
    (kinds.REVISION.name, REVISION | {"attachments": [FILE | {"sha256": "x"}]}, "no proper digest or size"),
    (kinds.REVISION.name, REVISION | {"attachments": [FILE | {"name": ""}]}, "no proper type or name"),
    (kinds.REVISION.name, REVISION | {"attachments": [FILE | {"name": "x" * 201}]}, "no proper type or name"),
    (kinds.REVISION.name, REVISION | {"attachments": [FILE | {"url": "x"}]}, "digest, size, type and name"),
    (kinds.REVISION.name, REVISION | {"attachments": [FILE | {"media_type": "x" * 999}]}, "does not have"),
    (kinds.REVISION.name, REVISION | {"revises": ["5" * 64, "4" * 64]}, "not sorted and free of repeats"),
    (kinds.REVISION.name, REVISION | {"revises": ["4" * 64, "4" * 64]}, "not sorted and free of repeats"),
    (kinds.OPINION.name, OPINION | {"office": "ceo"}, "“office” is not one of cio, ciso"),
    (kinds.OPINION.name, OPINION | {"position": "abstain"}, "“position” is not one of"),
    (kinds.OPINION.name, OPINION | {"revision": ""}, "“revision” is not a digest"),
    (kinds.OPINION.name, OPINION | {"terms_digest": "9" * 64}, "this form does not have"),
    (kinds.OPINION.name, OPINION | {"base": ""}, "“base” is not a digest"),
    (kinds.OPINION.name, OPINION | {"record": None}, "not described by digest"),
    (kinds.OPINION.name, OPINION | {"attestations": [""]}, "“attestations” is not a list of texts"),
    (kinds.OPINION.name, OPINION | {"reason": "x" * 10_001}, "at most 10000"),
    (kinds.OPINION.name, DECLINE | {"reason": "  "}, "“reason” is empty"),
    (kinds.OPINION.name, DECLINE | {"terms": OPINION["terms"]}, "this form does not have"),
    (kinds.WITHDRAW.name, {"reason": "", "base": "", "record": None}, "“reason” is empty"),
    (kinds.COMMENT.name, {"text": "", "about": ""}, "“text” is empty"),
    (kinds.COMMENT.name, {"text": "x" * 10_001, "about": ""}, "at most 10000"),
    (kinds.SEALED.name, {"opinions": ["4" * 64], "base": "5" * 64, "record": FILE}, "two opinions of its pair"),
    (kinds.CHECKPOINT.name, {"heads": None, "token": None}, "not described by digest"),
    (kinds.ENDORSE.name, {"roster": ""}, "“roster” is not a digest"),
    (kinds.TRAINING.name, {"playbook": "1" * 64, "chapters": {}}, "not a list of names with digests"),
    (
        kinds.TRAINING.name,
        {"playbook": "1" * 64, "chapters": {"Why two": "2" * 64}},
        "not a list of names with digests",
    ),
    (kinds.TRAINING.name, {"playbook": "1" * 64, "chapters": {"why": "2"}}, "not a list of names with digests"),
    (kinds.TRAINING.name, {"playbook": "", "chapters": {"why": "2" * 64}}, "“playbook” is not a digest"),
    (
        kinds.TRAINING.name,
        {"playbook": "1" * 64, "chapters": {"why": "2" * 64}, "mark": 5},
        "this form does not have",
    ),
    (kinds.ENROL.name, {"name": "Ada", "unit": "", "certificate": "%%%", **NO_READER}, "not Base64"),
    (
        kinds.ENROL.name,
        {"name": "Ada", "unit": "", "certificate": _base64("eve"), **NO_READER},
        "another certificate than the one it is signed with",
    ),
    (
        kinds.ENROL.name,
        {"name": "Ada", "unit": "", "certificate": _base64("ada"), "reader": _base64("eve"), "possession": ""},
        "a key that decrypts without a proof",
    ),
    (
        kinds.ENROL.name,
        {"name": "Ada", "unit": "", "certificate": _base64("ada"), "reader": "", "possession": "AAAA"},
        "a proof without the key",
    ),
    (
        kinds.ENROL.name,
        {"name": "Ada", "unit": "", "certificate": _base64("ada"), "reader": _base64("ada"), "possession": "AAAA"},
        "one key both for signing and for decrypting",
    ),
]


@pytest.mark.parametrize(("kind", "body", "why"), WRONG_VALUES)
def test_each_wrong_value_is_named(kind: str, body: Mapping[str, Json], why: str) -> None:
    with pytest.raises(MalformedAct) as refusal:
        KINDS.read(act(kind, body))

    assert why in refusal.value.what_happened


@pytest.mark.parametrize(
    ("given_terms", "refusal"),
    [
        (None, UnreadableTerms),
        ({}, UnreadableTerms),
        (terms().as_json() | {"stage": "retired"}, UnreadableTerms),
        (terms().as_json() | {"expires": "20270630"}, UnreadableTerms),
        (terms().as_json() | {"boundaries": {}}, UnreadableBoundary),
    ],
)
def test_an_approval_needs_readable_terms(given_terms: Json, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        KINDS.read(act(kinds.OPINION.name, OPINION | {"terms": given_terms}))


def test_a_first_revision_revises_nothing_and_a_later_one_does() -> None:
    site = Site("x", "2" * 64, "3" * 64)

    with pytest.raises(MalformedAct, match="names what it revises"):
        KINDS.read(site.act("ada", kinds.REVISION.name, REVISION, case=""))
    with pytest.raises(MalformedAct, match="names what it revises"):
        KINDS.read(site.act("ada", kinds.REVISION.name, REVISION | {"revises": []}, case="1" * 64))


def test_the_content_digest_covers_answers_playbook_and_attachments_and_nothing_else() -> None:
    def digest(**changes: object) -> str:
        values = {
            "revises": (), "title": "Notes", "unit": "Finance", "owner": "ada", "stage": Stage.PILOT, "answers": {"a": "b"},
            "playbook": "5" * 64, "attachments": (),
        }  # fmt: skip
        return RevisionBody(**(values | changes)).content_digest  # type: ignore[arg-type]

    assert digest() == digest(title="Other", stage=Stage.SCALED)
    assert (
        len({digest(), digest(answers={}), digest(playbook="6" * 64), digest(attachments=(Attachment(**FILE),))}) == 4
    )  # type: ignore[arg-type]


def test_what_an_act_names_is_found_in_its_body_too() -> None:
    assert "4" * 64 in names(act(kinds.REVISION.name, REVISION))
    assert "4" * 64 in names(act(kinds.OPINION.name, OPINION))
    assert "4" * 64 in names(act(kinds.ENDORSE.name, {"roster": "4" * 64}))
    sealed = {"opinions": ["4" * 64, "5" * 64], "base": "6" * 64, "record": FILE}
    assert names(act(kinds.SEALED.name, sealed)) >= {"4" * 64, "5" * 64}


def test_attachments_are_found_in_every_kind_that_has_them() -> None:
    listed = Attachment(**FILE)  # type: ignore[arg-type]

    def attachments_of(made: Act) -> tuple[Attachment, ...]:
        return KINDS.attached(made, KINDS.read(made))

    assert attachments_of(act(kinds.REVISION.name, REVISION | {"attachments": [FILE]})) == (listed,)
    assert attachments_of(act(kinds.OPINION.name, OPINION | {"record": FILE})) == (listed,)
    assert attachments_of(act(kinds.OPINION.name, DECLINE)) == ()
    assert attachments_of(act(kinds.CHECKPOINT.name, {"heads": FILE, "token": FILE})) == (listed, listed)
    assert attachments_of(act(kinds.COMMENT.name, {"text": "x", "about": ""})) == ()


@pytest.mark.parametrize(("files", "count"), [([FILE], 1), ([{"x": 1}], 0), ("no list", 0), ([], 0)])
def test_an_unknown_kind_may_carry_attachments_to_be_relayed(files: Json, count: int) -> None:
    unknown = act("advisory", {"attachments": files})

    assert KINDS.read(unknown) is None
    assert len(KINDS.carried(unknown)) == count


def test_a_revision_and_a_roster_carry_the_playbooks_they_name() -> None:
    listed: list[Json] = [{"sha256": name * 64, "size": 9, "engine": 1} for name in "ab"]

    assert KINDS.carried(act(kinds.REVISION.name, REVISION)) == {str(REVISION["playbook"])}
    assert KINDS.carried(act(kinds.ROSTER.name, {"playbooks": listed})) == {"a" * 64, "b" * 64}


@pytest.mark.parametrize(
    "listed", [None, "a" * 64, ["a" * 64], [{"sha256": 1}], [{"sha256": ["a"]}], [{"x": "a" * 64}]]
)
def test_a_roster_that_lists_no_playbooks_in_their_form_carries_none(listed: Json) -> None:
    assert KINDS.carried(act(kinds.ROSTER.name, {"playbooks": listed})) == frozenset()


def test_terms_are_bound_by_their_digest() -> None:
    found = KINDS.read(act(kinds.OPINION.name, OPINION))

    assert isinstance(found, OpinionBody)
    assert found.terms_digest == canonical.digest(OPINION["terms"])
    assert found.terms is not None
    assert found.terms.expires == date(2027, 6, 30)
    assert found.terms.boundaries["user_permissions.max_users"] == 20
    assert TABLE_1.read(found.terms.boundaries.as_json()) == found.terms.boundaries


def test_a_body_is_read_once_and_by_every_version_in_its_own_way() -> None:
    site = organisation()
    case = site.revision().id
    act = site.opinion("dan", Office.CISO, case, case, given=later_terms())

    later = KINDS.read(act, later_tables.NEWER)
    now = KINDS.read(act)

    assert isinstance(later, OpinionBody)
    assert isinstance(now, OpinionBody)
    assert later.terms == later_terms()
    assert now.terms is None
    assert now.newer is not None
    assert KINDS.read(act, later_tables.NEWER) is later
    assert KINDS.read(act) is now
    assert ActKinds([]).read(act) is None


def test_a_body_that_cannot_be_read_is_refused_each_time() -> None:
    site = organisation()
    case = site.revision().id
    act = replace(site.comment("ada", case), body={"text": "Hello"})

    for _ in range(2):
        with pytest.raises(MalformedAct):
            KINDS.read(act)

"""What a new kind of act needs: one module and one row of words. Older versions go on beside it.

The module of a kind that objects is ``later_kinds``, that of a note is here.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from intake.domain.acts import kinds
from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.envelope import Act, Attachment, MalformedAct
from intake.domain.acts.kinds import KINDS, OPINION, ActKind, ActKinds
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import DigestForm, TextForm
from intake.domain.assessment.engines import ENGINES
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption, words
from intake.domain.case.fold import CaseState, fold_case
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.case.standings import End, Worth, case_standing
from intake.domain.case.summary import later_notes, summarise
from intake.domain.case.verbs import OpinionVerb
from intake.services.deciding import act_words
from tests.domain.acts.later_kinds import DISMANTLE, DismantleBody
from tests.domain.world import Site, believed, organisation
from tests.source import nodes
from ui.case import history
from ui.theme import Tone

# ------------------------------------------------------------------------------------------------ the module of a note

_CALLED = Caption("TestCalledArchived", "Archived record")


@dataclass(frozen=True, slots=True)
class ArchivedBody:
    record: str
    place: str

    def as_json(self) -> dict[str, Json]:
        return Archived.fields.write(self)


class Archived(ActKind[ArchivedBody]):
    name = "note-archived"
    called = _CALLED()
    fields = Fields({"record": DigestForm(), "place": TextForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> ArchivedBody:
        return ArchivedBody(**values)

    def searched(self, body: ArchivedBody) -> str:
        return body.place


# ------------------------------------------------------------------------------------------------------------ the rest

ARCHIVED = Archived()
NEWER = Capabilities(ENGINES, kinds=ActKinds([*KINDS, ARCHIVED, DISMANTLE]))
ROOT = Path(__file__).parents[3]
PLAN = Attachment("7" * 64, 9, "text/plain", "plan.txt")
ROWS = {
    ARCHIVED.name: Caption("TestArchived", "{name} archived the record"),
    DISMANTLE.name: Caption("TestDismantled", "{name} dismantled the use case"),
}


@pytest.fixture
def site() -> Site:
    return organisation()


@pytest.fixture
def decided(site: Site) -> str:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    return case


def newer(site: Site, case: str) -> CaseState:
    mine = [act for act in site.acts.values() if act.case_id == case]
    return fold_case(mine, site.history(), site.blobs, site.listings(), site.read_record_file, believed, NEWER)


def test_a_note_that_is_known_is_read_and_still_decides_nothing(site: Site, decided: str) -> None:
    note = site.act("bob", ARCHIVED.name, ArchivedBody("5" * 64, "Shelf 3").as_json(), case=decided)

    state = newer(site, decided)

    event = state.event(note.id)
    assert (event.body, event.judgement.force, words(event.judgement.reason)) == (
        ArchivedBody("5" * 64, "Shelf 3"),
        Force.NOTE,
        "",
    )
    assert state.phase is Phase.DECIDED
    assert later_notes(state) == ()
    assert later_notes(site.state(decided)) == ((ARCHIVED.name, "bob", 1),)


@pytest.mark.attack("a known note in a wrong form", refusal="kept unread, nothing waits for it")
def test_a_known_note_in_a_wrong_form_stops_nobody(site: Site) -> None:
    case = site.revision().id
    note = site.act("dan", ARCHIVED.name, {"record": "nothing"}, case=case)
    site.ciso(case, after=[note.id])
    site.cio(case)

    state = newer(site, case)

    assert state.event(note.id).body is None
    assert (state.phase, state.unreadable) == (Phase.DECIDED, ())


@pytest.mark.parametrize("here", [True, False], ids=["with its file", "its file is held back"])
def test_a_kind_that_closes_counts_at_once(site: Site, decided: str, here: bool) -> None:
    if here:
        site.blobs[PLAN.sha256] = b"the plan"
    retired = site.act("ada", DISMANTLE.name, DismantleBody("Nobody uses it", PLAN).as_json(), case=decided)

    state = newer(site, decided)

    assert state.phase is Phase.WITHDRAWN
    assert state.in_force is None
    assert case_standing(state, retired.id).worth is Worth.COUNTS
    assert "Nobody uses it" in summarise(state, None).text
    assert KINDS.get(DISMANTLE.name) is None


def test_a_revision_that_knows_of_it_opens_the_case_again(site: Site, decided: str) -> None:
    site.blobs[PLAN.sha256] = b"the plan"
    retired = site.act("ada", DISMANTLE.name, DismantleBody("Nobody uses it", PLAN).as_json(), case=decided)
    site.revision(case=decided, revises=[decided])

    state = newer(site, decided)

    assert state.phase is Phase.REVIEW
    assert case_standing(state, retired.id).end is End.REOPENED


@pytest.mark.parametrize(("who", "force"), [("ada", Force.COUNTS), ("eve", Force.IGNORED), ("dan", Force.IGNORED)])
def test_only_those_whose_case_it_is_may_sign_it(site: Site, decided: str, who: str, force: Force) -> None:
    site.blobs[PLAN.sha256] = b"the plan"
    retired = site.act(who, DISMANTLE.name, DismantleBody("Mine", PLAN).as_json(), case=decided)

    assert newer(site, decided).event(retired.id).judgement.force is force


def test_an_older_version_leaves_it_alone_and_approves_nothing_new(site: Site) -> None:
    case = site.revision().id
    site.act("ada", DISMANTLE.name, DismantleBody("Nobody uses it", PLAN).as_json(), case=case)

    state = site.state(case)

    assert [words(reason) for _, reason in state.blocked] == [
        "somebody with a say signed a kind of act this version does not know"
    ]


def test_its_form_is_as_strict_as_any(site: Site, decided: str) -> None:
    body = DismantleBody("Nobody uses it", PLAN).as_json()

    for wrong, why in (({**body, "more": 1}, "this form does not have"), ({"reason": "x"}, "“plan” is missing")):
        with pytest.raises(MalformedAct, match=why):
            NEWER.kinds.read(site.act("ada", DISMANTLE.name, wrong, case=decided))


def test_with_a_row_of_words_each_is_told_wherever_acts_are_told(site, decided, monkeypatch) -> None:
    site.blobs[PLAN.sha256] = b"the plan"
    acts = (
        site.act("bob", ARCHIVED.name, ArchivedBody("5" * 64, "Shelf 3").as_json(), case=decided),
        site.act("ada", DISMANTLE.name, DismantleBody("Nobody uses it", PLAN).as_json(), case=decided),
    )
    for name, row in ROWS.items():
        monkeypatch.setitem(act_words._BY_PERSON, name, row)
    monkeypatch.setattr(act_words, "KINDS", NEWER.kinds)

    state = newer(site, decided)
    verbs = {event.act.id: OpinionVerb.APPROVE for event in state.events if event.act.kind == OPINION.name}
    told = [(moment.title, moment.text, moment.tone) for moment in history.moments(state, {}, verbs)]
    did = [words(act_words.did(state.event(act.id), act.person.title(), {}, verbs)) for act in acts]

    # Neither names the other, so their order follows from their ids.
    assert set(told[:2]) == {
        ("Dismantling", "Nobody uses it", Tone.WARN),
        ("Archived record", "Shelf 3", Tone.NEUTRAL),
    }
    assert did == ["Bob archived the record", "Ada dismantled the use case"]
    assert [act_words.called(act.kind) for act in acts] == ["Archived record", "Dismantling"]


def test_no_other_module_names_every_kind() -> None:
    """A table that has to be kept would make a new kind need a third place. Words that tell more than a row may be missing."""
    rows = {"intake/domain/acts/kinds/__init__.py", "intake/services/deciding/act_words.py", "ui/case/history.py"}
    names = {name for name in vars(kinds) if name.isupper()} - {"KINDS"}

    naming = {
        file.relative_to(ROOT).as_posix(): len(named)
        for folder in ("intake", "ui")
        for file in sorted((ROOT / folder).rglob("*.py"))
        if len(named := names & {node.id for node in nodes(file) if isinstance(node, ast.Name)}) > len(names) // 3
    }
    assert sorted(set(naming) - rows) == []

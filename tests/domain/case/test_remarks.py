"""Remarks: who resolves one, what opens it again, and that none of it decides anything."""

from __future__ import annotations

import itertools
import tracemalloc

import pytest

from intake.domain.acts.envelope import MalformedAct
from intake.domain.acts.kinds import KINDS, RESOLVED, is_note
from intake.domain.acts.kinds.resolved import MAX_REMARKS, ResolvedBody
from intake.domain.assessment.engines import THIS_VERSION
from intake.domain.case.allowed import NotYoursToResolve, against_resolving
from intake.domain.case.fold import fold_case
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.case.remarks import RemarkThread
from intake.domain.organisation.roster import Grant, Period, Role
from tests.domain.case.test_horizon import cio_leaves, follow, key_stolen
from tests.domain.world import PEOPLE, SINCE, Site, believed, organisation, person


@pytest.fixture
def site() -> Site:
    return organisation()


@pytest.fixture
def case(site: Site) -> str:
    return site.revision().id


def only(site: Site, case: str) -> RemarkThread:
    (found,) = site.state(case).threads
    return found


def test_it_is_a_note_so_it_never_binds_in_any_version() -> None:
    assert is_note(RESOLVED.name)
    assert RESOLVED in list(KINDS)


def test_a_remark_is_open_until_a_note_names_it(site: Site, case: str) -> None:
    remark = site.comment("dan", case)
    assert only(site, case) == RemarkThread(remark.id, (), "", case)

    note = site.resolve("ada", case, remark)

    assert only(site, case).resolved == note.id


@pytest.mark.parametrize(
    ("who", "may"),
    [("eve", True), ("ada", True), ("cleo", True), ("dan", True), ("bob", False), ("finn", False), ("zoe", False)],
    ids=["its author", "the owner", "the CIO", "the CISO", "records", "administrator", "stranger"],
)
@pytest.mark.attack(
    "somebody without a part resolves a remark", refusal="it stays open; NotYoursToResolve before it is signed"
)
def test_its_author_the_owner_and_the_offices_resolve_it(site: Site, case: str, who: str, may: bool) -> None:
    remark = site.comment("eve", case)
    before = site.state(case)

    refused = against_resolving(before, site.history(), who, remark.id)
    site.resolve(who, case, remark)

    assert only(site, case).open is not may
    assert isinstance(refused, NotYoursToResolve) is not may


def test_a_successor_of_the_owner_resolves_it(site: Site, case: str) -> None:
    follow(site, [*PEOPLE, person("gus", Grant(Role.OWNER, case, False, Period(SINCE, None, "")))])
    remark = site.comment("eve", case)

    assert against_resolving(site.state(case), site.history(), "gus", remark.id) is None
    site.resolve("gus", case, remark)

    assert not only(site, case).open


def test_an_answer_opens_it_again_and_is_resolved_with_it(site: Site, case: str) -> None:
    remark = site.comment("dan", case, "purpose")
    site.resolve("ada", case, remark)
    answer = site.comment("eve", case, remark.id)
    further = site.comment("dan", case, answer.id)

    assert only(site, case) == RemarkThread(remark.id, (answer.id, further.id), "", case)
    site.resolve("ada", case, remark, answer)
    assert only(site, case).open
    site.resolve("ada", case, remark, answer, further)
    assert not only(site, case).open


@pytest.mark.attack("a remark resolved while somebody answers it elsewhere", refusal="it stays open")
def test_an_answer_beside_the_note_keeps_it_open_whichever_comes_first(site: Site, case: str) -> None:
    remark = site.comment("dan", case)
    away = site.fork("away")
    site.resolve("ada", case, remark)
    away.comment("dan", case, remark.id)

    for one, other in ((site, away), (away, site)):
        assert only(one.fork("merged").take(other), case).open


@pytest.mark.exhaustive
def test_any_order_of_the_acts_gives_the_same_remarks(site: Site, case: str) -> None:
    first, second = site.comment("dan", case), site.comment("eve", case)
    answer = site.comment("ada", case, first.id)
    site.resolve("eve", case, second)
    site.resolve("ada", case, first, answer)
    expected = site.state(case).threads
    mine = [act for act in site.acts.values() if act.case_id == case]

    for order in itertools.permutations(mine):
        found = fold_case(
            order, site.history(), site.blobs, site.listings(), site.read_record_file, believed, THIS_VERSION
        )
        assert found.threads == expected


def test_a_note_before_its_remark_waits_for_nothing_and_settles_it_once_it_comes(site: Site, case: str) -> None:
    remark = site.comment("dan", case)
    note = site.resolve("dan", case, remark)
    del site.acts[remark.id]

    state = site.state(case)
    assert (state.threads, state.event(note.id).judgement.force) == ((), Force.NOTE)

    site.acts[remark.id] = remark
    assert not only(site, case).open


def test_an_answer_waits_for_what_it_answers(site: Site, case: str) -> None:
    remark = site.comment("dan", case)
    answer = site.comment("eve", case, remark.id, after=[])
    del site.acts[remark.id]

    state = site.state(case)

    assert (state.threads, state.missing) == ((), (remark.id,))
    assert state.event(answer.id).judgement.force is Force.WAITS


@pytest.mark.attack("a stolen key resolves a remark", refusal="it is open again beyond the cut-off")
def test_what_a_stolen_key_resolved_is_open_again(site: Site, case: str) -> None:
    remark = site.comment("dan", case)
    checkpoint = site.checkpoint().id
    site.resolve("cleo", case, remark)
    assert not only(site, case).open

    key_stolen(site, checkpoint)

    assert only(site, case).open


def test_what_a_cio_resolved_before_leaving_stays_resolved(site: Site, case: str) -> None:
    remark = site.comment("dan", case)
    site.resolve("cleo", case, remark)

    cio_leaves(site, site.checkpoint().id)

    assert not only(site, case).open


@pytest.mark.attack("a note from a forked stream", refusal="the remark stays open")
def test_a_note_of_a_forked_stream_resolves_nothing(site: Site, case: str) -> None:
    remark = site.comment("dan", case)
    note = site.resolve("cleo", case, remark)
    site.resolve("cleo", case, remark, seq=note.seq, prev=note.prev)

    assert only(site, case).open


@pytest.mark.attack("a remark resolved to hide an objection", refusal="the decision is what it was")
def test_it_changes_nothing_but_what_is_open(site: Site, case: str) -> None:
    site.ciso(case)
    site.cio(case)
    remark = site.comment("dan", case)
    before = site.state(case)

    site.resolve("ada", case, remark)

    after = site.state(case)
    assert after.phase is before.phase is Phase.DECIDED
    assert (after.in_force, after.turn, after.newest, after.blocked) == (
        before.in_force,
        before.turn,
        before.newest,
        before.blocked,
    )
    assert after.missing == ()


def test_what_strangers_say_is_no_remark(site: Site, case: str) -> None:
    site.comment("zoe", case)

    assert site.state(case).threads == ()


def test_the_revision_a_remark_was_made_on_is_told(site: Site, case: str) -> None:
    early = site.comment("dan", case)
    second = site.revision(case=case)
    late = site.comment("dan", case)

    assert {item.remark: item.revision for item in site.state(case).threads} == {early.id: case, late.id: second.id}


@pytest.mark.parametrize("remarks", [(), ("5" * 64,) * 2, tuple(f"{number:064x}" for number in range(MAX_REMARKS + 1))])
def test_a_note_in_a_wrong_form_is_kept_unread_and_resolves_nothing(
    site: Site, case: str, remarks: tuple[str, ...]
) -> None:
    site.comment("dan", case)
    note = site.act("dan", RESOLVED.name, {"remarks": list(remarks)}, case=case)

    with pytest.raises(MalformedAct):
        RESOLVED.read(note)
    assert site.state(case).event(note.id).body is None
    assert only(site, case).open


def test_it_reads_what_it_writes(site: Site, case: str) -> None:
    remark = site.comment("dan", case)

    assert RESOLVED.read(site.resolve("dan", case, remark)) == ResolvedBody((remark.id,))


@pytest.mark.parametrize("who", ["finn", "zoe"], ids=["somebody listed", "a stranger"])
@pytest.mark.attack(
    "thousands of notes that resolve hundreds of remarks each",
    refusal="a fold keeps nothing of them but what they settle",
)
def test_what_notes_name_costs_no_more_than_the_notes(site: Site, case: str, who: str) -> None:
    remarks = [site.comment("eve", case) for _ in range(3)]
    here = [item.id for item in remarks]
    for number in range(30):
        invented = [f"{number:032x}{at:032x}" for at in range(MAX_REMARKS - len(here))]
        site.act(who, RESOLVED.name, {"remarks": sorted([*here, *invented])}, case=case)
    acts = [act for act in site.acts.values() if act.case_id == case]
    carried = sum(len(repr(act.body)) for act in acts)

    tracemalloc.start()
    found = site.state(case)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [item.open for item in found.threads] == [True] * 3
    assert most < 12 * carried

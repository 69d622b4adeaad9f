"""Projections are nothing but their acts: any order, any repetition, any split gives the same rows."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.roster import AcceptedPlaybook
from intake.domain.assessment.engines import ENGINES
from intake.domain.base.canonical import sha256
from intake.domain.organisation.changes import accepting, following
from intake.domain.organisation.roster import Role
from intake.register.register import Register
from intake.register.store import record_files
from intake.register.views import projections
from intake.register.views.digest import content_digest
from intake.register.views.projector import DomainProjector, NoteSort
from tests.domain.world import PEOPLE, Site, believed, certificate, organisation, person, record_file, roster
from tests.register.helpers import open_register, pack, take


def _story() -> Site:
    """A little of everything: a decision, a decline, a fork, a missing file, an ended role, a rival, an unknown kind."""
    site = organisation()
    decided = site.revision().id
    site.ciso(decided)
    site.cio(decided)
    declined = site.revision(title="Scoring", unit="Credit").id
    site.cio(declined, position=Position.DECLINE)
    forked = site.revision(title="Fork").id
    site.act("cleo", "comment", {"text": "one", "about": ""}, case=forked, seq=4, prev="")
    site.act("cleo", "comment", {"text": "two", "about": ""}, case=forked, seq=4, prev="")
    waiting = site.revision(title="Waiting").id
    site.ciso(waiting, after=["9" * 64])
    site.act("cleo", "suspension", {"reason": "x"}, case=decided)
    # By somebody who signed no roster: nothing but its id says that a version waits for it.
    horizon = site.checkpoint("eve")
    people = [item for item in PEOPLE if item.id != "cleo"]
    people.append(person("cleo", Role.CIO, ends={Role.CIO: horizon.id}))
    people.append(person("gil", Role.CIO))
    site.publish(roster(people, version=2, previous=[site.roster]), "bob", "finn")
    later = site.revision(title="Later").id
    site.opinion("gil", Office.CIO, later, later)
    site.cio(later)
    return site


def _rivals() -> Site:
    """Two versions that follow the same one, a third on top of one of them, a cut-off, and opinions under each."""
    site = organisation()
    first = site.revision(title="Under the first").id
    site.ciso(first)
    horizon = site.checkpoint()
    apart = site.fork("apart")
    gil, zoe = person("gil", Role.CIO), person("zoe", Role.CISO)
    second = roster([*PEOPLE, gil], version=2, previous=[site.roster], cutoffs={_key("dan"): horizon.id})
    site.publish(second, "bob", "finn")
    later = site.revision(title="Under the second").id
    site.opinion("gil", Office.CIO, later, later)
    third = roster([*PEOPLE, gil, zoe], version=3, previous=[site.roster], cutoffs={_key("dan"): horizon.id})
    site.publish(third, "bob", "finn")
    site.opinion("zoe", Office.CISO, later, later)
    site.cio(first)
    apart.publish(roster([*PEOPLE, zoe], version=2, previous=[apart.roster]), "bob", "finn")
    rival = apart.revision(title="Under the rival").id
    apart.cio(rival)
    apart.opinion("zoe", Office.CISO, rival, rival)
    return site.take(apart)


def _late() -> Site:
    """A rival that came too late, with somebody only it lists and acts that name it; and one that nobody has told of."""
    site = organisation()
    apart = site.fork("apart")
    gil, zoe = person("gil", Role.CIO), person("zoe", Role.CISO)
    second = site.publish(roster([*PEOPLE, gil], version=2, previous=[site.roster]), "bob", "finn")
    decided = site.revision(title="Decided").id
    site.ciso(decided)
    site.opinion("gil", Office.CIO, decided, decided)
    site.checkpoint("bob")
    apart.publish(roster([*PEOPLE, zoe], version=2, previous=[apart.roster]), "bob", "finn")
    rival = apart.revision(title="Under the rival").id
    apart.cio(rival)
    apart.opinion("zoe", Office.CISO, rival, rival)
    beyond = site.fork("beyond")
    for apart_again, who in ((site, "hal"), (beyond, "ida")):
        people = [*PEOPLE, gil, person(who)]
        apart_again.publish(roster(people, version=3, previous=[second.id]), "bob", "finn")
        apart_again.comment(who, decided)
    site.take(apart, beyond)
    told = min(site.history().in_force, key=lambda item: item.author).id
    site.checkpoint("bob", without=[item.id for item in site.history().in_force if item.id != told])
    return site


def _key(name: str) -> str:
    return sha256(certificate(name))


STORIES = {"a little of everything": _story(), "rival rosters": _rivals(), "late rosters": _late()}
_SITE = STORIES["a little of everything"]
_ACTS = tuple(_SITE.acts.values())


def _digest(register: Register) -> str:
    with register._database.read() as connection:
        return content_digest(connection)


@cache
def _expected(story: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder))
        take(register, STORIES[story])
        found = _digest(register)
        register.close()
    return found


@st.composite
def deliveries(draw: st.DrawFn, story: str) -> list[Sequence[Act]]:
    """The acts in any order, some of them twice, cut into any number of calls."""
    acts = tuple(STORIES[story].acts.values())
    order = draw(st.permutations(acts))
    order += draw(st.lists(st.sampled_from(acts), max_size=5))
    cuts = sorted(draw(st.lists(st.integers(0, len(order)), max_size=6)))
    return [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]


@pytest.mark.attack("any order, any repetition", refusal="the same rows")
@pytest.mark.parametrize("story", list(STORIES))
@given(data=st.data(), files_after=st.integers(0, 6))
@settings(max_examples=settings.default.max_examples // 3)
@pytest.mark.exhaustive
def test_any_order_repetition_and_split_gives_the_same_rows(story: str, data: st.DataObject, files_after: int) -> None:
    site, calls = STORIES[story], data.draw(deliveries(story))
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder))
        register.join(site.org)

        for number, acts in enumerate(calls):
            register.append([pack(act) for act in acts], site.blobs if number >= files_after else {})
        register.append(blobs=site.blobs)

        assert _digest(register) == _expected(story)
        assert register.rebuild(check=True).identical
        register.close()


@given(st.permutations(_ACTS), st.integers(0, len(_ACTS)))
@settings(max_examples=settings.default.max_examples // 3)
@pytest.mark.exhaustive
def test_joining_late_gives_the_same_rows(order, before) -> None:
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder))

        early = register.append([pack(act) for act in order[:before]])
        register.join(_SITE.org)
        register.append([pack(act) for act in order], _SITE.blobs)

        assert set(early.new) <= {_SITE.org}
        assert _digest(register) == _expected("a little of everything")
        register.close()


def test_two_registers_that_merge_are_the_same(tmp_path: Path) -> None:
    one, two = open_register(tmp_path, "one.sqlite"), open_register(tmp_path, "two.sqlite")
    take(one, _SITE, _ACTS[::2])
    take(two, _SITE, _ACTS[1::2])

    one.append([pack(act) for act in _ACTS[1::2]], _SITE.blobs)
    two.append([pack(act) for act in _ACTS[::2]], _SITE.blobs)

    assert _digest(one) == _digest(two) == _expected("a little of everything")
    one.close()
    two.close()


def test_a_rebuild_brings_back_what_somebody_changed(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    take(register, _SITE)
    with register._database.write() as connection:
        connection.exec_driver_sql("UPDATE case_row SET phase = 'decided', title = 'Forged'")
        connection.exec_driver_sql("DELETE FROM case_fts")
        connection.exec_driver_sql("UPDATE counter SET count = count + 5")

    checked = register.rebuild(check=True)
    still_forged = _digest(register) != _expected("a little of everything")
    done = register.rebuild()

    assert not checked.identical
    assert still_forged
    assert (done.after, _digest(register)) == (_expected("a little of everything"), _expected("a little of everything"))
    assert register.rebuild(check=True).identical
    register.close()


@pytest.mark.parametrize(("module", "number"), [(projections, "VERSION"), (record_files, "READING")])
def test_another_version_of_the_rows_folds_every_case_again(tmp_path: Path, monkeypatch, module, number) -> None:
    """And so does another way of reading records: a seal that was good by the old one would stay good for ever."""
    register = open_register(tmp_path)
    take(register, _SITE)
    register.close()
    monkeypatch.setattr(module, number, getattr(module, number) + 1)

    register = open_register(tmp_path)
    left = register.rejudge(cancelled=lambda: True)

    assert left == 5
    assert register.rejudge() == 0
    register.close()


def test_the_act_that_links_a_version_to_what_a_checkpoint_lists_settles_it_when_it_comes(tmp_path: Path) -> None:
    site = organisation()
    apart = site.fork("apart")
    second = site.publish(roster(version=2, previous=[site.roster]), "bob", "finn")
    link = site.act("finn", "puzzle", {}, roster="")
    site.checkpoint("bob")
    apart.publish(roster([*PEOPLE, person("zoe")], version=2, previous=[apart.roster]), "bob", "finn")
    site.take(apart)
    register = open_register(tmp_path)
    take(register, site, [act for act in site.acts.values() if act.id != link.id])
    assert register.organisation().history.rivals

    register.append([pack(link)])

    assert register.organisation().chain == {site.org, second.id}
    assert register.rebuild(check=True).identical
    register.close()


def test_who_waits_is_right_when_a_rival_and_the_checkpoint_against_it_come_at_once(tmp_path: Path) -> None:
    site = organisation()
    site.publish(roster(version=2, previous=[site.roster]), "bob", "finn")
    first = dict(site.acts)
    apart = organisation()
    zoe = person("zoe", Role.CISO)
    apart.publish(roster([*PEOPLE, zoe], version=2, previous=[apart.roster]), "bob", "finn")
    case = apart.revision(title="Under the rival").id
    comment = apart.comment("zoe", case)
    site.checkpoint("bob")
    register = open_register(tmp_path)
    take(register, site, first.values())

    done = take(register, site.take(apart))

    assert len(register.organisation().late) == 1
    assert set(done.waiting) == {case, comment.id}
    assert {item.act.id: item.code for item in register.queries.waiting_room()} == {
        case: "LateRoster",
        comment.id: "UnknownSigner",
    }
    assert register.rebuild(check=True).identical
    register.close()


@dataclass(frozen=True)
class Assessed:
    tier: str = "high"
    lane: str = "joint"
    days: int = 10
    purpose: str = ""


@pytest.mark.parametrize("together", [True, False])
def test_a_playbook_that_arrives_assesses_the_cases_that_name_it(tmp_path: Path, together: bool) -> None:
    """What assesses reads the playbook from the register, also in the middle of the append that brings it."""
    site = organisation()
    playbook = site.attach(b"the playbook")
    case = site.revision(playbook=playbook.sha256).id
    if not together:
        del site.blobs[playbook.sha256]
    register: Register
    assess = DomainProjector(
        lambda state: Assessed() if register.queries.blob(playbook.sha256) else None, record_file, lambda _: believed
    )
    register = open_register(tmp_path, projector=assess)

    take(register, site)
    at_once = register.queries.row(case)
    register.keep(b"the playbook")

    assert (at_once.tier if at_once else "") == ("high" if together else "")
    assert register.queries.row(case).tier == "high"
    assert register.rebuild(check=True).identical
    register.close()


def test_a_playbook_brought_by_a_roster_assesses_what_was_filed_by_it(tmp_path: Path) -> None:
    site = organisation()
    playbook = site.attach(b"the playbook")
    without = site.revision(playbook=playbook.sha256).id
    data = site.blobs.pop(playbook.sha256)
    register: Register
    assess = DomainProjector(
        lambda state: Assessed() if register.queries.blob(playbook.sha256) else None, record_file, lambda _: believed
    )
    register = open_register(tmp_path, projector=assess)
    take(register, site)
    entry = AcceptedPlaybook(playbook.sha256, playbook.size, 1)
    site.publish(accepting(following(site.history().in_force[0]), entry), "bob", "finn")
    site.blobs[playbook.sha256] = data

    done = take(register, site)

    assert without in done.cases
    assert register.queries.row(without).tier == "high"
    assert register.rebuild(check=True).identical
    register.close()


def test_a_program_with_another_engine_folds_every_case_again(tmp_path: Path) -> None:
    site = organisation()
    entry = AcceptedPlaybook(site.attach(b"for engine 2").sha256, 12, 2)
    site.publish(accepting(following(site.history().in_force[0]), entry), "bob", "finn")
    case = site.revision(playbook=entry.sha256).id
    site.cio(case, playbook=entry.sha256)
    site.ciso(case, playbook=entry.sha256)
    register = open_register(tmp_path)
    take(register, site)
    before = register.queries.row(case)
    notes = [(note.sort, note.waits_for) for note in register.queries.notes_of(case)]
    register.close()

    newer = DomainProjector(
        lambda _: None, record_file, lambda _: believed, Capabilities(engines=dict.fromkeys((1, 2), ENGINES[1]))
    )
    register = open_register(tmp_path, projector=newer)
    register.rejudge()

    assert before is not None
    assert before.phase == "review"
    assert notes == [(NoteSort.WAITING, "")] * 2
    assert register.queries.row(case).phase == "decided"
    assert register.rebuild(check=True).identical
    register.close()


def test_a_write_within_a_write_is_a_bug_and_not_a_wait(tmp_path: Path) -> None:
    register = open_register(tmp_path)

    with pytest.raises(RuntimeError, match="wait for itself"), register._database.write():
        register.join("a" * 64)

    register.join("a" * 64)
    register.close()

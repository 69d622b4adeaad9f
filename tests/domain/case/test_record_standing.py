"""What became of what a record says: a row for every phase and fate, and each standing reached by acts."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import OPINION, Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.base.wording import words
from intake.domain.case.fates import Fate
from intake.domain.case.phases import Phase
from intake.domain.case.record_standing import OF_FATE, OF_PHASE, RecordStands, Standing, record_standing
from tests.domain.case.histories import random_world
from tests.domain.case.oracle import InForce, Oracle
from tests.domain.case.test_horizon import key_stolen
from tests.domain.world import ASSESSMENT, BASE, PLAYBOOK, START, Site, organisation, terms

TODAY = START.date()
EXPIRES = terms().expires


@pytest.fixture
def site() -> Site:
    return organisation()


def decide(site: Site, case: str = "", revision: str = "", users: int = 20) -> Act:
    """A decision with its sealed record; gives the seal."""
    case = case or site.revision().id
    ciso = site.ciso(case, revision, users=users)
    cio = site.cio(case, revision, users=users)
    return site.seal("cleo", case, cio, ciso, salt=cio.id)


def record_of(act: Act) -> str:
    record = act.body["record"]
    assert isinstance(record, dict)
    return str(record["sha256"])


def stands(site: Site, seal: Act, day: date = TODAY) -> RecordStands:
    return record_standing(site.state(seal.case_id), record_of(seal), day)


def test_every_phase_and_every_fate_has_a_standing() -> None:
    assert set(OF_PHASE) == set(Phase)
    assert set(OF_FATE) == set(Fate)


def test_what_both_signed_last_is_in_force_until_its_last_day(site: Site) -> None:
    seal = decide(site)

    found = stands(site, seal, EXPIRES)

    assert (found.standing, found.holds, found.until) == (Standing.IN_FORCE, True, EXPIRES)


def test_the_day_after_it_is_expired(site: Site) -> None:
    found = stands(site, decide(site), EXPIRES + timedelta(1))

    assert (found.standing, found.holds, found.since) == (Standing.EXPIRED, False, EXPIRES)


def test_a_newer_revision_under_review_leaves_it_in_force(site: Site) -> None:
    seal = decide(site)
    site.revision(case=seal.case_id)

    assert stands(site, seal).standing is Standing.IN_FORCE


@pytest.mark.parametrize("how", ["suspend", "objection"])
def test_an_office_suspends_it_and_is_named_with_the_day(site: Site, how: str) -> None:
    seal = decide(site)
    site.clock += timedelta(days=3)
    site.suspend("dan", seal.case_id) if how == "suspend" else site.ciso(seal.case_id, position=Position.CHANGES)

    found = stands(site, seal)

    assert (found.standing, found.holds, found.since) == (Standing.SUSPENDED, False, TODAY + timedelta(3))
    assert [(item.person, item.office) for item in found.by] == [("dan", "ciso")]


def test_one_lift_changes_nothing_and_both_bring_it_back(site: Site) -> None:
    seal = decide(site)
    site.suspend("dan", seal.case_id)
    site.lift("dan", seal.case_id)
    assert stands(site, seal).standing is Standing.SUSPENDED

    site.lift("cleo", seal.case_id)

    assert stands(site, seal).standing is Standing.IN_FORCE


def test_a_decision_on_a_later_revision_takes_its_place_and_is_named(site: Site) -> None:
    first = decide(site)
    revision = site.revision(case=first.case_id)
    site.clock += timedelta(days=5)
    second = decide(site, first.case_id, revision.id, users=5)

    found = stands(site, first)

    assert (found.standing, found.holds) == (Standing.SUPERSEDED, False)
    assert (found.revision, found.record, found.since) == (2, record_of(second), TODAY + timedelta(5))
    assert found.goes_on_until == TODAY + timedelta(5 + 14)
    assert stands(site, second).standing is Standing.AWAITS_ACCEPTANCE
    site.accept("ada", first.case_id)
    assert stands(site, first).goes_on_until is None
    assert stands(site, second).standing is Standing.IN_FORCE


def test_later_terms_on_the_same_revision_take_its_place(site: Site) -> None:
    first = decide(site)
    second = decide(site, first.case_id, first.case_id, users=5)

    assert stands(site, first).standing is Standing.SUPERSEDED
    assert stands(site, first).record == record_of(second)


def test_what_is_superseded_stays_so_while_its_successor_is_suspended_or_withdrawn(site: Site) -> None:
    first = decide(site)
    second = decide(site, first.case_id, site.revision(case=first.case_id).id)
    site.suspend("dan", first.case_id)
    assert [stands(site, item).standing for item in (first, second)] == [Standing.SUPERSEDED, Standing.SUSPENDED]

    site.withdraw("ada", first.case_id)

    assert [stands(site, item).standing for item in (first, second)] == [Standing.SUPERSEDED, Standing.WITHDRAWN]


def test_a_withdrawal_ends_it_and_a_new_revision_does_not_bring_it_back(site: Site) -> None:
    seal = decide(site)
    site.withdraw("ada", seal.case_id)
    found = stands(site, seal)
    assert (found.standing, found.holds, found.by[0].person) == (Standing.WITHDRAWN, False, "ada")

    site.revision(case=seal.case_id)

    assert stands(site, seal).standing is Standing.WITHDRAWN


def test_offices_that_moved_apart_leave_it_unsettled_with_the_reason(site: Site) -> None:
    case = site.revision().id
    ciso = site.ciso(case)
    away = site.fork("away")
    cio = site.cio(case)
    seal = site.seal("cleo", case, cio, ciso)
    away.ciso(case, users=5)
    site.take(away)

    found = stands(site, seal)

    assert (found.standing, found.holds) == (Standing.UNSETTLED, False)
    assert words(found.reason)


def test_an_approval_that_lost_its_right_leaves_it_unsettled(site: Site) -> None:
    before = site.checkpoint().id
    seal = decide(site)

    key_stolen(site, before)

    found = stands(site, seal)
    assert (found.standing, found.holds) == (Standing.UNSETTLED, False)
    assert "cut off" in words(found.reason)


def test_a_copy_with_one_signature_decides_nothing(site: Site) -> None:
    case = site.revision().id
    mine = site.ciso(case)

    found = record_standing(site.state(case), record_of(mine), TODAY)

    assert (found.standing, found.holds) == (Standing.UNDECIDED, False)


def test_the_record_of_a_decline_says_itself_what_is_so_until_the_owner_files_again(site: Site) -> None:
    case = site.revision().id
    act = declined(site, case)
    found = record_standing(site.state(case), record_of(act), TODAY)
    assert (found.standing, found.own, found.holds) == (Standing.DECLINED, True, True)

    site.revision(case=case)

    found = record_standing(site.state(case), record_of(act), TODAY)
    assert (found.standing, found.holds, found.revision) == (Standing.SUPERSEDED, False, 2)


def declined(site: Site, case: str) -> Act:
    """A decline that brought its record."""
    record = site.record_file("dan", salt="decline")
    body = OpinionBody(case, Office.CISO, Position.DECLINE, None, PLAYBOOK, ASSESSMENT, BASE, record, "", (), "Because")
    return site.act("dan", OPINION.name, body.as_json(), case=case)


def test_a_file_that_no_act_names_is_not_known_and_says_no_to_nothing(site: Site) -> None:
    seal = decide(site)

    found = record_standing(site.state(seal.case_id), "1" * 64, TODAY)

    assert (found.standing, found.holds) == (Standing.NOT_KNOWN, True)


def test_a_copy_that_no_act_names_is_known_by_its_pages(site: Site) -> None:
    seal = decide(site)

    assert record_standing(site.state(seal.case_id), "1" * 64, TODAY, BASE).standing is Standing.IN_FORCE


def as_signed(held: InForce, revision: str, act: Act) -> bool:
    """Whether what holds is what an approval signed, and not only the part of it that is inside later terms."""
    terms = act.body["terms"]
    assert isinstance(terms, dict)
    users = terms["boundaries"]["user_permissions"]["max_users"]  # type: ignore[index, call-overload]
    return (held.revision, held.fields, held.users, held.expires) == (
        revision,
        terms["fields"],
        users,
        terms["expires"],
    )


def test_it_is_in_force_exactly_where_the_second_reading_of_the_rules_says_so() -> None:
    """Of every file that an approval of random histories brought, at every site and merged."""
    seen: Counter[Standing] = Counter()

    for seed in range(SEEDS):
        world = random_world(seed)
        for site in (*world.sites, world.merged()):
            state = site.state(world.case)
            mine = [act for act in site.acts.values() if act.case_id == world.case]
            oracle = Oracle(mine, site.history(), site.blobs, site.listings(), site.read_record_file)
            verdicts, in_force = oracle.verdicts(), oracle.in_force()
            holding = oracle.suspending() - oracle.lifted() - oracle.disowned()
            for act in mine:
                if act.kind != OPINION.name or act.body["position"] != "approve":
                    continue
                found = record_standing(state, record_of(act), TODAY).standing
                # Who signs the same again may name the file of before: the answer is about the file.
                same = {
                    one.id for one in mine if one.kind == OPINION.name and one.body.get("record") == act.body["record"]
                }
                said = in_force is not None and any(
                    verdict == "in force" and same & {pair.cio, pair.ciso} and as_signed(in_force, pair.revision, act)
                    for pair, verdict in verdicts.items()
                )
                assert (found is Standing.IN_FORCE) == said, f"history {seed} at {site.name}: {found}"
                assert found is not Standing.SUSPENDED or holding
                assert not (holding and said)
                seen[found] += 1

    assert min(seen[item] for item in SEEN) > 0, f"histories that never come here prove nothing: {seen}"


SEEDS = 100
SEEN = (Standing.IN_FORCE, Standing.SUSPENDED, Standing.UNSETTLED, Standing.WITHDRAWN)

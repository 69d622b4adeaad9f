"""Taking acts in: once, as a whole, with a result that says what became of each."""

from __future__ import annotations

from datetime import date

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.enrol import EnrolBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.canonical import sha256
from intake.domain.organisation.roster import Role
from intake.register import refusals
from intake.register.register import Register
from intake.register.views.projector import NoteSort
from intake.register.views.rows import Facet
from tests.domain.world import PEOPLE, Site, certificate, organisation, person, roster
from tests.register.helpers import Counted, WaitingLimits, open_register, pack, take


def test_a_filed_case_has_a_row(register: Register, site: Site) -> None:
    case = site.revision().id

    done = take(register, site)

    row = register.queries.row(case)
    assert row is not None
    assert (row.title, row.phase, row.turn, row.cio, row.ciso) == (
        "Meeting notes",
        "review",
        ("cio", "ciso"),
        "open",
        "open",
    )
    assert done.cases == {case}
    assert set(done.new) == set(site.acts)


def test_a_row_follows_the_acts(register: Register, site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    take(register, site)

    last = site.cio(case)
    register.append([pack(last)], site.blobs)

    row = register.queries.row(case)
    assert row is not None
    assert (row.phase, row.cio, row.ciso, row.decided) == ("decided", "approve", "approve", last.at.date())


def test_the_same_again_changes_nothing(register: Register, site: Site) -> None:
    site.ciso(site.revision().id)
    take(register, site)
    before = register.rebuild(check=True).before

    again = take(register, site)

    assert (again.new, again.blobs, again.refused) == ((), (), ())
    assert set(again.known) == set(site.acts)
    assert register.rebuild(check=True).before == before


def test_a_second_signature_of_one_act_is_known(register: Register, site: Site) -> None:
    act = site.revision()
    take(register, site)

    again = register.append([pack(act, salt=b"other")])

    assert again.known == (act.id,)
    assert register.queries.blob_of_act(act.id) == pack(act).blob


def test_two_signatures_in_one_call_keep_the_first(register: Register, site: Site) -> None:
    act = site.revision()
    take(register, site, [item for item in site.acts.values() if item.id != act.id])

    done = register.append([pack(act), pack(act, salt=b"other")])

    assert done.new == (act.id,)
    assert register.queries.blob_of_act(act.id) == pack(act).blob


def test_an_act_comes_back_as_it_was(register: Register, site: Site) -> None:
    act = site.revision(title="Übersetzung — 翻訳 🖊")
    take(register, site)

    assert register.queries.acts(act.id) == (act,)


@pytest.mark.attack("an act of another organisation", refusal="AnotherOrganisation, quarantine")
def test_an_act_of_another_organisation_goes_to_quarantine(register: Register, site: Site) -> None:
    take(register, site)
    other = organisation().fork("elsewhere")
    other.org = "e" * 64
    stranger = pack(other.revision())

    done = register.append([stranger])

    assert done.new == ()
    assert [type(item.refusal) for item in done.refused] == [refusals.AnotherOrganisation]
    (kept,) = register.quarantine.items()
    assert (kept.reason.code, register.quarantine.bytes_of(kept.pk)) == ("AnotherOrganisation", stranger.blob)


@pytest.mark.attack("a complete rival organisation", refusal="AnotherOrganisation, quarantine")
def test_the_first_roster_of_another_organisation_goes_to_quarantine(register: Register, site: Site) -> None:
    take(register, site)
    rival = Site("rival")
    founding = rival.publish(roster([*PEOPLE, person("zoe", Role.CIO)]))

    done = register.append([pack(founding)])

    assert [type(item.refusal) for item in done.refused] == [refusals.AnotherOrganisation]


def test_before_joining_only_enrolments_and_first_rosters_come_in(register: Register, site: Site) -> None:
    case = site.revision()
    founding = site.acts[site.org]

    done = register.append([pack(case), pack(founding)])

    assert done.new == (founding.id,)
    assert done.waiting == (founding.id,)
    assert [type(item.refusal) for item in done.refused] == [refusals.NoOrganisationYet]
    assert register.quarantine.count() == 0


def test_a_register_has_one_organisation(register: Register) -> None:
    register.join("a" * 64)

    with pytest.raises(refusals.OrganisationFixed):
        register.join("b" * 64)


@pytest.mark.attack("an act before its roster", refusal="UnknownSigner, waits")
def test_acts_before_their_roster_wait_and_then_count(register: Register, site: Site) -> None:
    case = site.revision().id
    rosters = [act for act in site.acts.values() if not act.case_id]
    register.join(site.org)

    early = register.append([pack(site.acts[case])])
    waiting = register.queries.waiting_room()
    register.append([pack(act) for act in rosters], site.files())

    assert early.waiting == (case,)
    assert [(item.act.id, item.code) for item in waiting] == [(case, "UnknownSigner")]
    assert register.queries.waiting_room() == ()
    row = register.queries.row(case)
    assert row is not None
    assert row.phase == "review"


@pytest.mark.attack("a waiting room filled on purpose", refusal="WaitingRoomFull")
def test_the_waiting_room_is_bounded_by_number(tmp_path, site: Site) -> None:
    register = open_register(tmp_path, limits=WaitingLimits(waiting_acts=3, enrolments=0))
    take(register, site)
    strangers = [_enrol(site, f"stranger{number}") for number in range(5)]

    done = register.append([pack(act) for act in strangers])

    assert len(done.waiting) == 3
    assert [type(item.refusal) for item in done.refused] == [refusals.WaitingRoomFull] * 2
    assert register.append([pack(site.revision())]).refused == ()
    register.close()


@pytest.mark.attack("a waiting room filled on purpose", refusal="WaitingRoomFull")
def test_the_waiting_room_is_bounded_by_bytes(tmp_path, site: Site) -> None:
    act = pack(_enrol(site, "stranger"))
    register = open_register(tmp_path, limits=WaitingLimits(waiting_bytes=len(act.blob) - 1, enrolments=0))
    take(register, site)

    done = register.append([act])

    assert [type(item.refusal) for item in done.refused] == [refusals.WaitingRoomFull]
    assert not register.queries.has_act(act.act.id)
    register.close()


def test_a_roster_that_lists_the_waiting_lets_them_out(register: Register, site: Site) -> None:
    take(register, site)
    register.append([pack(_enrol(site, "zoe"))])
    people = [*PEOPLE, person("zoe", Role.OWNER)]
    site.publish(roster(people, version=2, previous=[site.roster]), "bob", "finn")

    take(register, site)

    assert register.queries.waiting_room() == ()
    assert "zoe" in {item.person for item in register.queries.people()}


def test_a_file_that_comes_later_completes_the_case(register: Register, site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    register.join(site.org)
    register.append([pack(act) for act in site.acts.values()], site.files())
    without = register.queries.row(case)

    done = register.append(blobs=site.blobs)

    assert without is not None
    assert (without.phase, without.waiting) != ("decided", 0)
    assert done.cases == {case}
    assert register.queries.row(case).phase == "decided"  # type: ignore[union-attr]
    assert register.receipts.wanted() == ()


def test_a_file_nobody_names_is_not_kept(register: Register) -> None:
    data = b"unasked"

    done = register.append(blobs={sha256(data): data})

    assert done.unasked == (sha256(data),)
    assert register.queries.blob(sha256(data)) is None


@pytest.mark.attack("changed content under the old name", refusal="WrongBytes, quarantine")
def test_a_file_with_other_bytes_goes_to_quarantine(register: Register, site: Site) -> None:
    case = site.revision().id
    named = site.ciso(case).body["record"]["sha256"]  # type: ignore[call-overload, index]
    register.join(site.org)
    register.append([pack(act) for act in site.acts.values()], site.files())

    done = register.append(blobs={str(named): b"forged"})

    assert [(item.id, type(item.refusal)) for item in done.refused] == [(named, refusals.WrongBytes)]
    assert register.receipts.wanted() == (named,)


def test_an_act_that_says_something_unreadable_is_kept_and_shown(register: Register, site: Site) -> None:
    case = site.revision().id
    odd = site.act("cleo", "comment", {"text": "Hi", "about": "", "new-field": 1}, case=case)

    done = take(register, site)

    assert odd.id in done.new
    assert [item.reason.code for item in register.quarantine.items()] == ["UnreadableBody"]
    assert register.queries.row(case).alarms == 1  # type: ignore[union-attr]


def test_a_revision_that_has_not_seen_the_decision_is_an_alarm(register: Register, site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.cio(case)
    site.ciso(case)
    stale = away.revision(case=case)

    take(register, site.take(away))

    (alarm,) = register.queries.notes(NoteSort.ALARM)
    assert (alarm.act, alarm.reason.code) == (stale.id, "DecisionUnseen")
    assert register.queries.row(case).alarms == 1  # type: ignore[union-attr]


def test_unknown_kinds_are_kept(register: Register, site: Site) -> None:
    case = site.revision().id
    later = site.act("cleo", "suspension", {"reason": "x"}, case=case)

    take(register, site)

    assert later in register.queries.acts(case)


def test_a_case_without_its_first_revision_is_seen_waiting(register: Register, site: Site) -> None:
    case = site.revision().id
    comment = site.comment("cleo", case)
    take(register, site, [act for act in site.acts.values() if act.id != case])

    notes = register.queries.notes(NoteSort.WAITING)

    assert register.queries.row(case) is None
    assert (comment.id, case) in {(note.act, note.waits_for) for note in notes}


def test_a_person_who_leaves_changes_only_their_cases(register: Register, site: Site) -> None:
    mine, other = site.revision().id, site.revision(who="eve", owner="eve", title="Other").id
    site.ciso(mine)
    site.cio(mine)
    horizon = site.checkpoint()
    take(register, site)
    people = [item for item in PEOPLE if item.id != "cleo"]
    people.append(person("cleo", Role.CIO, ends={Role.CIO: horizon.id}))
    site.publish(roster(people, version=2, previous=[site.roster]), "bob", "finn")

    done = take(register, site)

    assert done.cases == {mine}
    assert other not in done.cases
    assert register.queries.row(mine).phase == "decided"  # type: ignore[union-attr]


def test_a_roster_that_changes_nobody_still_lets_the_acts_that_name_it_count(register: Register, site: Site) -> None:
    first = list(site.acts.values())
    site.publish(roster(version=2, previous=[site.roster], expires=date(2030, 1, 1)), "bob", "finn")
    case = site.revision().id
    take(register, site, [*first, site.acts[case]])
    before = register.queries.row(case)

    take(register, site)

    assert before is None
    assert register.queries.row(case).phase == "review"  # type: ignore[union-attr]
    assert register.queries.waiting_room() == ()
    assert register.rebuild(check=True).identical


def test_many_touched_cases_wait_in_a_queue_that_can_be_left_and_taken_up(
    tmp_path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.register.rejudging.AT_ONCE", 2)
    monkeypatch.setattr("intake.register.register._STEP", 2)
    register = open_register(tmp_path)
    cases = [site.revision(title=f"Case {number}").id for number in range(7)]
    rosters = [act for act in site.acts.values() if not act.case_id]
    register.join(site.org)
    register.append([pack(site.acts[case]) for case in cases], site.blobs)
    done = register.append([pack(act) for act in rosters], site.files())
    calls: list[tuple[int, int]] = []

    left = register.rejudge(progress=lambda *step: calls.append(step), cancelled=lambda: len(calls) == 2)
    register.close()
    register = open_register(tmp_path)
    finished = register.rejudge()

    assert (done.to_rejudge, left, finished) == (7, 3, 0)
    assert calls == [(2, 7), (4, 7)]
    assert register.queries.counts().of(Facet.PHASE, "review") == 7
    assert register.rebuild(check=True).identical
    register.close()


def test_one_append_is_one_transaction(register: Register, site: Site) -> None:
    """Durability is bought per transaction: what one costs in fsyncs is fixed by the journal mode, so these are counted."""
    case = site.revision().id
    take(register, site)
    act = pack(site.ciso(case))

    with Counted(register) as seen:
        register.append([act], site.blobs)

    assert [statement for statement in seen if statement.startswith("BEGIN")] == ["BEGIN IMMEDIATE"]


def test_the_cost_of_one_act_does_not_follow_the_number_of_cases(register: Register, site: Site) -> None:
    case = site.revision().id
    take(register, site)
    few = _statements(register, site, case)
    for number in range(40):
        site.revision(title=f"More {number}")
    take(register, site)

    many = _statements(register, site, case)

    assert many == few
    assert few <= 31


def test_a_declined_case_is_nobodys_turn(register: Register, site: Site) -> None:
    case = site.revision().id
    site.cio(case, position=Position.DECLINE)

    take(register, site)

    assert register.queries.turn_count("cio") == 0
    assert register.queries.row(case).cio == "decline"  # type: ignore[union-attr]


def _statements(register: Register, site: Site, case: str) -> int:
    with Counted(register) as seen:
        register.append([pack(site.comment("eve", case, after=[case]))])
    return len(seen)


def _enrol(site: Site, name: str) -> Act:
    body = EnrolBody(name.title(), "", certificate(name))
    return site.act(name, "enrol", body.as_json(), org="", roster="")

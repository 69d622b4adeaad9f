"""Who finds a place in the waiting room, what gives way there, and what was sent away and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.phases import Phase
from intake.domain.organisation.roster import Role
from intake.register import refusals
from intake.register.room import Room
from intake.register.strangers import WaitingLimits
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.organisation import people
from intake.trust.acts import VerifiedAct, verify_act
from tests.people import person
from tests.services.hostile import by_hand, enrolment
from tests.services.offices import Offices
from tests.services.test_strangers import comments, limited, stored, waiting

_NEVER = "b" * 64


def unread(offices: Offices) -> tuple[str, list[VerifiedAct], str]:
    """A case, the acts of version 2 with a decline by the CIO under it, and the people file that dan does not have."""
    bob, cleo = offices.installations["bob"], offices.installations["cleo"]
    case = offices.file()
    offices.travel("ada", "bob", "cleo", "dan", "finn")
    had = {name for name, _, _ in offices.installations["dan"].register.queries.every_act()}
    change = people.grant_role(bob, offices.signer("bob"), "ada", Role.AUDITOR)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob", "cleo")
    offices.decide("cleo", case, Position.DECLINE, reason="No: leaks.")
    queries = cleo.register.queries
    named = verify_act(queries.blob_of_act(change.roster) or b"").act.body["people"]
    assert isinstance(named, dict)
    new = [verify_act(data) for name, _, data in queries.every_act() if name not in had]
    return case, new, str(named["sha256"])


def notes(offices: Offices, count: int, who: str = "ada") -> list[VerifiedAct]:
    """Remarks by somebody listed, under a roster that never was."""
    register, key = offices.installations["dan"].register, offices.signer(who).key
    return [
        by_hand(key, "note-x", {}, org=register.org, at=offices.clock(), who=who, case="a" * 64, roster=_NEVER)
        for _ in range(count)
    ]


@pytest.mark.attack(
    "a bait that names the people of the next roster, and goes before it comes",
    refusal="the rosters are folded again after whatever came or went; the version counts",
)
@pytest.mark.parametrize("way", ["sent away", "gives way"])
@pytest.mark.exhaustive
def test_people_that_went_and_came_again_count(offices: Offices, way: str) -> None:
    case, new, named = unread(offices)
    dan, cleo = offices.installations["dan"], offices.installations["cleo"]
    file = {named: cleo.register.queries.blob(named) or b""}
    (version,) = (item.act for item in new if item.act.kind == "roster")
    register = limited(dan.register, waiting_acts=3)
    register.append(
        [by_hand(person("mallory").key, "roster", dict(version.body), org=register.org, at=offices.clock())]
    )
    assert register.append((), file).blobs == (named,)
    if way == "sent away":
        register.waiting_room.send_away()
    else:
        register.append(comments(offices, "mallory", 2))
        register.append(comments(offices, "zoe", 1))
    assert register.queries.blob(named) is None
    register.append(new)
    assert len(dan.rosters.awaited) == 1

    register.append((), file)

    assert not dan.rosters.awaited
    assert dan.rosters.newest is not None
    assert dan.rosters.newest.version == 2
    assert waiting(register).isdisjoint(item.act.id for item in new)
    assert register.rebuild(check=True).identical
    assert dan.state(case).phase is Phase.DECLINED


@pytest.mark.attack(
    "one listed key that fills the waiting room, to keep objections out",
    refusal="TooManyWait for the rest of that key; objections always find a place",
)
def test_one_listed_key_keeps_neither_objections_nor_newcomers_out(offices: Offices) -> None:
    case, new, _ = unread(offices)
    dan = offices.installations["dan"]
    register = limited(dan.register, waiting_acts=6, listed_acts=4)

    flood = register.append(notes(offices, 6))
    newcomer = register.append(comments(offices, "zoe", 1))
    done = register.append(new)

    assert [type(item.refusal) for item in flood.refused] == [refusals.TooManyWait] * 2
    assert "in no roster" not in str(flood.refused[0].refusal)
    assert (newcomer.refused, done.refused) == ((), ())
    assert dan.state(case).phase is Phase.DECLINED


@pytest.mark.attack(
    "one listed key that fills the waiting room, to keep objections out",
    refusal="TooManyWait for the rest of that key; objections always find a place",
)
def test_an_objection_is_taken_however_much_of_its_own_key_waits(offices: Offices) -> None:
    case, new, _ = unread(offices)
    dan = offices.installations["dan"]
    limited(dan.register, listed_acts=4).append(notes(offices, 6, "cleo"))

    done = dan.register.append(new)

    assert done.refused == ()
    assert dan.state(case).phase is Phase.DECLINED


@pytest.mark.exhaustive
def test_an_objection_in_a_share_is_there_with_the_first_exchange(offices: Offices, tmp_path: Path) -> None:
    case, _, named = unread(offices)
    dan = offices.installations["dan"]
    limited(dan.register, waiting_acts=5, listed_acts=5).append(notes(offices, 10))
    FolderExchange(offices.installations["cleo"], tmp_path).run()
    (tmp_path / dan.register.org / "blob" / named[:2] / named).unlink()

    FolderExchange(dan, tmp_path).run()

    assert dan.state(case).phase is Phase.DECLINED


@pytest.mark.attack(
    "one listed key that fills the waiting room, to keep objections out",
    refusal="sent away by key; objections and acts of the organisation stay",
)
@pytest.mark.exhaustive
def test_what_waits_of_a_listed_key_can_be_sent_away_but_objections(offices: Offices) -> None:
    case, new, named = unread(offices)
    dan, cleo = offices.installations["dan"], offices.installations["cleo"]
    remark = notes(offices, 1, "cleo")[0]
    version = next(item.act.id for item in new if item.act.kind == "roster")
    under = by_hand(
        offices.signer("cleo").key, "note-x", {}, org=dan.register.org, at=offices.clock(), who="cleo", case=case,
        roster=version,
    )  # fmt: skip
    dan.register.append([*new, remark, under])
    before = dan.state(case).phase

    sent = dan.register.waiting_room.send_away(offices.signer("cleo").key.fingerprint)

    assert sent == (2, 0)
    assert not dan.register.queries.has_act(remark.act.id)
    assert dan.state(case).phase is before is Phase.DECLINED
    assert dan.register.rebuild(check=True).identical
    dan.register.append((), {named: cleo.register.queries.blob(named) or b""})
    assert dan.register.queries.has_act(under.act.id)
    assert not dan.register.queries.has_act(remark.act.id)
    assert [item.name for item in dan.register.quarantine.items()] == [f"{remark.blob_id}.p7m"]
    assert dan.register.rebuild(check=True).identical


@pytest.mark.attack(
    "a second flood in the same step, to keep others out of a full waiting room",
    refusal="the next key of which something is stored gives way",
)
def test_another_key_gives_way_when_the_largest_came_in_this_step(offices: Offices) -> None:
    """Two acts of what is stored make room for a large one, which then takes up most and cannot go; the third can."""
    files = [bytes([number]) for number in range(20)]
    old, large, small = (
        comments(offices, "old", 3, files),
        comments(offices, "large", 1, files * 2),
        comments(offices, "zoe", 1),
    )
    register = limited(offices.installations["dan"].register, waiting_bytes=sum(len(item.blob) for item in old))
    register.append(old)
    assert len(old[0].blob) < len(large[0].blob) < 2 * len(old[0].blob)

    done = register.append([*small, *large])

    assert done.refused == ()
    assert waiting(register) == {large[0].act.id, small[0].act.id}


@pytest.mark.parametrize("turned", [False, True])
def test_a_room_of_keys_that_came_in_this_step_gives_way_to_nobody(offices: Offices, turned: bool) -> None:
    """Whatever the order: of what came together nothing goes again, and what is stored goes before a newcomer is refused."""
    register = offices.installations["dan"].register
    register.append([item for number in range(1, 4) for item in comments(offices, "old", 2, number=number)])
    names = [f"{'z' if turned else '0'}{number}" for number in range(4)]
    with register._database.write(keep=False) as connection:
        room = Room(connection, WaitingLimits(waiting_acts=6))

        placed = [room.admit(name, 100) for name in names]

    assert placed == [True, True, True, False]
    assert len(set(room.leaving)) == 3


@pytest.mark.attack(
    "acts sent away whose only copy was in quarantine",
    refusal="appended from quarantine in the same step in which a roster lists their key",
)
def test_what_came_as_a_file_and_was_sent_away_comes_back_from_quarantine(offices: Offices) -> None:
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    asks = enrolment(person("zoe").key, "zoe", org=bob.register.org, at=offices.clock())
    acts = comments(offices, "zoe", 3)
    bob.register.append([asks, *acts])
    finn.register.append([asks])
    bob.register.waiting_room.send_away()
    change = people.list_person(finn, offices.signer("finn"), asks.act.id, (Role.OWNER,))
    offices.travel("finn", "bob")

    people.endorse(bob, offices.signer("bob"), change.roster)

    assert all(bob.register.queries.has_act(item.act.id) for item in acts)
    assert bob.register.quarantine.count() == stored(bob.register, "stranger") == 0
    assert bob.register.rebuild(check=True).identical


def test_what_quarantine_cannot_keep_is_not_sent_away(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    register = offices.installations["bob"].register
    acts = comments(offices, "zoe", 2)
    register.append(acts)
    monkeypatch.setattr("intake.register.store.quarantine.MAX_BYTES", max(len(item.blob) for item in acts))

    sent = register.waiting_room.send_away()

    assert sent == (1, 1)
    assert len(waiting(register)) == 1

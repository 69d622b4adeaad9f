"""What finds no place is not read again before it could find one; what is refused by the thousand is put aside in batches."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.domain.base.canonical import sha256
from intake.domain.organisation.roster import Role
from intake.register import refusals
from intake.register.register import Register
from intake.register.store import quarantine
from intake.register.store.database import Database
from intake.services.exchanging import taken, taking
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.organisation import people
from intake.trust.acts import VerifiedAct, verify_act
from tests.languages import in_words
from tests.people import person
from tests.services.hostile import by_hand, enrolment
from tests.services.offices import Offices
from tests.services.test_full_quarantine import junk
from tests.services.test_strangers import comments, lay, limited, waiting
from tests.services.test_waiting_room import notes, unread


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What an exchange verifies, as it goes on."""
    seen: list[bytes] = []

    def noting(data: bytes) -> VerifiedAct:
        seen.append(data)
        return verify_act(data)

    monkeypatch.setattr(taking, "verify_act", noting)
    return seen


@pytest.mark.attack(
    "acts that find no room, to be verified in every exchange",
    refusal="left where they are, and read again once they could find a place",
)
@pytest.mark.parametrize("who", ["ada", "mallory"])
def test_what_found_no_place_is_not_verified_again(
    offices: Offices, share: Path, verified: list[bytes], who: str
) -> None:
    dan = offices.installations["dan"]
    limited(dan.register, listed_acts=4, waiting_acts=4)
    lay(share, dan.register.org, notes(offices, 10) if who == "ada" else comments(offices, "mallory", 10))
    exchange = FolderExchange(dan, share)
    exchange.run()
    verified.clear()

    report = exchange.run()

    assert verified == []
    assert any(message.startswith("6 acts and files that wait") for message in in_words(report.notes))


@pytest.mark.attack(
    "acts that find no room, to be verified in every exchange",
    refusal="left where they are, and read again once they could find a place",
)
def test_a_newcomer_in_every_exchange_brings_none_of_the_flood_back(
    offices: Offices, share: Path, verified: list[bytes]
) -> None:
    dan = offices.installations["dan"]
    register = limited(dan.register, waiting_acts=6)
    lay(share, register.org, comments(offices, "mallory", 20))
    exchange = FolderExchange(dan, share)
    exchange.run()

    for number in range(3):
        (newcomer,) = comments(offices, f"n{number}", 1)
        lay(share, register.org, [newcomer])
        verified.clear()
        exchange.run()

        assert newcomer.act.id in waiting(register)
        # The newcomer, and what gave way to the one before.
        assert len(verified) == min(number + 1, 2)


@pytest.mark.attack(
    "acts that find no room, to be verified in every exchange",
    refusal="left where they are, and read again once they could find a place",
)
@pytest.mark.parametrize("door", ["sent away", "listed", "restart"])
def test_it_is_read_again_once_it_could_find_a_place(
    offices: Offices, share: Path, verified: list[bytes], door: str
) -> None:
    dan, bob = offices.installations["dan"], offices.installations["bob"]
    register = limited(dan.register, waiting_acts=2)
    flood = comments(offices, "zoe", 5)
    lay(share, register.org, flood)
    exchange = FolderExchange(dan, share)
    exchange.run()
    left = {act.act.id for act in flood} - waiting(register)
    if door == "sent away":
        register.waiting_room.send_away()
    elif door == "restart":
        exchange = FolderExchange(dan, share)
    else:
        asks = enrolment(person("zoe").key, "zoe", org=register.org, at=offices.clock())
        bob.register.append([asks])
        change = people.list_person(bob, offices.signer("bob"), asks.act.id, (Role.OWNER,))
        offices.travel("bob", "finn")
        people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
        offices.travel("finn", "dan")
    verified.clear()

    exchange.run()

    assert len(left) == 3
    assert len(verified) == 3
    stored = {name for name in left if register.queries.has_act(name)}
    assert len(stored) == {"sent away": 2, "listed": 3, "restart": 0}[door]


@pytest.mark.attack(
    "acts that find no room, to be verified in every exchange",
    refusal="left where they are, and read again once they could find a place",
)
def test_what_was_left_before_is_let_in_by_the_exchange_that_brings_its_roster(offices: Offices, share: Path) -> None:
    dan, bob = offices.installations["dan"], offices.installations["bob"]
    register = limited(dan.register, waiting_acts=2)
    flood = comments(offices, "zoe", 5)
    lay(share, register.org, flood)
    exchange = FolderExchange(dan, share)
    exchange.run()
    asks = enrolment(person("zoe").key, "zoe", org=register.org, at=offices.clock())
    bob.register.append([asks])
    change = people.list_person(bob, offices.signer("bob"), asks.act.id, (Role.OWNER,))
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    FolderExchange(offices.installations["finn"], share).run()

    report = exchange.run()

    assert all(register.queries.has_act(act.act.id) for act in flood)
    assert not any("were left where they are" in message for message in in_words(report.notes))


@pytest.mark.attack(
    "acts that find no room, to be verified in every exchange",
    refusal="left where they are, and read again once they could find a place",
)
def test_what_no_longer_has_to_wait_is_read_again_though_its_bench_stays_full(offices: Offices, share: Path) -> None:
    _, new, named = unread(offices)
    register = limited(offices.installations["dan"].register, listed_acts=4)
    (version,) = (item.act.id for item in new if item.act.kind == "roster")
    register.append(notes(offices, 4))
    under = [
        by_hand(
            offices.signer("ada").key, "note-x", {}, org=register.org, at=offices.clock(), who="ada", case="a" * 64,
            roster=version,
        )
        for _ in range(3)
    ]  # fmt: skip
    lay(share, register.org, under)
    exchange = FolderExchange(offices.installations["dan"], share)
    exchange.run()
    before = [register.queries.has_act(act.act.id) for act in under]
    register.append(new)
    register.append((), {named: offices.installations["cleo"].register.queries.blob(named) or b""})

    exchange.run()

    assert before == [False] * 3
    assert len(waiting(register)) == 4
    assert all(register.queries.has_act(act.act.id) for act in under)


@pytest.mark.attack(
    "acts that find no room, to be verified in every exchange",
    refusal="left where they are, and read again once they could find a place",
)
def test_files_without_room_are_read_again_once_an_act_needs_them_or_there_is_room(
    offices: Offices, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dan = offices.installations["dan"]
    register = limited(dan.register, file_bytes=500)
    files = [b"a" * 400, b"b" * 450, b"nobody names this"]
    lay(share, register.org, comments(offices, "mallory", 1, files[:2]), files)
    exchange = FolderExchange(dan, share)
    exchange.run()
    offered: list[int] = []
    append = Register.append

    def noting(self: Register, acts: object = (), blobs: object = None, **more: object) -> object:
        offered.append(len(blobs or ()))  # type: ignore[arg-type]  # a mapping, or nothing
        return append(self, acts, blobs, **more)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(Register, "append", noting)

    lay(share, register.org, comments(offices, "yan", 1))
    exchange.run()
    exchange.run()
    nothing = sum(offered)
    register.waiting_room.send_away()
    lay(share, register.org, comments(offices, "zoe", 1, files[1:]))
    exchange.run()
    exchange.run()

    assert nothing == 0
    assert register.queries.blob(sha256(files[1])) == files[1]


@pytest.mark.attack(
    "junk by the thousand, to keep an exchange from its end", refusal="put aside in batches, one transaction for each"
)
def test_junk_is_put_aside_in_few_transactions(offices: Offices, share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taken, "_ASIDE", 10)
    dan = offices.installations["dan"]
    junk(share, dan.register.org, 45)
    exchange = FolderExchange(dan, share)
    began = 0
    write = Database.write

    def counting(self: Database, **given: bool) -> object:
        nonlocal began
        began += 1
        return write(self, **given)

    monkeypatch.setattr(Database, "write", counting)

    report = exchange.run()

    assert (report.refused, dan.register.quarantine.count()) == (45, 45)
    receipts = 1
    assert began == 5 + receipts


@pytest.mark.attack(
    "junk by the thousand, to keep an exchange from its end", refusal="put aside in batches, one transaction for each"
)
def test_what_a_full_disk_kept_out_of_quarantine_is_offered_again(
    offices: Offices, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dan = offices.installations["dan"]
    junk(share, dan.register.org, 5)
    wrong = share / dan.register.org / "ev" / "00" / f"{'e' * 64}.p7m"
    wrong.write_bytes(b"not what its name says")
    exchange = FolderExchange(dan, share)

    def full(*_: object) -> int:
        raise refusals.DiskFull(path=dan.register.path)

    with monkeypatch.context() as patched:
        patched.setattr(quarantine.Quarantine, "put_all", full)
        with pytest.raises(refusals.DiskFull):
            exchange.run()
    assert dan.register.quarantine.count() == 0

    exchange.run()

    assert dan.register.quarantine.count() == 6


@pytest.mark.attack(
    "acts that find no room, to be verified in every exchange",
    refusal="left where they are, and read again once they could find a place",
)
def test_junk_that_quarantine_cannot_keep_is_judged_once(
    offices: Offices, share: Path, verified: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MAX_ITEMS", 5)
    dan = offices.installations["dan"]
    junk(share, dan.register.org, 12)
    exchange = FolderExchange(dan, share)
    exchange.run()
    verified.clear()

    report = exchange.run()
    read = len(verified)
    dan.register.quarantine.remove_all(dan.register.quarantine.chosen(junk=True))
    exchange.run()

    assert read == 0
    assert any("7 refused files were not kept" in message for message in in_words(report.notes))
    assert len(verified) == 12

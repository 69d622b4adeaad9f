"""What somebody whom no roster lists can put into a share: it takes up little here, and keeps nobody out."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds import KINDS
from intake.domain.base.canonical import sha256
from intake.domain.organisation.roster import Role
from intake.register import refusals
from intake.register.register import Register
from intake.register.strangers import WaitingLimits
from intake.services.exchanging import exchanging
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.organisation import people
from intake.trust.acts import VerifiedAct
from tests.languages import in_words
from tests.people import person
from tests.services.hostile import by_hand, enrolment
from tests.services.offices import Offices


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


def comments(offices: Offices, who: str, count: int, files: Iterable[bytes] = (), number: int = 1) -> list[VerifiedAct]:
    bob = offices.installations["bob"]
    attached = [Attachment(sha256(data), len(data), "text/plain", "x").as_json() for data in files]
    body = {"attachments": attached}
    key = person(who, number=number).key
    return [
        by_hand(key, "note-x", body, org=bob.register.org, at=offices.clock(), who=who, case="a" * 64)
        for _ in range(count)
    ]


def by_fingerprint(*names: str) -> list[str]:
    """These people, by the fingerprints of their keys."""
    return sorted(names, key=lambda name: person(name).key.fingerprint)


def limited(register: Register, **limits: int) -> Register:
    register._projecting.limits = WaitingLimits(**limits)
    return register


def lay(share: Path, org: str, acts: Iterable[VerifiedAct], files: Iterable[bytes] = ()) -> None:
    for kind, name, data in (
        *(("ev", f"{act.blob_id}.p7m", act.blob) for act in acts),
        *(("blob", sha256(data), data) for data in files),
    ):
        folder = share / org / kind / name[:2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def waiting(register: Register) -> set[str]:
    return {item.act.id for item in register.queries.waiting_room()}


def stored(register: Register, table: str) -> int:
    with register._database.read() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


@pytest.mark.attack(
    "a waiting room filled by one key, to keep newcomers out",
    refusal="WaitingRoomFull for the key that fills it; it gives way to others",
)
def test_a_newcomer_enrols_beside_a_flood(offices: Offices) -> None:
    register = limited(offices.installations["bob"].register, waiting_acts=20)
    flood = comments(offices, "mallory", 30)
    first = register.append(flood)
    asks = enrolment(person("zoe").key, "zoe", org=register.org, at=offices.clock())

    done = register.append([asks])

    assert {type(item.refusal) for item in first.refused} == {refusals.WaitingRoomFull}
    assert (len(first.waiting), len(first.refused)) == (20, 10)
    assert (done.waiting, done.refused) == ((asks.act.id,), ())
    assert "zoe" in {item.person for item in people.enrolments(offices.installations["bob"])}


@pytest.mark.attack(
    "a waiting room filled by one key, to keep newcomers out",
    refusal="WaitingRoomFull for the key that fills it; it gives way to others",
)
def test_the_key_that_fills_the_room_gives_way_and_does_not_come_back(offices: Offices) -> None:
    register = limited(offices.installations["bob"].register, waiting_acts=20)
    flood = comments(offices, "mallory", 20)
    register.append(flood)
    honest = comments(offices, "zoe", 5)

    done = register.append(honest)
    again = register.append(flood)

    assert (len(done.waiting), done.refused) == (5, ())
    assert {item.act.id for item in honest} <= waiting(register)
    assert len(waiting(register)) == 20
    assert len(again.refused) == 5
    assert register.rebuild(check=True).identical


@pytest.mark.attack(
    "a waiting room filled by one key, to keep newcomers out",
    refusal="WaitingRoomFull for the key that fills it; it gives way to others",
)
def test_what_comes_together_is_served_by_turns(offices: Offices) -> None:
    register = limited(offices.installations["bob"].register, waiting_acts=20)
    honest = comments(offices, "zoe", 5)

    register.append([*comments(offices, "mallory", 40), *honest])

    assert {item.act.id for item in honest} <= waiting(register)


@pytest.mark.attack(
    "a waiting room filled by one key, to keep newcomers out",
    refusal="two registers end the same once the key is listed and the acts are offered again",
)
@pytest.mark.parametrize("seed", range(3))
def test_in_whatever_order_they_came_two_registers_end_the_same(offices: Offices, seed: int) -> None:
    bob, dan = offices.installations["bob"], offices.installations["dan"]
    files = [b"x" * size for size in (100, 400, 700)]
    by_name = {sha256(data): data for data in files}
    asks = enrolment(person("zoe").key, "zoe", org=bob.register.org, at=offices.clock())
    offered = [*comments(offices, "mallory", 30, files[:1]), *comments(offices, "zoe", 5, files), asks]
    for place, installation in enumerate((bob, dan)):
        limited(installation.register, waiting_acts=10, file_bytes=1000)
        order = list(offered)
        random.Random(f"{seed} {place}").shuffle(order)
        for start in range(0, len(order), 7):
            installation.register.append(order[start : start + 7])
            installation.register.append((), by_name)

    change = people.list_person(bob, offices.signer("bob"), asks.act.id, (Role.OWNER,))
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob", "dan")
    for installation in (bob, dan):
        installation.register.append(offered)
        installation.register.append((), by_name)
        installation.register.waiting_room.send_away()

    assert waiting(bob.register) == waiting(dan.register) == set()
    assert all(bob.register.queries.has_act(act.act.id) for act in offered if act.act.person == "zoe")
    assert stored(bob.register, "stranger_file") == stored(dan.register, "stranger_file") == 0
    assert bob.register.rebuild(check=True) == dan.register.rebuild(check=True)
    assert bob.register.rebuild(check=True).identical


@pytest.mark.attack(
    "a waiting room filled by one key, to keep newcomers out",
    refusal="WaitingRoomFull for the key that fills it; it gives way to others",
)
def test_an_administrator_empties_the_room_until_a_roster_lists_the_key(offices: Offices, share: Path) -> None:
    bob = offices.installations["bob"]
    flood, asks = (
        comments(offices, "zoe", 5),
        enrolment(person("zoe").key, "zoe", org=bob.register.org, at=offices.clock()),
    )
    lay(share, bob.register.org, [*flood, asks])
    exchange = FolderExchange(bob, share)
    exchange.run()

    sent = bob.register.waiting_room.send_away()
    exchange.run()

    assert sent == (5, 0)
    assert waiting(bob.register) == {asks.act.id}
    assert {item.reason.code for item in bob.register.quarantine.items()} == {"SentAway"}
    change = people.list_person(bob, offices.signer("bob"), asks.act.id, (Role.OWNER,))
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob")
    assert bob.register.quarantine.count() == 0
    assert all(bob.register.queries.has_act(act.act.id) for act in flood)
    assert exchange.run().new == 0


@pytest.mark.attack(
    "files of a stranger that fill every register", refusal="left where they are, and passed on to nobody"
)
def test_large_files_of_a_stranger_are_left_where_they_are(offices: Offices, share: Path) -> None:
    dan = offices.installations["dan"]
    limited(dan.register, file_bytes=1000)
    files = [b"a" * 400, b"b" * 500, b"c" * 900]
    lay(share, dan.register.org, comments(offices, "mallory", 1, files), files)
    before = stored(dan.register, "blob")

    report = FolderExchange(dan, share).run()

    assert stored(dan.register, "blob") - before == 2
    assert stored(dan.register, "stranger_file") == 2
    assert any("were left where they are" in message for message in in_words(report.notes))


@pytest.mark.attack(
    "files of a stranger that fill every register", refusal="left where they are, and passed on to nobody"
)
def test_files_of_a_stranger_are_passed_on_to_nobody(offices: Offices, share: Path, tmp_path: Path) -> None:
    dan = offices.installations["dan"]
    files = [b"a" * 400]
    lay(share, dan.register.org, comments(offices, "mallory", 1, files), files)
    FolderExchange(dan, share).run()
    stick = tmp_path / "stick"
    stick.mkdir()

    FolderExchange(dan, stick).run()
    exchanging.export_package(dan, offices.signer("dan"), tmp_path / "all.countersign")

    assert not list(stick.rglob(sha256(files[0])))
    # Entries of a package are not compressed.
    assert files[0] not in (tmp_path / "all.countersign").read_bytes()


@pytest.mark.attack(
    "files of a stranger that fill every register", refusal="left where they are, and passed on to nobody"
)
def test_one_strangers_files_give_way_to_those_of_another(offices: Offices) -> None:
    register = limited(offices.installations["dan"].register, file_bytes=1000)
    large, small = [b"a" * 450, b"b" * 500], [b"c" * 300]
    register.append(comments(offices, "mallory", 1, large))
    register.append((), {sha256(data): data for data in large})
    register.append(comments(offices, "zoe", 1, small))

    done = register.append((), {sha256(data): data for data in small})

    assert done.blobs == (sha256(small[0]),)
    assert done.left == (sha256(large[1]),)
    assert register.queries.blob(sha256(large[1])) is None


@pytest.mark.attack(
    "files of a stranger that fill every register", refusal="left where they are, and passed on to nobody"
)
def test_a_file_that_somebody_listed_names_too_is_kept_for_good(offices: Offices) -> None:
    register = limited(offices.installations["dan"].register, file_bytes=1000, waiting_acts=1)
    case = offices.file()
    offices.travel("ada", "bob")
    names = sorted(
        name for act in offices.installations["ada"].register.queries.acts(case) for name in KINDS.carried(act)
    )
    files = {name: data for name in names if (data := offices.installations["ada"].register.queries.blob(name))}
    body = {"attachments": [Attachment(name, len(data), "text/plain", "x").as_json() for name, data in files.items()]}
    key = person("mallory").key
    register.append([by_hand(key, "note-x", body, org=register.org, at=offices.clock(), case="a" * 64)])
    register.append((), files)

    offices.travel("ada", "dan")
    register.append(comments(offices, "zoe", 1))
    register.waiting_room.send_away()

    assert stored(register, "stranger_file") == 0
    assert all(register.queries.blob(name) == data for name, data in files.items())


@pytest.mark.attack(
    "files of a stranger that fill every register", refusal="left where they are, and passed on to nobody"
)
@pytest.mark.parametrize("file_bytes", [32 << 20, 100], ids=["room", "no room"])
def test_a_newcomer_in_one_package_works_out_in_the_end(offices: Offices, tmp_path: Path, file_bytes: int) -> None:
    """Acts of somebody listed by a roster in the same package, with their files: nothing has to be sent again."""
    case = offices.file()
    offices.travel("ada", "bob")
    exchanging.export_package(offices.installations["ada"], offices.signer("ada"), tmp_path / "all.countersign")
    offices.open("new")
    new = offices.installations["new"]
    limited(new.register, file_bytes=file_bytes, waiting_acts=3)
    new.register.join(offices.installations["ada"].register.org)

    exchanging.import_package(new, tmp_path / "all.countersign")

    assert new.register.queries.row(case) is not None
    assert new.register.receipts.wanted() == ()
    assert waiting(new.register) == set()
    assert stored(new.register, "stranger") == stored(new.register, "stranger_file") == 0
    assert new.register.rebuild(check=True).after == offices.installations["ada"].register.rebuild(check=True).after


@pytest.mark.attack(
    "files of a stranger that fill every register", refusal="left where they are, and passed on to nobody"
)
def test_only_what_came_from_a_stranger_can_ever_be_removed(offices: Offices) -> None:
    register = offices.installations["ada"].register
    offices.file()

    with register._database.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM act").scalar_one()
    assert register.waiting_room.send_away() == register.waiting_room.send_away(enrolments=True) == (0, 0)
    for table in ("act", "act_blob", "blob"):
        with pytest.raises(Exception, match="append-only"), register._database.write() as connection:
            connection.exec_driver_sql(f"DELETE FROM {table}")
    assert stored(register, "act") == count


@pytest.mark.attack(
    "five thousand tiny files of one stranger, to keep a newcomer's out",
    refusal="the key with most files gives way, by count as by bytes",
)
def test_many_tiny_files_give_way_to_a_newcomers(offices: Offices) -> None:
    register = limited(offices.installations["dan"].register, waiting_acts=20)
    tiny, honest = [b"%d" % number for number in range(20)], b"what the newcomer has to show"
    register.append(comments(offices, "mallory", 1, tiny))
    register.append((), {sha256(data): data for data in tiny})
    register.append(comments(offices, "zoe", 1, [honest]))

    done = register.append((), {sha256(honest): honest})
    again = register.append((), {sha256(data): data for data in tiny})

    assert done.blobs == (sha256(honest),)
    assert len(done.left) == 1
    assert again.left == done.left
    assert register.queries.blob(sha256(honest)) == honest


@pytest.mark.attack(
    "the file of a newcomer named by a stranger, to make it his to lose",
    refusal="a file stays as long as anybody who names it takes up little",
)
@pytest.mark.parametrize("first", [True, False], ids=["named first", "named later"])
@pytest.mark.parametrize("by", ["bytes", "count"])
def test_a_file_is_no_easier_to_lose_because_a_stranger_names_it_too(offices: Offices, first: bool, by: str) -> None:
    limits = {"file_bytes": 1000} if by == "bytes" else {"waiting_acts": 5}
    register = limited(offices.installations["dan"].register, **limits)
    honest = b"h" * 300
    flood = [bytes([number]) * (200 if by == "bytes" else 1) for number in range(6)]
    stranger, newcomer = by_fingerprint("zoe", "mallory")
    acts = [*comments(offices, newcomer, 1, [honest]), *comments(offices, stranger, 1, [honest, *flood])]
    register.append(acts if first else acts[:1])
    register.append((), {sha256(honest): honest})

    register.append(acts)
    done = register.append((), {sha256(data): data for data in flood})
    for name in ("yan", "xu"):
        own = name.encode() * 90
        register.append(comments(offices, name, 1, [own]))
        register.append((), {sha256(own): own})

    assert register.queries.blob(sha256(honest)) == honest
    assert len(done.left) == {"bytes": 3, "count": 2}[by]
    assert register.rebuild(check=True).identical


@pytest.mark.attack(
    "the file of a newcomer named by a stranger, to make it his to lose",
    refusal="a file stays as long as anybody who names it takes up little",
)
def test_the_largest_goes_first_though_a_stranger_names_a_small_one_too(offices: Offices) -> None:
    """His other files are kept by those who name them with him, so that he takes up more than the newcomer."""
    register = limited(offices.installations["dan"].register, file_bytes=1000)
    stranger, newcomer = by_fingerprint("zoe", "mallory")
    large, small, first, second, comes = b"l" * 300, b"s" * 100, b"1" * 350, b"2" * 200, b"c" * 100
    naming = {newcomer: [large, small], stranger: [small, first, second], "yan": [first], "xu": [second], "wu": [comes]}
    register.append([act for who, some in naming.items() for act in comments(offices, who, 1, some)])
    register.append((), {sha256(data): data for data in (large, small, first, second)})

    done = register.append((), {sha256(comes): comes})

    assert done.left == (sha256(large),)
    assert register.queries.blob(sha256(small)) == small


@pytest.mark.exhaustive
@pytest.mark.attack(
    "the file of a newcomer named by a stranger, to make it his to lose",
    refusal="a file stays as long as anybody who names it takes up little",
)
@pytest.mark.parametrize("seed", range(30))
def test_a_file_gives_way_only_to_one_who_takes_up_less_than_each_who_names_it(offices: Offices, seed: int) -> None:
    random_ = random.Random(seed)
    stranger, newcomer = by_fingerprint("zoe", "mallory")
    by_count = seed % 2 == 0
    register = limited(
        offices.installations["bob"].register, **({"waiting_acts": 12} if by_count else {"file_bytes": 1500})
    )
    files = [random_.randbytes(random_.randrange(1, 300)) for _ in range(30)]
    naming = {who: random_.sample(files, random_.randrange(1, 10)) for who in (newcomer, stranger, "yan", "xu")}
    naming[stranger] += naming[newcomer]
    register.append([act for who, some in naming.items() for act in comments(offices, who, 1, some)])
    register.append((), {sha256(data): data for data in files})

    for number in range(10):
        comes = random_.randbytes(random_.randrange(1, 400))
        register.append(comments(offices, "wu", 1, [comes], number=number + 1))
        before = [data for data in naming[newcomer] if register.queries.blob(sha256(data))]
        register.append((), {sha256(comes): comes})
        lost = [data for data in before if register.queries.blob(sha256(data)) is None]

        assert not lost or (len(before) > 1 if by_count else sum(map(len, before)) > len(comes))

"""Somebody wants a signer to believe that an act was sent or seen: by a key that is cut off, by what lies in the folder, by its files."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.canonical import sha256
from intake.domain.case.delivery import DeliveryState
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.exchange.folder.folder import FolderCarrier
from intake.services.exchanging import delivery, exchanging, folder_exchange
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.installation.installation import Installation
from intake.services.organisation import people
from intake.trust.acts import VerifiedAct, sign_act
from tests.people import person
from tests.services.offices import Offices


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


def state(installation: Installation, case: str) -> DeliveryState:
    return delivery.whereabouts(installation, case).state


def unsent(installation: Installation) -> list[str]:
    return [item.act for item in delivery.unsent_acts(installation)]


def cut_off(offices: Offices, name: str, *told: str) -> None:
    """Bob and Finn cut a key off at what is known now, and ``told`` learn of it."""
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    known = people.known_heads(bob)
    change = people.cut_off_key(bob, offices.signer("bob"), person(name).key.fingerprint, known)
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.travel("finn", *told)


def answer(installation: Installation, case: str, kind: str, body: dict[str, object], *names: str) -> VerifiedAct:
    """Somebody with Dan's key, who knows ids but not the acts they are of, answers these."""
    return sign_act(
        person("dan").key,
        org=installation.register.org,
        kind=kind,
        case=case,
        stream=secrets.token_hex(16),
        seq=1,
        prev="",
        after=names,
        roster=installation.rosters.in_force[0].id if kind != "endorse" else "",
        person="dan",
        at=installation.clock(),
        app="x",
        body=body,
    )


REMARK = {"text": "Seen.", "about": ""}


# --------------------------------------------------------------------------------------------------------- seen by a key
@pytest.mark.attack("a cut-off key answers an act that reached nobody", refusal="it stays signed, and is still counted")
def test_a_cut_off_key_proves_nothing(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "cleo", "bob")
    cleo = offices.installations["cleo"]
    cut_off(offices, "dan", "cleo")
    given = offices.decide("cleo", case, Position.DECLINE, reason="Stop it.").act.act.id

    made = answer(cleo, case, "comment", REMARK, given)
    exchanging.import_act(cleo, made.blob)

    assert cleo.state(case).event(made.act.id).judgement.force is Force.IGNORED
    assert (state(cleo, case), delivery.whereabouts(cleo, case).seen_by) == (DeliveryState.SIGNED, ())
    assert given in unsent(cleo)


@pytest.mark.attack(
    "a key answers an act that reached nobody, and is cut off later", refusal="what it proved is taken back"
)
@pytest.mark.parametrize("before", [DeliveryState.SIGNED, DeliveryState.SENT])
@pytest.mark.exhaustive
def test_what_a_key_proved_is_taken_back_when_it_is_cut_off(
    offices: Offices, share: Path, before: DeliveryState
) -> None:
    case = offices.file()
    offices.travel("ada", "cleo", "bob")
    cleo = offices.installations["cleo"]
    given = offices.decide("cleo", case, Position.DECLINE, reason="Stop it.").act.act.id
    exchanging.import_act(cleo, answer(cleo, case, "comment", REMARK, given).blob)
    assert (state(cleo, case), delivery.whereabouts(cleo, case).seen_by) == (DeliveryState.SEEN, ("Dan",))
    if before is DeliveryState.SENT:
        FolderExchange(cleo, share).run()

    cut_off(offices, "dan", "cleo")
    cleo.register.rejudge()

    assert state(cleo, case) is before
    assert (given in unsent(cleo)) is (before is DeliveryState.SIGNED)


@pytest.mark.attack(
    "a cut-off key answers an act of the organisation that reached nobody",
    refusal="it stays signed, and is still counted",
)
def test_a_cut_off_key_proves_nothing_of_the_organisation_either(offices: Offices) -> None:
    bob = offices.installations["bob"]
    cut_off(offices, "dan", "bob")
    change = people.cut_off_key(bob, offices.signer("bob"), person("ada").key.fingerprint, people.known_heads(bob))

    exchanging.import_act(bob, answer(bob, "", "endorse", {"roster": change.roster}).blob)
    assert change.roster in unsent(bob)
    assert state(bob, "") is DeliveryState.SIGNED

    offices.carry("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.carry("finn", "bob")
    assert change.roster not in unsent(bob)
    assert delivery.whereabouts(bob, "").seen_by == ("Finn",)


def test_what_others_saw_is_worked_out_from_the_acts_alone(offices: Offices) -> None:
    case = offices.file()
    offices.carry("ada", "dan")
    offices.decide("dan", case)
    offices.carry("dan", "ada")
    ada = offices.installations["ada"]
    before = unsent(ada)
    assert state(ada, case) is DeliveryState.SEEN

    with ada.register._database.write() as connection:
        connection.exec_driver_sql("UPDATE own_act SET seen = 1 - seen")
    ada.register.rebuild()

    assert (state(ada, case), unsent(ada)) == (DeliveryState.SEEN, before)


# ------------------------------------------------------------------------------------------------- what lies in the folder
def _junk(file: Path) -> None:
    file.write_bytes(b"x" * file.stat().st_size)


def _placeholder(file: Path) -> None:
    file.unlink()
    (file.parent / f".{file.name}.icloud").write_bytes(b"")


def _sparse(file: Path) -> None:
    size = file.stat().st_size
    file.unlink()
    with file.open("wb") as made:
        made.truncate(size)


@pytest.mark.attack("a sent stop is replaced by junk of its size", refusal="it goes out again")
@pytest.mark.attack("a sent stop is replaced by a placeholder of a cloud", refusal="it goes out again")
@pytest.mark.attack("a sent stop is replaced by an empty file of its size", refusal="it goes out again")
@pytest.mark.parametrize("how", [_junk, _placeholder, _sparse, Path.unlink])
def test_a_stop_that_somebody_took_out_of_the_folder_goes_out_again(
    offices: Offices, share: Path, how: Callable[[Path], None]
) -> None:
    case = offices.file()
    offices.travel("ada", "cleo", "dan")
    given = offices.decide("cleo", case, Position.DECLINE, reason="Stop it.").act
    FolderExchange(offices.installations["cleo"], share).run()
    (file,) = share.rglob(f"{given.blob_id}*")
    how(file)

    offices.open("cleo")
    cleo, dan = offices.installations["cleo"], offices.installations["dan"]
    report = FolderExchange(cleo, share).run()

    assert report.sent == 1
    assert state(cleo, case) is DeliveryState.SENT
    FolderExchange(dan, share).run()
    assert dan.state(case).phase is Phase.DECLINED


@pytest.mark.attack("the file of a sent act is replaced by junk of its size", refusal="it goes out again")
def test_the_record_of_an_approval_goes_out_again_too(offices: Offices, share: Path) -> None:
    case = offices.file()
    offices.travel("ada", "cleo", "dan")
    given = offices.decide("cleo", case).act
    FolderExchange(offices.installations["cleo"], share).run()
    record = given.act.body["record"]["sha256"]
    (file,) = share.rglob(f"{record}*")
    _junk(file)

    offices.open("cleo")
    FolderExchange(offices.installations["cleo"], share).run()
    dan = offices.installations["dan"]
    FolderExchange(dan, share).run()

    assert dan.state(case).event(given.act.id).judgement.force is Force.COUNTS


def test_what_the_folder_has_lost_is_not_sent_until_it_is_there(offices: Offices, share: Path) -> None:
    case = offices.file()
    offices.travel("ada", "cleo", "dan")
    given = offices.decide("cleo", case, Position.DECLINE, reason="Stop it.").act
    FolderExchange(offices.installations["cleo"], share).run()
    (file,) = share.rglob(f"{given.blob_id}*")
    _junk(file)
    for copy in range(1, 10):
        (file.parent / f"{given.blob_id}.copy-{copy}.p7m").write_bytes(file.read_bytes())

    offices.open("cleo")
    cleo = offices.installations["cleo"]
    report = FolderExchange(cleo, share).run()

    assert [problem.refusal.code for problem in report.problems] == ["InTheWay"]
    assert state(cleo, case) is DeliveryState.SIGNED
    assert unsent(cleo) == [given.act.id]


def test_of_what_others_have_answered_a_few_are_read_back(
    offices: Offices, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = offices.file()
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    FolderExchange(ada, share).run()
    FolderExchange(dan, share).run()
    given = offices.decide("dan", case).act
    FolderExchange(dan, share).run()
    FolderExchange(ada, share).run()
    asked: list[str] = []
    lost = FolderCarrier.lost

    def counted(carrier, entries, **more):
        read = list(entries)
        asked.extend(entry.id for entry in read)
        return lost(carrier, read, **more)

    monkeypatch.setattr(FolderCarrier, "lost", counted)
    monkeypatch.setattr(folder_exchange, "_SAMPLED", 2)
    FolderExchange(ada, share).run()
    assert len(asked) == 2
    asked.clear()
    monkeypatch.setattr(folder_exchange, "_SAMPLED", 0)
    FolderExchange(dan, share).run()

    assert asked == [given.blob_id, given.act.body["record"]["sha256"]]


# --------------------------------------------------------------------------------------------- an act without its files
@pytest.mark.attack(
    "the act is let through, and the file it cannot count without is kept out", refusal="it stays signed: one is left"
)
def test_an_act_has_not_left_while_a_file_it_carries_has_not(offices: Offices, share: Path) -> None:
    case = offices.file()
    offices.travel("ada", "cleo", "dan")
    cleo, dan = offices.installations["cleo"], offices.installations["dan"]
    FolderExchange(cleo, share).run()
    top = share / cleo.register.org / "blob"
    blocked = [top / f"{number:02x}" for number in range(256)]
    for file in blocked:
        # Also where another file lies: nobody knows the digest of the record before it is signed.
        if file.exists():
            file.rename(file.with_name(f"moved {file.name}"))
        file.write_bytes(b"")

    given = offices.decide("cleo", case).act
    exchange = FolderExchange(cleo, share)
    report = exchange.run()

    assert list(share.rglob(f"{given.blob_id}*")), "the act itself is there"
    assert "InTheWay" in [problem.refusal.code for problem in report.problems]
    assert state(cleo, case) is DeliveryState.SIGNED
    assert unsent(cleo) == [given.act.id]
    FolderExchange(dan, share).run()
    assert dan.state(case).event(given.act.id).judgement.force is Force.WAITS

    for file in blocked:
        file.unlink()
    exchange.run()
    assert (state(cleo, case), unsent(cleo)) == (DeliveryState.SENT, [])
    assert delivery.whereabouts(cleo, case).place == str(share)


def test_an_act_in_one_folder_and_its_file_in_another_have_not_left(
    offices: Offices, share: Path, tmp_path: Path
) -> None:
    case = offices.file()
    offices.travel("ada", "cleo")
    cleo = offices.installations["cleo"]
    given = offices.decide("cleo", case).act
    stick = tmp_path / "stick"
    stick.mkdir()
    FolderExchange(cleo, share).run()
    FolderExchange(cleo, stick).run()
    record = given.act.body["record"]["sha256"]
    org = cleo.register.org

    cleo.register.receipts.keep_only(f"{share}/{org}", lambda _, item: item != record)
    assert state(cleo, case) is DeliveryState.SENT, "the stick has both"
    assert delivery.whereabouts(cleo, case).place == str(stick)
    cleo.register.receipts.keep_only(f"{stick}/{org}", lambda _, item: item != given.blob_id)

    assert state(cleo, case) is DeliveryState.SIGNED
    assert given.act.id in unsent(cleo)


@pytest.mark.attack("files that everybody has are overwritten in the folder", refusal="good copies are put beside them")
def test_what_others_have_as_well_is_read_back_a_few_at_a_time(
    offices: Offices, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has everything reads nothing of it again, and only a newcomer would notice."""
    case = offices.file()
    offices.travel("ada", "dan", "cleo")
    offices.decide("dan", case)
    for name in ("ada", "dan", "cleo", "ada"):
        FolderExchange(offices.installations[name], share).run()
    files = [path for path in share.rglob("*") if path.is_file()]
    for path in files:
        _junk(path)
    monkeypatch.setattr(folder_exchange, "_SAMPLED", 3)

    for _ in range(40):
        FolderExchange(offices.installations["ada"], share).run()
    FolderExchange(offices.installations["finn"], share).run()

    promised = {path.name[:64] for path in files}
    good = {
        path.name[:64] for path in share.rglob("*") if path.is_file() and sha256(path.read_bytes()) == path.name[:64]
    }
    assert good == promised
    assert offices.installations["finn"].state(case).phase is Phase.COUNTERSIGN

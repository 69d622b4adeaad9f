"""Where the acts are that were signed here, in real registers: signed, sent through a folder or in a package, seen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from intake.domain.case.delivery import DeliveryState
from intake.exchange.package.refusals import TargetFolderMissing
from intake.exchange.refusals import FolderMissing
from intake.register.refusals import HomeReadOnly
from intake.register.store import own_acts
from intake.register.store.receipts import ItemKind
from intake.register.store.statements import Statement
from intake.services.exchanging import delivery, exchanging
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.installation.installation import Installation
from tests.services.offices import Offices


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


def waiting(installation: Installation) -> list[str]:
    """The use cases with acts that have not left; empty text for the organisation."""
    return [item.case for item in delivery.unsent_acts(installation)]


def state(installation: Installation, case: str) -> DeliveryState:
    return delivery.whereabouts(installation, case).state


def test_an_act_is_signed_then_sent_then_seen(offices: Offices, share: Path) -> None:
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    case = offices.file()
    assert state(ada, case) is DeliveryState.SIGNED
    assert case in waiting(ada)

    FolderExchange(ada, share).run()
    where = delivery.whereabouts(ada, case)
    assert (where.state, where.place, where.package) == (DeliveryState.SENT, str(share), "")
    assert where.sent is not None
    assert delivery.unsent(ada).count == 0

    FolderExchange(dan, share).run()
    assert delivery.unsent(dan).count == 0, "what came from others is not mine to send"
    offices.decide("dan", case)
    assert delivery.unsent(dan).count == 1
    FolderExchange(dan, share).run()
    FolderExchange(ada, share).run()

    assert state(ada, case) is DeliveryState.SEEN
    assert delivery.whereabouts(ada, case).seen_by == (ada.rosters.name("dan"),)


def test_what_somebody_else_answered_has_left_however_it_did(offices: Offices, share: Path) -> None:
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    case = offices.file()
    offices.carry("ada", "dan")
    offices.decide("dan", case)
    FolderExchange(dan, share).run()
    package = share / "answer.countersign"
    exchanging.export_package(dan, offices.signer("dan"), package, cases=[case])

    exchanging.import_package(ada, package)

    assert waiting(ada) == [], "the enrolment neither: her key is listed"
    assert state(ada, case) is DeliveryState.SEEN


def test_a_package_is_a_way_out_too_and_is_named(offices: Offices, tmp_path: Path) -> None:
    ada = offices.installations["ada"]
    case, other = offices.file(), offices.file()
    package = tmp_path / "case.countersign"

    exchanging.export_package(ada, offices.signer("ada"), package, cases=[case])

    where = delivery.whereabouts(ada, case)
    assert (where.state, where.package, where.place) == (DeliveryState.SENT, "case.countersign", "")
    assert state(ada, other) is DeliveryState.SIGNED
    assert other in waiting(ada)
    assert case not in waiting(ada)


def test_a_package_that_was_not_written_sends_nothing(offices: Offices, tmp_path: Path) -> None:
    ada = offices.installations["ada"]
    case = offices.file()

    with pytest.raises(TargetFolderMissing):
        exchanging.export_package(ada, offices.signer("ada"), tmp_path / "no folder" / "case.countersign")

    assert state(ada, case) is DeliveryState.SIGNED


def test_a_package_from_a_home_that_cannot_be_written_is_there_all_the_same(offices: Offices, tmp_path: Path) -> None:
    ada = offices.installations["ada"]
    case = offices.file()
    package = tmp_path / "case.countersign"
    ada.register._database.closed = HomeReadOnly(path=ada.register.path, detail="read only")

    exchanging.export_package(ada, offices.signer("ada"), package, cases=[case])

    assert package.exists()
    assert state(ada, case) is DeliveryState.SIGNED


def test_a_missing_folder_keeps_the_act_here_and_it_goes_later(offices: Offices, share: Path) -> None:
    ada = offices.installations["ada"]
    case = offices.file()
    exchange = FolderExchange(ada, share)
    share.rmdir()

    with pytest.raises(FolderMissing):
        exchange.run()
    assert state(ada, case) is DeliveryState.SIGNED

    share.mkdir()
    exchange.run()
    assert state(ada, case) is DeliveryState.SENT


def test_what_a_folder_has_lost_has_not_left_any_more(offices: Offices, share: Path) -> None:
    ada = offices.installations["ada"]
    case = offices.file()
    FolderExchange(ada, share).run()
    shutil.rmtree(share)
    share.mkdir()

    ada.register.receipts.keep_only(f"{share}/{ada.register.org}", lambda kind, item: False)
    assert state(ada, case) is DeliveryState.SIGNED
    assert case in waiting(ada)

    FolderExchange(ada, share).run()
    assert state(ada, case) is DeliveryState.SENT


def test_what_one_folder_has_lost_and_another_has_is_still_sent(offices: Offices, share: Path, tmp_path: Path) -> None:
    ada = offices.installations["ada"]
    case = offices.file()
    stick = tmp_path / "stick"
    stick.mkdir()
    FolderExchange(ada, share).run()
    FolderExchange(ada, stick).run()

    ada.register.receipts.keep_only(f"{stick}/{ada.register.org}", lambda kind, item: False)

    assert delivery.whereabouts(ada, case).place == str(share)
    assert delivery.unsent(ada).count == 0


@pytest.mark.attack(
    "a file of the name and size of an act lies in the folder already", refusal="a good copy is put beside it"
)
def test_only_what_was_read_there_is_said_to_be_sent(offices: Offices, share: Path) -> None:
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    case = offices.file()
    folder = share / ada.register.org
    mine = ada.register.own_acts.unsent_files()
    for item in ada.register.receipts.outgoing("x"):
        if item.id in mine:
            acts = item.kind is ItemKind.ACT
            planted = folder / ("ev" if acts else "blob") / item.id[:2] / (f"{item.id}.p7m" if acts else item.id)
            planted.parent.mkdir(parents=True, exist_ok=True)
            planted.write_bytes(b"x" * len(item.data))

    FolderExchange(ada, share).run()

    assert state(ada, case) is DeliveryState.SENT
    FolderExchange(dan, share).run()
    assert dan.state(case).case == case


def test_a_second_machine_of_mine_is_nobody_else(offices: Offices, share: Path) -> None:
    ada = offices.installations["ada"]
    case = offices.file()
    offices.open("ada")
    ada = offices.installations["ada"]

    FolderExchange(ada, share).run()

    assert delivery.whereabouts(ada, case).seen_by == ()


@pytest.mark.exhaustive
def test_what_was_signed_before_the_organisation_travels_counts_too(tmp_path: Path) -> None:
    made = Offices(tmp_path / "alone")
    made.open("bob", "finn", "ada", "cleo", "dan")
    made.found()

    bob = made.installations["bob"]
    assert {item.case for item in delivery.unsent_acts(bob)} <= {""}
    assert state(bob, "") is delivery.whereabouts(bob, "").state
    made.close()


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        (own_acts._COUNT, "SCAN own_act USING INDEX own_act_unsent"),
        (own_acts._SEND, "SCAN own_act USING INDEX own_act_unsent"),
        (own_acts._OWN_IDS, "SEARCH act USING INDEX act_by_case (case_id=?)"),
        (own_acts._OWN_ACTS, "SCAN own_act"),
        (own_acts._OF_ORGANISATION, "SCAN own_act"),
    ],
)
def test_counting_reads_only_what_has_not_left_and_asking_only_what_was_signed_here(
    offices: Offices, statement: Statement, first: str
) -> None:
    text = statement.text()
    with offices.installations["ada"].register._database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", (None,) * text.count("?")).all()

    steps = [str(row[-1]) for row in plan]
    assert steps[0] == first
    assert not any(step.startswith(("SCAN act", "SCAN receipt")) or step.endswith("(carrier=?)") for step in steps)


def test_who_answers_nobody_of_the_organisation_reads_nothing_of_others(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = offices.installations["ada"]
    monkeypatch.setattr(ada.register.queries, "roster_input", None)

    where = delivery.whereabouts(ada, "")

    assert (where.state, where.seen_by) == (DeliveryState.SEEN, ()), "her enrolment: the roster lists her key"

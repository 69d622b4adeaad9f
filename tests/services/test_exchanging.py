"""Acts between registers: through a shared folder and through packages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from intake.exchange.package.refusals import OtherOrganisation
from intake.exchange.refusals import FolderMissing
from intake.register.store.receipts import ItemKind
from intake.services.exchanging import choosing, exchanging
from intake.services.exchanging.folder_exchange import FolderExchange
from tests.languages import in_words
from tests.services.offices import Offices


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


def test_what_one_sends_the_other_fetches_with_its_files(offices: Offices, share: Path) -> None:
    case = offices.file()

    FolderExchange(offices.installations["ada"], share).run()
    report = FolderExchange(offices.installations["dan"], share).run()

    assert (report.new, report.refused, report.waiting) == (1, 0, 0)
    assert offices.installations["dan"].state(case).case == case


def test_sending_again_sends_nothing(offices: Offices, share: Path) -> None:
    offices.file()
    exchange = FolderExchange(offices.installations["ada"], share)
    first = exchange.run()

    again = exchange.run()

    assert first.sent > 0
    assert (again.sent, again.new) == (0, 0)


def test_what_a_restored_share_lost_goes_out_again_at_the_next_start(offices: Offices, share: Path) -> None:
    case = offices.file()
    FolderExchange(offices.installations["ada"], share).run()
    shutil.rmtree(share)
    share.mkdir()

    FolderExchange(offices.installations["ada"], share).run()
    FolderExchange(offices.installations["dan"], share).run()

    assert offices.installations["dan"].state(case).case == case


def test_a_missing_folder_is_said_and_nothing_is_lost(offices: Offices, share: Path) -> None:
    offices.file()
    share.rmdir()

    with pytest.raises(FolderMissing):
        FolderExchange(offices.installations["ada"], share).run()

    share.mkdir()
    assert FolderExchange(offices.installations["ada"], share).run().sent > 0


def test_only_real_folders_are_offered_for_joining(offices: Offices, share: Path, tmp_path: Path) -> None:
    FolderExchange(offices.installations["ada"], share).run()
    (share / ("a" * 64)).symlink_to(tmp_path)

    assert choosing.organisations_at(share) == (offices.installations["ada"].register.org,)


def test_a_damaged_act_lands_in_quarantine_with_its_reason(offices: Offices, share: Path) -> None:
    offices.file()
    FolderExchange(offices.installations["ada"], share).run()
    register = offices.installations["dan"].register
    victim = next(path for path in share.rglob("*.p7m") if not register.receipts.known(ItemKind.ACT, path.stem))
    victim.write_bytes(victim.read_bytes()[:-1])

    report = FolderExchange(offices.installations["dan"], share).run()

    assert (report.new, len(report.problems)) == (0, 1)
    assert [item.reason.code for item in register.quarantine.items()] == ["WrongHash"]


def test_a_package_carries_one_case_to_somebody_without_a_network(offices: Offices, tmp_path: Path) -> None:
    case = offices.file()
    other = offices.file()
    package = tmp_path / "case.countersign"

    exchanging.export_package(offices.installations["ada"], offices.signer("ada"), package, cases=[case])
    report = exchanging.import_package(offices.installations["dan"], package)

    assert report.new == 1
    assert offices.installations["dan"].register.queries.row(case) is not None
    assert offices.installations["dan"].register.queries.row(other) is None


def test_a_package_tells_what_the_sender_has_beside_it(offices: Offices, tmp_path: Path) -> None:
    offices.file()
    package = tmp_path / "all.countersign"
    exchanging.export_package(offices.installations["ada"], offices.signer("ada"), package)

    report = exchanging.import_package(offices.installations["dan"], package)

    assert report.missing.acts == 0
    assert in_words(report.notes) == ()


@pytest.mark.exhaustive
def test_a_package_of_another_organisation_is_refused(offices: Offices, tmp_path: Path) -> None:
    rivals = Offices(tmp_path / "rivals")
    rivals.open("ada", "bob", "cleo", "dan", "finn")
    rivals.found()
    package = tmp_path / "rival.countersign"
    exchanging.export_package(rivals.installations["bob"], rivals.signer("bob"), package)
    rivals.close()

    with pytest.raises(OtherOrganisation):
        exchanging.import_package(offices.installations["dan"], package)

"""What sealed files prove is read once, remembered in the transaction that brings them, and never believed of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.domain.case.seals import RecordFile
from intake.register.store import record_files
from intake.register.views.projector import DomainProjector
from tests.domain.world import believed, organisation, record_file
from tests.register.helpers import open_register, pack, take


class Reader:
    """Counts how often a file is read."""

    def __init__(self) -> None:
        self.read: list[bytes] = []

    def __call__(self, data: bytes) -> RecordFile:
        self.read.append(data)
        return record_file(data)


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_a_sealed_file_is_read_once_however_often_its_case_is_folded(tmp_path: Path, reader: Reader) -> None:
    site = organisation()
    case = site.revision().id
    ciso, cio = site.ciso(case), site.cio(case)
    seal = site.seal("cleo", case, ciso, cio)
    register = open_register(tmp_path, projector=DomainProjector(lambda _: None, reader, lambda _: believed))
    take(register, site)
    register.append([pack(site.comment("ada", case))])
    digest = str(seal.body["record"]["sha256"])  # type: ignore[call-overload, index]

    assert reader.read == [site.blobs[digest]]
    assert register.queries.record_file(digest) == record_file(site.blobs[digest])
    assert register.rebuild(check=True).identical


def test_another_way_of_reading_reads_again(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    site = organisation()
    case = site.revision().id
    site.seal("cleo", case, site.ciso(case), site.cio(case))
    register = open_register(tmp_path, projector=DomainProjector(lambda _: None, reader, lambda _: believed))
    take(register, site)

    monkeypatch.setattr(record_files, "READING", record_files.READING + 1)
    register.rebuild()

    assert len(reader.read) == 2


def test_a_file_that_comes_after_its_seal_is_read_when_it_comes(tmp_path: Path, reader: Reader) -> None:
    site = organisation()
    case = site.revision().id
    seal = site.seal("cleo", case, site.ciso(case), site.cio(case))
    digest = str(seal.body["record"]["sha256"])  # type: ignore[call-overload, index]
    later = {digest: site.blobs.pop(digest)}
    register = open_register(tmp_path, projector=DomainProjector(lambda _: None, reader, lambda _: believed))
    take(register, site)
    assert register.queries.row(case).turn == ("cio",) or register.queries.row(case).turn == ("ciso",)  # type: ignore[union-attr]

    register.append((), later)

    assert later[digest] in reader.read
    assert register.queries.row(case).turn == ()  # type: ignore[union-attr]


@pytest.mark.attack(
    "what was remembered of a record file changed in the database", refusal="rebuild --check reports it"
)
@pytest.mark.parametrize("keys", ["", "ab" * 32])
def test_a_check_reads_the_files_again_and_does_not_believe_what_was_remembered(
    tmp_path: Path, reader: Reader, keys: str
) -> None:
    site = organisation()
    case = site.revision().id
    seal = site.seal("cleo", case, site.ciso(case), site.cio(case))
    digest = str(seal.body["record"]["sha256"])  # type: ignore[call-overload, index]
    register = open_register(tmp_path, projector=DomainProjector(lambda _: None, reader, lambda _: believed))
    take(register, site)
    with register._database.write() as connection:
        connection.exec_driver_sql("UPDATE record_file SET keys = ?", (keys,))

    checked = register.rebuild(check=True)

    assert (checked.identical, checked.files) == (False, (digest,))
    assert register.queries.record_file(digest) != record_file(site.blobs[digest])
    register.rebuild()
    assert register.queries.record_file(digest) == record_file(site.blobs[digest])
    assert register.rebuild(check=True).identical

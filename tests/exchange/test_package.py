"""Packages as people use them: written, carried, read; cancelled, replaced, and on a disk that gives trouble."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.exchange.disk import Disk
from intake.exchange.entries import Entry, EntryKind, Head
from intake.exchange.package.manifest import Manifest, decode, encode, stream_name
from intake.exchange.package.package import read_package, save_package
from intake.exchange.package.refusals import BadManifest, TargetExists, TargetFolderMissing, TargetFull, TargetTrouble
from intake.exchange.package.signing import signer_of, signing_with
from intake.exchange.refusals import ExchangeCancelled, WrongHash
from intake.trust.keys import SigningKey, create_key, open_keys
from intake.trust.refusals import SignatureRefused
from tests.exchange import zips
from tests.exchange.helpers import ORG, act, some
from tests.exchange.zips import AT, HEADS, write_package


def written(*entries: Entry, **more) -> bytes:
    facts: dict[str, Any] = {"org": ORG, "heads": HEADS, "made_at": AT, "sign": zips.sign} | more
    return write_package(entries or some(), **facts)


def saved(target: Path, entries=(), **more) -> None:
    by_key = {(entry.kind, entry.id): entry.data for entry in entries or some()}
    facts: dict[str, Any] = {"org": ORG, "heads": HEADS, "made_at": AT, "sign": zips.sign} | more
    save_package(target, list(by_key), lambda kind, entry_id: by_key[kind, entry_id], **facts)


def unpacked(source: bytes | Path) -> set:
    return set(read_package(source, verify=zips.verify).entries())


def test_what_is_written_is_read():
    package = read_package(written(), verify=zips.verify)

    fetch = package.entries()
    found = list(fetch)

    assert set(found) == set(some())
    assert [one.kind for one in found if isinstance(one, Entry)] == [EntryKind.ACT] * 3 + [EntryKind.BLOB] * 2
    assert package.manifest == Manifest(ORG, HEADS, 3, 2, AT)
    assert package.signer == "f" * 64
    assert (fetch.report.listed, fetch.report.taken, fetch.report.problems) == (5, 5, 0)


@given(st.dictionaries(st.sampled_from((EntryKind.ACT, EntryKind.BLOB)), st.sets(st.binary(max_size=50), max_size=6)))
def test_any_entries_survive_the_way(contents):
    entries = [Entry.of(kind, data) for kind, pieces in contents.items() for data in pieces]

    package = write_package(entries, org=ORG, heads={}, made_at=AT, sign=zips.sign)

    assert unpacked(package) == set(entries)


def test_the_same_contents_give_the_same_bytes_in_any_order():
    assert written(*some()) == written(*reversed(some())) == written(*some(), *some())


def test_other_programs_can_open_it():
    with zipfile.ZipFile(io.BytesIO(written())) as seen:
        assert seen.testzip() is None
        assert seen.namelist()[:2] == ["manifest.json", "manifest.p7m"]
        assert seen.read(act(1).path) == act(1).data


def test_known_entries_are_not_unpacked():
    fetch = read_package(written(), verify=zips.verify).entries(lambda kind, entry_id: entry_id != act(1).id)

    assert list(fetch) == [act(1)]
    assert (fetch.report.known, fetch.report.read) == (4, 1)


def test_an_empty_package_is_a_package():
    package = read_package(write_package([], org="", heads={}, made_at=AT, sign=zips.sign), verify=zips.verify)

    assert list(package.entries()) == []
    assert package.manifest.org == ""


def test_cancelling_the_reading_keeps_what_was_read():
    asked = iter([False, True])

    fetch = read_package(written(), verify=zips.verify).entries(cancelled=lambda: next(asked))

    assert len(list(fetch)) == 1
    assert fetch.report.cancelled


def test_a_file_is_the_same_as_the_bytes(tmp_path):
    saved(tmp_path / "p.countersign")

    assert (tmp_path / "p.countersign").read_bytes() == written()
    assert unpacked(tmp_path / "p.countersign") == set(some())
    assert [path.name for path in tmp_path.iterdir()] == ["p.countersign"]


def test_a_file_that_is_there_is_replaced_only_when_told(tmp_path):
    target = tmp_path / "p.countersign"
    target.write_bytes(b"precious")

    with pytest.raises(TargetExists):
        saved(target)
    assert target.read_bytes() == b"precious"
    saved(target, replace=True)

    assert unpacked(target) == set(some())


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path):
    target = tmp_path / "p.countersign"

    def somebody_else(manifest: bytes) -> bytes:
        target.write_bytes(b"precious")
        return zips.sign(manifest)

    with pytest.raises(TargetExists):
        saved(target, sign=somebody_else)

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"precious"]


def test_a_folder_is_never_replaced(tmp_path):
    (tmp_path / "p.countersign").mkdir()

    with pytest.raises(TargetExists):
        saved(tmp_path / "p.countersign", replace=True)


def test_cancelling_the_writing_leaves_nothing(tmp_path):
    asked = iter([False, False, True])

    with pytest.raises(ExchangeCancelled) as refused:
        saved(tmp_path / "p.countersign", cancelled=lambda: next(asked))

    assert refused.value.facts["done"] == 2
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(TargetFolderMissing):
        saved(tmp_path / "gone" / "p.countersign")


def test_a_full_disk_leaves_nothing_and_keeps_the_old_file(tmp_path):
    class Full(Disk):
        """What the kernel says when there is no room: it writes to the device that is always full."""

        def write(self, handle: int, data: bytes) -> None:
            with Path("/dev/full").open("wb", buffering=0) as full:
                full.write(data)

    target = tmp_path / "p.countersign"
    saved(target)
    before = target.read_bytes()

    with pytest.raises(TargetFull):
        saved(target, [act(1)], replace=True, disk=Full())

    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_an_unknown_error_keeps_the_words_of_the_system(tmp_path):
    class Strange(Disk):
        def sync(self, handle: int) -> None:
            raise OSError(71, "Protocol error")

    with pytest.raises(TargetTrouble) as refused:
        saved(tmp_path / "p.countersign", disk=Strange())

    assert type(refused.value) is TargetTrouble
    assert "Protocol error" in refused.value.what_happened


def test_an_entry_damaged_at_home_is_not_exported():
    with pytest.raises(WrongHash):
        written(Entry(EntryKind.ACT, act(1).id, b"damaged"))


def test_progress_counts_to_the_end():
    seen = []

    written(progress=lambda done, total, text: seen.append((done, total, text)))

    assert seen == [(0, 5, "Packing"), (5, 5, "Packing")]


@pytest.mark.slow("66,000 entries")
@pytest.mark.exhaustive
def test_more_entries_than_a_plain_end_record_counts(tmp_path):
    target = tmp_path / "p.countersign"
    contents = {(one.kind, one.id): one.data for one in (act(number) for number in range(66_000))}

    save_package(
        target, contents, lambda kind, entry_id: contents[kind, entry_id],
        org=ORG, heads={}, made_at=AT, sign=zips.sign,
    )  # fmt: skip

    fetch = read_package(target, verify=zips.verify).entries()
    assert sum(isinstance(one, Entry) for one in fetch) == 66_000
    with zipfile.ZipFile(target) as seen:
        assert len(seen.namelist()) == 66_002


class TestManifestSignature:
    AT = datetime(2026, 11, 22, tzinfo=UTC)

    def key(self, name: str) -> SigningKey:
        return open_keys(
            create_key(name, "a long enough passphrase", at=self.AT, rounds=1000), "a long enough passphrase"
        ).signing

    def test_the_reader_learns_who_signed(self):
        key = self.key("Ada")

        package = read_package(written(sign=signing_with(key)), verify=signer_of)

        assert package.signer == key.fingerprint

    def test_a_signature_over_another_list_is_refused(self):
        key = self.key("Ada")
        other = signing_with(key)(b"another list")

        with pytest.raises(SignatureRefused):
            read_package(written(sign=lambda manifest: other), verify=signer_of)


class TestManifest:
    def test_heads_may_be_many(self):
        heads = {stream_name("a" * 64, "b" * 32, f"{case:064x}"): Head(1, "c" * 64) for case in range(10_000)}
        manifest = Manifest(ORG, heads, 10_000, 0, AT)

        assert decode(encode(manifest)) == manifest

    @pytest.mark.parametrize(
        "wrong",
        [
            Manifest("not an id", {}, 0, 0, AT),
            Manifest(ORG, {"stream": Head(1, "c" * 64)}, 0, 0, AT),
            Manifest(ORG, {next(iter(HEADS)): Head(0, "c" * 64)}, 0, 0, AT),
            Manifest(ORG, {next(iter(HEADS)): Head(1, "c")}, 0, 0, AT),
            Manifest(ORG, {next(iter(HEADS)): Head(True, "c" * 64)}, 0, 0, AT),
            Manifest(ORG, {}, -1, 0, AT),
            Manifest(ORG, {}, 0, 1 << 60, AT),
        ],
    )
    def test_a_wrong_one_is_refused_when_written(self, wrong):
        with pytest.raises(BadManifest):
            encode(wrong)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b'"made_at":"2026-11-22T09:30:00Z"', b'"made_at":"yesterday"'),
            (b'"made_at"', b'"made_on"'),
            (b'{"act":3,"blob":2}', b'{"act":3}'),
            (b'{"act":3,"blob":2}', b"[3,2]"),
            (b"package/1", b"package/2"),
            (b'"act":3', b'"act":3.0'),
        ],
    )
    def test_a_wrong_one_is_refused_when_read(self, old, new):
        encoded = encode(Manifest(ORG, HEADS, 3, 2, AT))

        with pytest.raises(BadManifest):
            decode(encoded.replace(old, new))

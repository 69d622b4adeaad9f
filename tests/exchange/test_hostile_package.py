"""Hostile and broken package files: each is refused by its exact name, before anything of it is used."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile
from datetime import UTC, datetime

import pytest

from intake.exchange.entries import Head
from intake.exchange.package import manifest, package
from intake.exchange.package import refusals as refused
from intake.exchange.package.archive import ArchiveLimits
from intake.exchange.package.package import read_package
from intake.exchange.refusals import EntryTooLarge, WrongHash
from tests.exchange import zips
from tests.exchange.helpers import ORG, act, blob
from tests.exchange.zips import deflated, join, of, right, stored

ID = act(7).id
PATH = act(7).path

HOSTILE_NAMES = [
    ("../../.bashrc", refused.PathTraversal),
    (f"ev/../{PATH}", refused.PathTraversal),
    (f"./{PATH}", refused.PathTraversal),
    (f"/{PATH}", refused.AbsolutePath),
    ("//server/share/x", refused.AbsolutePath),
    ("C:/Windows/x", refused.DriveLetter),
    ("C:x", refused.DriveLetter),
    ("..\\..\\x", refused.BackslashName),
    ("\\\\server\\share\\x", refused.BackslashName),
    (f"ev\\{ID[:2]}\\{ID}.p7m", refused.BackslashName),
    ("CON", refused.DeviceName),
    ("ev/NUL", refused.DeviceName),
    ("ev/nul.p7m", refused.DeviceName),
    ("blob/Com1.txt", refused.DeviceName),
    ("ev/x:ads", refused.AlternateStream),
    (f"{PATH}:hidden", refused.AlternateStream),
    (f"{PATH}::$DATA", refused.AlternateStream),
    (f"{PATH}\0.txt", refused.UnsafeName),
    (f"{PATH}\n", refused.UnsafeName),
    (f"{PATH}.", refused.UnsafeName),
    (f"{PATH} ", refused.UnsafeName),
    (f"ev//{ID}.p7m", refused.UnsafeName),
    ("", refused.UnsafeName),
    ("ev/", refused.DirectoryEntry),
    (PATH.upper(), refused.CaseTwin),
    ("Manifest.json", refused.CaseTwin),
    (f"EV/{ID[:2]}/{ID}.p7m", refused.CaseTwin),
    (f"ev/{ID[:2]}/{ID}.p\uff17m", refused.UnicodeTwin),
    (f"\u0435v/{ID[:2]}/{ID}.p7m", refused.UnicodeTwin),
    ("manifest\u202enosj.", refused.UnicodeTwin),
    (b"\xff\xfe", refused.UnicodeTwin),
    ("inner.countersign", refused.NestedPackage),
    ("inner.zip", refused.NestedPackage),
    ("readme.txt", refused.UnknownEntry),
    (f"ev/00/{ID}.p7m", refused.UnknownEntry),
    (f"ev/{ID[:2]}/{ID}", refused.UnknownEntry),
    (f"blob/{ID[:2]}/{ID}.p7m", refused.UnknownEntry),
    (f"ev/{ID[:2]}/{ID[:63]}.p7m", refused.UnknownEntry),
]


def reading(data: bytes, **more) -> type[Exception]:
    with pytest.raises(Exception) as caught:
        read_package(data, verify=zips.verify, **more)
    assert not getattr(caught.value, "sentence", "{").count("{")
    return type(caught.value)


def late(data: bytes) -> list[type[Exception]]:
    """The problems found when entries are opened; the others must still arrive."""
    found = list(read_package(data, verify=zips.verify).entries())
    assert act(1) in found
    assert blob(1) in found
    return [type(one.refusal) for one in found if hasattr(one, "refusal")]


@pytest.mark.attack(
    "an entry whose name leads out of the package", refusal="PathTraversal, AbsolutePath, BackslashName"
)
@pytest.mark.attack("names Windows takes for devices and streams", refusal="DeviceName, AlternateStream, DriveLetter")
@pytest.mark.attack("names that differ only in case or look alike", refusal="CaseTwin, UnicodeTwin")
@pytest.mark.parametrize(("name", "refusal"), HOSTILE_NAMES)
def test_a_hostile_name(name, refusal):
    assert reading(join([*right(), stored(name, act(7).data)])) is refusal


@pytest.mark.attack("one name twice", refusal="DuplicateName")
def test_the_same_name_twice():
    assert reading(join([*right(), of(act(1))])) is refused.DuplicateName


def test_a_second_manifest():
    assert reading(join([*right(), stored("manifest.json", b"{}")])) is refused.DuplicateName


@pytest.mark.attack("links and devices in a package", refusal="SymlinkEntry")
@pytest.mark.parametrize("mode", [0o120777, 0o060644, 0o020644, 0o010644])
def test_a_link_or_device(mode):
    assert reading(join([*right(), of(act(7)).but(attributes=mode << 16)])) is refused.SymlinkEntry


@pytest.mark.parametrize("attributes", [0o040755 << 16, 0x10])
def test_a_folder_by_its_attributes(attributes):
    assert reading(join([*right(), of(act(7)).but(attributes=attributes)])) is refused.DirectoryEntry


@pytest.mark.parametrize("flags", [0x0001, 0x0041, 0x2000])
def test_an_encrypted_entry(flags):
    assert reading(join([*right(), of(act(7)).but(flags=flags)])) is refused.EncryptedEntry


@pytest.mark.parametrize("changes", [{"flags": 0x0008}, {"flags": 0x0020}, {"method": 12}, {"method": 99}])
def test_a_feature_nobody_needs(changes):
    assert reading(join([*right(), of(act(7)).but(**changes)])) is refused.UnsupportedFeature


@pytest.mark.attack("compression bombs", refusal="CompressionBomb")
def test_a_bomb_by_its_ratio():
    assert reading(join([*right(), deflated(blob(7).path, bytes(10_000_000))])) is refused.CompressionBomb


@pytest.mark.attack("compression bombs", refusal="PackageTooLarge")
def test_a_bomb_by_its_total():
    entries = [blob(number, 1000) for number in range(20)]

    assert reading(join(right(*entries)), limits=ArchiveLimits(total=15_000)) is refused.PackageTooLarge


@pytest.mark.attack("entries that lie over each other", refusal="OverlappingEntries")
def test_overlapping_entries():
    first = of(act(7))
    offset = sum(30 + len(raw.name) + len(raw.body) for raw in right())
    data = join([*right(), first, of(act(8)).but(offset=offset)])

    assert reading(data) is refused.OverlappingEntries


def test_an_entry_reaching_into_the_directory():
    last = of(blob(7)).but(packed=len(blob(7).data) + 10, size=len(blob(7).data) + 10)

    assert reading(join([*right(), last])) is refused.OverlappingEntries


@pytest.mark.attack("sizes that lie", refusal="LyingSize")
def test_a_stored_entry_with_two_sizes():
    assert reading(join([*right(), of(act(7)).but(size=5)])) is refused.LyingSize


@pytest.mark.attack("sizes that lie", refusal="LyingSize")
@pytest.mark.parametrize("size", [10, 40_000, 60_000])
def test_a_deflated_entry_with_a_lying_size(size):
    lying = deflated(blob(7, 50_000).path, blob(7, 50_000).data).but(size=size)

    assert late(join([*right(acts=1), lying]))[:1] == [refused.LyingSize]


def test_data_behind_the_compressed_stream():
    raw = deflated(blob(7).path, blob(7).data)

    assert late(join([*right(), raw.but(body=raw.body + b"tail", packed=raw.packed + 4)]))[0] is refused.LyingSize


def test_a_broken_compressed_stream():
    raw = deflated(blob(7).path, blob(7).data)

    assert late(join([*right(), raw.but(body=b"\xff" * raw.packed)]))[0] is refused.EntryDamaged


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"local_name": act(8).path.encode()}, refused.HeadersDisagree),
        ({"local_crc": 1}, refused.HeadersDisagree),
        ({"crc": 1, "local_crc": 1}, refused.HeadersDisagree),
        ({"local_size": 1}, refused.LyingSize),
    ],
)
def test_two_headers_that_disagree(changes, refusal):
    assert late(join([*right(), of(act(7)).but(**changes)]))[0] is refusal


def test_a_local_extra_field_is_data_no_entry_owns():
    raws = right()
    raws[2] = raws[2].but(local_extra=b"\1\0\0\0")

    assert reading(join(raws)) is refused.HiddenData


def test_too_many_entries():
    assert (
        reading(join(right(*(act(n) for n in range(20)))), limits=ArchiveLimits(entries=21)) is refused.TooManyEntries
    )


def test_a_count_larger_than_the_directory():
    assert reading(join(right(), count=60_000)) is refused.DirectoryLies


def test_a_count_smaller_than_the_directory():
    assert reading(join(right(), count=3)) is refused.DirectoryLies


@pytest.mark.parametrize(
    ("field", "refusal"),
    [
        (4, refused.DirectoryLies),  # the number of this disk
        (6, refused.DirectoryLies),  # the disk where the directory begins
        (8, refused.DirectoryLies),  # entries on this disk
        (20, refused.PackageTruncated),  # the length of a comment that is not there
    ],
)
def test_an_end_record_that_lies(field, refusal):
    data = bytearray(join(right()))
    data[len(data) - 22 + field] ^= 1

    assert reading(bytes(data)) is refusal


def test_an_entry_that_gives_its_size_in_a_large_field():
    extra = struct.pack("<2H2Q", 1, 16, 10, 10)

    assert reading(join([*right(), of(act(7)).but(extra=extra)])) is refused.Zip64Lie


@pytest.mark.parametrize("field", ["packed", "size", "offset"])
def test_an_entry_that_hides_a_size(field):
    raw = of(act(7)).but(**{field: 0xFFFFFFFF})
    if field != "offset":
        raw = raw.but(method=8)

    assert reading(join([*right(), raw])) is refused.Zip64Lie


def test_a_large_end_record_that_is_not_needed():
    plain = join(right())
    count, size, offset = struct.unpack_from("<H2L", plain, len(plain) - 12)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, size, offset, 0)

    data = plain[:-22] + zips.end64(count, size, offset, len(plain) - 22) + end

    assert reading(data) is refused.Zip64Lie


def test_a_large_end_record_beside_a_plain_one():
    plain = join(right())
    count, size, offset = struct.unpack_from("<H2L", plain, len(plain) - 12)

    data = plain[:-22] + zips.end64(count + 1, size, offset, len(plain) - 22) + plain[-22:]

    assert reading(data) is refused.HiddenData


def test_a_large_end_record_that_is_missing():
    assert reading(join(right(), count=0xFFFF)) is refused.Zip64Lie


def test_an_extra_field_with_another_name():
    extra = b"\x75\x70\x09\x00\x01\0\0\0\0evil"

    assert reading(join([*right(), of(act(7)).but(extra=extra)])) is refused.UnicodeTwin


def test_any_other_extra_field():
    assert reading(join([*right(), of(act(7)).but(extra=b"UT\1\0\0")])) is refused.UnsupportedFeature


def test_something_before_the_beginning():
    assert reading(join(right(), before=b"MZ\x90 a program")) is refused.LeadingData


def test_another_package_before_the_beginning():
    assert reading(join(right(), before=join(right(act(9))))) is refused.LeadingData


def test_something_between_directory_and_end():
    assert reading(join(right(), gap=b"hidden")) is refused.HiddenData


def test_something_between_entries():
    raws = right()
    raws[3] = raws[3].but(offset=sum(30 + len(raw.name) + len(raw.body) for raw in raws[:3]) + 4)
    raws[2] = raws[2].but(body=raws[2].body + b"gap!")

    assert reading(join(raws)) is refused.HiddenData


def test_something_behind_the_end():
    assert reading(join(right()) + b"behind") is refused.TrailingData


def test_a_comment():
    assert reading(join(right(), comment=b"buy now")) is refused.PackageComment


def test_a_comment_that_is_an_end_record():
    """Programs that search from the end would read the inner one."""
    assert reading(join(right(), comment=join([])[-22:])) is refused.LeadingData


def test_a_comment_on_an_entry():
    assert reading(join([*right(), of(act(7)).but(comment=b"x")])) is refused.PackageComment


@pytest.mark.parametrize("data", [b"", b"P", b"hello " * 100, b"%PDF-1.7\n" * 40, bytes(5000)])
def test_not_a_package(data):
    assert reading(data) is refused.NotAPackage


def test_every_truncation_is_refused():
    whole = join(right())

    for length in range(len(whole)):
        assert issubclass(reading(whole[:length]), refused.PackageRefusal)
    assert reading(whole[:-1]) is refused.PackageTruncated
    assert reading(whole[: len(whole) // 2]) is refused.PackageTruncated


def test_every_changed_byte_is_noticed_or_harmless():
    """A flip either refuses the package, becomes a problem, or sits in a field nobody reads (dates, versions)."""
    whole = join(right())
    entries = {act(1), blob(1)}

    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 0x21
        try:
            found = list(read_package(bytes(changed), verify=zips.verify).entries())
        except (refused.PackageRefusal, EntryTooLarge, refused.EntryDamaged, AssertionError):
            continue
        good = {one for one in found if not hasattr(one, "refusal")}
        assert good <= entries
        assert good == entries or len(good) < len(found)


@pytest.mark.parametrize("missing", [0, 1])
def test_a_package_without_its_signed_list(missing):
    raws = right()
    del raws[missing]

    assert reading(join(raws)) is refused.MissingManifest


@pytest.mark.parametrize(
    "listed",
    [
        b"{}",
        b"not json",
        b'{"format":"countersign/act/1"}',
        b'{"a":1,"a":2}',
        b"[" * 100_000,
    ],
)
def test_a_wrong_list(listed):
    raws = [stored("manifest.json", listed), stored("manifest.p7m", zips.sign(listed))]

    assert reading(join(raws)) is refused.BadManifest


def test_a_list_with_a_signature_too_large():
    raws = right()
    raws[1] = stored("manifest.p7m", bytes((1 << 20) + 1))

    assert reading(join(raws)) is EntryTooLarge


@pytest.mark.attack("a package of another organisation", refusal="OtherOrganisation")
def test_a_package_of_another_organisation():
    assert reading(join(right()), org="9" * 64) is refused.OtherOrganisation
    assert read_package(join(right()), verify=zips.verify, org=ORG).manifest.org == ORG


def test_a_wrong_hash_is_told_and_the_rest_is_read():
    wrong = stored(PATH, b"something else")

    problems = late(join([*right(), wrong]))

    assert problems == [WrongHash, refused.PackageIncomplete]


def test_an_act_beyond_its_limit_is_never_unpacked():
    big = stored(PATH, bytes((2 << 20) + 1))

    assert late(join([*right(), big]))[0] is EntryTooLarge


@pytest.mark.attack("an entry taken out of a package", refusal="PackageIncomplete")
def test_an_entry_taken_out_is_noticed():
    assert late(join(right(act(1), blob(1), acts=2))) == [refused.PackageIncomplete]


def test_a_package_packed_again_by_another_program():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
        for raw in right():
            again.writestr(raw.name.decode(), raw.body)

    found = list(read_package(made.getvalue(), verify=zips.verify).entries())

    assert set(found) == {act(1), blob(1)}


@pytest.mark.attack("a pipe in place of a file", refusal="NotAPackage")
def test_a_pipe_instead_of_a_file_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "p.countersign")

    with pytest.raises(refused.NotAPackage):
        read_package(tmp_path / "p.countersign", verify=zips.verify)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(refused.PackageUnreadable):
        read_package(tmp_path / "gone.countersign", verify=zips.verify)


@pytest.mark.attack(
    "a list of a package that fills the memory when it is read", refusal="BadManifest, before it is read"
)
@pytest.mark.parametrize("piece", [b"[]", b"{}", b"1", b'"a"'])
def test_a_list_that_would_fill_the_memory(piece):
    def taken(of: bytes) -> int:
        tracemalloc.start()
        try:
            with pytest.raises(refused.BadManifest):
                manifest.decode(of)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    most = taken(b'{"counts":[' + b",".join([piece] * 300_000) + b"]}")

    assert most < 1 << 20


def test_a_list_of_the_shortest_heads_is_read():
    heads = {manifest.stream_name(f"{number:064x}", "0" * 32, ""): Head(1, f"{number:064x}") for number in range(5_000)}
    made = manifest.Manifest(ORG, heads, 0, 0, datetime(2026, 11, 1, tzinfo=UTC))

    assert manifest.decode(manifest.encode(made)) == made


@pytest.mark.attack("a package of entries that are not what their names say", refusal="TooManyWrongEntries")
def test_of_a_package_that_is_wrong_all_over_the_rest_is_not_read(monkeypatch):
    monkeypatch.setattr(package, "MOST_WRONG", 3)
    good, wrong = act(1), [f"blob/{number:02x}/{number:02x}{'0' * 62}" for number in range(9)]
    raws = [*right(good, acts=1), *(stored(name, b"") for name in wrong)]

    with pytest.raises(refused.TooManyWrongEntries):
        list(read_package(join(raws), verify=zips.verify).entries())
    entries = read_package(join(raws), verify=zips.verify).entries()

    assert next(entries) == good
    assert [next(entries).refusal.code for _ in range(3)] == ["WrongHash"] * 3

"""Reading a zip file in exactly one shape, and writing it.

Python's ``zipfile`` reads generously: it skips leading data, believes the last of two names and opens what overlaps.
Here the whole file must be entries laid end to end, their directory and one end record (APPNOTE.TXT 6.3.10, sections
4.3.7, 4.3.12, 4.3.14 to 4.3.16), and every field said twice must agree. Nothing is ever extracted to a disk.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from intake.causes import cause
from intake.domain.base.wording import Wording
from intake.exchange.entries import shown
from intake.exchange.package.archive_names import check_name
from intake.exchange.package.refusals import (
    CompressionBomb,
    DirectoryEntry,
    DirectoryLies,
    EncryptedEntry,
    EntryDamaged,
    HeadersDisagree,
    HiddenData,
    LeadingData,
    LyingSize,
    NotAPackage,
    OverlappingEntries,
    PackageComment,
    PackageTooLarge,
    PackageTruncated,
    PackageUnreadable,
    SymlinkEntry,
    TooManyEntries,
    TrailingData,
    UnicodeTwin,
    UnsupportedFeature,
    Zip64Lie,
)
from intake.reading import NotRegular, opened

_NOT_ZIP = Wording("NotZip", "it is not a zip file")
_EXTRA_FIELD = Wording("ExtraField", "extra field {number}")
_DIRECTORY_SIZE_ODD = Wording("DirectorySizeOdd", "its size does not fit the number of entries")
_DIRECTORY_GOES_ON = Wording("DirectoryGoesOn", "it goes on after the last entry")
_DIRECTORY_OF_DISKS = Wording("DirectoryOfDisks", "it speaks of several disks")
_LARGE_END_MISSING = Wording("LargeEndMissing", "the large end record is missing")
_LARGE_END_ELSEWHERE = Wording("LargeEndElsewhere", "the large end record is not where and what it says")
_END_RECORDS_DISAGREE = Wording("EndRecordsDisagree", "the two end records disagree")
_DIRECTORY_ENTRY_MISSING = Wording("DirectoryEntryMissing", "an entry is missing in it")
_DIRECTORY_ENTRY_BEYOND = Wording("DirectoryEntryBeyond", "an entry reaches beyond it")
_ENTRY_HIDES_PLACE = Wording("EntryHidesPlace", "{name} hides its size or place")
_ENTRY_FLAGS = Wording("EntryFlags", "flags {flags}, method {method}")
_ENTRY_SIZE_TWICE = Wording("EntrySizeTwice", "{name} gives its size twice")
_ENTRY_NAME_DIFFERS = Wording("EntryNameDiffers", "its name differs from the table of contents")
_ENTRY_FIELDS_DIFFER = Wording("EntryFieldsDiffer", "its fields differ from the table of contents")
_PACKAGE_IS_NO_FILE = Wording("PackageIsNoFile", "it is not a file")

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR: Final = struct.Struct("<4sLQL")
_LOCAL_MARK: Final = b"PK\3\4"
_CENTRAL_MARK: Final = b"PK\1\2"
_END_MARK: Final = b"PK\5\6"
_END64_MARK: Final = b"PK\6\6"
_LOCATOR_MARK: Final = b"PK\6\7"

_STORED: Final = 0
_DEFLATED: Final = 8
_ENCRYPTED: Final = 0x2041
"""Flag bits 0, 6 and 13: encrypted, strongly encrypted, hidden header values."""
_ALLOWED_FLAGS: Final = 0x0806
"""UTF-8 name, and how hard the compressor tried."""
_ONES: Final = 0xFFFFFFFF
_DATE: Final = 0x0021
"""1 January 1980, the earliest a zip file can say: the same contents give the same bytes."""


MAX_TOTAL: Final = 0xFFF00000
"""Bytes of all entries together; below 4 GiB, because larger needs fields that are refused."""


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """``total`` bytes after unpacking all entries; ``ratio`` is unpacked to packed size of one entry."""

    entries: int = 500_000
    total: int = MAX_TOTAL
    ratio: int = 100


@dataclass(frozen=True, slots=True)
class Member:
    """One entry as the directory describes it; sizes in bytes."""

    name: str
    offset: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int

    @property
    def end(self) -> int:
        return self.offset + _LOCAL.size + len(self.name) + self.packed


class Archive:
    """A checked package file: ``members`` by position. Contents are read one at a time with ``content``."""

    def __init__(self, source: bytes | Path, limits: ArchiveLimits) -> None:
        """Raises a PackageRefusal. Only the directory is read here."""
        self._source = source
        with self.opened() as file:
            self.members = _members(file, limits)

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The file, open for the time of a run. Raises PackageUnreadable."""
        if isinstance(self._source, bytes):
            yield BytesIO(self._source)
            return
        name = shown(self._source.name)
        try:
            with opened(self._source) as file:
                yield file
        except NotRegular:
            raise NotAPackage(detail=_PACKAGE_IS_NO_FILE()) from None
        except OSError as error:
            raise PackageUnreadable(name=name, detail=cause(error, reading=True)) from error

    def content(self, file: BinaryIO, member: Member) -> bytes:
        """The unpacked bytes, never more than the directory says. Raises HeadersDisagree, LyingSize, EntryDamaged."""
        file.seek(member.offset)
        raw = file.read(member.end - member.offset)
        name = member.name.encode()
        if len(raw) != member.end - member.offset:
            raise EntryDamaged(name=member.name)
        mark, _, flags, method, _, _, crc, packed, size, named, extra = _LOCAL.unpack_from(raw)
        if mark != _LOCAL_MARK or raw[_LOCAL.size : _LOCAL.size + named] != name:
            raise HeadersDisagree(name=member.name, detail=_ENTRY_NAME_DIFFERS())
        if (flags, method, crc, extra) != (member.flags, member.method, member.crc, 0):
            raise HeadersDisagree(name=member.name, detail=_ENTRY_FIELDS_DIFFER())
        if (packed, size) != (member.packed, member.size):
            raise LyingSize(name=member.name)
        body = raw[_LOCAL.size + named :]
        return body if member.method == _STORED else _inflate(body, member)


def zipped(contents: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of a zip file with these entries, stored as they are, in this order, piece by piece.

    Names are ASCII. Raises PackageTooLarge when it would pass 4 GiB.
    """
    offset = count = 0
    directory = bytearray()
    for name, data in contents:
        raw = name.encode("ascii")
        crc = zlib.crc32(data)
        head = _LOCAL.pack(_LOCAL_MARK, 20, 0, _STORED, 0, _DATE, crc, len(data), len(data), len(raw), 0) + raw
        directory += _CENTRAL.pack(
            *(_CENTRAL_MARK, 0x0314, 20, 0, _STORED, 0, _DATE, crc, len(data), len(data)),
            *(len(raw), 0, 0, 0, 0, 0o100644 << 16, offset),
        )
        directory += raw
        offset += len(head) + len(data)
        count += 1
        if offset > MAX_TOTAL:
            raise PackageTooLarge(limit=MAX_TOTAL)
        yield head
        yield data
    end = offset + len(directory)
    yield bytes(directory)
    if count >= 0xFFFF:
        yield _END64.pack(_END64_MARK, 44, 0x0314, 45, 0, 0, count, count, len(directory), offset)
        yield _LOCATOR.pack(_LOCATOR_MARK, 0, end, 1)
    shown_count = min(count, 0xFFFF)
    yield _END.pack(_END_MARK, 0, 0, shown_count, shown_count, len(directory), offset, 0)


def _members(file: BinaryIO, limits: ArchiveLimits) -> tuple[Member, ...]:
    length = file.seek(0, os.SEEK_END)
    count, start, size = _directory_place(file, length)
    if count > limits.entries:
        raise TooManyEntries(count=count, limit=limits.entries)
    if not _CENTRAL.size * count <= size <= 400 * count + (1 << 20):
        raise DirectoryLies(detail=_DIRECTORY_SIZE_ODD())
    file.seek(start)
    raw = file.read(size)
    if len(raw) != size:
        raise PackageTruncated
    members: list[Member] = []
    seen: set[str] = set()
    at = total = 0
    for _ in range(count):
        member, at = _member(raw, at, seen, limits)
        members.append(member)
        total += member.size
        if total > limits.total:
            raise PackageTooLarge(limit=limits.total)
    if at != size:
        raise DirectoryLies(detail=_DIRECTORY_GOES_ON())
    members.sort(key=lambda one: one.offset)
    _check_laid_end_to_end(members, start)
    return tuple(members)


def _directory_place(file: BinaryIO, length: int) -> tuple[int, int, int]:
    """Number of entries, offset and size of the directory, from the end record."""
    file.seek(max(0, length - _END.size))
    tail = file.read(_END.size)
    if len(tail) < _END.size or not tail.startswith(_END_MARK):
        raise _why_no_end(file, length)
    _, disk, start_disk, here, count, size, offset, comment = _END.unpack(tail)
    if disk or start_disk or here != count:
        raise DirectoryLies(detail=_DIRECTORY_OF_DISKS())
    if comment:
        raise PackageTruncated
    end = length - _END.size
    if count == 0xFFFF or _ONES in {size, offset}:
        count, size, offset, end = _large(file, end, count, size, offset)
    if offset + size > end:
        raise PackageTruncated
    if offset + size < end:
        # Data in front moves the directory away from where its offset says; data behind it leaves it in place.
        file.seek(offset)
        raise HiddenData if file.read(4) == _CENTRAL_MARK else LeadingData
    return count, offset, size


def _why_no_end(file: BinaryIO, length: int) -> NotAPackage | PackageComment | TrailingData | PackageTruncated:
    file.seek(max(0, length - _END.size - 0xFFFF))
    tail = file.read()
    found = tail.rfind(_END_MARK)
    if found >= 0 and len(tail) - found > _END.size:
        comment = _END.unpack_from(tail, found)[-1]
        return PackageComment() if comment == len(tail) - found - _END.size else TrailingData()
    file.seek(0)
    if file.read(4) == _LOCAL_MARK:
        return PackageTruncated()
    return NotAPackage(detail=_NOT_ZIP())


def _large(file: BinaryIO, end: int, count: int, size: int, offset: int) -> tuple[int, int, int, int]:
    """The same from the zip64 end record, which only a package of 65,535 entries or more needs."""
    at = end - _LOCATOR.size - _END64.size
    if at < 0:
        raise Zip64Lie(detail=_LARGE_END_MISSING())
    file.seek(at)
    raw = file.read(_END64.size + _LOCATOR.size)
    mark, length, _, _, disk, start_disk, here, count64, size64, offset64 = _END64.unpack_from(raw)
    locator, locator_disk, place, disks = _LOCATOR.unpack_from(raw, _END64.size)
    if (mark, locator) != (_END64_MARK, _LOCATOR_MARK):
        raise Zip64Lie(detail=_LARGE_END_MISSING())
    if (length, disk, start_disk, locator_disk, disks, place) != (44, 0, 0, 0, 1, at) or here != count64:
        raise Zip64Lie(detail=_LARGE_END_ELSEWHERE())
    if count64 < 0xFFFF or (count, size, offset) != (0xFFFF, size64, offset64):
        raise Zip64Lie(detail=_END_RECORDS_DISAGREE())
    return count64, size64, offset64, at


def _member(raw: bytes, at: int, seen: set[str], limits: ArchiveLimits) -> tuple[Member, int]:
    """The entry described at ``at``, and where the next begins. Hostile names are refused before anything else."""
    if len(raw) - at < _CENTRAL.size or raw[at : at + 4] != _CENTRAL_MARK:
        raise DirectoryLies(detail=_DIRECTORY_ENTRY_MISSING())
    (_, _, _, flags, method, _, _, crc, packed, size, named, extra, comment, disk, _, attributes, offset) = (
        _CENTRAL.unpack_from(raw, at)
    )
    at += _CENTRAL.size
    after = at + named + extra + comment
    if after > len(raw):
        raise DirectoryLies(detail=_DIRECTORY_ENTRY_BEYOND())
    name = check_name(raw[at : at + named], seen)
    if flags & _ENCRYPTED:
        raise EncryptedEntry(name=name)
    _check_extra(name, raw[at + named : at + named + extra])
    if comment:
        raise PackageComment
    if _ONES in {packed, size, offset}:
        raise Zip64Lie(detail=_ENTRY_HIDES_PLACE(name=name))
    if flags & ~_ALLOWED_FLAGS or method not in {_STORED, _DEFLATED} or disk:
        raise UnsupportedFeature(name=name, detail=_ENTRY_FLAGS(flags=f"{flags:#06x}", method=method))
    _check_attributes(name, attributes)
    if method == _STORED and packed != size:
        raise LyingSize(name=name)
    if size > 1 << 16 and size > packed * limits.ratio:
        raise CompressionBomb(name=name, ratio=size // max(1, packed))
    return Member(name, offset, flags, method, crc, packed, size), after


def _check_extra(name: str, extra: bytes) -> None:
    if not extra:
        return
    number = int.from_bytes(extra[:2], "little")
    if number == 0x0001:
        raise Zip64Lie(detail=_ENTRY_SIZE_TWICE(name=name))
    if number == 0x7075:
        raise UnicodeTwin(name=name)
    raise UnsupportedFeature(name=name, detail=_EXTRA_FIELD(number=f"{number:#06x}"))


def _check_attributes(name: str, attributes: int) -> None:
    mode = attributes >> 16
    if stat.S_ISDIR(mode) or attributes & 0x10:
        raise DirectoryEntry(name=name)
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        raise SymlinkEntry(name=name)


def _check_laid_end_to_end(members: list[Member], directory: int) -> None:
    reached = 0
    for member in members:
        if member.offset < reached:
            raise OverlappingEntries
        if member.offset > reached:
            raise HiddenData if reached else LeadingData
        reached = member.end
    if reached > directory:
        raise OverlappingEntries
    if reached < directory:
        raise HiddenData


def _inflate(body: bytes, member: Member) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(body, member.size + 1)
    except zlib.error:
        raise EntryDamaged(name=member.name) from None
    if len(data) != member.size or not inflater.eof or inflater.unused_data:
        raise LyingSize(name=member.name)
    return data

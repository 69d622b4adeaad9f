"""Zip files made byte by byte, so that each field can be false alone."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from intake.exchange.entries import Entry, Head
from intake.exchange.package.manifest import Manifest, encode
from intake.exchange.package.package import save_package
from tests.exchange.helpers import ORG, act, blob

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HEADS = {f"{'a' * 64}/{'b' * 32}/": Head(3, "c" * 64)}


def sign(manifest: bytes) -> bytes:
    return b"signed:" + manifest[-20:]


def verify(manifest: bytes, signature: bytes) -> str:
    assert signature == sign(manifest)
    return "f" * 64


def write_package(entries, **facts) -> bytes:
    """The bytes of the package that ``save_package`` writes."""
    by_key = {(entry.kind, entry.id): entry.data for entry in entries}
    with TemporaryDirectory() as folder:
        target = Path(folder, "written.countersign")
        save_package(target, list(by_key), lambda kind, entry_id: by_key[kind, entry_id], **facts)
        return target.read_bytes()


@dataclass(frozen=True)
class Raw:
    """One entry. What begins with ``local_`` is in the local header, the rest in the directory."""

    name: bytes
    body: bytes
    method: int = 0
    flags: int = 0
    crc: int = 0
    packed: int = 0
    size: int = 0
    extra: bytes = b""
    comment: bytes = b""
    attributes: int = 0o100644 << 16
    offset: int | None = None
    local_name: bytes = b""
    local_size: int | None = None
    local_crc: int | None = None
    local_extra: bytes = b""

    def but(self, **changes) -> Raw:
        return replace(self, **changes)


def stored(name: str | bytes, data: bytes) -> Raw:
    raw = name if isinstance(name, bytes) else name.encode()
    return Raw(raw, data, crc=zlib.crc32(data), packed=len(data), size=len(data), local_name=raw)


def deflated(name: str | bytes, data: bytes) -> Raw:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(data) + packer.flush()
    return stored(name, data).but(body=body, method=8, packed=len(body))


def of(entry: Entry) -> Raw:
    return stored(entry.path, entry.data)


def right(*entries: Entry, acts: int | None = None) -> list[Raw]:
    """Manifest, signature and entries as Countersign would write them."""
    entries = entries or (act(1), blob(1))
    counted = sum(entry.path.startswith("ev/") for entry in entries)
    manifest = encode(Manifest(ORG, HEADS, counted if acts is None else acts, len(entries) - counted, AT))
    return [stored("manifest.json", manifest), stored("manifest.p7m", sign(manifest)), *map(of, entries)]


def join(raws: list[Raw], *, before: bytes = b"", gap: bytes = b"", comment: bytes = b"", count: int | None = None):
    """The whole file, with offsets as they are without ``before`` (as a file put in front would leave them)."""
    made = bytearray()
    directory = bytearray()
    for raw in raws:
        offset = len(made) if raw.offset is None else raw.offset
        local_size = raw.size if raw.local_size is None else raw.local_size
        local_crc = raw.crc if raw.local_crc is None else raw.local_crc
        made += struct.pack(
            "<4s5H3L2H",
            *(b"PK\3\4", 20, raw.flags, raw.method, 0, 33, local_crc, raw.packed, local_size),
            *(len(raw.local_name), len(raw.local_extra)),
        )
        made += raw.local_name + raw.local_extra + raw.body
        directory += struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\1\2", 0x0314, 20, raw.flags, raw.method, 0, 33, raw.crc, raw.packed, raw.size),
            *(len(raw.name), len(raw.extra), len(raw.comment), 0, 0, raw.attributes, offset),
        )
        directory += raw.name + raw.extra + raw.comment
    said = len(raws) if count is None else count
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, said, said, len(directory), len(made), len(comment))
    return bytes(before + made + directory + gap + end + comment)


def end64(count: int, size: int, offset: int, place: int) -> bytes:
    """A large end record with its locator."""
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 0x0314, 45, 0, 0, count, count, size, offset)
    return record + struct.pack("<4sLQL", b"PK\6\7", 0, place, 1)

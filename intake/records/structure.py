"""How a record is put together, read byte by byte before any PDF library sees it.

A record is a base and one appended revision for each signature, nothing else. Each revision ends in one exact way, its
signature covers every byte up to its end but the signature itself, and the signature is upper-case hexadecimal followed
by zeros. pyHanko accepts other spellings (hexadecimal in another case, changed padding, an appended comment), and two
spellings of one record are one too many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import new as new_hash
from itertools import pairwise

from intake.records.refusals import BrokenRecord, NotARecord

MAX_BYTES = 64 << 20
"""The largest file read; a record has some hundred kilobytes."""

_HEAD = b"%PDF-"
_TAIL = re.compile(rb"\nstartxref\n(\d{1,10})\n%%EOF\n?\Z")
_END = re.compile(rb"\nstartxref\n(\d{1,10})\n%%EOF\n?")
_KEY = re.compile(rb"/([^\s/<>\[\]()]*)")
_BASE_KEYS = [b"ID", b"Info", b"Root", b"Size"]
_PREVIOUS = re.compile(rb"/Prev (\d{1,10})\b")
_RANGE = re.compile(rb"/ByteRange \[ ?(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10}) *\]")
_HEX = re.compile(rb"(?:[0-9A-F]{2})+")


@dataclass(frozen=True, slots=True)
class Revision:
    """One appended signature: the bytes from ``start`` to ``end``, and the DER inside without its padding.

    The signature covers everything before ``hole`` and from ``resume`` to ``end``.
    """

    start: int
    end: int
    hole: int
    resume: int
    signature: bytes

    def digest(self, pdf: bytes, algorithm: str) -> bytes:
        """What the signature covers, as a digest by ``sha256``, ``sha384`` or ``sha512``."""
        made = new_hash(algorithm)
        made.update(memoryview(pdf)[: self.hole])
        made.update(memoryview(pdf)[self.resume : self.end])
        return made.digest()


@dataclass(frozen=True, slots=True)
class Structure:
    """``base_length`` bytes of base, then the signatures in the order they were made."""

    base_length: int
    revisions: tuple[Revision, ...]


def scan(pdf: bytes) -> Structure:
    """Take ``pdf`` apart. Raises NotARecord for what is no PDF, BrokenRecord for any other shape."""
    if not pdf.startswith(_HEAD):
        raise NotARecord(detail="it does not begin as a PDF does")
    if len(pdf) > MAX_BYTES:
        raise NotARecord(detail=f"it has {len(pdf)} bytes, the limit is {MAX_BYTES}")
    ends = _revision_ends(pdf)
    return Structure(ends[0], tuple(_revision(pdf, start, end) for start, end in pairwise(ends)))


def _revision_ends(pdf: bytes) -> list[int]:
    """Where the base and each appended revision end, oldest first."""
    tail = _TAIL.search(pdf, max(0, len(pdf) - 64))
    if tail is None:
        raise BrokenRecord(detail="something stands after its end")
    end, table = len(pdf), int(tail.group(1))
    ends = [end]
    while True:
        own_end = _END.search(pdf, table, end)
        if not pdf.startswith(b"xref\n", table) or own_end is None or own_end.end() != end:
            raise BrokenRecord(detail="its table of contents is not where it should be")
        if int(own_end.group(1)) != table:
            raise BrokenRecord(detail="its table of contents is not the one its end names")
        previous = _previous(pdf, table, own_end.start())
        if previous is None:
            return ends[::-1]
        earlier_end = _END.search(pdf, previous, table)
        if previous >= table or earlier_end is None:
            raise BrokenRecord(detail="its revisions are not in order")
        end, table = earlier_end.end(), previous
        ends.append(end)
        if len(ends) > 16:
            raise BrokenRecord(detail="it has more revisions than a record can have")


def _previous(pdf: bytes, table: int, end: int) -> int | None:
    """Where the table of contents before this one lies. The base has none, and so exactly one entry less."""
    trailer = pdf.rfind(b"trailer", table, end)
    keys = sorted(_KEY.findall(pdf, max(trailer, table), end))
    if trailer < 0 or keys not in (_BASE_KEYS, sorted([*_BASE_KEYS, b"Prev"])):
        raise BrokenRecord(detail="its table of contents is not complete")
    previous = _PREVIOUS.findall(pdf, trailer, end)
    if len(previous) != len(keys) - len(_BASE_KEYS):
        raise BrokenRecord(detail="its table of contents is not complete")
    return int(previous[0]) if previous else None


def _revision(pdf: bytes, start: int, end: int) -> Revision:
    # A person may be called “/ByteRange”, and the appearance spells the name out: only a range that fits counts.
    ranges = [tuple(int(number) for number in found.groups()) for found in _RANGE.finditer(pdf, start, end)]
    fitting = [(hole, resume) for first, hole, resume, rest in ranges if first == 0 and resume + rest == end]
    if not ranges:
        raise BrokenRecord(detail="something other than a signature was added to it")
    if len(fitting) != 1 or not start < fitting[0][0] < fitting[0][1] <= end:
        raise BrokenRecord(detail="a signature does not cover all of it")
    hole, resume = fitting[0]
    if pdf[hole : hole + 1] != b"<" or pdf[resume - 1 : resume] != b">":
        raise BrokenRecord(detail="a signature leaves out more than itself")
    spelled = pdf[hole + 1 : resume - 1]
    if not _HEX.fullmatch(spelled):
        raise BrokenRecord(detail="a signature is not spelled in upper-case hexadecimal")
    filled = bytes.fromhex(spelled.decode("ascii"))
    size = _der_size(filled)
    if size > len(filled) or filled[size:].strip(b"\0"):
        raise BrokenRecord(detail="a signature is not followed by zeros alone")
    return Revision(start, end, hole, resume, filled[:size])


def _der_size(data: bytes) -> int:
    """How long the DER element at the start of ``data`` is, with its head (X.690, 8.1.3)."""
    if len(data) < 4 or data[0] != 0x30:
        raise BrokenRecord(detail="a signature is not in the form of one")
    if data[1] < 0x80:
        return 2 + data[1]
    count = data[1] & 0x7F
    if not 1 <= count <= 3:
        raise BrokenRecord(detail="a signature is not in the form of one")
    return 2 + count + int.from_bytes(data[2 : 2 + count], "big")

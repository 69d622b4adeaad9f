"""Records taken apart and put together again byte by byte, as an attacker with a hex editor and a key would.

``Draft`` holds the last section of a record as pieces; whatever is changed in it, ``signed`` writes the table for what
is there, fills in what the signature covers and signs it again, so that only the change itself is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import new as new_hash
from typing import TypeAlias

from intake.records.reading import sections
from intake.trust import cms
from intake.trust.keys import SigningKey

CONTENTS = re.compile(rb"/Contents (<[0-9A-F]+>)\n(?:/Cert <00>\n)?/ByteRange (\[[^\n]*)\n")
Place: TypeAlias = int | str | bytes
"""An entry of a table: an offset, the entry itself as text, or the bytes that begin where it should point."""


@dataclass(frozen=True, repr=False)
class Draft:
    """``before`` are the bytes of all earlier sections; ``objects`` pairs of number and bytes, in the order of the file.

    ``between`` is before the table, ``trailers`` are the bytes from ``trailer`` on without ``startxref``, ``after``
    is behind ``%%EOF``. ``extra`` is added to the table behind the honest entries, ``unlisted`` is left out of it.
    """

    before: bytes
    objects: tuple[tuple[int, bytes], ...]
    trailers: tuple[bytes, ...]
    between: bytes = b""
    after: bytes = b""
    extra: tuple[tuple[int, Place], ...] = ()
    unlisted: tuple[int, ...] = ()
    ending: bytes = b""

    def with_object(self, number: int, body: bytes) -> Draft:
        """The section with one object added or exchanged; ``body`` is what is between ``obj`` and ``endobj``."""
        raw = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        kept = [item for item in self.objects if item[0] != number]
        return replace(self, objects=tuple(sorted([*kept, (number, raw)])))

    def stream(self, number: int) -> bytes:
        """The bytes of a stream among the objects."""
        raw = next(raw for name, raw in self.objects if name == number)
        return raw[raw.index(b"\nstream\n") + 8 : raw.rindex(b"\nendstream")]

    @property
    def fresh(self) -> int:
        """A number no object has yet, above the size of every section so far."""
        return int(re.findall(rb"/Size (\d+)", self.trailers[-1])[-1])

    def sized(self, size: int) -> Draft:
        """The section with another ``/Size`` in each trailer."""
        return replace(self, trailers=tuple(re.sub(rb"/Size \d+", b"/Size %d" % size, item) for item in self.trailers))

    def written(self) -> bytes:
        """The bytes, with a table for the objects where they are; the signature in it does not fit."""
        out = bytearray(self.before)
        entries: list[tuple[int, Place]] = [(0, "0000000000 65535 f")]
        for number, raw in self.objects:
            if number not in self.unlisted:
                entries.append((number, len(out)))
            out += raw
        out += self.between
        place = len(out)
        known = [(number, out.index(at) if isinstance(at, bytes) else at) for number, at in (*entries, *self.extra)]
        out += b"xref\n" + _table(known)
        out += b"\n".join(self.trailers).replace(b"PLACE", b"%d" % place)
        out += self.ending.replace(b"PLACE", b"%d" % place) or b"startxref\n%d\n%%%%EOF\n" % place
        return bytes(out + self.after)

    def signed(self, key: SigningKey) -> bytes:
        """The bytes with a signature by ``key`` that covers all of them but itself."""
        return resigned(self.written(), key)


def draft(pdf: bytes) -> Draft:
    """The last section of an honest record as pieces."""
    read = sections.read(pdf)
    section = read.all[-1]
    numbers = list(section.objects)
    starts = [*(section.objects[number].offset for number in numbers), section.table]
    objects = tuple((number, pdf[start:end]) for number, start, end in zip(numbers, starts, starts[1:], strict=False))
    trailer = pdf[pdf.index(b"trailer", section.table) : pdf.index(b"startxref", section.table)]
    return Draft(pdf[: starts[0]], objects, (trailer,))


def respelled(pdf: bytes) -> bytes:
    """The base as another version of a library might write it: the same values, one in another spelling."""
    made = draft(pdf)
    number, raw = made.objects[0]
    assert b"/Lang (en-GB)" in raw
    return replace(made, objects=((number, raw.replace(b"(en-GB)", b"<656e2d4742>")), *made.objects[1:])).written()


def resigned(pdf: bytes, key: SigningKey) -> bytes:
    """``pdf`` with the signature in its last section made again, over everything else."""
    found = list(CONTENTS.finditer(pdf))[-1]
    hole, resume = found.span(1)
    covered = b"[0 %d %d %d]" % (hole, resume, len(pdf) - resume)
    start, end = found.span(2)
    made = bytearray(pdf)
    made[start:end] = covered.ljust(end - start)
    digest = new_hash(key.digest.name, bytes(made[:hole]) + bytes(made[resume:])).digest()
    signature = cms.build(None, digest, key, at=None).hex().upper().encode()
    made[hole + 1 : resume - 1] = signature.ljust(resume - hole - 2, b"0")
    return bytes(made)


def _table(entries: Sequence[tuple[int, int | str]]) -> bytes:
    """A subsection for each run of numbers, in the order given."""
    out: list[bytes] = []
    run: list[bytes] = []
    begins = before = -1
    for number, place in [*entries, (-1, 0)]:
        if run and number != before + 1:
            out += [b"%d %d\n" % (begins, len(run)), *run]
            run = []
        begins = begins if run else number
        run.append(b"%010d 00000 n \n" % place if isinstance(place, int) else place.encode() + b" \n")
        before = number
    return b"".join(out)

"""Reading and writing DER, the one exact encoding of ASN.1 (X.690), as far as signatures need it.

The reader never guesses: every length is minimal and definite, every element ends inside its parent. It knows bytes
and tags only; what an element means is said where it is read. A general decoder is not used because it would accept
more than one form, and because reading one fixed shape is several times faster.
"""

from __future__ import annotations

from typing import Final

from intake.domain.base.wording import Wording
from intake.trust import refusals

_PART_MISSING = Wording("PartMissing", "{part} is missing")
_PART_REPLACED = Wording("PartReplaced", "{part} is missing or something else is in its place")
_PART_HOLDS_MORE = Wording("PartHoldsMore", "{part} holds more than it should")
_TAG_NOT_NEEDED = Wording("TagNotNeeded", "it uses a tag no signature needs")

BOOLEAN: Final = 0x01
INTEGER: Final = 0x02
BIT_STRING: Final = 0x03
OCTET_STRING: Final = 0x04
NULL: Final = 0x05
OID: Final = 0x06
UTC_TIME: Final = 0x17
GENERALIZED_TIME: Final = 0x18
SEQUENCE: Final = 0x30
SET: Final = 0x31

MAX_DEPTH: Final = 32


def enter(data: bytes, at: int, end: int, tag: int, name: Wording) -> tuple[int, int]:
    """Where the content of the element at ``at`` begins and ends.

    The element must have the given ``tag`` and end before ``end``; ``name`` is what is expected.
    Raises UnexpectedStructure or a BadEncoding.
    """
    start = at + 2
    if start <= end and data[at] == tag:
        # Nearly every element: a short length. Spares a call where calls are most of the time.
        stop = start + data[at + 1]
        if stop <= end and stop - start < 0x80:
            return start, stop
        return span(data, at, end)
    if at >= end:
        raise refusals.UnexpectedStructure(detail=_PART_MISSING(part=name()))
    if data[at] != tag:
        if data[at] == tag | 0x20 and tag < 0x20:
            raise refusals.ConstructedString
        raise refusals.UnexpectedStructure(detail=_PART_REPLACED(part=name()))
    raise refusals.Truncated


def span(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Where the content of the element of any tag at ``at`` begins and ends. Raises a BadEncoding."""
    start = at + 2
    if start > end:
        raise refusals.Truncated
    length = data[at + 1]
    if length == 0x82 and start + 2 <= end and data[start]:
        # Most long elements have between 256 bytes and 64 KiB; this is the general case below, without its slices.
        length = data[start] << 8 | data[start + 1]
        start += 2
    elif length >= 0x80:
        if length == 0x80:
            raise refusals.IndefiniteLength
        start += length & 0x7F
        if start > end:
            raise refusals.Truncated
        length = int.from_bytes(data[at + 2 : start], "big")
        if length < 0x80 or data[at + 2] == 0:
            raise refusals.LengthNotMinimal
    stop = start + length
    if stop > end:
        raise refusals.Truncated
    return start, stop


def finish(at: int, end: int, name: Wording) -> None:
    """Refuse what follows the last expected element. Raises UnexpectedStructure."""
    if at != end:
        raise refusals.UnexpectedStructure(detail=_PART_HOLDS_MORE(part=name()))


def check(data: bytes, at: int, end: int) -> None:
    """Walk everything between ``at`` and ``end``: lengths, integers, booleans, nesting. Raises a BadEncoding.

    For parts that are kept whole and not read element by element (certificates, timestamps). Content of octet and
    bit strings is not looked into, and the order of sets is left alone: timestamp services are not held to it.
    """
    open_ends = [end]
    while True:
        while at == open_ends[-1]:
            open_ends.pop()
            if not open_ends:
                return
        tag = data[at]
        if tag & 0x1F == 0x1F:
            raise refusals.UnexpectedStructure(detail=_TAG_NOT_NEEDED())
        start, stop = span(data, at, open_ends[-1])
        if tag & 0x20:
            if tag < 0x40 and tag not in {SEQUENCE, SET}:
                raise refusals.ConstructedString
            if len(open_ends) > MAX_DEPTH:
                raise refusals.EncodingNestedTooDeep
            open_ends.append(stop)
            at = start
            continue
        if tag == INTEGER:
            check_integer(data, start, stop)
        elif tag == BOOLEAN and data[start:stop] not in {b"\x00", b"\xff"}:
            raise refusals.ValueNotMinimal
        at = stop


def check_integer(data: bytes, start: int, stop: int) -> None:
    """Whether the integer content is in its shortest form (X.690, 8.3.2). Raises ValueNotMinimal."""
    if start == stop:
        raise refusals.ValueNotMinimal
    if stop - start > 1 and (
        (data[start] == 0 and data[start + 1] < 0x80) or (data[start] == 0xFF and data[start + 1] >= 0x80)
    ):
        raise refusals.ValueNotMinimal


def oid_text(content: bytes) -> str:
    """The dotted form of an object identifier's content, for messages; what cannot be read is shown in hexadecimal."""
    if not content or content[-1] & 0x80 or len(content) > 40:
        return content[:40].hex()
    numbers: list[int] = []
    value = 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(str(number) for number in (first, numbers[0] - 40 * first, *numbers[1:]))


def tlv(tag: int, *parts: bytes) -> bytes:
    """One element: ``tag``, the shortest length, and ``parts`` as its content."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def set_of(*elements: bytes, tag: int = SET) -> bytes:
    """A SET OF with its encoded ``elements`` in the only allowed order (X.690, 11.6)."""
    return tlv(tag, *sorted(elements))


def oid(dotted: str) -> bytes:
    """The whole element of an object identifier given as ``1.2.840.113549.1.7.2``."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    content = bytearray()
    for number in (40 * first + second, *rest):
        octets = [number & 0x7F]
        while number := number >> 7:
            octets.append(number & 0x7F | 0x80)
        content += bytes(reversed(octets))
    return tlv(OID, bytes(content))

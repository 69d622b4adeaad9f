"""One file as it lies inside its encryption: a tar archive (POSIX.1-1988, ustar) of one member, filled up with zeros.

A tar archive carries the name beside the bytes, may end in any number of zero blocks, and everybody can open it. So the
length of what is encrypted says no more than a step: 8 KiB, which most acts fit in, then eight steps per doubling.
There is one archive for a name and its bytes, so a reader makes it again and compares.
"""

from __future__ import annotations

from typing import Final

from intake.trust.encryption.refusals import EncryptedContentChanged

BLOCK: Final = 512
LEAST: Final = 8 * 1024
"""Bytes of the smallest archive. A signed act takes two to six thousand."""

_MAX_NAME: Final = 100
_NAME: Final = slice(0, 100)
_SIZE: Final = slice(124, 135)
_CHECK_SUM: Final = slice(148, 156)


def step(size: int) -> int:
    """The bytes that ``size`` bytes are filled up to: at most an eighth more, from 8 KiB on."""
    if size <= LEAST:
        return LEAST
    grain = 1 << max(size.bit_length() - 4, BLOCK.bit_length() - 1)
    return -(-size // grain) * grain


def pack(name: str, data: bytes) -> bytes:
    """The archive of one file. Raises ValueError for a name that is not 1 to 100 characters of ASCII."""
    named = name.encode("ascii")
    if not 0 < len(named) <= _MAX_NAME:
        raise ValueError("a file in an archive has a name of 1 to 100 characters")
    filled = _header(named, len(data)) + data
    # Two empty blocks end an archive.
    return filled.ljust(step(len(filled) + 2 * BLOCK), b"\0")


def unpack(archive: bytes) -> tuple[str, bytes]:
    """Name and bytes of the one file. Raises EncryptedContentChanged for anything that ``pack`` does not write."""
    try:
        name = archive[_NAME].rstrip(b"\0").decode("ascii")
        size = int(archive[_SIZE], 8)
        data = archive[BLOCK : BLOCK + size]
        if len(data) != size or pack(name, data) != archive:
            raise EncryptedContentChanged
    except ValueError:
        raise EncryptedContentChanged from None
    return name, data


def _header(name: bytes, size: int) -> bytes:
    fields = bytearray(BLOCK)
    fields[: len(name)] = name
    fields[100:124] = b"0000644\x000000000\x000000000\x00"  # mode, owner, group
    fields[124:148] = b"%011o\x00%011o\x00" % (size, 0)  # size, time
    fields[_CHECK_SUM] = b"        "
    fields[156:157] = b"0"  # a plain file
    fields[257:265] = b"ustar\x0000"
    fields[329:345] = b"0000000\x000000000\x00"  # no device
    fields[_CHECK_SUM] = b"%06o\x00 " % sum(fields)
    return bytes(fields)

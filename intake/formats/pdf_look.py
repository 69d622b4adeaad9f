"""What is told of a PDF without opening it: whether it runs something, is protected, and which files lie in it.

It is looked for by the names of ISO 32000-2, in the bytes as they are and in what its deflated streams hold; nothing is drawn and
no structure is followed. That is coarse on purpose, as for pages: a document without scripts can always be printed to a new PDF.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_MOST_STREAMS = 100_000
_ONE = 16 << 20
_ALL = 64 << 20
"""Bytes looked at of one unpacked stream, and of all together; objects are looked at first, page contents while there is room."""
_DICTIONARY = 2048
"""Bytes before a stream in which its dictionary begins."""


def _name(*words: str) -> re.Pattern[bytes]:
    """These names of PDF, also written with ``#`` and two digits for any letter (7.3.5)."""
    spelled = ("".join(f"(?:{re.escape(char)}|#{ord(char):02x}|#{ord(char):02X})" for char in word) for word in words)
    return re.compile(f"/(?:{'|'.join(spelled)})(?=[\\x00\\t\\n\\x0c\\r ()<>\\[\\]{{}}/%]|$)".encode())


_SCRIPT = _name("JavaScript")
_LAUNCH = _name("Launch")
_FILM = _name("RichMedia")
_LOCKED = _name("Encrypt")
_OBJECTS = _name("ObjStm")
_FILE = _name("EmbeddedFile")
_CALLED = re.compile(rb"/U?F[\s\x00]*(\((?:[^\\()]|\\.){0,1000}\)|<[0-9A-Fa-f\s]{0,4000}>)", re.DOTALL)
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}


@dataclass(frozen=True, slots=True)
class PdfLook:
    """``hidden``: objects are packed in a way, or a size, that is not looked into. ``names`` are those of the files in it."""

    scripts: bool
    launches: bool
    media: bool
    locked: bool
    hidden: bool
    files: int
    names: tuple[str, ...]


def look(data: bytes) -> PdfLook:
    """Look at the bytes of a PDF; takes time in step with their number and never more memory than ``_ONE``."""
    found = _Found()
    found.look(data)
    for part in _unpacked(data, found):
        found.look(part)
    return PdfLook(
        found.scripts,
        found.launches,
        found.media,
        found.locked,
        found.hidden,
        found.files,
        tuple(dict.fromkeys(found.names)),
    )


class _Found:
    def __init__(self) -> None:
        self.scripts = self.launches = self.media = self.locked = self.hidden = False
        self.files = 0
        self.names: list[str] = []

    def look(self, data: bytes) -> None:
        self.scripts = self.scripts or bool(_SCRIPT.search(data))
        self.launches = self.launches or bool(_LAUNCH.search(data))
        self.media = self.media or bool(_FILM.search(data))
        self.locked = self.locked or bool(_LOCKED.search(data))
        self.files += sum(1 for _ in _FILE.finditer(data))
        self.names += [_text(match[1]) for match in _CALLED.finditer(data)]


def _unpacked(data: bytes, found: _Found) -> Iterator[bytes]:
    """What the deflated streams hold, those with objects first; ``found.hidden`` when one of these cannot be had whole."""
    starts: list[tuple[bool, int]] = []
    for match in _STREAM.finditer(data):
        before = data[max(0, match.start() - _DICTIONARY) : match.start()]
        objects = bool(_OBJECTS.search(before[before.rfind(b"obj") + 3 :]))
        starts.append((not objects, match.end()))
        if len(starts) > _MOST_STREAMS:
            found.hidden = True
            break
    left = _ALL
    for plain, start in sorted(starts):
        part = _inflated(data, start, min(_ONE, left)) if left > 0 else None
        if part is None or len(part) >= min(_ONE, left):
            found.hidden = found.hidden or not plain
        if part:
            left -= len(part)
            yield part


def _inflated(data: bytes, start: int, most: int) -> bytes | None:
    """At most ``most`` bytes; None where no deflated data begin (RFC 1950)."""
    head = data[start : start + 2]
    if len(head) < 2 or head[0] & 15 != 8 or (head[0] << 8 | head[1]) % 31:
        return None
    try:
        return zlib.decompressobj().decompress(memoryview(data)[start:], most)
    except zlib.error:
        return None


def _text(written: bytes) -> str:
    """A string of PDF (7.3.4, 7.9.2) as text, as far as a name needs it."""
    if written.startswith(b"<"):
        digits = b"".join(written[1:-1].split())
        found = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    else:
        found = _ESCAPED.sub(_unescaped, written[1:-1])
    if found.startswith((b"\xfe\xff", b"\xff\xfe")):
        return found.decode("utf-16", "replace")
    return found.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _unescaped(match: re.Match[bytes]) -> bytes:
    said = match[1]
    return bytes([int(said, 8) & 255]) if said.isdigit() and said < b"8" else _LETTERS.get(said, said)

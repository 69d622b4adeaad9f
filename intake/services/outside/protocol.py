"""One message between the app and a worker: two lengths, JSON, raw bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from typing import IO, Any, Final

_HEAD: Final = struct.Struct(">IQ")
MAX_JSON: Final = 16 << 20
MAX_RAW: Final = 160 << 20
"""Bytes beside the JSON: the largest file read, or the largest picture drawn, is below 100 MiB."""
_PIECE: Final = 1 << 20


class BadMessage(Exception):
    """What came is no message; the stream cannot be used any more."""


def send(stream: IO[bytes], document: object, chunks: Iterable[bytes] = ()) -> None:
    """Raises OSError when nobody reads any more."""
    encoded = json.dumps(document, allow_nan=False, ensure_ascii=True, separators=(",", ":")).encode()
    kept = list(chunks)
    stream.write(_HEAD.pack(len(encoded), sum(map(len, kept))))
    stream.writelines((encoded, *kept))
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Any, memoryview] | None:
    """The next message, None at the end. Raises BadMessage, or OSError."""
    head = _exactly(stream, _HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise BadMessage("it ends early")
    size, raw_size = _HEAD.unpack(head)
    if size > MAX_JSON or raw_size > MAX_RAW:
        raise BadMessage("it is too large")
    encoded, raw = _exactly(stream, size), _exactly(stream, raw_size)
    if len(encoded) < size or len(raw) < raw_size:
        raise BadMessage("it ends early")
    try:
        return json.loads(encoded), memoryview(raw)
    except (ValueError, RecursionError):
        raise BadMessage("it is no JSON") from None


def _exactly(stream: IO[bytes], size: int) -> bytearray:
    """``size`` bytes, fewer only at the end of the stream. Memory grows with what really comes."""
    found = bytearray()
    while len(found) < size:
        piece = stream.read(min(size - len(found), _PIECE))
        if not piece:
            break
        found += piece
    return found

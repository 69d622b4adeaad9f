"""Strict JSON: one value has one encoding, and only that encoding is read.

Acts, terms, rosters and playbooks are named by the SHA-256 of these bytes, so two programs must never disagree about
them. The form is RFC 8785 (JSON Canonicalization Scheme) narrowed until the standard library's sorted compact dump
equals it: keys are ASCII, numbers are integers a double holds exactly, strings are NFC, of characters that every version of
Python assigns (``unassigned``).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias

from intake.domain.base.refusals import Refusal
from intake.domain.base.unassigned import is_unassigned, unassigned
from intake.domain.base.wording import Wording

_JSON_NUMBER_NOT_WHOLE = Wording(
    "JsonNumberNotWhole", "it holds the number {number}, and only whole numbers are allowed"
)
BYTES_OVER_LIMIT = Wording("BytesOverLimit", "{bytes} bytes, the limit is {limit}")
_PARTS_OVER_LIMIT = Wording("PartsOverLimit", "more than {limit} braces, brackets and commas for its size")
_JSON_NOT_IN_ORDER = Wording("JsonNotInOrder", "its keys, spaces or escapes are not in canonical order and form")
_CHARACTER_FORBIDDEN = Wording("CharacterForbidden", "it holds the forbidden character U+{character}")
_JSON_KEY_TWICE = Wording("JsonKeyTwice", "it names the same key twice")
_JSON_NUMBER_TOO_LARGE = Wording("JsonNumberTooLarge", "it holds a number too large to be exact everywhere")
_NOT_UTF = Wording("NotUtf", "it is not UTF-8 text")
_NOT_JSON_AT = Wording("NotJsonAt", "it is not JSON (character {place})")
_NESTED_TOO_DEEP = Wording("NestedTooDeep", "it is nested deeper than {levels} levels")
_CHARACTER_NOT_EVERYWHERE = Wording(
    "CharacterNotEverywhere", "it holds the character U+{character}, which not every version knows"
)
_JSON_OF_ODD_TYPE = Wording("JsonOfOddType", "it holds a {type}, which has no canonical form")
_TEXT_NOT_NORMAL = Wording("TextNotNormal", "it holds text that is not in Unicode normal form C")
_JSON_KEY_NOT_ASCII = Wording("JsonKeyNotAscii", "it has a key that is not ASCII text")

Json: TypeAlias = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

MAX_BYTES = 1 << 20
MAX_DEPTH = 16
MAX_INTEGER = (1 << 53) - 1
"""The largest integer every JSON reader keeps exact (RFC 8259, section 6)."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Control characters, direction overrides that make text read as something else, lone surrogates, non-characters, and letters
that nobody sees (tags)."""


_UNKNOWN = "\N{REPLACEMENT CHARACTER}"

_SEPARATING = str.maketrans(
    dict.fromkeys("\r\x0b\x0c\x1c\x1d\x85", "\n")
    | {"\x07": "\t", "\x1e": "-", "\x1f": "\N{SOFT HYPHEN}"}
    | dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    | dict.fromkeys(range(0xE0000, 0xE0080))
)
"""What separates words, as what it means where people copy text: U+000B and U+000C are the soft line and the page of word
processors, slides and PDFs, U+0007 ends the cell of a table, U+001E and U+001F are a hyphen that keeps a line together and one
that shows only where a line ends. U+2028 and U+2029 are stored as they are. Direction overrides, byte order marks and tags
separate nothing and are left out."""


class NotCanonical(Refusal):
    what = "This data is not in the one form Countersign signs and reads: {detail}."
    why = "Data with two readings could show one thing to the signer and another to the reader."
    next = "Ask the sender for the original file; do not repair it by hand."


class TooLarge(NotCanonical):
    what = "This data is larger than Countersign reads: {detail}."
    why = "Acts are kept small so that a hostile file cannot exhaust the machine."


def dump(value: Json) -> bytes:
    """Encode ``value`` in canonical form (UTF-8 bytes). Raises NotCanonical for a value that has none."""
    encoded = dump_large(value)
    if len(encoded) > MAX_BYTES:
        raise TooLarge(detail=BYTES_OVER_LIMIT(bytes=len(encoded), limit=MAX_BYTES))
    return encoded


def dump_large(value: Json) -> bytes:
    """As ``dump``, without its limit of size: for listings that travel as blobs, never for acts."""
    _check(value, 0)
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


def dump_checked(value: Json) -> bytes:
    """As ``dump_large``, for a value whose every text, number and key was checked field by field already."""
    return _ENCODER.encode(value).encode()


def parse(encoded: bytes, *, limit: int = MAX_BYTES, parts: int | None = None) -> Json:
    """Read canonical bytes (at most ``limit`` of them); anything but the exact canonical form is refused.

    ``parts`` is how many braces, brackets and commas there may be, for a limit above that of an act. They are counted before
    anything is made of them: in the memory of the program a list that says nothing takes thirty times its bytes.
    """
    if len(encoded) > limit:
        raise TooLarge(detail=BYTES_OVER_LIMIT(bytes=len(encoded), limit=limit))
    if parts is not None and sum(map(encoded.count, (b"{", b"[", b","))) > parts:
        raise TooLarge(detail=_PARTS_OVER_LIMIT(limit=parts))
    try:
        text = encoded.decode("utf-8", "strict")
        value: Json = _DECODER.decode(text)
    except UnicodeDecodeError:
        raise NotCanonical(detail=_NOT_UTF()) from None
    except json.JSONDecodeError as error:
        raise NotCanonical(detail=_NOT_JSON_AT(place=error.pos)) from None
    except RecursionError:
        raise NotCanonical(detail=_NESTED_TOO_DEEP(levels=MAX_DEPTH)) from None
    if not _plain(encoded):
        _check(value, 0)
    if _ENCODER.encode(value) != text:
        raise NotCanonical(detail=_JSON_NOT_IN_ORDER())
    return value


def digest(value: Json) -> str:
    """SHA-256 of the canonical form, as 64 lower-case hexadecimal digits."""
    return sha256(dump(value))


def sha256(data: bytes) -> str:
    """SHA-256 of ``data``, as 64 lower-case hexadecimal digits."""
    # Here, because OpenSSL comes along: the start of the app hashes nothing.
    import hashlib

    return hashlib.sha256(data).hexdigest()


def clean(text: str) -> str:
    """Make typed or imported text storable: NFC, line ends as ``\\n``, without what canonical form forbids.

    What separates words still does (``_SEPARATING``). A control character without a meaning in text, half a character, or one
    that not every version knows becomes U+FFFD, which shows that something is missing; nothing of it is glued together.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").translate(_SEPARATING)
    if unassigned(text):
        text = "".join(_UNKNOWN if is_unassigned(char) else char for char in text)
    # Leaving a character out can bring two others together that compose, so normalisation comes last.
    return unicodedata.normalize("NFC", _FORBIDDEN.sub(_UNKNOWN, text))


_PLAIN = bytes(set(range(0x20, 0x7F)) - set(b"\\"))


def _plain(encoded: bytes) -> bool:
    """Whether ``_check`` has nothing to find, seen at a glance: half the time of reading a usual act.

    ASCII is NFC and holds no direction marks, printable text holds no control characters unless escaped, and what has
    no more brackets than levels allowed is not nested deeper. Numbers were judged while they were read.
    """
    # Asked of bytes: ``str.isprintable`` takes ten times as long.
    return not encoded.translate(None, _PLAIN) and encoded.count(b"{") + encoded.count(b"[") <= MAX_DEPTH


def _check(value: object, depth: int) -> None:
    """``depth`` counts the objects and lists around ``value``."""
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise NotCanonical(detail=_JSON_NUMBER_TOO_LARGE())
    elif isinstance(value, str):
        _check_text(value)
    elif not isinstance(value, Mapping | list | tuple):
        raise NotCanonical(detail=_JSON_OF_ODD_TYPE(type=type(value).__name__))
    elif depth == MAX_DEPTH:
        raise NotCanonical(detail=_NESTED_TOO_DEEP(levels=MAX_DEPTH))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical(detail=_JSON_KEY_NOT_ASCII())
            _check_text(key)
            _check(item, depth + 1)
    else:
        for item in value:
            _check(item, depth + 1)


def _check_text(text: str) -> None:
    if text.isascii():
        # The common case, and NFC by definition; only control characters can be wrong.
        if text.isprintable():
            return
    elif unknown := unassigned(text):
        # Before the question of its form, which another version of Unicode might answer otherwise.
        raise NotCanonical(detail=_CHARACTER_NOT_EVERYWHERE(character=f"{ord(unknown):04X}"))
    elif not unicodedata.is_normalized("NFC", text):
        raise NotCanonical(detail=_TEXT_NOT_NORMAL())
    found = _FORBIDDEN.search(text)
    if found:
        raise NotCanonical(detail=_CHARACTER_FORBIDDEN(character=f"{ord(found.group()):04X}"))


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotCanonical(detail=_JSON_KEY_TWICE())
    return made


def _integer(text: str) -> int:
    # No number of more than 17 characters fits; converting a very long one would take very long.
    if len(text) > 17 or abs(value := int(text)) > MAX_INTEGER:
        raise NotCanonical(detail=_JSON_NUMBER_TOO_LARGE())
    return value


def _refuse_number(text: str) -> NoReturn:
    raise NotCanonical(detail=_JSON_NUMBER_NOT_WHOLE(number=text[:20]))


# Made once: ``json.loads`` and ``json.dumps`` with options build theirs again on every call.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_refuse_number, parse_constant=_refuse_number, parse_int=_integer
)
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))

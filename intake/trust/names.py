"""Names in certificates (RFC 5280, section 4.1.2.4), read for display only: foreign text, in any of the codes that were ever used.

The library that reads certificates refuses a whole name for one old code (T61String), so names are read here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from intake.trust import der
from intake.trust.parts import THE_NAME

_COMMON_NAME: Final = der.oid("2.5.4.3")
_CODES: Final = {
    0x0C: "utf-8",  # UTF8String
    0x12: "latin-1",  # NumericString
    0x13: "latin-1",  # PrintableString
    0x16: "latin-1",  # IA5String
    0x1A: "latin-1",  # VisibleString
    0x1C: "utf-32-be",  # UniversalString
    0x1E: "utf-16-be",  # BMPString
}
_T61 = 0x14
_LONGEST: Final = 200


def common_name(name: bytes) -> str:
    """What somebody is called by an encoded name, with what cannot be shown replaced; empty for none.

    The last common name is the most specific: directories put that of a folder, such as “Users”, before it. Without one it is the
    first text of any kind. Raises UnexpectedStructure or a BadEncoding.
    """
    texts = list(_texts(name))
    found = [text for kind, text in texts if kind == _COMMON_NAME][-1:] or [text for _, text in texts][:1]
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in "".join(found))[:_LONGEST]


def _texts(name: bytes) -> Iterator[tuple[bytes, str]]:
    """Each attribute in order: its type as an encoded identifier, and its value."""
    at, end = der.enter(name, 0, len(name), der.SEQUENCE, THE_NAME)
    while at < end:
        one, at = der.enter(name, at, end, der.SET, THE_NAME)
        while one < at:
            inside, one = der.enter(name, one, at, der.SEQUENCE, THE_NAME)
            stop = der.enter(name, inside, one, der.OID, THE_NAME)[1]
            start, last = der.span(name, stop, one)
            der.finish(last, one, THE_NAME)
            yield name[inside:stop], _decoded(name[stop], name[start:last])


def _decoded(tag: int, content: bytes) -> str:
    if tag == _T61:
        # Nobody wrote the code of the standard (T.61): programs put Latin-1 there, and later UTF-8.
        try:
            return content.decode()
        except UnicodeDecodeError:
            return content.decode("latin-1")
    return content.decode(_CODES.get(tag, "utf-8"), "replace")

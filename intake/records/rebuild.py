"""Is this PDF the record our own register makes? The base made again, and compared.

With the libraries that made the PDF the bytes must be equal. With others the decoded content must be: every object
reachable from the document's root, streams decompressed. The twin and its printed digest name the libraries, so the
rebuild repeats the names the PDF gives; they are the only thing taken from it.
"""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf

from intake.domain.canonical import NotCanonical
from intake.records import base, structure
from intake.records.content import RecordContent, read_twin
from intake.records.fonts import Fonts
from intake.records.refusals import ChangedBase, NotARecord, OtherEdition
from intake.records.verdict import Reprint

_VERSION = re.compile(r"[0-9A-Za-z.+_-]{1,80}")


def base_of(pdf: bytes) -> bytes:
    """The base a record starts with, signed or not. Raises NotARecord or BrokenRecord."""
    return pdf[: structure.scan(pdf).base_length]


def check_base(pdf: bytes, content: RecordContent, *, fonts: Fonts, icc: bytes) -> None:
    """See that ``pdf`` shows ``content``. Raises ChangedBase, NotARecord or BrokenRecord.

    To be called before countersigning, with the content of one's own register.
    """
    shape = structure.scan(pdf)
    found = pdf[: shape.base_length]
    own = base.made_with(fonts)
    claimed = _made_with(shape.twin)
    if claimed.keys() != own.keys():
        raise ChangedBase
    rebuilt = base.build_base(content, fonts=fonts, icc=icc, made_with_others=claimed)
    if found == rebuilt:
        return
    if claimed == own or not same_base(found, rebuilt):
        raise ChangedBase


def printed_alike(twin: bytes, content: RecordContent, *, fonts: Fonts, icc: bytes) -> Reprint:
    """``content`` printed under the names of libraries that the ``twin`` of a record gives.

    Raises OtherEdition when its pages were laid out by another version of Countersign, NotARecord for an odd twin.
    """
    own, claimed = base.made_with(fonts), _made_with(twin)
    if claimed.keys() != own.keys() or any(claimed[name] != own[name] for name in ("layout", "fonts")):
        raise OtherEdition
    return Reprint(base.build_base(content, fonts=fonts, icc=icc, made_with_others=claimed), claimed == own)


def same_base(found: bytes, rebuilt: bytes) -> bool:
    """Whether two bases are equal, in bytes or in decoded content."""
    if found == rebuilt:
        return True
    try:
        with pikepdf.Pdf.open(BytesIO(found)) as left, pikepdf.Pdf.open(BytesIO(rebuilt)) as right:
            return _Comparison().same(left.Root, right.Root) and _Comparison().same(left.docinfo, right.docinfo)
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError) as error:
        raise NotARecord(detail=f"it cannot be read ({type(error).__name__})") from None


class _Comparison:
    """Two object graphs walked side by side, without recursion, so that a deep file cannot exhaust the stack."""

    def __init__(self) -> None:
        self._met: set[tuple[tuple[int, int], tuple[int, int]]] = set()
        self._open: list[tuple[pikepdf.Object, pikepdf.Object]] = []

    def same(self, left: pikepdf.Object, right: pikepdf.Object) -> bool:
        self._open.append((left, right))
        while self._open:
            if not self._alike(*self._open.pop()):
                return False
        return True

    def _alike(self, left: object, right: object) -> bool:
        if not isinstance(left, pikepdf.Object) or not isinstance(right, pikepdf.Object):
            return type(left) is type(right) and left == right
        if left.is_indirect and right.is_indirect:
            pair = (left.objgen, right.objgen)
            if pair in self._met:
                return True
            self._met.add(pair)
        if left._type_code != right._type_code:
            return False
        if isinstance(left, pikepdf.Stream) and isinstance(right, pikepdf.Stream):
            return left.read_bytes() == right.read_bytes() and self._entries(left, right)
        if isinstance(left, pikepdf.Dictionary) and isinstance(right, pikepdf.Dictionary):
            return self._entries(left, right)
        if isinstance(left, pikepdf.Array) and isinstance(right, pikepdf.Array):
            self._open.extend(zip(left, right, strict=False))
            return len(left) == len(right)
        return bool(left == right)

    def _entries(self, left: pikepdf.Object, right: pikepdf.Object) -> bool:
        keys = set(left.keys()) - _ENCODING
        if keys != set(right.keys()) - _ENCODING:
            return False
        self._open.extend((left[key], right[key]) for key in keys)
        return True


_ENCODING = {"/Length", "/Filter", "/DecodeParms", "/Length1"}


def _made_with(twin: bytes) -> dict[str, str]:
    """The names of layout and libraries that made a record, as its twin claims them: short plain words."""
    try:
        claimed = read_twin(twin)["made_with"]
    except (NotCanonical, KeyError):
        raise NotARecord(detail="its attached data cannot be read") from None
    if not isinstance(claimed, dict) or not all(
        isinstance(value, str) and _VERSION.fullmatch(value) for value in claimed.values()
    ):
        raise NotARecord(detail="its attached data does not say what made it")
    return dict(claimed)

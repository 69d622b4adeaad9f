"""Is this PDF the record our own register makes? The base made again, and compared.

It is printed in the edition the PDF names, whatever is newest here. With the libraries that made the PDF the bytes must be
equal. With others every object must be, in whatever order and spelling. The twin and its printed digest name edition and
libraries, so the rebuild repeats the names the PDF gives; they are the only thing taken from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from intake.domain.base.canonical import NotCanonical
from intake.domain.base.wording import Wording
from intake.records.content import RecordContent, read_twin
from intake.records.editions.edition import Edition
from intake.records.editions.printer import Printer
from intake.records.proof.verdict import Reprint
from intake.records.reading import sections, structure
from intake.records.reading.grammar import Ref, Value, same
from intake.records.reading.sections import FileSections
from intake.records.refusals import ChangedBase, NotARecord, OtherFonts

_ITS_ATTACHED_DATA_DOES_NOT_SAY = Wording(
    "RebuildItsAttachedDataDoesNotSayWhatMade", "its attached data does not say what made it"
)
_ITS_ATTACHED_DATA_CANNOT_BE_READ = Wording("RebuildItsAttachedDataCannotBeRead", "its attached data cannot be read")

Compose: TypeAlias = Callable[[Edition], RecordContent]
"""What the register says, in the words of an edition."""

_VERSION = re.compile(r"[0-9A-Za-z.+_-]{1,80}")


def base_of(pdf: bytes) -> bytes:
    """The base a record starts with, signed or not. Raises NotARecord or BrokenRecord."""
    return pdf[: structure.scan(pdf).base_length]


def check_base(pdf: bytes, compose: Compose, printer: Printer) -> None:
    """See that ``pdf`` shows what ``compose`` says. Raises ChangedBase, UnknownEdition, NotARecord or BrokenRecord.

    To be called before countersigning, with the content of one's own register.
    """
    shape = structure.scan(pdf)
    found = pdf[: shape.base_length]
    edition = printer.edition_of(shape.twin)
    own = printer.made_with(edition)
    claimed = made_with(shape.twin)
    if claimed.keys() != own.keys():
        raise ChangedBase
    rebuilt = printer.base(edition, compose(edition), claimed)
    if found == rebuilt:
        return
    if claimed == own or not same_base(found, rebuilt):
        raise ChangedBase


def printed_alike(twin: bytes, compose: Compose, printer: Printer) -> Reprint:
    """What ``compose`` says, printed in the edition and under the names of libraries that the ``twin`` of a record gives.

    Raises UnknownEdition or OtherFonts when that cannot be printed here, NotARecord for an odd twin.
    """
    edition = printer.edition_of(twin)
    own, claimed = printer.made_with(edition), made_with(twin)
    if claimed.keys() != own.keys() or claimed["fonts"] != own["fonts"]:
        raise OtherFonts(edition=edition.number)
    return Reprint(printer.base(edition, compose(edition), claimed), claimed == own)


def makes(made: Reprint, pages: bytes) -> bool:
    """Whether ``pages`` are those that were made again: to the byte, or by their objects where other libraries made them."""
    return pages == made.base or (bool(made.base) and not made.exact and same_base(pages, made.base))


def same_base(found: bytes, rebuilt: bytes) -> bool:
    """Whether two bases hold the same objects, however they are numbered and spelled. Raises BrokenRecord.

    Every object of both has a part in it: what nothing points to would be signed and never seen.
    """
    return found == rebuilt or _Comparison(sections.read(found), sections.read(rebuilt)).same()


class _Comparison:
    """Two object graphs walked side by side, without recursion, so that a deep file cannot exhaust the stack."""

    def __init__(self, left: FileSections, right: FileSections) -> None:
        self._left = left
        self._right = right
        self._met: dict[int, int] = {}
        self._taken: set[int] = set()
        self._open: list[tuple[Value, Value]] = []

    def same(self) -> bool:
        one, other = self._left.base, self._right.base
        self._open += [(Ref(one.root), Ref(other.root)), (Ref(one.info), Ref(other.info))]
        while self._open:
            if not self._alike(*self._open.pop()):
                return False
        # None is left over on either side.
        return self._met.keys() == one.objects.keys() and self._taken == other.objects.keys()

    def _alike(self, left: Value, right: Value) -> bool:
        if isinstance(left, Ref) and isinstance(right, Ref):
            return self._objects(left.number, right.number)
        if isinstance(left, dict) and isinstance(right, dict):
            self._open.extend((value, right[key]) for key, value in left.items() if key in right)
            return left.keys() == right.keys()
        if isinstance(left, tuple) and isinstance(right, tuple):
            self._open.extend(zip(left, right, strict=False))
            return len(left) == len(right)
        return same(left, right)

    def _objects(self, left: int, right: int) -> bool:
        if left in self._met:
            return self._met[left] == right
        if right in self._taken:
            # Two that say the same are not one: a copy of a field on the page is no field, and never shows a signature.
            return False
        self._met[left] = right
        self._taken.add(right)
        one, other = self._left.stored(left), self._right.stored(right)
        self._open.append((one.value, other.value))
        return (one.data is None) is (other.data is None) and self._left.stream(one) == self._right.stream(other)


def made_with(twin: bytes) -> dict[str, str]:
    """The libraries that made a record with their versions, as its twin claims them: short plain words."""
    try:
        claimed = read_twin(twin)["made_with"]
    except (NotCanonical, KeyError):
        raise NotARecord(detail=_ITS_ATTACHED_DATA_CANNOT_BE_READ()) from None
    if not isinstance(claimed, dict) or not all(
        isinstance(value, str) and _VERSION.fullmatch(value) for value in claimed.values()
    ):
        raise NotARecord(detail=_ITS_ATTACHED_DATA_DOES_NOT_SAY())
    return dict(claimed)

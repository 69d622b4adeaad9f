"""What a signature shows on the page, drawn again and compared.

A signer draws how their signature looks, and could make it say anything within its field. It is drawn again from
the name, the reason, the key and the moment, and has to show the same: the same objects, fonts and operators, in whatever numbering
and spacing. The file says itself which versions of libraries drew it, so that claim changes nothing. A difference is
something to be reported, and never a verdict: another version may have drawn it otherwise for good reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from intake.records.content import SignatureField
from intake.records.editions.printer import Printer
from intake.records.reading import parts, sections, structure
from intake.records.reading.grammar import Name, Ref, Value, same
from intake.records.reading.operators import same_drawing
from intake.records.reading.sections import FileSections
from intake.records.reading.structure import Structure
from intake.trust import cms


@dataclass(frozen=True, slots=True)
class SaidBy:
    """Whose signature it is by name, and the reason they gave, as ``Signing`` has it."""

    name: str
    reason: str | None = None


def foreign(pdf: bytes, signers: Mapping[str, SaidBy], printer: Printer) -> tuple[SignatureField, ...]:
    """The fields whose look is not what this app draws. ``signers`` are by fingerprint of the key.

    Nothing is said of signatures by other keys. The pages must be known to be ours: libraries open them to draw. Raises a
    refusal for a file that is no record, or whose signatures do not hold, or whose edition is not known here.
    """
    shape = structure.scan(pdf)
    printer.edition_of(shape.twin)  # an unknown edition is refused even where nobody has signed
    found = []
    for index, revision in enumerate(shape.revisions):
        held = cms.read(revision.signature, detached_digest=partial(revision.digest, pdf))
        said = signers.get(held.fingerprint)
        if said is not None and not _is_ours(pdf, shape, index, said, printer):
            found.append(revision.field)
    return tuple(found)


def _is_ours(pdf: bytes, shape: Structure, index: int, said: SaidBy, printer: Printer) -> bool:
    from intake.records.signatures import sign

    revision = shape.revisions[index]
    before, through = shape.sections.all[: index + 1], shape.sections.all[: index + 2]
    known = pdf[: revision.start]
    made = known + sign.written_again(pdf, revision, person=said.name, reason=said.reason, printer=printer)
    drawn = sections.read(made, FileSections(known, before))
    field = Ref(parts.fields_of(drawn)[revision.field])
    return _Shown(FileSections(pdf, through), drawn).same(field)


class _Shown:
    """Two looks side by side. Both passed ``increments``: what a look points to is a few steps deep, and never in a ring."""

    def __init__(self, found: FileSections, drawn: FileSections) -> None:
        self._found = found
        self._drawn = drawn

    def same(self, field: Ref) -> bool:
        """Whether ``field`` shows the same in both files."""
        one, other = self._found.stored(field.number).value, self._drawn.stored(field.number).value
        assert isinstance(one, dict)
        assert isinstance(other, dict)
        return self._alike(one["AP"], other["AP"])

    def _alike(self, one: Value, other: Value) -> bool:
        if isinstance(one, Ref) and isinstance(other, Ref):
            return self._objects(one, other)
        if isinstance(one, dict) and isinstance(other, dict):
            return one.keys() == other.keys() and all(self._alike(value, other[key]) for key, value in one.items())
        if isinstance(one, tuple) and isinstance(other, tuple):
            return len(one) == len(other) and all(map(self._alike, one, other))
        # A version may write 74 where another writes 74.0.
        return one == other if isinstance(one, int | Decimal) and isinstance(other, int | Decimal) else same(one, other)

    def _objects(self, one: Ref, other: Ref) -> bool:
        found, drawn = self._found.stored(one.number), self._drawn.stored(other.number)
        left, right = self._found.stream(found), self._drawn.stream(drawn)
        value, wanted = found.value, drawn.value
        if not isinstance(value, dict) or not isinstance(wanted, dict) or (found.data is None) != (drawn.data is None):
            return False
        if wanted.get("Subtype") == Name("Form"):
            # How long it is follows from how it is spaced.
            value, wanted = {**value, "Length": 0}, {**wanted, "Length": 0}
            return self._alike(value, wanted) and same_drawing(left, right)
        return left == right and self._alike(value, wanted)

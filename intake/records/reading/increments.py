"""What one signature may add to a record, listed object by object: itself, its look, and the marks that say it is there.

A section may replace three objects only, and in them only the entries that signing writes: the document's root, the
form, and one field that was empty. Everything else in it is new, reached only from that field, and has the shape given
here. This also holds for the first signer's section, which no signature before it protects: without this rule a record
could begin with the base both opinions name and show other pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from intake.domain.base.wording import Wording
from intake.records.reading import drawings, font_widths
from intake.records.reading.grammar import Hex, Name, Ref, Value, same
from intake.records.reading.parts import fields_of, form_of
from intake.records.reading.sections import FileSection, FileSections, Stored
from intake.records.refusals import ForeignChange

_MORE_WAS_CHANGED_THAN_ONE_SIGNATURE = Wording(
    "IncrementsMoreWasChangedThanOneSignatureField", "more was changed than one signature field"
)
_IT_HOLDS_SOMETHING_THAT_BELONGS_TO = Wording(
    "IncrementsItHoldsSomethingThatBelongsToNoSignature", "it holds something that belongs to no signature"
)
_ONE_OF_ITS_PARTS_WAS_EXCHANGED = Wording("IncrementsOneOfItsPartsWasExchanged", "one of its parts was exchanged")
_A_SIGNATURE_WAS_EXCHANGED_OR_REMOVED = Wording(
    "IncrementsASignatureWasExchangedOrRemoved", "a signature was exchanged or removed"
)
_A_SIGNATURE_FIELD_WAS_CHANGED = Wording("IncrementsASignatureFieldWasChanged", "a signature field was changed")
_A_SIGNATURE_DOES_NOT_BRING_ITS = Wording(
    "IncrementsASignatureDoesNotBringItsOwnLook", "a signature does not bring its own look"
)
_THE_LOOK_OF_A_SIGNATURE_HAS = Wording(
    "IncrementsTheLookOfASignatureHasAnotherBox", "the look of a signature has another box than its field"
)
_THE_LOOK_OF_A_SIGNATURE_DRAWS = Wording(
    "IncrementsTheLookOfASignatureDrawsOtherwise", "the look of a signature draws in a way that no signature does"
)
_ITS_ROOT_WAS_CHANGED_BY_MORE = Wording(
    "IncrementsItsRootWasChangedByMoreThanSigning", "its root was changed by more than signing needs"
)
_A_SIGNATURE_POINTS_TO_SOMETHING_THAT = Wording(
    "IncrementsASignaturePointsToSomethingThatIsNot", "a signature points to something that is not its own"
)
_ENTRY_NOT_IN_FORM = Wording("IncrementsEntryNotInForm", "the {name} of a signature is not in its form")
_THE_FONTS_OF_A_SIGNATURE_ARE = Wording(
    "IncrementsTheFontsOfASignatureAreNotIn", "the fonts of a signature are not in their form"
)
_ITS_FORM_WAS_CHANGED = Wording("IncrementsItsFormWasChanged", "its form was changed")
_FORM_SAYS_NOTHING = Wording(
    "IncrementsTheFormDoesNotSayThatItIsSigned", "its form does not say that the record is signed"
)
_WORDS_OUTSIDE = Wording(
    "IncrementsTheLookOfASignatureHasWordsOutside", "the look of a signature has words outside its field"
)
_THE_FIRST_SIGNATURE_DOES_NOT_CLOSE = Wording(
    "IncrementsTheFirstSignatureDoesNotCloseItAgainst", "the first signature does not close it against changes"
)

Shape: TypeAlias = "Callable[[Value], bool] | Mapping[str, Shape] | Value | Pointer"


class Pointer(str):
    """A reference to a new object of the shape with this name."""

    __slots__ = ()


def check(sections: FileSections) -> tuple[Stored, ...]:
    """See that every section after the base adds one signature and nothing else; gives the signatures in order.

    Raises ForeignChange.
    """
    return tuple(_Added(sections, index).signature() for index in range(1, len(sections.all)))


# --------------------------------------------------------------------------------------------------------- shapes
MOST = 1_000_000
"""No measure of a look, and no width in its fonts, is larger: what readers cannot hold they read as something else."""
MOST_BYTES = 16 << 20

_PLAIN = re.compile(r"[A-Za-z0-9+,._-]{1,127}")


def _number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and -MOST <= value <= MOST


def _whole(value: Value) -> bool:
    return isinstance(value, int) and 0 <= value <= MOST_BYTES


def _code(value: Value) -> bool:
    return isinstance(value, int) and 0 <= value <= 255


def _name(value: Value) -> bool:
    return isinstance(value, Name) and bool(_PLAIN.fullmatch(value))


def _box(value: Value) -> bool:
    return isinstance(value, tuple) and len(value) == 4 and all(map(_number, value))


def _widths(value: Value) -> bool:
    return isinstance(value, tuple) and all(map(_number, value))


def _text(value: Value) -> bool:
    return isinstance(value, bytes)


def _hexadecimal(value: Value) -> bool:
    return isinstance(value, Hex)


def _range(value: Value) -> bool:
    return isinstance(value, tuple) and len(value) == 4


_SIGNATURE: dict[str, Shape] = {
    "Type": Name("Sig"),
    "Filter": Name("Adobe.PPKLite"),
    "SubFilter": Name("ETSI.CAdES.detached"),
    "Contents": _hexadecimal,
    "ByteRange": _range,
    "M": _text,
}
_CERTIFYING: Value = (
    {
        "Type": Name("SigRef"),
        "TransformMethod": Name("DocMDP"),
        "TransformParams": {"Type": Name("TransformParams"), "V": Name("1.2"), "P": 2},
    },
)
_FORM_XOBJECT: dict[str, Shape] = {
    "Type": Name("XObject"),
    "Subtype": Name("Form"),
    "BBox": _box,
    "Length": _whole,
}
_STREAM: dict[str, Shape] = {"Length": _whole}
_SHAPES: dict[str, tuple[bool, Shape]] = {
    # name: whether it is a stream, and its dictionary
    "value": (False, _SIGNATURE),
    "certifying value": (False, {**_SIGNATURE, "Reference": _CERTIFYING}),
    "look": (
        True,
        {
            **_FORM_XOBJECT,
            "Resources": {
                "ExtGState": {"BackgroundGS": {"CA": 1, "ca": 1}},
                "XObject": {"Appearance": Pointer("drawing")},
            },
        },
    ),
    "drawing": (
        True,
        {
            **_FORM_XOBJECT,
            "Resources": {
                "Font": Pointer("fonts"),
                "ProcSet": tuple(Name(name) for name in ("PDF", "Text", "ImageB", "ImageC", "ImageI")),
            },
        },
    ),
    "font": (
        False,
        {
            "Type": Name("Font"),
            "Subtype": Name("TrueType"),
            "BaseFont": _name,
            "Name": _name,
            "FirstChar": _code,
            "LastChar": _code,
            "Widths": _widths,
            "FontDescriptor": Pointer("descriptor"),
            "ToUnicode": Pointer("to unicode"),
        },
    ),
    "descriptor": (
        False,
        {
            "Type": Name("FontDescriptor"),
            "FontName": _name,
            "FontBBox": _box,
            "FontFile2": Pointer("font file"),
            **dict.fromkeys(
                ("Ascent", "CapHeight", "Descent", "Flags", "ItalicAngle", "MissingWidth", "StemV"), _number
            ),
        },
    ),
    "to unicode": (True, _STREAM),
    "font file": (True, {**_STREAM, "Length1": _whole}),
}

_EXTENSIONS: dict[str, Value] = {
    "ESIC": {"Type": Name("DeveloperExtensions"), "BaseVersion": Name("1.7"), "ExtensionLevel": 1},
    "ISO_": (
        {
            "Type": Name("DeveloperExtensions"),
            "BaseVersion": Name("2.0"),
            "ExtensionLevel": 32002,
            "URL": b"https://www.iso.org/standard/45875.html",
            "ExtensionRevision": b":2022",
        },
    ),
}
"""PAdES, and elliptic curves in PDF 2.0: what the signatures need readers to know."""


def _only_look(value: Value | None) -> Ref | None:
    """The one look in a field's ``/AP``, for every state, and stateless itself."""
    look = value.get("N") if isinstance(value, dict) and len(value) == 1 else None
    return look if isinstance(look, Ref) else None


def _stated(font: Stored) -> drawings.FontWidths:
    """The widths that a font states. Its shape was seen."""
    made = font.value
    assert isinstance(made, dict)
    first = made["FirstChar"]
    assert isinstance(first, int)
    return drawings.FontWidths(first, _measures(made["Widths"]))


def _measures(value: Value) -> tuple[Decimal, ...]:
    """The numbers of an array of nothing else; what is none is left out."""
    every = value if isinstance(value, tuple) else ()
    return tuple(Decimal(item) for item in every if isinstance(item, int | Decimal))


# --------------------------------------------------------------------------------------------------------- checking
class _Added:
    """One section, compared with the record before it."""

    def __init__(self, sections: FileSections, index: int) -> None:
        self._sections = sections
        self._index = index
        self._section: FileSection = sections.all[index]
        known = frozenset(number for section in sections.all[:index] for number in section.objects)
        self._replaced = self._section.objects.keys() & known
        self._new = self._section.objects.keys() - known
        self._seen: set[int] = set()
        self._named: dict[str, drawings.FontWidths] = {}
        """The fonts that the resources of the look name."""
        self._room = drawings.Box(*[Decimal(0)] * 4)

    def signature(self) -> Stored:
        """The signature this section adds. Raises ForeignChange."""
        root, form = self._sections.base.root, form_of(self._sections).number
        signed = self._replaced & set(fields_of(self._sections).values())
        if len(signed) != 1 or not self._replaced <= signed | {root, form}:
            raise ForeignChange(detail=_MORE_WAS_CHANGED_THAN_ONE_SIGNATURE())
        (number,) = signed
        field = self._field(number)
        self._root(root, field)
        if form in self._replaced:
            old, new = self._both(form)
            if not same(new, {**old, "SigFlags": 3}):
                raise ForeignChange(detail=_ITS_FORM_WAS_CHANGED())
        elif self._index == 1:
            # The second signature would have to say it, and to libraries that is a change behind the first.
            raise ForeignChange(detail=_FORM_SAYS_NOTHING())
        self._visit(field, "certifying value" if self._index == 1 else "value")
        if self._seen != self._new:
            raise ForeignChange(detail=_IT_HOLDS_SOMETHING_THAT_BELONGS_TO())
        return self._section.objects[field.number]

    def _both(self, number: int) -> tuple[dict[str, Value], dict[str, Value]]:
        old, new = self._sections.stored(number, self._index - 1), self._section.objects[number]
        if not isinstance(old.value, dict) or not isinstance(new.value, dict) or new.data is not None:
            raise ForeignChange(detail=_ONE_OF_ITS_PARTS_WAS_EXCHANGED())
        return old.value, new.value

    def _field(self, number: int) -> Ref:
        """The signature the field now points to; its look is seen to."""
        old, new = self._both(number)
        value, look = new.get("V"), new.get("AP")
        if "V" in old or not isinstance(value, Ref):
            raise ForeignChange(detail=_A_SIGNATURE_WAS_EXCHANGED_OR_REMOVED())
        if look is None or not same(new, {**old, "V": value, "AP": look}):
            raise ForeignChange(detail=_A_SIGNATURE_FIELD_WAS_CHANGED())
        empty, drawn = _only_look(old.get("AP")), _only_look(look)
        if drawn is None or empty is None:
            raise ForeignChange(detail=_A_SIGNATURE_DOES_NOT_BRING_ITS())
        room = _measures(self._box(empty))
        if len(room) != 4:
            raise ForeignChange(detail=_THE_LOOK_OF_A_SIGNATURE_HAS())
        self._room = drawings.Box(*room)
        self._visit(drawn, "look")
        if not same(self._box(empty), self._box(drawn)):
            # Readers scale a look from its box to the field: another box shows it larger or moved.
            raise ForeignChange(detail=_THE_LOOK_OF_A_SIGNATURE_HAS())
        return value

    def _box(self, look: Ref) -> Value:
        value = self._sections.stored(look.number, self._index).value
        return value.get("BBox", ()) if isinstance(value, dict) else ()

    def _root(self, root: int, signature: Ref) -> None:
        """The first signature closes the document, in the root; either may say what readers must know."""
        if root not in self._replaced and self._index > 1:
            return
        old, new = self._both(root) if root in self._replaced else ({}, {})
        allowed = dict(old)
        if self._index == 1:
            allowed["Perms"] = {"DocMDP": signature}
            if not same(new.get("Perms", ()), allowed["Perms"]):
                raise ForeignChange(detail=_THE_FIRST_SIGNATURE_DOES_NOT_CLOSE())
        if "Version" in new:
            allowed["Version"] = Name("2.0")
        extensions = new.get("Extensions")
        if isinstance(extensions, dict) and all(
            key in _EXTENSIONS and same(_EXTENSIONS[key], value) for key, value in extensions.items()
        ):
            allowed["Extensions"] = extensions
        if not same(new, allowed):
            raise ForeignChange(detail=_ITS_ROOT_WAS_CHANGED_BY_MORE())

    # ----------------------------------------------------------------------------------------------------- shapes
    def _visit(self, reference: Ref, name: str) -> None:
        """See that the object is new and has the shape with this name, and all that it points to as well."""
        if reference.number not in self._new or reference.number in self._seen:
            raise ForeignChange(detail=_A_SIGNATURE_POINTS_TO_SOMETHING_THAT())
        self._seen.add(reference.number)
        stored = self._section.objects[reference.number]
        if name == "fonts":
            self._fonts(stored)
            return
        streams, shape = _SHAPES[name]
        if (stored.data is not None) is not streams:
            raise ForeignChange(detail=_ENTRY_NOT_IN_FORM(name=name))
        self._compare(stored.value, shape, name)
        if name == "font":
            self._widths(stored)
        drawn = self._sections.stream(stored)
        if (name == "look" and drawn != drawings.LOOK) or (name == "drawing" and not drawings.is_drawing(drawn)):
            raise ForeignChange(detail=_THE_LOOK_OF_A_SIGNATURE_DRAWS())
        if name == "drawing" and not drawings.fonts_of(drawn) <= self._named.keys():
            # Readers put another font each in the place of one that is not there.
            raise ForeignChange(detail=_THE_FONTS_OF_A_SIGNATURE_ARE())
        if name == "drawing" and not drawings.words_stay_in(drawn, self._room, self._named):
            raise ForeignChange(detail=_WORDS_OUTSIDE())

    def _widths(self, font: Stored) -> None:
        """See that a font states the widths that it has. Its shape was seen."""
        made = font.value
        assert isinstance(made, dict)
        program = self._sections.stream(self._pointed(self._pointed(font, "FontDescriptor"), "FontFile2"))
        first, widths = _stated(font)
        last = made["LastChar"]
        if last != first + len(widths) - 1 or not font_widths.are_its_own(widths, program, first):
            raise ForeignChange(detail=_THE_FONTS_OF_A_SIGNATURE_ARE())

    def _pointed(self, stored: Stored, key: str) -> Stored:
        """The new object that an entry points to. Its shape was seen."""
        assert isinstance(stored.value, dict)
        reference = stored.value[key]
        assert isinstance(reference, Ref)
        return self._section.objects[reference.number]

    def _fonts(self, stored: Stored) -> None:
        if not isinstance(stored.value, dict) or stored.data is not None:
            raise ForeignChange(detail=_THE_FONTS_OF_A_SIGNATURE_ARE())
        for name, font in stored.value.items():
            if not isinstance(font, Ref) or not drawings.is_font_name(name):
                raise ForeignChange(detail=_THE_FONTS_OF_A_SIGNATURE_ARE())
            self._visit(font, "font")
            self._named[name] = _stated(self._section.objects[font.number])

    def _compare(self, value: Value, shape: Shape, name: str) -> None:
        if isinstance(shape, Pointer):
            if not isinstance(value, Ref):
                raise ForeignChange(detail=_ENTRY_NOT_IN_FORM(name=name))
            self._visit(value, shape)
        elif isinstance(shape, Mapping):
            if not isinstance(value, dict) or value.keys() != shape.keys():
                raise ForeignChange(detail=_ENTRY_NOT_IN_FORM(name=name))
            for key, inner in shape.items():
                self._compare(value[key], inner, name)
        elif not (shape(value) if callable(shape) else same(value, shape)):
            raise ForeignChange(detail=_ENTRY_NOT_IN_FORM(name=name))

"""What our own reader finds in a record: its pages, its signature fields and its machine-readable twin.

Pages, fields and twin are those of the base, which no signature may change. Each part can be reached in one way only; where PDF offers two (an attachment is in a list and in a tree of names),
both must lead to the same object.
"""

from __future__ import annotations

from intake.domain.base.wording import Wording
from intake.records.content import TWIN_NAME, SignatureField
from intake.records.reading.grammar import Name, Ref, Value
from intake.records.reading.sections import FileSections, Stored
from intake.records.refusals import BrokenRecord

_IT_HAS_NO_PLACE_FOR_SIGNATURES = Wording("PartsItHasNoPlaceForSignatures", "it has no place for signatures")
_ITS_SIGNATURE_FIELDS_ARE_NOT_TOLD = Wording(
    "PartsItsSignatureFieldsAreNotToldApart", "its signature fields are not told apart"
)
_IT_DOES_NOT_HAVE_AS_MANY = Wording("PartsItDoesNotHaveAsManyPagesAs", "it does not have as many pages as it says")
_ITS_MACHINEREADABLE_TWIN_IS_NOT_ATTACHED = Wording(
    "PartsItsMachinereadableTwinIsNotAttachedInThe", "its machine-readable twin is not attached in the one place it has"
)
_ITS_MACHINEREADABLE_TWIN_HAS_ANOTHER_NAME = Wording(
    "PartsItsMachinereadableTwinHasAnotherName", "its machine-readable twin has another name"
)
_TWO_FILES_ARE_ATTACHED_UNDER_ONE = Wording(
    "PartsTwoFilesAreAttachedUnderOneName", "two files are attached under one name"
)
_ITS_MACHINEREADABLE_TWIN_IS_EMPTY = Wording("PartsItsMachinereadableTwinIsEmpty", "its machine-readable twin is empty")
_ONE_OF_ITS_PARTS_IS_NOT = Wording("PartsOneOfItsPartsIsNotInIts", "one of its parts is not in its form")
_ONE_OF_ITS_PARTS_IS_MISSING = Wording("PartsOneOfItsPartsIsMissing", "one of its parts is missing")
_IT_HAS_FIELDS_OTHER_THAN_FOR = Wording(
    "PartsItHasFieldsOtherThanForSignatures", "it has fields other than for signatures"
)
_A_PAGE_IS_IN_IT_TWICE = Wording("PartsAPageIsInItTwice", "a page is in it twice")
_ITS_PAGES_ARE_NOT_LISTED_AS = Wording(
    "PartsItsPagesAreNotListedAsTheyShould", "its pages are not listed as they should be"
)
_IT_HAS_A_FIELD_FOR_A = Wording(
    "PartsItHasAFieldForASignatureThat", "it has a field for a signature that no office gives"
)
_A_SIGNATURE_IS_NOT_WHERE_IT = Wording("PartsASignatureIsNotWhereItShouldBe", "a signature is not where it should be")


def form_of(sections: FileSections) -> Ref:
    """The form. Raises BrokenRecord."""
    form = _root(sections).get("AcroForm")
    if not isinstance(form, Ref):
        raise BrokenRecord(detail=_IT_HAS_NO_PLACE_FOR_SIGNATURES())
    return form


def fields_of(sections: FileSections) -> dict[SignatureField, int]:
    """The number of each signature field, in the order of the form. Raises BrokenRecord."""
    listed = _dictionary(sections, form_of(sections)).get("Fields")
    found: dict[SignatureField, int] = {}
    for item in listed if isinstance(listed, tuple) else ():
        field = _dictionary(sections, item)
        name = field.get("T")
        if not isinstance(item, Ref) or not isinstance(name, bytes) or field.get("FT") != Name("Sig"):
            raise BrokenRecord(detail=_IT_HAS_FIELDS_OTHER_THAN_FOR())
        try:
            found[SignatureField(name.decode("latin-1"))] = item.number
        except ValueError:
            raise BrokenRecord(detail=_IT_HAS_A_FIELD_FOR_A()) from None
    if not found or len(found) != len(listed if isinstance(listed, tuple) else ()):
        raise BrokenRecord(detail=_ITS_SIGNATURE_FIELDS_ARE_NOT_TOLD())
    return found


def signed_fields(sections: FileSections, upto: int | None = None) -> dict[SignatureField, int]:
    """The number of the signature in each field that has one, after section ``upto`` (default: the last)."""
    found: dict[SignatureField, int] = {}
    for name, number in fields_of(sections).items():
        value = sections.stored(number, upto).value
        signature = value.get("V") if isinstance(value, dict) else None
        if isinstance(signature, Ref):
            found[name] = signature.number
        elif signature is not None:
            raise BrokenRecord(detail=_A_SIGNATURE_IS_NOT_WHERE_IT())
    return found


def pages_of(sections: FileSections) -> tuple[int, ...]:
    """The numbers of the pages, in order. Raises BrokenRecord."""
    found: list[int] = []
    waiting: list[tuple[Value | None, int]] = [(_root(sections).get("Pages"), 0)]
    met: set[int] = set()
    while waiting:
        item, depth = waiting.pop()
        node = _dictionary(sections, item)
        if not isinstance(item, Ref) or item.number in met or depth > 8:
            raise BrokenRecord(detail=_A_PAGE_IS_IN_IT_TWICE())
        met.add(item.number)
        if node.get("Type") == Name("Page"):
            found.append(item.number)
            continue
        kids = node.get("Kids")
        if node.get("Type") != Name("Pages") or not isinstance(kids, tuple):
            raise BrokenRecord(detail=_ITS_PAGES_ARE_NOT_LISTED_AS())
        waiting.extend((kid, depth + 1) for kid in reversed(kids))
    count = _dictionary(sections, _root(sections)["Pages"]).get("Count")
    if count != len(found):
        raise BrokenRecord(detail=_IT_DOES_NOT_HAVE_AS_MANY())
    return tuple(found)


def twin_of(sections: FileSections) -> bytes:
    """The bytes of the attached twin. Raises BrokenRecord."""
    root = _root(sections)
    listed, names = root.get("AF"), root.get("Names")
    tree = _dictionary(sections, names.get("EmbeddedFiles")) if isinstance(names, dict) else {}
    if not isinstance(listed, tuple) or len(listed) != 1 or tree != {"Names": (TWIN_NAME.encode(), listed[0])}:
        raise BrokenRecord(detail=_ITS_MACHINEREADABLE_TWIN_IS_NOT_ATTACHED())
    specification = _dictionary(sections, listed[0])
    name, files = TWIN_NAME.encode(), specification.get("EF")
    if (specification.get("F"), specification.get("UF")) != (name, name) or not isinstance(files, dict):
        raise BrokenRecord(detail=_ITS_MACHINEREADABLE_TWIN_HAS_ANOTHER_NAME())
    if files.keys() != {"F", "UF"} or files["F"] != files["UF"]:
        raise BrokenRecord(detail=_TWO_FILES_ARE_ATTACHED_UNDER_ONE())
    stored = _stored(sections, files["F"])
    if stored.data is None:
        raise BrokenRecord(detail=_ITS_MACHINEREADABLE_TWIN_IS_EMPTY())
    return sections.stream(stored)


def _root(sections: FileSections) -> dict[str, Value]:
    return _dictionary(sections, Ref(sections.base.root))


def _dictionary(sections: FileSections, reference: Value | None) -> dict[str, Value]:
    value = _stored(sections, reference).value
    if not isinstance(value, dict):
        raise BrokenRecord(detail=_ONE_OF_ITS_PARTS_IS_NOT())
    return value


def _stored(sections: FileSections, reference: Value | None) -> Stored:
    found = sections.base.objects.get(reference.number) if isinstance(reference, Ref) else None
    if found is None:
        raise BrokenRecord(detail=_ONE_OF_ITS_PARTS_IS_MISSING())
    return found

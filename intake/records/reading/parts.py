"""What our own reader finds in a record: its pages, its signature fields and its machine-readable twin.

Pages, fields and twin are those of the base, which no signature may change. Each part can be reached in one way only; where PDF offers two (an attachment is in a list and in a tree of names),
both must lead to the same object.
"""

from __future__ import annotations

from intake.records.content import TWIN_NAME, SignatureField
from intake.records.reading.grammar import Name, Ref, Value
from intake.records.reading.sections import FileSections, Stored
from intake.records.refusals import BrokenRecord


def form_of(sections: FileSections) -> Ref:
    """The form. Raises BrokenRecord."""
    form = _root(sections).get("AcroForm")
    if not isinstance(form, Ref):
        raise BrokenRecord(detail="it has no place for signatures")
    return form


def fields_of(sections: FileSections) -> dict[SignatureField, int]:
    """The number of each signature field, in the order of the form. Raises BrokenRecord."""
    listed = _dictionary(sections, form_of(sections)).get("Fields")
    found: dict[SignatureField, int] = {}
    for item in listed if isinstance(listed, tuple) else ():
        field = _dictionary(sections, item)
        name = field.get("T")
        if not isinstance(item, Ref) or not isinstance(name, bytes) or field.get("FT") != Name("Sig"):
            raise BrokenRecord(detail="it has fields other than for signatures")
        try:
            found[SignatureField(name.decode("latin-1"))] = item.number
        except ValueError:
            raise BrokenRecord(detail="it has a field for a signature that no office gives") from None
    if not found or len(found) != len(listed if isinstance(listed, tuple) else ()):
        raise BrokenRecord(detail="its signature fields are not told apart")
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
            raise BrokenRecord(detail="a signature is not where it should be")
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
            raise BrokenRecord(detail="a page is in it twice")
        met.add(item.number)
        if node.get("Type") == Name("Page"):
            found.append(item.number)
            continue
        kids = node.get("Kids")
        if node.get("Type") != Name("Pages") or not isinstance(kids, tuple):
            raise BrokenRecord(detail="its pages are not listed as they should be")
        waiting.extend((kid, depth + 1) for kid in reversed(kids))
    count = _dictionary(sections, _root(sections)["Pages"]).get("Count")
    if count != len(found):
        raise BrokenRecord(detail="it does not have as many pages as it says")
    return tuple(found)


def twin_of(sections: FileSections) -> bytes:
    """The bytes of the attached twin. Raises BrokenRecord."""
    root = _root(sections)
    listed, names = root.get("AF"), root.get("Names")
    tree = _dictionary(sections, names.get("EmbeddedFiles")) if isinstance(names, dict) else {}
    if not isinstance(listed, tuple) or len(listed) != 1 or tree != {"Names": (TWIN_NAME.encode(), listed[0])}:
        raise BrokenRecord(detail="its machine-readable twin is not attached in the one place it has")
    specification = _dictionary(sections, listed[0])
    name, files = TWIN_NAME.encode(), specification.get("EF")
    if (specification.get("F"), specification.get("UF")) != (name, name) or not isinstance(files, dict):
        raise BrokenRecord(detail="its machine-readable twin has another name")
    if files.keys() != {"F", "UF"} or files["F"] != files["UF"]:
        raise BrokenRecord(detail="two files are attached under one name")
    stored = _stored(sections, files["F"])
    if stored.data is None:
        raise BrokenRecord(detail="its machine-readable twin is empty")
    return sections.stream(stored)


def _root(sections: FileSections) -> dict[str, Value]:
    return _dictionary(sections, Ref(sections.base.root))


def _dictionary(sections: FileSections, reference: Value | None) -> dict[str, Value]:
    value = _stored(sections, reference).value
    if not isinstance(value, dict):
        raise BrokenRecord(detail="one of its parts is not in its form")
    return value


def _stored(sections: FileSections, reference: Value | None) -> Stored:
    found = sections.base.objects.get(reference.number) if isinstance(reference, Ref) else None
    if found is None:
        raise BrokenRecord(detail="one of its parts is missing")
    return found

"""The record as other PDF libraries see it, compared with what our own reader found.

The grammar leaves readers nothing to choose; this is the test of that claim on every single file. pyHanko must find the
same revisions, and each object at the same place in each of them. qpdf (through pikepdf) must resolve every number to
the same value without a warning. pdfium must show as many pages as the base has, and read the same words on each.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from threading import Lock

import pikepdf
from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import XRefCache

from intake.domain.base.reasons import Reason
from intake.records.content import TWIN_NAME
from intake.records.proof import findings as say
from intake.records.reading import parts, structure
from intake.records.reading.grammar import Hex, Name, Ref, Value, Word
from intake.records.reading.remembered import Remembered
from intake.records.reading.sections import FileSection, FileSections, Stored

_ONE_AT_A_TIME = Lock()
"""pdfium is not made for two threads at once."""

_UNREADABLE = (PdfReadError, pikepdf.PdfError, ValueError, TypeError, AttributeError, LookupError, RuntimeError)
"""What pyHanko and pikepdf raise for a file they cannot follow."""

MAX_TEXT = 4 << 20
"""Characters of text read from one page."""


class ReadsDifferently(Exception):
    """A library sees another document than we do; ``detail`` says what differs."""

    def __init__(self, detail: Reason) -> None:
        super().__init__(detail)
        self.detail = detail


def _compare(pdf: bytes) -> None:
    sections = structure.scan(pdf).sections
    compare_revisions(sections)
    compare_objects(sections)
    compare_pages(sections)


compare: Remembered[None] = Remembered(_compare)
"""See that every library reads in a file what our own reader does. Raises ReadsDifferently, or what ``scan`` raises."""


def compare_revisions(sections: FileSections) -> None:
    """See that pyHanko finds the same revisions and objects. Raises ReadsDifferently."""
    try:
        reader = PdfFileReader(BytesIO(sections.pdf), strict=True)
        if reader.total_revisions != len(sections.all) or reader.last_startxref != sections.all[-1].table:
            raise ReadsDifferently(say.REVISIONS_COUNTED())
        for index, section in enumerate(sections.all):
            _compare_revision(reader.xrefs, index, section)
        root, twin = reader.trailer.raw_get("/Root").idnum, _twin(reader)
    except _UNREADABLE as error:
        raise ReadsDifferently(say.NOT_READ(error=type(error).__name__)) from None
    if root != sections.base.root:
        raise ReadsDifferently(say.OTHER_ROOT())
    if twin != parts.twin_of(sections):
        raise ReadsDifferently(say.OTHER_DATA())


def _compare_revision(table: XRefCache, index: int, section: FileSection) -> None:
    explicit = {(int(item.idnum), int(item.generation)) for item in table.explicit_refs_in_revision(index)}
    if explicit != {(number, 0) for number in section.objects} or table.refs_freed_in_revision(index):
        raise ReadsDifferently(say.OTHER_OBJECTS())
    for number, stored in section.objects.items():
        if table.get_historical_ref(Reference(number, 0), index) != stored.offset:
            raise ReadsDifferently(say.OBJECT_ELSEWHERE())


def _twin(reader: PdfFileReader) -> bytes:
    for reference in reader.root["/AF"]:
        item = reference.get_object()
        if str(item["/UF"]) == TWIN_NAME:
            data: bytes = item["/EF"]["/F"].data
            return data
    raise ReadsDifferently(say.NO_TWIN())


def compare_objects(sections: FileSections) -> None:
    """See that qpdf resolves every object, the pages and the twin as we do. Raises ReadsDifferently."""
    numbers = sections.numbers()
    try:
        with pikepdf.Pdf.open(BytesIO(sections.pdf), suppress_warnings=True, attempt_recovery=False) as pdf:
            for number in numbers:
                stored = sections.stored(number)
                if not _same(pdf.get_object(number, 0), stored, sections):
                    raise ReadsDifferently(say.OBJECT_OTHERWISE())
            pages = tuple(page.obj.objgen for page in pdf.pages)
            twin = pdf.attachments[TWIN_NAME].get_file().read_bytes()
            root, warnings = pdf.Root.objgen, pdf.get_warnings()
    except _UNREADABLE as error:
        raise ReadsDifferently(say.NOT_READ(error=type(error).__name__)) from None
    if pages != tuple((number, 0) for number in parts.pages_of(sections)) or root != (sections.base.root, 0):
        raise ReadsDifferently(say.OTHER_PAGES())
    if twin != parts.twin_of(sections):
        raise ReadsDifferently(say.OTHER_DATA())
    if warnings:
        raise ReadsDifferently(say.WITH_A_WARNING())


def compare_pages(sections: FileSections) -> None:
    """See that pdfium shows the pages of the base, word for word, whatever was appended. Raises ReadsDifferently."""
    base = sections.pdf[: sections.base.end]
    shown = page_texts(sections.pdf)
    if len(shown) != len(parts.pages_of(sections)):
        raise ReadsDifferently(say.MORE_OR_FEWER_PAGES())
    if base != sections.pdf and shown != page_texts(base):
        raise ReadsDifferently(say.OTHER_WORDS())


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """The text of each page as pdfium reads it, fields not included. Raises ReadsDifferently."""
    import pypdfium2

    found = []
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
            try:
                for page in document:
                    text = page.get_textpage()
                    found.append(text.get_text_range(0, min(text.count_chars(), MAX_TEXT)))
                    text.close()
                    page.close()
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            raise ReadsDifferently(say.NOT_SHOWN(error=f"{error!s:.80}")) from None
    return tuple(found)


def _same(found: pikepdf.Object, stored: Stored, sections: FileSections) -> bool:
    if stored.data is not None:
        if not isinstance(found, pikepdf.Stream) or found.read_raw_bytes() != sections.stream(stored):
            return False
        found = found.stream_dict
    return _equal(found, stored.value, indirect=True)


def _equal(found: object, value: Value, *, indirect: bool = False) -> bool:
    """Whether pikepdf's object says what ``value`` says; ``indirect`` for the object itself, not what it points to."""
    if isinstance(value, Ref):
        return isinstance(found, pikepdf.Object) and found.objgen == (value.number, 0)
    if isinstance(found, pikepdf.Object) and found.is_indirect and not indirect:
        return False
    match value:
        case dict():
            return (
                isinstance(found, pikepdf.Dictionary)
                and {_key(str(key)) for key in found} == value.keys()
                and all(_equal(item, value[_key(key)]) for key, item in found.items())
            )
        case tuple():
            return (
                isinstance(found, pikepdf.Array)
                and len(found) == len(value)
                and all(_equal(*pair) for pair in zip(found, value, strict=True))
            )
        case Name():
            return isinstance(found, pikepdf.Name) and _key(str(found)) == value
        case Word():
            return {"true": True, "false": False, "null": None}[value] is found
        case Hex() | bytes():
            return isinstance(found, pikepdf.String) and bytes(found) == (
                value.value if isinstance(value, Hex) else value
            )
        case int():
            return type(found) is int and found == value
        case Decimal():
            return isinstance(found, Decimal) and found == value
    return False


def _key(name: str) -> str:
    """A name as our reader gives it: without the slash, one character for each byte."""
    return name[1:].encode("utf-8", "surrogateescape").decode("latin-1")

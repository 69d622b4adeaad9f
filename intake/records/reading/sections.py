"""A record's bytes, read from the first to the last: the base, then one section for each signature.

Readers of PDF look at a file from its end: a table says where each object is, and a second table, trailer or entry
makes two readers see two documents. A record leaves no room for that. It is read forwards, object after object with
not a byte between them; the table and trailer that must follow are then written again from what was found, and have to
be equal. So every reader, whichever of its entries it prefers, finds the same objects at the same places.

A base numbers its objects from 1 without a gap. A section may replace objects and adds its new ones behind all earlier
numbers; it never frees one. There are no compressed objects, no tables in streams and no filters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from intake.domain.base.wording import Wording
from intake.records.reading import grammar
from intake.records.reading.grammar import Name, NotOurSpelling, Spelling, Value
from intake.records.refusals import BrokenRecord, NotARecord

_IT_DOES_NOT_BEGIN_AS_A = Wording("SectionsItDoesNotBeginAsAPdfDoes", "it does not begin as a PDF does")
_IT_HAS_BYTES_THE_LIMIT_IS = Wording("SectionsItHasBytesTheLimitIs", "it has {size} bytes, the limit is {limit}")
_ANOTHER_PROGRAM_MADE_IT_OR_CHANGED = Wording(
    "SectionsAnotherProgramMadeItOrChangedItAfter", "another program made it, or changed it after it was signed"
)
_THERE_IS_DATA_AFTER_THE_LAST = Wording(
    "SectionsThereIsDataAfterTheLastSignatureIt", "there is data after the last signature it can have"
)
_ITS_OBJECTS_ARE_NOT_NUMBERED_ONE = Wording(
    "SectionsItsObjectsAreNotNumberedOneAfterThe", "its objects are not numbered one after the other"
)
_ITS_TABLE_OF_CONTENTS_IS_NOT = Wording(
    "SectionsItsTableOfContentsIsNotComplete", "its table of contents is not complete"
)
_IT_POINTS_TO_SOMETHING_THAT_IS = Wording(
    "SectionsItPointsToSomethingThatIsNotThere", "it points to something that is not there"
)
_A_REVISION_DOES_NOT_FOLLOW_THE = Wording(
    "SectionsARevisionDoesNotFollowTheOneBefore", "a revision does not follow the one before it"
)
_A_REVISION_GIVES_IT_ANOTHER_ROOT = Wording(
    "SectionsARevisionGivesItAnotherRootTitleOr", "a revision gives it another root, title or identity"
)
_THE_NEW_OBJECTS_OF_A_REVISION = Wording(
    "SectionsTheNewObjectsOfARevisionAreNot", "the new objects of a revision are not numbered one after the other"
)
_AN_OBJECT_SENDS_READERS_ELSEWHERE_OR = Wording(
    "SectionsAnObjectSendsReadersElsewhereOrMakesThem", "an object sends readers elsewhere, or makes them act"
)
_AN_OBJECT_DOES_NOT_END_WHERE = Wording(
    "SectionsAnObjectDoesNotEndWhereItShould", "an object does not end where it should"
)
_A_STREAM_DOES_NOT_SAY_HOW = Wording("SectionsAStreamDoesNotSayHowLongIt", "a stream does not say how long it is")
_A_STREAM_IS_PACKED_OR_IS = Wording(
    "SectionsAStreamIsPackedOrIsOutsideThe", "a stream is packed, or is outside the file"
)
_ITS_TABLE_OF_CONTENTS_IS_HIDDEN = Wording(
    "SectionsItsTableOfContentsIsHiddenInA", "its table of contents is hidden in a stream"
)
_A_STREAM_DOES_NOT_END_WHERE = Wording(
    "SectionsAStreamDoesNotEndWhereItShould", "a stream does not end where it should"
)
_ITS_TABLE_OF_CONTENTS_DOES_NOT = Wording(
    "SectionsItsTableOfContentsDoesNotListExactly", "its table of contents does not list exactly its objects"
)
_ITS_TABLE_OF_CONTENTS_DOES_NOT_END_AS_IT = Wording(
    "SectionsItsTableOfContentsDoesNotEndAs", "its table of contents does not end as it should"
)
_A_NUMBER_IS_NOT_WRITTEN_AS = Wording(
    "SectionsANumberIsNotWrittenAsItShould", "a number is not written as it should be"
)
_ITS_TABLE_OF_CONTENTS_IS_NOT_WHERE_ITS_END = Wording(
    "SectionsItsTableOfContentsIsNotWhereIts", "its table of contents is not where its end says"
)
_IT_CONTAINS = Wording("SectionsItContains", "it contains {found}")
_THERE_IS_SOMETHING_ELSE_WHERE_AN = Wording(
    "SectionsThereIsSomethingElseWhereAnObjectShould", "there is something else where an object should begin"
)
_ITS_OBJECTS_ARE_NOT_IN_ORDER = Wording("SectionsItsObjectsAreNotInOrder", "its objects are not in order")

MAX_BYTES = 16 << 20
"""The largest file read; a record has some hundred kilobytes."""
MAX_SECTIONS = 3
"""A base and a signature of each office."""
MAX_OBJECTS = 100_000

_HEADER = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
"""The first line of a base and the comment behind it, which tells carriers that the file is binary."""

_OBJECT = re.compile(rb"([1-9]\d{0,6}) 0 obj\n")
_TABLE = b"xref\n"
_FREE = b"0000000000 65535 f \n"
_BASE_TRAILER = re.compile(
    rb"trailer << /Info (?P<info>\d{1,7}) 0 R /Root (?P<root>\d{1,7}) 0 R /Size (?P<size>\d{1,7}) "
    rb"/ID \[<(?P<original>[0-9a-f]{32})><(?P<own>[0-9a-f]{32})>\] >>\nstartxref\n(?P<table>\d{1,10})\n%%EOF\n"
)
_TRAILER = re.compile(
    rb"trailer\n<<\n/Info (?P<info>\d{1,7}) 0 R\n/Root (?P<root>\d{1,7}) 0 R\n/Size (?P<size>\d{1,7})\n"
    rb"/ID \[ <(?P<original>[0-9a-f]{32})> <(?P<own>[0-9a-f]{32})> \]\n/Prev (?P<previous>\d{1,10})\n>>\n"
    rb"startxref\n(?P<table>\d{1,10})\n%%EOF\n"
)
_FORBIDDEN = frozenset(
    {"Linearized", "Encrypt", "FFilter", "FDecodeParms", "XRefStm", "ObjStm", "JS", "OpenAction", "AA"}
)
"""Keys that make readers look elsewhere, or act."""
_NO_STREAM = frozenset({"Filter", "DecodeParms", "F", "DL"})


@dataclass(frozen=True, slots=True)
class Stored:
    """One object as a section holds it, beginning at ``offset``; ``data`` are the bounds of its stream's bytes, if any."""

    number: int
    offset: int
    value: Value
    data: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class FileSection:
    """The bytes from ``start`` to ``end``; ``table`` is where its table begins, ``size`` one more than any number."""

    start: int
    end: int
    table: int
    objects: Mapping[int, Stored]
    root: int
    info: int
    identity: bytes
    size: int


@dataclass(frozen=True, slots=True)
class FileSections:
    """A whole file: the base first."""

    pdf: bytes
    all: tuple[FileSection, ...]

    @property
    def base(self) -> FileSection:
        return self.all[0]

    def stored(self, number: int, upto: int | None = None) -> Stored:
        """The object as it is after section ``upto`` (default: the last). Raises KeyError."""
        for section in reversed(self.all if upto is None else self.all[: upto + 1]):
            if number in section.objects:
                return section.objects[number]
        raise KeyError(number)

    def numbers(self) -> frozenset[int]:
        return frozenset(number for section in self.all for number in section.objects)

    def stream(self, stored: Stored) -> bytes:
        """The bytes of a stream; nothing for any other object."""
        return self.pdf[slice(*stored.data)] if stored.data else b""


def read(pdf: bytes, before: FileSections | None = None) -> FileSections:
    """Read every byte of ``pdf``. Raises NotARecord for what is no PDF, BrokenRecord for any other shape.

    Where ``pdf`` begins with the file that ``before`` was read from, only what was appended is read: a section is read
    forwards, and nothing behind it has a say in it.
    """
    if not pdf.startswith(b"%PDF-"):
        raise NotARecord(detail=_IT_DOES_NOT_BEGIN_AS_A())
    if len(pdf) > MAX_BYTES:
        raise NotARecord(detail=_IT_HAS_BYTES_THE_LIMIT_IS(size=len(pdf), limit=MAX_BYTES))
    if not pdf.startswith(_HEADER):
        raise BrokenRecord(detail=_ANOTHER_PROGRAM_MADE_IT_OR_CHANGED())
    try:
        known = before.all if before is not None and pdf.startswith(before.pdf) else (_base(pdf),)
        return FileSections(pdf, (*known, *_increments(pdf, known)))
    except NotOurSpelling as met:
        raise BrokenRecord(detail=_IT_CONTAINS(found=met.found)) from None


def _increments(pdf: bytes, sections: tuple[FileSection, ...]) -> Iterator[FileSection]:
    """The sections that follow those already read."""
    before, known = sections[-1], {number for section in sections for number in section.objects}
    for _ in range(len(sections), MAX_SECTIONS):
        if before.end == len(pdf):
            return
        before = _increment(pdf, before, known)
        known |= before.objects.keys()
        yield before
    if before.end != len(pdf):
        raise BrokenRecord(detail=_THERE_IS_DATA_AFTER_THE_LAST())


def _base(pdf: bytes) -> FileSection:
    reader = grammar.Reader(pdf, Spelling.BASE)
    objects, table = _objects(pdf, len(_HEADER), reader)
    if list(objects) != list(range(1, len(objects) + 1)):
        raise BrokenRecord(detail=_ITS_OBJECTS_ARE_NOT_NUMBERED_ONE())
    end, trailer = _ending(pdf, table, objects, _BASE_TRAILER)
    made = _section(0, end, table, objects, trailer)
    if made.size != len(objects) + 1:
        raise BrokenRecord(detail=_ITS_TABLE_OF_CONTENTS_IS_NOT())
    if not reader.references | {made.root, made.info} <= objects.keys():
        # A later section could put anything there.
        raise BrokenRecord(detail=_IT_POINTS_TO_SOMETHING_THAT_IS())
    return made


def _increment(pdf: bytes, before: FileSection, known: AbstractSet[int]) -> FileSection:
    objects, table = _objects(pdf, before.end, grammar.Reader(pdf, Spelling.INCREMENT))
    end, trailer = _ending(pdf, table, objects, _TRAILER)
    made = _section(before.end, end, table, objects, trailer)
    if int(trailer["previous"]) != before.table:
        raise BrokenRecord(detail=_A_REVISION_DOES_NOT_FOLLOW_THE())
    if (made.root, made.info, made.identity) != (before.root, before.info, before.identity):
        raise BrokenRecord(detail=_A_REVISION_GIVES_IT_ANOTHER_ROOT())
    # The writer leaves out one number at each step, and nobody may use it later.
    new = [number for number in objects if number not in known]
    if new != list(range(before.size + 1, made.size)) or not new:
        raise BrokenRecord(detail=_THE_NEW_OBJECTS_OF_A_REVISION())
    return made


def _section(start: int, end: int, table: int, objects: Mapping[int, Stored], trailer: re.Match[bytes]) -> FileSection:
    return FileSection(
        start,
        end,
        table,
        objects,
        int(trailer["root"]),
        int(trailer["info"]),
        trailer["original"],
        int(trailer["size"]),
    )


# ------------------------------------------------------------------------------------------------------- objects
def _objects(pdf: bytes, at: int, reader: grammar.Reader) -> tuple[dict[int, Stored], int]:
    """The objects that follow each other from ``at``, in the order of their numbers, and where the table begins."""
    found: dict[int, Stored] = {}
    last = 0
    while not pdf.startswith(_TABLE, at):
        head = _OBJECT.match(pdf, at)
        if head is None:
            raise BrokenRecord(detail=_THERE_IS_SOMETHING_ELSE_WHERE_AN())
        number = int(head[1])
        if number <= last or len(found) == MAX_OBJECTS:
            raise BrokenRecord(detail=_ITS_OBJECTS_ARE_NOT_IN_ORDER())
        found[number], at = _object(pdf, number, at, head.end(), reader)
        last = number
    if not _FORBIDDEN.isdisjoint(reader.keys):
        raise BrokenRecord(detail=_AN_OBJECT_SENDS_READERS_ELSEWHERE_OR())
    return found, at


def _object(pdf: bytes, number: int, offset: int, at: int, reader: grammar.Reader) -> tuple[Stored, int]:
    value, at = reader.read(at)
    data = None
    if pdf.startswith(b"\nstream\n", at):
        data, at = _stream(pdf, value, at + len(b"\nstream\n"))
    if not pdf.startswith(b"\nendobj\n", at):
        raise BrokenRecord(detail=_AN_OBJECT_DOES_NOT_END_WHERE())
    return Stored(number, offset, value, data), at + len(b"\nendobj\n")


def _stream(pdf: bytes, value: Value, start: int) -> tuple[tuple[int, int], int]:
    length = value.get("Length") if isinstance(value, dict) else None
    if not isinstance(value, dict) or type(length) is not int or not 0 <= length <= len(pdf) - start:
        raise BrokenRecord(detail=_A_STREAM_DOES_NOT_SAY_HOW())
    if not _NO_STREAM.isdisjoint(value):
        # What has to be unpacked can be larger than any machine, and what is elsewhere was not signed.
        raise BrokenRecord(detail=_A_STREAM_IS_PACKED_OR_IS())
    if value.get("Type") in (Name("XRef"), Name("ObjStm")):
        raise BrokenRecord(detail=_ITS_TABLE_OF_CONTENTS_IS_HIDDEN())
    end = start + length
    if not pdf.startswith(b"\nendstream", end):
        raise BrokenRecord(detail=_A_STREAM_DOES_NOT_END_WHERE())
    return (start, end), end + len(b"\nendstream")


# ---------------------------------------------------------------------------------------------- table and trailer
def _ending(
    pdf: bytes, table: int, objects: Mapping[int, Stored], shape: re.Pattern[bytes]
) -> tuple[int, re.Match[bytes]]:
    """Where the section ends, and its trailer. The table must be the one we would write for these objects."""
    expected = _written_table(objects)
    if not pdf.startswith(expected + b"trailer", table):
        raise BrokenRecord(detail=_ITS_TABLE_OF_CONTENTS_DOES_NOT())
    trailer = shape.match(pdf, table + len(expected))
    if trailer is None:
        raise BrokenRecord(detail=_ITS_TABLE_OF_CONTENTS_DOES_NOT_END_AS_IT())
    if any(found.startswith(b"0") for name, found in trailer.groupdict().items() if name not in ("original", "own")):
        raise BrokenRecord(detail=_A_NUMBER_IS_NOT_WRITTEN_AS())
    if int(trailer["table"]) != table:
        raise BrokenRecord(detail=_ITS_TABLE_OF_CONTENTS_IS_NOT_WHERE_ITS_END())
    return trailer.end(), trailer


def _written_table(objects: Mapping[int, Stored]) -> bytes:
    parts = [_TABLE]
    for run in _runs([0, *objects]):
        parts.append(b"%d %d\n" % (run[0], len(run)))
        parts += [b"%010d 00000 n \n" % objects[number].offset if number else _FREE for number in run]
    return b"".join(parts)


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    """Numbers in ascending order, cut where one is left out."""
    run = numbers[:1]
    for before, number in pairwise(numbers):
        if number != before + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run

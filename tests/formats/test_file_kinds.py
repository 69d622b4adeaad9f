"""What a file is follows from its bytes; what runs when it is opened is no evidence."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.formats import file_kinds
from intake.formats.file_kinds import ActiveContentRefused, BrokenArchiveRefused, ProgramRefused, UnknownKindRefused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100
WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}


def packed(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return made.getvalue()


GOOD: dict[str, tuple[str, bytes, str]] = {
    "pdf": ("a.pdf", b"%PDF-1.7\nx", "application/pdf"),
    "pdf with another name": ("a.png", b"%PDF-1.7\nx", "application/pdf"),
    "pdf with something before it": ("a.pdf", b"\n\n%PDF-1.4", "application/pdf"),
    "png": ("a.png", b"\x89PNG\r\n\x1a\nxxxx", "image/png"),
    "jpeg called pdf": ("a.pdf", b"\xff\xd8\xff\xe0xxxx", "image/jpeg"),
    "webp": ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    "film": ("a.mp4", b"\x00\x00\x00\x18ftypisom", "video/mp4"),
    "word": ("a.docx", packed(WORD), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "table": (
        "a.zip",
        packed({"[Content_Types].xml": b"", "xl/workbook.xml": b""}),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "open document": (
        "a.odt",
        packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}),
        "application/vnd.oasis.opendocument.text",
    ),
    "archive": ("a.zip", packed({"report.pdf": b"x", "data/a.csv": b"y"}), "application/zip"),
    "old word": ("a.doc", OLE, "application/msword"),
    "mail of outlook": ("a.msg", OLE, "application/vnd.ms-outlook"),
    "text": ("a.txt", "Größe, naïve, 会議".encode(), "text/plain"),
    "text in an old code": ("a.txt", "Größe".encode("cp1252"), "text/plain"),
    "text of windows": ("a.txt", "Größe".encode("utf-16"), "text/plain"),
    "text without a name": ("notes", b"some notes", "text/plain"),
    "comma separated": ("a.csv", b"a,b\r\n1,2\r\n", "text/csv"),
    "json": ("bom.cdx", b'{"bomFormat": "CycloneDX"}\n', "application/json"),
    "xml": ("a.xml", b"<?xml version='1.0'?><a/>", "application/xml"),
    "page": ("a.htm", b"<!DOCTYPE html><p>Terms</p>", "text/html"),
    "drawing": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    "signed": ("a.p7m", b"\x30\x82\x01\x00" + b"\x00" * 40, "application/pkcs7-mime"),
}


@pytest.mark.parametrize(("name", "data", "expected"), GOOD.values(), ids=GOOD)
def test_the_kind_follows_from_the_content(name: str, data: bytes, expected: str) -> None:
    assert file_kinds.media_type(data, name) == expected


GOOD |= {
    "page by its name": ("a.html", b"<p>Minutes of the meeting", "text/html"),
    "page of words": ("a.html", "Minutes of the meeting, Zürich".encode(), "text/html"),
    "page of windows": ("a.html", "<html><p>Minutes".encode("utf-16"), "text/html"),
    "picture called a page": ("a.html", b"GIF89axxxx", "image/gif"),
    "prefixed drawing": ("a.svg", b"<x:svg xmlns:x='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    "data with fields of other names": (
        "a.xml",
        b"<?xml version='1.0'?><a><object online='1'/></a>",
        "application/xml",
    ),
    "words about a script": ("a.txt", b"We use a <script> tag and onload = nothing.", "text/plain"),
}

BAD: dict[str, tuple[str, bytes, type[Exception]]] = {
    "windows program": ("setup.exe", b"MZ\x90\x00", ProgramRefused),
    "program called pdf": ("report.pdf", b"MZ\x90\x00%PDF-1.4", ProgramRefused),
    "linux program": ("tool", b"\x7fELF\x02", ProgramRefused),
    "macos program": ("tool", b"\xcf\xfa\xed\xfe", ProgramRefused),
    "java class": ("a.txt", b"\xca\xfe\xba\xbe", ProgramRefused),
    "shortcut": ("a.txt", b"L\x00\x00\x00\x01\x14\x02\x00", ProgramRefused),
    "shell script": ("notes.txt", b"#!/bin/sh\nrm -rf /", ProgramRefused),
    "script by name": ("fine.PS1", b"Get-Process", ProgramRefused),
    "two extensions": ("report.pdf.vbs", b"MsgBox 1", ProgramRefused),
    "dots and spaces behind": ("run.bat. . ", b"del *", ProgramRefused),
    "python": ("train.py", b"print(1)", ProgramRefused),
    "java archive": ("a.zip", packed({"META-INF/MANIFEST.MF": b"", "A.class": b""}), ProgramRefused),
    "program in an archive": ("a.zip", packed({"docs/../x/Setup.EXE": b"MZ"}), ProgramRefused),
    "macro document by name": ("a.docm", packed(WORD), ProgramRefused),
    "macros in a document": ("a.docx", packed(WORD | {"word/vbaProject.bin": b"x"}), ActiveContentRefused),
    "macros in an open document": (
        "a.odt",
        packed({"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/Standard/M.xml": b""}),
        ActiveContentRefused,
    ),
    "macros in an old document": ("a.xls", OLE + "_VBA_PROJECT".encode("utf-16-le"), ActiveContentRefused),
    "page with a script": ("a.html", b"<html><SCRIPT>x</SCRIPT>", ActiveContentRefused),
    "drawing with a handler": ("a.svg", b"<svg onload = 'x()'/>", ActiveContentRefused),
    "drawing behind a declaration": (
        "a.txt",
        b"<?xml version='1.0'?>\n<!-- a --><svg><script/></svg>",
        ActiveContentRefused,
    ),
    "script as the first tag": ("frag.html", b"<script>alert(1)</script>", ActiveContentRefused),
    "script in a head without a page": (
        "head.htm",
        b"<head><script>x</script></head><body>x</body>",
        ActiveContentRefused,
    ),
    "script behind words": ("page.html", b"Minutes. <script>x</script>", ActiveContentRefused),
    "picture that is called a page": ("gif.html", b"GIF89a/*<html><script>alert(1)</script>*/", ActiveContentRefused),
    "pdf that is called a page": ("a.xhtml", b"<!-- %PDF-1.7 --><script>x</script>", ActiveContentRefused),
    "archive that is called a page": ("a.html", packed({"x": b"<script>x</script>"}), ActiveContentRefused),
    "prefixed script": (
        "ns.svg",
        b'<?xml version="1.0"?><x:svg xmlns:x="http://www.w3.org/2000/svg"><x:script>x</x:script></x:svg>',
        ActiveContentRefused,
    ),
    "prefixed script without a name": (
        "drawing",
        b'<?xml version="1.0"?><a><x:g xmlns:x="http://www.w3.org/2000/svg"><x:script>x</x:script></x:g></a>',
        ActiveContentRefused,
    ),
    "page of windows": ("a.html", "<html><script>x</script>".encode("utf-16"), ActiveContentRefused),
    "page of windows without a name": (
        "a",
        "<html><script>x</script>".encode("utf-16-be").join((b"\xfe\xff", b"")),
        ActiveContentRefused,
    ),
    "page behind a very long comment": (
        "a.txt",
        b"<!--" + b" " * 9000 + b"--><html><script>x</script>",
        ActiveContentRefused,
    ),
    "handler behind a stroke": ("a.svg", b"<svg/onload=x()>", ActiveContentRefused),
    "address in other letters": ("a.html", b"<a href='&#106;ava\tscript:x()'>x</a>", ActiveContentRefused),
    "script from an entity": (
        "a.svg",
        b"<!DOCTYPE svg [<!ENTITY a '&#60;script>']><svg>&a;</svg>",
        ActiveContentRefused,
    ),
    "installer": ("a.xyz", OLE, UnknownKindRefused),
    "anything": ("a.dat", bytes(range(256)), UnknownKindRefused),
    "compressed": ("a.gz", b"\x1f\x8b\x08\x00", UnknownKindRefused),
    "broken archive": ("a.zip", b"PK\x03\x04 broken", BrokenArchiveRefused),
    "cut archive": ("a.zip", packed(WORD)[:-30], BrokenArchiveRefused),
}


@pytest.mark.attack("evidence that is a page with a script under another form or name", refusal="ActiveContentRefused")
@pytest.mark.parametrize(("name", "data", "refusal"), BAD.values(), ids=BAD)
def test_what_could_do_harm_or_cannot_be_read_is_refused(name: str, data: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as refused:
        file_kinds.media_type(data, name)

    assert type(refused.value) is refusal


def test_an_archive_of_very_many_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_kinds, "MAX_ENTRIES", 3)

    with pytest.raises(BrokenArchiveRefused):
        file_kinds.media_type(packed({f"{n}.txt": b"" for n in range(4)}), "a.zip")


def test_long_markup_is_judged_in_no_time() -> None:
    data = b"<!--" * 200_000 + b"<html " + b"on" * 200_000

    assert file_kinds.media_type(data, "a.txt") == "text/plain"


@pytest.mark.attack("evidence of 900 bytes that unpacks into gigabytes", refusal="it is not unpacked")
@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_the_kind_of_an_archive_is_told_without_unpacking_anything(method: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("mimetype", bytes(64 << 20))
    data = bytearray(target.getvalue())
    # It says that it is short, in both places.
    data[22:26] = struct.pack("<I", 50)
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 50)

    tracemalloc.start()
    found = file_kinds.media_type(bytes(data), "offer.odt")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert found == "application/zip"
    assert most < 1 << 20


@given(st.lists(st.tuples(st.integers(0, 400), st.binary(min_size=1, max_size=9)), min_size=1, max_size=4))
@example([(18, b"\xff\xff\xff"), (22, b"\x60")])
def test_a_damaged_archive_has_a_kind_or_is_refused(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(packed({"mimetype": b"application/vnd.oasis.opendocument.text", "a.txt": b"x" * 50}))
    for at, put in changes:
        data[at : at + len(put)] = put

    with suppress(Refusal):
        file_kinds.media_type(bytes(data), "offer.odt")


def test_an_entry_that_begins_behind_the_end_is_refused() -> None:
    data = bytearray(packed({"mimetype": b"application/vnd.oasis.opendocument.text"}))
    # The length of what is between the name and the content, in the local header.
    data[28:30] = b"\xff\xff"

    with pytest.raises(BrokenArchiveRefused):
        file_kinds.media_type(bytes(data), "offer.odt")


@pytest.mark.attack("evidence that says to unpack into gigabytes", refusal="UnpacksTooLargeRefused")
def test_an_archive_that_says_to_unpack_into_more_than_anybody_has_is_refused() -> None:
    data = bytearray(packed({"a.csv": b"1,2", "b.csv": b"3,4"}))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 600 << 20)

    with pytest.raises(file_kinds.UnpacksTooLargeRefused) as refused:
        file_kinds.media_type(bytes(data), "tables.zip")

    assert "unpacked it is 1200 megabytes, at most 1024 are possible" in refused.value.what_happened


def test_an_archive_with_a_password_is_refused() -> None:
    data = bytearray(packed({"a.csv": b"1,2"}))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1

    with pytest.raises(file_kinds.LockedRefused):
        file_kinds.media_type(bytes(data), "tables.zip")


TYPES = b"<Types><Override PartName='/word/x.bin' ContentType='application/%s'/></Types>"


@pytest.mark.attack("macros in an Office file under another name", refusal="ActiveContentRefused")
@pytest.mark.parametrize(
    "entries",
    [
        {"[Content_Types].xml": TYPES % b"vnd.ms-office.vbaProject", "word/x.bin": b"x"},
        {"[Content_Types].xml": TYPES % b"vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml": b""},
        {"[Content_Types].xml": TYPES % b"vnd.ms-excel.macrosheet+xml", "xl/a.xml": b""},
        {"[Content_Types].xml": b"", "xl/macrosheets/sheet1.xml": b""},
        {"[Content_Types].xml": b"", "word/activeX/activeX1.bin": b""},
        {"[Content_Types].xml": b" " * (5 << 20), "word/document.xml": b""},
    ],
    ids=[
        "renamed project",
        "kind of the main part",
        "kind of a sheet",
        "sheet of macros",
        "controls",
        "list without end",
    ],
)
def test_macros_are_found_whatever_their_part_is_called(entries: dict[str, bytes]) -> None:
    with pytest.raises(ActiveContentRefused):
        file_kinds.media_type(packed(entries), "offer.docx")


@pytest.mark.attack("an archive that is a PDF at the same time", refusal="ActiveContentRefused")
def test_what_is_an_archive_and_a_pdf_is_judged_as_both() -> None:
    macros = packed({"%PDF-1.7": b"", "[Content_Types].xml": b"", "word/vbaProject.bin": b""})
    script = packed({"%PDF-1.7<</S/JavaScript>>": b"", "a.txt": b""})

    for data in (macros, script):
        with pytest.raises(ActiveContentRefused):
            file_kinds.media_type(data, "offer.docx")


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"report.pdf": b"x", "folder/": b""}, ()),
        (
            {"report.pdf": b"x", "more/Data.ZIP": b"x"},
            ("“a.zip” holds another archive (more/Data.ZIP). What is in that one was not looked at.",),
        ),
        (WORD, ()),
        (
            WORD | {"word/embeddings/oleObject1.bin": b"x"},
            ("“a.zip” carries a file in it. It goes along with it, and only its name was looked at.",),
        ),
    ],
    ids=["files", "archive in an archive", "document", "document with a table in it"],
)
def test_what_lies_in_a_file_is_said(entries: dict[str, bytes], said: tuple[str, ...]) -> None:
    data = packed(entries)

    remarks = file_kinds.remarks(data, "a.zip", file_kinds.media_type(data, "a.zip"))

    assert tuple(map(words, remarks)) == said

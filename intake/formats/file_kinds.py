"""What kind of file some bytes are, judged by the bytes; and which kinds may be kept as evidence.

The name is believed only where content leaves a choice (a table is a text) and where it condemns: a text that calls
itself a script is one as soon as somebody double-clicks it, and whatever calls itself a page is opened as one (``pages``).
Nothing is opened or rendered: of an archive the list of its entries is read and what types of content an Office file names, of
a PDF the names in it (``pdf_look``). This is no virus scanner; it keeps out what nobody needs as evidence.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath

from intake.domain.base.canonical import clean
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, Wording
from intake.formats import pdf_look
from intake.formats.pages import PAGES, is_page, page_kind, runs_something

_A_PROGRAM_A_SCRIPT_OR_A = Wording(
    "FileKindsAProgramAScriptOrAMacroFile", "a program, a script or a macro file by its name (.{ending})"
)
_MORE_THAN_ENTRIES = Wording("FileKindsMoreThanEntries", "more than {limit} entries")
_MACROS = Wording("FileKindsMacros", "macros")
_AN_ARCHIVE_WITH_A_PROGRAM_OR = Wording(
    "FileKindsAnArchiveWithAProgramOrScriptIn", "an archive with a program or script in it ({name})"
)
_SCRIPTS = Wording("FileKindsScripts", "scripts")
_CONTROLS = Wording("FileKindsControls", "controls that run something")
_PROGRAM_START = Wording("FileKindsProgramStart", "an action that starts a program")
_MEDIA = Wording("FileKindsMedia", "media that run by themselves")
_HIDDEN_OBJECTS = Wording("FileKindsHiddenObjects", "parts that cannot be looked into")
_A_PDF_WITH_A_PROGRAM = Wording("FileKindsPdfWithProgram", "a PDF with a program or script in it ({name})")
_FILES_INSIDE = Sentence(
    "FileKindsFilesInside",
    "“{name}” carries {count} files in it. They go along with it, and only their names were looked at.",
    one="“{name}” carries a file in it. It goes along with it, and only its name was looked at.",
)
_ARCHIVES_INSIDE = Sentence(
    "FileKindsArchivesInside", "“{name}” holds another archive ({inside}). What is in that one was not looked at."
)

MAX_ENTRIES = 10_000
MAX_UNPACKED = 1 << 30
"""Bytes that an archive may say to unpack to."""
_TYPES = 4 << 20
"""Bytes read of the list of content types of an Office file."""
PDF = "application/pdf"
_POSSIBLE = "PDF, pictures, Office and OpenDocument files, text, tables, JSON, mail, sound, film, and archives of these"


class ProgramRefused(Refusal):
    what = "“{name}” cannot be attached: it is {found}."
    why = "Every office and the records team receive each file, and a program can do harm wherever it is opened."
    next = "Attach a description, a report or a picture of it instead; a short script can be pasted into an answer."


class ActiveContentRefused(Refusal):
    what = "“{name}” cannot be attached: it holds {found}."
    why = "A document that runs something when it is opened can do harm wherever it is opened."
    next = "Save it without macros and scripts, or print it to a new PDF, and attach that."


class UnknownKindRefused(Refusal):
    what = "“{name}” cannot be attached: its content is of no kind that is known here."
    why = "Evidence must still be readable when somebody asks for it in ten years."
    next = f"These can be attached: {_POSSIBLE}."


class BrokenArchiveRefused(Refusal):
    what = "“{name}” cannot be attached: its list of contents cannot be read ({detail})."
    why = "An archive that cannot be looked into may hold anything, and a broken one is evidence of nothing."
    next = "Pack the files again, or attach them one by one."


class LockedRefused(Refusal):
    what = "“{name}” cannot be attached: it is protected, so nobody can look into it before opening it."
    why = "What is protected may hold anything, and in ten years nobody may know its password."
    next = "Save it without a password or other protection, or print it to a new PDF, and attach that."


class UnpacksTooLargeRefused(Refusal):
    what = "“{name}” cannot be attached: unpacked it is {size} megabytes, at most {limit} are possible."
    why = "A program that opens it could run out of disk or memory."
    next = "Attach the files that matter, one by one or in smaller archives."


_PROGRAMS = frozenset(
    """
    exe dll com scr pif cpl sys drv ocx msi msp msix appx bat cmd ps1 psm1 psd1 vb vbs vbe js jse mjs ws wsf wsh wsc hta
    sct jar class war apk dex ipa app dmg pkg deb rpm run elf so dylib o lnk url website desktop scf reg inf gadget
    chm hlp iso img vhd vhdx sh bash zsh csh ksh fish command py pyw pyc pyz pl pm rb php phar lua tcl r ahk au3
    applescript scpt workflow xll xlam xla ppam ppa dotm docm xlsm xltm xlsb pptm potm ppsm sldm wasm swf jnlp
    """.split()
)
"""Extensions of what runs when it is opened, and of Office files made to carry macros."""

_HEADS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\xfe\xed\xfa\xce", "a macOS program"),
    (b"\xfe\xed\xfa\xcf", "a macOS program"),
    (b"\xce\xfa\xed\xfe", "a macOS program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\xca\xfe\xba\xbe", "a Java or macOS program"),
    (b"\xca\xfe\xd0\x0d", "a Java program"),
    (b"dex\n", "an Android program"),
    (b"\x00asm", "a WebAssembly program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a Windows shortcut"),
    (b"!<arch>", "a software package"),
    (b"\xed\xab\xee\xdb", "a software package"),
    (b"MSCF", "a software package"),
    (b"ITSF", "a compiled help file"),
    (b"#!", "a script"),
)

_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"{\\rtf", "application/rtf"),
)

_ARCHIVES = frozenset("zip 7z rar tar gz tgz bz2 xz zst cab arj lzh ace jar".split())
_OFFICE = {"word/": "wordprocessingml.document", "xl/": "spreadsheetml.sheet", "ppt/": "presentationml.presentation"}
_LEGACY = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
    "vsd": "application/vnd.visio",
}
_TEXTS = {
    "csv": "text/csv", "tsv": "text/tab-separated-values", "md": "text/markdown", "eml": "message/rfc822",
    "ics": "text/calendar", "vtt": "text/vtt",
}  # fmt: skip
_MACRO_STORE = "_VBA_PROJECT".encode("utf-16-le")


def media_type(data: bytes, name: str) -> str:
    """The media type of a file that may be kept as evidence. Raises the refusals of this module.

    ``name`` is what people call it, cleaned.
    """
    for head, found in _HEADS:
        if data.startswith(head):
            raise ProgramRefused(name=name, found=found)
    ending = _ending(name)
    if ending in _PROGRAMS:
        raise ProgramRefused(name=name, found=_A_PROGRAM_A_SCRIPT_OR_A(ending=ending))
    if is_page(data, ending) and runs_something(data):
        raise ActiveContentRefused(name=name, found=_SCRIPTS())
    if b"%PDF-" in data[:1024]:
        _refuse_active_pdf(data, name)
        if not data.startswith(b"PK"):
            return PDF
    for at, sign, found in _SIGNS:
        if data.startswith(sign, at):
            return found
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _of_compound_file(data, name, ending)
    if _is_signed_data(data) and ending in {"p7m", "p7s", "p7c", "cer", "crt", "der"}:
        return "application/pkcs7-mime" if ending.startswith("p7") else "application/pkix-cert"
    return _of_text(data, name, ending)


def remarks(data: bytes, name: str, kind: str) -> tuple[Reason, ...]:
    """What to say of a file that may be attached, and of what lies in it. ``kind`` is its ``media_type``."""
    if kind == PDF:
        count = pdf_look.look(data).files
        return (_FILES_INSIDE(name=name, count=count),) if count else ()
    if not data.startswith(b"PK"):
        return ()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [entry for entry in archive.namelist() if not entry.endswith("/")]
    if kind != "application/zip":
        count = sum("/embeddings/" in entry.casefold() for entry in entries)
        return (_FILES_INSIDE(name=name, count=count),) if count else ()
    inside = next((entry for entry in entries if _ending(entry) in _ARCHIVES), "")
    return (_ARCHIVES_INSIDE(name=name, inside=clean(inside)[-60:]),) if inside else ()


def _refuse_active_pdf(data: bytes, name: str) -> None:
    found = pdf_look.look(data)
    if found.locked:
        raise LockedRefused(name=name)
    for runs, what in (
        (found.scripts, _SCRIPTS),
        (found.launches, _PROGRAM_START),
        (found.media, _MEDIA),
        (found.hidden, _HIDDEN_OBJECTS),
    ):
        if runs:
            raise ActiveContentRefused(name=name, found=what())
    for inside in found.names if found.files else ():
        if _ending(clean(inside)) in _PROGRAMS:
            raise ProgramRefused(name=name, found=_A_PDF_WITH_A_PROGRAM(name=clean(inside)[-60:]))


def _of_archive(data: bytes, name: str) -> str:
    # Each entry of the list begins with this mark, and each costs half a kilobyte of memory once it is read.
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise BrokenArchiveRefused(name=name, detail=_MORE_THAN_ENTRIES(limit=MAX_ENTRIES))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.namelist()
            listed = archive.infolist()
            kind = _open_document(archive, entries)
            macros = _names_macros(archive, entries)
    # Every exception of a hostile archive means: not readable, with its reason.
    except (
        zipfile.BadZipFile,
        ValueError,
        OverflowError,
        OSError,
        NotImplementedError,
        RuntimeError,
        KeyError,
        EOFError,
        struct.error,
        zlib.error,
    ) as error:
        raise BrokenArchiveRefused(name=name, detail=clean(str(error))[:80]) from None
    if any(entry.flag_bits & 1 for entry in listed):
        raise LockedRefused(name=name)
    unpacked = sum(entry.file_size for entry in listed)
    if unpacked > MAX_UNPACKED:
        raise UnpacksTooLargeRefused(name=name, size=-(-unpacked >> 20), limit=MAX_UNPACKED >> 20)
    folded = [entry.casefold() for entry in entries]
    if macros or any(entry.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in entry for entry in folded):
        raise ActiveContentRefused(name=name, found=_MACROS())
    if any("/activex/" in entry for entry in folded):
        raise ActiveContentRefused(name=name, found=_CONTROLS())
    if kind:
        if any(entry.startswith(("Basic/", "Scripts/")) for entry in entries):
            raise ActiveContentRefused(name=name, found=_MACROS())
        return kind
    if "[Content_Types].xml" in entries:
        for folder, office in _OFFICE.items():
            if any(entry.startswith(folder) for entry in entries):
                return f"application/vnd.openxmlformats-officedocument.{office}"
    _refuse_programs(entries, name)
    return "application/zip"


def _open_document(archive: zipfile.ZipFile, entries: list[str]) -> str:
    """An OpenDocument file says what it is in a first, uncompressed entry (ODF 1.3, part 2, section 3.3)."""
    if not entries or entries[0] != "mimetype":
        return ""
    first = archive.getinfo("mimetype")
    # A packed entry would be unpacked whole, whatever size it claims: some hundred bytes become gigabytes.
    if first.compress_type != zipfile.ZIP_STORED or first.file_size > 100:
        return ""
    said = archive.read("mimetype").decode("ascii", "replace").strip()
    return said if re.fullmatch(r"application/vnd\.oasis\.opendocument\.[a-z-]{1,40}", said) else ""


def _names_macros(archive: zipfile.ZipFile, entries: list[str]) -> bool:
    """Whether an Office file lists macros among its types of content, whatever the part with them is called ([MS-OFFMACRO2] 2.2)."""
    if "[Content_Types].xml" not in entries:
        return False
    listed = archive.getinfo("[Content_Types].xml")
    if listed.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return True  # no office program writes it so, and unpacking it has no bound
    with archive.open(listed) as file:
        found = file.read(_TYPES + 1).lower()
    return len(found) > _TYPES or b"vbaproject" in found or b"macroenabled" in found or b"macrosheet" in found


def _refuse_programs(entries: Iterable[str], name: str) -> None:
    for entry in entries:
        ending = _ending(PurePosixPath(clean(entry).replace("\\", "/")).name)
        if ending in _PROGRAMS or entry.casefold() == "meta-inf/manifest.mf":
            raise ProgramRefused(name=name, found=_AN_ARCHIVE_WITH_A_PROGRAM_OR(name=clean(entry)[-60:]))


def _of_compound_file(data: bytes, name: str, ending: str) -> str:
    """A file of old Office programs; their macros are in a store of a fixed name ([MS-OVBA] 2.2.1)."""
    if _MACRO_STORE in data:
        raise ActiveContentRefused(name=name, found=_MACROS())
    if ending not in _LEGACY:
        raise UnknownKindRefused(name=name)
    return _LEGACY[ending]


def _of_text(data: bytes, name: str, ending: str) -> str:
    if not _is_text(data):
        raise UnknownKindRefused(name=name)
    if kind := page_kind(data) or PAGES.get(ending, ""):
        return kind
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:5] == b"<?xml":
        return "application/xml"
    if head[:1] in {b"{", b"["} and data.rstrip()[-1:] in {b"}", b"]"}:
        return "application/json"
    return _TEXTS.get(ending, "text/plain")


def _is_text(data: bytes) -> bool:
    """UTF-8 or UTF-16 with its mark, or one of the old one-byte codes: no control characters but space and line ends."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError:
            return False
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data)


def _is_signed_data(data: bytes) -> bool:
    return (data[:1] == b"\x30" and len(data) > 20) or data.startswith(b"-----BEGIN ")


def _ending(name: str) -> str:
    """The extension as a file manager would see it: Windows ignores dots and spaces at the end."""
    return name.rstrip(". ").rpartition(".")[2].casefold() if "." in name.rstrip(". ") else ""

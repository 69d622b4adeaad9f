"""Records made to deceive, each by one trick. ``Workshop`` holds what an attacker has: the app's own parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto import cms as asn1_cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata

import resources
from intake.records.content import SignatureField
from intake.records.editions.edition import Signing
from intake.records.editions.printer import Printer
from intake.records.reading import structure
from intake.records.signatures import sign
from intake.trust.keys import SigningKey
from tests.records.conftest import AT
from tests.trust import forging

Change = Callable[[IncrementalPdfFileWriter], None]


@cache
def printer() -> Printer:
    return Printer(resources.read)


def appended(pdf: bytes, change: Change) -> bytes:
    """The file with one more revision that makes ``change``."""
    writer = sign._Writer(BytesIO(pdf))
    change(writer)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def signed(
    pdf: bytes,
    field: str,
    key: SigningKey,
    *,
    change: Change | None = None,
    certify: bool = False,
    permissions: MDPPerm = MDPPerm.FILL_FORMS,
    given: bytes | None = None,
) -> bytes:
    """A signature as the app makes it, but with ``change`` in the same revision, or with the CMS ``given``."""
    writer = sign._Writer(BytesIO(pdf))
    if change:
        change(writer)
    signer: Any = sign._Signer(key, None)
    if given is not None:
        signer = Parrot(key, given)
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=key.digest.name,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=permissions,
    )
    facts = Signing("Somebody", key.fingerprint, AT)
    drawn = printer().look(printer().newest, SignatureField(field), facts)
    worker = sign._PdfSigner(metadata, signer, AT, sign._look(drawn))
    made: bytes = worker.sign_pdf(writer, existing_fields_only=True, bytes_reserved=2 * signer.room).getvalue()
    return made


class Parrot(sign._Signer):
    """Repeats a signature somebody else made."""

    def __init__(self, key: SigningKey, given: bytes) -> None:
        super().__init__(key, None)
        self._given = given

    async def async_sign(self, data_digest: bytes, *_: Any, **__: Any) -> asn1_cms.ContentInfo:
        return asn1_cms.ContentInfo.load(self._given)


def fields_of(writer: IncrementalPdfFileWriter) -> list[Any]:
    return [field.get_object() for field in writer.root["/AcroForm"]["/Fields"]]


# ---------------------------------------------------------------------------------------------------- the changes
def replace_page(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack, replace: other words on the first page."""
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def hide_page(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack, hide: a page taken out of the list of pages."""
    pages = writer.root["/Pages"]
    del pages["/Kids"][1]
    pages["/Count"] = generic.NumberObject(int(pages["/Count"]) - 1)
    writer.update_container(pages)


def replace_font(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack, replace: the same codes drawn with other letters."""
    fonts = writer.root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    name = next(iter(fonts))
    font = fonts[name]
    font["/BaseFont"] = generic.NameObject("/Courier")
    writer.update_container(font)


def replace_appearance(writer: IncrementalPdfFileWriter) -> None:
    """Another name over the first office's signature."""
    for field in fields_of(writer):
        if "/V" in field:
            look = generic.StreamObject(
                generic.DictionaryObject({
                    generic.NameObject("/Type"): generic.NameObject("/XObject"),
                    generic.NameObject("/Subtype"): generic.NameObject("/Form"),
                    generic.NameObject("/BBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 9, 9)]),
                }),
                stream_data=b"BT ET",
            )  # fmt: skip
            field["/AP"] = generic.DictionaryObject({generic.NameObject("/N"): writer.add_object(look)})
            writer.update_container(field)


def move_widget(writer: IncrementalPdfFileWriter) -> None:
    """The first office's signature moved off the page."""
    for field in fields_of(writer):
        if "/V" in field:
            field["/Rect"] = generic.ArrayObject([generic.NumberObject(-9)] * 4)
            writer.update_container(field)


def add_note(writer: IncrementalPdfFileWriter) -> None:
    """A sticky note over the terms."""
    page = writer.root["/Pages"]["/Kids"][1].get_object()
    note = generic.DictionaryObject({
        generic.NameObject("/Type"): generic.NameObject("/Annot"),
        generic.NameObject("/Subtype"): generic.NameObject("/FreeText"),
        generic.NameObject("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (50, 50, 500, 700)]),
        generic.NameObject("/Contents"): generic.TextStringObject("approved for everything"),
    })  # fmt: skip
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def add_script(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OpenAction"] = generic.DictionaryObject({
        generic.NameObject("/S"): generic.NameObject("/JavaScript"),
        generic.NameObject("/JS"): generic.TextStringObject("app.alert('approved')"),
    })  # fmt: skip
    writer.update_root()


def leave_a_gap(writer: IncrementalPdfFileWriter) -> None:
    """A reference to an object that only a later revision would bring."""
    writer.root["/Extensions"] = generic.DictionaryObject(
        {generic.NameObject("/ADBE"): generic.IndirectObject(9999, 0, writer)}
    )
    writer.update_root()


def replace_twin(writer: IncrementalPdfFileWriter) -> None:
    specification = writer.root["/AF"][0].get_object()
    specification["/EF"]["/F"] = writer.add_object(generic.StreamObject(stream_data=b"{}"))
    writer.update_container(specification["/EF"])


def replace_spoken_words(writer: IncrementalPdfFileWriter) -> None:
    """Other words for somebody who has the page read aloud."""
    element = writer.root["/StructTreeRoot"]["/K"][0].get_object()
    element["/ActualText"] = generic.TextStringObject("approved for everything")
    writer.update_container(element)


def share_signature(writer: IncrementalPdfFileWriter) -> None:
    """One signature behind two fields."""
    fields = fields_of(writer)
    (value,) = [field.raw_get("/V") for field in fields if "/V" in field]
    for field in fields:
        if "/V" not in field:
            field["/V"] = value
            writer.update_container(field)


def touch(writer: IncrementalPdfFileWriter) -> None:
    """A revision that changes nothing."""
    writer.update_root()


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        replace_page,
        hide_page,
        replace_font,
        replace_appearance,
        move_widget,
        add_note,
        add_script,
        leave_a_gap,
        replace_twin,
        replace_spoken_words,
    )
}


HIDDEN = tuple(name for name in CHANGES if name not in ("replace_appearance", "move_widget"))
"""Changes that can be in the first signer's own revision, which no signature before it protects."""


# ------------------------------------------------------------------------------------------------------- spelling
def lower_case(pdf: bytes) -> bytes:
    revision = structure.scan(pdf).revisions[0]
    place = re.compile(rb"[A-F]").search(pdf, revision.hole)
    assert place
    return pdf[: place.start()] + place.group().lower() + pdf[place.end() :]


def padding(pdf: bytes) -> bytes:
    revision = structure.scan(pdf).revisions[-1]
    return pdf[: revision.resume - 2] + b"1" + pdf[revision.resume - 1 :]


def space_in_hex(pdf: bytes) -> bytes:
    revision = structure.scan(pdf).revisions[-1]
    return pdf[: revision.resume - 3] + b" 0" + pdf[revision.resume - 1 :]


def comment(pdf: bytes) -> bytes:
    return pdf + b"% a comment\n"


def newline(pdf: bytes) -> bytes:
    return pdf + b"\n"


def cut(pdf: bytes) -> bytes:
    return pdf[:-1]


def other_value(pdf: bytes) -> bytes:
    """The last signature with the other ECDSA value that fits: no key is needed to make it."""
    revision = structure.scan(pdf).revisions[-1]
    spelled = forging.twin(revision.signature).hex().upper().encode()
    room = revision.resume - revision.hole - 2
    return pdf[: revision.hole + 1] + spelled.ljust(room, b"0") + pdf[revision.resume - 1 :]


def second_end(pdf: bytes) -> bytes:
    table = re.findall(rb"startxref\n(\d+)\n", pdf)[-1]
    return pdf + b"\nstartxref\n" + table + b"\n%%EOF\n"


def first_revision_only(pdf: bytes) -> bytes:
    """Everything after the first signature cut off."""
    return pdf[: structure.scan(pdf).revisions[0].end]


SPELLINGS = {
    change.__name__: change for change in (lower_case, padding, space_in_hex, comment, newline, cut, second_end)
}

"""The unsigned record: reproducible, tagged, inert."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from intake.domain.base import canonical
from intake.domain.base.canonical import sha256
from intake.records.content import (
    TWIN_NAME,
    Bullets,
    Heading,
    KeyValues,
    Paragraph,
    PrintedDigest,
    PrintedTable,
    RecordSection,
)
from intake.records.editions.e1 import wording
from intake.records.editions.e1.twin import twin
from intake.records.editions.printer import Printer
from tests.records import contents

CONTENTS = {
    "decision": contents.decision,
    "declined": contents.declined,
    "withdrawn": contents.withdrawn,
    "hostile": contents.hostile,
}


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def elements(node: pikepdf.Object):
    yield node
    kids: Any = node.get("/K", [])
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


@pytest.mark.parametrize("name", CONTENTS)
def test_same_content_same_bytes_also_with_fonts_read_again(installation, name):
    import resources

    content = CONTENTS[name]()

    first = installation.base(content)
    again = Printer(resources.read).base(installation.printer.newest, content)

    assert first == again


@pytest.mark.exhaustive
def test_same_bytes_in_another_process_with_another_hash_seed_and_time_zone(base):
    code = (
        "import sys, resources; from tests.records import contents; from intake.records.editions.printer import Printer;"
        "printer = Printer(resources.read); pdf = printer.base(printer.newest, contents.decision());"
        "sys.stdout.buffer.write(pdf)"
    )

    made = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "PYTHONPATH": "."},
    )

    assert made.stdout == base


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Another"},
        {"organisation": "00" * 32},
        {"digests": (PrintedDigest("Terms", "ff" * 32),)},
        {"facts": {"users": 121}},
    ],
)
def test_other_content_gives_other_bytes(installation, base, changed):
    assert installation.base(contents.decision(**changed)) != base


def test_every_stream_is_written_uncompressed(base):
    with pikepdf.Pdf.open(BytesIO(base)) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]

    assert streams
    assert not any("/Filter" in item for item in streams)


def test_the_twin_is_attached_and_its_digest_is_printed(base):
    with pikepdf.Pdf.open(BytesIO(base)) as pdf:
        data = pdf.attachments[TWIN_NAME].get_file().read_bytes()
        relation = pdf.Root.AF[0].AFRelationship

    read: Any = canonical.parse(data)
    assert data == twin(contents.decision(), edition=1, made_with=read["made_with"])
    assert relation == "/Data"
    assert sha256(data) in text_of(base)


def test_the_last_page_holds_the_whole_check(base):
    document = pypdfium2.PdfDocument(base)
    last = document[len(document) - 1].get_textpage().get_text_bounded()
    document.close()

    assert wording.CHECK in last
    assert "openssl cms -verify" in last
    assert contents.ORGANISATION in last
    assert "amber-kettle-violin" in last


def test_two_empty_tagged_signature_fields_and_nothing_else_to_fill(base):
    with pikepdf.Pdf.open(BytesIO(base)) as pdf:
        fields = [
            (str(item.T), str(item.FT), str(item.TU), "/V" in item, int(item.F)) for item in pdf.Root.AcroForm.Fields
        ]
        forms = [item for item in elements(pdf.Root.StructTreeRoot.K[0]) if item.S == "/Form"]
        names = list(pdf.Root.StructTreeRoot.IDTree.Names)
        named = {str(name): str(element.K.Obj.T) for name, element in zip(names[::2], names[1::2], strict=True)}

    assert fields == [
        ("CIO", "/Sig", "Signature of the Chief Information Officer", False, 4),
        ("CISO", "/Sig", "Signature of the Chief Information Security Officer", False, 4),
    ]
    assert [str(form.ID) for form in forms] == ["CIO", "CISO"]
    assert named == {"CIO": "CIO", "CISO": "CISO"}


@pytest.mark.parametrize(("name", "fields"), [("declined", ["CISO"]), ("withdrawn", ["OWNER"])])
def test_a_record_without_a_decision_has_one_field(installation, name, fields):
    with pikepdf.Pdf.open(BytesIO(installation.base(CONTENTS[name]()))) as pdf:
        assert [str(item.T) for item in pdf.Root.AcroForm.Fields] == fields


def test_structure_tells_headings_tables_lists_and_the_ring(base):
    with pikepdf.Pdf.open(BytesIO(base)) as pdf:
        found = list(elements(pdf.Root.StructTreeRoot.K[0]))
        roles = [str(item.S) for item in found]
        scopes = {str(item.A.Scope) for item in found if item.S == "/TH"}
        rings = [str(item.Alt) for item in found if item.S == "/Figure"]

    assert roles[0] == "/Document"
    assert roles.count("/H1") == 1
    assert {"/H2", "/H3", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TH", "/TD", "/Form"} <= set(roles)
    assert scopes == {"/Row", "/Column"}
    assert rings == [wording.RING_ALT]


@pytest.mark.attack("markup, pictures and links drawn into a record", refusal="printed as it is")
def test_hostile_text_makes_no_link_picture_script_or_action(installation):
    with pikepdf.Pdf.open(BytesIO(installation.base(contents.hostile()))) as pdf:
        keys = set()
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                keys |= set(item.keys())
                assert item.get("/Subtype") not in ("/Image", "/Link")
        attachments = list(pdf.attachments)

    assert not keys & {"/JS", "/JavaScript", "/URI", "/Launch", "/OpenAction", "/AA"}
    assert attachments == [TWIN_NAME]


def test_hostile_text_is_printed_as_it_stands(installation):
    read = re.sub(r"\s+", " ", text_of(installation.base(contents.hostile())))

    assert '<img src="/etc/hostname"/><a href="javascript:alert(1)">click</a> <b>bold?</b> &amp; &lt;' in read
    assert "%%EOF endstream endobj trailer << /Root 1 0 R >>" in read


def test_characters_without_a_glyph_are_announced_on_the_last_page(installation, base):
    assert "could not be drawn" in text_of(installation.base(contents.hostile()))
    assert "could not be drawn" not in text_of(base)


def test_an_answer_of_ten_thousand_characters_flows_over_pages_and_loses_nothing(installation):
    words = [f"word{number}" for number in range(1500)]
    answer = " ".join(words)
    assert len(answer) > 10_000
    blocks = (Paragraph(answer), KeyValues((("Answer", answer),)), Bullets((answer,)))

    pdf = installation.base(contents.decision(sections=(RecordSection("Long", blocks),)))

    read = text_of(pdf)
    for word in (words[0], words[749], words[-1]):
        assert len(re.findall(rf"\b{word}\b", read)) == 3
    assert len(pypdfium2.PdfDocument(pdf)) > 6


def test_a_summary_too_long_for_the_first_page_goes_on_after_it(installation):
    content = contents.decision(summary=tuple(Paragraph(f"Point {number} of the summary.") for number in range(40)))

    pdf = installation.base(content)

    document = pypdfium2.PdfDocument(pdf)
    first, second = (document[index].get_textpage().get_text_bounded() for index in (0, 1))
    document.close()
    assert "Signatures" in first
    assert "Point 39" in second


@pytest.mark.attack("marks that turn the text of a record around", refusal="NotCanonical")
def test_text_that_could_read_as_something_else_is_refused(installation):
    with pytest.raises(canonical.NotCanonical):
        installation.base(contents.decision(title="approve\u202edeny"))


@pytest.mark.exhaustive
def test_a_heading_never_stands_alone_at_the_foot_of_a_page(installation):
    table = PrintedTable(("Limit", "Agreed"), tuple((f"Row {number}", "Value") for number in range(3)))
    for lines in range(20, 48):
        blocks = (Bullets(tuple(f"Point {number}" for number in range(lines))), Heading("Lonely heading"), table)
        pdf = installation.base(contents.decision(sections=(RecordSection("Section", blocks),)))

        document = pypdfium2.PdfDocument(pdf)
        (page,) = [
            text
            for index in range(len(document))
            if "Lonely heading" in (text := document[index].get_textpage().get_text_bounded())
        ]
        document.close()
        assert "Row 0" in page, lines

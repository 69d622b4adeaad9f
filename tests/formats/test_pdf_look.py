"""PDFs that run something, are protected, or carry files: told without opening them."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from intake.domain.base.wording import words
from intake.formats import file_kinds, pdf_look
from intake.formats.file_kinds import ActiveContentRefused, LockedRefused, ProgramRefused

PACKED = pikepdf.ObjectStreamMode.generate
PLAIN = pikepdf.ObjectStreamMode.disable


def pdf(
    change: Callable[[Pdf], object] | None = None, mode: pikepdf.ObjectStreamMode = PACKED, **saved: object
) -> bytes:
    """A page, changed; with its objects in packed streams as most programs write them."""
    made, target = Pdf.new(), io.BytesIO()
    made.add_blank_page()
    if change:
        change(made)
    made.save(target, object_stream_mode=mode, **saved)  # type: ignore[arg-type]
    return target.getvalue()


def script(made: Pdf) -> None:
    made.Root.OpenAction = made.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def script_at_a_field(made: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("x()"))
    made.pages[0].Annots = Array([made.make_indirect(Dictionary(Subtype=Name.Link, AA=Dictionary(F=action)))])


def launch(made: Pdf) -> None:
    made.Root.OpenAction = made.make_indirect(Dictionary(S=Name.Launch, F=String("cmd.exe")))


def film(made: Pdf) -> None:
    made.pages[0].Annots = Array([made.make_indirect(Dictionary(Subtype=Name.RichMedia))])


def carrying(name: str) -> Callable[[Pdf], None]:
    def change(made: Pdf) -> None:
        made.attachments[name] = pikepdf.AttachedFileSpec(made, b"MZ", filename=name)  # type: ignore[call-arg]

    return change


@pytest.mark.attack("evidence that is a PDF with a script or a program start", refusal="ActiveContentRefused")
@pytest.mark.parametrize("mode", [PACKED, PLAIN], ids=["packed", "plain"])
@pytest.mark.parametrize(
    ("change", "found"),
    [
        (script, "scripts"),
        (script_at_a_field, "scripts"),
        (launch, "an action that starts a program"),
        (film, "media that run by themselves"),
    ],
)
def test_a_pdf_that_runs_something_is_refused(
    change: Callable[[Pdf], None], found: str, mode: pikepdf.ObjectStreamMode
) -> None:
    with pytest.raises(ActiveContentRefused) as refused:
        file_kinds.media_type(pdf(change, mode), "offer.pdf")

    assert refused.value.what_happened == f"“offer.pdf” cannot be attached: it holds {found}."


@pytest.mark.attack("evidence that is a PDF with a script or a program start", refusal="ActiveContentRefused")
@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n1 0 obj<</S/#4aavaScript/JS(x)>>endobj",
        b"%PDF-1.7\n1 0 obj<</S/J#61v#61#53cript>>endobj",
        b"MIME\n%PDF-1.7\n1 0 obj<</S /JavaScript\n>>endobj",
        b"%PDF-1.7\n1 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\r\n" + zlib.compress(b"5 0 <</S/JavaScript>>"),
        b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>stream\n" + zlib.compress(b"<</S/JavaScript>>", 0),
        b"%PDF-1.7\n1 0 obj<</Type/ObjStm/Filter/LZWDecode>>stream\n\x80\x0b\x60",
        b"%PDF-1.7\n1 0 obj<</Type/Obj#53tm/Filter[/ASCIIHexDecode/FlateDecode]>>stream\n789c",
        b"%PDF-1.7\n1 0 obj<</Type/ObjStm>>stream\n" + zlib.compress(bytes(40 << 20)),
    ],
    ids=["escaped", "escaped in part", "late", "packed", "stored", "other packing", "packed twice", "bomb"],
)
def test_a_script_in_disguise_is_refused(data: bytes) -> None:
    with pytest.raises(ActiveContentRefused):
        file_kinds.media_type(data, "offer.pdf")


@pytest.mark.parametrize(
    "saved",
    [
        {},
        {"encryption": pikepdf.Encryption(owner="o", user="")},
        {"encryption": pikepdf.Encryption(owner="o", user="u")},
    ],
)
def test_a_protected_pdf_is_refused_because_nobody_can_look_into_it(saved: dict[str, object]) -> None:
    data = pdf(script if saved else None, **saved)
    if not saved:
        assert file_kinds.media_type(data, "a.pdf") == "application/pdf"
        return

    with pytest.raises(LockedRefused):
        file_kinds.media_type(data, "a.pdf")


@pytest.mark.attack("evidence that is a PDF with a program in it", refusal="ProgramRefused")
@pytest.mark.parametrize("name", ["setup.exe", "läuft.ps1", "a(1).vbs", "run.bat. "])
@pytest.mark.parametrize("mode", [PACKED, PLAIN], ids=["packed", "plain"])
def test_a_program_in_a_pdf_is_refused(name: str, mode: pikepdf.ObjectStreamMode) -> None:
    with pytest.raises(ProgramRefused) as refused:
        file_kinds.media_type(pdf(carrying(name), mode), "offer.pdf")

    assert "a PDF with a program or script in it" in refused.value.what_happened


def test_files_in_a_pdf_are_counted_and_said() -> None:
    data = pdf(lambda made: (carrying("table.csv")(made), carrying("data.json")(made)))

    kind = file_kinds.media_type(data, "offer.pdf")

    (remark,) = file_kinds.remarks(data, "offer.pdf", kind)
    assert words(remark) == (
        "“offer.pdf” carries 2 files in it. They go along with it, and only their names were looked at."
    )


def test_a_plain_pdf_is_taken_without_a_word() -> None:
    data = pdf(lambda made: made.pages[0].obj.__setitem__("/Note", String("How /JavaScripts and /Launches are called")))

    assert file_kinds.media_type(data, "a.pdf") == "application/pdf"
    assert file_kinds.remarks(data, "a.pdf", "application/pdf") == ()


@pytest.mark.slow("twenty megabytes are looked through")
@pytest.mark.exhaustive
def test_a_large_pdf_of_noise_is_looked_through_in_seconds_and_not_taken_for_a_script() -> None:
    noise = random.Random(7).randbytes(1 << 20)
    data = b"%PDF-1.7\n" + (b"1 0 obj<<>>stream\n" + noise + b"\nendstream endobj\n") * 19

    assert pdf_look.look(data) == pdf_look.PdfLook(False, False, False, False, False, 0, ())


def test_very_many_streams_are_refused_and_not_looked_at_for_hours() -> None:
    data = b"%PDF-1.7\n" + b"stream\n" * 200_000

    assert pdf_look.look(data).hidden

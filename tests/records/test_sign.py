"""Signing: what is appended, what is refused, and that nothing before it changes."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from intake.records.content import SignatureField
from intake.records.reading import structure
from intake.records.refusals import AlreadySigned, BrokenRecord, NoSuchField, NotARecord, SignatureTooLarge
from intake.records.signatures.sign import placed, sign_record
from intake.trust import cms
from intake.trust.keys import KeyAlgorithm, create_key, open_keys
from tests.records import contents
from tests.records.conftest import AT


@pytest.fixture
def signatures():
    """Gives the signature dictionaries of a record by field; the files stay open while they are looked at."""
    opened = []

    def read(pdf: bytes) -> dict[str, pikepdf.Object]:
        opened.append(pikepdf.Pdf.open(BytesIO(pdf)))
        return {str(item.T): item.V for item in opened[-1].Root.AcroForm.Fields if "/V" in item}

    yield read
    for pdf in opened:
        pdf.close()


def test_signing_only_appends(base, first, both):
    assert first.startswith(base)
    assert both.startswith(first)
    assert structure.scan(both).base_length == len(base)


def test_who_signed_and_who_is_missing(base, first, both):
    assert placed(base).empty == (SignatureField.CIO, SignatureField.CISO)
    assert placed(first).signed == (SignatureField.CISO,)
    assert placed(first).empty == (SignatureField.CIO,)
    assert placed(both).empty == ()


@pytest.mark.parametrize("order", [("CIO", "CISO"), ("CISO", "CIO")])
def test_the_first_certifies_and_the_second_approves_in_either_order(installation, base, order, signatures):
    pdf = installation.sign(installation.sign(base, order[0]), order[1])

    signed = signatures(pdf)
    assert signed[order[0]].Reference[0].TransformMethod == "/DocMDP"
    assert signed[order[0]].Reference[0].TransformParams.P == 2
    assert "/Reference" not in signed[order[1]]
    assert {str(item.SubFilter) for item in signed.values()} == {"/ETSI.CAdES.detached"}


def test_the_moment_is_the_given_one_and_stands_outside_the_cms(first, signatures):
    signed = signatures(first)["CISO"]
    (revision,) = structure.scan(first).revisions

    read = cms.read(revision.signature, detached_digest=lambda name: revision.digest(first, name))

    assert str(signed.M).startswith("D:20261122100000")
    assert read.signing_time is None


def test_signing_leaves_title_dates_and_metadata_alone(base, both):
    def described(pdf):
        with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
            return opened.Root.Metadata.read_bytes(), str(opened.docinfo.ModDate), str(opened.docinfo.Producer)

    assert described(both) == described(base)


def test_the_look_has_the_box_of_the_empty_field(base, both):
    def boxes(pdf):
        with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
            return [(item.AP.N.BBox.as_list(), item.Rect.as_list()) for item in opened.Root.AcroForm.Fields]

    assert boxes(both) == boxes(base)


def test_the_appearance_names_the_person_and_embeds_its_fonts(both):
    with pikepdf.Pdf.open(BytesIO(both)) as opened:
        fields = {str(item.T): item for item in opened.Root.AcroForm.Fields}
        form = fields["CIO"].AP.N.Resources.XObject["/Appearance"]
        embedded = ["/FontFile2" in font.FontDescriptor for font in form.Resources.Font.values()]

    assert embedded
    assert all(embedded)


@pytest.mark.parametrize("name", ["Ω" * 300, "אדה עומר", "</b><img src='/etc/hostname'>", "😀", "/ByteRange [0 1 2 3]"])
def test_a_strange_name_is_only_drawn(installation, base, name):
    pdf = sign_record(
        base, SignatureField.CIO, installation.keys["cio"], person=name, at=AT, printer=installation.printer
    )

    assert placed(pdf).signed == (SignatureField.CIO,)


@pytest.mark.parametrize("algorithm", [KeyAlgorithm.EC_P384, KeyAlgorithm.RSA_3072])
@pytest.mark.exhaustive
def test_other_keys_sign_too(installation, base, algorithm):
    key = open_keys(
        create_key("Ada", "correct horse", at=AT, algorithm=algorithm, rounds=1000), "correct horse"
    ).signing

    pdf = sign_record(base, SignatureField.CIO, key, person="Ada", at=AT, printer=installation.printer)

    (revision,) = structure.scan(pdf).revisions
    read = cms.read(revision.signature, detached_digest=lambda name: revision.digest(pdf, name))
    assert read.fingerprint == key.fingerprint


def test_one_office_signs_once(installation, first):
    with pytest.raises(AlreadySigned):
        installation.sign(first, "CISO")


def test_an_office_without_a_field_cannot_sign(installation):
    with pytest.raises(NoSuchField):
        installation.sign(installation.base(contents.declined()), "CIO")


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", NotARecord),
        (b"MZ not a pdf", NotARecord),
        (b"%PDF-1.7\n", BrokenRecord),
        (b"%PDF-1.7\nxref\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n", BrokenRecord),
    ],
)
def test_what_is_no_record_is_not_signed(installation, data, refusal):
    with pytest.raises(refusal):
        installation.sign(data, "CIO")


def test_a_record_with_something_appended_is_not_signed(installation, first):
    with pytest.raises(BrokenRecord):
        installation.sign(first + b"% a comment\n", "CIO")


def test_a_certificate_larger_than_its_place_is_refused(installation, base, monkeypatch):
    monkeypatch.setattr("intake.records.signatures.sign._ROOM_BESIDE_CERTIFICATE", 64)

    with pytest.raises(SignatureTooLarge):
        installation.sign(base, "CIO")

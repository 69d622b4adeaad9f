"""The base made again before countersigning."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from intake.records.content import Paragraph
from intake.records.proof import rebuild
from intake.records.proof.validate import validate_record
from intake.records.proof.verdict import Indication, SubIndication, VerifierKnowledge
from intake.records.reading import parts, structure
from intake.records.refusals import BrokenRecord, ChangedBase, ForeignChange, NotARecord
from tests.records import attacks, attacks_structure, contents, sections
from tests.records.sections import respelled


def check(installation, pdf, content):
    rebuild.check_base(pdf, lambda edition: content, installation.printer)


def test_base_of_a_signed_record_is_what_was_built(base, first, both):
    assert rebuild.base_of(base) == rebuild.base_of(first) == rebuild.base_of(both) == base


def test_own_content_is_recognised_signed_or_not(installation, base, both):
    check(installation, base, contents.decision())
    check(installation, both, contents.decision())


def test_other_content_is_refused(installation, first):
    with pytest.raises(ChangedBase):
        check(installation, first, contents.decision(summary=(Paragraph("Other terms."),)))


def with_twin(pdf: bytes, twin: bytes) -> bytes:
    number = attacks_structure.twin_number(pdf)
    body = b"<< /Type /EmbeddedFile /Length %d >>\nstream\n%s\nendstream" % (len(twin), twin)
    return sections.draft(pdf).with_object(number, body).written()


def test_a_base_of_other_library_versions_is_compared_by_its_content(installation, monkeypatch):
    with monkeypatch.context() as other:
        other.setattr("reportlab.__version__", "5.0.9")
        older = installation.base()

    check(installation, older, contents.decision())
    check(installation, respelled(older), contents.decision())
    with pytest.raises(ChangedBase):
        check(installation, respelled(older), contents.decision(title="Another"))


def test_the_same_versions_must_give_the_same_bytes(installation, base):
    with pytest.raises(ChangedBase):
        check(installation, respelled(base), contents.decision())


@pytest.mark.parametrize(
    "twin",
    [
        b"",
        b"[]",
        b'{"edition":1,"format":"countersign/record/1","made_with":{"qpdf":"1; rm -rf"}}',
        b'{"edition":1,"format":"countersign/record/1","made_with":3}',
        b'{"format":"countersign/record/1","made_with":{},"made_with":{}}',
        b'{"made_with":{}}',
        b"[" * 100_000,
    ],
)
def test_a_twin_that_cannot_be_read_is_refused(installation, base, twin):
    with pytest.raises(NotARecord):
        check(installation, with_twin(base, twin), contents.decision())


def test_a_twin_that_names_other_parts_is_refused(installation, base):
    twin = b'{"edition":1,"format":"countersign/record/1","made_with":{"something":"1"}}'

    with pytest.raises(ChangedBase):
        check(installation, with_twin(base, twin), contents.decision())


@pytest.mark.attack("record saved again by another program", refusal="BrokenRecord: another program saved it")
def test_a_signed_record_that_another_program_saved_again_is_refused(both):
    written = BytesIO()
    with pikepdf.Pdf.open(BytesIO(both)) as pdf:
        pdf.save(
            written, min_version="1.7", compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )

    verdict = validate_record(written.getvalue(), VerifierKnowledge())

    assert (verdict.indication, verdict.sub_indication) == (Indication.FAILED, SubIndication.FORMAT_FAILURE)


@pytest.mark.attack("another page with the right data attached", refusal="not the same base")
def test_a_changed_page_is_seen_even_when_the_twin_is_right(installation, base):
    number = attacks_structure.first_words(base)
    words = sections.draft(base).stream(number)
    body = b"<< /Length %d >>\nstream\n%s\nendstream"
    changed = (
        sections.draft(base).with_object(number, body % (len(words) + 1, words.replace(b"BT", b"BT ", 1))).written()
    )

    assert not rebuild.same_base(changed, base)


@pytest.mark.attack("an object that nothing points to, in the base", refusal="not the same base")
def test_an_object_nothing_points_to_is_seen(base):
    made = sections.draft(base)
    size = made.fresh
    hidden = made.with_object(size, b"<< /Length 6 >>\nstream\nhidden\nendstream").sized(size + 1).written()

    assert rebuild.same_base(respelled(base), base)
    assert not rebuild.same_base(hidden, base)


@pytest.mark.attack("an object that nothing points to, in the base", refusal="not the same base")
def test_a_key_of_streams_in_another_dictionary_is_seen(base):
    made = sections.draft(base)
    number, raw = made.objects[0]
    changed = raw.replace(b"/Lang", b"/Length (hidden words) /Lang", 1)

    assert not rebuild.same_base(replace(made, objects=((number, changed), *made.objects[1:])).written(), base)


@pytest.mark.attack("copies of the signature fields on the page, in the base", refusal="ChangedBase")
def test_a_copy_of_a_field_on_the_page_is_no_field(installation, monkeypatch):
    """Signing fills the field in the form, and the page would go on to show the empty copy."""
    with monkeypatch.context() as other:
        other.setattr("reportlab.__version__", "5.0.9")
        older = installation.base()
    made = sections.draft(older)
    page = next(raw for _, raw in made.objects if b"/Annots" in raw)
    fields = [number for number, raw in made.objects if b"/FT /Sig" in raw]
    copies = dict(zip(fields, range(made.fresh, made.fresh + len(fields)), strict=True))
    listed = page
    for number, copy in copies.items():
        body = next(raw for name, raw in made.objects if name == number).split(b"obj\n", 1)[1].rsplit(b"\nendobj", 1)[0]
        made = made.with_object(copy, body).sized(copy + 1)
        listed = re.sub(rb"(/Annots \[[^\]]*?) %d 0 R" % number, rb"\1 %d 0 R" % copy, listed)
    assert listed != page
    copied = replace(made, objects=tuple((n, listed if raw == page else raw) for n, raw in made.objects)).written()

    assert parts.fields_of(structure.scan(copied).sections)
    assert not rebuild.same_base(copied, older)
    assert not rebuild.same_base(older, copied)
    with pytest.raises(ChangedBase):
        check(installation, copied, contents.decision())


@pytest.mark.attack("a change behind the right base, before countersigning", refusal="ChangedBase")
@pytest.mark.parametrize("name", attacks.CHANGES)
def test_a_change_hidden_behind_the_right_base_is_refused_before_countersigning(installation, base, name):
    first = name not in {"replace_appearance", "move_widget"}
    base = base if first else installation.sign(base, "CIO")
    pdf = attacks.signed(base, "CISO", installation.keys["ciso"], change=attacks.CHANGES[name], certify=first)

    with pytest.raises(BrokenRecord if name == "add_script" else ForeignChange):
        check(installation, pdf, contents.decision())

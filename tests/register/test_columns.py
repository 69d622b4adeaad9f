from __future__ import annotations

from random import Random

import pytest

from intake.register.store import schema
from intake.register.views.columns import CASE_COLUMNS, ORDERS, case_row, stored_row, turn_column
from intake.register.views.rows import CaseRow, ListOrder
from tests.register.test_lists import _summary


def test_the_table_in_the_register_has_these_columns_and_its_key() -> None:
    assert [column.name for column in schema.case_row.columns] == ["pk", *(column.name for column in CASE_COLUMNS)]


def test_a_row_has_these_fields_after_its_number_and_its_case() -> None:
    assert CaseRow._fields == ("pk", "case", *(column.name for column in CASE_COLUMNS if column.listed))


def test_each_order_is_given_by_one_column_that_has_an_index() -> None:
    indexed = {tuple(index.columns.keys()) for index in schema.case_row.indexes}

    assert set(ORDERS) == set(ListOrder)
    assert sum(column.order is not None for column in CASE_COLUMNS) == len(ListOrder)
    assert {(column.name, "pk") for column in ORDERS.values()} <= indexed
    assert not any(schema.case_row.columns[column.name].nullable for column in ORDERS.values())


def test_what_is_stored_is_read_back() -> None:
    for number in range(50):
        summary = _summary(number, Random(number))
        stored = stored_row(7, summary)

        row = case_row([7, summary.case, *(stored[column.name] for column in CASE_COLUMNS if column.listed)])

        assert {name: getattr(row, name) for name in CaseRow._fields[1:]} == {
            name: getattr(summary, name) for name in CaseRow._fields[1:]
        }


def test_only_a_known_turn_becomes_a_column() -> None:
    with pytest.raises(KeyError):
        turn_column("cio = 1 OR 1")

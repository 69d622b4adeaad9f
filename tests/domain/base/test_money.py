"""Amounts of money: one way to write each, what people type, and which of two is more."""

from __future__ import annotations

from itertools import product

import pytest

from intake.domain.base.money import CURRENCIES, money, money_said, more_money, typed_money
from intake.domain.base.wording import said


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("EUR 20000", "EUR 20000"),
        ("20,000 eur", "EUR 20000"),
        ("20 000 EUR", "EUR 20000"),
        ("chf500", "CHF 500"),
        ("  usd 1'500 ", "USD 1500"),
        ("EUR 0", ""),
        ("EUR 0020", "EUR 20"),
        ("", ""),
    ],
)
def test_what_people_type_is_written_in_one_way(typed: str, written: str) -> None:
    assert typed_money(typed) == written
    assert not written or money(written) is not None


@pytest.mark.parametrize(
    "typed", ["20000", "EUR", "EUR 1.5", "XYZ 20", "EUR -3", "20000 euros", "about EUR 20", "€ 20"]
)
def test_what_is_no_amount_stays_as_it_was_typed_and_is_none(typed: str) -> None:
    assert typed_money(typed) == typed
    assert money(typed) is None


@pytest.mark.parametrize(
    "other", ["EUR 0", "EUR 007", "eur 7", "EUR  7", "EUR 7 ", "EUR 7.0", "XAU 7", "EUR 1000000000000000"]
)
def test_no_other_way_is_signed(other: str) -> None:
    assert money(other) is None


def test_only_amounts_of_one_currency_are_compared() -> None:
    every = ["", "EUR 1", "EUR 20", "CHF 5"]
    more = {(one, other): more_money(one, other) for one, other in product(every, repeat=2)}

    assert [pair for pair, found in more.items() if found] == [
        ("EUR 1", ""),
        ("EUR 20", ""),
        ("EUR 20", "EUR 1"),
        ("CHF 5", ""),
    ]
    assert {pair for pair, found in more.items() if found is None} == {
        (one, other) for one, other in product(every, repeat=2) if one and other and one[:3] != other[:3]
    }


def test_an_amount_is_said_with_its_thousands_apart() -> None:
    assert said(money_said("EUR 20000")) == "EUR 20,000"
    assert said(money_said("a lot")) == "a lot"
    assert len(CURRENCIES) > 150

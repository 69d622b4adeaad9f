"""An amount of money: a currency by its code in ISO 4217 and a whole number of its units, written as in ``EUR 20000``.

Two amounts are compared only in one currency: no rate is known here, and none would hold for as long as what is signed. Cents are
left out on purpose, as nobody limits a pilot by them. Nothing at all is written as empty text, so that it has one way only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from intake.domain.base.numbers import whole_number
from intake.domain.base.reasons import Fact
from intake.domain.base.wording import Caption, in_figures

_SAID = Caption("MoneySaid", "{currency} {amount}")
_WRITTEN = re.compile(r"([A-Z]{3}) ([1-9][0-9]{0,14})")
_TYPED = re.compile(r"(?:([A-Za-z]{3})\s*([\d].*)|(\d.*?)\s*([A-Za-z]{3}))")

CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP
    CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD
    JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN
    NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
    THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()
)
"""The currencies of ISO 4217 that people pay with. One that is given up stays here, since signed amounts name it."""


@dataclass(frozen=True, slots=True)
class Money:
    currency: str
    amount: int

    @property
    def written(self) -> str:
        """As it is signed."""
        return f"{self.currency} {self.amount}"


def money(text: str) -> Money | None:
    """An amount as it is signed, from 1; None for anything else, and for nothing."""
    found = _WRITTEN.fullmatch(text)
    return Money(found[1], int(found[2])) if found and found[1] in CURRENCIES else None


def typed_money(text: str) -> str:
    """What somebody typed as it is signed: “20,000 eur” is ``EUR 20000``, and zero of it is nothing. What is no amount stays as it is."""
    found = _TYPED.fullmatch(text.strip())
    number = whole_number(found[2] or found[3]) if found else None
    if found is None or number is None:
        return text
    currency = (found[1] or found[4]).upper()
    if currency not in CURRENCIES:
        return text
    return Money(currency, number).written if number else ""


def money_said(text: str) -> Fact:
    """An amount as it is signed, to say; what is none is said as it is."""
    found = money(text)
    return _SAID(currency=found.currency, amount=in_figures(found.amount)) if found else text


def more_money(one: str, other: str) -> bool | None:
    """Whether ``one`` is more than ``other``, both as they are signed; None where nobody can tell, for they are in two currencies."""
    if not other or not one:
        return bool(one)
    left, right = money(one), money(other)
    if left is None or right is None or left.currency != right.currency:
        return None
    return left.amount > right.amount

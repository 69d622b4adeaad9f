"""Which form of a sentence a number takes, by the language: the names of the forms are those of Unicode’s plural rules.

Only whole numbers are counted. A language that is not here has one form for one and one for everything else, as English.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

PluralRule: TypeAlias = Callable[[int], str]
ONE, TWO, FEW, MANY, OTHER = FORMS = ("one", "two", "few", "many", "other")


def one_or_more(count: int) -> str:
    return ONE if count == 1 else OTHER


def rule_of(language: str) -> PluralRule:
    """The rule of a language, by its name with or without a country: ``"pl"``, ``"pt_BR"``."""
    return _RULES.get(language.partition("_")[0], one_or_more)


def _one_form(_count: int) -> str:
    return OTHER


def _none_as_one(count: int) -> str:
    return ONE if count in (0, 1) else OTHER


def _czech(count: int) -> str:
    return ONE if count == 1 else FEW if count in (2, 3, 4) else OTHER


def _polish(count: int) -> str:
    return ONE if count == 1 else FEW if _ends_in_two_to_four(count) else MANY


def _russian(count: int) -> str:
    if count % 10 == 1 and count % 100 != 11:
        return ONE
    return FEW if _ends_in_two_to_four(count) else MANY


def _croatian(count: int) -> str:
    form = _russian(count)
    return OTHER if form == MANY else form


def _slovene(count: int) -> str:
    return {1: ONE, 2: TWO, 3: FEW, 4: FEW}.get(count % 100, OTHER)


def _romanian(count: int) -> str:
    return ONE if count == 1 else FEW if count == 0 or 1 <= count % 100 <= 19 else OTHER


def _lithuanian(count: int) -> str:
    if 11 <= count % 100 <= 19 or count % 10 == 0:
        return OTHER
    return ONE if count % 10 == 1 else FEW


def _ends_in_two_to_four(count: int) -> bool:
    return count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)


_RULES: dict[str, PluralRule] = {
    **dict.fromkeys(("id", "ja", "ko", "th", "vi", "zh"), _one_form),
    **dict.fromkeys(("fr", "pt"), _none_as_one),
    **dict.fromkeys(("cs", "sk"), _czech),
    **dict.fromkeys(("be", "ru", "uk"), _russian),
    **dict.fromkeys(("bs", "hr", "sr"), _croatian),
    "lt": _lithuanian,
    "pl": _polish,
    "ro": _romanian,
    "sl": _slovene,
}

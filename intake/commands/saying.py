"""What a program reads of a sentence in an answer: its code and facts, which are the same in every language, and its words.

A sentence is an object of ``code``, ``facts`` and ``text``; a refusal has its three sentences, ``what``, ``why`` and
``next``, where the others have ``text``. Facts are text, whole numbers, yes or no, or again a code with facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from intake.domain.base.reasons import Reason, as_object
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import PARTS, sentences, words

Coded: TypeAlias = dict[str, Any]


def coded(found: Reason, text: str = "") -> Coded:
    """One sentence; ``text`` where people are told more than its words, such as which question it is about."""
    return {**as_object(found), "text": text or words(found)}


def coded_or_none(found: Reason | None) -> Coded | None:
    return None if found is None else coded(found)


def coded_each(found: Iterable[Reason]) -> list[Coded]:
    return [coded(item) for item in found]


def coded_refusal(found: Refusal | Reason) -> Coded:
    """A refusal, or what was stored of one."""
    given = found.given if isinstance(found, Refusal) else found
    return {**as_object(given), **dict(zip(PARTS, sentences(given), strict=True))}

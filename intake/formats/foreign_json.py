"""Reading JSON that somebody else wrote, so that a hostile file costs a refusal and nothing more.

Looser than ``intake.domain.base.canonical``, which reads only what we signed: fractions, spaces and any order of keys are
fine here. Size, depth and the number of values are bounded before anything recursive looks at them, and a key that
appears twice is refused, because two programs would read two different things.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias

from intake.domain.base.canonical import clean
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording, in_figures, words

Foreign: TypeAlias = None | bool | int | float | str | Sequence["Foreign"] | Mapping[str, "Foreign"]

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)

_NOT_UTF8 = Wording("JsonNotText", "it is not UTF-8 text (byte {byte})")
_SYNTAX = Wording("JsonSyntax", "line {line}, column {column}: {problem}")
_TOO_DEEP = Wording("JsonTooDeep", "it is nested deeper than {limit} levels")
_TOO_MANY = Wording("JsonTooManyValues", "it holds more than {limit} values")
_TWICE = Wording("JsonNamesTwice", "it names “{name}” twice in one object")
_LONG_NUMBER = Wording("JsonLongNumber", "it holds a number of more than 40 digits")
_INEXACT = Wording("JsonInexact", "it holds the number {number}, which no program reads exactly")
_NO_JSON = Wording("JsonNoNumber", "it holds {text}, which is no JSON")


class NotReadable(ValueError):
    """Why these bytes are no JSON we read; ``said`` is a clause to put into a sentence."""

    def __init__(self, said: Reason) -> None:
        super().__init__(words(said))
        self.said = said


class DoubledKey(NotReadable):
    """An object names one key twice."""


class JsonNestedTooDeep(NotReadable):
    """More objects and lists within each other than allowed."""


class TooManyValues(NotReadable):
    """More values than allowed."""


def parse(data: bytes, *, depth: int, values: int) -> Foreign:
    """Read UTF-8 JSON with at most ``values`` values, nested at most ``depth`` deep. Raises NotReadable and its kin."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotReadable(_NOT_UTF8(byte=error.start)) from None
    _measure(text, depth, values)
    try:
        found: Foreign = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise NotReadable(_SYNTAX(line=error.lineno, column=error.colno, problem=clean(error.msg))) from None
    return found


def _measure(text: str, depth: int, values: int) -> None:
    """Count brackets outside strings; every value but the first follows a bracket or a comma."""
    level = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        sign = found.group()
        if sign[0] == '"':
            continue
        level += 1 if sign in "[{" else -1
        if level > depth:
            raise JsonNestedTooDeep(_TOO_DEEP(limit=depth))
    # Commas within texts count too: a bound, not a census.
    if text.count(",") + text.count("[") + text.count("{") > values:
        raise TooManyValues(_TOO_MANY(limit=in_figures(values)))


def _object(pairs: list[tuple[str, Foreign]]) -> dict[str, Foreign]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise DoubledKey(_TWICE(name=clean(twice[:40])))
    return made


def _integer(text: str) -> int:
    if len(text) > 40:
        raise NotReadable(_LONG_NUMBER())
    return int(text)


def _fraction(text: str) -> float:
    found = float(text[:400])
    if not math.isfinite(found) or len(text) > 400:
        raise NotReadable(_INEXACT(number=text[:20]))
    return found


def _no_number(text: str) -> NoReturn:
    raise NotReadable(_NO_JSON(text=text))


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_fraction, parse_constant=_no_number
)

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

Foreign: TypeAlias = None | bool | int | float | str | Sequence["Foreign"] | Mapping[str, "Foreign"]

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


class NotReadable(ValueError):
    """Why these bytes are no JSON we read; the text is a clause to put into a sentence."""


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
        raise NotReadable(f"it is not UTF-8 text (byte {error.start})") from None
    _measure(text, depth, values)
    try:
        found: Foreign = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise NotReadable(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
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
            raise JsonNestedTooDeep(f"it is nested deeper than {depth} levels")
    # Commas within texts count too: a bound, not a census.
    if text.count(",") + text.count("[") + text.count("{") > values:
        raise TooManyValues(f"it holds more than {values:,} values")


def _object(pairs: list[tuple[str, Foreign]]) -> dict[str, Foreign]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise DoubledKey(f"it names “{twice[:40]}” twice in one object")
    return made


def _integer(text: str) -> int:
    if len(text) > 40:
        raise NotReadable("it holds a number of more than 40 digits")
    return int(text)


def _fraction(text: str) -> float:
    found = float(text[:400])
    if not math.isfinite(found) or len(text) > 400:
        raise NotReadable(f"it holds the number {text[:20]}, which no program reads exactly")
    return found


def _no_number(text: str) -> NoReturn:
    raise NotReadable(f"it holds {text}, which is no JSON")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_fraction, parse_constant=_no_number
)

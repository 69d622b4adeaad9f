"""Why something is as it is, as a code and its facts: what is stored, compared and passed on instead of a sentence.

A sentence belongs to a language and to a version of the program; two registers with the same acts must hold the same rows in
every language. ``wording`` turns a reason into words when somebody reads it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias, Union, runtime_checkable

Fact: TypeAlias = Union[str, int, bool, "Reason"]
_DEEPEST = 16
"""Reasons within reasons; ours are three deep at most, and what is deeper could not be said."""


@dataclass(frozen=True, slots=True)
class Reason:
    """``code`` names a ``Wording`` or a refusal; ``facts`` are pairs of name and value, by name. Equal when both are equal."""

    code: str
    facts: tuple[tuple[str, Fact], ...] = ()


@runtime_checkable
class Sayable(Protocol):
    """Something that a program works with and people call by a name, such as a line of a file; as a fact it is that name."""

    @property
    def named(self) -> Fact: ...


def reason_of(code: str, facts: Mapping[str, object]) -> Reason:
    """A reason of whatever somebody has to say; values other than text, whole numbers, yes, no and reasons become text."""
    return Reason(code, tuple((name, _fact(facts[name])) for name in sorted(facts)))


def facts_as_text(found: Reason) -> str:
    """The facts as JSON, for one column; a reason among them is an object of ``code`` and ``facts``.

    Nothing but ASCII, so that foreign text of any kind can be stored.
    """
    return json.dumps(_object(found.facts), sort_keys=True, separators=(",", ":"))


def as_object(found: Reason) -> dict[str, object]:
    """A reason as an object of JSON, with ``code`` and ``facts``: the same in every language."""
    return {"code": found.code, "facts": _object(found.facts)}


def of_object(value: object) -> Reason:
    """What ``as_object`` gave. Raises TypeError for anything else."""
    found = _read(value, 0)
    if not isinstance(found, Reason):
        raise TypeError("this is no reason")
    return found


def as_text(found: Reason | None) -> str:
    """A whole reason as one text, for one column; empty where there is none."""
    return json.dumps(as_object(found), sort_keys=True, separators=(",", ":")) if found else ""


def of_text(text: str) -> Reason | None:
    """What ``as_text`` wrote. What is not in its form, as another version may write, is a reason without words here."""
    if not text:
        return None
    try:
        return of_object(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError):
        return Reason("")


def read_reason(code: str, facts: str) -> Reason:
    """What ``facts_as_text`` wrote. What is not in its form, as another version may write, is left out: the code stays."""
    try:
        return Reason(code, _facts(json.loads(facts)))
    except (ValueError, TypeError, RecursionError):
        return Reason(code)


def _fact(value: object) -> Fact:
    if isinstance(value, str | int | Reason):
        return value
    return value.named if isinstance(value, Sayable) else str(value)


def _object(facts: tuple[tuple[str, Fact], ...]) -> dict[str, object]:
    return {
        name: {"code": value.code, "facts": _object(value.facts)} if isinstance(value, Reason) else value
        for name, value in facts
    }


def _facts(value: object, depth: int = 0) -> tuple[tuple[str, Fact], ...]:
    """Raises TypeError."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        raise TypeError("facts are not an object, or are nested too deeply")
    return tuple((name, _read(value[name], depth)) for name in sorted(value))


def _read(value: object, depth: int) -> Fact:
    if isinstance(value, dict) and set(value) == {"code", "facts"} and isinstance(value["code"], str):
        return Reason(value["code"], _facts(value["facts"], depth + 1))
    if isinstance(value, str | int):
        return value
    raise TypeError("a fact is neither text, a whole number, yes or no, nor a reason")

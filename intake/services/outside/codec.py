"""Plain data to JSON and back by its declared type, with raw bytes beside it.

An answer of a worker may be what a hostile file made of it. So decoding builds what the type says and nothing else: the
fields of one dataclass, no more and no fewer, members of an enumeration, text, numbers. A reason is its code and facts.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from intake.domain.base.reasons import Reason, as_object, of_object

_PLAIN = (bool, int, float, str)


class NotOfThisType(ValueError):
    """The data does not have the declared type; the text says where it differs."""


def encode(value: object, chunks: list[bytes]) -> Any:  # noqa: ANN401 - anything JSON can say
    """``value`` as JSON can say it; bytes are appended to ``chunks`` and named by place and length."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, bytes):
        start = sum(map(len, chunks))
        chunks.append(value)
        return [start, len(value)]
    if isinstance(value, date):  # a moment too
        return value.isoformat()
    if isinstance(value, Reason):
        return as_object(value)
    if isinstance(value, Mapping):
        return {str(key): encode(item, chunks) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [encode(item, chunks) for item in value]
    if is_dataclass(value):
        return {item.name: encode(getattr(value, item.name), chunks) for item in fields(value)}
    raise TypeError(f"{type(value).__name__} does not cross the boundary")


def decode(kind: Any, value: object, raw: memoryview) -> Any:  # noqa: ANN401 - what ``kind`` says
    """``value`` as JSON gave it, made into ``kind``. Raises NotOfThisType."""
    origin = typing.get_origin(kind)
    if origin in {types.UnionType, typing.Union}:
        (inner,) = [item for item in typing.get_args(kind) if item is not types.NoneType]
        return None if value is None else decode(inner, value, raw)
    if origin is tuple:
        return _tuple(typing.get_args(kind), value, raw)
    if origin is not None and issubclass(origin, Mapping):
        _, inner = typing.get_args(kind)
        return {key: decode(inner, item, raw) for key, item in _expect(dict, value).items()}
    return _simple(kind, value, raw)


def _simple(kind: Any, value: object, raw: memoryview) -> Any:  # noqa: ANN401 - as above
    if kind is bytes:
        start, length = _tuple((int, int), value, raw)
        if start < 0 or length < 0 or start + length > len(raw):
            raise NotOfThisType("bytes outside the message")
        return bytes(raw[start : start + length])
    if issubclass(kind, date | Enum):
        try:
            return kind.fromisoformat(_expect(str, value)) if issubclass(kind, date) else kind(value)
        except ValueError:
            raise NotOfThisType(f"{value!r:.40} is no {kind.__name__}") from None
    if kind is Reason:
        try:
            return of_object(value)
        except TypeError:
            raise NotOfThisType("this is no reason") from None
    if is_dataclass(kind):
        return _dataclass(kind, _expect(dict, value), raw)
    if kind is float:
        return float(_expect(int if type(value) is int else float, value))
    return _expect(kind, value)


def _dataclass(kind: Any, given: Mapping[str, object], raw: memoryview) -> Any:  # noqa: ANN401 - as above
    declared = hints(kind)
    if given.keys() != {item.name for item in fields(kind)}:
        raise NotOfThisType(f"{kind.__name__} with other fields")
    return kind(**{name: decode(declared[name], item, raw) for name, item in given.items()})


def _tuple(inner: tuple[Any, ...], value: object, raw: memoryview) -> tuple[Any, ...]:
    items = _expect(list, value)
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(decode(inner[0], item, raw) for item in items)
    if len(items) != len(inner):
        raise NotOfThisType(f"{len(items)} values instead of {len(inner)}")
    return tuple(decode(kind, item, raw) for kind, item in zip(inner, items, strict=True))


def _expect(kind: type[Any], value: object) -> Any:  # noqa: ANN401 - of ``kind``
    # A bool is an int to isinstance, and nowhere here.
    if type(value) is not kind:
        raise NotOfThisType(f"{type(value).__name__} instead of {kind.__name__}")
    return value


@cache
def hints(declared: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a function or a dataclass
    """The types a function or a dataclass declares, by name."""
    return typing.get_type_hints(declared)

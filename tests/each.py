"""One test per rule of content: the same rule is tried on every item, and all items that break it are named.

Three thousand tests of a microsecond each cost more to hand out than to run. ``each`` takes what ``parametrize`` takes::

    @each("question", CORE.questions, ids=lambda question: question.id)
    def test_every_question_has_a_source(question):
        assert question.sources
"""

from __future__ import annotations

import functools
import inspect
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

Test = Callable[..., None]


def each(
    names: str | Sequence[str], values: Iterable[Any], *, ids: Sequence[str] | Callable[[Any], str] | None = None
) -> Callable[[Test], Test]:
    """The test with every one of ``values``, in one run; fails with the name and the reason of each that fails.

    ``names`` is one name, or several for values of several parts. Without ``ids`` an item is called by its value, or by
    the id of its ``pytest.param``. No values at all are a mistake, as a rule that nothing is tried on holds nothing.
    """
    wanted = [names] if isinstance(names, str) else list(names)
    items = [(_parts(value, wanted), _id(value)) for value in values]
    called = [
        ids(parts[0]) if callable(ids) else ids[number] if ids is not None else own or " - ".join(map(str, parts))
        for number, (parts, own) in enumerate(items)
    ]
    if not items or any(len(parts) != len(wanted) for parts, _ in items):
        raise ValueError(f"{wanted} need values of as many parts")

    def decorate(test: Test) -> Test:
        @functools.wraps(test)
        def tried(**fixtures: Any) -> None:
            failed = []
            for (parts, _), name in zip(items, called, strict=True):
                try:
                    test(**dict(zip(wanted, parts, strict=True)), **fixtures)
                except Exception as error:  # noqa: BLE001 - whatever it is, it is said with the item's name
                    last = traceback.extract_tb(error.__traceback__)[-1]
                    failed.append(f"[{name}] line {last.lineno}: {type(error).__name__}: {error}")
            if failed:
                pytest.fail(f"{len(failed)} of {len(items)} fail:\n" + "\n".join(failed), pytrace=False)

        signature = inspect.signature(test)
        left = [item for name, item in signature.parameters.items() if name not in wanted]
        assert len(left) == len(signature.parameters) - len(wanted), f"{test.__name__} does not take {wanted}"
        tried.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return tried

    return decorate


def _parts(value: Any, wanted: Sequence[str]) -> tuple[Any, ...]:
    if _is_param(value):
        return tuple(value.values)
    return (value,) if len(wanted) == 1 else tuple(value)


def _id(value: Any) -> str:
    return str(value.id or "") if _is_param(value) else ""


def _is_param(value: Any) -> bool:
    return isinstance(value, type(pytest.param()))

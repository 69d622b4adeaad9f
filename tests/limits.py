"""No test takes long unmarked: more than five seconds of a processor need ``slow`` and its reason.

Processor time is counted, of this process and of those it waited for, so that a busy machine fails nobody. What fixtures
for many tests cost is not put down to the one that came first. With the many examples of the ci profile nothing is counted:
there every property test is long, on purpose.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

MANY_EXAMPLES = os.environ.get("HYPOTHESIS_PROFILE") == "ci"
SECONDS = 5.0
LONG = ("slow", "exhaustive", "conformance")
"""Marks that allow a test its time."""

_spent = pytest.StashKey[float]()
_shared: list[float] = []
"""What fixtures of a wider scope took while the test now running was set up."""


def used() -> float:
    """Seconds of a processor so far."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    bare = [item.nodeid for item in items if (mark := item.get_closest_marker("slow")) and not any(mark.args)]
    if bare:
        raise pytest.UsageError(f"slow needs a reason: {bare[0]}")


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
    began, before = used(), sum(_shared)
    result = yield
    if fixturedef.scope != "function":
        # What is nested in it has been counted already.
        _shared.append(used() - began - (sum(_shared) - before))
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    _shared.clear()
    began = used()
    result = yield
    item.stash[_spent] = used() - began - sum(_shared)
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    _shared.clear()
    began = used()
    result = yield
    spent = pyfuncitem.stash[_spent] + used() - began - sum(_shared)
    if spent > SECONDS and not MANY_EXAMPLES and not any(pyfuncitem.get_closest_marker(name) for name in LONG):
        pytest.fail(
            f"This test took {spent:.1f} s of a processor; {SECONDS:g} are allowed. "
            "Make it quicker, or mark it slow(reason) or exhaustive.",
            pytrace=False,
        )
    return result

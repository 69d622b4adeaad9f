"""The table of what people try (``attempts``): each row meets exactly what it names.

To read it: ``python -m tests.services.test_attempts`` prints it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from tests.services.attempts import ATTEMPTS, TABLE, Attempt
from tests.services.offices import Offices

TOGETHER = tuple(dict.fromkeys(item.at for item in ATTEMPTS if not item.alone))


def met(offices: Offices, case: str, attempt: Attempt) -> object:
    try:
        return attempt.tries(offices, case)
    except Refusal as refusal:
        reason = refusal.facts.get("reason")
        return reason.code if isinstance(reason, Reason) else refusal.code


@pytest.mark.exhaustive
@pytest.mark.parametrize("at", TOGETHER, ids=lambda at: at.__name__)
def test_what_is_refused_is_refused_by_its_name(offices: Offices, at: Callable[[Offices], str]) -> None:
    """All of a stage at one desk: what is refused leaves everything as it was."""
    case = at(offices)
    rows = [item for item in ATTEMPTS if item.at is at and not item.alone]

    assert {item.words: met(offices, case, item) for item in rows} == {item.words: item.code for item in rows}


@pytest.mark.exhaustive
@pytest.mark.parametrize("attempt", [item for item in ATTEMPTS if item.alone], ids=lambda item: item.words)
def test_what_is_signed_all_the_same_changes_nothing(offices: Offices, attempt: Attempt) -> None:
    assert met(offices, attempt.at(offices), attempt) == attempt.code


def test_each_attempt_is_told_once() -> None:
    assert len({item.words for item in ATTEMPTS}) == len(ATTEMPTS)


if __name__ == "__main__":
    for heading, rows in TABLE.items():
        print(f"\n{heading}")
        for row in rows:
            print(f"  {row.words:100} {row.code}")

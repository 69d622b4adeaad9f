"""By what a use case is counted that runs without something: the gravest of what its terms do without."""

from __future__ import annotations

import pytest

from intake.domain.terms.done_without import DoneWithout
from intake.domain.terms.waivers import PILOT, Waiver, commitment, evidence, gravest

EVIDENCE, PROMISE = evidence("evaluation.report"), commitment("a" * 64)


@pytest.mark.parametrize(
    ("waived", "counted"),
    [
        ((), None),
        ((PILOT,), DoneWithout.PILOT),
        ((EVIDENCE,), DoneWithout.EVIDENCE),
        ((PROMISE,), DoneWithout.COMMITMENTS),
        ((PROMISE, EVIDENCE), DoneWithout.EVIDENCE),
        ((PROMISE, EVIDENCE, PILOT), DoneWithout.PILOT),
        ((PILOT, PROMISE), DoneWithout.PILOT),
    ],
)
def test_of_all_that_is_waived_the_gravest_counts(waived: tuple[str, ...], counted: DoneWithout | None) -> None:
    assert gravest(Waiver(what, "It ran elsewhere.") for what in waived) is counted

"""How often a case is folded: once for everything that is asked of it while it stays as it is."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.register.views import projector
from intake.services.deciding import deciding
from intake.services.installation import installation
from intake.trust.acts import verify_act
from tests.services.offices import Offices


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where a case was folded, in order."""
    found: list[str] = []

    def counted(module: object, where: str) -> None:
        real = module.fold_case  # type: ignore[attr-defined]

        def fold(*given: object) -> object:
            found.append(where)
            return real(*given)

        monkeypatch.setattr(module, "fold_case", fold)

    counted(installation, "asked")
    counted(projector, "rows")
    return found


def test_an_approval_folds_its_case_once_before_and_once_after(offices: Offices, folds: list[str]) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = offices.installations["dan"]
    given = offices.terms("dan", case)
    dan.register.organisation()
    folds.clear()

    prepared = deciding.prepare(dan, "dan", case, Position.APPROVE, given=given)
    deciding.give(dan, offices.signer("dan"), prepared)
    dan.state(case)

    assert folds == ["rows", "asked"], "it was folded for the terms already; its rows, and what is asked of it now"


def test_what_has_come_since_is_folded(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", "dan", "cleo")
    before = offices.installations["cleo"].state(case)

    offices.decide("dan", case)
    offices.travel("dan", "cleo")

    after = offices.installations["cleo"].state(case)
    assert not before.positions[Office.CISO]
    assert after.positions[Office.CISO]


def test_a_file_that_arrives_is_folded_in(offices: Offices) -> None:
    """The same acts say something else once a file they wait for is here."""
    case = offices.file()
    offices.travel("ada", "dan", "cleo")
    offices.decide("dan", case)
    dan, cleo = offices.installations["dan"], offices.installations["cleo"]
    acts = [blob for _, _, blob in dan.register.queries.every_act()]
    cleo.register.append([verify_act(blob) for blob in acts])
    waiting = cleo.state(case)

    offices.travel("dan", "cleo")

    assert waiting.missing
    assert not cleo.state(case).missing

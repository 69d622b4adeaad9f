"""How often the dear things are done: a case folded once while it stays as it is, a draft assessed once for what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.engines import Engine
from intake.domain.guide.asked import Asked
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import QuestionRole
from intake.domain.playbook.whole import Playbook
from intake.register.views import projector
from intake.services.deciding import deciding
from intake.services.filing import filing
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


def test_answers_that_are_kept_have_their_draft_assessed_once(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = offices.installations["ada"]
    draft = filing.start(ada, "ada")
    title, unit = (ada.shelf.current.role(role) for role in (QuestionRole.TITLE, QuestionRole.UNIT))
    assessed: list[str] = []
    real = installation.Installation.engine

    def engine(self: installation.Installation, playbook: str) -> Engine:
        found = real(self, playbook)

        def judge(book: Playbook, known: Asked) -> Assessment:
            assessed.append(playbook)
            return found.judge(book, known)

        return replace(found, judge=judge)

    monkeypatch.setattr(installation.Installation, "engine", engine)
    filing.put(ada, draft, title, Answer("Meeting notes"))
    assert len(assessed) == 1

    filing.put_all(ada, draft, {title: Answer("Minutes"), unit: Answer("Finance")})
    assert len(assessed) == 2
    kept = filing.view(ada, draft).guide.answers
    assert (kept[title].value, kept[unit].value) == ("Minutes", "Finance")


def test_an_answer_to_what_is_not_asked_here_keeps_none_of_the_others_from_being_kept(offices: Offices) -> None:
    """The draft went on to a playbook without that question, in another window."""
    ada = offices.installations["ada"]
    draft = filing.start(ada, "ada")
    title, unit = (ada.shelf.current.role(role) for role in (QuestionRole.TITLE, QuestionRole.UNIT))

    with pytest.raises(KeyError, match="gone"):
        filing.put_all(ada, draft, {title: Answer("Minutes"), "gone": "x", unit: Answer("Finance")})

    kept = filing.view(ada, draft).guide.answers
    assert (kept[title].value, kept[unit].value) == ("Minutes", "Finance")

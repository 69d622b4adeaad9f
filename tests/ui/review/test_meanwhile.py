"""What came since changes of terms were begun is told as screens tell it: days, stages and people in words."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from intake.domain.acts.kinds import Office
from intake.domain.case.writing import Began, meanwhile
from intake.domain.terms.edits import BEGINS, EXPIRES
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.domain.terms.terms import Condition, Stage, terms
from ui.review.my_changes import MeanwhileNotice

BOUNDARIES = FIELD_TABLES.newest.boundaries({})


def test_days_stages_and_people_are_in_words(qtbot: QtBot) -> None:
    condition = Condition(date(2027, 3, 1), "ada", "Train everybody")
    before = Began("a" * 64, 1, Office.CIO, terms(Stage.PILOT, BOUNDARIES, (), date(2026, 11, 22), date(2027, 1, 31)))
    now = Began(
        "a" * 64, 1, Office.CIO, terms(Stage.SCALED, BOUNDARIES, (condition,), date(2026, 11, 22), date(2027, 6, 30))
    )
    notice = MeanwhileNotice(QAction())
    qtbot.addWidget(notice)

    notice.say(meanwhile(before, now), now, {"ada": "Ada Byron"})

    notice.based.head.click()
    said = [label.text() for label in notice.based.findChildren(QLabel) if ": it was " in label.text()]
    assert said == [
        "Stage granted: it was Pilot, it is Scaled",
        "Expires: it was 31 Jan 2027, it is 30 Jun 2027",
        "Condition: it was –, it is Train everybody (Ada Byron, 1 Mar 2027)",
    ]


def test_that_the_playbook_proposes_a_later_day_tomorrow_is_no_news() -> None:
    first, last = date(2026, 11, 22), date(2027, 1, 31)
    today = terms(Stage.PILOT, BOUNDARIES, (), first, last)
    tomorrow = terms(Stage.PILOT, BOUNDARIES, (), first + timedelta(days=1), last + timedelta(days=1))

    def come(office: Office | None) -> set[str] | None:
        found = meanwhile(Began("a" * 64, 1, office, today), Began("a" * 64, 1, office, tomorrow))
        return {item.path for item in found.differences} if found else None

    assert come(None) is None
    assert come(Office.CIO) == {BEGINS, EXPIRES}

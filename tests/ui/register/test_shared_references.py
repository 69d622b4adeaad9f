"""Two use cases under one reference, as the screens show it: an alarm on both, and a choice by whole ids where one is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from intake.domain.case import summary
from intake.services.lists.cases import SeveralCases
from tests.services.offices import Offices
from tests.ui.sessions import Sessions
from tests.ui.visiting import Visit
from ui.exchange import work
from ui.inbox.page import InboxPage
from ui.jobs import JobTask
from ui.register.page import RegisterPage

Open = Callable[[str], Visit]
SAID = "UC-0000-0000-0000"


@pytest.mark.attack("two use cases with one reference made on purpose", refusal="SharedReference")
def test_both_show_the_alarm_in_the_list_the_inbox_and_on_their_pages(
    offices: Offices, visit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "_SAID", "0" * 32)
    made = {offices.file(), offices.file()}
    offices.travel("ada", "dan")
    dan = visit("dan")

    register = dan.go("register")
    assert isinstance(register, RegisterPage)
    listed = [register.table.model.row(number) for number in range(2)]
    inbox = dan.go("inbox")
    assert isinstance(inbox, InboxPage)
    waiting = [inbox.table.model.row(number) for number in range(2)]

    assert [row.cells[2].text for row in listed if row] == ["Reference borne twice; Both offices’ turn"] * 2
    assert [row.cells[2].text for row in waiting if row] == ["Reference borne twice"] * 2
    for case in made:
        page = dan.go("case", case)
        words = "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
        assert "another use case bears the same reference" in words.lower()
        for named in made:
            assert named in words


def test_a_package_of_one_use_case_asks_which_is_meant(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "_SAID", "0" * 32)
    made = [sessions.offices.file(), sessions.offices.file()]
    session = sessions.session("ada")

    with pytest.raises(SeveralCases) as refused:
        work.find_case(JobTask(), session, SAID)

    assert all(case in refused.value.what_happened for case in made)
    assert work.find_case(JobTask(), session, made[0])[:2] == (made[0], SAID)

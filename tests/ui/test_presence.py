"""The numbers at the edge of the window are counted: nothing is opened for them, and none is cut."""

from __future__ import annotations

import pytest

from intake.register.store.drafts import Drafts
from intake.services.filing import filing
from tests.ui.sessions import Sessions
from ui.companions.presence import look
from ui.jobs import JobTask


def test_drafts_are_counted_without_being_opened(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    session = sessions.session("ada")
    for _ in range(23):
        filing.start(session.installation, "ada")

    def opened(*_: object) -> None:
        pytest.fail("a draft was opened to count the drafts")

    monkeypatch.setattr(Drafts, "get", opened)

    assert look(JobTask(), session).drafts == 23

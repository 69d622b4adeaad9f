"""A separate program that opens a draft and types without end, printing each title the register has taken.

Run by a test, which kills it: ``python typist.py HOME DRAFT``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

import resources
from intake.services.installation.workspace import Session, Workspace, open_installation
from ui.app import Desktop, Options, Wiring
from ui.application import application
from ui.guide.page import GuidePage
from ui.guide.stops import GuideStop, View
from ui.places import places


def main(home: Path, draft: str) -> None:
    app = application()
    workspace = Workspace(home)
    session = Session(workspace, open_installation(workspace, resources.read, resources.names))
    wiring = Wiring(places=places, open_installation=lambda _: session, first_place="drafts")
    desktop = Desktop(app, Options(home), wiring)
    desktop.show()
    desktop.context.go("guide", GuideStop(draft, View.QUESTIONS, "purpose.what"))
    page = desktop.window.pages.page
    assert isinstance(page, GuidePage)

    def tell(view: object) -> None:
        print(view.guide.answers["purpose.title"].value, flush=True)  # type: ignore[attr-defined]

    def type_on() -> None:
        if page.views.currentWidget() is page.questions:
            field = page.questions.form.row("purpose.title").field.focus_widget()
            QTest.keyClicks(field, "more words ")

    page.saver.saved.connect(tell)
    timer = QTimer()
    timer.timeout.connect(type_on)
    timer.start(20)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

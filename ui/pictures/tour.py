"""Going round screens and taking a picture of each, in both themes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog

from intake.domain.base.refusals import Refusal
from intake.services.installation.workspace import Workspace
from ui.app import Desktop, Options, Wiring, default_wiring
from ui.pictures.screenshots import grab, is_blank
from ui.theme import Scheme
from ui.turns import Turns
from ui.widgets.links import LinkButton

SIZE = QSize(1280, 800)


class BlankScreen(Refusal):
    what = "The screen “{name}” shows nothing."
    why = "A screen without content helps nobody, and something in it did not load."
    next = "Open this screen in the app and look for what it says."
    exit_code = 1


class NothingOpened(Refusal):
    what = "“{action}” opened nothing on the screen “{name}”."
    why = "The picture would show something else than its name says."
    next = "Open this screen in the app and try the action."
    exit_code = 1


@dataclass(frozen=True, slots=True)
class PictureStop:
    """One picture: its name, the place to go to with its argument, and the action of the page to choose there.

    The picture is of the dialog the action opens (its words then end in “…”), or of the page as it is afterwards. ``link`` are
    the words of a link on the page that is followed in place of an action. ``height`` is that of the window.
    """

    name: str
    place: str
    argument: object = None
    action: str = ""
    link: str = ""
    height: int = SIZE.height()


def tour(
    app: QApplication, root: Path, stops: Sequence[PictureStop], pictures: Path, wiring: Wiring | None = None
) -> int:
    """Open the data folder ``root``, go to every stop in both themes, and put the pictures there; gives how many.

    Raises BlankScreen or NothingOpened.
    """
    wiring = replace(wiring or default_wiring(), first_place=stops[0].place)
    desktop = Desktop(app, Options(root, sample=Workspace(root).settings().sample), wiring)
    try:
        desktop.window.resize(SIZE)
        desktop.show()
        settle(desktop)
        # One round for each theme: changing it restyles every widget there is, which takes longer than going round.
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            desktop.theme.set_scheme(scheme)
            for stop in stops:
                desktop.window.resize(SIZE.width(), stop.height)
                desktop.context.go(stop.place, stop.argument)
                settle(desktop)
                picture = _picture(desktop, stop)
                if is_blank(picture):
                    raise BlankScreen(name=stop.name)
                path = pictures / f"{stop.name}-{scheme.value}.png"
                if not picture.save(str(path)):
                    raise OSError(f"could not write {path}")
                say(f"  {stop.name}, {scheme.value}")
    finally:
        desktop.close()
    return 2 * len(stops)


def _picture(desktop: Desktop, stop: PictureStop) -> QImage:
    page = desktop.window.pages.page
    wanted = stop.action or stop.link
    if wanted and page is not None:
        if stop.action:
            act = next((one.trigger for one in page.actions() if one.text().replace("&", "") == wanted), None)
        else:
            links = (one for one in page.findChildren(LinkButton) if one.isVisible())
            act = next((one.click for one in links if one.text().replace("&&", "&") == wanted), None)
        if act is None:
            raise NothingOpened(name=stop.name, action=wanted)
        act()
        settle(desktop)
    dialog = next((item for item in desktop.window.findChildren(QDialog) if item.isVisible()), None)
    if dialog is None:
        if wanted.endswith("…"):
            raise NothingOpened(name=stop.name, action=wanted)
        return grab(desktop.window, QSize(SIZE.width(), stop.height))
    picture = grab(dialog)
    dialog.reject()
    return picture


def settle(desktop: Desktop) -> None:
    """Let the event loop run until no job is left and what the last one brought is whole and drawn."""
    jobs = desktop.jobs
    for _ in range(3):
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()
        while jobs.busy:
            jobs.busy_changed.connect(loop.quit)
            loop.exec()
            jobs.busy_changed.disconnect(loop.quit)
        for turns in desktop.window.findChildren(Turns):
            turns.finish()
        QCoreApplication.sendPostedEvents()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

"""Pictures of what people see while a use case lives its life: ``countersign demo --story life`` keeps the homes for it.

Each home is as it was after some step, and is opened on the day of that step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import resources
from intake.files import REGISTER
from intake.sample.journey import CIO, CISO, OWNER, RECORDS
from intake.sample.life import LIFE, MOMENTS, day_of
from intake.sample.life_steps import SUCCESSOR
from intake.services.installation.workspace import Session, Workspace, open_installation
from intake.services.lists.first import first_page
from ui.app import Options, default_wiring
from ui.application import application
from ui.pictures.tour import PictureStop, tour

TALL = 1900
"""Of pages that are looked at as a whole."""
_TERMS = "Show terms and boundaries"


def _case(name: str, action: str = "", link: str = "", height: int = TALL) -> PictureStop:
    return PictureStop(name, "case", action=action, link=link, height=height)


STOPS: Mapping[tuple[str, str], tuple[PictureStop, ...]] = {
    ("tighten", CIO): (PictureStop("cio-terms", "review", action=_TERMS, height=TALL),),
    ("agree", OWNER): (
        PictureStop("owner-home-to-accept", "home"),
        _case("owner-decided-otherwise"),
        _case("owner-answering", link="Say what it costs…"),
        _case("owner-accepting", "Accept what was decided…"),
    ),
    ("answer", CISO): (
        PictureStop("ciso-home-answered", "home"),
        PictureStop("ciso-terms-answered", "review", action=_TERMS, height=TALL),
    ),
    ("accept", OWNER): (
        PictureStop("owner-home-pilot", "home"),
        _case("owner-commitments"),
        _case("owner-reporting", "Report that it is met…"),
        _case("owner-figures", "Report users and cost…"),
    ),
    ("report", CISO): (
        PictureStop("ciso-home-to-confirm", "home"),
        _case("ciso-commitments"),
        _case("ciso-confirming", "Confirm the report…"),
        _case("ciso-sending-back", "Send the report back…"),
        _case("ciso-suspending", "Suspend…"),
    ),
    ("return", OWNER): (_case("owner-sent-back"),),
    ("suspend", CIO): (
        PictureStop("cio-home-suspended", "home"),
        _case("cio-suspended"),
        _case("cio-lifting", "Lift the suspension…"),
        PictureStop("record-suspended", "record"),
    ),
    ("outgrow", CISO): (PictureStop("ciso-gate", "review", action=_TERMS, height=2 * TALL),),
    ("hand-over", SUCCESSOR): (
        _case("successor-scaled"),
        _case("successor-handing-over", "Hand it over…"),
    ),
    ("expire", SUCCESSOR): (
        PictureStop("successor-home-expired", "home"),
        _case("successor-expired"),
        _case("successor-retiring", "Retire…"),
    ),
    ("retire", CIO): (
        PictureStop("cio-home-retired", "home"),
        _case("cio-retired"),
        _case("cio-acknowledging", "Acknowledge…"),
        PictureStop("record-retired", "record"),
    ),
    ("unite", RECORDS): (PictureStop("people-both-offices", "people", height=TALL),),
}
"""The pictures by step and person; those of the case, its review and its record go to the one use case there is."""


def take_life_pictures(root: Path, pictures: Path, clock: Callable[[], datetime]) -> int:
    """A picture of every stop in both themes, from the homes kept under ``root``. Raises BlankScreen or NothingOpened."""
    app = application()
    pictures.mkdir(parents=True, exist_ok=True)
    count = 0
    for number, step in enumerate(LIFE, 1):
        for person in LIFE[step].seen:
            home = root / MOMENTS / step / person
            stops = tuple(_placed(stop, number, home) for stop in STOPS[step, person])
            wiring = replace(default_wiring(), open_installation=_opener(day_of(step, clock)))
            count += tour(app, home, stops, pictures, wiring)
    return count


def _placed(stop: PictureStop, number: int, home: Path) -> PictureStop:
    """With the use case where it is about one, and a name that sorts as the life goes."""
    page = first_page(home / REGISTER) if stop.place in ("case", "review", "record") else None
    case = page.page.rows[0].case if page is not None else None
    return replace(stop, name=f"{number:02}-{stop.name}", argument=case)


def _opener(clock: Callable[[], datetime]) -> Callable[[Options], Any]:
    def opened(options: Options) -> Session:
        workspace = Workspace(options.data_dir)
        return Session(workspace, open_installation(workspace, resources.read, resources.names, clock=clock))

    return opened

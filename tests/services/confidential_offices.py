"""The organisation of ``offices``, founded confidentially, and a folder in which it exchanges."""

from __future__ import annotations

import shutil
from pathlib import Path

from intake.domain.organisation.exchange_rule import Reading
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.exchanging.releasing import open_and_take
from intake.services.organisation import people
from tests.once import made_once
from tests.people import person
from tests.services.offices import ROLES, Clock, Installations, Offices


def founded_confidentially(homes: Path, share: Path) -> Offices:
    """Everybody is listed with a reader key, and has opened what they were handed; made once and copied."""
    template = made_once("confidential", _found)
    shutil.copytree(template / "homes", homes)
    shutil.copytree(template / "share", share, dirs_exist_ok=True)
    made = Offices(homes, Clock())
    made.installations = Installations(made.opened, ROLES)
    return made


def exchange(offices: Offices, share: Path, *names: str) -> None:
    """Each fetches and opens what was handed to them, as at a desk where somebody sits."""
    for name in names:
        FolderExchange(offices.installations[name], share).run()
        open_and_take(offices.installations[name], person(name).reader)


def _found(folder: Path) -> None:
    """Everybody has enrolled; Bob founds the organisation confidentially, Finn agrees, and all have opened what they were handed."""
    made = Offices(folder / "homes")
    made.open(*ROLES)
    bob = made.installations["bob"]
    for name, installation in made.installations.items():
        act = people.enrol(installation, made.signer(name), name=name.title(), unit="Finance")
        if name != "bob":
            bob.register.append([act])
    asked = [(item.act, ROLES[item.person]) for item in people.enrolments(bob)]
    change = people.found_organisation(bob, made.signer("bob"), "Test Works", asked, reading=Reading.CONFIDENTIAL)
    for name, installation in made.installations.items():
        if name != "bob":
            installation.register.join(change.roster)
    made.travel("bob", "finn")
    people.endorse(made.installations["finn"], made.signer("finn"), change.roster)
    (folder / "share").mkdir()
    exchange(made, folder / "share", "finn", *ROLES)
    made.close()

"""Adding a person: the invitation, the enrolment that is brought in any way, the comparing, and what the newcomer sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

import resources
from intake.domain.base.words import spoken
from intake.services.exchanging import exchanging, inviting
from intake.services.installation.workspace import Workspace, open_installation
from tests.people import person
from tests.services.hostile import enrolment
from tests.ui.large import cut_off, twice
from tests.ui.visiting import Visit, offices, visit
from tests.ui.walk import nameless, unreachable
from ui.companions.commands import WindowCommands
from ui.home.page import HomePage
from ui.people.adding import AddPersonPage
from ui.people.asking import ListDialog
from ui.people.cards import AskingCard
from ui.people.inviting import path_of
from ui.pictures.screenshots import grab

__all__ = ["offices", "twice", "visit"]

MAIL = "bob@example.org"

Open = Callable[[str], Visit]


def asks(visited: Visit, target: Path, who: str = "gina") -> str:
    """An enrolment as a file; gives its act id."""
    org = visited.offices.installations["bob"].register.org
    made = enrolment(person(who).key, who, org=org, at=visited.offices.clock())
    target.write_bytes(made.blob)
    return made.act.id


def page_of(visited: Visit) -> AddPersonPage:
    found = visited.page
    assert isinstance(found, AddPersonPage)
    return found


def home_of(visited: Visit) -> HomePage:
    found = visited.go("home")
    assert isinstance(found, HomePage)
    return found


def cards(page: AddPersonPage) -> list[AskingCard]:
    return [card for card in page.findChildren(AskingCard) if card.isVisible()]


@pytest.mark.attack(
    "an enrolment under the ending of something else",
    refusal="known by its content; people compare the words of its key",
)
@pytest.mark.parametrize("name", ["gina.p7m", "gina.txt", "gina enrolment.pdf", "gina.countersign", "gina"])
@pytest.mark.exhaustive
def test_an_enrolment_that_is_opened_leads_to_the_comparing(visit: Open, tmp_path: Path, name: str) -> None:
    bob = visit("bob")
    act = asks(bob, tmp_path / name)
    WindowCommands(bob.desktop.context, bob.desktop.window)
    bob.go("home")

    bob.desktop.context.ask("open-files", (tmp_path / name,))
    bob.settle()
    bob.settle()

    page = page_of(bob)
    assert bob.went[-1] == ("add-person", act)
    assert page.taking.report.text.text() == ""
    assert page.taking.report.title.text() == f"Taken: {name}"
    (card,) = cards(page)
    bob.click(card.findChildren(QPushButton)[0])
    dialog = bob.dialog(ListDialog)
    assert dialog.item.words == spoken(person("gina").fingerprint)
    dialog.roles.set_value(("owner",))
    dialog._check()
    dialog.go_on.click()
    bob.settle()
    bob.sign()
    assert bob.offices.installations["bob"].rosters.pending[0].listed.roster.person("gina") is not None


def test_who_comes_back_to_the_comparing_has_the_keyboard_on_it(visit: Open, tmp_path: Path) -> None:
    bob = visit("bob")
    act = asks(bob, tmp_path / "gina.p7m")
    WindowCommands(bob.desktop.context, bob.desktop.window)
    bob.desktop.context.ask("open-files", (tmp_path / "gina.p7m",))
    bob.settle()
    bob.settle()
    page = bob.go("add-person", act)
    bob.go("people")

    bob.desktop.window.pages.back()
    bob.settle()

    held: QWidget | None = bob.desktop.window.focusWidget()
    (card,) = cards(page_of(bob))
    assert bob.page is page
    assert held is card.findChildren(QPushButton)[0]


def test_what_waits_for_me_is_not_said_to_have_not_arrived(visit: Open, tmp_path: Path) -> None:
    bob = visit("bob")
    asks(bob, tmp_path / "gina.p7m")

    report = exchanging.import_act(bob.offices.installations["bob"], (tmp_path / "gina.p7m").read_bytes())
    again = exchanging.import_act(bob.offices.installations["bob"], (tmp_path / "gina.p7m").read_bytes())

    assert report.summary == (
        "1 person asks to be listed: an administrator compares the words of the key and lists them.",
    )
    assert again.asking == report.asking


def test_one_that_comes_through_the_folder_is_on_the_home_page_with_a_link(visit: Open, tmp_path: Path) -> None:
    bob = visit("bob")
    act = asks(bob, tmp_path / "gina.p7m")
    exchanging.import_act(bob.offices.installations["bob"], (tmp_path / "gina.p7m").read_bytes())
    page = home_of(bob)

    line = next(line for card in page._cards for line in card.lines if "asks to be listed" in line.need.title)
    bob.click(line)

    assert bob.went[-1] == ("add-person", act)
    assert QApplication.focusWidget() is cards(page_of(bob))[0].findChildren(QPushButton)[0]


def test_an_invitation_is_written_and_says_what_to_read_out(visit: Open, tmp_path: Path) -> None:
    bob = visit("bob")
    page = bob.go("add-person")
    assert isinstance(page, AddPersonPage)
    assert not page.invitation.invite.isEnabled()
    page.invitation.return_to.set_value(MAIL)
    page.invitation.check()

    page.invitation.write_to(str(tmp_path / "invitation.countersign"))
    bob.settle()
    bob.sign()

    installation = bob.offices.installations["bob"]
    newcomer = open_installation(Workspace(tmp_path / "gina"), resources.read, resources.names)
    found = inviting.read_invitation(newcomer, tmp_path / "invitation.countersign")
    newcomer.register.close()
    assert found is not None
    assert (found.org, found.return_to) == (installation.register.org, MAIL)
    assert page.invitation.words.text().split() == spoken(installation.register.org).split()
    assert page.invitation.written.title.text() == "Saved as invitation.countersign"
    bob.click(page.invitation.copy)
    letter = QGuiApplication.clipboard().text()
    assert MAIL in letter
    assert found.words not in letter
    assert nameless(page) == []
    assert unreachable(page) == []


def test_others_see_who_can(visit: Open, tmp_path: Path) -> None:
    ada = visit("ada")
    asks(ada, tmp_path / "gina.p7m")
    page = ada.go("add-person")
    assert isinstance(page, AddPersonPage)

    page.take((tmp_path / "gina.p7m",))
    ada.settle()

    assert page.who.title.text() == "Only an administrator can add a person: Bob, Finn"
    assert not page.invitation.isVisible()
    assert [card.findChildren(QPushButton) for card in cards(page)] == [[]]


def test_two_keys_under_one_person_id_are_pointed_out(visit: Open, tmp_path: Path) -> None:
    bob = visit("bob")
    for who in ("gina", "mallory"):
        made = enrolment(
            person(who).key, "gina", org=bob.offices.installations["bob"].register.org, at=bob.offices.clock()
        )
        exchanging.import_act(bob.offices.installations["bob"], made.blob)

    page = bob.go("add-person")

    assert isinstance(page, AddPersonPage)
    assert page.asking.doubtful.title.text() == "Several keys ask as gina"
    assert len(cards(page)) == 2


def test_of_several_files_each_that_is_refused_is_named(visit: Open, tmp_path: Path) -> None:
    bob = visit("bob")
    asks(bob, tmp_path / "gina.p7m")
    (tmp_path / "notes.p7m").write_bytes(b"no act at all")
    (tmp_path / "table.xlsx").write_bytes(b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml")
    page = bob.go("add-person")
    assert isinstance(page, AddPersonPage)

    page.take_files((tmp_path / "notes.p7m", tmp_path / "gina.p7m", tmp_path / "table.xlsx"))
    bob.settle()
    bob.settle()

    said = page.taking.report.text.text().splitlines()
    assert [line.split("”")[0] for line in said] == [
        "“notes.p7m",
        "Countersign does not know what to do with “table.xlsx",
    ]
    assert page.taking.report.title.text() == "Taken: gina.p7m"
    assert len(cards(page)) == 1


@pytest.mark.parametrize("text", ["/tmp/a b.p7m", "file:///tmp/a%20b.p7m"])
def test_a_pasted_path_or_address_is_understood(text: str) -> None:
    assert path_of(text) == Path("/tmp/a b.p7m")


def test_the_palette_finds_it_everywhere(visit: Open) -> None:
    bob = visit("bob")
    WindowCommands(bob.desktop.context, bob.desktop.window)
    bob.go("home")

    bob.desktop.window.commands.action("add-person").trigger()
    bob.settle()

    assert isinstance(bob.page, AddPersonPage)


def test_with_text_at_200_percent_nothing_is_cut_off(twice: None, visit: Open, tmp_path: Path) -> None:
    bob = visit("bob")
    for who in ("gina", "mallory"):
        made = enrolment(
            person(who).key, "gina", org=bob.offices.installations["bob"].register.org, at=bob.offices.clock()
        )
        exchanging.import_act(bob.offices.installations["bob"], made.blob)
    bob.desktop.window.resize(1280, 720)

    page = bob.go("add-person")
    grab(bob.desktop.window)

    assert cut_off(page) == []

"""What a change makes of the two offices is on the sheet before it is signed, and on the page while it is so."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from intake.domain.organisation.roster import Role
from intake.services.organisation import people
from tests.services.offices import Offices
from tests.services.stages import filed_everywhere
from tests.ui.people.test_people import ShowPage, choose, give, press, show, shown_to_sign, signing, words
from tests.ui.sessions import Sessions
from ui.case.lead import LeadCard
from ui.case.page import CasePage
from ui.jobs import JobTask
from ui.register.list_fetch import ListQuery, fetch
from ui.theme import Tone
from ui.widgets.paged_model import PageRequest

__all__ = ["show"]


def test_the_sheet_says_that_it_puts_one_person_in_both_offices(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    page = show("bob")

    give(page, "cleo", "ciso", qtbot)

    assert any(line.startswith("Cleo then holds both offices for everything.") for line in shown_to_sign(page, qtbot))
    signing(page, qtbot).reject()


def test_the_sheet_says_that_it_leaves_an_office_empty_where_cases_wait(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    filed_everywhere(sessions.offices)
    page = show("bob")
    choose(page, "dan", qtbot)

    press(page, "End: CISO")

    said = shown_to_sign(page, qtbot)
    assert any(line.startswith("Nobody then holds the office of the CISO for everything") for line in said)
    signing(page, qtbot).reject()


def left_to_one_person(offices: Offices) -> str:
    case = filed_everywhere(offices)
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    for change in (
        lambda: people.grant_role(bob, offices.signer("bob"), "cleo", Role.CISO),
        lambda: people.end_role(bob, offices.signer("bob"), "dan", Role.CISO),
    ):
        roster = change().roster
        offices.travel("bob", "finn")
        people.endorse(finn, offices.signer("finn"), roster)
        offices.travel("finn", *offices.installations)
    return case


def test_the_page_of_people_the_case_and_the_register_say_it_while_it_is_so(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    case = left_to_one_person(sessions.offices)
    assert "Cleo holds both offices for everything." in words(show("ada"))

    page = CasePage(sessions.context("ada"))
    qtbot.addWidget(page)
    page.show()
    page.activated(case)
    qtbot.waitUntil(lambda: bool(page.findChildren(LeadCard)))
    assert "Cleo alone holds both offices for it" in page.findChildren(LeadCard)[-1].why.text()

    (row,) = fetch(JobTask(), sessions.session("ada"), PageRequest("", False, ListQuery(), None, 0, 10)).rows
    assert row.cells[2].text.endswith("and nobody can act")
    assert row.cells[2].tone is Tone.WARN
    assert "it takes two people to decide" in row.cells[2].tip


def test_who_may_endorse_it_reads_it_beside_the_version_that_waits(sessions: Sessions, show: ShowPage) -> None:
    offices = sessions.offices
    bob = offices.installations["bob"]
    people.grant_role(bob, offices.signer("bob"), "cleo", Role.CISO)
    offices.travel("bob", "finn")

    assert "Cleo then holds both offices for everything." in words(show("finn"))

"""The palette finds use cases, records and people beside the actions, while somebody types on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.services.offices import Offices
from tests.services.stages import filed_with_both
from tests.ui.visiting import Visit, offices, visit
from tests.ui.walk import nameless, unreachable
from ui.shell.palette import CommandPalette

__all__ = ["offices", "visit"]

Open = Callable[[str], Visit]


def palette(person: Visit) -> CommandPalette:
    person.desktop.window.commands.action("palette").trigger()
    found = person.desktop.window.findChild(CommandPalette)
    assert found is not None
    return found


def lines(found: CommandPalette) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(found.list.item(number).data(role)) for number in range(found.list.count())]


def typed(person: Visit, found: CommandPalette, text: str) -> list[str]:
    person.qtbot.keyClicks(found.line, text)
    person.qtbot.waitUntil(lambda: not found._pause.isActive() and found._handle is None)
    return lines(found)


def test_a_case_is_opened_by_its_reference(offices: Offices, visit: Open) -> None:
    case = offices.file()
    row = offices.installations["ada"].register.queries.row(case)
    assert row is not None
    ada = visit("ada")
    found = palette(ada)

    shown = typed(ada, found, row.reference)
    ada.qtbot.keyClick(found.line, Qt.Key.Key_Return)
    ada.settle()

    assert shown == [f"{row.title}, Use case {row.reference}"]
    assert ada.went[-1] == ("case", case)


def test_a_person_is_found_behind_the_actions_and_what_is_chosen_stays(offices: Offices, visit: Open) -> None:
    ada = visit("ada")
    found = palette(ada)

    ada.qtbot.keyClicks(found.line, "d")
    first = found.list.currentItem().text()
    shown = typed(ada, found, "an")
    here = [number for number, line in enumerate(shown) if line.startswith("Dan, Person")]
    found.list.setCurrentRow(here[0])
    ada.qtbot.keyClick(found.line, Qt.Key.Key_Return)
    ada.settle()

    assert first
    assert here == [len(shown) - 1]
    assert ada.went[-1] == ("people", "dan")


@pytest.mark.exhaustive
def test_a_decided_case_has_its_record(offices: Offices, visit: Open) -> None:
    case = filed_with_both(offices)
    offices.decide("dan", case, given=(given := offices.terms("dan", case)))
    offices.travel("dan", "cleo")
    offices.decide("cleo", case, given=given)
    row = offices.installations["cleo"].register.queries.row(case)
    assert row is not None
    cleo = visit("cleo")

    shown = typed(cleo, palette(cleo), row.reference)

    assert shown == [f"{row.title}, Use case {row.reference}", f"{row.title}, Record {row.reference}"]


def test_nothing_found_says_so_and_typing_on_takes_it_back(offices: Offices, visit: Open) -> None:
    ada = visit("ada")
    found = palette(ada)

    ada.qtbot.keyClicks(found.line, "zzzz")
    searching = found.nothing.text()
    shown = typed(ada, found, "z")
    said = found.nothing.text()
    ada.qtbot.keyClick(found.line, Qt.Key.Key_Return)
    found.line.clear()

    assert (shown, searching) == ([], "Searching…")
    assert said == "Nothing found. Try the beginning of a word."
    assert found.line.accessibleDescription() == ""
    assert found.list.count() > 5
    assert not found.nothing.isVisible()
    assert nameless(found) == []
    assert unreachable(found) == []


def test_what_was_looked_up_for_other_words_never_comes_behind_these(
    offices: Offices, visit: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices.file()
    ada = visit("ada")
    found = palette(ada)
    ada.qtbot.keyClicks(found.line, "UC")
    ada.qtbot.waitUntil(lambda: found._handle is not None or not found._pause.isActive())

    shown = typed(ada, found, "zzzz")

    assert shown == []

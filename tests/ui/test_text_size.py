"""The size of text: chosen in the menu or in the settings, at once and everywhere, kept, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.ui.visiting import Visit, offices, visit
from ui.app import Desktop, Options, Wiring
from ui.context import WindowSettings
from ui.pictures.screenshots import grab
from ui.register.list_page import CaseListPage
from ui.settings.page import SettingsPage
from ui.theme import TEXT_SIZES, Theme, sizes
from ui.widgets.labels import heading
from ui.widgets.search_field import SearchField

__all__ = ["offices", "visit"]

PLACES = ("inbox", "people", "settings")
SIZE = QSize(1280, 720)


@pytest.fixture(autouse=True)
def as_before(theme: Theme, qapp: QApplication) -> Iterator[None]:
    """Tests share one application: its text is as large afterwards as it was."""
    yield
    theme.set_text_size(200)
    theme.set_text_size(100)


def test_the_text_of_the_menu_is_in_steps_with_an_end(visit: Callable[[str], Visit]) -> None:
    window = visit("bob").desktop.window
    larger, smaller, normal = (window.commands.action(f"text-{key}") for key in ("larger", "smaller", "normal"))
    theme = window.context.theme

    sizes = []
    while larger.isEnabled():
        larger.trigger()
        sizes.append(theme.text_size)

    assert sizes == list(TEXT_SIZES[1:])
    smaller.trigger()
    assert theme.text_size == TEXT_SIZES[-2]
    normal.trigger()
    assert (theme.text_size, smaller.isEnabled(), normal.isEnabled(), larger.isEnabled()) == (100, False, False, True)


@pytest.mark.exhaustive
def test_a_size_chosen_in_the_settings_is_there_at_once_and_at_the_next_start(visit: Callable[[str], Visit]) -> None:
    bob = visit("bob")
    page = bob.go("settings")
    assert isinstance(page, SettingsPage)
    before = page.heading.font().pointSizeF()

    page.text_size.set_value("150")
    page.text_size.changed.emit()

    assert page.heading.font().pointSizeF() == pytest.approx(before * 1.5)
    assert WindowSettings(bob.desktop.context.data_dir).text_size == 150
    bob.desktop.window.commands.action("text-normal").trigger()
    assert page.text_size.value() == "100"


def test_another_window_of_the_program_begins_with_the_computers_own_size(theme: Theme, qapp: QApplication) -> None:
    points = qapp.font().pointSizeF()
    theme.set_text_size(200)

    second = Theme(qapp, theme.scheme, 125)

    assert qapp.font().pointSizeF() == pytest.approx(points * 1.25)
    second.set_text_size(100)
    assert qapp.font().pointSizeF() == pytest.approx(points)


@pytest.mark.parametrize("kept", ["", "0", "1000", "large", "-150"])
def test_a_size_that_is_none_of_ours_is_the_computers_own(tmp_path: Path, kept: str) -> None:
    settings = WindowSettings(tmp_path)
    settings.set_text("look/text-size", kept)

    assert settings.text_size == 100


@pytest.mark.exhaustive
def test_what_is_shown_when_text_grows_is_as_if_it_had_been_built_so(visit: Callable[[str], Visit]) -> None:
    bob = visit("bob")
    bob.desktop.window.resize(SIZE)
    theme = bob.desktop.theme
    grown: dict[str, dict[int, tuple[str, int, int]]] = {}
    for place in PLACES:
        theme.set_text_size(100)
        page = bob.go(place)
        theme.set_text_size(200)
        bob.settle()
        grown[place] = _measured(page)

    again = visit("bob")
    again.desktop.theme.set_text_size(200)
    again.desktop.window.resize(SIZE)

    for place in PLACES:
        built = _measured(again.go(place))
        pairs = [(grown[place][key], built[key]) for key in built if key in grown[place]]
        assert len(pairs) == len(built), place
        # Where a pixel was rounded, a word may have gone to the next line.
        assert [pair for pair in pairs if pair[0][0] != pair[1][0] or not _alike(*pair)] == [], place


def _measured(page: QWidget) -> dict[int, tuple[str, int, int]]:
    """The words of a page with the size each has in points and pixels."""
    grab(page.window())
    shown = [label for label in page.findChildren(QLabel) if label.isVisible() and label.text()]
    return {n: (item.text(), round(item.font().pointSizeF()), item.height()) for n, item in enumerate(shown)}


def _alike(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[1] == other[1] and abs(one[2] - other[2]) <= sizes(QLabel()).line + 3


def test_there_and_back_nothing_has_moved_and_nothing_typed_is_lost(visit: Callable[[str], Visit]) -> None:
    bob = visit("bob")
    bob.desktop.window.resize(SIZE)
    page = bob.go("register")
    field = page.findChild(SearchField)
    assert field is not None
    field.setText("minutes")
    bob.settle()
    before = _where(page)

    for key in ("larger", "larger", "larger", "smaller", "smaller", "normal"):
        bob.desktop.window.commands.action(f"text-{key}").trigger()
        bob.settle()

    # A pixel is what rounding may take.
    assert [pair for pair in zip(before, _where(page), strict=True) if _differ(*pair)] == []
    assert bob.page is page
    assert field.text() == "minutes"


def _where(page: QWidget) -> list[tuple[tuple[int, int, int, int], float]]:
    shown = [item for item in page.findChildren(QWidget) if item.isVisible()]
    return [((item.x(), item.y(), item.width(), item.height()), item.font().pointSizeF()) for item in shown]


def _differ(one: tuple[tuple[int, ...], float], other: tuple[tuple[int, ...], float]) -> bool:
    return one[1] != other[1] or any(abs(a - b) > 1 for a, b in zip(one[0], other[0], strict=True))


def test_a_change_of_colours_leaves_the_size_of_headings(theme: Theme) -> None:
    title = heading("Countersign", 1)
    title.show()
    before = title.font().pointSizeF()

    theme.set_text_size(150)
    theme.set_scheme(theme.scheme)

    assert title.font().pointSizeF() == pytest.approx(before * 1.5)
    title.close()


def test_the_window_and_its_list_of_places_follow(visit: Callable[[str], Visit]) -> None:
    window = visit("bob").desktop.window
    least, across = window.minimumSize(), window.navigation.width()

    window.commands.action("text-larger").trigger()
    window.commands.action("text-larger").trigger()

    assert window.minimumSize().width() > least.width()
    assert window.navigation.minimumWidth() > across
    assert window.minimumSize().boundedTo(window.LEAST) == window.minimumSize()


@pytest.mark.parametrize("place", ["home", "register", "inbox", "settings"])
def test_a_window_never_grows_with_its_text(place: str, visit: Callable[[str], Visit]) -> None:
    bob = visit("bob")
    window = bob.desktop.window
    bob.go(place)
    window.resize(SIZE)

    window.context.theme.set_text_size(200)
    grab(window)

    assert window.size() == SIZE


def test_the_first_paint_of_a_window_has_the_size_that_was_kept(qapp: QApplication, tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path)
    points = qapp.font().pointSizeF()
    settings.text_size = 175
    settings.sync()

    desktop = Desktop(qapp, Options(tmp_path), Wiring())

    assert qapp.font().pointSizeF() == pytest.approx(points * 1.75)
    desktop.theme.set_text_size(100)
    desktop.close()


def test_a_list_has_its_columns_again_when_text_was_large_for_a_while(visit: Callable[[str], Visit]) -> None:
    bob = visit("bob")
    page = bob.go("register")
    assert isinstance(page, CaseListPage)
    grab(bob.desktop.window, SIZE)
    before = page.table._room._widths[:]
    theme = bob.desktop.context.theme

    theme.set_text_size(200)
    grab(bob.desktop.window, SIZE)
    large = page.table._room._widths[:]
    theme.set_text_size(100)
    grab(bob.desktop.window, SIZE)

    assert large != before
    bob.qtbot.waitUntil(lambda: page.table._room._widths == before)

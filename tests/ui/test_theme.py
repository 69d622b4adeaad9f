"""Both palettes are readable, and everything follows a change of theme."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.contrast import contrast
from ui.icons import icon
from ui.theme import (
    Colours,
    Scheme,
    Theme,
    Tone,
    colours,
    load_colours,
    make_palette,
    make_style_sheet,
    sizes,
)
from ui.widgets.options import check_box, radio

AA_TEXT = 4.5
AA_SHAPE = 3.0

THEMES = ["light", "dark"]


def text_pairs(c: Colours) -> list[tuple[str, QColor, QColor]]:
    """Every pair of text and ground the interface puts together."""
    grounds = {"window": c.window, "base": c.base, "card": c.card, "alternate": c.alternate, "nav": c.nav}
    pairs = [
        (f"{ink} on {name}", getattr(c, ink), ground)
        for ink in ("text", "quiet", "link", "visited", "disabled")
        for name, ground in grounds.items()
    ]
    pairs += [(f"text on {name}", c.text, ground) for name, ground in (("hover", c.hover), ("soft", c.soft))]
    pairs += [(f"placeholder on {name}", c.placeholder, grounds[name]) for name in ("base", "window", "card")]
    pairs += [
        ("selected text", c.selected_text, c.selection),
        ("quiet on selection", c.quiet, c.selection),
        ("primary button", c.on_accent, c.accent),
        ("primary button under the pointer", c.on_accent, c.accent_hover),
        ("quiet on hover", c.quiet, c.hover),
        ("link on hover", c.link, c.hover),
        ("disabled primary button", c.disabled, c.tone(Tone.NEUTRAL).soft),
    ]
    for tone in Tone:
        own = c.tone(tone)
        pairs += [(f"{tone} on its soft ground", own.text, own.soft), (f"text on {tone} soft", c.text, own.soft)]
        pairs += [(f"{tone} on {name}", own.text, ground) for name, ground in grounds.items()]
    return pairs


@pytest.mark.parametrize("name", THEMES)
def test_every_text_reaches_aa(name: str) -> None:
    c = load_colours(name)

    weak = {what: round(contrast(ink, ground), 2) for what, ink, ground in text_pairs(c)}
    weak = {what: ratio for what, ratio in weak.items() if ratio < AA_TEXT}

    assert weak == {}


@pytest.mark.parametrize("name", THEMES)
def test_every_outline_and_mark_reaches_aa(name: str) -> None:
    c = load_colours(name)

    shapes = {"edge": c.edge, "accent": c.accent} | {f"{tone} strong": c.tone(tone).strong for tone in Tone}
    grounds = {"window": c.window, "base": c.base, "card": c.card, "nav": c.nav}
    weak = {
        f"{shape} on {ground}": contrast(shapes[shape], grounds[ground])
        for shape, ground in itertools.product(shapes, grounds)
        if contrast(shapes[shape], grounds[ground]) < AA_SHAPE
    }

    assert weak == {}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    "group", [QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled]
)
def test_the_qt_palette_itself_is_readable_in_every_group(name: str, group: QPalette.ColorGroup) -> None:
    palette = make_palette(load_colours(name))
    role = QPalette.ColorRole

    pairs = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Base),
        (role.LinkVisited, role.Base),
    ]
    ratios = {str(ink): contrast(palette.color(group, ink), palette.color(group, ground)) for ink, ground in pairs}

    assert min(ratios.values()) >= AA_TEXT, ratios


def test_black_on_white_is_the_largest_contrast() -> None:
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_has_no_token_left(name: str) -> None:
    sheet = make_style_sheet(load_colours(name), 19)

    assert re.findall(r"\{[a-z_]+\}", sheet) == []


def test_a_widget_finds_its_colours_by_its_palette(theme: Theme, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()

    theme.set_scheme(Scheme.DARK)
    dark = colours(widget.palette()).dark
    theme.set_scheme(Scheme.LIGHT)

    assert dark
    assert not colours(widget.palette()).dark


def test_icons_take_the_colour_of_the_theme(theme: Theme) -> None:
    home = icon("home")

    theme.set_scheme(Scheme.DARK)
    dark = home.pixmap(48, 48).toImage()
    theme.set_scheme(Scheme.LIGHT)
    light = home.pixmap(48, 48).toImage()

    assert dark != light
    assert any(light.pixelColor(x, 24).alpha() > 0 for x in range(48))


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("make", [check_box, radio])
def test_the_keyboard_is_seen_on_what_is_chosen_too(
    qtbot: QtBot, theme: Theme, scheme: Scheme, make: Callable[[str], QAbstractButton]
) -> None:
    theme.set_scheme(scheme)
    other, button = QLineEdit(), make("Chosen")
    button.setChecked(True)
    form = QWidget()
    box = QVBoxLayout(form)
    box.addWidget(other)
    box.addWidget(button)
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)

    pictures = []
    for widget in (other, button):
        widget.setFocus()
        pictures.append(button.grab().toImage())

    plain, focused = pictures
    side = range(sizes(button).line)
    changed = [
        contrast(plain.pixelColor(x, y), focused.pixelColor(x, y))
        for x in side
        for y in range(plain.height())
        if plain.pixel(x, y) != focused.pixel(x, y)
    ]
    theme.set_scheme(Scheme.LIGHT)
    assert sum(ratio >= 3 for ratio in changed) >= sizes(button).line

"""How Countersign looks: our own two palettes over Fusion, sizes from the font, and icons in the colour of the text.

Colours are content (``resources/themes``). A widget that paints asks ``colours(self.palette())``, so the palette it
lives under is the only state; ``Theme`` puts one on the application and follows the platform when asked to.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import resources


class Scheme(StrEnum):
    """What the person chose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


TEXT_SIZES = (100, 110, 125, 150, 175, 200)
"""How large text can be made, in percent of the computer's own."""


class Tone(StrEnum):
    """What a colour means. A colour never says it alone: words are beside it."""

    NEUTRAL = "neutral"
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class ToneColours:
    """``text`` is read on ``soft`` and on every surface; ``strong`` is for bars, rings and outlines."""

    text: QColor
    soft: QColor
    strong: QColor


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette, by meaning."""

    dark: bool
    window: QColor
    base: QColor
    card: QColor
    alternate: QColor
    nav: QColor
    hover: QColor
    text: QColor
    quiet: QColor
    placeholder: QColor
    disabled: QColor
    link: QColor
    visited: QColor
    hair: QColor
    edge: QColor
    accent: QColor
    on_accent: QColor
    accent_hover: QColor
    soft: QColor
    selection: QColor
    selected_text: QColor
    tones: dict[Tone, ToneColours]

    def tone(self, tone: Tone) -> ToneColours:
        return self.tones[tone]


@cache
def load_colours(name: str) -> Colours:
    """Read ``themes/<name>.toml``: ``"light"`` or ``"dark"``."""
    toml = tomllib.loads(resources.read(f"themes/{name}.toml").decode())
    accent = toml["accent"]
    return Colours(
        dark=bool(toml["dark"]),
        **{key: QColor(value) for part in ("surface", "ink", "line") for key, value in toml[part].items()},
        accent=QColor(accent["fill"]),
        on_accent=QColor(accent["text"]),
        accent_hover=QColor(accent["hover"]),
        soft=QColor(accent["soft"]),
        selection=QColor(accent["selection"]),
        selected_text=QColor(accent["selected_text"]),
        tones={
            Tone(key): ToneColours(**{part: QColor(colour) for part, colour in value.items()})
            for key, value in toml["tone"].items()
        },
    )


def colours(palette: QPalette) -> Colours:
    """The colours that belong to a widget's palette: ``colours(self.palette())`` in a ``paintEvent``."""
    return load_colours("dark" if palette.color(QPalette.ColorRole.Window).lightness() < 128 else "light")


@dataclass(frozen=True, slots=True)
class Sizes:
    """Distances in pixels, all from the height of a line of text, so that they grow with the person's font."""

    line: int

    @property
    def xs(self) -> int:
        return max(2, round(self.line * 0.2))

    @property
    def s(self) -> int:
        return max(4, round(self.line * 0.4))

    @property
    def m(self) -> int:
        return max(6, round(self.line * 0.65))

    @property
    def l(self) -> int:  # noqa: E743 - the sizes of clothes
        return max(8, round(self.line * 1.0))

    @property
    def xl(self) -> int:
        return max(12, round(self.line * 1.6))

    @property
    def radius(self) -> int:
        return max(3, round(self.line * 0.28))

    @property
    def icon(self) -> int:
        return max(14, round(self.line * 0.95))

    def chars(self, count: int) -> int:
        """About the width of ``count`` characters of running text."""
        return round(self.line * 0.42 * count)


def sizes(widget: QWidget) -> Sizes:
    """The sizes that belong to a widget's font."""
    return Sizes(QFontMetrics(widget.font()).height())


LEAST_LINES = 10
"""Lines of text that what scrolls in itself keeps; in a lower window the page around it scrolls."""

_GIVEN = "points of text"
"""The property of the application that keeps its own size of text, and the one that a theme made of it."""

FAMILY = "Noto Sans"
_FIRST_FONTS = ("fonts/NotoSans-Regular.ttf", "fonts/NotoSans-Bold.ttf")


def load_fonts() -> str | None:
    """Load the two fonts of the first paint and give their family, or None when the build ships none."""
    loaded = [_load_font(name) for name in _FIRST_FONTS]
    return FAMILY if all(loaded) else None


def load_other_fonts() -> None:
    """Load what other scripts need; after the first paint, because it costs as much as the whole window."""
    for name in resources.names("fonts"):
        if name.endswith((".ttf", ".otf")) and name not in _FIRST_FONTS:
            _load_font(name)


def _load_font(name: str) -> bool:
    try:
        return QFontDatabase.addApplicationFontFromData(resources.read(name)) >= 0
    except resources.ResourceMissing:
        return False


class Theme(QObject):
    """Puts one palette on the application; made once in ``ui.app``."""

    changed = Signal()

    SMALLEST_POINTS = 10.5

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM, text_size: int = TEXT_SIZES[0]) -> None:
        """``text_size`` is one of ``TEXT_SIZES``."""
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._text_size = text_size
        font = _readable(app.font(), load_fonts(), self.SMALLEST_POINTS)
        # An earlier theme of this application may have made its text larger: that is not the computer's own size.
        given = app.property(_GIVEN)
        self._points = given[0] if given and given[1] == font.pointSizeF() else font.pointSizeF()
        self._set_font(font)
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._on_platform_changed)

    @property
    def scheme(self) -> Scheme:
        return self._scheme

    @property
    def colours(self) -> Colours:
        return load_colours("dark" if self._is_dark() else "light")

    @property
    def text_size(self) -> int:
        """In percent of the computer's own."""
        return self._text_size

    def set_scheme(self, scheme: Scheme) -> None:
        """Change the look at once, everywhere."""
        self._scheme = scheme
        self._apply()

    def set_text_size(self, percent: int) -> None:
        """Make all text so large at once, with every distance that comes from it; one of ``TEXT_SIZES``."""
        if percent == self._text_size:
            return
        # No part of the start, which knows its size from the settings.
        from ui.growing import growing

        self._text_size = percent
        with growing(self._app):
            self._set_font(QFont(self._app.font()))
        self._apply()

    def _is_dark(self) -> bool:
        if self._scheme is Scheme.SYSTEM:
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._scheme is Scheme.DARK

    def _set_font(self, font: QFont) -> None:
        font.setPointSizeF(self._points * self._text_size / 100)
        self._app.setFont(font)
        self._app.setProperty(_GIVEN, (self._points, font.pointSizeF()))

    def _apply(self) -> None:
        palette = make_palette(self.colours)
        sheet = make_style_sheet(self.colours, QFontMetrics(self._app.font()).height())
        # Set again, they style again whatever there is: of a window that follows another one in this program, twice for nothing.
        if self._app.palette() != palette or self._app.styleSheet() != sheet:
            self._app.setPalette(palette)
            self._app.setStyleSheet(sheet)
        self.changed.emit()

    def _on_platform_changed(self, _: Qt.ColorScheme) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._apply()


def _readable(font: QFont, family: str | None, smallest: float) -> QFont:
    readable = QFont(font)
    if family is not None:
        readable.setFamilies([family])
    if readable.pointSizeF() < smallest:
        readable.setPointSizeF(smallest)
    return readable


def make_palette(c: Colours) -> QPalette:
    """The Qt palette for one set of colours, with the disabled and inactive groups filled too."""
    role = QPalette.ColorRole
    palette = QPalette()
    for key, colour in {
        role.Window: c.window,
        role.WindowText: c.text,
        role.Base: c.base,
        role.AlternateBase: c.alternate,
        role.ToolTipBase: c.card,
        role.ToolTipText: c.text,
        role.PlaceholderText: c.placeholder,
        role.Text: c.text,
        role.Button: c.card,
        role.ButtonText: c.text,
        role.BrightText: c.tone(Tone.BAD).text,
        role.Link: c.link,
        role.LinkVisited: c.visited,
        role.Highlight: c.selection,
        role.HighlightedText: c.selected_text,
        role.Accent: c.accent,
        role.Light: c.card,
        role.Midlight: c.hover,
        role.Mid: c.hair,
        role.Dark: c.edge,
        role.Shadow: c.edge,
    }.items():
        palette.setColor(key, colour)
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, c.disabled)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Base, c.window)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, c.hair)
    palette.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, c.text)
    return palette


def make_style_sheet(c: Colours, line: int) -> str:
    """Fill ``countersign.qss`` with the colours and with sizes from ``line``, the height of a line of text."""
    s = Sizes(line)
    box = round(line * 0.85)
    gap = max(1, round(line * 0.06))
    name = "dark" if c.dark else "light"
    tokens = {
        **{key: getattr(c, key).name() for key in _COLOUR_TOKENS},
        "bad": c.tone(Tone.BAD).strong.name(),
        "bad_text": c.tone(Tone.BAD).text.name(),
        "bad_soft": c.tone(Tone.BAD).soft.name(),
        "neutral_soft": c.tone(Tone.NEUTRAL).soft.name(),
        "scroll": c.tone(Tone.NEUTRAL).strong.name() if c.dark else c.hair.darker(115).name(),
        "radius": s.radius,
        "line": line,
        "pad_xs": s.xs,
        "pad_s": max(3, round(line * 0.28)),
        "pad_s_less": max(2, round(line * 0.28) - 1),
        "pad_m": s.m,
        "pad_l": s.l,
        "pad_l_less": s.l - 1,
        "pad_xl": s.xl,
        "box": box,
        "box_less": box - 2,
        "box_gap": gap,
        "box_least": box - 2 - 2 * gap,
        "box_round": box // 2 + 1,
        "drop": round(line * 1.3),
        "tick": round(line * 0.7),
        "bar": max(10, round(line * 0.6)),
        "bar_round": max(2, (max(10, round(line * 0.6)) - 6) // 2),
        "grip": line * 2,
        "gauge": max(6, round(line * 0.35)),
        "icon_down": _file(f"{name}-down.svg"),
        "icon_check": _file(f"{name}-check.svg"),
    }
    sheet = resources.read("themes/countersign.qss").decode()
    for key, value in tokens.items():
        sheet = sheet.replace("{" + key + "}", str(value))
    return sheet


_COLOUR_TOKENS = (
    "window base card alternate nav hover text quiet disabled link hair edge accent on_accent accent_hover soft "
    "selection selected_text"
).split()


def _file(name: str) -> str:
    # A style sheet takes images by file name only.
    return resources.locate(f"themes/{name}").as_posix()

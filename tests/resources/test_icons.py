"""The icons: every one can be drawn, and takes whatever colour the palette asks for."""

from __future__ import annotations

import re

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

import resources
from tests.each import each

ICONS = resources.names("icons")
MONOCHROME = tuple(name for name in ICONS if name != "icons/countersign.svg")


@each("name", ICONS)
def test_an_icon_draws_something(name, qapp):
    picture = QImage(32, 32, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)

    painter = QPainter(picture)
    QSvgRenderer(QByteArray(resources.read(name))).render(painter)
    painter.end()

    assert any(picture.pixelColor(x, y).alpha() for x in range(32) for y in range(32))


@each("name", MONOCHROME)
def test_an_icon_of_the_interface_has_one_colour_to_replace(name):
    drawing = resources.read(name).decode("ascii")

    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawing))

    assert colours == {"none", "#000"}

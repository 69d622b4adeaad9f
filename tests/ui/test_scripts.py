"""Scripts that no font of ours holds are shown with a font of the computer, where it has one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

LETTER = "\u624b"
"""In none of our fonts; the one made here has it."""
SHOWN = f"""
from PySide6.QtGui import QTextLayout
from ui.application import application
from ui.theme import Theme, load_other_fonts

app = application()
theme = Theme(app)
load_other_fonts()
text = QTextLayout("{LETTER}", app.font())
text.beginLayout()
text.createLine()
text.endLayout()
print([(run.rawFont().familyName(), list(run.glyphIndexes())) for run in text.glyphRuns()])
"""


def save_font(folder: Path) -> None:
    """A font with one letter."""
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "hand"])
    made.setupCharacterMap({ord(LETTER): "hand"})
    made.setupGlyf({".notdef": Glyph(), "hand": Glyph()})
    made.setupHorizontalMetrics({".notdef": (1000, 0), "hand": (1000, 0)})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Script of this computer", "styleName": "Regular"})
    made.setupOS2(ulCodePageRange1=1 << 17, ulUnicodeRange2=1 << 27)
    made.setupPost()
    made.save(folder / "script.ttf")


@pytest.mark.skipif(sys.platform != "linux", reason="where the fonts of the computer are is told to fontconfig")
@pytest.mark.parametrize("there", [True, False], ids=["with a font", "without one"])
def test_a_font_of_the_computer_shows_what_ours_cannot(tmp_path: Path, there: bool) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    if there:
        save_font(fonts)
    told = tmp_path / "fonts.conf"
    told.write_text(
        f"<?xml version='1.0'?><fontconfig><dir>{fonts}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
    )

    done = subprocess.run(
        [sys.executable, "-c", SHOWN],
        env={**os.environ, "FONTCONFIG_FILE": str(told), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert done.stdout.strip() == ("[('Script of this computer', [1])]" if there else "[('Noto Sans', [0])]")

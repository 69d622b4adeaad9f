"""Names that somebody who looks at them takes for one another."""

from __future__ import annotations

import unicodedata

from intake.domain.base.visible import as_sought

_DRAWN_AS = str.maketrans(
    {
        **dict(zip("авекмнорстухіјѕԁԛԝһӏ", "abekmhopctyxljsdqwhl", strict=True)),
        **dict(zip("αβεζηικμνορτυχϳ", "abezhlkmvoptuxj", strict=True)),
        **dict(zip("01|i\u0131", "ollll", strict=True)),
    }
)
"""Letters of the Cyrillic and Greek scripts, and figures, by the Latin ones they are drawn like in one of their cases."""


def as_drawn(text: str) -> str:
    """What texts have in common that look alike; not for showing. More is held for alike than needs to be."""
    return " ".join(as_sought(text).translate(_DRAWN_AS).split())


def is_plain_name(text: str) -> bool:
    """Whether a name is nothing but words, so that no part of it can be taken for something the program says of it."""
    return all(char in " '’-." or char.isdecimal() or unicodedata.category(char)[0] in "LM" for char in text)

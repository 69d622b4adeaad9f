"""Text that shows nothing: spaces, and what Unicode 14.0 has drawn as nothing (White_Space, Default_Ignorable_Code_Point).

The ranges stand here, because Pythons with other tables must give the same answer about what is signed.
"""

from __future__ import annotations

import re

_NOTHING = re.compile(
    "[\t-\r \x85\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]*"
)
"""U+2800 is a Braille pattern without dots."""


def is_blank(text: str) -> bool:
    """Whether somebody who looks at it sees nothing."""
    return _NOTHING.fullmatch(text) is not None

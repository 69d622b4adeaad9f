"""Below a field: how much room is left, or by how much a text is too long. Nothing that was typed is ever cut."""

from __future__ import annotations

from ui.formatting import number_words
from ui.theme import Tone
from ui.widgets.labels import Label

NO_END = 1_000_000
"""Characters after which an input line of Qt stops taking any: far more than is allowed anywhere."""

_NEAR = 0.8
"""The share of the room from which on the rest is said while somebody types."""
_SHORT = 200
"""Up to so many characters the rest is not counted down: only what is too long is said."""


class LengthNote(Label):
    """``limit`` in characters, 0 for none. It is hidden while there is nothing to say."""

    def __init__(self, limit: int) -> None:
        super().__init__("", quiet=True)
        self._limit = limit
        self.problem = ""
        self.hide()

    def follow(self, count: int) -> None:
        """Say what there is to say of a text of so many characters; ``problem`` is that it is too long, in words."""
        self.problem = ""
        words = ""
        if self._limit and count > self._limit:
            words = self.problem = self.tr("Use at most {limit} characters; these are {count}.").format(
                limit=number_words(self._limit), count=number_words(count)
            )
        elif self._limit > _SHORT and count > self._limit * _NEAR:
            words = self.tr("%Ln characters are left.", "", self._limit - count)
        if words != self.text():
            self.set_tone(Tone.BAD if self.problem else None)
            self.setText(words)
        self.setVisible(bool(words))

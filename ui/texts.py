"""Texts of functions that belong to no widget, in a form that Qt's own tool finds.

``pyside6-lupdate`` takes ``Name.tr("…")`` for a text of the context ``Name``, so the class carries the name of its context;
a widget says ``self.tr("…")``, which is the same call with the widget's class as context. Both take one literal only.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from intake.domain.base.directions import isolated


class Texts:
    """Make a subclass, named for what the texts are about, in the file that shows them: ``HomeTexts.tr("Today")``."""

    @classmethod
    def tr(cls, text: str, note: str = "", n: int = -1) -> str:
        """The text in the language of the screens.

        ``note`` tells two meanings of one English text apart. With a count ``n`` of 0 or more, ``%n`` (``%Ln`` with the
        locale's thousands) is replaced by it and the catalogue's plural form for it is taken.
        """
        return QCoreApplication.translate(cls.__name__, text, note, n)


def filled(text: str, **values: object) -> str:
    """A text of a screen with values in it, each of which reads there as it reads alone, in whatever direction."""
    return text.format(**{name: isolated(str(value)) for name, value in values.items()})

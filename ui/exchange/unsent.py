"""The acts that have not left, as lines to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intake.services.deciding.act_words import called
from ui.formatting import moment_words
from ui.texts import Texts

if TYPE_CHECKING:
    from intake.services.exchanging.delivery import UnsentAct


def unsent_lines(acts: Sequence[UnsentAct], count: int, *, most: int) -> str:
    """A line for each of the first ``most`` acts, and how many of the ``count`` there are more."""
    lines = [_line(act) for act in acts[:most]]
    if count > len(lines):
        lines.append(UnsentTexts.tr("and %Ln more acts", "", count - len(lines)))
    return "\n".join(lines)


def _line(act: UnsentAct) -> str:
    about = " ".join(part for part in (act.reference, act.title) if part)
    what = f"{called(act.kind)}, {about}" if about else called(act.kind)
    return UnsentTexts.tr("{what} – signed {when}").format(what=what, when=moment_words(act.at))


class UnsentTexts(Texts):
    pass

"""What the owner’s side answered to the decision, at the points that it is about."""

from __future__ import annotations

from collections.abc import Mapping

from ui.formatting import day_words
from ui.review.work import Looked
from ui.texts import Texts


def owner_answers(looked: Looked) -> Mapping[str, str]:
    """By boundary field, stage, or digest of a condition: who answered on which day, and what; the newest last."""
    found: dict[str, str] = {}
    acceptance = looked.view.state.acceptance
    for one in acceptance.answers if acceptance is not None else ():
        said = OwnerAnswerTexts.tr("{name} answered on {day}: {text}").format(
            name=looked.names.get(one.person, one.person), day=day_words(one.day), text=one.text
        )
        found[one.about] = "\n".join(filter(None, (found.get(one.about, ""), said)))
    return found


class OwnerAnswerTexts(Texts):
    pass

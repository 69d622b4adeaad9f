"""What the owner’s side answered to the decision, at the points that it is about."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.base.wording import shown
from intake.domain.terms.boundaries import FieldTable
from ui.formatting import day_words
from ui.review.work import Looked
from ui.texts import Texts
from ui.theme import Tone
from ui.widgets.labels import Label


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


class OwnerAnswersLine(Label):
    """What was answered to anything but a boundary: the stage, or a condition."""

    def __init__(self) -> None:
        super().__init__("", tone=Tone.WARN)
        self.setVisible(False)

    def tell(self, looked: Looked, table: FieldTable) -> Mapping[str, str]:
        """Gives all answers, those at the fields of ``table`` too."""
        answers = owner_answers(looked)
        points = {item.about: shown(item.point.said) for item in looked.view.decided_points}
        above = [f"{points.get(about, '')}\n{said}" for about, said in answers.items() if about not in table]
        self.setText("\n".join(above))
        self.setVisible(bool(above))
        return answers


class OwnerAnswerTexts(Texts):
    pass

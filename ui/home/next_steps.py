"""The steps of a new organisation as lines of the home page; which there are says ``services.lists.next_steps``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.home.first import NeedCard
from ui.home.rows import Need
from ui.texts import Texts
from ui.words.cases import role_words

if TYPE_CHECKING:
    from intake.services.lists.next_steps import NextStep


def steps_card(steps: tuple[NextStep, ...]) -> NeedCard | None:
    """The card, or None when everything is done."""
    if not steps:
        return None
    return NeedCard(NextStepTexts.tr("Next steps"), tuple(_line(item) for item in steps))


def _line(item: NextStep) -> Need:
    match item.step.value:
        case "folder":
            return Need(
                NextStepTexts.tr("Choose the exchange folder"),
                NextStepTexts.tr("What you sign reaches the others through it, and theirs you; a stick does it too."),
                "exchange",
                icon="folder",
            )
        case "people":
            roles = ", ".join(role_words(role.value) for role in item.roles)
            return Need(
                NextStepTexts.tr("Invite who is missing: {roles}").format(roles=roles),
                NextStepTexts.tr("Without them a use case gets stuck on its way from filing to the archive."),
                "add-person",
                icon="people",
            )
        case "training":
            return Need(
                NextStepTexts.tr("Read why it matters, and sign that you have"),
                NextStepTexts.tr("%Ln short chapters; the offices ask everybody for this", "", item.left),
                "literacy",
                icon="guide",
            )
        case _:
            return Need(
                NextStepTexts.tr("Describe the first use case"),
                NextStepTexts.tr("Begin a draft; nothing is sent before you sign it."),
                "new",
                icon="add",
            )


class NextStepTexts(Texts):
    pass

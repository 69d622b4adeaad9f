"""What to try at each desk of the sample, in few words, and where that is."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.organisation.roster import Role
from ui.texts import Texts


@dataclass(frozen=True, slots=True)
class Trial:
    """``place`` and ``argument`` are what ``Context.go`` takes."""

    words: str
    place: str
    argument: object = None


def trials(role: Role) -> tuple[Trial, ...]:
    """In an order in which each makes sense after the one before."""
    match role:
        case Role.OWNER:
            return (
                Trial(TrialTexts.tr("see what waits for you"), "home"),
                Trial(TrialTexts.tr("go on with a draft, and file it"), "drafts"),
                Trial(TrialTexts.tr("describe a new use case"), "new"),
                Trial(TrialTexts.tr("read why it matters"), "literacy"),
            )
        case Role.CIO | Role.CISO:
            return (
                Trial(TrialTexts.tr("decide on a use case that waits for your office"), "inbox"),
                Trial(TrialTexts.tr("look up what was decided before"), "register"),
                Trial(TrialTexts.tr("open a record that both offices signed"), "records"),
            )
        case Role.RECORDS:
            return (
                Trial(TrialTexts.tr("check the signatures of a record"), "records"),
                Trial(TrialTexts.tr("see a file that was damaged on its way"), "exchange", "refused"),
                Trial(TrialTexts.tr("sign a checkpoint"), "people"),
            )
        case Role.ADMINISTRATOR:
            return (
                Trial(TrialTexts.tr("compare the key of somebody who asks, and list them"), "add-person"),
                Trial(TrialTexts.tr("see who may do what, and what waits for endorsement"), "people"),
                Trial(TrialTexts.tr("add questions of your own to the playbook"), "playbook"),
            )
        case _:
            return (Trial(TrialTexts.tr("look up what was decided"), "register"),)


class TrialTexts(Texts):
    pass

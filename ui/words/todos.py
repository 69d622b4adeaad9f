"""The words for the kinds of what needs somebody, as titles of cards."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.case.asks import TodoKind
from ui.texts import Texts


def todo_titles() -> Mapping[TodoKind, str]:
    """The title of the card of each kind."""
    return {
        TodoKind.SUSPENDED: TodoTexts.tr("Stop these now"),
        TodoKind.EXPIRED: TodoTexts.tr("Expired"),
        TodoKind.OVERDUE: TodoTexts.tr("Past their day"),
        TodoKind.PAST_LIMIT: TodoTexts.tr("Past a limit"),
        TodoKind.FIGURES_LATE: TodoTexts.tr("Reports of users and cost that are late"),
        TodoKind.LIFT: TodoTexts.tr("Suspended, and not lifted by your office"),
        TodoKind.TAKE_OVER: TodoTexts.tr("Handed over to you"),
        TodoKind.OWNERLESS: TodoTexts.tr("Nobody answers for these"),
        TodoKind.NOBODY_DECIDES: TodoTexts.tr("Nobody can decide these"),
        TodoKind.SECOND_ADMINISTRATOR: TodoTexts.tr("Hand-overs that need a second administrator"),
        TodoKind.ACCEPT: TodoTexts.tr("Decisions to accept"),
        TodoKind.ANSWER_OWNER: TodoTexts.tr("Owners who wait for an answer"),
        TodoKind.DECIDE: TodoTexts.tr("Your office’s turn"),
        TodoKind.SIGNATURE: TodoTexts.tr("Records that lack your signature"),
        TodoKind.CHANGES: TodoTexts.tr("Changes you are asked for"),
        TodoKind.CONFLICT: TodoTexts.tr("Revisions to join"),
        TodoKind.SENT_BACK: TodoTexts.tr("Reports that were sent back to you"),
        TodoKind.CONFIRM: TodoTexts.tr("Reports to confirm"),
        TodoKind.EXPIRING_SOON: TodoTexts.tr("Approvals that end within 7 days"),
        TodoKind.EXPIRING: TodoTexts.tr("Approvals that end within 30 days"),
        TodoKind.DUE: TodoTexts.tr("Due within 30 days"),
        TodoKind.FIGURES: TodoTexts.tr("Users and cost to report"),
        TodoKind.ACKNOWLEDGE: TodoTexts.tr("Retired, and not acknowledged by your office"),
        TodoKind.DECIDED: TodoTexts.tr("Decided, and not looked at yet"),
        TodoKind.GATE_READY: TodoTexts.tr("Pilots that could be scaled"),
    }


class TodoTexts(Texts):
    pass

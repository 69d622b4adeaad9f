"""The words for the kinds of what needs somebody, as titles of cards."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.case.todo import TodoKind
from ui.texts import Texts


def todo_titles() -> Mapping[TodoKind, str]:
    """The title of the card of each kind."""
    return {
        TodoKind.SUSPENDED: TodoTexts.tr("Stop these now"),
        TodoKind.EXPIRED: TodoTexts.tr("Expired"),
        TodoKind.LIFT: TodoTexts.tr("Suspended, and not lifted by your office"),
        TodoKind.OVERDUE: TodoTexts.tr("Conditions past their day"),
        TodoKind.DECIDE: TodoTexts.tr("Your office’s turn"),
        TodoKind.SIGNATURE: TodoTexts.tr("Records that lack your signature"),
        TodoKind.CHANGES: TodoTexts.tr("Changes you are asked for"),
        TodoKind.CONFLICT: TodoTexts.tr("Revisions to join"),
        TodoKind.EXPIRING_SOON: TodoTexts.tr("Approvals that end within 7 days"),
        TodoKind.EXPIRING: TodoTexts.tr("Approvals that end within 30 days"),
        TodoKind.DUE: TodoTexts.tr("Conditions due within 30 days"),
        TodoKind.DECIDED: TodoTexts.tr("Decided, and not looked at yet"),
        TodoKind.GATE_READY: TodoTexts.tr("Pilots that could be scaled"),
    }


class TodoTexts(Texts):
    pass

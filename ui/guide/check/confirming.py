"""Confirming carried answers on the check page, one or a part at a time, and taking that back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from intake.domain.playbook.answers import Answer
from ui.context import Context
from ui.guide.check.check import CheckView
from ui.guide.open_draft import OpenDraft
from ui.guide.work import confirm, unconfirm
from ui.jobs import JobLane


class Confirming(QObject):
    """Serves the check page. ``confirmed`` carries the questions, once that is stored."""

    confirmed = Signal(object)

    def __init__(self, context: Context, draft: OpenDraft, view: CheckView, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._draft = draft
        self._steps: list[Mapping[str, Answer]] = []
        self._of = ""
        view.answers.confirming.connect(self.confirm)
        view.answers.undoing.connect(self.undo)

    def sure(self) -> frozenset[str]:
        """The questions whose answers were confirmed on this visit to the draft and are still as they were then."""
        shown = self._draft.shown
        if shown is None or shown.draft != self._of:
            return frozenset()
        given = shown.guide.answers
        return frozenset(
            name
            for step in self._steps
            for name, before in step.items()
            if name in given and not given[name].check and given[name].value == before.value
        )

    def confirm(self, questions: Sequence[str]) -> None:
        """Confirm these answers as they stand."""
        shown = self._draft.shown
        if shown is None:
            return
        self._begin_with(shown.draft)
        answers = shown.guide.answers
        to_check = {question.id for question in shown.guide.to_check}
        under_way = {name for step in self._steps for name in step} & to_check
        before = {name: answers[name] for name in questions if name in to_check - under_way}
        if not before:
            return
        self._steps.append(before)
        handle = self._context.run(JobLane.REGISTER, confirm, shown.draft, tuple(before), owner=self, certain=True)
        handle.done.connect(self._draft.take_stored)
        handle.done.connect(partial(self._on_confirmed, tuple(before)))
        handle.refused.connect(partial(self._forget, before))

    def undo(self, questions: Sequence[str]) -> None:
        """Take the confirmation of these answers back."""
        found = {name: step[name] for step in self._steps for name in questions if name in step}
        self._take_back(found)

    def undo_last(self) -> None:
        """Take the last step back, one answer or one part."""
        if self._steps:
            self._take_back(self._steps[-1])

    def _begin_with(self, draft: str) -> None:
        if draft != self._of:
            self._of, self._steps = draft, []

    def _take_back(self, before: Mapping[str, Answer]) -> None:
        shown = self._draft.shown
        if shown is None or shown.draft != self._of or not before:
            return
        handle = self._context.run(JobLane.REGISTER, unconfirm, shown.draft, before, owner=self, certain=True)
        self._forget(before)
        handle.done.connect(self._draft.take_stored)

    def _forget(self, before: Mapping[str, Answer], *_: object) -> None:
        left = ({name: answer for name, answer in step.items() if name not in before} for step in self._steps)
        self._steps = [step for step in left if step]

    def _on_confirmed(self, questions: tuple[str, ...], *_: object) -> None:
        self.confirmed.emit(questions)

"""Keeps every answer as it is given: a moment after the last key, at once for a choice, and before anything is left.

There is no Save button. What could not be stored stays here and is tried again with the next change.
"""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from intake.domain.playbook.answer_checks import Typed
from intake.domain.playbook.answers import Answer
from ui.context import Context
from ui.formatting import time_words
from ui.guide.work import keep
from ui.jobs import JobLane


class Saver(QObject):
    """``saved`` carries the draft as it is now; ``refused`` the refusal of what could not be stored yet."""

    saved = Signal(object)
    refused = Signal(object)

    PAUSE_MS = 300

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._draft = ""
        self._waiting: dict[str, Typed | Answer] = {}
        self._left: dict[str, dict[str, Typed | Answer]] = {}
        """What could not be stored of other drafts."""
        self._under_way: deque[tuple[str, dict[str, Typed | Answer]]] = deque()
        # Started once and not again with each key: somebody who never pauses is saved all the same.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(self.PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    @property
    def idle(self) -> bool:
        """Whether everything given so far is stored."""
        return not self._waiting and not self._under_way

    @property
    def pending(self) -> dict[str, Typed | Answer]:
        """What was given for this draft and is not known to be stored yet, the newest of each."""
        given: dict[str, Typed | Answer] = {}
        for draft, batch in self._under_way:
            if draft == self._draft:
                given |= batch
        return given | self._waiting

    def open(self, draft: str) -> None:
        """From now on keep answers of this draft; what waits for another one is stored first."""
        if draft != self._draft:
            self.flush()
            self._waiting = self._left.pop(draft, {})
            self._draft = draft

    def put(self, question: str, given: Typed | Answer) -> None:
        self._waiting[question] = given
        if not self._pause.isActive():
            self._pause.start()

    def forget(self, *questions: str) -> None:
        """These are stored by somebody else in the same breath."""
        for question in questions:
            self._waiting.pop(question, None)

    def flush(self) -> None:
        """Hand over now what waits, of other drafts as well."""
        self._pause.stop()
        waiting = self._left | ({self._draft: self._waiting} if self._waiting else {})
        self._left, self._waiting = {}, {}
        for draft, batch in waiting.items():
            self._send(draft, batch)

    def _send(self, draft: str, batch: dict[str, Typed | Answer]) -> None:
        self._under_way.append((draft, batch))
        handle = self._context.run(JobLane.REGISTER, keep, draft, batch, owner=self, certain=True)
        handle.done.connect(self._on_done)
        handle.refused.connect(self._on_refused)
        handle.failed.connect(self._on_failed)

    def tell_saved(self) -> None:
        now = time_words(datetime.now(UTC))
        self._context.say(self.tr("Saved {time}").format(time=now))

    def _on_done(self, view: object) -> None:
        draft, _ = self._under_way.popleft()
        self.tell_saved()
        if draft == self._draft:
            self.saved.emit(view)

    def _on_refused(self, refusal: object) -> None:
        # Another draft that is gone by now needs its answers no more.
        self._take_back(others=getattr(refusal, "code", "") != "NoSuchDraft")
        self.refused.emit(refusal)

    def _on_failed(self, _: object) -> None:
        self._take_back()

    def _take_back(self, *, others: bool = True) -> None:
        draft, refused = self._under_way.popleft()
        # What was given after it may be stored in a moment: it must not come back over that.
        later = {name for other, batch in self._under_way if other == draft for name in batch}
        left = {name: given for name, given in refused.items() if name not in later}
        if draft == self._draft:
            self._waiting = left | self._waiting
        elif left and others:
            self._left[draft] = left | self._left.get(draft, {})

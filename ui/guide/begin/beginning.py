"""Beginning a draft and going to it: empty, from a template, like an earlier use case, from an ML-BOM, or as a revision."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.context import Changes, Context
from ui.guide.begin.start_work import Several, begin_bom, begin_bom_model, begin_template
from ui.guide.stops import GuideStop
from ui.guide.work import begin, begin_like, begin_revision
from ui.jobs import JobHandle, JobLane, JobTask, Ts

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


class Beginning(QObject):
    """Begins drafts and goes to them. ``requests`` has the commands of the window that lead here."""

    several = Signal(object)
    """An ML-BOM with several models, to choose from (``Several``); then ``model`` goes on."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._handle: JobHandle[str | Several] | None = None

    def new(self) -> JobHandle[str | Several]:
        """An empty draft."""
        return self._begin(begin)

    def like(self, case: str) -> JobHandle[str | Several]:
        """A draft for another use case that begins with the answers of this one."""
        return self._begin(begin_like, case)

    def revise(self, case: str) -> JobHandle[str | Several]:
        """The next revision of a filed case."""
        return self._begin(begin_revision, case)

    def template(self, template: str) -> JobHandle[str | Several]:
        """A draft that begins with the answers of a template."""
        return self._begin(begin_template, template)

    def bom(self, path: Path) -> JobHandle[str | Several]:
        """A draft that begins with what an ML-BOM says."""
        return self._begin(begin_bom, path)

    def model(self, found: Several, index: int) -> JobHandle[str | Several]:
        """The same, of one of several models."""
        return self._begin(begin_bom_model, found.path.name, found.data, index)

    def _begin(
        self, function: Callable[[JobTask, Session, *Ts], str | Several], *args: *Ts
    ) -> JobHandle[str | Several]:
        if self._handle is None or not self._handle.running:
            self._handle = self._context.run(JobLane.REGISTER, function, *args, owner=self)
            self._handle.done.connect(self._on_begun)
        # A second click while the lane is busy begins no second draft.
        return self._handle

    def _on_begun(self, begun: object) -> None:
        if isinstance(begun, Several):
            self.several.emit(begun)
            return
        self._context.tell(Changes(drafts=frozenset({str(begun)})))
        self._context.go("guide", GuideStop(str(begun)))

"""Signing and filing: the sheet that shows exactly what is signed, and the passphrase that does it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.guide.shown import ShownDraft, worded
from ui.guide.work import Done, ToSign, confirm_seen, prepare, sign_and_file
from ui.jobs import JobLane
from ui.signing_job import SigningFlow
from ui.widgets.dialogs import show_refusal
from ui.widgets.signing import SigningDialog
from ui.widgets.signing_sheet import SignedLine, Subject

_MOVED = ("CaseMoved", "NotSeenYet", "NotKnownWhatWasSeen")
"""Refusals that trying again does not lift: something has come to the use case."""


class Filing(QObject):
    """One draft on its way to being filed. ``filed`` carries what came of it; until then the draft stays as it is.

    ``confirmed`` carries the draft after its owner has said to have seen what has come to its use case.
    """

    filed = Signal(object)
    confirmed = Signal(object)

    def __init__(self, context: Context, screen: QWidget) -> None:
        super().__init__(screen)
        self._context = context
        self._screen = screen
        self._shown: ShownDraft | None = None
        self._dialog: SigningDialog | None = None

    def begin(self, shown: ShownDraft) -> None:
        """Look once more at everything, then ask for the passphrase."""
        self._shown = shown
        handle = self._context.run(JobLane.REGISTER, prepare, shown.draft, owner=self)
        handle.done.connect(self._ask)
        handle.refused.connect(self._on_unready)

    def look(self, case: str) -> None:
        self._context.go("case", case)

    def confirm(self, draft: str, seen: tuple[str, ...]) -> None:
        """Keep that these acts have been seen."""
        handle = self._context.run(JobLane.REGISTER, confirm_seen, draft, seen, owner=self, certain=True)
        handle.done.connect(self.confirmed)
        handle.refused.connect(self._on_unready)

    def _ask(self, made: object) -> None:
        if not isinstance(made, ToSign) or self._shown is None:
            return
        subject, draft = self._subject(made, self._shown), self._shown.draft
        signing = SigningFlow(
            self._context, subject, JobLane.PAPER, sign_and_file, draft, parent=self._screen, closing=_MOVED
        )
        signing.done.connect(self._on_signed)
        signing.turned_away.connect(self._on_unready)
        self._dialog = signing.dialog

    def _subject(self, made: ToSign, shown: ShownDraft) -> Subject:
        lines = (
            SignedLine(self.tr("Use case"), made.title),
            SignedLine(self.tr("Unit"), made.unit),
            SignedLine(self.tr("Revision"), str(made.number)),
            SignedLine(self.tr("Stage asked for"), made.stage),
            SignedLine(self.tr("Answers"), self._counted(made)),
            SignedLine(self.tr("Files"), str(made.files)),
            SignedLine(self.tr("Tier"), f"{made.tier} · {made.lane}"),
            SignedLine(self.tr("Playbook"), made.playbook),
            SignedLine(self.tr("Digest of the answers"), made.answers_digest, is_digest=True),
            SignedLine(self.tr("Digest of the playbook"), made.playbook_digest, is_digest=True),
        )
        return Subject(
            title=self.tr("Sign and file this use case"),
            consequence=self.tr(
                "The CIO and the CISO will decide on exactly these answers. They cannot be changed afterwards; a later "
                "change is a new revision."
            ),
            signer=shown.opened.me.name,
            fingerprint=shown.opened.key,
            lines=lines,
            button=self.tr("Sign and file"),
            warnings=self._warnings(made, shown),
            on_paper=True,
        )

    def _warnings(self, made: ToSign, shown: ShownDraft) -> tuple[str, ...]:
        thin = sum(not hint.on_paper for hint in made.hints)
        boxes = [hint.question for hint in made.hints if hint.on_paper]
        said = []
        if thin:
            said.append(self.tr("%Ln answers say little. The reviewers may ask you about them.", "", thin))
        if boxes:
            words = self.tr("The pages will show empty boxes for characters that no font here has, in: {answers}.")
            said.append(words.format(answers=worded(shown, boxes)))
        return tuple(said)

    def _counted(self, made: ToSign) -> str:
        if not made.open_points:
            return str(made.answers)
        words = self.tr("{answers} (open points: {open})")
        return words.format(answers=made.answers, open=made.open_points)

    def _on_signed(self, done: object) -> None:
        if isinstance(done, Done) and self._shown is not None:
            draft = self._shown.draft
            # First: the guide has left the draft, which is gone, when everybody reads again.
            self.filed.emit(done)
            self._context.tell(Changes(cases=frozenset({done.filed.case}), drafts=frozenset({draft})))

    def _on_unready(self, refusal: Refusal) -> None:
        show_refusal(refusal, self._screen)
        if refusal.code in _MOVED and self._shown is not None:
            # The page reads the use case again and shows what has come.
            self._context.tell(Changes(cases=frozenset({self._shown.view.row.case})))

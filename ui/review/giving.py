"""An opinion on its way: from the action an office chose, over its reason and the pages to sign, to the signature."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from intake.domain.base.refusals import Refusal
from intake.domain.case.naming import shown
from intake.domain.case.verbs import OpinionVerb
from intake.domain.terms.terms import Terms
from intake.domain.terms.widening import widened
from ui.context import Context
from ui.jobs import JobLane
from ui.page import Page
from ui.review import decide, work
from ui.review.decide import offers
from ui.review.sections import TERMS, ReviewTabs
from ui.review.signing import ReviewSigning
from ui.review.unsigned import UnsignedKeeper
from ui.review.work import Looked, Ready
from ui.widgets.dialogs import show_refusal
from ui.widgets.reason_dialog import ReasonDialog


class OpinionGiving(QObject):
    """Lives with its page. ``given`` carries what was signed (a ``Given``).

    From ``preparing`` until ``ended`` the pages are made. ``moved`` when the use case has changed since it was looked at,
    ``refused`` when it cannot be signed as it is now.
    """

    preparing = Signal()
    ended = Signal()
    given = Signal(object)
    moved = Signal()
    refused = Signal()

    def __init__(
        self, context: Context, tabs: ReviewTabs, signing: ReviewSigning, keeper: UnsignedKeeper, page: Page
    ) -> None:
        super().__init__(page)
        self._context = context
        self._tabs = tabs
        self._signing = signing
        self._signing.given.connect(self.given)
        self._keeper = keeper
        self._page = page
        self._looked: Looked | None = None
        self._key = ""
        self._verb: OpinionVerb | None = None

    def follow(self, looked: Looked | None) -> None:
        """From now on the opinion is about this."""
        self._looked = looked

    def edited(self) -> Terms | Refusal:
        """The terms as they are in the editor, or why they cannot be read."""
        try:
            return self._tabs.terms.edited()
        except Refusal as refusal:
            return refusal

    def approve(self) -> None:
        looked, edited = self._looked, self.edited()
        if looked is None or isinstance(edited, Refusal):
            self._tabs.terms.check()
        elif decide.verb_of(looked.view, edited) is OpinionVerb.APPROVE_MINE:
            self._ask_why(decide.APPROVE, OpinionVerb.APPROVE_MINE)
        else:
            self._key = decide.APPROVE
            self._prepare("")

    def propose(self) -> None:
        edited = self.edited()
        if self._looked is None or isinstance(edited, Refusal):
            self._tabs.terms.check()
        elif decide.verb_of(self._looked.view, edited) is OpinionVerb.PROPOSE:
            self._ask_why(decide.PROPOSE, OpinionVerb.PROPOSE)
        else:
            self._tabs.setCurrentIndex(TERMS)
            self._tabs.terms.focus_editor()

    def _ask_why(self, key: str, verb: OpinionVerb) -> None:
        beyond = self._beyond()
        if beyond:
            question = self.tr("&Why more than was asked for, or something else: {fields}").format(fields=beyond)
        else:
            question = self.tr("&Why these terms (optional): the other office reads it")
        self._ask(key, verb.label, question, required=bool(beyond))

    def _beyond(self) -> str:
        """The fields in which the edited terms go beyond what was asked for; empty when they do not."""
        edited = self.edited()
        if self._looked is None or isinstance(edited, Refusal):
            return ""
        judged = self._looked.view.judged(edited)
        fields = widened(judged.wanted, edited.boundaries) if judged else ()
        return ", ".join(item.label for item in fields)

    def request_changes(self) -> None:
        self._ask(decide.CHANGES, OpinionVerb.CHANGES.label, self.tr("&What has to change, and why"))

    def decline(self) -> None:
        self._ask(decide.DECLINE, OpinionVerb.DECLINE.label, self.tr("&Why it is declined"), danger=True)

    def _ask(self, key: str, title: str, question: str, *, required: bool = True, danger: bool = False) -> None:
        assert self._looked is not None
        consequence = next(item.consequence for item in offers(self._looked.view, self.edited()) if item.key == key)
        self._key = key
        dialog = ReasonDialog(
            title,
            consequence,
            question,
            self.tr("Go on to sign"),
            self._page.window(),
            text=self._keeper.words(decide.REASON_FOR[key]),
            required=required,
            danger=danger,
        )
        dialog.written.connect(self._on_written)
        dialog.given.connect(self._prepare)
        dialog.open()

    def _on_written(self, text: str) -> None:
        self._keeper.write(decide.REASON_FOR[self._key], text)

    def _prepare(self, reason: str) -> None:
        looked, key = self._looked, self._key
        if looked is None:
            return
        edited = self.edited() if key in (decide.APPROVE, decide.PROPOSE) else None
        if isinstance(edited, Refusal):
            self._tabs.terms.check()
            show_refusal(edited, self._page)
            return
        # What is signed is taken from what is stored, so it must be there before.
        self._keeper.flush()
        position = decide.APPROVE if key == decide.PROPOSE else key
        case = looked.view.state.case
        handle = self._context.run_before_dialog(
            JobLane.PAPER, work.prepare, case, position, edited, reason, owner=self
        )
        if handle is None:
            return
        self._verb = decide.verb_of(looked.view, edited) if edited is not None else None
        self.preparing.emit()
        self._context.say_while(self.tr("Making the pages to sign…"), handle)
        handle.done.connect(self._on_ready)
        handle.refused.connect(self._on_refused)
        handle.finished.connect(self.ended)

    def _on_refused(self, refusal: Refusal) -> None:
        show_refusal(refusal, self._page)
        self.refused.emit()

    def _on_ready(self, ready: Ready) -> None:
        looked, prepared = self._looked, ready.prepared
        if looked is None or prepared.case != looked.view.state.case:
            return
        if prepared.seen != shown(looked.view.state) or (self._verb or prepared.verb) is not prepared.verb:
            # The register moved between the look and the preparation, or a day has ended: what was prepared has not been
            # seen, and may be called something else by now.
            self.moved.emit()
            return
        self._signing.opinion(looked, ready)

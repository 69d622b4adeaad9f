"""How Countersign works, on one page: the idea, the journey, and what to do when something is unclear."""

from __future__ import annotations

from ui.context import Context
from ui.page import Page
from ui.widgets.labels import Label, heading
from ui.widgets.panels import Card


class HelpPage(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.add_action(self.tr("&Reasons and sources"), self._go_explain, button=True)
        self.add_action(self.tr("&Why it matters"), self._go_literacy, button=True)
        self.set_lead(self.tr("One signs, the other countersigns, and only then does the decision exist."))
        for title, text in self._chapters():
            card = Card()
            card.box.addWidget(heading(title, 2))
            card.box.addWidget(Label(text))
            self.body.addWidget(card)
        self.body.addStretch(1)

    def title(self) -> str:
        return self.tr("How Countersign works")

    def _go_explain(self) -> None:
        self.context.go("explain")

    def _go_literacy(self) -> None:
        self.context.go("literacy")

    def _chapters(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("The idea"),
                self.tr(
                    "An AI use case may only go ahead when the CIO and the CISO agree: two people, on one exact "
                    "revision, on the same boundaries. Nobody, administrators included, can decide in their place. Either "
                    "office can stop it at once; only both let it go on. The ring shows it: the left half is the CIO, the right "
                    "half the CISO, and a closed ring is a decision."
                ),
            ),
            (
                self.tr("A use case"),
                self.tr(
                    "A business owner answers the guide, offline if need be. Every answer is saved as it is given. "
                    "“I don’t know” is a real answer. Nothing leaves this computer until it is signed and filed."
                ),
            ),
            (
                self.tr("Why all this"),
                self.tr(
                    "Every question, rule, threat, control and duty says why it is there and where it comes from: look "
                    "under “Reasons and sources”. The chapters under “Why it matters” tell it as a whole; who has read "
                    "them signs a training record, and an approval for scaled use may ask for it."
                ),
            ),
            (
                self.tr("The decision"),
                self.tr(
                    "Each office sees what drives the tier, sets the four boundaries and approves, proposes other "
                    "terms, asks for changes or declines with a reason. The record is a PDF both have signed."
                ),
            ),
            (
                self.tr("Who holds the offices"),
                self.tr(
                    "Administrators keep the roster: who holds which role, with which key. A new version counts when a "
                    "majority of the administrators before it and of those it lists endorsed it. Who gains an office by it is "
                    "counted and endorses nothing; if its author does, all the others have to endorse it. Being an "
                    "administrator gives no say in a decision. Together they can end a role or cut off a key, and what was "
                    "signed with it may then count no more: that stops a use case and never allows one. While one person holds "
                    "both offices, or nobody holds one, the people page and every use case that waits for it say so."
                ),
            ),
            (
                self.tr("The exchange"),
                self.tr(
                    "Signed acts travel through a folder you share, or in a package on a stick. The folder is not "
                    "trusted: every signature is checked again, and what does not hold is kept aside with its reason."
                ),
            ),
            (
                self.tr("Your key"),
                self.tr(
                    "What you sign is signed with your own key. Its passphrase is asked for each time and kept "
                    "nowhere. A lost passphrase means enrolling again with a new key; drafts are kept."
                ),
            ),
            (
                self.tr("Checking a record"),
                self.tr(
                    "Drop any PDF on the window. One answer says whether the signatures hold, whose they are and what "
                    "was checked. The other says whether the decision stands today, as known here on which day: in force, "
                    "suspended, superseded, expired, withdrawn. Who has only the PDF asks the records team or an office for a "
                    "statement of standing, a signed file beside it, and verifies the record with that."
                ),
            ),
            (
                self.tr("What needs you"),
                self.tr(
                    "The first page lists it, and the number beside Home counts it: what is to be stopped, what is past its day or "
                    "a limit, whose turn it is, what to accept, to confirm or to take over. It stays until it is done; only the news of a "
                    "decision goes away by opening the use case. What is late is told to the owner and to both offices. The button “Save "
                    "my days as a calendar” writes every day by which something is due of you into a file for the calendar you use; saved "
                    "again, it moves what has moved."
                ),
            ),
            (
                self.tr("By keyboard"),
                self.tr(
                    "Ctrl+1 to Ctrl+7 go to the places, Ctrl+K finds any action by its name, Ctrl+F searches, and the "
                    "question mark shows the keys of the page you are on. Shift+F1 explains every item of the playbook."
                ),
            ),
        )

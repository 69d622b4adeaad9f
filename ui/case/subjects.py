"""What the signing dialog shows for each thing signed on the page of a use case, in words."""

from __future__ import annotations

from intake.domain.case.one_page import RowTopic
from ui.case.work import CaseFacts
from ui.review.subjects import signed_line
from ui.texts import Texts
from ui.widgets.decision_facts import of_topic
from ui.widgets.signing_sheet import SignedLine, Subject


def withdrawal(sheet: CaseFacts, reason: str) -> Subject:
    """The end of a use case: whose it is, why, and what stops holding with it."""
    case = tuple(signed_line(row) for row in of_topic(sheet.rows, RowTopic.CASE))
    ends = of_topic(sheet.rows, RowTopic.BOUNDARIES, RowTopic.CONDITIONS)
    return Subject(
        title=CaseSubjectTexts.tr("Withdraw this use case"),
        consequence=CaseSubjectTexts.tr("The use case ends here and must not run."),
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(*case, SignedLine(CaseSubjectTexts.tr("Reason"), reason, part=RowTopic.CASE.heading)),
        grounds=tuple(signed_line(row) for row in ends),
        button=CaseSubjectTexts.tr("Sign and withdraw"),
        # Where this version makes no assessment it prints no record either.
        has_pages=sheet.path is not None,
        on_paper=True,
    )


def comment(sheet: CaseFacts, text: str) -> Subject:
    return Subject(
        title=CaseSubjectTexts.tr("Comment"),
        consequence=CaseSubjectTexts.tr("Everybody with this use case can read it. It cannot be taken back."),
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(
            *(signed_line(row) for row in of_topic(sheet.rows, RowTopic.CASE)),
            SignedLine(CaseSubjectTexts.tr("Comment"), text, part=RowTopic.CASE.heading),
        ),
        button=CaseSubjectTexts.tr("Sign and add"),
    )


class CaseSubjectTexts(Texts):
    pass

"""What the signing dialog shows of an acceptance and of an answer, in words."""

from __future__ import annotations

from intake.domain.base.wording import shown, words
from intake.domain.case.one_page import RowTopic
from ui.case.work import CaseFacts
from ui.review.subjects import signed_line
from ui.texts import Texts
from ui.widgets.decision_facts import of_topic
from ui.widgets.signing_sheet import SignedLine, Subject


def acceptance(sheet: CaseFacts) -> Subject:
    """Every difference from what was asked for, field by field, then all limits, conditions and days as they were decided."""
    decided = sheet.decided
    assert decided is not None  # only then it is offered
    part = AcceptanceSubjectTexts.tr("Where it differs from what was asked")
    differs = (SignedLine(shown(item.point.label), shown(item.point.said), part=part) for item in decided.points)
    whole = of_topic(decided.rows, RowTopic.BOUNDARIES, RowTopic.CONDITIONS)
    digests = (
        (AcceptanceSubjectTexts.tr("Revision"), decided.acceptance.pair.revision),
        (AcceptanceSubjectTexts.tr("Terms"), decided.acceptance.pair.terms),
        (AcceptanceSubjectTexts.tr("Assessment"), decided.acceptance.pair.assessment),
    )
    return Subject(
        title=AcceptanceSubjectTexts.tr("Accept what both offices decided"),
        consequence=words(decided.accepting),
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(
            *(signed_line(row) for row in of_topic(decided.rows, RowTopic.CASE)),
            *differs,
            *(signed_line(row) for row in whole),
        ),
        grounds=tuple(SignedLine(label, value, is_digest=True) for label, value in digests),
        button=AcceptanceSubjectTexts.tr("Sign and accept"),
    )


def answer(sheet: CaseFacts, about: str, text: str) -> Subject:
    """The point, what was asked and decided there, and what it costs."""
    decided = sheet.decided
    assert decided is not None  # only then it is offered
    part = AcceptanceSubjectTexts.tr("What you answer")
    points = [item for item in decided.points if item.about == about]
    return Subject(
        title=AcceptanceSubjectTexts.tr("Answer a point of the decision"),
        consequence=words(decided.answering),
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(
            *(signed_line(row) for row in of_topic(decided.rows, RowTopic.CASE)),
            *(SignedLine(shown(item.point.label), shown(item.point.said), part=part) for item in points),
            SignedLine(AcceptanceSubjectTexts.tr("What it costs"), text, part=part),
        ),
        grounds=(SignedLine(AcceptanceSubjectTexts.tr("Terms"), decided.acceptance.pair.terms, is_digest=True),),
        button=AcceptanceSubjectTexts.tr("Sign and answer"),
    )


class AcceptanceSubjectTexts(Texts):
    pass

"""What the signing dialog shows where a use case ends or goes to somebody else, in words."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.acts.kinds.retire import LEFT_BEHIND, RetireBody
from intake.domain.base.wording import words
from intake.domain.case.handing import HandOver
from intake.domain.case.may_end import to_disown
from intake.domain.case.one_page import RowTopic
from intake.services.deciding.disowning import leads_to
from intake.services.filing import retiring
from intake.services.filing.retiring import left_lines, retired
from ui.case.work import CaseFacts
from ui.formatting import day_words
from ui.review.subjects import signed_line
from ui.texts import Texts
from ui.widgets.decision_facts import of_topic
from ui.widgets.signing_sheet import SignedLine, Subject


def retirement(sheet: CaseFacts, reason: str, left: Mapping[str, str]) -> Subject:
    """The end of a use: why, what becomes of what it leaves behind, and what stops holding with it."""
    body = RetireBody(reason, **{name: left[name] for name in LEFT_BEHIND})
    held = of_topic(sheet.rows, RowTopic.BOUNDARIES, RowTopic.CONDITIONS)
    return Subject(
        title=EndingSubjectTexts.tr("Retire this use case"),
        consequence=words(retiring.leads_to()),
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(*_case(sheet, reason), *left_behind(body)),
        grounds=tuple(signed_line(row) for row in held),
        button=EndingSubjectTexts.tr("Sign and retire"),
    )


def left_behind(body: RetireBody) -> tuple[SignedLine, ...]:
    part = EndingSubjectTexts.tr("What the use leaves behind")
    return tuple(
        SignedLine(words(label), text if isinstance(text, str) else words(text), part=part)
        for label, text in left_lines(body)
    )


def acknowledgement(sheet: CaseFacts) -> Subject:
    """That an office has read what becomes of a use."""
    body = retired(sheet.state)
    assert body is not None  # only a retired use is offered
    return Subject(
        title=EndingSubjectTexts.tr("Acknowledge that it is retired"),
        consequence=EndingSubjectTexts.tr("Everybody sees that your office has read this. It decides nothing."),
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(*_case(sheet, body.reason), *left_behind(body)),
        button=EndingSubjectTexts.tr("Sign and acknowledge"),
    )


def handing(sheet: CaseFacts, successor: str, reason: str, leads_to: str) -> Subject:
    """To whom a use case goes, and why."""
    to = SignedLine(EndingSubjectTexts.tr("Goes to"), sheet.names.get(successor, successor), part=_part())
    return Subject(
        title=EndingSubjectTexts.tr("Hand this use case over"),
        consequence=leads_to,
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(*_case(sheet, reason), to),
        button=EndingSubjectTexts.tr("Sign and hand over"),
    )


def taking(sheet: CaseFacts, waiting: HandOver, leads_to: str) -> Subject:
    """From whom a use case comes, and what is due of who takes it over."""
    held = of_topic(sheet.rows, RowTopic.BOUNDARIES, RowTopic.CONDITIONS)
    given = [sheet.state.event(name).act for name in waiting.acts]
    came = EndingSubjectTexts.tr("Comes from")
    return Subject(
        title=EndingSubjectTexts.tr("Take this use case over"),
        consequence=leads_to,
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(
            *_case(sheet, waiting.reason),
            *(
                SignedLine(
                    came, f"{sheet.names.get(act.person, act.person)} · {day_words(act.at.date())}", part=_part()
                )
                for act in given
            ),
        ),
        grounds=tuple(signed_line(row) for row in held),
        button=EndingSubjectTexts.tr("Sign and take over"),
    )


def disowning(sheet: CaseFacts, reason: str) -> Subject:
    """Each suspension that the office disowns, by name."""
    office = sheet.may.office
    assert office is not None  # only an office is offered it
    part, lines = EndingSubjectTexts.tr("What you disown"), []
    gone = to_disown(sheet.state, office)
    for item in gone:
        act = sheet.state.event(item.act).act
        who = f"{item.office.label} · {sheet.names.get(act.person, act.person)} · {day_words(act.at.date())}"
        lines.append(SignedLine(who, item.reason, part=part))
    return Subject(
        title=EndingSubjectTexts.tr("Disown the suspension"),
        consequence=words(leads_to(sheet.state, office)),
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(*_case(sheet, reason), *lines),
        grounds=tuple(SignedLine(item.act[:16], item.act, is_digest=True) for item in gone),
        button=EndingSubjectTexts.tr("Sign and disown"),
    )


def _part() -> str:
    return EndingSubjectTexts.tr("Who answers for it")


def _case(sheet: CaseFacts, reason: str) -> tuple[SignedLine, ...]:
    case = tuple(signed_line(row) for row in of_topic(sheet.rows, RowTopic.CASE))
    return (*case, SignedLine(EndingSubjectTexts.tr("Reason"), reason, part=RowTopic.CASE.heading))


class EndingSubjectTexts(Texts):
    pass

"""What the signing dialog shows for each thing signed on the page of a use case, in words."""

from __future__ import annotations

from intake.domain.acts.kinds.figures import FiguresBody
from intake.domain.base.directions import isolated
from intake.domain.base.money import money_said
from intake.domain.base.wording import shown, words
from intake.domain.case.one_page import RowTopic
from intake.services.deciding.figures import figures_lead_to
from intake.services.deciding.suspending import leads_to, to_lift
from ui.case.work import CaseFacts
from ui.formatting import day_words
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


def suspension(sheet: CaseFacts, reason: str) -> Subject:
    """What an office stops at once, and what stops holding with it."""
    office = sheet.may.office
    assert office is not None  # only an office is offered it
    held = of_topic(sheet.rows, RowTopic.BOUNDARIES, RowTopic.CONDITIONS)
    return Subject(
        title=CaseSubjectTexts.tr("Suspend this use case"),
        consequence=words(leads_to(sheet.state, office)),
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(
            *(signed_line(row) for row in of_topic(sheet.rows, RowTopic.CASE)),
            SignedLine(CaseSubjectTexts.tr("You sign as"), office.label, part=RowTopic.CASE.heading),
            SignedLine(CaseSubjectTexts.tr("Reason"), reason, part=RowTopic.CASE.heading),
        ),
        grounds=tuple(signed_line(row) for row in held),
        button=CaseSubjectTexts.tr("Sign and suspend"),
    )


def lift(sheet: CaseFacts, reason: str) -> Subject:
    """Each suspension that waits for the office of this person, by name, and what its signature leads to."""
    office = sheet.may.office
    assert office is not None  # only an office is offered it
    part = CaseSubjectTexts.tr("What you lift")
    lines = [*(signed_line(row) for row in of_topic(sheet.rows, RowTopic.CASE))]
    lines.append(SignedLine(CaseSubjectTexts.tr("You sign as"), office.label, part=RowTopic.CASE.heading))
    lines.append(SignedLine(CaseSubjectTexts.tr("Reason"), reason, part=RowTopic.CASE.heading))
    waiting = to_lift(sheet.state, office)
    for item in waiting:
        act = sheet.state.event(item.act).act
        who = f"{item.office.label} · {sheet.names.get(act.person, act.person)} · {day_words(act.at.date())}"
        lines.append(SignedLine(who, item.reason, part=part))
    return Subject(
        title=CaseSubjectTexts.tr("Lift the suspension"),
        consequence=words(leads_to(sheet.state, office, [item.act for item in waiting])),
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=tuple(lines),
        grounds=tuple(SignedLine(item.act[:16], item.act, is_digest=True) for item in waiting),
        button=CaseSubjectTexts.tr("Sign and lift"),
    )


def figures(sheet: CaseFacts, body: FiguresBody) -> Subject:
    """What the owner reports, what was granted, and where the first is larger than the second."""
    assert sheet.terms is not None  # only what runs is reported of
    granted = of_topic(sheet.rows, RowTopic.BOUNDARIES)
    users = CaseSubjectTexts.tr("%Ln people use it", "", body.users)
    cost = shown(money_said(body.cost)) if body.cost else CaseSubjectTexts.tr("Nothing")
    part = RowTopic.CASE.heading
    return Subject(
        title=CaseSubjectTexts.tr("Report users and cost"),
        consequence=words(figures_lead_to(sheet.terms, body)),
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(
            *(signed_line(row) for row in of_topic(sheet.rows, RowTopic.CASE)),
            SignedLine(CaseSubjectTexts.tr("As of"), day_words(body.day), part=part),
            SignedLine(CaseSubjectTexts.tr("Users"), users, part=part),
            SignedLine(CaseSubjectTexts.tr("Cost so far"), cost, part=part),
        ),
        grounds=tuple(signed_line(row) for row in granted),
        button=CaseSubjectTexts.tr("Sign and report"),
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


def access(sheet: CaseFacts) -> Subject:
    """Who gets the key of this use case, and why each of them may read it."""
    part = CaseSubjectTexts.tr("They get the key")
    told = sheet.readers
    waiting = [item for item in told.readers if item.waits] if told is not None else []
    return Subject(
        title=CaseSubjectTexts.tr("Give access"),
        consequence=CaseSubjectTexts.tr(
            "With the next exchange they can read everything of this use case. What somebody has read cannot be taken back."
        ),
        signer=sheet.name,
        fingerprint=sheet.fingerprint,
        lines=(
            *(signed_line(row) for row in of_topic(sheet.rows, RowTopic.CASE)),
            *(SignedLine(isolated(item.name), words(item.why), part=part) for item in waiting),
        ),
        button=CaseSubjectTexts.tr("Sign and give access"),
    )


class CaseSubjectTexts(Texts):
    pass

"""One use case: how it stands, and everything that happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from intake.commands.context import CaseName, CommandContext
from intake.commands.offering import Reply
from intake.commands.reviewing import next_document
from intake.commands.saying import coded, coded_or_none
from intake.domain.base.days import in_utc
from intake.domain.base.wording import words

if TYPE_CHECKING:
    from datetime import date

    from intake.domain.case.suspensions import Suspension
    from intake.services.lists.case_page import CaseToday, TimelineEntry


def show_page(given: CommandContext, case: CaseName) -> Reply:
    """Show how a use case stands: what is decided and in force, its terms, what is due, whose turn it is and since when."""
    from intake.services.lists.case_page import case_page

    page = case_page(given.installation, given.case(case), given.person or given.workspace.settings().person)
    return Reply(tuple(_lines(page)), _document(page))


def timeline(given: CommandContext, case: CaseName) -> Reply:
    """List every act of a use case in the order that everybody sees, whether it counts, and why not."""
    from intake.services.lists.case_page import timeline as service

    name = given.case(case)
    found = service(given.installation, name)
    return Reply(
        tuple(line for item in found for line in _told(item)), {"case": name, "acts": [_entry(item) for item in found]}
    )


def _lines(page: CaseToday) -> list[str]:
    from intake.domain.case.next_verbs import NextVerb

    state, current = page.state, page.state.current
    assert current is not None
    lines = [
        f"{page.reference}  {current.body.title}  (revision {current.number})",
        f"Unit {current.body.unit}, owner {current.owner}, asks for {current.body.stage}, tier {page.tier or 'not known'}",
        f"Phase {page.phase} since {page.began.day}",
    ]
    if state.turn:
        until = f", until {page.until}" if page.until else ""
        lines.append(f"Turn of {', '.join(state.turn).upper()} since {page.began.day}{until}")
    if state.decision:
        record = f"record {state.decision.record_state.value}"
        lines.append(f"{state.decision.outcome.value.capitalize()} on {page.decided}; {record}")
    # Who has to stop it reads so in the last line.
    if page.stop and page.next.verb is not NextVerb.STOP:
        lines.append(words(page.stop.sentence))
    if page.terms:
        may = "may run" if page.status.may_run else "must not run"
        lines.append(f"In force: {page.terms.stage.value} from {page.terms.begins} to {page.terms.expires}; {may}")
        lines += [f"  waived: {item.what}: {item.reason}" for item in page.terms.waivers]
    lines += [
        f"  {_over(item.day, page.today)} {item.what.value} {item.day} {', '.join(item.of)} {item.text}".rstrip()
        for item in page.dues
    ]
    lines += [f"  suspended by the {item.office.label}: {item.reason} ({_lifted(item)})" for item in state.suspensions]
    return [*lines, f"{words(page.next.call)}: {words(page.next.why)}"]


def _over(day: date, today: date) -> str:
    return "past:" if day < today else "due:"


def _lifted(item: Suspension) -> str:
    waiting = " and ".join(office.label for office in item.waits_for())
    return f"waits for the {waiting}" if item.open else "lifted by both"


def _document(page: CaseToday) -> dict[str, Any]:
    state, current, terms = page.state, page.state.current, page.terms
    assert current is not None
    known = in_utc(page.known_on) if page.known_on else None
    return {
        "case": state.case,
        "reference": page.reference,
        "title": current.body.title,
        "unit": current.body.unit,
        "owner": current.owner,
        "revision": current.id,
        "number": current.number,
        "asked": current.body.stage.value,
        "tier": page.tier,
        "on": page.today.isoformat(),
        "known_on": known.isoformat() if known else None,
        "phase": page.phase,
        "since": page.began.day.isoformat(),
        "since_act": page.began.act,
        "turn": list(state.turn),
        "until": page.until.isoformat() if page.until else None,
        "decision": _decision(page),
        "in_force": terms.as_json() if terms else None,
        "may_run": page.status.may_run,
        "expired": page.status.expired,
        "stop": coded_or_none(page.stop.sentence if page.stop else None),
        "due": [
            {
                "what": item.what.value,
                "day": item.day.isoformat(),
                "of": list(item.of),
                "text": item.text,
                "over": item.day < page.today,
            }
            for item in page.dues
        ],
        "suspensions": [_suspension(page, item) for item in state.suspensions],
        "next": next_document(page.next),
    }


def _decision(page: CaseToday) -> dict[str, Any] | None:
    found = page.state.decision
    if found is None:
        return None
    return {
        "outcome": found.outcome.value,
        "day": page.decided.isoformat() if page.decided else None,
        "opinions": list(found.opinions),
        "terms": found.terms.digest if found.terms else None,
        "record_state": found.record_state.value,
        "record": found.record.sha256 if found.record else None,
    }


def _suspension(page: CaseToday, item: Suspension) -> dict[str, Any]:
    act = page.state.event(item.act).act
    return {
        "act": item.act,
        "office": item.office.value,
        "person": act.person,
        "day": act.at.date().isoformat(),
        "reason": item.reason,
        "open": item.open,
        "lifted": [{"office": office.value, "act": name} for office, name in item.lifted],
        "waits_for": [office.value for office in item.waits_for()],
    }


def _told(item: TimelineEntry) -> list[str]:
    act, judged = item.event.act, item.event.judgement
    lines = [f"{act.at.date()}  {words(item.said)}"]
    lines += [f"    {item.text}"] if item.text else []
    if item.set_aside:
        why = f": {words(judged.reason)}" if judged.reason else ""
        lines.append(f"    {judged.force.value}{why}")
    return lines


def _entry(item: TimelineEntry) -> dict[str, Any]:
    act, judged = item.event.act, item.event.judgement
    return {
        "act": act.id,
        "kind": act.kind,
        "at": act.at.isoformat(),
        "day": act.at.date().isoformat(),
        "person": act.person,
        "name": item.name,
        "said": coded(item.said),
        "text": item.text,
        "counts": item.counts,
        "force": judged.force.value,
        "why": coded_or_none(judged.reason),
        "waits_for": list(judged.waits_for),
    }

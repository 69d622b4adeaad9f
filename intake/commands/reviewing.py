"""Cases and opinions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

from intake.commands.accepting import acceptance_document, acceptance_lines, price_document
from intake.commands.context import CaseName, CommandContext
from intake.commands.files import read_json
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.commands.remarks import remark_document, remark_lines
from intake.commands.saying import coded, coded_or_none, coded_refusal
from intake.domain.acts.kinds import OPINION
from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import plain
from intake.domain.base.wording import Wording, words
from intake.formats.foreign_json import NotReadable

if TYPE_CHECKING:
    from intake.domain.acts.kinds.opinion import Position
    from intake.domain.base.canonical import Json
    from intake.domain.case.fold import CaseState
    from intake.domain.case.next_verbs import NextAct
    from intake.domain.terms.boundaries import FieldTables
    from intake.domain.terms.terms import Terms
    from intake.services.deciding.reviewing import CaseView

_NOTES = 10
_LINE_ENDS = {0x2028: "\\u2028", 0x2029: "\\u2029"}


class TermsUnreadable(Refusal):
    what = "The terms cannot be read: {detail}."
    why = "They must be the JSON that “countersign show --terms” prints, changed where you want other boundaries."
    next = "Print the present proposal, change it and try again."


_NEWER_TABLE = Wording("TermsOfNewerTable", "they are written by table {number} of boundaries, of a newer version")
_NO_CONDITION = Wording(
    "NoCondition", "the condition “{given}” is not day|person|text or day|person|text|what shows it"
)


def show(
    given: CommandContext,
    case: CaseName,
    terms: Annotated[bool, Flag("Print only the terms in question, as JSON to edit.")] = False,
) -> Reply:
    """Show a use case: what it is, whose turn it is, what drives the tier, what the offices say."""
    from intake.services.deciding.reviewing import look

    view = look(given.installation, given.case(case), given.person or given.workspace.settings().person)
    document = _document(view)
    if terms:
        # As a file to change and to give back, line by line: what ends a line in somebody's text is written as JSON escapes it.
        text = json.dumps(view.proposal.as_json(), indent=2, ensure_ascii=False).translate(_LINE_ENDS)
        return Reply(tuple(text.split("\n")), document)
    return Reply(tuple(_described(view)), document)


def approve(
    given: CommandContext,
    case: CaseName,
    terms: Annotated[Path | None, Flag("JSON of the terms; the present proposal otherwise.")] = None,
    condition: Annotated[
        list[str] | None,
        Flag("A condition as due-day|person|text, such as 2027-01-31|ada|Train users; |what shows it may follow."),
    ] = None,
    users: Annotated[int | None, Flag("Change the proposal: users at most.", least=0)] = None,
    waive: Annotated[
        list[str] | None,
        Flag("What both do without, as pilot|reason, evidence:question|reason or commitment:id|reason."),
    ] = None,
    reason: Annotated[str, Flag("Why; needed where more is allowed than was asked for.")] = "",
) -> Reply:
    """Approve terms: those in question, or your own. Others than the other office signed are proposed to it.

    What you have approved already is said, and not signed again.
    """
    from intake.domain.acts.kinds.opinion import Position
    from intake.domain.terms.terms import offered
    from intake.services.deciding.reviewing import look
    from intake.services.deciding.standing import AlreadyApproved, terms_given

    view = look(given.installation, given.case(case), given.who())
    chosen = offered(
        _terms(terms, view, condition or [], users, waive or [], given.installation.capabilities.tables),
        terms_given(view.state),
        given.installation.capabilities.tables,
    )
    try:
        return _give(given, view.state.case, Position.APPROVE, chosen, reason)
    except AlreadyApproved as already:
        return Reply(
            (already.what_happened, already.reason, already.next_step),
            {
                "case": view.state.case,
                "reference": view.reference,
                "already": coded_refusal(already),
                "terms": chosen.digest,
                "phase": view.state.phase.value,
                "turn": list(view.state.turn),
            },
        )


def request_changes(given: CommandContext, case: CaseName, reason: Annotated[str, Flag("What to change.")]) -> Reply:
    """Ask the owner to change the use case."""
    from intake.domain.acts.kinds.opinion import Position

    return _give(given, given.case(case), Position.CHANGES, None, reason)


def decline(given: CommandContext, case: CaseName, reason: Annotated[str, Flag("Why.")]) -> Reply:
    """Decline the use case."""
    from intake.domain.acts.kinds.opinion import Position

    return _give(given, given.case(case), Position.DECLINE, None, reason)


def _give(given: CommandContext, case: str, position: Position, terms: Terms | None, reason: str) -> Reply:
    from intake.services.deciding import deciding as service

    prepared = service.prepare(given.installation, given.who(), case, position, given=terms, reason=reason)
    given.say_rows(prepared.lines)
    given.say(prepared.consequence)
    done = service.give(given.installation, given.signer(OPINION), prepared)
    return Reply(
        (f"Signed. Now: {done.phase.value}; next: {', '.join(done.turn).upper() or 'nobody'}",),
        {
            "case": case,
            "reference": prepared.reference,
            "act": done.act.act.id,
            "office": prepared.office.value,
            "position": prepared.position.value,
            "verb": prepared.verb.value,
            "revision": prepared.revision,
            "terms": prepared.terms.digest if prepared.terms else None,
            "phase": done.phase.value,
            "turn": list(done.turn),
            "sealed": done.sealed,
        },
    )


def _terms(
    path: Path | None,
    view: CaseView,
    conditions: list[str],
    users: int | None,
    waive: list[str],
    tables: FieldTables,
) -> Terms:
    from intake.domain.terms.terms import Condition, NewerTerms, from_json
    from intake.domain.terms.terms import terms as agreed
    from intake.domain.terms.waivers import Waiver

    made = view.proposal
    if path:
        try:
            found = read_json(path)
        except NotReadable as error:
            raise TermsUnreadable(detail=error.said) from None
        read = from_json(cast("Json", found), tables)
        if isinstance(read, NewerTerms):
            raise TermsUnreadable(detail=_NEWER_TABLE(number=read.fields))
        made = read
    limits = made.boundaries.replaced({"user_permissions.max_users": users}) if users is not None else made.boundaries
    added = []
    for entry in conditions:
        parts = entry.split("|", 3)
        try:
            evidence = "".join(parts[3:])
            added.append(Condition(date.fromisoformat(parts[0]), parts[1], parts[2], evidence, _asking(view, parts[1])))
        except (ValueError, IndexError):
            raise TermsUnreadable(detail=_NO_CONDITION(given=entry)) from None
    waivers = [*made.waivers, *(Waiver(what, plain(why)) for what, _, why in (entry.partition("|") for entry in waive))]
    return agreed(
        made.stage, limits, (*made.conditions, *added), made.begins, made.expires, tuple(waivers), made.confirmed
    )


def _asking(view: CaseView, owner: str) -> str:
    """The office that confirms a new condition: the one that asks, or either where its holder has to meet it."""
    return view.office.value if view.office and owner != view.person else ""


def _described(view: CaseView) -> list[str]:
    state, body, made = view.state, view.revision.body, view.assessment
    lines = [
        f"{view.reference}  {body.title}  (revision {view.revision.number})",
        f"Unit {body.unit}, owner {view.revision.owner or 'nobody'}, filed by {view.revision.author}, asks for {body.stage}",
        f"Phase {_phase(view)}; next: {', '.join(state.turn).upper() or 'nobody'}",
        f"{words(view.next.call)}: {words(view.next.why)}",
        f"Tier {made.path.label}, {made.path.lane_label}" if made else f"No tier. {view.not_assessed}",
    ]
    lines += [f"  because: {fired.rule.sentence}" for fired in made.fired] if made else []
    for office in view.offices:
        said = office.position.value if office.position else "has not spoken"
        said += ", in boundaries of a newer version, which permit nothing here" if office.newer else ""
        stale = f" (on revision {office.given_on}, outdated)" if office.outdated else ""
        lines.append(f"{office.office.label}: {said}{stale} {office.reason}".rstrip())
    lines += [f"  differs: {item.label}: {item.left or '-'} | {item.right or '-'}" for item in view.differences]
    since = f"  changed since revision {view.changed_since}:"
    lines += [f"{since} {change.id}: {change.before} -> {change.after}" for change in view.changes]
    lines += acceptance_lines(state, view.decided_points)
    lines += _record_lines(view)
    lines += remark_lines(view.remarks)
    lines += [f"does not count: {who}’s {kind}: {words(why)}" for who, kind, why in view.set_aside]
    lines += [f"a note of a newer version: {kind} by {who}, {count}" for who, kind, count in view.notes[:_NOTES]]
    if len(view.notes) > _NOTES:
        lines.append(f"… and {sum(count for _, _, count in view.notes[_NOTES:])} more notes of a newer version")
    if state.in_force and state.in_force.terms:
        terms = state.in_force.terms
        may = "may run" if view.status.may_run else "must not run: expired"
        lines.append(f"In force: {terms.stage.value} until {terms.expires}; {may}")
        lines += [f"  condition: {item.text} ({item.owner}, until {item.due})" for item in terms.conditions]
        lines += _figures_lines(view)
    return lines


def _phase(view: CaseView) -> str:
    """The phase of today: what was decided and has ended is expired."""
    from intake.domain.case.phases import phase_said

    terms = view.state.in_force.terms if view.state.in_force else None
    return phase_said(view.state.phase.value, terms.expires if terms else None, view.today)


def _figures_lines(view: CaseView) -> list[str]:
    found, due = view.state.figures, view.status.figures_due
    lines = [f"  past a limit: {words(item)}" for item in view.status.over]
    if found:
        lines.append(f"  figures of {found.day}: {found.users} people, {', '.join(found.costs) or 'nothing spent'}")
    return [*lines, f"  next figures by {due}"] if due else lines


def _figures(view: CaseView) -> dict[str, Any]:
    """What was reported of what is in force, as JSON."""
    found, due = view.state.figures, view.status.figures_due
    return {
        "day": found.day.isoformat() if found else None,
        "users": found.users if found else None,
        "costs": list(found.costs) if found else [],
        "over": [coded(item) for item in view.status.over],
        "due": due.isoformat() if due else None,
        "late": view.status.figures_late,
    }


def next_document(found: NextAct) -> dict[str, Any]:
    """The next act of who looks, as JSON."""
    return {
        "act": found.verb.value,
        "way": found.way.value,
        "call": coded(found.call),
        "why": coded(found.why),
        "of": list(found.of),
        "since": found.since.isoformat() if found.since else None,
        "until": found.until.isoformat() if found.until else None,
    }


def _record_lines(view: CaseView) -> list[str]:
    decision = view.state.decision or view.state.in_force
    lines = []
    if decision is not None:
        sha256 = f": {decision.record.sha256}" if decision.record else ""
        lines.append(f"Record {decision.record_state.value}{sha256}")
    for item in view.sealed:
        if item.in_force:
            lines.append(f"  {item.by} sealed it on {item.at}. {item.place}")
        else:
            lines.append(f"Sealed as {item.sha256}")
            lines.append(f"  {item.by} sealed it on {item.at}. {item.words} {item.place}")
    if any(item.here for item in view.sealed):
        lines.append(f"  to save one: countersign record {view.reference} FILE.pdf --sha256 DIGEST")
    return lines


def _record(view: CaseView) -> dict[str, Any]:
    decision = view.state.decision or view.state.in_force
    return {
        "state": decision.record_state.value if decision else "none",
        "sha256": decision.record.sha256 if decision and decision.record else None,
        "rivals": [item.sha256 for item in decision.rivals] if decision else [],
        "sealed": [
            {
                "sha256": item.sha256,
                "name": item.name,
                "by": item.by,
                "at": item.at.isoformat(),
                "in_force": item.in_force,
                "rival": item.rival,
                "here": item.here,
            }
            for item in view.sealed
        ],
    }


def _retired(state: CaseState) -> dict[str, Any] | None:
    from intake.services.filing.retiring import retired

    body = retired(state)
    if body is None:
        return None
    offices = [office.value for office, _ in state.closing.acknowledged]
    return {"act": state.closing.retirement, **body.as_json(), "acknowledged": offices}


def _document(view: CaseView) -> dict[str, Any]:
    from intake.services.deciding.noticing import notices

    state, body, made = view.state, view.revision.body, view.assessment
    in_force = state.in_force.terms if state.in_force else None
    return {
        "case": state.case,
        "reference": view.reference,
        "title": body.title,
        "unit": body.unit,
        "owner": view.revision.owner,
        "filed_by": view.revision.author,
        "stage": str(body.stage),
        "revision": view.revision.id,
        "number": view.revision.number,
        "phase": _phase(view),
        "turn": list(state.turn),
        "tier": made.path.label if made else "",
        "lane": made.path.lane_label if made else "",
        "not_assessed": coded_refusal(view.not_assessed) if view.not_assessed else None,
        "because": [fired.rule.sentence for fired in made.fired] if made else [],
        "offices": [
            {
                "office": item.office.value,
                "holder": item.holder,
                "position": item.position.value if item.position else None,
                "terms": (approved.digest if (approved := item.terms or item.newer) else None),
                "newer": item.newer is not None,
                "reason": item.reason,
                "given_on": item.given_on,
                "outdated": item.outdated,
            }
            for item in view.offices
        ],
        "differences": [
            {"label": item.label, "cio": item.left, "ciso": item.right, "tighter": item.tighter}
            for item in view.differences
        ],
        "choices": [
            {
                "action": item.action.value,
                "consequence": coded(item.outcome),
                "blocked": coded_or_none(item.against),
            }
            for item in view.choices
        ],
        "proposal": view.proposal.as_json(),
        "in_force": in_force.as_json() if in_force else None,
        "may_run": view.status.may_run,
        "figures": _figures(view),
        "acceptance": acceptance_document(state, view.decided_points),
        "prices": [price_document(item) for item in state.prices],
        "next": next_document(view.next),
        "remarks": [remark_document(item) for item in view.remarks],
        "record": _record(view),
        "notes": [{"who": who, "kind": kind, "count": count} for who, kind, count in view.notes],
        "ownerless": state.passed.ownerless,
        "hand_overs": [
            {
                "acts": list(item.acts),
                "successor": item.successor,
                "by": item.by.value,
                "reason": item.reason,
                "ready": item.ready,
            }
            for item in state.passed.hand_overs
        ],
        "retired": _retired(state),
        "notices": [{"act": act, "sha256": record.sha256} for act, record in notices(state)],
        "set_aside": [{"who": who, "kind": kind, "reason": coded_or_none(why)} for who, kind, why in view.set_aside],
    }

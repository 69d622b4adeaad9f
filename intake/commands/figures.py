"""Reporting users and cost of what runs."""

from __future__ import annotations

from typing import Annotated

from intake.commands.context import CaseName, CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.commands.saying import coded
from intake.domain.acts.kinds import FIGURES
from intake.domain.base.wording import words


def figures(
    given: CommandContext,
    case: CaseName,
    users: Annotated[str, Flag("How many people use it.")],
    cost: Annotated[str, Flag("What it has cost since the approval began, as in “EUR 900”; 0 for nothing.")],
    day: Annotated[str, Flag("The day they are of, as in 2026-11-22; today otherwise.")] = "",
) -> Reply:
    """Report users and cost of what runs, as its owner. Past a limit it is overdue for you and both offices."""
    from intake.domain.terms.terms import day as read_day
    from intake.services.deciding import figures as service

    name = given.case(case)
    _, terms = service.require_reporting(given.installation, given.who(), name)
    today = given.installation.clock().date()
    body = service.figures_of(terms, users, cost, read_day(day) if day else today, today)
    given.say(words(service.figures_lead_to(terms, body)))
    done = service.report_figures(given.installation, given.signer(FIGURES), name, body)
    document = {
        "case": name,
        "act": done.act,
        **body.as_json(),
        "over": [coded(item) for item in done.over],
        "next_due": done.due.isoformat() if done.due else None,
    }
    return Reply(("Figures signed.",), document)

"""The owner reports users and cost of what runs: what is signed, and what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.domain.acts.kinds import FIGURES
from intake.domain.acts.kinds.figures import FiguresBody
from intake.domain.base.money import money, typed_money
from intake.domain.base.numbers import whole_number
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, listed, on_day
from intake.domain.case.allowed import against_reporting
from intake.domain.case.figures import LIMIT_FIELDS, Figures, figures_due, over_limits
from intake.domain.case.fold import CaseState
from intake.domain.terms.terms import Terms
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.installation import Installation, PersonWithKey

_INSIDE = Sentence("FiguresLeadInside", "It is inside its limits.")
_OVER = Sentence(
    "FiguresLeadOver", "Past its limits: {why}. Both offices see it as overdue until you report less, or file again."
)


class NoSuchAmount(Refusal):
    what = "“{given}” is no amount of money."
    why = "A cost is compared with the budget, so it needs a whole amount and the code of its currency."
    next = "Write it as in EUR 900, or 0 where nothing was spent."


class OtherCurrency(Refusal):
    what = "The budget is in {budget}, and this cost is in {cost}."
    why = "Nobody signed a rate between the two, so they cannot be compared."
    next = "Give the cost in {budget}."


class NoSuchCount(Refusal):
    what = "“{given}” is no number of users."
    why = "It is compared with the largest number that was granted."
    next = "Give a whole number, such as 18."


class FiguresOfOtherDay(Refusal):
    what = "These figures are of {day}; what is in force began on {begins}, and today is {today}."
    why = "What was before says nothing about what runs now, and nobody knows what will be."
    next = "Choose a day between the two."


@dataclass(frozen=True, slots=True)
class FiguresGiven:
    """What a report led to: where it is past a limit (``over``), and by when the next one is due, if any is."""

    act: str
    body: FiguresBody
    over: tuple[Reason, ...]
    due: date | None


def require_reporting(installation: Installation, person: str, case: str) -> tuple[CaseState, Terms]:
    """The state, and the terms that figures are reported of. Raises NotYours or NothingRuns."""
    state = installation.state(case)
    if against := against_reporting(state, installation.rosters, person):
        raise against
    assert state.in_force is not None  # else there is something against it
    assert state.in_force.terms is not None
    return state, state.in_force.terms


def figures_of(terms: Terms, users: str, cost: str, day: date, today: date) -> FiguresBody:
    """What was typed as it is signed. Raises NoSuchCount, NoSuchAmount, OtherCurrency or FiguresOfOtherDay."""
    count = whole_number(users)
    if count is None:
        raise NoSuchCount(given=users)
    amount = "" if not cost.strip() or whole_number(cost) == 0 else typed_money(cost)
    spent = money(amount)
    if amount and spent is None:
        raise NoSuchAmount(given=cost)
    path = LIMIT_FIELDS[1]
    budget = money(str(terms.boundaries[path])) if path in terms.boundaries.table else None
    if spent and budget and spent.currency != budget.currency:
        raise OtherCurrency(budget=budget.currency, cost=spent.currency)
    if not terms.begins <= day <= today:
        raise FiguresOfOtherDay(day=on_day(day), begins=on_day(terms.begins), today=on_day(today))
    return FiguresBody(day, count, amount)


def figures_lead_to(terms: Terms, body: FiguresBody) -> Reason:
    """What signing them leads to, in a sentence."""
    over = _beside(terms, body)
    return _OVER(why=listed(list(over))) if over else _INSIDE()


def report_figures(installation: Installation, signer: PersonWithKey, case: str, body: FiguresBody) -> FiguresGiven:
    """Sign the figures. Raises what ``require_reporting`` raises."""
    _, terms = require_reporting(installation, signer.person, case)
    writer = ActWriter(installation, signer)
    made = writer.write(FIGURES, body, case=case)
    writer.store()
    figures = installation.folded(case).figures
    return FiguresGiven(made.act.id, body, _beside(terms, body), figures_due(terms, figures))


def _beside(terms: Terms, body: FiguresBody) -> tuple[Reason, ...]:
    costs = (body.cost,) if body.cost else ()
    return over_limits(terms, Figures((), body.day, body.users, costs))

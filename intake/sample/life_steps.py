"""What happens in the life of a use case, step by step: who does what at which desk, and what somebody tries in vain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.organisation.roster import Role
from intake.domain.playbook.answers import Answer
from intake.domain.terms.terms import Condition, Stage, Terms
from intake.domain.terms.terms import terms as agreed
from intake.domain.terms.waivers import PILOT, Waiver
from intake.sample.content import SampleCase
from intake.sample.journey import CIO, CISO, FIRST, OWNER, ROLES, JourneyBroken, JourneyPlace
from intake.sample.life_desk import LifeDesk, at_desk
from intake.sample.story import begin_draft
from intake.services.deciding import accepting, deciding, figures, suspending
from intake.services.filing import committing, handing, retiring
from intake.services.filing.committing import ReportFile
from intake.services.organisation import literacy, people

CASE = "city-pairs"
"""Which use case of the sample lives its life; its answers are those of a real entry of the inventory."""
SUCCESSOR = "yusuf.demir"
TAKING_PART = {**ROLES, SUCCESSOR: (Role.OWNER,)}

_USERS, _BUDGET = "user_permissions.max_users", "user_permissions.budget"
_PILOT_DAYS, _SCALED_DAYS = 150, 120
_NONE_YET = {
    "purpose.results": Answer("None so far: nobody has used it, and nothing was measured."),
    "purpose.reached": Answer("no"),
    "purpose.pilot_users": Answer(0),
    "purpose.incidents": Answer("Nothing so far, for nobody has used it."),
    "purpose.feedback": Answer("Nobody was asked so far."),
    "purpose.cost": Answer("USD 0 so far."),
}


def _sample(place: JourneyPlace) -> SampleCase:
    return next(case for case in place.content().cases if case.id == CASE)


# --------------------------------------------------------------------------------------------- until it is decided
def learn(place: JourneyPlace) -> Iterator[str]:
    for person in (OWNER, SUCCESSOR):
        with at_desk(place, person) as desk:
            chapters = [item.id for item in literacy.chapters(desk.installation)]
            literacy.acknowledge(desk.installation, desk.signer, chapters)
            yield f"{desk.installation.rosters.name(person)} has read {len(chapters)} chapters and signed it"


def hurry(place: JourneyPlace) -> Iterator[str]:
    case = _sample(place)
    later = next(step for step in case.story if step.do == "revise")
    with at_desk(place, OWNER) as desk:
        eager = replace(case, answers={**case.answers, **later.answers, **_NONE_YET})
        yield desk.file(begin_draft(desk.installation, eager), ())
        yield desk.tries("The owner approves her own use case", lambda: desk.prepare(desk.look().proposal))
    with at_desk(place, CISO) as desk:
        view = desk.look()
        yield desk.tries("Scaled use is approved without the evidence it expects", partial(desk.prepare, view.proposal))
        evidence = [Waiver(what, "It was not written yet.") for what, _ in view.missing(view.proposal) if what != PILOT]
        yield desk.tries(
            "Scaled use is approved on a first revision, though no pilot ever ran",
            partial(desk.prepare, replace(view.proposal, waivers=tuple(sorted(evidence)))),
        )
        yield desk.tries(
            "The CISO asks for changes and gives no reason",
            lambda: deciding.prepare(desk.installation, CISO, desk.case, Position.CHANGES),
        )
        asked = deciding.prepare(
            desk.installation, CISO, desk.case, Position.CHANGES, reason="Please begin with a pilot of five months."
        )
        deciding.give(desk.installation, desk.signer, asked)
        yield desk.notes()


def ask(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, OWNER) as desk:
        asked = {name: _sample(place).answers[name] for name in ("people.number", "people.groups")}
        yield desk.revise({**asked, "start.stage": Answer("pilot"), "people.budget": Answer("USD 8000")})
        yield desk.notes()


def tighten(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, CISO) as desk:
        asked = desk.look().proposal
        wide = {"data_access.personal_data": "special", "model_scope.autonomy": "acts_alone"}
        wider = replace(asked, boundaries=asked.boundaries.replaced(wide), expires=desk.in_days(60))
        more = replace(asked, boundaries=asked.boundaries.replaced({_USERS: 500}))
        for attempt, given in (
            ("More is granted than was asked for, and no reason is given", wider),
            ("Five hundred users are allowed where fifteen were asked for, and no reason is given", more),
            ("The permission holds until 2046", replace(asked, expires=date(2046, 1, 1))),
            ("A larger step is granted than was asked for", replace(asked, stage=Stage.SCALED)),
            ("The permission begins in half a year", _moved(asked, 180)),
            ("The permission is over before it is signed", _moved(asked, -100, 90)),
            (
                "Both do without a pilot that nobody asked them for",
                replace(asked, waivers=(Waiver(PILOT, "No need."),)),
            ),
        ):
            yield desk.tries(attempt, partial(desk.prepare, given))
        wanted = Condition(
            desk.in_days(45), OWNER, "Compare three months of forecasts with what was bought", "The table", "ciso"
        )
        limits = asked.boundaries.replaced({_USERS: 10, _BUDGET: "USD 6000"})
        given = agreed(asked.stage, limits, (wanted,), asked.begins, desk.in_days(_PILOT_DAYS), asked.waivers)
        done = desk.approve(given, "Ten analysts are enough to see whether it forecasts better than the spreadsheet.")
        yield f"Signed; now {done.phase.value}, next: {', '.join(done.turn).upper()}"


def _moved(given: Terms, days: int, long: int = 60) -> Terms:
    begins = given.begins + timedelta(days=days)
    return replace(given, begins=begins, expires=begins + timedelta(days=long))


def agree(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, CIO) as desk:
        given = desk.look().proposal
        desk.approve(given)
        yield desk.tries("The CIO approves the same terms a second time", lambda: desk.prepare(given))
        yield desk.tries(
            "The CIO accepts in the name of the owner",
            lambda: accepting.accept(desk.installation, desk.signer, desk.case),
        )
        yield desk.notes()


def answer(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, OWNER) as desk:
        yield desk.tries("The pilot is used before the owner has accepted its limits", partial(_count, desk, "5", "0"))
        points = accepting.decided_points(desk.state)
        for point in points:
            yield f"It differs: {point.difference.label.lower()}"
        yield desk.tries(
            "The owner answers a point in which nothing was changed",
            lambda: accepting.answer(desk.installation, desk.signer, desk.case, "data_access.regions", "Too narrow."),
        )
        number = next(point.number for point in points if point.about.endswith(_USERS))
        said = "Two of the twelve regions would have nobody: twelve analysts, one each, and I can begin."
        done = accepting.answer(desk.installation, desk.signer, desk.case, str(number), said)
        yield f"Answered; next: {', '.join(done.turn).upper()}"
        yield desk.notes()


def reply(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, CISO) as desk:
        given = desk.look().proposal
        limits = given.boundaries.replaced({_USERS: 12})
        desk.approve(replace(given, boundaries=limits), "Twelve, so that each region has one.")
    with at_desk(place, CIO) as desk:
        desk.approve(desk.look().proposal)
        yield desk.notes()


def accept(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, OWNER) as desk:
        accepting.accept(desk.installation, desk.signer, desk.case)
        yield desk.tries(
            "The owner accepts a second time", lambda: accepting.accept(desk.installation, desk.signer, desk.case)
        )
        yield desk.notes()


# ------------------------------------------------------------------------------------------------ while it is used
def report(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, OWNER) as desk:
        name = _condition(desk)
        yield _reported(
            desk, name, "Two months compared: the forecasts are nearer than the spreadsheet.", "June;81.2;80.4"
        )
        yield desk.tries("The owner confirms her own report", lambda: _confirm(desk, name))
    with at_desk(place, CIO) as desk:
        yield desk.tries("The CIO confirms what the CISO asked for", lambda: _confirm(desk, name))


def send_back(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, CISO) as desk:
        committing.send_back(
            desk.installation, desk.signer, desk.case, _condition(desk), "Three months were asked for."
        )
        yield "The CISO sent it back: three months were asked for"


def count(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, OWNER) as desk:
        yield desk.tries(
            "A cost is reported in another currency than the budget", partial(_count, desk, "11", "EUR 900")
        )
        yield desk.tries("Users are reported of a day that is still to come", partial(_count, desk, "11", "0", 1))
        for users, cost in (("14", "USD 1800"), ("11", "USD 1800")):
            done = _count(desk, users, cost)
            over = "; ".join(map(words, done.over)) or "inside its limits"
            yield f"{users} users, {cost}: {over}"


def _count(desk: LifeDesk, users: str, cost: str, days: int = 0) -> figures.FiguresGiven:
    _, terms = figures.require_reporting(desk.installation, desk.signer.person, desk.case)
    body = figures.figures_of(terms, users, cost, desk.in_days(days), desk.today)
    return figures.report_figures(desk.installation, desk.signer, desk.case, body)


def suspend(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, OWNER) as desk:
        yield desk.tries(
            "The owner suspends, which only an office does",
            lambda: suspending.suspend(desk.installation, desk.signer, desk.case, "Just in case."),
        )
    with at_desk(place, CISO) as desk:
        suspending.suspend(
            desk.installation, desk.signer, desk.case, "The share where the forecasts lie was open to everybody."
        )
    # Reported by an owner whom the suspension has not reached: her act lifts nothing once both have met.
    with at_desk(place, OWNER, fetches=False) as desk:
        _count(desk, "12", "USD 2100")
    with at_desk(place, OWNER) as desk:
        yield desk.tries("The use goes on while it is suspended", partial(_count, desk, "12", "USD 2200"))
        yield desk.notes()


def lift(place: JourneyPlace) -> Iterator[str]:
    """Both lift apart from each other, and what they sign meets afterwards."""
    reason = "The share is closed, and nobody had opened it."
    with at_desk(place, CISO, sends=False) as desk:
        suspending.lift(desk.installation, desk.signer, desk.case, reason)
        yield desk.tries(
            "The CISO lifts for the CIO too",
            lambda: suspending.lift(desk.installation, desk.signer, desk.case, reason),
        )
        yield desk.notes()
    with at_desk(place, CIO) as desk:
        suspending.lift(desk.installation, desk.signer, desk.case, reason)
    with at_desk(place, CISO) as desk:
        yield desk.notes()


# ------------------------------------------------------------------------------------------ to scaled use, and out
def outgrow(place: JourneyPlace) -> Iterator[str]:
    step = next(step for step in _sample(place).story if step.do == "revise")
    with at_desk(place, OWNER) as desk:
        yield desk.revise({**step.answers, "people.budget": Answer("USD 10800")}, step.files)
    with at_desk(place, CISO) as desk:
        yield desk.tries(
            "Scaled use is approved while what was promised is not met", lambda: desk.prepare(desk.look().proposal)
        )
        bare = replace(desk.look().proposal, conditions=(), confirmed=())
        yield desk.tries("The condition that is not met is left out of the new terms", lambda: desk.prepare(bare))


def meet(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, OWNER) as desk:
        name = _condition(desk)
        told = "Three months compared: 5 percent off; the spreadsheet was 13 percent off."
        yield _reported(desk, name, told, "June;81.2;80.4", "July;84.0;86.1", "August;79.3;78.8")
        for item in desk.state.commitments:
            if item.open and item.current and not item.reports:
                yield _reported(desk, item.commitment.id, "Done, as the file shows.", f"done;{item.commitment.text}")
    with at_desk(place, CISO) as desk:
        yield from _confirm_all(desk)
        yield desk.tries("What is settled is reported once more", lambda: _reported(desk, name, "Again."))
    with at_desk(place, CIO) as desk:
        yield from _confirm_all(desk)


def _condition(desk: LifeDesk) -> str:
    """The commitment that the CISO's condition is."""
    return next(item.commitment.id for item in desk.state.commitments if not item.commitment.name)


def _reported(desk: LifeDesk, name: str, text: str, *lines: str) -> str:
    files = [ReportFile("Forecast against actual.csv", "\r\n".join(lines).encode())] if lines else []
    done = committing.report(desk.installation, desk.signer, desk.case, name, text, files)
    return f"{done.now.progress.value.capitalize()}: {done.now.commitment.text}"


def _confirm(desk: LifeDesk, name: str) -> str:
    done = committing.confirm(desk.installation, desk.signer, desk.case, name)
    return f"{done.now.progress.value.capitalize()}: {done.now.commitment.text}"


def _confirm_all(desk: LifeDesk) -> Iterator[str]:
    for item in desk.state.commitments:
        if item.reports and item.commitment.office in (None, desk.office):
            yield _confirm(desk, item.commitment.id)


def scale(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, CISO) as desk:
        asked = desk.look().proposal
        yield desk.tries("Scaled use is granted for longer than its risk allows", partial(desk.prepare, _long(asked)))
        desk.approve(replace(asked, expires=desk.in_days(_SCALED_DAYS)))
    with at_desk(place, CIO) as desk:
        desk.approve(desk.look().proposal)
        yield desk.notes()


def _long(given: Terms) -> Terms:
    return replace(given, expires=given.expires + timedelta(days=1))


def hand_over(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, FIRST) as desk:
        yield desk.tries(
            "An administrator gives the use case to herself",
            lambda: handing.hand_over(desk.installation, desk.signer, desk.case, FIRST, "I am free."),
        )
    with at_desk(place, SUCCESSOR) as desk:
        yield desk.tries(
            "Somebody takes the use case over whom nobody gave it",
            lambda: handing.take_over(desk.installation, desk.signer, desk.case),
        )
    with at_desk(place, OWNER) as desk:
        handing.hand_over(desk.installation, desk.signer, desk.case, SUCCESSOR, "I move to another programme.")
    with at_desk(place, SUCCESSOR) as desk:
        handing.take_over(desk.installation, desk.signer, desk.case)
        yield f"It is {desk.installation.rosters.name(SUCCESSOR)}’s now"
    with at_desk(place, OWNER) as desk:
        yield desk.tries("The former owner files it again", lambda: desk.revise({"people.number": Answer(15)}))


def expire(place: JourneyPlace) -> Iterator[str]:
    with at_desk(place, SUCCESSOR) as desk:
        if desk.look().status.may_run:
            raise JourneyBroken(detail="it may run after its last day")
        yield desk.notes()


def retire(place: JourneyPlace) -> Iterator[str]:
    left = {
        "data": "Deleted from the data mart; the forecasts stay in the yearly report.",
        "access": "Taken from all analysts.",
        "model": "Kept on paper with its settings, for the archive.",
        "contract": "",
    }
    with at_desk(place, CIO) as desk:
        yield desk.tries(
            "An office retires the use case for its owner",
            lambda: retiring.retire(desk.installation, desk.signer, desk.case, "Nobody uses it.", left),
        )
    with at_desk(place, SUCCESSOR) as desk:
        said = "A shared service forecasts for all agencies now."
        yield desk.tries(
            "A use is retired, and nobody says what becomes of its data",
            lambda: retiring.retire(desk.installation, desk.signer, desk.case, said, {}),
        )
        retiring.retire(desk.installation, desk.signer, desk.case, said, left)
        yield desk.tries(
            "It is retired twice",
            lambda: retiring.retire(desk.installation, desk.signer, desk.case, said, left),
        )
        yield desk.notes()


def acknowledge(place: JourneyPlace) -> Iterator[str]:
    for person in (CIO, CISO):
        with at_desk(place, person) as desk:
            retiring.acknowledge(desk.installation, desk.signer, desk.case)
            yield f"{desk.installation.rosters.name(person)} has read it"
    with at_desk(place, CISO) as desk:
        yield desk.tries(
            "What is retired is approved once more, without being filed again",
            lambda: desk.prepare(replace(desk.look().proposal, begins=desk.today, expires=desk.in_days(90))),
        )


def unite(place: JourneyPlace) -> Iterator[str]:
    """It is written and said, and never comes into force: the other administrator does not endorse it."""
    with at_desk(place, FIRST) as desk:
        written = people.grant_role(desk.installation, desk.signer, CISO, Role.CIO)
        yield f"In force at once: {'yes' if written.in_force else 'no'}"
    with at_desk(place, CISO) as desk:
        yield desk.tries(
            "Who would hold both offices endorses that himself",
            lambda: people.endorse(desk.installation, desk.signer, written.roster),
        )

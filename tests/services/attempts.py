"""What people try that must not work, in words a board member can read, beside the exact name of the refusal each meets.

The table of the rules on what follows a decision: ``TABLE`` has its rows, by the questions they answer. A row begins at
a stage to which the organisation was brought (``at``). Most are refused before anything is signed. Where ``patched`` stands, the
programs of those who try were changed: everything is signed, arrives everywhere, and counts for nothing, for the reason that is named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from intake.domain.acts.kinds import CONFIRM, LIFT, RETIRE, REVISION, Body, Office
from intake.domain.acts.kinds.confirm import ConfirmBody
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.retire import LEFT_BEHIND, RetireBody
from intake.domain.case.commitment import condition_of
from intake.domain.organisation.roster import Role
from intake.domain.playbook.answers import Answer
from intake.domain.terms.boundaries import Value
from intake.domain.terms.terms import Condition, Stage, Terms, terms
from intake.domain.terms.waivers import PILOT, Waiver
from intake.domain.terms.waivers import commitment as waived
from intake.services.deciding import accepting, deciding, reviewing, suspending
from intake.services.filing import committing, filing, handing, retiring
from intake.services.installation.act_writer import ActWriter
from intake.services.organisation import people
from intake.services.proving import verifying
from tests.core import CORE
from tests.filled import filled
from tests.services import patched
from tests.services.offices import Offices, fill
from tests.services.stages import filed_everywhere, stage

EVERYBODY = ("ada", "bob", "cleo", "dan", "finn")
WIDE: dict[str, Value] = {
    "data_access.highest_class": "restricted",
    "data_access.personal_data": "special",
    "model_scope.autonomy": "acts_alone",
    "system_integration.code_execution": True,
    "system_integration.network": "internet",
}
LEFT = dict.fromkeys(LEFT_BEHIND, "")


@dataclass(frozen=True)
class Attempt:
    """``words`` say what is tried, ``code`` what it meets. ``tries`` gives the code itself where nothing refuses it: that of the
    reason for which it counts for nothing, or the state that it does not change. ``alone`` is for one that signs something.
    """

    words: str
    code: str
    at: Callable[[Offices], str]
    tries: Callable[[Offices, str], object]
    alone: bool = False


# ---------------------------------------------------------------------------------------------- how far it has come
def asking(offices: Offices, wanted: str, case: str = "") -> str:
    """Ada files for a stage, and everybody receives it; gives the case."""
    ada = offices.installations["ada"]
    draft = filing.start(ada, "ada", case=case)
    fill(ada, draft, filled(ada.shelf.current, {"start.stage": wanted}))
    found = filing.file(ada, offices.signer("ada"), draft).case
    offices.travel("ada", *EVERYBODY)
    return found


def training(offices: Offices, owner: str = "ada") -> Condition:
    return Condition(offices.clock.now.date() + timedelta(days=10), owner, "Train the team", "The list", "ciso")


def both_approve(offices: Offices, case: str, given: Terms, reason: str = "") -> None:
    for name in ("dan", "cleo"):
        offices.decide(name, case, given=given, reason=reason)
        offices.travel(name, *EVERYBODY)


@stage
def asked_for_an_idea(offices: Offices) -> str:
    return asking(offices, "idea")


@stage
def asked_for_scaled_use(offices: Offices) -> str:
    """A first revision that asks for scaled use, with none of the evidence that it expects."""
    answers = filled(CORE, {"start.stage": "scaled", "start.data": "confidential", "start.ai": "agent"}).filed()
    bare = {name: answer for name, answer in answers.items() if not answer.files}
    case = patched.file(offices, type(answers)(bare))
    offices.travel("ada", *EVERYBODY)
    return case


@stage
def waits_for_the_owner(offices: Offices) -> str:
    """Both offices decided on fewer users and a condition; Ada has not accepted it."""
    case = filed_everywhere(offices)
    given = replace(offices.terms("dan", case, users=10), conditions=(training(offices),))
    both_approve(offices, case, given)
    return case


@stage
def pilot_runs(offices: Offices) -> str:
    case = waits_for_the_owner(offices)
    offices.accept(case, *EVERYBODY)
    return case


@stage
def reported(offices: Offices) -> str:
    """Ada has reported that the condition is met."""
    case = pilot_runs(offices)
    committing.report(offices.installations["ada"], offices.signer("ada"), case, _condition(offices, case), "Done.")
    offices.travel("ada", *EVERYBODY)
    return case


@stage
def outgrows_its_pilot(offices: Offices) -> str:
    """Twenty days on, with the condition overdue, Ada asks for scaled use."""
    case = pilot_runs(offices)
    offices.clock.now += timedelta(days=20)
    return asking(offices, "scaled", case)


@stage
def is_suspended(offices: Offices) -> str:
    case = pilot_runs(offices)
    _suspend(offices, case)
    return case


@stage
def half_lifted(offices: Offices) -> str:
    case = is_suspended(offices)
    suspending.lift(offices.installations["dan"], offices.signer("dan"), case, "Mended.")
    offices.travel("dan", *EVERYBODY)
    return case


@stage
def is_retired(offices: Offices) -> str:
    case = pilot_runs(offices)
    _retire("ada")(offices, case)
    offices.travel("ada", *EVERYBODY)
    return case


@stage
def cios_own(offices: Offices) -> str:
    """Cleo, who is CIO, has filed a use case of her own; Dan approved it, and then stopped it."""
    case = offices.file("cleo")
    offices.travel("cleo", *EVERYBODY)
    offices.decide("dan", case)
    offices.travel("dan", *EVERYBODY)
    return case


@stage
def cios_own_suspended(offices: Offices) -> str:
    case = cios_own(offices)
    _suspend(offices, case)
    return case


@stage
def filed_for_ada_by_the_cio(offices: Offices) -> str:
    """Cleo files in Ada's name: she has a part in it."""
    case = filed_everywhere(offices)
    writer = ActWriter(offices.installations["cleo"], offices.signer("cleo"))
    current = offices.installations["cleo"].state(case).current
    assert current is not None
    found = writer.write(REVISION, replace(current.body, revises=())).act.case_id
    writer.store()
    offices.travel("cleo", *EVERYBODY)
    return found


@stage
def cio_succeeds_the_owner(offices: Offices) -> str:
    """Both decided otherwise than was filed; then the roster lists Cleo, who is CIO, as the owner's successor."""
    case = waits_for_the_owner(offices)
    _roster(offices, lambda bob: people.grant_role(bob, offices.signer("bob"), "cleo", Role.OWNER, scope=case))
    return case


@stage
def one_holds_both_offices(offices: Offices) -> str:
    """The CISO was given the office of the CIO too, and approved."""
    case = filed_everywhere(offices)
    _roster(offices, lambda bob: people.grant_role(bob, offices.signer("bob"), "dan", Role.CIO))
    offices.decide("dan", case)
    return case


@stage
def owner_has_left(offices: Offices) -> str:
    case = pilot_runs(offices)
    _roster(offices, lambda bob: people.end_role(bob, offices.signer("bob"), "ada", Role.OWNER))
    return case


@stage
def one_administrator_handed_it_over(offices: Offices) -> str:
    case = owner_has_left(offices)
    handing.hand_over(offices.installations["bob"], offices.signer("bob"), case, "finn", "She left.")
    offices.travel("bob", *EVERYBODY)
    return case


@stage
def asks_again_after_retirement(offices: Offices) -> str:
    return asking(offices, "scaled", is_retired(offices))


@stage
def asks_too_late(offices: Offices) -> str:
    """A pilot of thirty days; while it ran Ada asked for scaled use, and the offices come to that after four more months."""
    case = filed_everywhere(offices)
    given = offices.terms("dan", case)
    both_approve(offices, case, replace(given, expires=given.begins + timedelta(days=30)))
    asking(offices, "scaled", case)
    offices.clock.now += timedelta(days=150)
    return case


def _roster(offices: Offices, change: Callable[..., people.RosterChange]) -> None:
    made = change(offices.installations["bob"])
    offices.travel("bob", *EVERYBODY)
    people.endorse(offices.installations["finn"], offices.signer("finn"), made.roster)
    offices.travel("finn", *EVERYBODY)


def _condition(offices: Offices, case: str) -> str:
    found = offices.installations["ada"].state(case).in_force
    assert found is not None
    assert found.terms is not None
    return condition_of(found.terms.conditions[0]).id


# ------------------------------------------------------------------------------------------------- what people try
def _approves(
    name: str, changed: Callable[[Offices, Terms], Terms] = lambda _offices, given: given, reason: str = ""
) -> Callable[[Offices, str], object]:
    """Approve what is in question, with what this office changes of it."""

    def tries(offices: Offices, case: str) -> object:
        installation = offices.installations[name]
        given = changed(offices, reviewing.look(installation, case, name).proposal)
        return deciding.prepare(installation, name, case, Position.APPROVE, given=given, reason=reason)

    return tries


def _granting(**limits: Value) -> Callable[[Offices, Terms], Terms]:
    named = {name.replace("__", "."): value for name, value in limits.items()}
    return lambda _, given: replace(given, boundaries=given.boundaries.replaced(named))


def _wide(_: Offices, given: Terms) -> Terms:
    return replace(given, boundaries=given.boundaries.replaced(WIDE))


def _until_2046(_: Offices, given: Terms) -> Terms:
    return replace(given, expires=date(2046, 1, 1))


def _beginning(days: int, long: int = 30) -> Callable[[Offices, Terms], Terms]:
    def changed(offices: Offices, given: Terms) -> Terms:
        begins = offices.clock.now.date() + timedelta(days=days)
        return replace(given, begins=begins, expires=begins + timedelta(days=long))

    return changed


def _stage(granted: Stage) -> Callable[[Offices, Terms], Terms]:
    return lambda _, given: replace(given, stage=granted)


def _waiving(*what: str) -> Callable[[Offices, Terms], Terms]:
    return lambda _, given: replace(given, waivers=tuple(sorted(Waiver(item, "No need.") for item in what)))


def _without_conditions(_: Offices, given: Terms) -> Terms:
    return replace(given, conditions=())


def _waives_all(offices: Offices, case: str, *without: str, trained: bool = True) -> Terms:
    """The terms in question with everything waived that is missing, but for ``without``."""
    view = reviewing.look(offices.installations["dan"], case, "dan")
    given = view.proposal
    if trained:
        given = _granting(user_permissions__training_needed=False)(offices, given)
    missing = [what for what, _ in view.missing(given) if what not in without]
    return replace(given, waivers=tuple(sorted(Waiver(what, "It ran elsewhere.") for what in missing)))


def _scales(*without: str, trained: bool = True) -> Callable[[Offices, str], object]:
    """Approve scaled use and waive all that is missing, but for ``without``."""

    def tries(offices: Offices, case: str) -> object:
        given = _waives_all(offices, case, *without, trained=trained)
        dan = offices.installations["dan"]
        return deciding.prepare(dan, "dan", case, Position.APPROVE, given=given, reason="It ran elsewhere.")

    return tries


def _scales_after_pilot(
    changed: Callable[[Offices, str, Terms], Terms] = lambda _offices, _case, given: given,
) -> Callable[[Offices, str], object]:
    """Approve scaled use without the evidence it expects, which both may do without, and with what is ``changed``."""

    def tries(offices: Offices, case: str) -> object:
        view = reviewing.look(offices.installations["dan"], case, "dan")
        missing = [Waiver(what, "Seen.") for what, _ in view.missing(view.proposal) if what.startswith("evidence:")]
        given = replace(view.proposal, waivers=tuple(sorted(missing)))
        dan = offices.installations["dan"]
        return deciding.prepare(dan, "dan", case, Position.APPROVE, given=changed(offices, case, given))

    return tries


def _leaves_out(_: Offices, __: str, given: Terms) -> Terms:
    return replace(given, conditions=())


def _calls_confirmed(offices: Offices, case: str, given: Terms) -> Terms:
    return replace(given, conditions=(), confirmed=(_condition(offices, case),))


def _gives_up_law(offices: Offices, case: str, given: Terms) -> Terms:
    every = offices.installations["dan"].state(case).commitments
    law = next(item.commitment.id for item in every if item.commitment.law)
    return replace(given, waivers=tuple(sorted((*given.waivers, Waiver(waived(law), "No time.")))))


def _objects(name: str, position: Position, reason: str = "") -> Callable[[Offices, str], object]:
    def tries(offices: Offices, case: str) -> object:
        prepared = deciding.prepare(offices.installations[name], name, case, position, reason=reason)
        return prepared.outcome.code

    return tries


def _suspend(offices: Offices, case: str) -> None:
    suspending.suspend(offices.installations["dan"], offices.signer("dan"), case, "It leaked.")
    offices.travel("dan", *EVERYBODY)


def _lifts(name: str, *named: str, reason: str = "Mended.") -> Callable[[Offices, str], object]:
    return lambda offices, case: suspending.lift(offices.installations[name], offices.signer(name), case, reason, named)


def _retire(name: str, **left: str) -> Callable[[Offices, str], object]:
    return lambda offices, case: retiring.retire(
        offices.installations[name], offices.signer(name), case, "Replaced.", {**LEFT, **left}
    )


def _retires_unsaid(offices: Offices, case: str) -> object:
    return retiring.retire(offices.installations["ada"], offices.signer("ada"), case, "Replaced.", {"data": ""})


def _accepts(name: str) -> Callable[[Offices, str], object]:
    return lambda offices, case: accepting.accept(offices.installations[name], offices.signer(name), case)


def _answers(name: str, about: str, text: str = "Too few.") -> Callable[[Offices, str], object]:
    return lambda offices, case: accepting.answer(offices.installations[name], offices.signer(name), case, about, text)


def _reports(name: str) -> Callable[[Offices, str], object]:
    return lambda offices, case: committing.report(
        offices.installations[name], offices.signer(name), case, _condition(offices, case), "Done."
    )


def _confirms(name: str) -> Callable[[Offices, str], object]:
    return lambda offices, case: committing.confirm(
        offices.installations[name], offices.signer(name), case, _condition(offices, case)
    )


def _returns(name: str, reason: str) -> Callable[[Offices, str], object]:
    return lambda offices, case: committing.send_back(
        offices.installations[name], offices.signer(name), case, _condition(offices, case), reason
    )


def _confirms_own_work(offices: Offices, case: str) -> object:
    """The condition is for the CISO himself to meet."""
    given = replace(offices.terms("dan", case), conditions=(training(offices, "dan"),))
    both_approve(offices, case, given)
    offices.accept(case, *EVERYBODY)
    _reports("dan")(offices, case)
    return _confirms("dan")(offices, case)


def _hands(name: str, to: str) -> Callable[[Offices, str], object]:
    return lambda offices, case: handing.hand_over(
        offices.installations[name], offices.signer(name), case, to, "She left."
    )


def _takes(name: str) -> Callable[[Offices, str], object]:
    return lambda offices, case: handing.take_over(offices.installations[name], offices.signer(name), case)


def _files_again(name: str) -> Callable[[Offices, str], object]:
    def tries(offices: Offices, case: str) -> object:
        draft = filing.start(offices.installations[name], name, case=case)
        return filing.file(offices.installations[name], offices.signer(name), draft)

    return tries


def _acknowledges(name: str) -> Callable[[Offices, str], object]:
    return lambda offices, case: retiring.acknowledge(offices.installations[name], offices.signer(name), case)


def _gives_office(writer: str, to: str) -> Callable[[Offices, str], object]:
    return lambda offices, _: people.grant_role(offices.installations[writer], offices.signer(writer), to, Role.CIO)


# ---------------------------------------------------------------------------------------------- by changed programs
def _both_sign(given: Callable[[Offices, str], Terms], assessment: str = "") -> Callable[[Offices, str], object]:
    """Both offices sign with programs that ask no rule; gives why that counts for nothing."""

    def tries(offices: Offices, case: str) -> object:
        wanted = given(offices, case)
        made = [patched.approve(offices, name, case, wanted, assessment) for name in ("dan", "cleo")]
        for name in ("dan", "cleo"):
            offices.travel(name, *EVERYBODY)
        return _for_nothing(offices, case, *made)

    return tries


def _for_nothing(offices: Offices, case: str, *acts: str) -> str:
    """The one reason why none of these counts, as a third desk sees it."""
    state = offices.installations["bob"].state(case)
    (code,) = {reason.code for name in acts if (reason := state.event(name).judgement.reason) is not None}
    return code


def _patched_terms(changed: Callable[[Offices, Terms], Terms]) -> Callable[[Offices, str], Terms]:
    return lambda offices, case: changed(offices, reviewing.look(offices.installations["dan"], case, "dan").proposal)


def _called_minimal(offices: Offices, case: str) -> object:
    dan = offices.installations["dan"]
    current = dan.state(case).current
    assert current is not None
    given = _patched_terms(lambda _, asked: replace(_wide(_, asked), expires=asked.begins + timedelta(days=30)))
    return _both_sign(given, dan.judged(current).digest)(offices, case)  # type: ignore[union-attr]


def _prohibited(offices: Offices, _: str) -> object:
    answers = filled(CORE).filed().given("start.practices", Answer(("manipulate",)))
    case = patched.file(offices, answers)
    offices.travel("ada", *EVERYBODY)
    return _both_sign(_patched_terms(lambda _, asked: asked))(offices, case)


def _writes(name: str, body: Callable[[Offices, str], Body]) -> Callable[[Offices, str], object]:
    """Sign any act with a changed program; gives why it counts for nothing."""

    def tries(offices: Offices, case: str) -> object:
        content = body(offices, case)
        kind = {LiftBody: LIFT, ConfirmBody: CONFIRM, RetireBody: RETIRE}[type(content)]
        writer = ActWriter(offices.installations[name], offices.signer(name))
        made = writer.write(kind, content, case=case)
        writer.store()
        offices.travel(name, *EVERYBODY)
        return _for_nothing(offices, case, made.act.id)

    return tries


def _lift_of_all(office: Office) -> Callable[[Offices, str], Body]:
    return lambda offices, case: LiftBody(
        office, tuple(item.act for item in offices.installations["bob"].state(case).suspensions), "Mended."
    )


def _confirmation(office: Office) -> Callable[[Offices, str], Body]:
    def body(offices: Offices, case: str) -> Body:
        name = _condition(offices, case)
        item = committing.find(offices.installations["bob"].state(case), name)
        return ConfirmBody(office, name, item.reports[-1])

    return body


def _own_approval(offices: Offices, case: str) -> object:
    made = patched.approve(offices, "cleo", case)
    offices.travel("cleo", *EVERYBODY)
    return _for_nothing(offices, case, made)


# ------------------------------------------------------------------------------------- what changes nothing of it
def _approves_again(offices: Offices, case: str) -> object:
    """The CISO who objected approves the same terms once more; gives the phase that it is in then."""
    given = offices.installations["dan"].state(case).in_force
    assert given is not None
    offices.decide("dan", case, Position.DECLINE, reason="Look at the logs first.")
    offices.decide("dan", case, given=given.terms)
    offices.travel("dan", *EVERYBODY)
    return offices.installations["ada"].state(case).phase.value


def _comments(offices: Offices, case: str) -> object:
    """Gives whether the day by which the offices have to decide is the same after “Any news?”."""
    queries = offices.installations["ada"].register.queries
    before = queries.row(case)
    offices.clock.now += timedelta(days=19)
    deciding.comment(offices.installations["ada"], offices.signer("ada"), case, "Any news?")
    after = queries.row(case)
    assert before is not None
    assert after is not None
    return "the same day" if (before.since, before.clock) == (after.since, after.clock) else "another day"


def _verifies(offices: Offices, case: str) -> object:
    """Gives how the record stands of which the signatures hold."""
    bob = offices.installations["bob"]
    sealed = [event.body.record for event in bob.state(case).events if event.act.kind == "sealed"]  # type: ignore[union-attr]
    verdict = verifying.verify(bob, bob.register.queries.blob(sealed[-1].sha256) or b"")
    assert verdict.passed
    assert verdict.stands is not None
    return verdict.stands.stands.standing.value


def _terms_to_retire(offices: Offices, case: str) -> object:
    given = reviewing.look(offices.installations["dan"], case, "dan").proposal
    return terms(Stage.RETIRED, given.boundaries, (), given.begins, given.expires)


GRANTED = (
    Attempt("More users are allowed than were asked for, and nobody says why", "WiderWithoutReason",
            filed_everywhere, _approves("dan", _granting(user_permissions__max_users=500))),
    Attempt("Restricted data, acting alone, code and the open internet are allowed for a year", "GrantTooLong",
            filed_everywhere, _approves("dan", _wide, "They need it.")),
    Attempt("A permission holds until 2046", "GrantTooLong", filed_everywhere, _approves("dan", _until_2046)),
    Attempt("A permission begins in half a year", "FirstDayFarOff",
            filed_everywhere, _approves("dan", _beginning(180))),
    Attempt("A permission began half a year ago", "FirstDayFarOff",
            filed_everywhere, _approves("dan", _beginning(-180, 300))),
    Attempt("A permission began yesterday, before anybody had asked for it", "FirstDayUnasked",
            filed_everywhere, _approves("dan", _beginning(-1))),
    Attempt("A permission is over before it is signed", "TermsExpired",
            filed_everywhere, _approves("dan", _beginning(-20, 10))),
    Attempt("A condition is set that was due yesterday", "ConditionOver",
            filed_everywhere, _approves("dan", lambda offices, given: replace(given, conditions=(
                replace(training(offices), due=offices.clock.now.date() - timedelta(days=1)),)))),
    Attempt("An office approves without terms", "TermsMissing", filed_everywhere,
            lambda offices, case: deciding.prepare(offices.installations["dan"], "dan", case, Position.APPROVE)),
    Attempt("Both offices sign, with changed programs, that all this is minimal risk", "GrantJudgedOtherwise",
            filed_everywhere, _called_minimal, alone=True),
    Attempt("Both offices sign, with changed programs, a permission until 2046", "GrantTooLong",
            filed_everywhere, _both_sign(_patched_terms(_until_2046)), alone=True),
    Attempt("A use that the law prohibits is filed and approved with changed programs", "RevisionUnfiled",
            filed_everywhere, _prohibited, alone=True),
)  # fmt: skip

SCALED = (
    Attempt("Scaled use is approved without the evidence it expects", "GrantWithoutPapers",
            asked_for_scaled_use, _scales(*(f"evidence:{item.id}" for item in CORE.questions))),
    Attempt("Scaled use is approved though no pilot ever ran", "GateNoPilot", asked_for_scaled_use, _scales(PILOT)),
    Attempt("Scaled use is approved though its owner has not read what may go wrong", "TrainingMissing",
            asked_for_scaled_use, _scales(trained=False)),
    Attempt("Both do without a pilot that nobody asked them for", "NothingToWaive",
            filed_everywhere, _approves("dan", _waiving(PILOT))),
    Attempt("Both offices scale, with changed programs, what no pilot was run of", "GateNoPilot",
            asked_for_scaled_use, _both_sign(lambda offices, case: _waives_all(offices, case, PILOT)), alone=True),
    Attempt("Both offices scale, with changed programs, what lacks its evidence", "GrantWithoutPapers",
            asked_for_scaled_use, _both_sign(lambda offices, case: _waives_all(
                offices, case, *(f"evidence:{item.id}" for item in CORE.questions))), alone=True),
)  # fmt: skip

PROMISED = (
    Attempt("A pilot with an overdue condition is scaled up", "GateUnmet", outgrows_its_pilot, _scales_after_pilot()),
    Attempt("The new terms begin without the condition that was not met", "TermsLeaveOut",
            outgrows_its_pilot, _scales_after_pilot(_leaves_out)),
    Attempt("The new terms call a condition confirmed that nobody confirmed", "TermsCallConfirmed",
            outgrows_its_pilot, _scales_after_pilot(_calls_confirmed)),
    Attempt("Both give up what the law demands", "WaivesLaw", outgrows_its_pilot,
            _scales_after_pilot(_gives_up_law)),
    Attempt("Both offices drop the condition with changed programs", "TermsLeaveOut",
            outgrows_its_pilot, _both_sign(_patched_terms(lambda offices, given: _stage(Stage.PILOT)(
                offices, _without_conditions(offices, given)))), alone=True),
)  # fmt: skip

STOPPED = (
    Attempt("The office that suspended it lifts for the other one too", "NothingToLift", half_lifted, _lifts("dan")),
    Attempt("The office that objected approves the same terms again, to let it run", "suspended",
            pilot_runs, _approves_again, alone=True),
    Attempt("The owner suspends, which only an office does", "NotInOffice", pilot_runs,
            lambda offices, case: suspending.suspend(
                offices.installations["ada"], offices.signer("ada"), case, "Just in case.")),
    Attempt("The owner lifts the suspension", "NotInOffice", is_suspended, _lifts("ada")),
    Attempt("An office lifts a suspension that it has not seen", "NoSuchSuspension",
            is_suspended, _lifts("cleo", "0" * 64)),
    Attempt("An office lifts and says no reason", "ReasonMissing", is_suspended, _lifts("cleo", reason=" ")),
    Attempt("The owner lifts for the CIO with a changed program", "RoleNotHeld",
            is_suspended, _writes("ada", _lift_of_all(Office.CIO)), alone=True),
    Attempt("The CISO lifts for the CIO with a changed program", "RoleNotHeld",
            is_suspended, _writes("dan", _lift_of_all(Office.CIO)), alone=True),
)  # fmt: skip

SAID = (
    Attempt("A comment, “Any news?”, moves the day by which the offices decide", "the same day",
            filed_everywhere, _comments, alone=True),
    Attempt("A decline after the decision is called a decline, and not a suspension", "ObjectionSuspends",
            pilot_runs, _objects("dan", Position.DECLINE, "It leaked.")),
    Attempt("So is a request for changes", "ObjectionSuspends",
            pilot_runs, _objects("dan", Position.CHANGES, "It leaked.")),
    Attempt("An office declines and gives no reason", "ReasonMissing",
            filed_everywhere, _objects("dan", Position.DECLINE)),
    Attempt("An office asks for changes and gives no reason", "ReasonMissing",
            filed_everywhere, _objects("dan", Position.CHANGES)),
)  # fmt: skip

STANDS = (
    Attempt("The record of a suspended decision is shown as if it stood, for its signatures hold", "suspended",
            is_suspended, _verifies),
    Attempt("So is the record of a use that has been retired", "retired", is_retired, _verifies),
    Attempt("So is the record of a decision that its owner has not accepted", "awaits-acceptance",
            waits_for_the_owner, _verifies),
)  # fmt: skip

STAGES = (
    Attempt("An idea is asked for, and a pilot is granted", "LargerThanAsked",
            asked_for_an_idea, _approves("dan", _stage(Stage.PILOT))),
    Attempt("An idea is asked for, and scaled use is granted", "LargerThanAsked",
            asked_for_an_idea, _approves("dan", _stage(Stage.SCALED))),
    Attempt("A pilot is asked for, and scaled use is granted", "LargerThanAsked",
            filed_everywhere, _approves("dan", _stage(Stage.SCALED))),
    Attempt("While a pilot runs, scaled use is granted that nobody asked for", "LargerThanAsked",
            pilot_runs, _approves("dan", _stage(Stage.SCALED))),
    Attempt("From an idea to scaled use without a pilot", "GateNoPilot", asked_for_scaled_use, _scales(PILOT)),
    Attempt("From a pilot that ended more than ninety days before to scaled use", "GatePilotOver",
            asks_too_late, _scales(PILOT)),
    Attempt("From a retired use to scaled use without another pilot", "GateNoPilot",
            asks_again_after_retirement, _scales(PILOT)),
    Attempt("Both offices retire it by their terms, which only its owner does", "UnreadableTerms",
            filed_everywhere, _terms_to_retire),
    Attempt("A use is retired of which nothing was ever approved", "NothingToRetire",
            filed_everywhere, _retire("ada")),
    Attempt("A retired use is retired again", "AlreadyRetired", is_retired, _retire("ada")),
    Attempt("A retired use is approved without being filed again", "RetiredByOwner",
            is_retired, _approves("dan", _beginning(0))),
    Attempt("A use is retired, and nobody says what becomes of its access, model and contract", "LeftUnsaid",
            pilot_runs, _retires_unsaid),
)  # fmt: skip

APART = (
    Attempt("The owner approves her own use case", "NotInOffice", filed_everywhere, _approves("ada")),
    Attempt("An administrator approves in the place of an office", "NotInOffice", filed_everywhere, _approves("finn")),
    Attempt("The CIO approves her own use case", "NotIndependent", cios_own, _approves("cleo")),
    Attempt("The CIO approves what she filed in the name of another", "NotIndependent",
            filed_for_ada_by_the_cio, _approves("cleo")),
    Attempt("The CIO approves her own use case with a changed program", "SignerIsParty",
            cios_own, _own_approval, alone=True),
    Attempt("The CIO lifts what the CISO suspended of her own use case", "NotIndependent",
            cios_own_suspended, _lifts("cleo")),
    Attempt("The CIO lifts that with a changed program", "SignerIsParty",
            cios_own_suspended, _writes("cleo", _lift_of_all(Office.CIO)), alone=True),
    Attempt("One person who holds both offices signs for both", "AlreadyApproved",
            one_holds_both_offices, _approves("dan")),
    Attempt("An office accepts in the name of the owner", "NotYoursToAccept", waits_for_the_owner, _accepts("cleo")),
    Attempt("Who filed it for the owner accepts what was decided", "NothingToAccept", pilot_runs, _accepts("ada")),
    Attempt("An office that decided accepts as the owner’s successor", "OfficeCannotAccept",
            cio_succeeds_the_owner, _accepts("cleo")),
    Attempt("An office answers a point in the owner’s name", "NotYours",
            waits_for_the_owner, _answers("cleo", "1")),
    Attempt("The owner answers a point in which nothing was changed", "NoSuchPoint",
            waits_for_the_owner, _answers("ada", "data_access.regions")),
    Attempt("The owner answers a point with nothing", "CostMissing", waits_for_the_owner, _answers("ada", "1", " ")),
    Attempt("The owner confirms her own report", "NotInOffice", reported, _confirms("ada")),
    Attempt("The owner confirms her own report with a changed program", "RoleNotHeld",
            reported, _writes("ada", _confirmation(Office.CISO)), alone=True),
    Attempt("The CISO asks of himself what nobody else could confirm", "AloneMeetsAndConfirms",
            filed_everywhere, _confirms_own_work, alone=True),
    Attempt("The CIO confirms what the CISO asked for", "OtherOfficeAsked", reported, _confirms("cleo")),
    Attempt("The CIO confirms that with a changed program", "OfficeNotAsking",
            reported, _writes("cleo", _confirmation(Office.CIO)), alone=True),
    Attempt("The CIO sends back what the CISO asked for", "OtherOfficeAsked", reported, _returns("cleo", "No.")),
    Attempt("An office sends a report back and says not why", "ReasonMissing", reported, _returns("dan", " ")),
    Attempt("An office confirms what nobody reported", "NothingReported", pilot_runs, _confirms("dan")),
    Attempt("Somebody reports what another has to meet", "NotYoursToReport", pilot_runs, _reports("bob")),
    Attempt("An office retires the use for its owner", "NotYoursToRetire", pilot_runs, _retire("cleo")),
    Attempt("An office retires it with a changed program", "NotTheirCase", pilot_runs,
            _writes("cleo", lambda _, __: RetireBody("Replaced.", **LEFT)), alone=True),
    Attempt("The owner acknowledges her own retirement for an office", "OnlyOfficesAcknowledge",
            is_retired, _acknowledges("ada")),
    Attempt("An administrator gives away what has an owner", "NotYoursToHandOver", pilot_runs, _hands("bob", "finn")),
    Attempt("An administrator gives a use case to himself", "HandedToOneself", owner_has_left, _hands("bob", "bob")),
    Attempt("Somebody takes over what one administrator alone gave away", "NothingToTakeOver",
            one_administrator_handed_it_over, _takes("finn")),
    Attempt("Somebody takes over what nobody gave away", "NothingToTakeOver", pilot_runs, _takes("bob")),
    Attempt("Somebody else files it again", "NotYours", pilot_runs, _files_again("bob")),
    Attempt("Of two administrators one gives the other an office", "NobodyToEndorse",
            filed_everywhere, _gives_office("bob", "finn")),
    Attempt("Of two administrators one gives an office to himself", "NobodyToEndorse",
            filed_everywhere, _gives_office("bob", "bob")),
    Attempt("Who holds no administration gives himself an office", "NotAnAdministrator",
            filed_everywhere, _gives_office("dan", "dan")),
    Attempt("The same terms are approved once more, two months later", "AlreadyApproved", pilot_runs,
            lambda offices, case: _after(offices, 60, _approves("dan"), case), alone=True),
)  # fmt: skip


def _after(offices: Offices, days: int, tries: Callable[[Offices, str], object], case: str) -> object:
    offices.clock.now += timedelta(days=days)
    return tries(offices, case)


TABLE = {
    "(a) What is granted is what was judged": GRANTED,
    "(b) Nothing scales without the gate": SCALED,
    "(c) What was promised stays in sight": PROMISED,
    "(d) One office stops it, only both let it go on": STOPPED,
    "(e) Nobody is forgotten, and buttons say what they do": SAID,
    "(f) Standing beside validity": STANDS,
    "Every step between stages that is refused": STAGES,
    "Nobody signs on two sides": APART,
}
ATTEMPTS = tuple(row for rows in TABLE.values() for row in rows)

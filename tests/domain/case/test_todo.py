"""What needs somebody: each kind by a case of its own, whose it is, and when it goes away, as a table a board member could read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import resources
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.acknowledged import ACKNOWLEDGED, AcknowledgedBody
from intake.domain.acts.kinds.hand_over import HandsAs
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.asks import TodoKind
from intake.domain.case.commitment import condition_of
from intake.domain.case.phases import EXPIRED, Phase, phase_on
from intake.domain.case.status import status
from intake.domain.case.summary import CaseSummary, summarise
from intake.domain.case.todo import Todo, TodoReader, todos
from intake.domain.organisation.offices import against_moving
from intake.domain.organisation.roster import Person, Role
from intake.domain.terms.terms import Condition, Stage
from tests.domain.case.test_handing import ada_leaves
from tests.domain.case.test_horizon import follow
from tests.domain.case.test_next_act import (
    changes,
    conflict,
    costly,
    countersign,
    declined,
    differ,
    filed,
    retired,
    suspended,
    unaccepted,
    unsealed,
)
from tests.domain.world import PEOPLE, START, Site, organisation, person, terms

TODAY, EXPIRES = START.date(), terms().expires
OFFICES = {"cleo": "cio", "dan": "ciso"}
ADMINISTRATORS = ("bob", "finn")
EVERYBODY = tuple(item.id for item in PEOPLE)
CONDITION = date(2027, 2, 1)
TRAIN = Condition(CONDITION, "eve", "Train the users", "", "ciso")
LOGS = Condition(date(2027, 2, 10), "bob", "Keep the logs")
REPORT = date(2027, 2, 20)
"""The day by which the owner of a pilot until the end of June reports users and cost."""


@pytest.fixture
def site() -> Site:
    return organisation()


def decided(site: Site, *conditions: Condition, stage: Stage = Stage.PILOT) -> str:
    case = filed(site)
    given = replace(terms(stage=stage), conditions=tuple(sorted(conditions)))
    first = site.opinion("dan", Office.CISO, case, case, given=given)
    second = site.opinion("cleo", Office.CIO, case, case, given=given)
    site.seal("cleo", case, second, first)
    if site.state(case).acceptance.awaits:
        site.accept("ada", case)
    return case


def owed(site: Site) -> str:
    return decided(site, TRAIN, LOGS)


def reported(site: Site) -> str:
    case = owed(site)
    site.report("eve", case, condition_of(TRAIN).id)
    return case


def sent_back(site: Site) -> str:
    case = owed(site)
    site.send_back("dan", case, site.report("eve", case, condition_of(TRAIN).id))
    return case


def confirmed(site: Site) -> str:
    case = owed(site)
    site.confirm("dan", case, site.report("eve", case, condition_of(TRAIN).id))
    return case


def crowded(site: Site) -> str:
    case = decided(site)
    site.figures(case, 50)
    return case


def fitting(site: Site) -> str:
    case = decided(site)
    site.figures(case, 20)
    return case


def handed(site: Site) -> str:
    case = decided(site)
    site.hand_over("ada", case, "eve")
    return case


def alone(site: Site) -> str:
    """Its owner has no key any more."""
    case = decided(site)
    ada_leaves(site)
    return case


def half(site: Site) -> str:
    case = alone(site)
    site.hand_over("bob", case, "eve", HandsAs.ADMINISTRATOR)
    return case


def whole(site: Site) -> str:
    case = half(site)
    site.hand_over("finn", case, "eve", HandsAs.ADMINISTRATOR)
    return case


def taken(site: Site) -> str:
    case = handed(site)
    site.take_over("eve", case)
    return case


def accepted(site: Site) -> str:
    case = unaccepted(site)
    site.accept("ada", case)
    return case


def answered(site: Site) -> str:
    """Both offices have signed the same terms again, knowing what they cost."""
    case = costly(site)
    for speak in (site.ciso, site.cio):
        speak(case, users=5)
    return case


def lifted(site: Site) -> str:
    case = decided(site)
    site.suspend("dan", case)
    for who in ("dan", "cleo"):
        site.lift(who, case)
    return case


def acknowledged(site: Site) -> str:
    case = retired(site)
    retirement = site.state(case).closing.retirement
    for who, office in (("cleo", Office.CIO), ("dan", Office.CISO)):
        site.act(who, ACKNOWLEDGED.name, AcknowledgedBody(office, retirement).as_json(), case=case)
    return case


def ran(site: Site) -> str:
    """A pilot in which all that was due is confirmed, and whose owner reports."""
    case = confirmed(site)
    site.confirm("cleo", case, site.report("bob", case, condition_of(LOGS).id))
    return case


def scaled_soon(site: Site) -> str:
    """The same, and one report waits for an office."""
    case = confirmed(site)
    site.report("bob", case, condition_of(LOGS).id)
    return case


@dataclass(frozen=True)
class Assessed:
    tier: str = "high"
    lane: str = "joint"
    days: int = 10
    purpose: str = ""


def row(site: Site, case: str) -> CaseSummary:
    found = summarise(site.state(case), Assessed())
    assert found is not None
    return found


def needs(site: Site, case: str, who: str, day: date = TODAY, *seen: date) -> list[Todo]:
    return asked(site, row(site, case), who, day, *seen)


def asked(site: Site, listed: CaseSummary, who: str, day: date, *seen: date) -> list[Todo]:
    told = frozenset((listed.case, item) for item in seen)
    rosters, parties = [item.roster for item in site.history().in_force], listed.parties.split()
    why = against_moving(rosters, listed.turn, day, str.capitalize, unit=listed.unit, case=listed.case, parties=parties)
    who_looks = TodoReader(
        who, OFFICES.get(who, ""), day, told, who in ADMINISTRATORS, str.capitalize, {listed.case: why} if why else {}
    )
    return list(todos(listed, listed.asks, who_looks))


def roster_of(site: Site, *changed: Person) -> str:
    """Filed, and afterwards the roster says otherwise of these people; the CISO leaves his office."""
    case = filed(site)
    left = person("dan", Role.CISO, ends={Role.CISO: site.checkpoint().id})
    new = {item.id for item in (*changed, left)}
    follow(site, [*(item for item in PEOPLE if item.id not in new), *changed, left])
    return case


def in_both(site: Site) -> str:
    """One person alone is left in both offices."""
    return roster_of(site, person("cleo", Role.CIO, Role.CISO))


def owner_in_office(site: Site) -> str:
    """Who filed it took over the office of the CISO."""
    return roster_of(site, person("ada", Role.OWNER, Role.CISO))


def in_both_beside(site: Site) -> str:
    return roster_of(site, person("cleo", Role.CIO, Role.CISO), person("dora", Role.CISO))


def kinds(site: Site, case: str, who: str, day: date = TODAY, *seen: date) -> list[TodoKind]:
    return [item.kind for item in needs(site, case, who, day, *seen)]


Made = Callable[[Site], str]
DAY = timedelta(days=1)
MINE, THEIRS = "was yours to meet by 2027-02-01. It is overdue.", "is overdue: Eve was to meet it by 2027-02-01."
OVER = "Past its limits: 50 people use it (at most 20 may). "
HANDS = "Ada hands it over to you: “Moves on”. Once you accept, you answer for it, and decide on it no more."
NOBODY = "Nobody present answers for it. "
EXPIRING = "The approval ends on 2027-06-30. Nothing may run after that without a new one."
DECIDE = "It waits for the decision of your office since 2026-11-22, until 2026-12-04."
AGAIN = "Stop it now: the approval ended on 2027-06-30. To go on, file it again for both offices to sign."
ACCEPT = "Both offices decided otherwise than was filed. It holds once you accept it; or say what a boundary or a condition costs."
LATE = "Nobody has said for too long how many use it and what it has cost. It was due by 2027-02-20."
GATE = (
    "The pilot has run since 2026-11-22, what was due is confirmed and no report is late. You may ask for scaled use."
)
IN_BOTH = (
    "Cleo alone holds both offices for it, and it takes two people to decide, so it cannot go on: an administrator has to list "
    "somebody else for one of them."
)
ONLY_PARTIES = (
    "Only people who own or filed it hold the office of the CISO for it, and nobody decides on their own use case. It cannot go on "
    "until an administrator lists somebody else for this office."
)
TABLE: tuple[tuple[TodoKind, Made, date, str, str], ...] = (
    # what, how it came to be, on which day one looks, who has it, what is said to them
    (TodoKind.SUSPENDED, suspended, TODAY, "ada", "Stop it now: the CISO suspended it on 2026-11-22."),
    (TodoKind.EXPIRED, decided, EXPIRES + DAY, "ada", AGAIN),
    (TodoKind.OVERDUE, owed, CONDITION + DAY, "eve", f"“Train the users” {MINE}"),
    (TodoKind.OVERDUE, owed, CONDITION + DAY, "ada cleo dan", f"“Train the users” {THEIRS}"),
    (TodoKind.OVERDUE, sent_back, CONDITION + DAY, "ada cleo dan", f"“Train the users” {THEIRS}"),
    (TodoKind.PAST_LIMIT, crowded, TODAY, "ada", OVER + "Bring it back and report again, or file it again for a larger step."),
    (TodoKind.PAST_LIMIT, crowded, TODAY, "cleo dan", OVER + "Ada has to bring it back; an office can suspend it meanwhile."),
    (TodoKind.FIGURES_LATE, decided, REPORT + DAY, "ada", LATE),
    (TodoKind.LIFT, suspended, TODAY, "cleo dan", "It is suspended since 2026-11-22. Only both offices lift it; yours has not."),
    (TodoKind.TAKE_OVER, handed, TODAY, "eve", HANDS),
    (TodoKind.OWNERLESS, alone, TODAY, "bob finn", NOBODY + "You and a second administrator hand it over."),
    (TodoKind.OWNERLESS, alone, TODAY, "cleo dan", NOBODY + "Two administrators hand it over."),
    (TodoKind.OWNERLESS, whole, TODAY, "cleo dan", NOBODY + "Two administrators hand it over."),
    (TodoKind.NOBODY_DECIDES, in_both, TODAY, "bob finn",
     IN_BOTH),
    (TodoKind.NOBODY_DECIDES, owner_in_office, TODAY, "bob finn",
     ONLY_PARTIES),
    (TodoKind.SECOND_ADMINISTRATOR, half, TODAY, "finn", "Bob gives it to Eve: “Moves on”. It takes a second administrator."),
    (TodoKind.ACCEPT, unaccepted, TODAY, "ada", ACCEPT),
    (TodoKind.ACCEPT, answered, TODAY, "ada", ACCEPT),
    (TodoKind.ANSWER_OWNER, costly, TODAY, "cleo dan",
     "Ada has said what your terms cost. Sign the same terms again, or propose others."),
    (TodoKind.DECIDE, filed, TODAY, "cleo dan", DECIDE),
    (TodoKind.DECIDE, countersign, TODAY, "cleo", DECIDE),
    (TodoKind.SIGNATURE, unsealed, TODAY, "one office", "It is decided. Only your signature is missing on the record."),
    (TodoKind.CHANGES, changes, TODAY, "ada", "An office asked you on 2026-11-22 to change it. Answer by filing it again."),
    (TodoKind.CONFLICT, conflict, TODAY, "ada", "Two revisions were filed apart from each other. File again to join them."),
    (TodoKind.SENT_BACK, sent_back, CONDITION, "eve",
     "Your report on “Train the users” was sent back: “Not shown”. Report it again once that is settled."),
    (TodoKind.CONFIRM, reported, TODAY, "dan",
     "Eve reports that “Train the users” is met. Confirm it, or send it back with a reason."),
    (TodoKind.CONFIRM, scaled_soon, TODAY, "cleo dan",
     "Bob reports that “Keep the logs” is met. Confirm it, or send it back with a reason."),
    (TodoKind.EXPIRING_SOON, decided, EXPIRES - 7 * DAY, "ada", EXPIRING),
    (TodoKind.EXPIRING, decided, EXPIRES - 30 * DAY, "ada", EXPIRING),
    (TodoKind.DUE, owed, CONDITION - 30 * DAY, "eve", "“Train the users” is yours to meet, by 2027-02-01."),
    (TodoKind.DUE, owed, CONDITION + DAY, "bob", "“Keep the logs” is yours to meet, by 2027-02-10."),
    (TodoKind.FIGURES, decided, REPORT - 14 * DAY, "ada", "Say how many people use it and what it has cost, by 2027-02-20."),
    (TodoKind.ACKNOWLEDGE, retired, TODAY, "cleo dan",
     "It was retired. Read what becomes of its data, access, model and contract."),
    (TodoKind.DECIDED, decided, TODAY + 30 * DAY, "ada", "Both offices decided on 2026-11-22. Look at the terms before you begin."),
    (TodoKind.GATE_READY, ran, TODAY + 30 * DAY, "ada", GATE),
)  # fmt: skip

ALMOST: tuple[tuple[TodoKind, Made, date], ...] = (
    (TodoKind.SUSPENDED, lifted, TODAY),
    (TodoKind.SUSPENDED, retired, TODAY + 90 * DAY),
    (TodoKind.EXPIRED, decided, EXPIRES),
    (TodoKind.OVERDUE, owed, CONDITION),
    (TodoKind.OVERDUE, reported, CONDITION + DAY),
    (TodoKind.PAST_LIMIT, fitting, TODAY),
    (TodoKind.FIGURES_LATE, decided, REPORT),
    (TodoKind.FIGURES_LATE, fitting, REPORT - DAY),
    (TodoKind.LIFT, lifted, TODAY),
    (TodoKind.TAKE_OVER, half, TODAY),
    (TodoKind.TAKE_OVER, taken, TODAY),
    (TodoKind.OWNERLESS, handed, TODAY),
    (TodoKind.NOBODY_DECIDES, filed, TODAY),
    (TodoKind.NOBODY_DECIDES, decided, TODAY),
    (TodoKind.NOBODY_DECIDES, in_both_beside, TODAY),
    (TodoKind.SECOND_ADMINISTRATOR, alone, TODAY),
    (TodoKind.SECOND_ADMINISTRATOR, whole, TODAY),
    (TodoKind.ACCEPT, accepted, TODAY),
    (TodoKind.ACCEPT, costly, TODAY),
    (TodoKind.ANSWER_OWNER, unaccepted, TODAY),
    (TodoKind.ANSWER_OWNER, answered, TODAY),
    (TodoKind.DECIDE, decided, TODAY),
    (TodoKind.DECIDE, unsealed, TODAY),
    (TodoKind.SIGNATURE, decided, TODAY),
    (TodoKind.CHANGES, declined, TODAY),
    (TodoKind.CONFLICT, filed, TODAY),
    (TodoKind.SENT_BACK, reported, TODAY),
    (TodoKind.CONFIRM, sent_back, TODAY),
    (TodoKind.CONFIRM, confirmed, TODAY),
    (TodoKind.EXPIRING_SOON, decided, EXPIRES - 8 * DAY),
    (TodoKind.EXPIRING, decided, EXPIRES - 31 * DAY),
    (TodoKind.DUE, owed, CONDITION - 31 * DAY),
    (TodoKind.DUE, sent_back, CONDITION - 30 * DAY),
    (TodoKind.FIGURES, decided, REPORT - 15 * DAY),
    (TodoKind.FIGURES, fitting, REPORT - 15 * DAY),
    (TodoKind.ACKNOWLEDGE, acknowledged, TODAY),
    (TodoKind.DECIDED, decided, TODAY + 31 * DAY),
    (TodoKind.GATE_READY, ran, TODAY + 29 * DAY),
    (TodoKind.GATE_READY, ran, REPORT + DAY),
    (TodoKind.GATE_READY, ran, EXPIRES - 30 * DAY),
    (TodoKind.GATE_READY, owed, CONDITION),
    (TodoKind.GATE_READY, scaled_soon, CONDITION + 9 * DAY),
    (TodoKind.GATE_READY, crowded, TODAY + 30 * DAY),
)


def test_the_tables_have_every_kind() -> None:
    assert {kind for kind, *_ in TABLE} == {kind for kind, *_ in ALMOST} == set(TodoKind)


@pytest.mark.parametrize(
    ("kind", "made", "day", "people", "said"),
    TABLE,
    ids=[f"{kind.value} {made.__name__} {who}" for kind, made, _, who, _ in TABLE],
)
def test_each_kind_is_told_to_those_whose_it_is(
    site: Site, kind: TodoKind, made: Made, day: date, people: str, said: str
) -> None:
    case = made(site)

    listed = row(site, case)

    every = {who: item for who in EVERYBODY for item in asked(site, listed, who, day) if item.kind is kind}
    found = {who: item for who, item in every.items() if words(item.said) == said}

    if people == "one office":
        assert len(every) == len(found) == 1, "of the two offices the one whose signature the copy lacks"
    else:
        assert sorted(found) == people.split()
    told = {who for other, how, on, names, _ in TABLE if (other, how, on) == (kind, made, day) for who in names.split()}
    assert people == "one office" or kind is TodoKind.OVERDUE or set(every) == told, "nobody else"
    assert {item.case for item in found.values()} == {case}
    assert all(item.since <= day for item in found.values()), "it is on the list from the day it says"


@pytest.mark.parametrize(
    ("kind", "made", "day"), ALMOST, ids=[f"{kind.value} {made.__name__} {day}" for kind, made, day in ALMOST]
)
def test_what_almost_is_so_is_told_to_nobody(site: Site, kind: TodoKind, made: Made, day: date) -> None:
    listed = row(site, made(site))

    assert [who for who in EVERYBODY for item in asked(site, listed, who, day) if item.kind is kind] == []


def test_a_decision_is_news_until_its_owner_has_looked_at_it_and_a_later_one_is_news_again(site: Site) -> None:
    case = decided(site)
    assert [item.kind for item in needs(site, case, "ada")] == [TodoKind.DECIDED]
    assert needs(site, case, "ada", TODAY, TODAY) == []
    assert [item.kind for item in needs(site, case, "ada", TODAY, TODAY - timedelta(1))] == [TodoKind.DECIDED]


def test_a_refusal_is_news_as_well(site: Site) -> None:
    (item,) = needs(site, declined(site), "ada")

    assert words(item.said) == (
        "It was declined on 2026-11-22. The reason is on its page; you may change it and file again."
    )


def test_what_was_filed_again_does_not_ask_to_be_filed_again(site: Site) -> None:
    case = decided(site)
    site.clock = START + timedelta(days=200)
    site.revision(case=case)

    assert kinds(site, case, "ada", EXPIRES - timedelta(3)) == [TodoKind.FIGURES_LATE]
    assert [item.kind for item in needs(site, case, "ada", EXPIRES + timedelta(3))] == [TodoKind.EXPIRED]


def test_an_idea_that_ends_is_told_and_nothing_has_to_be_stopped(site: Site) -> None:
    case = decided(site, stage=Stage.IDEA)

    (item,) = needs(site, case, "ada", EXPIRES + timedelta(1))

    assert words(item.said) == "The approval ended on 2027-06-30. To go on, file it again for both offices to sign."


def test_whose_turn_it_is_not_and_who_only_reads_has_nothing_to_do(site: Site) -> None:
    assert needs(site, countersign(site), "dan") == []
    assert needs(site, differ(site), "cleo") == []
    for who in ("bob", "eve"):
        assert needs(site, filed(site), who) == []


def test_what_presses_most_comes_first(site: Site) -> None:
    case = owed(site)
    found = needs(site, case, "ada", REPORT + DAY)

    assert [item.kind for item in found] == [TodoKind.OVERDUE, TodoKind.OVERDUE, TodoKind.FIGURES_LATE]
    assert found == sorted(found, key=lambda item: item.place)


def test_what_two_administrators_hand_over_waits_for_the_successor_and_for_nobody_else(site: Site) -> None:
    case = whole(site)

    assert kinds(site, case, "eve") == [TodoKind.TAKE_OVER]
    assert [kinds(site, case, who) for who in ADMINISTRATORS] == [[], []]
    assert kinds(site, case, "cleo") == kinds(site, case, "dan") == [TodoKind.OWNERLESS]


def test_somebody_asked_as_two_is_asked_once(site: Site) -> None:
    case = decided(site, replace(TRAIN, owner="ada"))

    assert kinds(site, case, "ada", CONDITION + DAY) == [TodoKind.OVERDUE]


def test_an_office_that_has_to_meet_something_itself_confirms_nothing_of_it(site: Site) -> None:
    case = decided(site, replace(TRAIN, owner="dan"))
    site.report("dan", case, condition_of(replace(TRAIN, owner="dan")).id)

    assert kinds(site, case, "dan") == kinds(site, case, "cleo") == []


def test_what_suspends_beside_a_decline_waits_for_both_offices(site: Site) -> None:
    case = decided(site)
    site.suspend("dan", case)
    second = site.revision(case=case).id
    site.cio(case, second, Position.DECLINE)

    state = site.state(case)
    found = row(site, case)

    assert (state.phase, state.turn, found.turn, found.since) == (
        Phase.DECLINED, ("cio", "ciso"), ("cio", "ciso"), TODAY,
    )  # fmt: skip
    assert TodoKind.LIFT in kinds(site, case, "cleo")
    assert TodoKind.LIFT in kinds(site, case, "dan")
    site.lift("dan", case)
    assert site.state(case).turn == ("cio",)
    assert TodoKind.LIFT not in kinds(site, case, "dan")
    site.lift("cleo", case)
    assert site.state(case).turn == ()


def test_while_a_new_revision_is_looked_at_what_suspends_is_still_to_be_lifted(site: Site) -> None:
    case = decided(site)
    site.suspend("dan", case)
    site.revision(case=case)

    assert kinds(site, case, "cleo") == [TodoKind.LIFT, TodoKind.DECIDE]


def test_what_went_on_while_the_owner_did_not_accept_ends_with_the_way_back(site: Site) -> None:
    case = decided(site)
    second = site.revision(case=case).id
    site.ciso(case, second, users=5)
    site.cio(case, second, users=5)
    until = site.state(case).acceptance.until

    assert TodoKind.EXPIRED not in kinds(site, case, "ada", until)
    found = needs(site, case, "ada", until + DAY)

    assert [item.kind for item in found] == [TodoKind.EXPIRED, TodoKind.ACCEPT]
    assert words(found[0].said) == (
        "Stop it now: the owner has not accepted what both offices decided since. "
        "It may run again when the owner has accepted what both offices decided."
    )
    assert phase_on(row(site, case), until + DAY) == EXPIRED


def test_what_was_promised_goes_on_while_it_is_suspended(site: Site) -> None:
    """Who could suspend what is overdue out of sight would be rid of it."""
    case = owed(site)
    before = kinds(site, case, "eve", EXPIRES), kinds(site, case, "dan", EXPIRES)
    site.suspend("dan", case)

    state = site.state(case)
    assert TodoKind.OVERDUE in before[0]
    assert TodoKind.OVERDUE in kinds(site, case, "eve", EXPIRES)
    assert TodoKind.OVERDUE in kinds(site, case, "dan", EXPIRES)
    assert len(status(state, EXPIRES).overdue) == 2
    listed = row(site, case)
    assert (listed.due, listed.due_of, listed.expires) == (state.commitments[0].commitment.due, "eve", None)
    assert kinds(site, case, "eve", EXPIRES + DAY) == []


def test_what_a_retired_use_had_promised_is_over(site: Site) -> None:
    case = owed(site)
    site.retire("ada", case)

    assert TodoKind.OVERDUE not in kinds(site, case, "eve", EXPIRES)
    assert status(site.state(case), EXPIRES).overdue == ()


def test_nobody_is_asked_to_meet_what_has_ended(site: Site) -> None:
    case = owed(site)

    assert TodoKind.OVERDUE in kinds(site, case, "eve", EXPIRES)
    assert kinds(site, case, "eve", EXPIRES + DAY) == []
    assert kinds(site, case, "dan", EXPIRES + DAY) == []


def test_the_help_has_a_row_for_every_kind_and_for_no_other() -> None:
    page = (Path(resources.__file__).parent / "help" / "what-needs-you.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]

    named = [name.strip(" `") for row in rows for name in row.split(",")]
    assert [name for name in named if name != "kind"] == [kind.value for kind in TodoKind]


def test_a_case_is_nobodys_since_the_roster_or_the_act_that_left_it_so(site: Site) -> None:
    case = decided(site)
    site.clock += timedelta(days=5)
    ada_leaves(site)
    site.clock += timedelta(days=5)
    follow(site, site.history().newest.people)

    (item,) = needs(site, case, "cleo", TODAY + 20 * DAY)

    assert (item.kind, item.since) == (TodoKind.OWNERLESS, TODAY + 5 * DAY)


def test_what_was_given_to_two_apart_is_nobodys_since_the_later_took_it(site: Site) -> None:
    case = decided(site)
    away = site.fork("away")
    site.hand_over("ada", case, "eve")
    site.take_over("eve", case)
    away.hand_over("ada", case, "finn", stream="7" * 32)
    away.clock += timedelta(days=3)
    away.take_over("finn", case)
    site.take(away)

    (item,) = needs(site, case, "cleo", TODAY + 20 * DAY)

    assert (item.kind, item.since) == (TodoKind.OWNERLESS, TODAY + 3 * DAY)


def test_who_filed_it_for_somebody_else_is_not_asked_for_the_opinion_of_their_office(site: Site) -> None:
    case = site.revision("dan", owner="ada").id

    assert kinds(site, case, "dan") == []
    assert kinds(site, case, "cleo") == [TodoKind.DECIDE]
    assert kinds(site, case, "bob") == [TodoKind.NOBODY_DECIDES]

"""Two programs on one home at the same moment: what one stores first, the other does not know, so it stores nothing.

One of the two is stopped between signing and storing, and the other does its work there; at the end are real processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import resources
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.refusals import Refusal
from intake.domain.organisation.roster import Role
from intake.register.refusals import NoSuchDraft, OrganisationFixed
from intake.register.register import Register
from intake.services.deciding import deciding, recording
from intake.services.filing import filing
from intake.services.filing.filing import DraftMoved
from intake.services.installation.act_writer import ActWriter, CaseMoved, OrganisationMoved, SameActStored
from intake.services.installation.installation import Installation
from intake.services.installation.workspace import Workspace, open_installation
from intake.services.lists import cases, drafts
from intake.services.organisation import literacy, people
from tests.filled import filled
from tests.services.offices import ROLES, Offices, fill
from tests.services.test_seals import apart


@dataclass
class Pair:
    """Two installations on the home of one person: this one and the ``other`` of another process."""

    offices: Offices
    name: str
    other: Installation

    @property
    def installation(self) -> Installation:
        return self.offices.installations[self.name]

    def act_on_the_other(self, what: Callable[[Offices], object]) -> None:
        what(replace(self.offices, installations={**self.offices.installations, self.name: self.other}))


@pytest.fixture
def pair_of(offices: Offices) -> Iterator[Callable[[str], Pair]]:
    opened: list[Installation] = []

    def make(name: str) -> Pair:
        other = open_installation(Workspace(offices.root / name), resources.read, resources.names, clock=offices.clock)
        opened.append(other)
        return Pair(offices, name, other)

    yield make
    for installation in opened:
        installation.register.close()


def stored(register: Register) -> list[object]:
    """Every row of the register but the numbers given out, which only ever go up."""
    with register._database.read() as connection:
        tables = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows: list[object] = []
        for table in sorted(set(tables) - {"stream_mark"}):
            found = connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
            rows.append((table, sorted(map(repr, (row for row in found if row[0] != "count")))))
        return rows


def interrupted(pair: Pair, monkeypatch: pytest.MonkeyPatch, theirs: Callable[[Offices], object]) -> list[object]:
    """Have the other installation do ``theirs`` when this one stores next; gives what is stored then, once it has happened."""
    real, before = ActWriter.store, list[object]()
    waiting = [theirs]

    def store(writer: ActWriter, *args: object, **named: object) -> object:
        if waiting:
            pair.act_on_the_other(waiting.pop())
            before.extend(stored(pair.installation.register))
        return real(writer, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(ActWriter, "store", store)
    return before


def meanwhile(
    pair: Pair,
    monkeypatch: pytest.MonkeyPatch,
    mine: Callable[[Offices], object],
    theirs: Callable[[Offices], object],
    refusal: type[Refusal],
) -> None:
    """What this installation has signed is refused, and leaves nothing, when the other stores between signing and storing."""
    before = interrupted(pair, monkeypatch, theirs)
    with pytest.raises(refusal):
        mine(pair.offices)

    assert before
    assert stored(pair.installation.register) == before
    assert pair.installation.register.rebuild(check=True).identical


def comments(name: str, case: str) -> Callable[[Offices], object]:
    return lambda at: deciding.comment(at.installations[name], at.signer(name), case, "Meanwhile.")


_Step = Callable[[Offices, str], object]


def _approve(at: Offices, case: str) -> object:
    return at.decide("dan", case)


def _decline(at: Offices, case: str) -> object:
    return at.decide("dan", case, Position.DECLINE, reason="No.")


def _withdraw(at: Offices, case: str) -> object:
    return filing.withdraw(at.installations["ada"], at.signer("ada"), case, "Not wanted.")


def _revise(at: Offices, case: str) -> object:
    return at.file("ada", case)


def _comment_of(name: str) -> _Step:
    return lambda at, case: comments(name, case)(at)


_OF_A_CASE: dict[str, tuple[str, _Step, _Step]] = {
    "two approvals": ("dan", _approve, _approve),
    "an approval and a comment": ("dan", _approve, _comment_of("dan")),
    "an approval and an objection": ("dan", _approve, _decline),
    "an objection and an approval": ("dan", _decline, _approve),
    "two withdrawals": ("ada", _withdraw, _withdraw),
    "a withdrawal and a comment": ("ada", _withdraw, _comment_of("ada")),
    "a revision and a withdrawal": ("ada", _revise, _withdraw),
    "two revisions": ("ada", _revise, _revise),
}
_OF_EACH_SIGNER = ("an approval and an objection", "an objection and an approval", "a revision and a withdrawal")
"""Of an office and of an owner, in both orders; the others are the same step of the program."""


@pytest.mark.attack("two programs on one home sign for a use case at once", refusal="CaseMoved: one of them stores")
@pytest.mark.parametrize(
    "which",
    [pytest.param(name, marks=() if name in _OF_EACH_SIGNER else pytest.mark.exhaustive) for name in _OF_A_CASE],
)
def test_what_was_signed_beside_another_act_of_the_case_is_not_stored(
    offices: Offices, pair_of: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    name, mine, theirs = _OF_A_CASE[which]
    case = offices.file()
    offices.travel("ada", "dan")
    pair = pair_of(name)

    meanwhile(
        pair,
        monkeypatch,
        lambda at: mine(at, case),
        lambda at: theirs(at, case),
        CaseMoved,
    )

    state = pair.installation.state(case)
    assert state.forks == ()
    assert len({event.act.seq for event in state.events if event.act.person == name}) == sum(
        event.act.person == name for event in state.events
    )


@pytest.mark.attack("an exchange brings an objection while an approval is being signed", refusal="CaseMoved")
@pytest.mark.exhaustive
def test_an_act_of_others_that_comes_between_signing_and_storing_refuses_what_has_not_seen_it(
    offices: Offices, pair_of: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = offices.file()
    offices.travel("ada", "dan", "cleo")
    offices.decide("cleo", case, Position.DECLINE, reason="No.")

    meanwhile(
        pair_of("dan"), monkeypatch, lambda at: at.decide("dan", case), lambda at: at.travel("cleo", "dan"), CaseMoved
    )


@pytest.mark.exhaustive
def test_a_record_that_is_completed_twice_at_once_is_sealed_once(
    offices: Offices, pair_of: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = apart(offices)
    (turn,) = offices.installations["dan"].state(case).turn
    name = "cleo" if turn == "cio" else "dan"

    def complete(at: Offices) -> object:
        return recording.complete(at.installations[name], at.signer(name), case)

    meanwhile(pair_of(name), monkeypatch, complete, complete, CaseMoved)


def test_a_comment_is_signed_again_behind_what_came_first(
    offices: Offices, pair_of: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = offices.file()
    pair = pair_of("ada")
    interrupted(pair, monkeypatch, comments("ada", case))

    made = deciding.comment(pair.installation, offices.signer("ada"), case, "Mine.")

    state = pair.installation.state(case)
    assert state.forks == ()
    assert [event.act.seq for event in state.events] == [1, 3, 4]  # the number of the first attempt stays unused
    assert state.event(made.act.id).act.prev == state.events[1].act.id


@pytest.mark.attack("one draft filed by two programs at once", refusal="NoSuchDraft: one use case")
def test_a_draft_is_filed_once(
    offices: Offices, pair_of: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = pair_of("ada")
    draft = filing.start(pair.installation, "ada")
    fill(pair.installation, draft, filled(pair.installation.shelf.current))

    def file(at: Offices) -> object:
        return filing.file(at.installations["ada"], at.signer("ada"), draft)

    meanwhile(pair, monkeypatch, file, file, NoSuchDraft)

    assert pair.installation.register.queries.counts().total == 1


def test_the_same_answers_filed_twice_in_one_second_are_refused_for_what_they_are(offices: Offices) -> None:
    now = offices.clock.now
    first = offices.file()
    offices.clock.now = now

    with pytest.raises(SameActStored):
        offices.file()

    ada = offices.installations["ada"]
    assert [row.case for row in cases.page(ada).rows] == [first]
    assert len(drafts.listed(ada)) == 1
    assert offices.file() != first


def test_a_draft_that_was_changed_while_it_was_signed_stays_a_draft(
    offices: Offices, pair_of: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = pair_of("ada")
    draft = filing.start(pair.installation, "ada")
    fill(pair.installation, draft, filled(pair.installation.shelf.current))

    meanwhile(
        pair,
        monkeypatch,
        lambda at: filing.file(at.installations["ada"], at.signer("ada"), draft),
        lambda at: at.installations["ada"].register.drafts.rename(draft, "Another"),
        DraftMoved,
    )

    assert pair.installation.register.queries.counts().total == 0


def _enrol(at: Offices) -> object:
    return people.enrol(at.installations["bob"], at.signer("bob"), name="Bob", unit="Finance")


def _checkpoint(at: Offices) -> object:
    return people.checkpoint(at.installations["bob"], at.signer("bob"))


def _train(at: Offices) -> object:
    installation = at.installations["bob"]
    return literacy.acknowledge(installation, at.signer("bob"), [literacy.chapters(installation)[0].id])


def _grant(at: Offices) -> object:
    return people.grant_role(at.installations["bob"], at.signer("bob"), "cleo", Role.RECORDS)


def _end(at: Offices) -> object:
    return people.end_role(at.installations["bob"], at.signer("bob"), "cleo", Role.CIO)


_OF_THE_ORGANISATION = {item.__name__[1:]: item for item in (_enrol, _checkpoint, _train, _grant, _end)}


@pytest.mark.attack("two programs on one home sign for the organisation at once", refusal="OrganisationMoved")
@pytest.mark.parametrize("mine", _OF_THE_ORGANISATION)
def test_acts_of_the_organisation_take_one_place_each(
    offices: Offices, pair_of: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch, mine: str
) -> None:
    meanwhile(pair_of("bob"), monkeypatch, _OF_THE_ORGANISATION[mine], _checkpoint, OrganisationMoved)


def test_a_roster_is_endorsed_once(
    offices: Offices, pair_of: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    change = people.grant_role(offices.installations["bob"], offices.signer("bob"), "cleo", Role.RECORDS)
    offices.travel("bob", "finn")

    def endorse(at: Offices) -> object:
        return people.endorse(at.installations["finn"], at.signer("finn"), change.roster)

    meanwhile(pair_of("finn"), monkeypatch, endorse, endorse, OrganisationMoved)


@pytest.mark.attack("a roster comes into force while its successor is being signed", refusal="OrganisationMoved")
def test_a_version_is_not_written_beside_one_that_came_into_force(
    offices: Offices, pair_of: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    change = people.grant_role(offices.installations["finn"], offices.signer("finn"), "cleo", Role.RECORDS)
    offices.travel("finn", "bob")
    assert not change.in_force
    other_bob = offices.installations["bob"]
    people.endorse(other_bob, offices.signer("bob"), change.roster)
    pair = pair_of("finn")

    meanwhile(
        pair,
        monkeypatch,
        lambda at: people.grant_role(at.installations["finn"], at.signer("finn"), "dan", Role.RECORDS),
        lambda at: at.travel("bob", "finn"),
        OrganisationMoved,
    )

    assert not pair.installation.rosters.rivals


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Offices]:
    """Bob and Finn ask to be listed; nothing is founded, and Bob has both enrolments."""
    made = Offices(tmp_path)
    made.open("bob", "finn")
    for name, installation in made.installations.items():
        act = people.enrol(installation, made.signer(name), name=name.title(), unit="Finance")
        if name != "bob":
            made.installations["bob"].register.append([act])
    yield made
    made.close()


def found_by(name: str) -> Callable[[Offices], object]:
    """Found the organisation on Bob's home with the key of ``name``."""

    def found(at: Offices) -> object:
        listed = [(item.act, ROLES[item.person]) for item in people.enrolments(at.installations["bob"])]
        return people.found_organisation(at.installations["bob"], at.signer(name), "Works", listed)

    return found


@pytest.mark.attack("an organisation founded by two programs at once", refusal="OrganisationMoved: one organisation")
@pytest.mark.parametrize(("name", "refusal"), [("bob", OrganisationMoved), ("finn", OrganisationFixed)])
def test_one_organisation_is_founded(
    asked: Offices, monkeypatch: pytest.MonkeyPatch, name: str, refusal: type[Refusal]
) -> None:
    other = open_installation(Workspace(asked.root / "bob"), resources.read, resources.names, clock=asked.clock)

    meanwhile(Pair(asked, "bob", other), monkeypatch, found_by("bob"), found_by(name), refusal)

    (pending,) = asked.installations["bob"].rosters.pending
    assert pending.listed.id == asked.installations["bob"].register.org
    other.register.close()


def test_an_organisation_whose_roster_is_not_stored_is_not_joined(
    asked: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("intake.register.storing.store_acts", stop)
    with pytest.raises(KeyboardInterrupt):
        found_by("bob")(asked)

    assert asked.installations["bob"].register.org == ""

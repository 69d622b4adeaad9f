"""What somebody keeps back below an act that others have seen is not what they had seen: it comes too late, for a checkpoint."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ROSTER, Office
from intake.domain.base import canonical
from intake.domain.case.phases import Phase
from intake.domain.organisation.roster import Grant, People, Period, Person, Role
from tests.domain.case.histories import CAST, ended
from tests.domain.world import SINCE, Site, certificate, person, roster, terms

FOUNDERS = ("bob", "finn", "gita")


def staff() -> list[Person]:
    """Three administrators, who keeps records, an owner and both offices; Eve has no role."""
    return [
        person("ada", Role.OWNER),
        *(person(name, Role.ADMINISTRATOR) for name in FOUNDERS),
        person("rita", Role.RECORDS),
        person("cleo", Role.CIO),
        person("dan", Role.CISO),
        person("eve"),
    ]


def with_role(people: list[Person], who: str, role: Role) -> list[Person]:
    grant = Grant(role, "", False, Period(SINCE, None, ""))
    return [replace(item, grants=(*item.grants, grant)) if item.id == who else item for item in people]


def ending(people: list[Person], end: str, *names: str) -> list[Person]:
    return [ended(item, Role.ADMINISTRATOR, end, key=True) if item.id in names else item for item in people]


def founded() -> tuple[Site, str]:
    site = Site("office")
    site.publish(roster(staff()), *FOUNDERS)
    case = site.revision("ada").id
    site.ciso(case)
    site.cio(case)
    assert site.state(case).phase is Phase.DECIDED
    return site, case


def note_above(site: Site, hidden: Site, who: str, below: Act) -> None:
    """``who`` publishes a note that follows, in the same stream, what they keep back."""
    note = hidden.act(who, "note-x", {}, case="")
    assert note.prev == below.id
    site.acts[note.id] = note


def chain_goes_on(site: Site, people: list[Person], *administrators: str) -> list[str]:
    """Versions 2 and 3, each covered by a checkpoint of the records team."""
    made = []
    for version in (2, 3):
        document = roster(people, version=version, previous=(site.roster,))
        made.append(site.publish(document, *administrators, author=administrators[0]).id)
        site.checkpoint("rita")
    assert not site.history().uncovered
    return made


@pytest.mark.attack(
    "a rival roster kept back below what a checkpoint lists", refusal="the covered chain stands, the rival is late"
)
@pytest.mark.parametrize("published", [True, False])
def test_former_administrators_do_not_replace_what_was_covered(*, published: bool) -> None:
    site, case = founded()
    hidden = site.fork("office")
    people = with_role(staff(), "eve", Role.CIO)
    rival = hidden.act(
        "bob", ROSTER.name, hidden.body(roster(people, version=2, previous=(site.roster,))), roster="", org=site.org
    )
    kept = {who: hidden.endorse(who, rival) for who in ("bob", "finn")}
    if published:
        for who, act in kept.items():
            note_above(site, hidden, who, act)
    seen = site.checkpoint("rita")
    later = ending(with_role(staff(), "eve", Role.ADMINISTRATOR), seen.id, "bob", "finn")
    second = site.fork("second")
    second.publish(roster(later, version=2, previous=(site.roster,)), *FOUNDERS, "eve")
    site.take(second)
    site.roster = second.roster
    site.checkpoint("rita")
    third = site.publish(roster(later, version=3, previous=(site.roster,)), "gita", "eve", author="gita").id
    site.checkpoint("rita")
    assert not site.history().uncovered

    site.take(hidden)

    history = site.history()
    assert [item.id for item in history.in_force] == [third]
    assert rival.id in history.late
    assert not history.holds("eve", Role.CIO)
    assert site.state(case).phase is Phase.DECIDED


@pytest.mark.attack(
    "a dropped proposal completed by an endorsement kept back below what a checkpoint lists",
    refusal="the covered chain stands, the proposal is late",
)
def test_one_former_administrator_does_not_revive_what_was_dropped() -> None:
    site, case = founded()
    people = with_role(staff(), "eve", Role.CIO)
    dropped = site.act(
        "bob", ROSTER.name, site.body(roster(people, version=2, previous=(site.roster,))), roster="", org=site.org
    )
    site.endorse("finn", dropped)
    hidden = site.fork("office")
    kept = hidden.endorse("bob", dropped)
    note_above(site, hidden, "bob", kept)
    seen = site.checkpoint("rita")
    _, third = chain_goes_on(site, ending(staff(), seen.id, "bob"), "gita", "finn")

    site.acts[kept.id] = kept

    history = site.history()
    assert [item.id for item in history.in_force] == [third]
    assert not history.holds("eve", Role.CIO)
    assert site.state(case).phase is Phase.DECIDED


@pytest.mark.attack(
    "half of a decision kept back below what a checkpoint lists", refusal="spent: its office ended there"
)
@pytest.mark.parametrize("cut_off", [False, True])
def test_half_of_a_decision_kept_back_is_no_decision_after_its_office_ended(*, cut_off: bool) -> None:
    site = Site("office")
    site.publish(roster(CAST), "bob", "finn")
    case = site.revision("ada").id
    hidden = site.fork("office")
    kept = hidden.opinion("cleo", Office.CIO, case, case, given=terms(20))
    remark = hidden.comment("cleo", case)
    assert remark.prev == kept.id
    site.acts[remark.id] = remark
    seen = site.checkpoint()
    (current,) = site.history().in_force
    people = People(
        [ended(item, Role.CIO, seen.id, key=True) if item.id == "cleo" else item for item in current.roster.people]
    )
    cutoffs = {canonical.sha256(certificate("cleo")): seen.id} if cut_off else {}
    site.publish(
        replace(current.roster, people=people, version=2, previous=(current.id,), cutoffs=cutoffs), "bob", "finn"
    )
    site.ciso(case)

    site.take(hidden)

    state = site.state(case)
    assert state.in_force is None
    assert state.phase is Phase.COUNTERSIGN
    assert state.turn == ("cio",)

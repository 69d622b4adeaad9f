"""Two versions N+1: which of them is in force, whatever the signers of the other and the ends that each brings.

Bob, Finn and Gita administer version 1, Rita keeps its records. Version 2 adds Hugo and Ivy as administrators, version 3
ends Bob and Finn and cuts their keys off. Then these two, who are a majority of version 1, sign another version 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from intake.domain.acts.checkpoint import write_heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT
from intake.domain.acts.kinds.checkpoint import CheckpointBody
from intake.domain.base import canonical
from intake.domain.base.wording import words
from intake.domain.case.fates import Fate
from intake.domain.case.judge import Force
from intake.domain.organisation.roster import People, Person, Role
from intake.domain.organisation.settling import settling_heads
from intake.domain.organisation.touched import people_touched
from tests.domain.world import PEOPLE, Site, certificate, person, roster

FOUNDERS = ("bob", "finn", "gita")
CUT_OFF = "9" * 64
"""A checkpoint nobody has: where the key is judged by it, nothing it signed is known to be older."""


def staff(
    *administrators: str, records: Iterable[str] = ("rita",), ended: Iterable[str] = (), end: str = ""
) -> list[Person]:
    """Everybody, with these roles; ``ended`` lose key and roles at the checkpoint ``end``."""
    named = {*FOUNDERS, *administrators}
    keepers = {"rita", "ralf"}
    given = [item for item in PEOPLE if item.id not in named | keepers]
    given += [person(name, *([Role.ADMINISTRATOR] if name in administrators else [])) for name in sorted(named)]
    held = {"rita", *records}
    given += [
        person(name, *([Role.RECORDS] if name in held else []), ends={} if name in records else {Role.RECORDS: CUT_OFF})
        for name in sorted(keepers)
    ]
    return [_ended(item, end) if item.id in set(ended) else item for item in given]


def _ended(entry: Person, end: str) -> Person:
    return replace(
        entry,
        certificates=tuple(replace(item, period=replace(item.period, end=end)) for item in entry.certificates),
        grants=tuple(replace(item, period=replace(item.period, end=end)) for item in entry.grants),
    )


def cut(*names: str, end: str) -> dict[str, str]:
    return {canonical.sha256(certificate(name)): end for name in names}


@dataclass
class Quarrel:
    """``late`` is where the former administrators work: it saw version 1 and whatever ``site`` had then."""

    site: Site
    first: str
    second: str
    third: str
    case: str
    late: Site

    def rival(self, *endorsers: str, at: Site | None = None, **changes: object) -> Act:
        """Another version 2, by those who administered version 1."""
        site = at or self.late
        document = roster(staff(*FOUNDERS), version=2, previous=(self.first,))
        document = replace(document, organisation=f"Rival {len(site.acts)}", **changes)  # type: ignore[arg-type]
        return site.publish(document, *(endorsers or ("bob", "finn")), author=(endorsers or ("bob",))[0])

    def in_force(self) -> list[str]:
        return [item.id for item in self.site.history().in_force]

    def tell(self, chosen: str, who: str = "rita") -> None:
        """The records team tells between rivals by a checkpoint, as the app makes it."""
        everything = [act for act in self.site.acts.values() if not act.case_id]
        trial = replace(self.site.fork("trial").checkpoint(who), id="0" * 64)
        listed = settling_heads(self.first, everything, self.site.listings(), self.site.people(), chosen, trial)
        assert listed is not None
        heads = self.site.attach(write_heads(listed))
        self.site.act(who, CHECKPOINT.name, CheckpointBody(heads, None).as_json())

    def still_decided(self) -> bool:
        """Whether what was decided under version 3 holds, and another decision can be made."""
        state = self.site.state(self.case)
        if state.in_force is None or Fate.ON_HOLD in {pair.fate for pair in state.pairs}:
            return False
        other = self.site.revision("ada", title=f"Another {len(self.site.acts)}").id
        self.site.cio(other)
        self.site.ciso(other)
        return self.site.state(other).in_force is not None


def quarrel(*, covered: str = "rita") -> Quarrel:
    """``covered`` signs a checkpoint after each version; nobody when empty."""
    site = Site("office")
    first = site.publish(roster(staff(*FOUNDERS)), *FOUNDERS)
    late = site.fork("late")
    everybody = (*FOUNDERS, "hugo", "ivy")
    second = site.publish(
        roster(staff(*everybody), version=2, previous=(first.id,)), "bob", "gita", "hugo", author="gita"
    )
    if covered:
        site.checkpoint(covered)
    horizon = site.checkpoint("gita").id
    ended = staff(*everybody, ended=("bob", "finn"), end=horizon)
    document = roster(ended, version=3, previous=(second.id,), cutoffs=cut("bob", "finn", end=horizon))
    third = site.publish(document, "gita", "hugo", "ivy", author="gita")
    if covered:
        site.checkpoint(covered)
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    made = Quarrel(site, first.id, second.id, third.id, case, late)
    assert made.in_force() == [third.id]
    assert made.still_decided()
    return made


# ------------------------------------------------------------------------------------------ covered: the rival is late


@pytest.mark.attack("former administrators sign a rival roster", refusal="late: decided cases stay, approvals go on")
def test_former_administrators_cannot_undo_a_covered_version() -> None:
    made = quarrel()

    rival = made.rival()
    made.site.take(made.late)

    history = made.site.history()
    assert made.in_force() == [made.third]
    assert set(history.chain) == {made.first, made.second, made.third}
    assert history.late[rival.id].behind == made.second
    assert history.pending == ()
    assert made.still_decided()


@pytest.mark.attack("a rival roster that cuts off the present ones", refusal="late: who ended whom is not asked")
def test_a_rival_that_cuts_off_the_present_ones_is_late_all_the_same() -> None:
    made = quarrel()
    present = ("gita", "rita", "cleo", "dan")

    people = [_ended(item, CUT_OFF) if item.id in present else item for item in staff(*FOUNDERS)]
    rival = made.rival(people=People(sorted(people, key=lambda item: item.id)), cutoffs=cut(*present, end=CUT_OFF))
    made.site.take(made.late)

    assert list(made.site.history().late) == [rival.id]
    assert made.in_force() == [made.third]
    assert made.still_decided()


def test_however_many_rivals_at_however_many_places_the_covered_chain_goes_on() -> None:
    made = quarrel()
    rivals = [made.rival() for _ in range(3)]
    above = roster(staff(*FOUNDERS), version=3, previous=(rivals[0].id,))
    follower = made.late.publish(above, "bob", "finn")
    beside = made.late.fork("beside").take(made.site)
    another = beside.publish(
        roster(staff("bob", "finn", "gita", "hugo", "ivy"), version=3, previous=(made.second,)), "bob", "finn", "hugo"
    )

    made.site.take(made.late, beside)

    history = made.site.history()
    assert made.in_force() == [made.third]
    assert set(history.late) == {*(item.id for item in rivals), another.id}
    assert history.late[another.id].behind == made.third
    assert [item.listed.id for item in history.pending] == [follower.id]
    assert made.still_decided()


def test_an_act_that_names_a_late_roster_waits_and_says_so() -> None:
    made = quarrel()
    rival = made.rival()
    made.late.roster = rival.id
    made.site.take(made.late)
    other = made.site.revision("ada").id
    approval = made.site.cio(other, roster=rival.id)

    judged = made.site.state(other).event(approval.id).judgement

    assert (judged.force, words(judged.reason)) == (Force.WAITS, "the roster it names came too late")


def test_a_checkpoint_made_after_the_rival_was_seen_decides_nothing_and_takes_nothing_back() -> None:
    made = quarrel()
    made.rival()
    made.site.take(made.late)

    made.site.checkpoint("rita")

    assert made.in_force() == [made.third]
    assert made.still_decided()


@pytest.mark.attack(
    "a stream forked or cut to hide a roster from checkpoints", refusal="every tip is listed: nothing is decided"
)
@pytest.mark.parametrize("withheld", [False, True], ids=["fork", "withheld middle"])
def test_a_stream_cannot_be_continued_so_that_what_it_carried_is_no_longer_covered(withheld: bool) -> None:
    site = Site("office")
    first = site.publish(roster(staff(*FOUNDERS)), *FOUNDERS)
    second = site.publish(roster(staff(*FOUNDERS), version=2, previous=(first.id,)), "bob", "gita", author="bob")
    site.checkpoint("rita")
    away = site.fork("away")
    stream = second.stream
    before = site.acts[second.prev]
    if withheld:
        newest = max((act for act in away.acts.values() if act.person == "bob"), key=lambda act: act.seq)
        before = away.act("bob", "training", {}, stream=stream, seq=newest.seq + 1, prev=newest.id)
        del away.acts[before.id]
    document = replace(roster(staff(*FOUNDERS), version=2, previous=(first.id,)), organisation="Rival")
    rival = away.act("bob", "roster", away.body(document), roster="", stream=stream, seq=before.seq + 9, prev=before.id)
    for name in ("bob", "finn"):
        away.act(
            name,
            "roster-endorse",
            {"roster": rival.id},
            roster="",
            stream=stream,
            seq=before.seq + 10,
            prev=rival.id if name == "bob" else None,
        )

    site.take(away)
    site.checkpoint("rita")

    history = site.history()
    assert [item.id for item in history.in_force] == [second.id]
    assert list(history.late) == [rival.id]


# --------------------------------------------------------------------------------------------- not covered: rivals


@pytest.mark.attack("a rival of a roster that no checkpoint covers", refusal="rivals: no approval until records tell")
def test_without_a_checkpoint_they_are_rivals_until_records_tell() -> None:
    made = quarrel(covered="")
    rival = made.rival()
    made.site.take(made.late)
    assert set(made.in_force()) == {made.second, rival.id}
    assert made.site.history().settlers == {("rita", canonical.sha256(certificate("rita")))}
    assert not made.still_decided()
    assert made.site.state(made.case).in_force is None

    made.site.checkpoint("rita", without=(rival.id,))

    assert made.in_force() == [made.third]
    assert list(made.site.history().late) == [rival.id]
    assert made.still_decided()


def test_records_can_tell_even_when_a_rival_has_cut_their_key_off() -> None:
    made = quarrel(covered="")
    people = [_ended(item, CUT_OFF) if item.id == "rita" else item for item in staff(*FOUNDERS)]
    rival = made.rival(people=People(sorted(people, key=lambda item: item.id)), cutoffs=cut("rita", end=CUT_OFF))
    made.site.take(made.late)
    key = canonical.sha256(certificate("rita"))
    assert not made.site.history().listed("rita", key)
    assert made.site.history().settles("rita", key)

    made.site.checkpoint("rita", without=(rival.id,))

    assert made.in_force() == [made.third]


@pytest.mark.attack("records cover both rivals in good faith", refusal="it decides nothing: rivals stay rivals")
def test_a_checkpoint_that_covers_both_decides_nothing() -> None:
    made = quarrel(covered="")
    rival = made.rival()
    made.site.take(made.late)

    made.site.checkpoint("rita")

    assert set(made.in_force()) == {made.second, rival.id}


@pytest.mark.attack(
    "records cover each rival by a checkpoint alone", refusal="rivals: no approval until one names both"
)
def test_one_checkpoint_each_way_leaves_them_rivals() -> None:
    made = quarrel()
    rival = made.rival()
    made.late.checkpoint("rita")

    made.site.take(made.late)

    assert set(made.in_force()) == {made.second, rival.id}
    assert made.site.history().late == {}


@pytest.mark.attack("a checkpoint by records whom only the rival lists", refusal="it decides nothing")
def test_records_whom_only_the_rival_lists_cannot_cover_it() -> None:
    made = quarrel(covered="")
    people = staff(*FOUNDERS, records=("ralf",))
    rival = made.rival(people=People(sorted(people, key=lambda item: item.id)))
    made.late.roster = rival.id
    made.late.checkpoint("ralf")

    made.site.take(made.late)

    assert set(made.in_force()) == {made.second, rival.id}


@pytest.mark.attack("a checkpoint by somebody who keeps no records", refusal="it decides nothing")
@pytest.mark.parametrize("who", ["bob", "eve", "cleo", "zoe"])
def test_a_checkpoint_by_anybody_else_decides_nothing(who: str) -> None:
    made = quarrel(covered="")
    rival = made.rival()
    made.late.checkpoint(who)

    made.site.take(made.late)

    assert set(made.in_force()) == {made.second, rival.id}


def test_records_of_one_unit_do_not_speak_for_the_organisation() -> None:
    site = Site("office")
    rita = person("rita", replace(person("rita", Role.RECORDS).grants[0], scope="Finance"))
    people = [item for item in staff(*FOUNDERS) if item.id != "rita"]
    first = site.publish(roster([*people, rita]), *FOUNDERS)
    site.publish(roster([*people, rita], version=2, previous=(first.id,)), "bob", "finn")

    site.checkpoint("rita")

    (uncovered,) = site.history().uncovered
    assert uncovered.keys == frozenset()


@pytest.mark.attack("an ended or cut-off records key covers a rival", refusal="it decides nothing")
@pytest.mark.parametrize("how", ["ended", "cut off"])
def test_a_records_key_that_n_has_ended_decides_nothing(how: str) -> None:
    site = Site("office")
    first = site.publish(roster(staff(*FOUNDERS)), *FOUNDERS)
    people = staff(*FOUNDERS, records=("rita", "ralf"))
    if how == "ended":
        people = [
            replace(item, certificates=_ended(item, CUT_OFF).certificates) if item.id == "rita" else item
            for item in people
        ]
    cutoffs = cut("rita", end=CUT_OFF) if how == "cut off" else {}
    second = site.publish(roster(people, version=2, previous=(first.id,), cutoffs=cutoffs), "bob", "finn")
    late = site.fork("late")
    document = roster(people, version=3, previous=(second.id,), cutoffs=cutoffs)
    third = site.publish(document, "gita", "finn")
    rival = late.publish(replace(document, organisation="Rival"), "bob", "finn")
    late.checkpoint("rita")

    site.take(late)

    assert {item.id for item in site.history().in_force} == {third.id, rival.id}
    assert site.history().settlers == {("ralf", canonical.sha256(certificate("ralf")))}


def test_after_rivals_only_those_whom_both_list_as_records_cover_the_next() -> None:
    made = quarrel(covered="")
    people = tuple(sorted(staff(*FOUNDERS, records=("rita", "ralf")), key=lambda item: item.id))
    rival = made.rival(people=people)
    made.site.take(made.late)
    away = made.site.fork("away")
    document = roster(
        staff(*FOUNDERS, "hugo", "ivy", records=("rita", "ralf")), version=3, previous=(made.second, rival.id)
    )
    one = made.site.publish(replace(document, organisation="One"), *FOUNDERS, author="gita")
    other = away.publish(replace(document, organisation="Other"), *FOUNDERS, author="gita")
    made.site.checkpoint("ralf")

    made.site.take(away)
    assert set(made.in_force()) == {one.id, other.id}
    made.tell(one.id)

    assert made.in_force() == [one.id]


def test_a_checkpoint_signed_with_a_key_that_records_of_n_do_not_have_decides_nothing() -> None:
    made = quarrel(covered="")
    rival = made.rival()
    forged = made.late.checkpoint("eve")
    made.late.acts[forged.id] = replace(forged, person="rita")

    made.site.take(made.late)

    assert set(made.in_force()) == {made.second, rival.id}


@pytest.mark.attack("the listing of a covering checkpoint is withheld", refusal="it covers nothing: rivals")
def test_a_checkpoint_whose_listing_is_missing_covers_nothing() -> None:
    made = quarrel()
    rival = made.rival()
    made.site.take(made.late)
    listings = {
        str(act.body["heads"]["sha256"])  # type: ignore[call-overload, index]
        for act in made.site.acts.values()
        if act.kind == "checkpoint" and act.person == "rita"
    }
    kept = {name: made.site.blobs.pop(name) for name in listings}

    assert set(made.in_force()) == {made.second, rival.id}

    made.site.blobs |= kept
    assert made.in_force() == [made.third]


@pytest.mark.attack("a checkpoint of a roster not endorsed enough yet", refusal="it does not cover it")
def test_a_version_whose_endorsements_are_not_covered_is_not_covered() -> None:
    site = Site("office")
    first = site.publish(roster(staff(*FOUNDERS)), *FOUNDERS)
    late = site.fork("late")
    second = site.publish(roster(staff(*FOUNDERS), version=2, previous=(first.id,)), "bob", author="bob")
    site.checkpoint("rita")
    site.endorse("gita", second)
    assert [item.listed.id for item in site.history().uncovered] == [second.id]
    document = replace(roster(staff(*FOUNDERS), version=2, previous=(first.id,)), organisation="Rival")
    rival = late.publish(document, "bob", "finn")

    site.take(late)
    assert {item.id for item in site.history().in_force} == {second.id, rival.id}

    site.checkpoint("rita", without=(rival.id,))
    assert [item.id for item in site.history().in_force] == [second.id]


def test_records_who_saw_only_the_rival_decide_for_it() -> None:
    """What remains: until a version is covered, a majority of the version before it can undo it."""
    made = quarrel(covered="")
    rival = made.rival()
    made.late.checkpoint("rita")

    made.site.take(made.late)

    history = made.site.history()
    assert made.in_force() == [rival.id]
    assert set(history.late) == {made.second}


def test_who_is_given_only_version_1_and_the_rival_cannot_know() -> None:
    """What remains, until the covering checkpoint arrives: then it is late here as everywhere."""
    made = quarrel()
    rival = made.rival()
    assert [item.id for item in made.late.history().in_force] == [rival.id]

    made.late.take(made.site)

    assert [item.id for item in made.late.history().in_force] == [made.third]


# ------------------------------------------------------------------------------------------- rivals settled by a version


def settled_by_a_version(made: Quarrel, *rivals: str) -> Act:
    names = (made.second, *rivals)
    document = roster(staff(*FOUNDERS, "hugo", "ivy"), version=3, previous=names)
    return made.site.publish(replace(document, organisation="Settled"), *FOUNDERS, "hugo", author="gita")


def test_a_version_that_named_both_goes_on_when_one_of_them_turns_out_late() -> None:
    made = quarrel(covered="")
    rival = made.rival()
    made.site.take(made.late)
    both = settled_by_a_version(made, rival.id)
    assert made.in_force() == [both.id]

    made.site.checkpoint("rita", without=(rival.id,))

    # The third version followed the winner alone; now both follow it, and only records of version 2 can tell.
    assert set(made.in_force()) == {both.id, made.third}
    made.tell(both.id)
    assert made.in_force() == [both.id]


@pytest.mark.parametrize("chosen", ["second", "rival"])
def test_records_can_tell_for_either_even_when_one_person_signed_for_both(chosen: str) -> None:
    made = quarrel(covered="")
    rival = made.rival("bob", "gita", at=made.site)
    assert len(made.in_force()) == 2

    made.tell(made.second if chosen == "second" else rival.id)

    assert made.in_force() == [made.third if chosen == "second" else rival.id]


def test_nobody_but_records_of_the_version_before_can_tell() -> None:
    made = quarrel(covered="")
    made.rival()
    made.site.take(made.late)
    everything = [act for act in made.site.acts.values() if not act.case_id]
    trial = replace(made.site.fork("trial").checkpoint("eve"), id="0" * 64)

    assert settling_heads(made.first, everything, made.site.listings(), made.site.people(), made.second, trial) is None


def test_a_late_third_version_does_not_bring_back_what_was_settled() -> None:
    made = quarrel(covered="")
    rival = made.rival()
    made.site.take(made.late)
    both = settled_by_a_version(made, rival.id)
    made.site.checkpoint("rita")

    third = made.rival(at=made.late)
    made.site.take(made.late)

    assert made.in_force() == [both.id]
    assert list(made.site.history().late) == [third.id]


# ---------------------------------------------------------------------------------------------- what is asked for


def test_a_version_asks_records_of_the_version_before_it_for_a_checkpoint() -> None:
    site = Site("office")
    first = site.publish(roster(staff(*FOUNDERS)), *FOUNDERS)
    assert site.history().uncovered == ()
    second = site.publish(roster(staff(*FOUNDERS, records=("ralf",)), version=2, previous=(first.id,)), "bob", "finn")

    (asked,) = site.history().uncovered
    assert (asked.listed.id, asked.people) == (second.id, frozenset({"rita"}))

    site.checkpoint("ralf")
    assert site.history().uncovered == (asked,)
    site.checkpoint("rita")
    assert site.history().uncovered == ()


def test_when_rivals_change_places_everybody_is_touched() -> None:
    made = quarrel()
    before = made.site.history()
    rival = made.rival()
    away = made.site.fork("records").take(made.late)
    away.checkpoint("rita", without=(made.second,))
    settled = away.fork("reader")
    settled.acts = {
        name: act
        for name, act in away.acts.items()
        if act.kind != "checkpoint" or act.stream != made.site.checkpoint("eve").stream
    }
    assert [item.id for item in settled.history().in_force] == [rival.id]

    assert people_touched(before, settled.history()) >= {item.id for item in staff(*FOUNDERS)}

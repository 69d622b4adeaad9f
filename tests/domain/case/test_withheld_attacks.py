"""What one office can try with acts and files it keeps back, with what never was, and with sheer numbers."""

from __future__ import annotations

from collections import Counter

import pytest

from intake.domain.acts.envelope import MAX_AFTER, Act
from intake.domain.acts.kinds import COMMENT, OPINION, WITHDRAW, Office
from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.case import graph
from intake.domain.case.fates import Fate
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Force, Judge
from intake.domain.case.naming import TooManyAtOnce, against_naming, named_next
from intake.domain.case.phases import Phase
from intake.domain.organisation.roster import Role
from tests.domain.world import PEOPLE, Site, organisation, person, roster, terms

NEVER = "f" * 64
CAST = (*PEOPLE, person("dora", Role.CISO))


@pytest.fixture
def site() -> Site:
    return organisation()


def apart(number: int) -> dict[str, object]:
    """The place of an act that names nothing of its own stream."""
    return {"stream": f"{number:032x}", "prev": ""}


def kept_back(site: Site, act: Act) -> dict[str, bytes]:
    """The record file of an approval, taken away from the site."""
    name = act.body["record"]["sha256"]  # type: ignore[call-overload, index]
    return {str(name): site.blobs.pop(str(name))}


def countersigned(site: Site, case: str, approval: Act) -> Act:
    """Cleo approves as her program does, and seals the record with Dan's approval."""
    cleo = site.cio(case, after=site.state(case).newest)
    site.seal("cleo", case, cleo, approval, after=[])
    return cleo


def fates(site: Site, case: str) -> set[Fate]:
    return {pair.fate for pair in site.state(case).pairs}


# --------------------------------------------------------------------------------------------- what is kept back


@pytest.mark.attack("other terms with a file kept back, seen through a remark", refusal="CONTESTED, never VOID")
@pytest.mark.parametrize("through", ["comment", "note-x"])
def test_a_remark_does_not_make_others_have_seen_what_was_kept_back(site: Site, through: str) -> None:
    case = site.revision().id
    approval = site.ciso(case)
    other = site.ciso(case, users=50, after=[case], **apart(1))
    file = kept_back(site, other)
    body = {"text": "Fine by me", "about": ""} if through == "comment" else {}
    remark = site.act("dan", through, body, case=case, after=[other.id], **apart(2))  # type: ignore[arg-type]
    assert remark.id not in site.state(case).newest
    # Also where an older program of hers names it.
    cleo = site.cio(case, after=[*site.state(case).newest, remark.id])
    site.seal("cleo", case, cleo, approval, after=[])
    assert site.state(case).phase is Phase.DECIDED

    site.blobs |= file

    assert fates(site, case) == {Fate.CONTESTED}


@pytest.mark.attack("other terms with a file kept back, below an approval", refusal="WAITS, with what it is built on")
def test_an_approval_that_rests_on_what_is_kept_back_waits_with_it(site: Site) -> None:
    case = site.revision().id
    other = site.ciso(case, users=50)
    file = kept_back(site, other)
    approval = site.ciso(case)

    state = site.state(case)
    assert state.event(approval.id).judgement.force is Force.WAITS
    assert state.event(approval.id).judgement.waits_for == tuple(file)
    assert state.newest == (case,)

    site.blobs |= file
    countersigned(site, case, approval)
    assert site.state(case).phase is Phase.DECIDED


@pytest.mark.attack(
    "other terms kept back, seen through an objection to an old revision", refusal="CONTESTED, never VOID"
)
def test_an_objection_does_not_make_others_have_seen_what_was_kept_back(site: Site) -> None:
    """One office alone: the objection speaks on the old revision only, and honest programs name it."""
    first = site.revision().id
    case, newest = first, site.revision(case=first).id
    other = site.opinion("dan", Office.CISO, case, newest, given=terms(50), after=[newest], **apart(1))
    file = kept_back(site, other)
    objection = site.ciso(case, first, Position.DECLINE, after=[other.id], **apart(2))
    approval = site.ciso(case, newest, after=[newest], **apart(3))
    assert objection.id in site.state(case).newest
    cleo = site.cio(case, newest, after=site.state(case).newest)
    site.seal("cleo", case, cleo, approval, after=[])
    assert site.state(case).phase is Phase.DECIDED

    site.blobs |= file

    assert fates(site, case) == {Fate.CONTESTED}


@pytest.mark.attack(
    "other terms of a second holder, through an objection without a right", refusal="CONTESTED, never VOID"
)
def test_a_second_holder_cannot_hand_on_what_was_kept_back_either(site: Site) -> None:
    site = Site("office")
    site.publish(roster(CAST), "bob", "finn")
    case = site.revision().id
    other = site.opinion("dora", Office.CISO, case, case, given=terms(50))
    file = kept_back(site, other)
    strange = site.withdraw("dora", case, after=[other.id])
    approval = site.ciso(case, after=[case, strange.id])
    assert site.state(case).event(strange.id).judgement.force is Force.IGNORED
    countersigned(site, case, approval)
    assert site.state(case).phase is Phase.DECIDED

    site.blobs |= file

    assert fates(site, case) == {Fate.CONTESTED}


@pytest.mark.attack("a roster kept back under which an objection counts", refusal="CONTESTED, never VOID")
def test_a_roster_that_comes_later_does_not_make_it_known_afterwards(site: Site) -> None:
    case = site.revision().id
    ahead = site.fork("ahead")
    version = roster(CAST, version=2, previous=[site.roster])
    ahead.publish(version, "bob", "finn")
    objection = ahead.opinion("dora", Office.CISO, case, case, Position.DECLINE)
    site.acts[objection.id] = objection
    approval = site.ciso(case, after=[case, objection.id])
    countersigned(site, case, approval)
    assert site.state(case).event(objection.id).judgement.force is Force.WAITS
    assert site.state(case).phase is Phase.DECIDED

    site.take(ahead)

    assert site.state(case).event(objection.id).judgement.force is Force.COUNTS
    assert fates(site, case) == {Fate.CONTESTED}


# ---------------------------------------------------------------------------------------------- what never was


@pytest.mark.attack("a stop that names an act that never was", refusal="DECIDED again, once both offices lift it")
@pytest.mark.parametrize("position", [Position.DECLINE, Position.CHANGES])
@pytest.mark.parametrize("first", ["cleo", "dan"])
def test_both_offices_lift_a_stop_that_names_what_never_was(site: Site, position: Position, first: str) -> None:
    case = site.revision().id
    approval = site.ciso(case)
    cleo = countersigned(site, case, approval)
    stop = site.ciso(case, position=position, after=[approval.id, cleo.id, NEVER], **apart(1))
    state = site.state(case)
    assert state.event(stop.id).judgement.waits_for == (NEVER,)
    assert (state.phase, state.in_force) == (Phase.SUSPENDED, None)
    assert stop.id in state.newest

    for who in (first, "cleo" if first == "dan" else "dan"):
        sign = site.cio if who == "cleo" else site.ciso
        made = sign(case, after=site.state(case).newest, **apart(2 + (who == "dan")))
        assert site.state(case).event(made.id).judgement.waits_for == ()
    for number, who in enumerate(("cleo", "dan")):
        site.lift(who, case, after=site.state(case).newest, **apart(4 + number))

    assert site.state(case).phase is Phase.DECIDED


@pytest.mark.attack("a withdrawal that names an act that never was", refusal="open again by a revision that answers it")
def test_the_owner_opens_again_what_was_withdrawn_naming_what_never_was(site: Site) -> None:
    case = site.revision().id
    site.withdraw("ada", case, after=[case, NEVER])
    assert site.state(case).phase is Phase.WITHDRAWN

    again = site.fork("again").revision(case=case, after=site.state(case).newest)
    site.acts[again.id] = again

    assert site.state(case).phase is Phase.REVIEW


# -------------------------------------------------------------------------------------------------- sheer numbers


@pytest.mark.attack("a thousand remarks beside each other", refusal="they are not named, everybody signs on")
@pytest.mark.exhaustive
def test_remarks_beside_each_other_stop_nobody(site: Site) -> None:
    case = site.revision().id
    for number in range(MAX_AFTER + 1):
        site.comment("finn", case, after=[case], **apart(number))

    assert site.state(case).newest == (case,)
    site.ciso(case, after=site.state(case).newest)
    site.cio(case, after=site.state(case).newest)
    assert site.state(case).phase is Phase.DECIDED


@pytest.mark.attack("a thousand approvals beside each other", refusal="TooManyAtOnce, and objecting works")
@pytest.mark.exhaustive
def test_more_than_an_act_can_name_stops_approvals_and_no_objection(site: Site) -> None:
    case = site.revision().id
    approval = site.ciso(case)
    cleo = site.cio(case)
    for number in range(MAX_AFTER + 1):
        site.ciso(case, after=[case], users=50, **apart(number))
    state = site.state(case)
    body = OPINION.read(approval)

    refusal = against_naming(state)
    assert refusal is not None
    assert refusal.facts == {"count": MAX_AFTER + 2, "person": "dan"}
    with pytest.raises(TooManyAtOnce):
        named_next(state, OPINION, body)
    objection = OpinionBody(
        case, Office.CIO, Position.DECLINE, None, body.playbook, body.assessment, "", None, "", (), "No."
    )
    for kind, said in (
        (OPINION, objection),
        (WITHDRAW, WithdrawBody("Not needed")),
        (COMMENT, CommentBody("Hello", "")),
    ):
        named = named_next(state, kind, said)
        assert len(named) == MAX_AFTER
        assert list(named) == sorted(set(named))
        if kind is not COMMENT:
            assert {*state.heads} <= set(named)
    assert cleo.id in named_next(state, OPINION, objection)

    stop = site.act("cleo", OPINION.name, objection.as_json(), case=case, after=named_next(state, OPINION, objection))
    assert site.state(case).event(stop.id).judgement.force is Force.COUNTS
    assert site.state(case).positions[Office.CIO] == (stop.id,)


@pytest.mark.attack("one office approves the same a thousand times", refusal="weighed as often as it was said")
@pytest.mark.slow("a fold of two thousand opinions")
@pytest.mark.parametrize(
    ("shape", "fates", "counted"),
    [
        ("beside each other", {Fate.IN_FORCE}, "acts"),
        ("beside other terms", {Fate.CONTESTED}, "acts"),
        ("one after the other", {Fate.IN_FORCE}, "acts"),
        ("one after the other", {Fate.IN_FORCE}, "pasts"),
        ("before later terms", {Fate.SUPERSEDED, Fate.IN_FORCE}, "acts"),
        ("before later terms", {Fate.SUPERSEDED, Fate.IN_FORCE}, "pasts"),
    ],
)
@pytest.mark.exhaustive
def test_repeated_approvals_cost_no_more_than_they_weigh(
    shape: str, fates: set[Fate], counted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = Counter[str]()
    real_indexes, real_past = graph._indexes, Graph.past

    def indexes(mask: int) -> list[int]:
        found = real_indexes(mask)
        looked["acts"] += len(found)
        return found

    def past(self: Graph, name: str) -> int:
        looked["pasts"] += 1
        return real_past(self, name)

    monkeypatch.setattr(graph, "_indexes", indexes)
    monkeypatch.setattr(Graph, "past", past)

    def work(count: int) -> int:
        site = organisation()
        case = site.revision().id
        site.cio(case, after=[case])
        last = case
        for number in range(count):
            after = [case] if shape.startswith("beside") else [last]
            last = site.ciso(case, after=after, **apart(number)).id
            if shape == "beside other terms":
                site.ciso(case, users=9, after=[case], **apart(count + number))
        pairs = count
        if shape == "before later terms":
            pairs, last = 2 * count, site.cio(case, users=9, after=[last]).id
            for number in range(count):
                last = site.ciso(case, users=9, after=[last], **apart(count + number)).id
        looked.clear()
        state = site.state(case)
        assert {pair.fate for pair in state.pairs} == fates
        assert len(state.pairs) == pairs
        return looked[counted]

    assert work(1000) < 6 * work(250), "four times as many approvals cost four times as much, and not sixteen times"


@pytest.mark.attack("a long chain of revisions, each with a file kept back", refusal="WAITS, each for two names")
def test_a_chain_that_waits_tells_each_what_to_fetch_first(site: Site) -> None:
    """All of them wait for all that is missing before them: told in full, a hundred thousand acts fill a disk."""
    case = site.revision().id
    chain, files = [], []
    for number in range(20):
        last = chain[-1] if chain else case
        file = site.attach(f"Evidence {number}".encode())
        files.append({file.sha256})
        chain.append(site.revision(case=case, after=[last], revises=(last,), attachments=(file,)).id)
    away = {name: site.blobs.pop(name) for file in files for name in file}

    state = site.state(case)
    first, *others = (state.event(name).judgement.waits_for for name in chain)
    assert set(first) == files[0]
    assert [set(item) for item in others] == [files[0] | own for own in files[1:]], (
        "its own, and the first of what it is built on"
    )

    site.blobs |= {name: away[name] for name in files[0]}
    assert set(site.state(case).event(chain[-1]).judgement.waits_for) == files[1] | files[-1]


@pytest.mark.attack("many acts that wait for a thousand ids that do not exist", refusal="WAITS, each for one of them")
def test_what_waits_for_much_hands_on_one_name_of_it(site: Site) -> None:
    """Of a kind that this version does not know, and with remarks on it: both hand on, or are told, what is missing."""
    case = last = site.revision().id
    for number in range(5):
        absent = [f"{number:08x}{place:056x}" for place in range(100)]
        last = site.act("finn", "later-kind", {}, case=case, after=[last, *absent], **apart(number)).id
    remarks = [site.comment("finn", case, after=[last], **apart(10 + number)).id for number in range(20)]

    state = site.state(case)

    assert {len(state.event(name).judgement.waits_for) for name in remarks} == {1}


@pytest.mark.attack("approvals beside as many acts of unknown kinds", refusal="ON_HOLD, each of them judged once")
def test_what_blocks_is_judged_once_and_not_for_every_pair(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Counter[str]()
    real = Judge.blocks

    def blocks(self: Judge, name: str) -> bool:
        asked[name] += 1
        return real(self, name)

    monkeypatch.setattr(Judge, "blocks", blocks)
    case = site.revision().id
    site.ciso(case)
    for number in range(12):
        site.cio(case, after=[case], **apart(number))
        site.act("cleo", "later-kind", {}, case=case, after=[case], **apart(20 + number))
    asked.clear()

    pairs = site.state(case).pairs

    assert {pair.fate for pair in pairs} == {Fate.ON_HOLD}
    assert {len(pair.against) for pair in pairs} == {12}
    assert len(pairs) == 12
    assert max(asked.values()) < 4


@pytest.mark.exhaustive
def test_remarks_are_named_as_far_as_there_is_room_the_latest_first(site: Site) -> None:
    case = site.revision().id
    remarks = [site.comment("finn", case, after=[case], **apart(number)).id for number in range(MAX_AFTER + 1)]
    state = site.state(case)

    named = named_next(state, OPINION, OPINION.read(site.fork("apart").ciso(case)))

    assert len(named) == MAX_AFTER
    assert set(named) == {case, *state.remarks[2:]}
    assert set(state.remarks) == set(remarks)

    site.ciso(case, after=named)
    assert set(site.state(case).remarks) == set(state.remarks[:2])

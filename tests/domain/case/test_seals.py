"""Which file is the record of a decision: seals that are good, seals that are not, and seals that contradict each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.opinion import Position
from intake.domain.assessment.engines import THIS_VERSION
from intake.domain.base.wording import words
from intake.domain.case.fold import CaseState, fold_case
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase, RecordState
from intake.domain.case.summary import contradicting_seals, refused_seals, summarise
from tests.domain.case.oracle import Oracle
from tests.domain.world import PEOPLE, Site, believed, organisation, roster

OTHER = "e" * 64


@pytest.fixture
def site() -> Site:
    return organisation()


def decided(site: Site) -> tuple[str, Act, Act]:
    """A case that both offices approved, the CISO first; nobody has sealed it."""
    case = site.revision().id
    return case, site.ciso(case), site.cio(case)


def judged(site: Site, case: str, act: Act) -> tuple[Force, str]:
    found = site.state(case).event(act.id).judgement
    return found.force, words(found.reason)


def record(state: CaseState) -> tuple[RecordState, str]:
    assert state.decision is not None
    return state.decision.record_state, state.decision.record.sha256 if state.decision.record else ""


def digest(act: Act) -> str:
    return str(act.body["record"]["sha256"])  # type: ignore[call-overload, index]


# -------------------------------------------------------------------------------------------------- what is not obeyed
@pytest.mark.attack("junk sealed by one signer", refusal="seal ignored: not the record it describes")
def test_junk_is_not_the_record_and_the_good_seal_after_it_is(site: Site) -> None:
    case, ciso, cio = decided(site)
    junk = site.seal("cleo", case, ciso, cio, record=site.attach(b"junk", "application/pdf"))

    assert judged(site, case, junk) == (Force.IGNORED, "the file it names is not the record it describes")
    assert record(site.state(case)) == (RecordState.OPEN, "")

    good = site.seal("dan", case, ciso, cio)

    assert record(site.state(case)) == (RecordState.SEALED, digest(good))
    assert [name for name, _ in refused_seals(site.state(case))] == [junk.id]
    assert summarise(site.state(case), None).alarms == 1  # type: ignore[union-attr]


@pytest.mark.attack("the first signer's half-signed copy sealed", refusal="seal ignored: not both signatures")
def test_a_copy_with_one_signature_is_not_the_record(site: Site) -> None:
    case, ciso, cio = decided(site)

    half = site.seal("cleo", case, ciso, cio, record=site.record_file("dan", salt="half"))

    assert judged(site, case, half) == (
        Force.IGNORED,
        "the file it names does not carry the signatures of both offices",
    )
    assert record(site.state(case)) == (RecordState.OPEN, "")


@pytest.mark.attack("a seal over a file signed by a third key", refusal="seal ignored: not both signatures")
@pytest.mark.parametrize("signers", [("dan", "eve"), ("dan", "cleo", "eve"), ("cleo", "cleo"), ("eve", "ada")])
def test_only_the_keys_of_the_pair_make_the_record(site: Site, signers: tuple[str, ...]) -> None:
    case, ciso, cio = decided(site)

    forged = site.seal("cleo", case, ciso, cio, record=site.record_file(*signers))

    assert judged(site, case, forged)[0] is Force.IGNORED


@pytest.mark.attack("a seal over pages that neither opinion names", refusal="seal ignored: other pages")
def test_pages_that_no_opinion_names_are_not_sealed(site: Site) -> None:
    case, ciso, cio = decided(site)

    other = site.seal("cleo", case, ciso, cio, base=OTHER)

    assert judged(site, case, other) == (Force.IGNORED, "it seals other pages than those the other office signed")


@pytest.mark.attack(
    "an older copy with the other office's signature, sealed over pages only the sealer's opinion names",
    refusal="seal ignored: other pages",
)
def test_pages_that_only_the_sealer_names_are_not_sealed(site: Site) -> None:
    """Dan once signed other pages; Cleo countersigns those, names them in her opinion and seals them for this pair."""
    case = site.revision().id
    ciso = site.ciso(case)
    cio = site.cio(case, base=OTHER)

    seal = site.seal("cleo", case, ciso, cio, base=OTHER)

    assert site.state(case).phase is Phase.DECIDED
    assert judged(site, case, seal) == (Force.IGNORED, "it seals other pages than those the other office signed")
    assert record(site.state(case)) == (RecordState.OPEN, "")


def test_who_signed_other_pages_first_while_apart_completes_the_copy_of_the_other(site: Site) -> None:
    """Two versions of the app make different bytes of the same pages; the seal speaks for the second signer."""
    case = site.revision().id
    away = site.fork("away")
    ciso, cio = site.ciso(case), away.cio(case, base=OTHER)
    site.take(away)

    seal = site.seal("cleo", case, ciso, cio)

    assert record(site.state(case)) == (RecordState.SEALED, digest(seal))


@pytest.mark.attack("a seal that lies about the size or the kind of its file", refusal="seal ignored")
@pytest.mark.parametrize("changes", [{"size": 1}, {"media_type": "text/plain"}])
def test_a_seal_describes_its_file_truly(site: Site, changes: dict[str, object]) -> None:
    case, ciso, cio = decided(site)

    lying = site.seal("cleo", case, ciso, cio, record=replace(site.record_file("dan", "cleo"), **changes))  # type: ignore[arg-type]

    assert judged(site, case, lying)[0] is Force.IGNORED


@pytest.mark.attack("a seal by somebody outside the pair", refusal="seal ignored: its signer gave neither opinion")
@pytest.mark.parametrize("who", ["ada", "bob", "eve"])
def test_nobody_else_seals(site: Site, who: str) -> None:
    case, ciso, cio = decided(site)

    foreign = site.seal(who, case, ciso, cio)

    assert judged(site, case, foreign) == (
        Force.IGNORED,
        "its signer gave neither, or both, of the opinions it seals",
    )
    assert record(site.state(case)) == (RecordState.OPEN, "")
    assert refused_seals(site.state(case)) == ()


@pytest.mark.attack("a seal over opinions that do not agree", refusal="seal ignored: not two opinions that agree")
def test_only_opinions_that_agree_are_sealed(site: Site) -> None:
    case = site.revision().id
    ciso, other = site.ciso(case, users=20), site.cio(case, users=50)
    site.cio(case, users=20)

    seal = site.seal("cleo", case, ciso, other)

    assert judged(site, case, seal) == (Force.IGNORED, "it seals something other than two opinions that agree")


def test_a_seal_waits_for_its_file(site: Site) -> None:
    case, ciso, cio = decided(site)
    seal = site.seal("cleo", case, ciso, cio)
    kept = site.blobs.pop(digest(seal))

    assert judged(site, case, seal)[0] is Force.WAITS

    site.blobs[digest(seal)] = kept
    assert judged(site, case, seal)[0] is Force.COUNTS


# ------------------------------------------------------------------------------------------------ which one is obeyed
@pytest.mark.attack("a later seal by the same signer in the place of the first", refusal="the first seal stands")
@pytest.mark.parametrize("who", ["cleo", "dan"])
def test_a_later_seal_never_takes_the_place_of_the_first(site: Site, who: str) -> None:
    case, ciso, cio = decided(site)
    first = site.seal("cleo", case, ciso, cio)

    for number in range(8):  # some of them have a smaller digest than the first
        site.seal(who, case, ciso, cio, salt=f"again {number}")

    assert record(site.state(case)) == (RecordState.SEALED, digest(first))
    assert contradicting_seals(site.state(case)) == ()


@pytest.mark.attack("a second approval and seal on a decided case", refusal="the first seal stands")
def test_a_second_opinion_on_the_same_terms_does_not_bring_a_second_record(site: Site) -> None:
    case, ciso, cio = decided(site)
    first = site.seal("cleo", case, ciso, cio)
    for number in range(8):
        again = site.ciso(case)
        site.seal("dan", case, again, cio, salt=f"{number}")

    state = site.state(case)

    assert record(state) == (RecordState.SEALED, digest(first))
    assert state.decision is not None
    assert set(state.decision.opinions) == {ciso.id, cio.id}
    assert state.seals == ((first.id,),), "and the files sealed later are no records beside it"


@pytest.mark.attack("two good seals made apart", refusal="CONTRADICTED, with both digests")
def test_seals_made_apart_over_different_files_contradict_each_other(site: Site) -> None:
    case, ciso, cio = decided(site)
    away = site.fork("away")
    one, other = site.seal("cleo", case, ciso, cio, salt="one"), away.seal("dan", case, ciso, cio, salt="other")

    state = site.take(away).state(case)

    assert record(state) == (RecordState.CONTRADICTED, "")
    assert state.decision is not None
    assert {item.sha256 for item in state.decision.rivals} == {digest(one), digest(other)}
    assert {name for name, _ in contradicting_seals(state)} == {one.id, other.id}
    assert state.turn == ()
    assert state.in_force is not None, "the decision itself is not in doubt"


def test_the_same_file_sealed_twice_is_one_record(site: Site) -> None:
    case, ciso, cio = decided(site)
    away = site.fork("away")
    one = site.seal("cleo", case, ciso, cio)
    away.seal("dan", case, ciso, cio)

    assert record(site.take(away).state(case)) == (RecordState.SEALED, digest(one))


def test_terms_agreed_on_again_after_others_have_a_record_of_their_own(site: Site) -> None:
    case, ciso, cio = decided(site)
    old = site.seal("cleo", case, ciso, cio, salt="old")
    site.ciso(case, users=50), site.cio(case, users=50)
    ciso, cio = site.ciso(case), site.cio(case)
    new = site.seal("cleo", case, ciso, cio, salt="new")

    state = site.state(case)

    assert record(state) == (RecordState.SEALED, digest(new))
    assert {name for group in state.seals for name in group} == {old.id, new.id}


# ------------------------------------------------------------------------------------------------- an open record
def test_a_copy_nobody_can_use_does_not_take_the_turn(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    ciso, cio = site.ciso(case), away.cio(case)
    site.take(away)

    for broken, turn in ((ciso, "ciso"), (cio, "cio")):
        reader = site.fork("reader")
        # Bytes that are no record under the digest the opinion names: what a hostile signer attaches.
        reader.blobs[digest(broken)] = b"junk"
        assert reader.state(case).turn == (turn,)
    reader = site.fork("reader")
    reader.blobs |= {digest(ciso): b"junk", digest(cio): b"junk"}
    state = reader.state(case)
    assert state.turn == ("cio", "ciso")
    assert state.settled == (), "either office makes a fresh copy by approving again"


def test_a_copy_with_both_signatures_only_needs_its_seal(site: Site) -> None:
    """The second signer's seal is junk, or has got lost: the other office seals the copy."""
    case, _, cio = decided(site)
    whole = site.record_file("dan", "cleo", salt="whole")
    site.blobs[digest(cio)] = site.blobs[whole.sha256]

    assert site.state(case).turn == ("ciso",)
    assert site.state(case).completes("dan") is not None
    assert site.state(case).completes("cleo") is None


# ---------------------------------------------------------------------------------------------------- expired rosters
@pytest.mark.attack(
    "an approval under an expired roster with a patched client", refusal="no favour: roster had expired"
)
def test_an_approval_signed_after_its_roster_expired_decides_nothing(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.clock = site.clock.replace(year=2028)
    late = site.cio(case)

    assert judged(site, case, late) == (Force.SPENT, "the roster it names had expired when it was given")
    assert (site.state(case).phase, site.state(case).in_force) == (Phase.COUNTERSIGN, None)


def test_the_last_day_of_a_roster_still_counts(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.clock = site.clock.replace(year=2027, month=12, day=31)
    site.cio(case)

    assert site.state(case).phase is Phase.DECIDED


def test_a_later_version_lets_them_approve_and_what_was_given_in_time_stands(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    (current,) = site.history().in_force
    site.publish(roster(PEOPLE, version=2, previous=(current.id,), expires=date(2030, 1, 1)), "bob", "finn")
    site.clock = site.clock.replace(year=2029)
    site.cio(case)

    assert site.state(case).phase is Phase.DECIDED


@pytest.mark.parametrize("position", [Position.DECLINE, Position.CHANGES])
def test_an_objection_under_an_expired_roster_keeps_its_force(site: Site, position: Position) -> None:
    case, _, _ = decided(site)
    site.clock = site.clock.replace(year=2028)
    objection = site.cio(case, position=position)

    assert judged(site, case, objection)[0] is Force.COUNTS
    assert site.state(case).in_force is None


# -------------------------------------------------------------------------------------------------------- the algebra
seals = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["cleo", "dan", "cleo", "dan", "ada"]),
    st.sampled_from(["good", "good", "good", "junk", "half", "pages"]),
    st.sampled_from(["", "one", "other"]),
)
meetings = st.tuples(st.integers(0, 2), st.integers(0, 2))


def played(moves) -> tuple[list[Site], str]:
    """A decided case at three sites, where people seal and sometimes meet."""
    office = organisation()
    case, ciso, cio = decided(office)
    sites = [office, office.fork("site1"), office.fork("site2")]
    for move in moves:
        if len(move) == 2:
            sites[move[0]].take(sites[move[1]])
            continue
        at, who, sort, salt = move
        site = sites[at]
        file = {"junk": site.attach(b"junk", "application/pdf"), "half": site.record_file("dan", salt=salt)}.get(sort)
        site.seal(who, case, ciso, cio, record=file, salt=salt, base=OTHER if sort == "pages" else "d" * 64)
    return sites, case


@given(moves=st.lists(st.one_of(seals, seals, meetings), min_size=1, max_size=10), order=st.randoms())
def test_any_order_of_the_same_acts_gives_the_same_record(moves, order) -> None:
    sites, case = played(moves)
    merged = sites[0].fork("reader").take(*sites[1:])
    expected = merged.state(case)

    acts = [act for act in merged.acts.values() if act.case_id == case] * 2
    order.shuffle(acts)

    assert (
        fold_case(
            acts, merged.history(), merged.blobs, merged.listings(), merged.read_record_file, believed, THIS_VERSION
        )
        == expected
    )


@given(moves=st.lists(st.one_of(seals, seals, meetings), min_size=1, max_size=10))
def test_the_record_is_the_one_that_a_plain_reading_of_the_rule_finds(moves) -> None:
    sites, case = played(moves)

    for site in (*sites, sites[0].fork("reader").take(*sites[1:])):
        mine = [act for act in site.acts.values() if act.case_id == case]
        found = site.state(case).in_force
        assert found is not None
        files = {item.sha256 for item in (found.record, *found.rivals) if item}
        assert files == Oracle(mine, site.history(), site.blobs, site.listings(), site.read_record_file).record()
        assert (found.record_state is RecordState.CONTRADICTED) == (len(files) > 1)


@given(moves=st.lists(seals, min_size=1, max_size=6), more=st.lists(seals, max_size=6))
def test_a_record_that_stands_is_never_replaced_by_what_is_signed_after_it(moves, more) -> None:
    sites, case = played([(0, *move[1:]) for move in moves])
    before = sites[0].state(case).in_force
    office = sites[0]
    (ciso,) = (act for act in office.acts.values() if act.kind == "opinion" and act.person == "dan")
    (cio,) = (act for act in office.acts.values() if act.kind == "opinion" and act.person == "cleo")
    for _, who, _, salt in more:
        office.seal(who, case, ciso, cio, salt=salt)

    after = office.state(case).in_force

    assert before is not None
    assert after is not None
    if before.record is not None:
        assert after.record == before.record

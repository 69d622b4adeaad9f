"""Kinds that begin with ``note-``: kept, passed on, shown, and without any effect, by every author and in every place."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import COMMENT, KINDS, ActKinds, Effect, is_note
from intake.domain.acts.kinds.comment import CommentKind
from intake.domain.base.canonical import Json
from intake.domain.base.wording import words
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.case.summary import later_notes, summarise
from tests.counting import calls
from tests.domain.case.histories import random_world
from tests.domain.world import Site, organisation

NOTE = "note-archive"
SAYING = ("ada", "bob", "cleo", "dan", "finn")


@pytest.fixture
def site() -> Site:
    return organisation()


def judged(state: CaseState, act: Act) -> tuple[Force, str]:
    found = state.event(act.id).judgement
    return found.force, words(found.reason)


def without_events(state: CaseState) -> CaseState:
    return replace(state, events=())


# ---------------------------------------------------------------------------------------------- what a name promises


@pytest.mark.parametrize("kind", ["note-archive", "note-", "note-1", "note-withdraw"])
def test_what_begins_with_note_is_a_note(kind: str) -> None:
    assert is_note(kind)
    assert not KINDS.is_unknown(kind)


@pytest.mark.parametrize("kind", ["note", "notes-archive", "my-note-archive", "noteworthy"])
def test_what_only_resembles_a_note_may_bind(kind: str) -> None:
    assert not is_note(kind)
    assert KINDS.is_unknown(kind)


@pytest.mark.parametrize("does", [item for item in Effect if item is not Effect.NONE])
def test_no_version_gives_a_note_an_effect(does: Effect) -> None:
    class Archived(CommentKind):
        name = NOTE
        effect = does

    with pytest.raises(ValueError, match="note-archive is a note, older programs pass it by"):
        ActKinds([Archived()])


def test_a_kind_is_listed_once() -> None:
    with pytest.raises(ValueError, match="comment is listed twice"):
        ActKinds([COMMENT, COMMENT])


# ------------------------------------------------------------------------------------------------ what a note may do


@pytest.mark.parametrize("who", SAYING)
def test_a_note_of_somebody_with_a_say_blocks_nothing(site: Site, who: str) -> None:
    case = site.revision().id
    site.ciso(case)
    note = site.act(who, NOTE, {"text": "Archived."}, case=case)
    site.cio(case)

    state = site.state(case)

    assert judged(state, note) == (Force.NOTE, "it is a note of a newer version, and decides nothing")
    assert state.phase is Phase.DECIDED
    assert state.blocked == ()


def test_an_approval_that_descends_from_a_note_counts(site: Site) -> None:
    case = site.revision().id
    note = site.act("dan", NOTE, {}, case=case)

    approval = site.ciso(case, after=[note.id])
    site.cio(case)

    assert approval.prev == note.id
    assert site.state(case).phase is Phase.DECIDED


def test_what_this_version_signs_next_does_not_rest_on_a_note(site: Site) -> None:
    """A note that gets lost on the way then holds up nobody."""
    case = site.revision().id

    site.act("eve", NOTE, {}, case=case)

    assert site.state(case).newest == (case,)


@pytest.mark.attack("a note with the name of a withdrawal", refusal="NOTE, the decision stands")
def test_a_note_named_like_a_withdrawal_withdraws_nothing(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)

    note = site.act("ada", "note-withdraw", {"reason": "Not needed", "base": "", "record": None}, case=case)

    assert judged(site.state(case), note)[0] is Force.NOTE
    assert site.state(case).phase is Phase.DECIDED


@pytest.mark.attack("a note that names a file nobody has", refusal="NOTE, nothing waits for the file")
def test_a_note_whose_file_never_comes_makes_nothing_wait(site: Site) -> None:
    case = site.revision().id
    file: dict[str, Json] = {"sha256": "7" * 64, "size": 9, "media_type": "text/plain", "name": "gone.txt"}

    note = site.act("dan", NOTE, {"attachments": [file]}, case=case)
    site.ciso(case)
    site.cio(case)

    state = site.state(case)
    assert KINDS.carried(note) == {"7" * 64}
    assert (state.phase, state.missing) == (Phase.DECIDED, ())


@pytest.mark.parametrize("attachments", [[{"sha256": "x"}], ["7" * 64], "all", 3, None])
def test_a_note_with_files_in_another_form_carries_none(site: Site, attachments) -> None:
    note = site.act("dan", NOTE, {"attachments": attachments}, case=site.revision().id)

    assert KINDS.attached(note, None) == ()


@pytest.mark.attack("a note that names an act nobody has", refusal="NOTE, only what names the note waits")
def test_a_note_that_names_what_is_missing_makes_nobody_wait_who_did_not_name_it(site: Site) -> None:
    case = site.revision().id
    site.act("eve", NOTE, {}, case=case, after=["8" * 64])

    site.ciso(case, after=site.state(case).newest)
    site.cio(case, after=site.state(case).newest)

    assert (site.state(case).phase, site.state(case).missing) == (Phase.DECIDED, ())


@pytest.mark.attack("a note that claims the place of an approval in its stream", refusal="fork: alarm, SPENT")
def test_a_note_at_the_place_of_an_approval_is_a_fork_as_any_act_is(site: Site) -> None:
    """If notes did not count here, one of them between two branches would hide that a profile was copied."""
    case = site.revision().id
    approval = site.ciso(case)

    site.act("dan", NOTE, {}, case=case, seq=approval.seq, prev=approval.prev, after=approval.after)

    state = site.state(case)
    assert len(state.forks) == 1
    assert state.event(approval.id).judgement.force is Force.SPENT


@pytest.mark.attack("a note by a key the roster does not list", refusal="IGNORED")
def test_a_note_of_a_stranger_is_not_shown_as_one_of_the_organisation(site: Site) -> None:
    case = site.revision().id
    note = site.act("mallory", NOTE, {}, case=case)

    state = site.state(case)

    assert judged(state, note) == (Force.IGNORED, "the roster does not list its signer with this key")
    assert later_notes(state) == ()


@pytest.mark.attack("a note of another organisation", refusal="IGNORED")
def test_a_note_of_another_organisation_is_ignored(site: Site) -> None:
    case = site.revision().id
    note = site.act("dan", NOTE, {}, case=case, org="9" * 64)

    assert judged(site.state(case), note) == (Force.IGNORED, "it belongs to another organisation")


def test_a_note_under_a_roster_that_is_not_here_makes_nothing_wait(site: Site) -> None:
    case = site.revision().id
    note = site.act("dan", NOTE, {}, case=case, roster="6" * 64)

    state = site.state(case)

    assert judged(state, note) == (Force.WAITS, "the roster it names is not here or does not count")
    assert state.missing == ()


def test_a_note_neither_raises_a_case_in_the_list_nor_is_found_by_its_words(site: Site) -> None:
    case = site.revision().id
    before = summarise(site.state(case), None)

    site.act("dan", NOTE, {"text": "Unmistakable"}, case=case)
    site.act("dan", NOTE, {"text": "Again"}, case=case)

    assert summarise(site.state(case), None) == before
    assert later_notes(site.state(case)) == ((NOTE, "dan", 2),)


@pytest.mark.attack("ten thousand notes in one case", refusal="folded; one line in the summary")
@pytest.mark.slow("ten thousand notes are folded")
@pytest.mark.exhaustive
def test_thousands_of_notes_change_nothing_and_cost_no_more_than_they_are(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    before = site.state(case)
    first = site.act("eve", NOTE, {}, case=case, after=[case])

    def more(numbers: range) -> int:
        """The work of folding the case when these notes have come, too."""
        for number in numbers:
            name, prev = f"{number:064x}", f"{number - 1:064x}" if number else first.id
            site.acts[name] = replace(first, id=name, seq=first.seq + 1 + number, prev=prev)
        return calls(partial(site.state, case))

    few = more(range(2500))
    assert more(range(2500, 10_000)) < 6 * few, "four times as many notes cost four times as much"
    state = site.state(case)
    assert without_events(state) == without_events(before)
    assert later_notes(state) == ((NOTE, "eve", 10_001),)


# ---------------------------------------------------------------------------------------------------- in any history


@given(seed=st.integers(0, 1_000_000), chance=st.randoms(use_true_random=False))
@pytest.mark.exhaustive
def test_notes_added_to_any_history_change_nothing_but_the_events(seed: int, chance: Random) -> None:
    world = random_world(seed)
    site = world.merged()
    expected = site.state(world.case)
    every = [act for act in site.acts.values() if act.case_id == world.case]

    for number in range(4):
        noted = Site(f"notes{number}", site.org, site.roster, dict(site.acts), dict(site.blobs), site.clock)
        names = [act.id for act in chance.sample(every, chance.randint(0, min(3, len(every))))]
        names += ["8" * 64] if chance.random() < 0.2 else []
        noted.act(chance.choice([*SAYING, "eve", "mallory"]), NOTE, {}, case=world.case, after=names)
        site.take(noted)

    state = site.state(world.case)
    assert without_events(state) == without_events(expected)
    assert summarise(state, None) == summarise(expected, None)

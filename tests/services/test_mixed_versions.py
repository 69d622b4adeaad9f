"""Three versions of the program meet over real registers, from what is stored on: nothing gets stuck, nothing is lost.

The newer ones sign what the older one does not know: kinds of acts, terms of another table, a playbook for another engine,
records of another edition. It keeps all of it, passes it on, permits nothing by it, objects and signs in its own edition. After
an update it says the same as the others, and nothing had to be signed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.base.canonical import sha256
from intake.domain.base.wording import words
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase, RecordState
from intake.domain.case.summary import later_notes
from intake.records.reading import claims, structure
from intake.services.deciding import recording, reviewing
from intake.services.organisation import people, playbooks
from intake.services.proving import verifying
from intake.trust.acts import verify_act
from tests.corpus.organisation.stored import NUMBERS, said_then
from tests.domain.acts.later_kinds import DISMANTLE, DismantleBody
from tests.services.later import sign_later
from tests.services.mixed import NAMES, SHELVED, Mixed, ShelvedBody, mixed
from tests.services.test_mixed_engines import NEEDS
from tests.services.test_mixed_tables import UNREAD
from tests.services.test_playbooks import overlay

PLAN, SCAN = b"Export, then delete.", b"A picture of a page."


def listed(data: bytes, name: str) -> Attachment:
    return Attachment(sha256(data), len(data), "text/plain", name)


@dataclass
class Story:
    """What the newer versions sign, and what the older one answers, in the order in which they can."""

    world: Mixed
    filed: str = ""
    approved: str = ""

    def sign_apart(self) -> None:
        """Before anybody hears of the others."""
        world = self.world
        between, newest = world.at("between"), world.at("newest")
        here = world.installations["between"]
        decided, declined = world.cases["decided"], world.cases["declined"]
        note = ShelvedBody("Shelf 3", listed(SCAN, "scan.txt")).as_json()
        sign_later(here, between.signer("bob"), SHELVED.name, note, case=declined, files={sha256(SCAN): SCAN})
        retire = DismantleBody("Nobody uses it.", listed(PLAN, "plan.txt")).as_json()
        sign_later(
            here, between.signer("ada"), DISMANTLE.name, retire, case=decided,
            after=here.heads(decided), files={sha256(PLAN): PLAN},
        )  # fmt: skip
        differ = world.cases["terms-differ"]
        between.decide("dan", differ, given=reviewing.look(here, differ, "dan").proposal)
        between.decide("dan", world.cases["contested"])
        newest.decide("dan", world.cases["review"])
        playbooks.accept(world.installations["newest"], newest.signer("finn"), overlay())

    def agree_on_the_playbook(self) -> None:
        between = self.world.installations["between"]
        (pending,) = between.rosters.pending
        people.endorse(between, self.world.at("between").signer("bob"), pending.listed.id)

    def answer_in_the_older_edition(self) -> None:
        case = self.world.cases["contested"]
        given = reviewing.look(self.world.installations["older"], case, "cleo").proposal
        self.world.at("older").decide("cleo", case, given=given)

    def file_for_the_newer_engine(self) -> None:
        newest = self.world.at("newest")
        self.filed, self.approved = newest.file("eve"), newest.file("eve")
        newest.decide("dan", self.approved)

    def object(self) -> None:
        self.world.at("older").decide("cleo", self.filed, Position.DECLINE, reason="Nobody here can read it.")

    def complete_the_older_copy(self) -> None:
        between = self.world.at("between")
        recording.complete(self.world.installations["between"], between.signer("dan"), self.world.cases["contested"])

    def tell(self) -> None:
        """All of it, with the update between."""
        self.sign_apart()
        self.world.settle()
        self.agree_on_the_playbook()
        self.answer_in_the_older_edition()
        self.world.settle()
        self.complete_the_older_copy()
        self.file_for_the_newer_engine()
        self.world.settle()
        self.object()
        self.world.update("older", "between")
        self.world.settle()
        self.countersign_what_could_not_be_read()
        self.world.settle()

    def countersign_what_could_not_be_read(self) -> None:
        older = self.world.at("older")
        for case in (self.world.cases["review"], self.approved):
            older.decide("cleo", case, given=reviewing.look(self.world.installations["older"], case, "cleo").proposal)


def phases(world: Mixed, case: str) -> tuple[Phase, ...]:
    return tuple(world.installations[name].state(case).phase for name in NAMES)


def nothing_is_stuck(world: Mixed) -> None:
    """Nothing was refused, waits for its roster or for a file, or is missing at any of them."""
    for name in NAMES:
        register = world.installations[name].register
        assert register.quarantine.items() == (), name
        assert register.queries.waiting_room() == (), name
        assert register.receipts.wanted() == (), name
        assert all(not world.installations[name].folded(row.case).missing for row in register.queries.page().rows), name


def nothing_is_lost(world: Mixed) -> None:
    """All hold the same signed files, those of before unchanged, and no place in a stream is taken twice."""
    older, between, newest = (world.blobs(name) for name in NAMES)
    assert older == between == newest
    before = {act: line.split()[0] for act, line in said_then(NUMBERS[-1])["acts"].items()}
    assert {act: sha256(older[act]) for act in before} == before
    acts = [verify_act(blob).act for blob in older.values()]
    assert len({(act.signer, act.stream, act.case_id, act.seq) for act in acts}) == len(acts)


def all_say_the_same(world: Mixed) -> None:
    """Also when everything is computed again."""
    rebuilt = [world.installations[name].register.rebuild(check=True) for name in NAMES]
    assert all(item.identical for item in rebuilt)
    assert len({item.after for item in rebuilt}) == 1


def record_of(world: Mixed, case: str) -> tuple[int, bytes]:
    """The edition and the bytes of the record, the same at all three."""
    found = set()
    for name in NAMES:
        installation = world.installations[name]
        decision = installation.state(case).decision
        assert decision is not None
        assert decision.record_state is RecordState.SEALED
        assert decision.record is not None
        found.add(installation.register.queries.blob(decision.record.sha256))
    (pdf,) = found
    assert pdf is not None
    return claims.claimed_edition(structure.scan(pdf).twin), pdf


@pytest.mark.slow(
    "three registers, a dozen acts with eight records, and a look at each of them before and after the update"
)
@pytest.mark.exhaustive
def test_three_versions_on_one_exchange(tmp_path: Path) -> None:
    with mixed(tmp_path) as world:
        story = Story(world)
        story.sign_apart()
        world.settle()
        the_older_one_keeps_and_permits_nothing(world)
        story.agree_on_the_playbook()
        story.answer_in_the_older_edition()
        world.settle()
        assert phases(world, world.cases["contested"]) == (Phase.DECIDED,) * 3
        assert world.installations["older"].state(world.cases["contested"]).turn == ("ciso",)
        story.complete_the_older_copy()
        story.file_for_the_newer_engine()
        world.settle()
        the_newer_engine_is_waited_for(world, story)
        story.object()
        world.settle()
        assert phases(world, story.filed) == (Phase.DECLINED,) * 3
        nothing_is_stuck(world)
        nothing_is_lost(world)

        world.update("older", "between")
        world.settle()
        nothing_is_stuck(world)
        nothing_is_lost(world)
        assert phases(world, world.cases["decided"]) == (Phase.WITHDRAWN,) * 3
        assert phases(world, world.cases["review"]) == (Phase.COUNTERSIGN,) * 3
        assert phases(world, story.approved) == (Phase.COUNTERSIGN,) * 3
        story.countersign_what_could_not_be_read()
        world.settle()

        nothing_is_stuck(world)
        nothing_is_lost(world)
        all_say_the_same(world)
        ends = {"contested": 1, "terms-differ": 1, "review": 9}
        cases = {**{world.cases[name]: edition for name, edition in ends.items()}, story.approved: 9}
        assert {case: record_of(world, case)[0] for case in cases} == cases
        # What was decided otherwise than was filed waits for its owner.
        assert {phases(world, case) for case in cases} <= {(Phase.DECIDED,) * 3, (Phase.ACCEPTANCE,) * 3}
        for case in (world.cases["contested"], story.approved):
            assert verifying.verify(world.installations["older"], record_of(world, case)[1]).passed


def the_older_one_keeps_and_permits_nothing(world: Mixed) -> None:
    older, cases = world.installations["older"], world.cases
    # A note binds nobody; its file is here though nobody here knows which field names it.
    assert later_notes(older.state(cases["declined"])) == (("note-archive", "bob", 1), (SHELVED.name, "bob", 1))
    assert phases(world, cases["declined"]) == (Phase.DECLINED,) * 3
    assert {older.register.queries.blob(sha256(data)) for data in (PLAN, SCAN)} == {PLAN, SCAN}
    # A kind that closes is over for those who know it. Here nothing new is approved beside it.
    assert phases(world, cases["decided"]) == (Phase.DECIDED, Phase.WITHDRAWN, Phase.WITHDRAWN)
    assert [words(why) for _, why in older.state(cases["decided"]).blocked] == [
        "somebody with a say signed a kind of act this version does not know"
    ]
    # Terms by a newer table are kept and wait.
    assert phases(world, cases["review"]) == (Phase.COUNTERSIGN,) * 3
    forces = {}
    for name in NAMES:
        events = world.installations[name].state(cases["review"]).events
        (given,) = (event.judgement for event in events if isinstance(event.body, OpinionBody))
        forces[name] = (given.force, words(given.reason))
    assert forces == {
        "older": (Force.UNJUDGED, UNREAD),
        "between": (Force.COUNTS, ""),
        "newest": (Force.COUNTS, ""),
    }
    # A first signature in an edition that is not known here.
    (first,) = older.state(cases["contested"]).positions[Office.CISO]
    record = older.state(cases["contested"]).opinion(first).record
    assert record is not None
    assert claims.claimed_edition(structure.scan(older.register.queries.blob(record.sha256) or b"").twin) == 9
    # Who is ahead countersigns in the edition of the first signer.
    assert record_of(world, cases["terms-differ"])[0] == 1
    nothing_is_stuck(world)


def the_newer_engine_is_waited_for(world: Mixed, story: Story) -> None:
    forces = {}
    for name in NAMES:
        state = world.installations[name].state(story.approved)
        (given,) = (event.judgement for event in state.events if isinstance(event.body, OpinionBody))
        forces[name] = (given.force, words(given.reason))
        assert state.pairs == ()
    assert forces == {
        "older": (Force.UNJUDGED, UNREAD),
        "between": (Force.WAITS, NEEDS),
        "newest": (Force.COUNTS, ""),
    }
    # Who is ahead has put its name to the copy of the older one too: nobody had to sign its terms again.
    assert record_of(world, world.cases["contested"])[0] == 1

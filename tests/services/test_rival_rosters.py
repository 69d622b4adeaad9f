"""Rival rosters on real registers with real keys: every reader, in whatever order they come, sees the same one in force.

Bob, Finn and Gita administer version 1, Rita keeps the records. Hugo and Ivy join them, then Bob and Finn are ended and
their keys cut off. On an old laptop that saw version 1 only, these two sign another version 2.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from intake.domain.acts.kinds import ENDORSE
from intake.domain.base.canonical import sha256
from intake.domain.case.phases import Phase
from intake.domain.organisation.roster import Role
from intake.register.views.digest import content_digest
from intake.register.views.queries import Queries
from intake.services.exchanging import exchanging
from intake.services.installation import act_files
from intake.services.installation.installation import Installation
from intake.services.installation.workspace import Workspace
from intake.services.lists import home
from intake.services.organisation import covering, people
from intake.services.proving import anchors, judging, proof, reading
from intake.services.proving.judged import Result
from intake.services.upkeep import diagnosing
from intake.trust.acts import VerifiedAct, verify_act
from tests.commands.house import run
from tests.people import person
from tests.services.anchoring import anchor_of_acts
from tests.services.offices import Clock, Offices

ROLES = {
    "ada": (Role.OWNER,),
    "bob": (Role.ADMINISTRATOR,),
    "cleo": (Role.CIO,),
    "dan": (Role.CISO,),
    "finn": (Role.ADMINISTRATOR,),
    "gita": (Role.ADMINISTRATOR,),
    "hugo": (),
    "ivy": (),
    "rita": (Role.RECORDS,),
}
HALL, LAPTOP = "hall", "laptop"


@dataclass
class Story(Offices):
    """The installations of everybody are one, the ``hall``; the ``laptop`` is where the former administrators sign."""

    first: str = ""
    second: str = ""
    newest: str = ""
    case: str = ""

    @property
    def hall(self) -> Installation:
        return self.installations[HALL]

    def agree(self, change: people.RosterChange, *names: str) -> str:
        for name in names:
            if change.roster not in {item.id for item in self.hall.rosters.in_force}:
                people.endorse(self.hall, self.signer(name), change.roster)
        assert change.roster in {item.id for item in self.hall.rosters.in_force}
        return change.roster

    def tell(self) -> None:
        self.open(HALL, LAPTOP)
        hall, laptop = self.hall, self.installations[LAPTOP]
        asked = [
            (people.enrol(hall, self.signer(name), name=name.title(), unit="Finance").act.id, roles)
            for name, roles in ROLES.items()
        ]
        self.first = people.found_organisation(hall, self.signer("bob"), "Test Works", asked).roster
        for name in ("finn", "gita"):
            people.endorse(hall, self.signer(name), self.first)
        laptop.register.join(self.first)
        self.travel(HALL, LAPTOP)
        bob, gita = self.signer("bob"), self.signer("gita")
        self.second = self.agree(people.grant_role(hall, bob, "hugo", Role.ADMINISTRATOR), "gita", "hugo")
        self.agree(people.grant_role(hall, gita, "ivy", Role.ADMINISTRATOR), "bob", "hugo", "ivy")
        for name in ("bob", "finn"):
            self.agree(people.end_role(hall, gita, name, Role.ADMINISTRATOR), "hugo", "ivy")
            self.newest = self.agree(people.cut_off_key(hall, gita, person(name).fingerprint), "hugo", "ivy")
        self.case = self.decided()

    def decided(self) -> str:
        """A request that both offices approve, all in the hall."""
        self.installations.update(dict.fromkeys(("ada", "cleo", "dan"), self.hall))
        case = self.file()
        given = self.terms("cleo", case)
        self.decide("cleo", case, given=given)
        self.decide("dan", case, given=given)
        return case

    def rival(self) -> str:
        laptop = self.installations[LAPTOP]
        made = people.grant_role(laptop, self.signer("bob"), "finn", Role.RECORDS)
        people.endorse(laptop, self.signer("finn"), made.roster)
        assert [item.id for item in laptop.rosters.in_force] == [made.roster]
        return made.roster

    def reader(self, *sources: str) -> Installation:
        """Somebody else's register, which gets what these have one after the other."""
        name = f"reader of {' and '.join(sources)}"
        self.open(name)
        self.installations[name].register.join(self.first)
        for source in sources:
            self.travel(source, name)
        return self.installations[name]


@cache
def _template() -> tuple[Path, Story]:
    folder = Path(tempfile.mkdtemp(prefix="countersign-rivals-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = Story(folder)
    made.tell()
    made.close()
    return folder, made


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    folder, told = _template()
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    made = Story(tmp_path, Clock(told.clock.now), {}, told.first, told.second, told.newest, told.case)
    made.open(HALL, LAPTOP)
    yield made
    for installation in set(map(id, made.installations.values())):
        next(item for item in made.installations.values() if id(item) == installation).register.close()


def in_force(installation: Installation) -> list[str]:
    return sorted(item.id for item in installation.rosters.in_force)


def digest(installation: Installation) -> str:
    with installation.register._database.read() as connection:
        return content_digest(connection)


def findings(story: Story, installation: Installation, name: str = HALL) -> dict[str, str]:
    found = diagnosing.diagnose(Workspace(story.root / name), installation).findings
    return {item.code: f"{item.sentence} {item.next_step}" for item in found}


def still_decided(story: Story, installation: Installation) -> bool:
    state = installation.folded(story.case)
    return state.phase is Phase.DECIDED and state.in_force is not None


@pytest.mark.attack("former administrators sign a rival roster", refusal="late, and two registers the same to the byte")
@pytest.mark.exhaustive
def test_a_covered_chain_is_untouched_whatever_comes_first(story: Story) -> None:
    people.checkpoint(story.hall, story.signer("rita"))
    rival = story.rival()

    one, other = story.reader(HALL, LAPTOP), story.reader(LAPTOP, HALL)
    story.travel(LAPTOP, HALL)

    assert in_force(one) == in_force(other) == in_force(story.hall) == [story.newest]
    assert list(one.rosters.late) == [rival]
    assert digest(one) == digest(other)
    assert one.register.rebuild(check=True).identical
    assert story.hall.register.rebuild(check=True).identical
    assert still_decided(story, one)
    again = story.decided()
    assert story.hall.state(again).in_force is not None


@pytest.mark.attack(
    "a rival of a roster that no checkpoint covers", refusal="rivals: nothing stands until records tell"
)
@pytest.mark.exhaustive
def test_without_a_checkpoint_they_are_rivals_and_records_heal_it(story: Story) -> None:
    rival = story.rival()
    story.travel(LAPTOP, HALL)
    assert in_force(story.hall) == sorted([story.second, rival])
    assert not still_decided(story, story.hall)
    assert "Rita can tell which counts" in findings(story, story.hall)["rivals"]

    covering.tell(story.hall, story.signer("rita"), story.second)

    assert in_force(story.hall) == [story.newest]
    assert still_decided(story, story.hall)
    assert story.hall.register.rebuild(check=True).identical
    reader = story.reader(LAPTOP, HALL)
    assert digest(reader) == digest(story.reader(HALL))
    again = story.decided()
    assert story.hall.state(again).in_force is not None


def test_only_records_of_the_version_before_can_tell_and_only_between_rivals(story: Story) -> None:
    rita = story.signer("rita")
    with pytest.raises(people.NoRivals):
        covering.tell(story.hall, rita, story.second)
    rival = story.rival()
    story.travel(LAPTOP, HALL)

    with pytest.raises(covering.NotRecordsBefore) as refused:
        covering.tell(story.hall, story.signer("gita"), story.second)
    assert refused.value.reason.endswith("with the key that version lists: Rita.")
    with pytest.raises(people.UnknownRoster):
        covering.tell(story.hall, rita, story.newest)
    # Somebody who keeps records was shown version 1 and the rival alone.
    people.checkpoint(story.installations[LAPTOP], rita)
    story.travel(LAPTOP, HALL)
    assert in_force(story.hall) == [rival]
    assert list(story.hall.rosters.late) == [story.second]


@pytest.mark.attack("a rival roster cuts off the key of the records team", refusal="its checkpoint tells all the same")
def test_records_whom_the_rival_has_cut_off_still_tell(story: Story) -> None:
    laptop = story.installations[LAPTOP]
    made = people.cut_off_key(laptop, story.signer("bob"), person("rita").fingerprint)
    people.endorse(laptop, story.signer("finn"), made.roster)
    story.travel(LAPTOP, HALL)
    assert not story.hall.rosters.listed("rita", person("rita").fingerprint)

    covering.tell(story.hall, story.signer("rita"), story.second)

    assert in_force(story.hall) == [story.newest]
    assert still_decided(story, story.hall)


def test_one_checkpoint_each_way_cannot_be_told_by_another(story: Story) -> None:
    people.checkpoint(story.hall, story.signer("rita"))
    rival = story.rival()
    people.checkpoint(story.installations[LAPTOP], story.signer("rita"))
    story.travel(LAPTOP, HALL)
    assert in_force(story.hall) == sorted([story.second, rival])

    with pytest.raises(covering.NothingTells):
        covering.tell(story.hall, story.signer("rita"), story.second)


def people_of(acts: Iterable[VerifiedAct], queries: Queries) -> dict[str, bytes]:
    """The files of the people that rosters among ``acts`` name."""
    named = (name for item in acts for name in act_files.people_of(item.act))
    return {name: data for name in named if (data := queries.blob(name)) is not None}


@pytest.mark.exhaustive
def test_a_listing_that_comes_later_settles_it_then(story: Story) -> None:
    people.checkpoint(story.hall, story.signer("rita"))
    rival = story.rival()
    reader = story.reader(LAPTOP)
    register, queries = reader.register, story.hall.register.queries
    acts = [verify_act(blob) for _, _, blob in queries.every_act()]
    register.append(acts, people_of(acts, queries))
    assert in_force(reader) == sorted([story.second, rival])

    wanted = {name: data for name in register.receipts.wanted() if (data := queries.blob(name)) is not None}
    register.append((), wanted)

    assert in_force(reader) == [story.newest]
    assert still_decided(story, reader)
    assert register.rebuild(check=True).identical


@pytest.mark.attack("hold back what a checkpoint lists", refusal="rivals, and who has to give the list")
def test_everything_says_whose_list_is_missing(story: Story) -> None:
    listed = people.checkpoint(story.hall, story.signer("rita")).act
    (name,) = act_files.listing_of(listed)
    story.rival()
    reader = story.reader(LAPTOP)
    acts = [verify_act(blob) for _, _, blob in story.hall.register.queries.every_act()]
    queries = story.hall.register.queries
    people_files = {file: queries.blob(file) or b"" for item in acts for file in act_files.people_of(item.act)}
    reader.register.append(acts, people_files)
    rosters = anchors.anchor_of_register(reader)
    second = next(item.act for item in acts if item.act.id == story.second)
    missing = "Rita of the records team signed a checkpoint that may tell, but what it lists is not here."
    ask = (
        f"Fetch it from the exchange, or ask Rita for what the checkpoint of {listed.at.date()} lists "
        f"(as a file: {name}.heads)."
    )
    home_of_reader = f"reader of {LAPTOP}"

    judged = judging.of_act(second, "", rosters)

    assert judged.result is Result.INDETERMINATE
    assert judged.sentence == (
        "It is roster version 2 of Test Works, and it cannot be said whether it counts: two rosters claim to be the "
        f"newest. {missing}"
    )
    assert judged.next_step == ask
    assert findings(story, reader, home_of_reader)["rivals"].endswith(f"{missing} {ask}")
    shown = run("roster", "show", "--home", story.root / home_of_reader).stdout
    assert missing in shown
    assert ask in shown

    reader.register.append((), {name: story.hall.register.queries.blob(name) or b""})

    assert "rivals" not in findings(story, reader, home_of_reader)
    assert judging.of_act(second, "", anchors.anchor_of_register(reader)).sentence == (
        "It is roster version 2 of Test Works. It was in force until version 3 took its place."
    )


def test_acts_and_listings_beside_a_file_tell_as_the_register_does(story: Story, tmp_path: Path) -> None:
    people.checkpoint(story.hall, story.signer("rita"))
    rival = story.rival()
    story.travel(LAPTOP, HALL)
    proof.write_acts(story.hall, tmp_path / "acts")
    files = sorted((tmp_path / "acts").iterdir())

    with_listings = anchors.anchor_of_files(story.first, files)
    without = anchors.anchor_of_files(story.first, [item for item in files if item.suffix != act_files.LISTING])

    assert [item.id for item in with_listings.rosters.in_force] == [story.newest]
    assert sorted(item.id for item in without.rosters.in_force) == sorted([story.second, rival])


def test_a_late_roster_is_judged_with_its_reason(story: Story) -> None:
    people.checkpoint(story.hall, story.signer("rita"))
    rival = story.rival()
    story.travel(LAPTOP, HALL)
    blob = story.hall.register.queries.blob_of_act(rival)
    assert blob is not None

    judged = judging.of_act(verify_act(blob).act, sha256(blob), anchors.anchor_of_register(story.hall))

    assert judged.result is Result.INDETERMINATE
    assert judged.sentence == "This roster version does not count: the records team had seen another before it."


@pytest.mark.attack("endorse a roster that came too late", refusal="INDETERMINATE: that version does not count")
@pytest.mark.exhaustive
def test_an_endorsement_of_a_late_roster_says_that_it_is_late(story: Story) -> None:
    people.checkpoint(story.hall, story.signer("rita"))
    rival = story.rival()
    story.travel(LAPTOP, HALL)
    given = next(
        act
        for act in story.hall.register.queries.organisation_acts("roster-endorse")
        if ENDORSE.read(act).roster == rival
    )

    judged = judging.of_act(given, "", anchors.anchor_of_register(story.hall))

    assert judged.result is Result.INDETERMINATE
    assert judged.sentence.startswith(
        "The roster version it endorses does not count: the records team had seen another"
    )


@pytest.mark.exhaustive
def test_a_version_that_is_not_here_yet_is_judged_as_after_its_import(story: Story) -> None:
    """A checkpoint that is here lists it already, with an act of a stream of which nothing is here."""
    rival = story.rival()
    people.checkpoint(story.installations[LAPTOP], story.signer("rita"))
    laptop, reader = story.installations[LAPTOP].register.queries, story.reader(HALL)
    acts = [verify_act(blob) for _, _, blob in laptop.every_act()]
    given = [
        item
        for item in acts
        if item.act.id == rival or (item.act.kind == "roster-endorse" and ENDORSE.read(item.act).roster == rival)
    ]
    reader.register.append([item for item in acts if item not in given])
    wanted = reader.register.receipts.wanted()
    reader.register.append((), {name: data for name in wanted if (data := laptop.blob(name)) is not None})
    assert in_force(reader) == [story.newest]

    files = people_of(given, laptop)
    foreseen = anchors.anchor_of_register(reader).including(*(item.act for item in given), files=files.values()).rosters
    reader.register.append(given, files)

    assert in_force(reader) == [rival]
    assert [item.id for item in foreseen.in_force] == [rival]
    assert foreseen.late == reader.rosters.late


def test_a_package_brings_the_listings_that_say_which_roster_counts(story: Story, tmp_path: Path) -> None:
    people.enrol(story.hall, story.signer("eve"), name="Eve", unit="Board")
    asked = next(item.act for item in people.enrolments(story.hall) if item.person == "eve")
    story.agree(people.list_person(story.hall, story.signer("gita"), asked, (Role.AUDITOR,)), "hugo", "ivy")
    people.checkpoint(story.hall, story.signer("rita"))
    story.rival()
    story.travel(LAPTOP, HALL)
    exchanging.export_package(story.hall, story.signer("eve"), tmp_path / "all.countersign")

    read = reading.read_package_whole(tmp_path / "all.countersign", story.first)
    judged = judging.of_package(read, anchor_of_acts(story.first, ()))

    assert judged.sentence == "The package of Eve is whole, and unchanged since it was signed."


def test_records_are_asked_and_the_doctor_misses_the_checkpoint(story: Story) -> None:
    def asked(name: str) -> list[int]:
        needs = home.needs(story.hall, name, person(name).fingerprint)
        return [item.listed.roster.version for item in needs.to_cover]

    missing = findings(story, story.hall)["roster-not-covered"]
    assert missing.startswith("No checkpoint of the records team covers roster version ")
    assert missing.endswith("Rita can sign one with: countersign roster checkpoint.")
    assert asked("rita") == [2, 3, 4, 5, 6, 7]
    assert asked("gita") == []

    people.checkpoint(story.hall, story.signer("gita"))
    assert asked("rita") != []
    people.checkpoint(story.hall, story.signer("rita"))

    assert asked("rita") == []
    assert "roster-not-covered" not in findings(story, story.hall)


@pytest.mark.exhaustive
def test_an_organisation_without_a_records_team_is_told(story: Story) -> None:
    rita = people.end_role(story.hall, story.signer("gita"), "rita", Role.RECORDS)
    story.agree(rita, "hugo", "ivy")
    people.checkpoint(story.hall, story.signer("rita"))
    assert set(findings(story, story.hall)) >= {"no-records-team"}
    assert "roster-not-covered" not in findings(story, story.hall)

    story.agree(people.grant_role(story.hall, story.signer("gita"), "ada", Role.RECORDS), "hugo", "ivy")

    found = findings(story, story.hall)
    assert "no-records-team" not in found
    assert "Version 8 lists nobody who keeps records" in found["roster-cannot-be-covered"]

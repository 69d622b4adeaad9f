"""The people of a roster travel as a file: by folder, package and plain files, late, missing, and by the hundred thousand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from intake.domain.acts.kinds import ENDORSE, KINDS
from intake.domain.acts.kinds.endorse import EndorseBody
from intake.domain.case.phases import Phase
from intake.domain.organisation import changes
from intake.domain.organisation.changes import Newcomer
from intake.domain.organisation.roster import Role
from intake.register.arrivals import Appended
from intake.services.exchanging import exchanging
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.installation import act_files
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.workspace import Workspace
from intake.services.organisation import people
from intake.services.proving import anchors, judging, proof, reading
from intake.services.proving.judged import Result
from intake.services.upkeep import diagnosing
from intake.trust.acts import VerifiedAct, verify_act
from tests.domain.world import certificate
from tests.people import person
from tests.services.anchoring import anchor_of_acts
from tests.services.offices import ROLES, Offices
from tests.services.stages import filed_with_ciso


def newest_file(offices: Offices, name: str = "bob") -> tuple[str, bytes]:
    queries = offices.installations[name].register.queries
    (file,) = act_files.people_of(queries.organisation_acts("roster")[-1])
    data = queries.blob(file)
    assert data is not None
    return file, data


def joined(offices: Offices, tmp_path: Path, name: str = "zoe") -> None:
    """Another installation that has accepted the organisation and has nothing of it yet."""
    offices.root = tmp_path / "more"
    offices.open(name)
    offices.installations[name].register.join(offices.installations["bob"].register.org)


def test_a_folder_brings_the_people_right_after_their_roster(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the other acts: these would have to wait for the end of the exchange, and few may wait."""
    share = tmp_path / "share"
    share.mkdir()
    name, _ = newest_file(offices)
    offices.file()
    FolderExchange(offices.installations["ada"], share).run()
    joined(offices, tmp_path)
    zoe = offices.installations["zoe"]
    taken: list[tuple[list[str], list[str]]] = []
    append = zoe.register.append

    def noting(acts: Iterable[VerifiedAct] = (), blobs: Mapping[str, bytes] | None = None) -> Appended:
        taken.append(([item.act.kind for item in acts], list(blobs or {})))
        return append(acts, blobs)

    monkeypatch.setattr(zoe.register, "append", noting)
    monkeypatch.setattr("intake.services.exchanging.taking._BATCH", 1)
    monkeypatch.setattr("intake.services.exchanging.taking._BATCH_BYTES", 1)

    report = FolderExchange(zoe, share).run()

    assert report.refused == 0
    roster = next(at for at, (kinds, _) in enumerate(taken) if "roster" in kinds)
    assert taken[roster + 1] == ([], [name])


def test_a_package_brings_the_people_and_is_judged_by_them(offices: Offices, tmp_path: Path) -> None:
    package = tmp_path / "all.countersign"
    exchanging.export_package(offices.installations["bob"], offices.signer("ada"), package)
    org = offices.installations["bob"].register.org

    read = reading.read_package_whole(package, org)
    judged = judging.of_package(read, anchor_of_acts(org, ()))
    joined(offices, tmp_path)
    report = exchanging.import_package(offices.installations["zoe"], package)

    assert judged.sentence == "The package of Ada is whole, and unchanged since it was signed."
    assert report.refused == 0
    assert offices.installations["zoe"].register.queries.waiting_room() == ()
    assert offices.installations["zoe"].rosters.founded


def test_acts_are_judged_by_the_people_in_files_beside_them(offices: Offices, tmp_path: Path) -> None:
    case = offices.file()
    org = offices.installations["ada"].register.org
    proof.write_acts(offices.installations["ada"], tmp_path / "acts")
    files = sorted((tmp_path / "acts").iterdir())
    act = offices.installations["ada"].register.queries.acts(case)[0]

    beside = judging.of_act(act, "", anchors.anchor_of_files(org, files))
    without = [item for item in files if item.suffix != act_files.PEOPLE]
    bare = judging.of_act(act, "", anchors.anchor_of_files(org, without))

    assert beside.result is Result.PASSED
    assert bare.result is Result.INDETERMINATE
    assert bare.sentence.startswith("It waits: the people of the roster it names are not here (")


@pytest.mark.attack("a roster’s people beside it, changed", refusal="INDETERMINATE: its people are not here")
def test_other_people_beside_a_roster_are_not_its_people(offices: Offices, tmp_path: Path) -> None:
    org = offices.installations["bob"].register.org
    proof.write_acts(offices.installations["bob"], tmp_path / "acts")
    (file,) = (tmp_path / "acts").glob(f"*{act_files.PEOPLE}")
    file.write_bytes(file.read_bytes().replace(b'"role":"ciso"', b'"role":"cio"', 1))
    blob = offices.installations["bob"].register.queries.blob_of_act(org)
    assert blob is not None

    anchor = anchors.anchor_of_files(org, sorted((tmp_path / "acts").iterdir()))
    judged = judging.of_act(verify_act(blob).act, "", anchor)

    assert judged.result is Result.INDETERMINATE
    name, _ = newest_file(offices)
    assert judged.sentence == f"This roster version does not count: its people are not here ({name[:16]})."


@pytest.mark.attack("a roster’s people in an exchange, changed", refusal="WrongBytes, quarantine")
def test_people_that_come_with_other_bytes_are_refused_and_the_right_ones_still_count(
    offices: Offices, tmp_path: Path
) -> None:
    name, data = newest_file(offices)
    case = offices.file()
    acts = [verify_act(blob) for _, _, blob in offices.installations["ada"].register.queries.every_act()]
    joined(offices, tmp_path)
    zoe = offices.installations["zoe"]

    zoe.register.append(acts)
    refused = zoe.register.append((), {name: data[:-1]})
    codes = {item.code for item in zoe.register.queries.waiting_room()}
    told = {item.code: item for item in diagnosing.diagnose(Workspace(offices.root / "zoe"), zoe).findings}
    queries = offices.installations["ada"].register.queries
    carried_with = {file: queries.blob(file) or b"" for item in acts for file in KINDS.carried(item.act) - {name}}
    zoe.register.append((), {name: data} | carried_with)

    assert [type(item.refusal).__name__ for item in refused.refused] == ["WrongBytes"]
    assert "PeopleMissing" in codes
    assert told["roster-unread"].next_step == f"Fetch from the exchange; it is the file {name}."
    assert zoe.rosters.founded
    assert zoe.state(case).phase is Phase.REVIEW
    assert zoe.register.queries.waiting_room() == ()
    assert zoe.register.rebuild(check=True).identical


def test_another_process_sees_that_the_people_have_come(offices: Offices, tmp_path: Path) -> None:
    name, data = newest_file(offices)
    acts = [verify_act(blob) for _, _, blob in offices.installations["bob"].register.queries.every_act()]
    joined(offices, tmp_path)
    one = offices.installations["zoe"]
    offices.open("zoe")
    other = offices.installations["zoe"]
    one.register.append(acts)
    assert not other.rosters.founded

    one.register.append((), {name: data})

    assert other.rosters.founded
    one.register.close()


def test_the_people_of_a_backup_are_there(offices: Offices, tmp_path: Path) -> None:
    name, data = newest_file(offices)

    offices.installations["bob"].register.back_up(tmp_path / "copy.sqlite")

    with sqlite3.connect(tmp_path / "copy.sqlite") as copy:
        assert copy.execute("SELECT bytes FROM blob WHERE sha256 = ?", (name,)).fetchone() == (data,)


@pytest.mark.parametrize("count", [1500, pytest.param(100_000, marks=pytest.mark.exhaustive)])
def test_an_organisation_of_many_people_is_founded_and_decides(count: int, tmp_path: Path) -> None:
    """More than an act of 1 MiB could list."""
    offices = Offices(tmp_path)
    offices.open(*ROLES)
    bob = offices.installations["bob"]
    today = offices.clock().date()
    named = [Newcomer(name, name.title(), "", person(name).certificate_der, ROLES[name]) for name in ROLES]
    crowd = (
        Newcomer(f"p{n:06}", f"Person {n}", "Works", certificate(f"p{n:06}"), ()) for n in range(count - len(ROLES))
    )
    document = changes.first("Big Works", [*named, *crowd], today=today, expires=today + timedelta(days=300))

    change = people.publish_accepting(bob, offices.signer("bob"), document, bob.shelf.core)
    for name, installation in offices.installations.items():
        if name != "bob":
            installation.register.join(change.roster)
    offices.travel("bob", "finn")
    # Nobody of this crowd enrolled, so no program would offer it to Finn.
    writer = ActWriter(offices.installations["finn"], offices.signer("finn"))
    writer.write(ENDORSE, EndorseBody(change.roster))
    writer.store()
    offices.travel("finn", "ada", "dan", "cleo")
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case)

    state = offices.installations["cleo"].state(case)
    assert state.phase is Phase.DECIDED
    newest = offices.installations["cleo"].rosters.newest
    assert newest is not None
    assert len(newest.people) == count
    assert newest.holders(Role.CIO)[0].id == "cleo"
    offices.close()

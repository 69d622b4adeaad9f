"""Right things offered wrongly first: under another name, as another kind, in a damaged package. They are taken when they come rightly.

Every way is tried by folder and by package, and then the right offer by either: what the register says in the end is what
one says that never saw the wrong offer.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.canonical import sha256
from intake.domain.case.phases import Phase
from intake.domain.organisation.roster import Role
from intake.exchange.entries import EntryKind, path_of
from intake.exchange.folder.folder import FolderCarrier
from intake.register.store.receipts import ItemKind
from intake.services.exchanging.exchanging import export_package, import_package
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.installation.installation import Installation
from intake.services.organisation import people
from tests.services.offices import Offices
from tests.services.stages import filed_everywhere

OTHER = {EntryKind.ACT: EntryKind.BLOB, EntryKind.BLOB: EntryKind.ACT}

Things = Mapping[tuple[EntryKind, str], bytes]
Wrongly = Callable[[EntryKind, str], str]

WAYS: dict[str, Wrongly] = {
    "another name": lambda kind, name: path_of(kind, sha256(name.encode())),
    "another kind": lambda kind, name: path_of(OTHER[kind], name),
    "another name and kind": lambda kind, name: path_of(OTHER[kind], sha256(name.encode())),
}


def rightly(kind: EntryKind, name: str) -> str:
    return path_of(kind, name)


class Carriers:
    """One folder and packages of one sender; a receiver gets from them exactly the files that are laid out."""

    def __init__(self, offices: Offices, receiver: str, root: Path) -> None:
        self.offices = offices
        self.receiver = offices.installations[receiver]
        self.root = root / f"share of {receiver}"
        self.root.mkdir()
        self.exchange = FolderExchange(self.receiver, self.root)
        self._packages = 0

    def bring(self, carrier: str, things: Things, where: Wrongly, *, damage: bool = False) -> None:
        files = [(where(kind, name), data) for (kind, name), data in things.items()]
        if carrier == "folder":
            self._by_folder(files)
        else:
            self._by_package(files, damage=damage)

    def _by_folder(self, files: Iterable[tuple[str, bytes]]) -> None:
        laid = []
        for path, data in files:
            target = self.root / self.receiver.register.org / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            laid.append(target)
        self.exchange.run()
        for target in laid:
            target.unlink()

    def _by_package(self, files: Iterable[tuple[str, bytes]], *, damage: bool) -> None:
        self._packages += 1
        whole = self.root.parent / f"{self.root.name} {self._packages}.whole"
        package = whole.with_suffix(".countersign")
        export_package(self.offices.installations["dan"], self.offices.signer("dan"), whole)
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(package, "w") as target:
            for info in source.infolist():
                if not info.filename.startswith(("ev/", "blob/")):
                    target.writestr(info, source.read(info))
            for path, data in files:
                target.writestr(path, data)
        if damage:
            content = package.read_bytes()
            for _, data in files:
                sum_ = struct.pack("<I", zlib.crc32(data))
                content = content.replace(sum_, bytes(letter ^ 1 for letter in sum_))
            package.write_bytes(content)
        import_package(self.receiver, package)


def news(giver: Installation, receiver: Installation) -> dict[tuple[EntryKind, str], bytes]:
    """What one register has and the other has not."""
    return {
        (EntryKind(item.kind.value), item.id): item.data
        for item in giver.register.receipts.outgoing("anywhere")
        if not receiver.register.receipts.known(item.kind, item.id)
    }


def says(installation: Installation, case: str) -> tuple[object, ...]:
    """What a register has and makes of it."""
    register = installation.register
    state = installation.state(case)
    return (
        sorted(blob_id for _, blob_id, _ in register.queries.every_act()),
        register.receipts.wanted(),
        [event.act.id for event in installation.folded(case).events],
        state.phase,
        state.missing,
        installation.rosters.newest.version,
    )


@pytest.fixture
def case(offices: Offices) -> str:
    return filed_everywhere(offices)


@pytest.mark.attack(
    "an objection offered under a wrong name first, to keep it out", refusal="WrongHash, and taken under its right name"
)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("then", ["folder", "package"])
@pytest.mark.parametrize("first", ["folder", "package"])
def test_an_objection_offered_wrongly_counts_once_it_comes_rightly(
    offices: Offices, tmp_path: Path, case: str, first: str, then: str, way: str
) -> None:
    dan, cleo, bob = (offices.installations[name] for name in ("dan", "cleo", "bob"))
    offices.decide("dan", case, Position.DECLINE, reason="No: it leaks.")
    things = news(dan, cleo)
    carriers = Carriers(offices, "cleo", tmp_path)

    carriers.bring(first, things, WAYS[way])
    assert cleo.state(case).phase is not Phase.DECLINED
    carriers.bring(then, things, rightly)

    Carriers(offices, "bob", tmp_path).bring(then, things, rightly)
    assert cleo.state(case).phase is Phase.DECLINED
    assert says(cleo, case) == says(bob, case)
    assert {item.sha256 for item in cleo.register.quarantine.items()}.isdisjoint(name for _, name in things)


@pytest.mark.attack(
    "a record file offered as an act first, to keep it out", refusal="NotSigned as an act; taken as the file it is"
)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("then", ["folder", "package"])
@pytest.mark.parametrize("first", ["folder", "package"])
@pytest.mark.exhaustive
def test_an_approval_and_its_copy_offered_wrongly_are_taken_once_they_come_rightly(
    offices: Offices, tmp_path: Path, case: str, first: str, then: str, way: str
) -> None:
    dan, cleo, bob = (offices.installations[name] for name in ("dan", "cleo", "bob"))
    offices.decide("dan", case)
    things = news(dan, cleo)
    acts = {thing: data for thing, data in things.items() if thing[0] is EntryKind.ACT}
    files = {thing: data for thing, data in things.items() if thing[0] is EntryKind.BLOB}
    assert acts
    assert files
    carriers = Carriers(offices, "cleo", tmp_path)

    carriers.bring(first, acts, rightly)
    carriers.bring(first, files, WAYS[way])
    assert cleo.state(case).missing
    carriers.bring(then, files, rightly)

    Carriers(offices, "bob", tmp_path).bring(then, things, rightly)
    assert not cleo.state(case).missing
    assert says(cleo, case) == says(bob, case)
    assert {item.sha256 for item in cleo.register.quarantine.items()}.isdisjoint(name for _, name in things)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("carrier", ["folder", "package"])
def test_what_is_here_stays_when_it_is_offered_wrongly_later(
    offices: Offices, tmp_path: Path, case: str, carrier: str, way: str
) -> None:
    dan, cleo = offices.installations["dan"], offices.installations["cleo"]
    offices.decide("dan", case)
    things = news(dan, cleo)
    carriers = Carriers(offices, "cleo", tmp_path)
    carriers.bring(carrier, things, rightly)
    before = says(cleo, case)

    carriers.bring(carrier, things, WAYS[way])

    assert says(cleo, case) == before


@pytest.mark.attack(
    "the people of a roster offered as an act first, to keep it out",
    refusal="NotSigned as an act; taken as the file it is",
)
@pytest.mark.parametrize("then", ["folder", "package"])
def test_the_people_of_a_roster_come_after_they_were_offered_as_an_act(
    offices: Offices, tmp_path: Path, case: str, then: str
) -> None:
    bob, finn, dan, cleo = (offices.installations[name] for name in ("bob", "finn", "dan", "cleo"))
    change = people.grant_role(bob, offices.signer("bob"), "ada", Role.AUDITOR)
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.travel("finn", "bob")
    things = news(bob, cleo)
    carriers = Carriers(offices, "cleo", tmp_path)

    carriers.bring("folder", {thing: data for thing, data in things.items() if thing[0] is EntryKind.ACT}, rightly)
    carriers.bring(
        "folder", {thing: data for thing, data in things.items() if thing[0] is EntryKind.BLOB}, WAYS["another kind"]
    )
    assert cleo.rosters.newest.version == dan.rosters.newest.version
    carriers.bring(then, things, rightly)

    assert cleo.rosters.newest.version == bob.rosters.newest.version
    assert says(cleo, case) == says(bob, case)


@pytest.mark.attack(
    "a right act in a package that describes it falsely, to keep it out",
    refusal="HeadersDisagree, and taken from another carrier",
)
@pytest.mark.parametrize("then", ["folder", "package"])
def test_what_a_package_describes_falsely_is_taken_from_another(
    offices: Offices, tmp_path: Path, case: str, then: str
) -> None:
    dan, cleo = offices.installations["dan"], offices.installations["cleo"]
    offices.decide("dan", case, Position.DECLINE, reason="No: it leaks.")
    things = news(dan, cleo)
    carriers = Carriers(offices, "cleo", tmp_path)

    carriers.bring("package", things, rightly, damage=True)
    assert "HeadersDisagree" in {item.reason.code for item in cleo.register.quarantine.items()}
    assert cleo.state(case).phase is not Phase.DECLINED
    carriers.bring(then, things, rightly)

    assert cleo.state(case).phase is Phase.DECLINED
    assert "HeadersDisagree" not in {item.reason.code for item in cleo.register.quarantine.items()}


def test_a_file_nobody_asked_for_is_taken_once_a_package_brings_the_act_that_names_it(
    offices: Offices, tmp_path: Path, case: str
) -> None:
    dan, cleo = offices.installations["dan"], offices.installations["cleo"]
    offices.decide("dan", case)
    things = news(dan, cleo)
    files = {thing: data for thing, data in things.items() if thing[0] is EntryKind.BLOB}
    carriers = Carriers(offices, "cleo", tmp_path)

    carriers.bring("folder", files, rightly)
    carriers.bring("package", {thing: things[thing] for thing in things.keys() - files.keys()}, rightly)
    assert cleo.state(case).missing
    carriers.bring("folder", files, rightly)

    assert not cleo.state(case).missing


def test_junk_is_read_once(offices: Offices, tmp_path: Path) -> None:
    """Also by a program that starts again, where the junk is an act by its name and place; else while it runs."""
    cleo = offices.installations["cleo"]
    carriers = Carriers(offices, "cleo", tmp_path)
    folder = carriers.root / cleo.register.org
    named = folder / path_of(EntryKind.ACT, sha256(b"junk"))
    renamed = folder / path_of(EntryKind.ACT, "0" * 64)
    for path in (named, renamed):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"junk")

    first = carriers.exchange.run()
    again = carriers.exchange.run()

    assert (first.refused, len(first.problems)) == (1, 1)
    assert (again.refused, again.problems) == (0, ())
    assert sorted(item.reason.code for item in cleo.register.quarantine.items()) == ["NotSigned", "WrongHash"]
    known = cleo.register.receipts.known
    looked = FolderCarrier(carriers.root, cleo.register.org).fetch(lambda kind, name: known(ItemKind(kind.value), name))
    assert [found.where for found in looked if hasattr(found, "where")] == [path_of(EntryKind.ACT, "0" * 64)]
    assert looked.report.read == 1

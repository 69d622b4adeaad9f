"""``import`` and ``verify`` agree: what ``verify`` does not pass, ``import`` does not exit 0 for, and it says why.

Every hostile package is made from a real one, and where its list or an act was changed, that is signed again.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.enrol import EnrolBody
from intake.exchange.entries import Entry, EntryKind
from intake.exchange.package import manifest as manifests
from intake.exchange.package.signing import signing_with
from intake.services.proving.judged import NOTHING_TO_DO, FileSort, Judged, Result
from intake.services.proving.judging import judged_by_importing
from tests.commands.conftest import copied
from tests.commands.house import House, called, document
from tests.exchange.test_hostile_package import HOSTILE_NAMES
from tests.exchange.zips import Raw, deflated, join, of, stored
from tests.people import person

CODES = {"TOTAL-PASSED": 0, "TOTAL-FAILED": 1, "INDETERMINATE": 2, "UNREADABLE": 3}


class Kit:
    """The entries of a real package, to be put together wrongly."""

    def __init__(self, package: Path) -> None:
        with zipfile.ZipFile(package) as archive:
            self.raws = [stored(item.filename, archive.read(item)) for item in archive.infolist()]
        self.manifest = manifests.decode(self.raws[0].body)

    @property
    def entries(self) -> list[Raw]:
        return self.raws[2:]

    def whole(self, entries: list[Raw], *, who: str = "ada", **changes: Any) -> bytes:
        """A package of these entries with a list that fits, signed by ``who``."""
        acts = sum(raw.name.startswith(b"ev/") for raw in entries)
        changes = {"acts": acts, "blobs": len(entries) - acts} | changes
        encoded = manifests.encode(replace(self.manifest, **changes))
        signature = signing_with(person(who).key)(encoded)
        return join([stored("manifest.json", encoded), stored("manifest.p7m", signature), *entries])

    def act(self, data: bytes) -> Raw:
        return of(Entry.of(EntryKind.ACT, data))


def _flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


HOSTILE: dict[str, Callable[[Kit], bytes]] = {
    "truncated": lambda kit: kit.whole(kit.entries)[:-30],
    "half": lambda kit: kit.whole(kit.entries)[: len(kit.raws[0].body)],
    "empty": lambda kit: b"",
    "a program before it": lambda kit: join(kit.raws, before=b"MZ\x90 a program"),
    "something behind it": lambda kit: join(kit.raws) + b"behind",
    "a comment": lambda kit: join(kit.raws, comment=b"buy now"),
    "a gap": lambda kit: join(kit.raws, gap=b"hidden"),
    "a lying count": lambda kit: join(kit.raws, count=3),
    "an entry twice": lambda kit: join([*kit.raws, kit.raws[-1]]),
    "a link": lambda kit: join([*kit.raws[:-1], kit.raws[-1].but(attributes=0o120777 << 16)]),
    "encrypted": lambda kit: join([*kit.raws[:-1], kit.raws[-1].but(flags=1)]),
    "a bomb": lambda kit: join([*kit.raws, deflated(f"blob/00/{'0' * 64}", bytes(10_000_000))]),
    "a wrong check sum": lambda kit: join([*kit.raws[:-1], kit.raws[-1].but(crc=1, local_crc=1)]),
    "a wrong name": lambda kit: kit.whole([*kit.entries[:-1], stored(kit.entries[-1].name, b"something else")]),
    "an act of the register damaged": lambda kit: kit.whole(
        [stored(kit.entries[0].name, _flipped(kit.entries[0].body)), *kit.entries[1:]]
    ),
    "an act whose signature is broken": lambda kit: kit.whole([*kit.entries, kit.act(_flipped(kit.entries[0].body))]),
    "an act that is none": lambda kit: kit.whole([*kit.entries, kit.act(b"0\x82 nothing")]),
    "an act of another organisation": lambda kit: kit.whole(
        [
            *kit.entries,
            kit.act(
                person("ada")
                .act("comment", CommentBody("x", "").as_json(), org="ab" * 32, case="cd" * 32, roster="ab" * 32)
                .blob
            ),
        ]
    ),
    "a list without its signature": lambda kit: join([kit.raws[0], *kit.entries]),
    "a list of another package": lambda kit: join([stored("manifest.json", b"{}"), *kit.raws[1:]]),
    "a changed list": lambda kit: join(
        [stored("manifest.json", manifests.encode(replace(kit.manifest, acts=1))), *kit.raws[1:]]
    ),
    "a signature with a changed byte": lambda kit: join(
        [kit.raws[0], stored("manifest.p7m", _flipped(kit.raws[1].body)), *kit.entries]
    ),
    "an entry taken out": lambda kit: kit.whole(kit.entries[:-1], acts=kit.manifest.acts, blobs=kit.manifest.blobs),
    "more than was signed": lambda kit: kit.whole(kit.entries, acts=1),
    "signed by a stranger": lambda kit: kit.whole(kit.entries, who="mallory"),
    "of another organisation": lambda kit: kit.whole(kit.entries, org="ab" * 32),
}
HOSTILE |= {
    f"name {number}": lambda kit, name=name: kit.whole([*kit.entries, stored(name, b"x")])  # type: ignore[misc]
    for number, (name, _) in enumerate(HOSTILE_NAMES)
}


@pytest.fixture(scope="module")
def judged(decided, tmp_path_factory) -> tuple[House, dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """What ``verify`` and then ``import`` say of every package, in a register that has all of the original."""
    folder = tmp_path_factory.mktemp("hostile")
    house = copied(decided[0], folder / "house")
    kit = Kit(house.root / "all.countersign")
    names = {}
    for number, (name, make) in enumerate(HOSTILE.items()):
        path = folder / f"{number}.countersign"
        path.write_bytes(make(kit))
        names[str(path)] = name

    def asked(word: str) -> dict[str, dict[str, Any]]:
        words = [word, *names, "--home", str(house.home("ada")), "--json"]
        found = document(called(*words), word)
        return {names[item["name"]]: item for item in found["files"]}

    return house, asked("verify"), asked("import")


@pytest.mark.attack("hide a broken act in a package", refusal="import exits 1, 2 or 3, as verify does")
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.exhaustive
def test_what_is_not_verified_is_not_imported_without_a_word(judged, name):
    _, verified, imported = judged

    assert verified[name]["indication"] != "TOTAL-PASSED"
    assert imported[name]["indication"] != "TOTAL-PASSED"
    assert CODES[imported[name]["indication"]] != 0
    if verified[name]["indication"] != "INDETERMINATE":
        assert imported[name]["indication"] == verified[name]["indication"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("truncated", 3),
        ("an act whose signature is broken", 1),
        ("an act of the register damaged", 1),
        ("a changed list", 1),
        ("signed by a stranger", 2),
    ],
)
def test_the_exit_code_is_that_of_verify(decided, tmp_path, name, code):
    house = copied(decided[0], tmp_path / "house")
    path = tmp_path / "x.countersign"
    path.write_bytes(HOSTILE[name](Kit(house.root / "all.countersign")))

    assert house.ask("ada", "verify", path, expect=code)
    assert house.ask("ada", "import", path, expect=code)
    assert house.ask("ada", "import", path, house.root / "all.countersign", expect=code)


def test_what_could_be_kept_is_kept_and_what_could_not_is_in_quarantine(decided, house, tmp_path):
    """Into a register that has nothing of it yet."""
    kit = Kit(decided[0].root / "all.countersign")
    path = tmp_path / "x.countersign"
    path.write_bytes(HOSTILE["an act whose signature is broken"](kit))

    found = house.ask("ada", "import", path, expect=1)["files"][0]

    assert (found["indication"], found["refused"]) == ("TOTAL-FAILED", 1)
    assert found["new"] >= 3
    assert "1 act was refused and kept in quarantine." in [item["text"] for item in found["summary"]]
    assert house.ask("ada", "quarantine")["total"] == 1


def test_a_good_package_and_an_act_that_waits_are_no_failure(decided, tmp_path):
    house = copied(decided[0], tmp_path / "house")
    asked = house.root / "asks.p7m"
    body = EnrolBody("Gina", "", person("gina").certificate_der).as_json()
    asked.write_bytes(person("gina").act("enrol", body, org=house.org).blob)

    assert house.ask("ada", "import", house.root / "all.countersign")["indication"] == "TOTAL-PASSED"
    assert house.ask("ada", "import", asked)["files"][0]["indication"] == "INDETERMINATE"


@pytest.mark.exhaustive
def test_a_package_of_a_key_that_was_cut_off_is_kept_and_vouched_for_by_nobody(decided, tmp_path):
    house = copied(decided[0], tmp_path / "house")
    package = house.root / "all.countersign"
    cut = house.ask("bob", "roster", "cut-off", person("ada").fingerprint)["roster"]
    house.sync("bob", "finn")
    house.run("finn", "roster", "endorse", cut, "--yes")
    house.sync("finn", "bob")

    found = house.ask("bob", "verify", package, expect=2)["files"][0]
    taken = house.ask("bob", "import", package, expect=2)["files"][0]

    assert "the key of Ada that signed it was cut off" in found["said"]["text"]
    assert (found["indication"], found["standing"]) == ("INDETERMINATE", "open")
    assert taken["indication"] == "INDETERMINATE"
    assert found["said"] in taken["summary"]


@pytest.mark.own_readers
def test_what_starts_no_reader_can_import_and_is_told_when_it_verifies(decided, tmp_path, monkeypatch):
    """As for an account that may not execute the program: importing needs no other process."""
    house = copied(decided[0], tmp_path / "house")
    package, act = house.root / "all.countersign", min((house.root / "acts").glob("*.p7m"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))

    assert house.ask("ada", "import", package, act)["indication"] == "TOTAL-PASSED"
    found = house.ask("ada", "verify", package, act, expect=3)["files"]

    assert [item["indication"] for item in found] == ["UNREADABLE"] * 2
    assert all("could not be started" in item["said"]["text"] and "try again" in item["next"]["text"] for item in found)


def test_whatever_was_refused_while_importing_fails_even_a_file_that_passed():
    good = Judged(FileSort.PACKAGE, Result.PASSED, "", NOTHING_TO_DO(), NOTHING_TO_DO())

    assert judged_by_importing(good, refused=0) is Result.PASSED
    assert judged_by_importing(good, refused=1) is Result.FAILED

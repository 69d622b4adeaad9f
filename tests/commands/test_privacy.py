"""A home is closed to the other people of a computer, whatever the umask, and what is sent to them is not."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from intake.exchange.folder.folder import FolderCarrier
from intake.services.installation.privacy import keep_private
from intake.services.installation.workspace import Workspace, open_installation
from tests.account import as_account, open_place
from tests.commands import accounts
from tests.commands.house import document, run, settle_in, text_of
from tests.exchange.helpers import ORG, some
from ui.app import write_log
from ui.context import WindowSettings
from ui.home_lock import take_home
from ui.jobs import describe_bug

pytestmark = pytest.mark.skipif(os.name == "nt", reason="on Windows rights come from the folder")
as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can act as two accounts; the whole check runs as root"
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def open_to_others(root: Path) -> list[str]:
    return [path.name for path in (root, *root.rglob("*")) if not path.is_symlink() and mode(path) & 0o077]


@pytest.fixture(params=[0, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def lived_in(home: Path) -> Path:
    """A home with everything that is ever put into one."""
    settle_in(home, "ada")
    installation = open_installation(Workspace(home), resources.read, resources.names)
    installation.register.keep(b"evidence")
    (home / "backups").mkdir(0o700)
    installation.register.back_up(home / "backups" / "a.sqlite")
    with installation.register.queries._database.write() as connection:
        # While it writes, SQLite's own files are beside the register.
        connection.exec_driver_sql("UPDATE installation SET value = value")
        assert open_to_others(home) == []
    installation.register.close()
    settings = WindowSettings(home)
    settings.set_text("look/scheme", "dark")
    settings.sync()
    write_log(home / "errors.log", describe_bug(RuntimeError("a bug")))
    return home


def test_everything_in_a_home_is_private_whatever_the_umask(tmp_path, umask):
    home = lived_in(tmp_path / "above" / "home")
    (home / "backups").chmod(0o700)

    names = {path.name for path in home.rglob("*")}

    assert {"register.sqlite", "register.sqlite.mark", "settings.json", "settings.ini", "keys", "errors.log"} <= names
    assert open_to_others(home) == []
    assert {mode(path) for path in home.rglob("*")} == {0o600, 0o700}


def test_the_lock_of_the_window_is_private(tmp_path, umask, qapp):
    lock = take_home(tmp_path / "home")

    assert mode(tmp_path / "home" / "window.lock") == 0o600
    assert mode(tmp_path / "home") == 0o700
    lock.unlock()


@pytest.mark.attack("read a home that was left open to the computer", refusal="home-was-open")
def test_an_open_home_is_closed_at_the_next_start_and_the_doctor_says_so(house):
    house.sync("bob")
    home = house.home("bob")
    (home / "notes").mkdir()
    (home / "notes" / "own.txt").write_text("what is in a home is private too")
    for path in (home, *home.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)

    found = house.ask("bob", "doctor", expect=1)["findings"]

    assert [item["code"] for item in found] == ["home-was-open"]
    assert open_to_others(home) == []
    facts = {text_of(item["label"]): text_of(item["value"]) for item in house.ask("bob", "doctor")["facts"]}
    assert facts["Open to others"] == "nothing"


def test_any_command_closes_an_open_home_and_so_does_a_window(house):
    (house.home("ada") / "keys").chmod(0o755)

    house.run("ada", "list")

    assert open_to_others(house.home("ada")) == []


def test_rights_of_the_owner_stay(tmp_path):
    script = tmp_path / "home" / "script"
    script.parent.mkdir()
    script.touch()
    script.chmod(0o755)

    keep_private(tmp_path / "home")

    assert mode(script) == 0o700


@pytest.mark.attack("lead the closing of a home to a file outside by a link", refusal="links are not followed")
def test_links_are_not_followed(tmp_path):
    (tmp_path / "outside").mkdir(mode=0o755)
    (tmp_path / "outside" / "file").touch(0o644)
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home" / "folder").symlink_to(tmp_path / "outside")
    (tmp_path / "home" / "file").symlink_to(tmp_path / "outside" / "file")

    found = keep_private(tmp_path / "home")

    assert (found.closed, found.open) == ((), ())
    assert (mode(tmp_path / "outside"), mode(tmp_path / "outside" / "file")) == (0o755, 0o644)


@as_root
def test_what_belongs_to_somebody_else_is_left_and_told(house):
    house.sync("bob")
    odd = house.home("bob") / "odd"
    odd.touch(0o644)
    os.chown(odd, 12345, 12345)

    found = house.ask("bob", "doctor", expect=1)["findings"]

    assert [item["code"] for item in found] == ["home-open"]
    assert "odd" in found[0]["said"]["text"]
    assert mode(odd) == 0o644


@pytest.mark.parametrize(("root", "made"), [(0o755, 0o755), (0o2775, 0o2775), (0o1777, 0o1777), (0o700, 0o755)])
def test_folders_of_an_exchange_let_in_whom_its_root_lets_in(tmp_path, root, made):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(root)
    before = os.umask(0o022)

    FolderCarrier(shared, ORG).send(some())

    os.umask(before)
    assert {mode(path) for path in shared.rglob("*") if path.is_dir()} == {made}
    assert {mode(path) for path in shared.rglob("*") if path.is_file()} == {0o644}


@pytest.mark.parametrize("whole", ["sticky", "user"])
def test_a_folder_that_holds_more_than_a_register_is_not_closed(tmp_path, monkeypatch, whole):
    home = tmp_path / "home"
    (home / "public").mkdir(parents=True, mode=0o755)
    home.chmod(0o1777 if whole == "sticky" else 0o755)
    if whole == "user":
        monkeypatch.setenv("HOME", str(home))
    before = mode(home)
    settle_in(home, "ada")
    (home / "keys").chmod(0o755)

    found = document(run("doctor", "--home", home, "--json", expect=1), "doctor")["findings"]

    assert {"home-shared", "home-was-open"} <= {item["code"] for item in found}
    assert (mode(home), mode(home / "public"), mode(home / "keys")) == (before, 0o755, 0o700)


def test_an_exchange_folder_inside_is_left_and_told(house):
    inside = house.home("bob") / "shared"
    inside.mkdir(mode=0o755)
    house.run("bob", "sync", "--folder", inside)
    inside.chmod(0o755)

    found = house.ask("bob", "doctor", expect=1)["findings"]

    assert [item["code"] for item in found] == ["folder-in-home"]
    assert mode(inside) == 0o755


@pytest.mark.exhaustive
def test_what_is_for_others_follows_the_umask(decided, tmp_path, umask):
    house, case = decided
    shared = tmp_path / "shared"
    shared.mkdir()
    wanted = 0o666 & ~umask

    house.run("cleo", "record", case, tmp_path / "record.pdf")
    house.run("cleo", "export", tmp_path / "all.countersign")
    house.run("cleo", "acts", tmp_path / "acts")
    FolderCarrier(shared, ORG).send(some())

    sent = [tmp_path / "record.pdf", tmp_path / "all.countersign", *(tmp_path / "acts").iterdir()]
    sent += [path for path in shared.rglob("*") if path.is_file()]
    assert {mode(path) for path in sent} == {wanted}
    assert {mode(path) for path in shared.rglob("*") if path.is_dir()} == {0o777 & ~umask}


ADA, DAN, MALLORY = 12345, 23456, 34567


@as_root
@pytest.mark.attack("read the home of another account", refusal="permission denied by the computer")
@pytest.mark.exhaustive
def test_another_account_reads_nothing_of_a_home(house):
    with open_place() as place:
        root = place / "house"
        shutil.copytree(house.root, root)
        for folder in (root, root / "homes"):
            folder.chmod(0o755)

        assert accounts.pry(root, "ada").split() == [
            "ada",
            "keys",
            "register.sqlite",
            "settings.json",
            "register.sqlite.mark",
        ]
        assert as_account(place, MALLORY, accounts.pry, root, "ada") == "nothing"


@as_root
@pytest.mark.exhaustive
@pytest.mark.attack("read the home of another account", refusal="permission denied by the computer")
def test_one_account_reads_what_another_sent_and_nothing_else(house):
    """The shared folder belongs to a group of neither; whatever is new in it, everybody may read."""
    with open_place() as place:
        root = place / "house"
        shutil.copytree(house.root, root)
        for who, uid in (("ada", ADA), ("dan", DAN)):
            home = root / "homes" / who
            for path in (home, *home.rglob("*")):
                os.chown(path, uid, uid)
        for folder in (root, root / "homes"):
            folder.chmod(0o755)
        for file in ("passphrase", "answers.json"):
            (root / file).touch()
            (root / file).chmod(0o666)
        (root / "shared").chmod(0o2777)
        (root / "filed").write_text("0")
        (root / "filed").chmod(0o666)
        house.answers()
        shutil.copyfile(house.root / "answers.json", root / "answers.json")

        case = as_account(place, ADA, accounts.send, root, "ada")
        seen = as_account(place, DAN, accounts.answer, root, "dan")

        assert case in seen.split()
        assert as_account(place, ADA, accounts.hear, root, "ada") == "1"
        assert as_account(place, MALLORY, accounts.pry, root, "ada") == "nothing"

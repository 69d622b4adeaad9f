"""Disks and shares that fail: full, read-only, gone, locked. Errors come from the kernel where a test can get them,
and from a ``Disk`` that fails in one place where it cannot (Windows, a broken network)."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.exchange.disk import Disk
from intake.exchange.entries import Entry, FileProblem
from intake.exchange.folder.folder import FolderCarrier
from intake.exchange.folder.health import inspect
from intake.exchange.refusals import (
    CarrierStopped,
    EntryTooLarge,
    FileBusy,
    FolderBusy,
    FolderClosed,
    FolderFull,
    FolderReadOnly,
    FolderUnreadable,
    FolderVanished,
    InTheWay,
    PathTooLong,
    ShareGone,
    TooLargeForFolder,
    Unreadable,
)
from intake.files import WAITS
from tests.exchange.helpers import ORG, act, blob, done_before, fetched, kinds, put, some, wrongly_named
from tests.mounts import small_disk


def windows_error(number: int) -> OSError:
    """As Windows raises it: the C error number is a coarse one, the exact one is beside it."""
    error = PermissionError(errno.EACCES, "Access is denied")
    error.winerror = number  # type: ignore[attr-defined]
    return error


class Failing(Disk):
    """Real files, but one operation fails from the ``after``-th call on, ``times`` times."""

    def __init__(self, operation: str, error: OSError, *, after: int = 0, times: int = 1_000_000) -> None:
        self._operation, self._error, self._after, self._left = operation, error, after, times

    def _fail(self, operation: str) -> None:
        if operation == self._operation:
            self._after -= 1
            if self._after < 0 and self._left:
                self._left -= 1
                raise self._error

    def create(self, part, **rights):
        self._fail("create")
        return super().create(part, **rights)

    def write(self, handle, data):
        self._fail("write")
        super().write(handle, data)

    def sync(self, handle):
        self._fail("sync")
        super().sync(handle)

    def publish(self, part, target):
        self._fail("publish")
        super().publish(part, target)

    def read(self, path, limit):
        self._fail("read")
        return super().read(path, limit)

    def list(self, folder):
        self._fail("list")
        return super().list(folder)


class FullDevice(Disk):
    """From the second file on, bytes go to the device that is always full: the refusal is the kernel's own."""

    def __init__(self) -> None:
        self._files = 0

    def write(self, handle: int, data: bytes) -> None:
        self._files += 1
        if self._files == 1:
            super().write(handle, data)
            return
        full = os.open("/dev/full", os.O_WRONLY)
        try:
            super().write(full, data)
        finally:
            os.close(full)


def stops(disk: Disk, root: Path, waits: list[float] | None = None) -> CarrierStopped:
    with pytest.raises(CarrierStopped) as stopped:
        FolderCarrier(root, ORG, disk=disk, sleep=(waits if waits is not None else []).append).send(some())
    assert "{" not in stopped.value.sentence
    assert not wrongly_named(root)
    assert not list(root.rglob("*.part"))
    return stopped.value


@pytest.mark.attack("a full disk while sending", refusal="FolderFull")
def test_a_full_disk_stops_with_the_count_and_leaves_no_part(tmp_path):
    stopped = stops(FullDevice(), tmp_path)

    assert type(stopped) is FolderFull
    assert done_before(stopped).sent == 1
    assert "sent before: 1" in stopped.what_happened
    assert FolderCarrier(tmp_path, ORG).send(some()).sent == 4


@pytest.mark.attack(
    "a share with little room, to keep in the stop behind a large file", refusal="FolderFull for the file only"
)
def test_a_file_too_large_for_the_room_left_keeps_no_act_from_going_out(tmp_path):
    there: list[Entry] = []
    large, larger = blob(1, 3 << 20), blob(2, 4 << 20)

    with small_disk(tmp_path / "share") as share, pytest.raises(FolderFull) as stopped:
        FolderCarrier(share, ORG).send([large, larger, blob(3), act(1)], there=there.append)

    assert there == [blob(3), act(1)]
    assert (done_before(stopped.value).sent, done_before(stopped.value).left) == (2, 2)


@pytest.mark.parametrize("operation", ["create", "write", "sync", "publish"])
def test_a_quota_can_strike_at_every_step(tmp_path, operation):
    stopped = stops(Failing(operation, OSError(errno.EDQUOT, "Disk quota exceeded"), after=2), tmp_path)

    assert type(stopped) is FolderFull
    assert done_before(stopped).sent == 2


@pytest.mark.attack("the share goes away while sending", refusal="ShareGone")
@pytest.mark.parametrize("operation", ["create", "write", "sync", "publish", "list"])
@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN])
def test_a_share_gone_while_sending(tmp_path, operation, number):
    stopped = stops(Failing(operation, OSError(number, os.strerror(number)), after=1), tmp_path)

    assert type(stopped) is ShareGone
    assert done_before(stopped).sent == 1


@pytest.mark.parametrize("number", [21, 53, 59, 64, 67, 1231])
def test_a_windows_share_gone_while_sending(tmp_path, number):
    error = OSError(errno.EINVAL, "The network name is no longer available")
    error.winerror = number  # type: ignore[attr-defined]

    assert type(stops(Failing("write", error, after=1), tmp_path)) is ShareGone


def test_a_share_gone_while_reading_stops_after_what_was_read(tmp_path):
    FolderCarrier(tmp_path, ORG).send([act(number) for number in range(9)])
    disk = Failing("read", OSError(errno.ESTALE, "Stale file handle"), after=4)
    fetch = FolderCarrier(tmp_path, ORG, disk=disk).fetch()

    with pytest.raises(ShareGone) as stopped:
        list(fetch)

    assert fetch.report.taken == stopped.value.facts["done"] == 4


def test_a_share_gone_while_listing(tmp_path):
    FolderCarrier(tmp_path, ORG).send(some())
    disk = Failing("list", OSError(errno.EHOSTDOWN, "Host is down"), after=2)

    with pytest.raises(ShareGone):
        list(FolderCarrier(tmp_path, ORG, disk=disk).fetch())


def test_one_unreadable_file_does_not_stop_the_others(tmp_path):
    FolderCarrier(tmp_path, ORG).send(some())
    disk = Failing("read", OSError(errno.EIO, "Input/output error"), after=1, times=1)

    entries, problems = fetched(FolderCarrier(tmp_path, ORG, disk=disk))

    assert len(entries) == 4
    assert [type(problem.refusal) for problem in problems] == [Unreadable]
    assert not problems[0].quarantine


@pytest.mark.parametrize("number", [5, 32, 33])
@pytest.mark.parametrize("operation", ["create", "publish"])
def test_a_scanner_that_holds_a_file_for_a_moment_is_waited_for(tmp_path, operation, number):
    waits: list[float] = []
    disk = Failing(operation, windows_error(number), times=len(WAITS))

    report = FolderCarrier(tmp_path, ORG, disk=disk, sleep=waits.append).send(some())

    assert report.sent == 5
    assert waits == list(WAITS)


def test_a_file_held_for_too_long_is_told_and_the_rest_is_sent(tmp_path):
    waits: list[float] = []
    disk = Failing("publish", windows_error(32), times=len(WAITS) + 1)

    report = FolderCarrier(tmp_path, ORG, disk=disk, sleep=waits.append).send(some())

    assert (report.sent, report.left) == (4, 1)
    assert [type(problem.refusal) for problem in report.problems] == [FileBusy]
    assert not list(tmp_path.rglob("*.part"))


def test_a_program_that_holds_everything_stops_the_sending(tmp_path):
    waits: list[float] = []

    stopped = stops(Failing("publish", windows_error(32), after=1), tmp_path, waits)

    assert type(stopped) is FolderBusy
    assert len(waits) == 3 * len(WAITS)


def test_a_windows_folder_without_write_access(tmp_path):
    assert type(stops(Failing("create", windows_error(5)), tmp_path)) is FolderReadOnly


def test_a_locked_file_is_read_the_next_time(tmp_path):
    FolderCarrier(tmp_path, ORG).send([act(1)])
    carrier = FolderCarrier(
        tmp_path,
        ORG,
        disk=Failing("read", windows_error(32), times=len(WAITS) + 1),
        sleep=lambda seconds: None,
    )

    assert kinds(fetched(carrier)[1]) == ["FileBusy"]
    assert fetched(carrier)[0] == {act(1)}


def test_a_file_system_without_links_still_never_overwrites(tmp_path):
    class Fat(Disk):
        """FAT knows no links; what the kernel answers then."""

        def publish(self, part, target):
            real = os.link
            os.link = lambda *args, **more: (_ for _ in ()).throw(OSError(errno.EPERM, "Operation not permitted"))
            try:
                super().publish(part, target)
            finally:
                os.link = real

    damaged = put(tmp_path, act(1).path, b"short")
    report = FolderCarrier(tmp_path, ORG, disk=Fat()).send(some())

    assert report.sent == 5
    assert report.repaired == 1
    assert damaged.read_bytes() == b"short"
    assert fetched(FolderCarrier(tmp_path, ORG))[0] == set(some())


def test_a_name_too_long_for_the_system(tmp_path):
    deep = tmp_path
    disk = Failing("create", OSError(errno.ENAMETOOLONG, "File name too long"))

    assert type(stops(disk, deep)) is PathTooLong


def test_a_windows_path_too_long(tmp_path):
    error = FileNotFoundError(errno.ENOENT, "The system cannot find the path specified", "C:\\" + "x" * 260)
    error.winerror = 3  # type: ignore[attr-defined]

    assert type(stops(Failing("create", error), tmp_path)) is PathTooLong


def test_an_error_nobody_knows_keeps_the_words_of_the_system(tmp_path):
    stopped = stops(Failing("write", OSError(errno.EPROTO, "Protocol error")), tmp_path)

    assert type(stopped) is CarrierStopped
    assert "Protocol error" in stopped.what_happened


def test_two_senders_at_once_write_every_file_once(tmp_path):
    second = FolderCarrier(tmp_path, ORG)

    class Racing(Disk):
        """The other sender is always a moment quicker."""

        def publish(self, part, target):
            second.send(some())
            super().publish(part, target)

    report = FolderCarrier(tmp_path, ORG, disk=Racing()).send(some())

    assert (report.sent, report.already_there, report.problems) == (0, 5, ())
    assert fetched(FolderCarrier(tmp_path, ORG))[0] == set(some())
    assert not list(tmp_path.rglob("*.part"))


def test_when_every_copy_is_damaged_it_says_so(tmp_path):
    name = act(1).path.removesuffix(".p7m")
    for copy in ("", *(f".copy-{number}" for number in range(1, 10))):
        put(tmp_path, f"{name}{copy}.p7m", b"bad")

    there: list[Entry] = []
    report = FolderCarrier(tmp_path, ORG).send([act(1), act(2)], there=there.append)

    assert [(one.where, type(one.refusal)) for one in report.problems] == [(act(1).path, InTheWay)]
    assert there == [act(2)]


def test_names_are_forced_to_the_disk_after_the_files(tmp_path):
    class Counting(Disk):
        def __init__(self) -> None:
            self.folders: list[Path] = []
            self.files = 0

        def sync(self, handle):
            self.files += 1
            super().sync(handle)

        def sync_folder(self, folder):
            self.folders.append(folder)

    disk = Counting()
    FolderCarrier(tmp_path, ORG, disk=disk).send([act(1), blob(1)])

    acts, blobs = (tmp_path / ORG / one.path for one in (act(1), blob(1)))
    assert disk.files == 2
    assert set(disk.folders) >= {tmp_path, tmp_path / ORG, acts.parent, acts.parent.parent, blobs.parent}


def test_what_cannot_be_forced_to_a_disk_is_no_error_but_a_failure_is():
    reading, writing = os.pipe()

    Disk().sync(writing)
    os.close(reading)
    os.close(writing)

    with pytest.raises(OSError, match="Bad file descriptor"):
        Disk().sync(writing)


def test_a_pipe_put_there_after_the_listing_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    assert Disk().read(tmp_path / "pipe", 10)[1] == b""


def test_a_file_too_large_is_not_even_opened(tmp_path):
    put(tmp_path, blob(1, 200).path, blob(1, 200).data)
    fetch = FolderCarrier(tmp_path, ORG, max_blob=100).fetch()

    assert [type(one.refusal) for one in fetch if isinstance(one, FileProblem)] == [EntryTooLarge]
    assert fetch.report.read == 0


def test_a_file_that_grows_while_it_is_read_is_too_large(tmp_path):
    class Growing(Disk):
        def read(self, path, limit):
            Path(path).write_bytes(blob(1, 200).data)
            return super().read(path, limit)

    put(tmp_path, blob(1, 200).path, b"small yet")

    entries, problems = fetched(FolderCarrier(tmp_path, ORG, max_blob=100, disk=Growing()))

    assert not entries
    assert [type(problem.refusal) for problem in problems] == [EntryTooLarge]
    assert "grew" in problems[0].refusal.what_happened


@pytest.mark.disk
def test_a_file_larger_than_the_system_allows_is_told_by_the_kernel(tmp_path):
    """In a separate process, because the limit on file sizes cannot be lifted again."""
    made = run_limited(tmp_path, "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))")

    assert made == ["TooLargeForFolder", "sent 2"]
    assert not wrongly_named(tmp_path)
    assert not list(tmp_path.rglob("*.part"))
    assert TooLargeForFolder.__name__ == made[0]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 5000


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder somebody else can reach; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(dir="/tmp") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def test_a_read_only_folder_for_a_real_other_user(shared):
    shared.chmod(0o555)

    assert run_limited(shared, NOBODY) == ["FolderReadOnly", "sent 0"]

    shared.chmod(0o755)
    assert not list(shared.iterdir())


def test_a_folder_that_turns_read_only_midway(shared):
    (shared / ORG).mkdir()
    (shared / ORG / "blob").mkdir()
    (shared / ORG / "blob").chmod(0o777)
    shared.chmod(0o555)
    (shared / ORG).chmod(0o555)

    assert run_limited(shared, NOBODY) == ["FolderReadOnly", "sent 2"]

    for folder in (shared, shared / ORG):
        folder.chmod(0o755)


def test_a_folder_one_may_not_list(shared):
    (shared / "closed" / "inner").mkdir(parents=True)
    (shared / "closed").chmod(0o000)

    assert run_limited(shared / "closed", NOBODY, "fetch")[0] == FolderUnreadable.__name__
    assert run_limited(shared / "closed" / "inner", NOBODY, "fetch")[0] == FolderUnreadable.__name__

    (shared / "closed").chmod(0o700)


@pytest.mark.attack("one closed folder in a share", refusal="FolderClosed for it, the rest is exchanged")
@pytest.mark.parametrize("rights", [0o000, 0o444, 0o111], ids=oct)
def test_one_folder_that_is_closed_does_not_stop_what_lies_beside_it(shared, rights):
    FolderCarrier(shared, ORG).send([act(1), act(2)])
    closed = shared / ORG / "ev" / act(1).id[:2]
    closed.chmod(rights)

    found = run_limited(shared, NOBODY, "fetch")

    assert act(2).id in found
    assert set(found) - {act(2).id} <= {FolderClosed.__name__, Unreadable.__name__}
    assert len(found) == 2
    assert run_limited(shared, NOBODY, "present") == [act(2).id]
    closed.chmod(0o755)


class Entries(Disk):
    """A share whose list does not tell what an entry is, and where one cannot be asked."""

    def list(self, folder: Path) -> list[os.DirEntry[str]]:
        return [self._entry(file) for file in super().list(folder)]  # type: ignore[misc]

    def _entry(self, file: os.DirEntry[str]) -> object:
        return Unasked(file) if act(1).id in file.name else file


class Unasked:
    def __init__(self, file: os.DirEntry[str]) -> None:
        self.name, self.path = file.name, file.path

    def is_symlink(self) -> bool:
        raise OSError(errno.EIO, "made up")


def test_one_entry_that_cannot_be_asked_hides_nothing_else(tmp_path):
    put(tmp_path, f"ev/aa/{act(1).id}.p7m", act(1).data)
    put(tmp_path, f"ev/aa/{act(2).id}.p7m", act(2).data)

    found, problems = fetched(FolderCarrier(tmp_path, ORG, disk=Entries()))

    assert found == {act(2)}
    assert kinds(problems) == ["Unreadable"]


def test_a_closed_folder_is_named(shared):
    (shared / ORG / "ev" / "zz").mkdir(parents=True)
    (shared / ORG / "ev" / "zz").chmod(0o000)

    assert run_limited(shared, NOBODY, "words") == [
        "The folder ev/zz of the exchange cannot be used: you may not open it."
    ]
    (shared / ORG).chmod(0o000)
    assert run_limited(shared, NOBODY, "words") == [f"You may not read {shared / ORG}."]

    (shared / ORG).chmod(0o755)


@pytest.mark.attack(
    "a folder of a share in which only its maker may write", refusal="FolderClosed for it, the rest is sent"
)
@pytest.mark.parametrize("rights", [0o000, 0o444, 0o555], ids=oct)
def test_one_folder_that_takes_nothing_does_not_stop_what_belongs_beside_it(shared, rights):
    for folder in (shared, shared / ORG, shared / ORG / "ev", shared / ORG / "blob"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o777)
    closed = shared / ORG / "blob" / blob(1).id[:2]
    closed.mkdir()
    closed.chmod(rights)

    assert run_limited(shared, NOBODY) == ["FolderClosed", "sent 2"]

    closed.chmod(0o755)
    assert fetched(FolderCarrier(shared, ORG))[0] == {blob(2), act(1)}
    assert not list(shared.rglob("*.part"))


def test_a_closed_folder_of_all_acts_is_told_once(shared):
    for folder in (shared, shared / ORG, shared / ORG / "blob"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o777)
    (shared / ORG / "ev").mkdir()
    (shared / ORG / "ev").chmod(0o000)

    assert run_limited(shared, NOBODY, "send acts") == ["ev", "sent 2"]

    (shared / ORG / "ev").chmod(0o755)


def test_one_folder_that_fails_does_not_stop_the_others_and_three_in_a_row_do(tmp_path):
    FolderCarrier(tmp_path, ORG).send(entries := some(6, 0))
    error = OSError(errno.EIO, "Input/output error")

    found, problems = fetched(FolderCarrier(tmp_path, ORG, disk=Failing("list", error, after=3, times=1)))
    assert len(found) == len(entries) - 1
    assert kinds(problems) == ["FolderClosed"]

    with pytest.raises(ShareGone):
        list(FolderCarrier(tmp_path, ORG, disk=Failing("list", error, after=3, times=3)).fetch())


def test_a_file_one_may_not_read_is_told_and_the_rest_arrives(shared):
    FolderCarrier(shared, ORG).send([act(1), act(2)])
    (shared / ORG / act(1).path).chmod(0o000)

    assert run_limited(shared, NOBODY, "fetch") == [Unreadable.__name__, act(2).id]


def test_inspecting_a_read_only_folder(shared):
    shared.chmod(0o555)

    assert run_limited(shared, NOBODY, "inspect") == ["FolderReadOnly", "readable True writable False"]

    shared.chmod(0o755)


def test_inspecting_a_folder_whose_names_can_be_read_and_nothing_else(shared):
    shared.chmod(0o444)

    assert run_limited(shared, NOBODY, "inspect") == ["FolderReadOnly", "readable True writable False"]

    shared.chmod(0o755)


def test_inspecting_a_folder_on_a_broken_disk(tmp_path):
    health = inspect(tmp_path, disk=Failing("write", OSError(errno.EIO, "Input/output error")))

    assert type(health.trouble) is ShareGone
    assert (health.readable, health.writable) == (True, False)
    assert not list(tmp_path.iterdir())


def test_a_root_unplugged_while_it_is_listed(tmp_path):
    root = tmp_path / "share"
    root.mkdir()
    FolderCarrier(root, ORG).send(some())

    class Unplugged(Disk):
        def list(self, folder):
            found = super().list(folder)
            if root.exists():
                root.rename(tmp_path / "away")
            return found

    with pytest.raises(FolderVanished):
        list(FolderCarrier(root, ORG, disk=Unplugged()).fetch())


NOBODY = "import os; os.getuid() or os.setuid(65534)"

_WORKER = """
import os, sys
from pathlib import Path
from intake.exchange.entries import FileProblem
from intake.exchange.folder.folder import FolderCarrier
from intake.exchange.folder.health import inspect
from intake.exchange.refusals import CarrierStopped
from intake.files import WAITS
from tests.exchange.helpers import ORG, act, blob
root = Path(sys.argv[1])
exec(sys.argv[2])
try:
    if sys.argv[3] == "send":
        report = FolderCarrier(root, ORG).send([blob(1), blob(2, 9000 if "FSIZE" in sys.argv[2] else 0), act(1)])
        print(*(problem.refusal.code for problem in report.problems), sep="\\n")
        print("sent", report.sent)
    elif sys.argv[3] == "send acts":
        report = FolderCarrier(root, ORG).send([blob(1), act(1), act(2), act(3), blob(2)])
        print(*(problem.where for problem in report.problems), sep="\\n")
        print("sent", report.sent)
    elif sys.argv[3] == "present":
        print(*sorted(name for _, name in FolderCarrier(root, ORG).present().sizes), sep="\\n")
    elif sys.argv[3] == "words":
        print(*(one.refusal.what_happened for one in FolderCarrier(root, ORG).fetch()), sep="\\n")
    elif sys.argv[3] == "inspect":
        health = inspect(root)
        print(health.trouble and health.trouble.code)
        print("readable", health.readable, "writable", health.writable)
    else:
        for one in FolderCarrier(root, ORG).fetch():
            print(one.refusal.code if isinstance(one, FileProblem) else one.id)
except CarrierStopped as stopped:
    print(stopped.what_happened if sys.argv[3] == "words" else stopped.code)
    if sys.argv[3] == "words":
        sys.exit()
    print("sent", stopped.report.sent if stopped.report else 0)
"""


def run_limited(root: Path, before: str, what: str = "send") -> list[str]:
    """Send, fetch or inspect in a process that gave up rights first; the lines it printed."""
    project = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _WORKER, str(root), before, what],
        cwd=project,
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    lines = done.stdout.split("\n")[:-1]
    return sorted(lines) if what == "fetch" and len(lines) > 1 and lines[0] == act(2).id else lines


def test_the_worker_sends_when_nothing_is_in_its_way(shared):
    shared.chmod(0o777)

    assert run_limited(shared, NOBODY)[-1] == "sent 3"
    assert fetched(FolderCarrier(shared, ORG))[0] == {blob(1), blob(2), act(1)}

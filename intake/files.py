"""Writing files: whole or not at all, for this person alone or for others, and the one refusal when it cannot be done.

Bytes go into a ``.part`` beside the target, are forced to the disk, and get their name in one step; whatever fails
before leaves the file that was there as it was, byte for byte. What is private is made with 0600 whatever the umask
says; what others shall read is made with 0666 and left to the umask, the folder's group and its default ACL, as any
file of theirs. A file made private first and renamed later stays private: that is why there is no ``tempfile`` here.

On Windows rights come from the folder (the profile's is closed to others), so nothing is set there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from intake.causes import FileHeld, cause, is_busy
from intake.domain.base.canonical import clean
from intake.domain.base.refusals import Refusal

T = TypeVar("T")

PART: Final = ".part"

REGISTER: Final = "register.sqlite"
"""The name of the register in a home."""
_BESIDE_REGISTER: Final = (f"{REGISTER}.mark", "keys", "settings.json")
"""What a home has beside it, one or the other, and a folder of backups has not."""

WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts while another Windows program holds a file; 1.55 in all."""

TRIAL: Final = 1 << 16
"""Bytes that have to fit where something is to be kept: less than any act and its pages take."""

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
_FOR_OTHERS: Final = 0o666

_SAFE: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_CREATING: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE
_NO_LINKS: Final = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES, errno.EINVAL}
)
_NO_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})


class NotWritten(Refusal):
    what = "{name} could not be written: {detail}."
    why = "A file is written as a whole or not at all; what was there before is unchanged, and nothing half-written is left."
    next = "Make room or choose another place, and try again."


class BelongsToHome(Refusal):
    what = "{name} belongs to a home of Countersign, and nothing is written over it."
    why = "Registers, keys and settings lie there; nobody else has what is in them."
    next = "Choose another name, or another folder."


class Writing:
    """The steps of writing a file, one method each, so that a test can break one. All raise OSError as the system does."""

    def create(self, part: Path, *, private: bool = False) -> int:
        """Open a new file for writing; it must not exist."""
        handle = os.open(part, _CREATING, PRIVATE_FILE if private else _FOR_OTHERS)
        if private:
            close_to_others(handle, PRIVATE_FILE)
        return handle

    def write(self, handle: int, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]

    def sync(self, handle: int) -> None:
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise

    def publish(self, part: Path, target: Path) -> None:
        """Give ``part`` its name. Raises FileExistsError rather than replace anything.

        Windows' rename refuses an existing target by itself. Elsewhere rename replaces silently, so a hard link makes
        the name. File systems without links (FAT, some shares) are left a look before the rename: in the moment
        between, only a file of the same name could appear, which by its name has the same content.
        """
        if os.name == "nt":
            part.rename(target)
            return
        try:
            os.link(part, target)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
            part.rename(target)
            return
        # The content is safely named now; a .part that cannot be removed is only untidy.
        with contextlib.suppress(OSError):
            part.unlink()

    def replace(self, part: Path, target: Path) -> None:
        part.replace(target)

    def remove(self, part: Path) -> None:
        part.unlink()

    def sync_folder(self, folder: Path) -> None:
        """Force the folder's list of names to the disk where the system can (Windows cannot)."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            self.sync(handle)
        finally:
            os.close(handle)


class PartFile(NamedTuple):
    """A file that has no name yet: its open ``handle``, and its ``path`` for those who cannot write to a handle."""

    path: Path
    handle: int


def write_whole(
    target: Path,
    data: bytes | Iterable[bytes],
    *,
    private: bool = False,
    replace: bool = True,
    writing: Writing | None = None,
) -> Path:
    """Write ``data`` as the file ``target``, durably, and give its path. Raises NotWritten; BelongsToHome unless it is private.

    A link to a file that others shall read stays, and its file is replaced. A private file is put in the place
    of a link: nobody else decides where a key is written. Without ``replace`` a file that is there is refused.
    """
    with not_written(target):
        writing = writing or Writing()
        place = target if private else Path(os.path.realpath(target))
        if not private:
            require_outside_homes(place)
        put(writing, place, (data,) if isinstance(data, bytes) else data, private=private, replace=replace)
        # The file is whole by now; a folder that cannot be forced to the disk is no reason to say otherwise.
        with contextlib.suppress(OSError):
            writing.sync_folder(place.parent)
    return target


def require_outside_homes(target: Path) -> None:
    """Raises BelongsToHome for a file that is there and lies in a home, this one or another: what somebody asks for as a copy, a
    list or a record never takes the place of a register, a key or a setting.
    """
    place = Path(os.path.realpath(target))
    if os.path.lexists(place) and any(map(_is_home, place.parents)):
        raise BelongsToHome(name=clean(str(target).encode(errors="replace").decode()).replace("\n", " "))


def _is_home(folder: Path) -> bool:
    return (folder / REGISTER).is_file() and any((folder / name).exists() for name in _BESIDE_REGISTER)


def put(
    writing: Writing,
    target: Path,
    pieces: Iterable[bytes],
    *,
    private: bool = False,
    sleep: Callable[[float], None] = time.sleep,
    replace: bool = False,
) -> None:
    """Write ``pieces`` as the file ``target``, whole or not at all.

    Raises FileExistsError when the target is there and ``replace`` is false, and OSError for anything else; the
    ``.part`` is removed then, if the disk still lets us. After a crash it stays and nobody reads it: in a home the next
    start removes it, and elsewhere nothing does, as no other program's file is ever deleted.
    """
    with arriving(target, writing=writing, private=private, sleep=sleep, replace=replace) as part:
        for piece in pieces:
            writing.write(part.handle, piece)


@contextlib.contextmanager
def arriving(
    target: Path,
    *,
    writing: Writing | None = None,
    private: bool = False,
    sleep: Callable[[float], None] = time.sleep,
    replace: bool = True,
) -> Iterator[PartFile]:
    """An empty new file beside ``target`` that gets its name at the end of the block, or vanishes when it raises."""
    writing = writing or Writing()
    if replace:
        _check_replaceable(target)
    path = target.with_name(f".{os.urandom(8).hex()}{PART}")
    handle = patiently(lambda: writing.create(path, private=private), sleep)
    try:
        try:
            yield PartFile(path, handle)
            writing.sync(handle)
        finally:
            os.close(handle)
        try:
            patiently(lambda: (writing.replace if replace else writing.publish)(path, target), sleep)
        except OSError as error:
            if is_busy(error):
                raise FileHeld(error.errno, error.strerror, str(target)) from error
            raise
    except BaseException:
        with contextlib.suppress(OSError):
            writing.remove(path)
        raise


@contextlib.contextmanager
def not_written(target: Path) -> Iterator[None]:
    """Turn what the system says against writing ``target`` into NotWritten."""
    try:
        yield
    except (OSError, ValueError) as error:
        # A name with a null byte is a ValueError.
        name = clean(str(target).encode(errors="replace").decode()).replace("\n", " ")
        raise NotWritten(name=name, detail=cause(error)) from error


def make_folder(folder: Path, *, private: bool = False) -> None:
    """Make a folder and those above it that are missing, private ones with 0700 whatever the umask. Raises OSError."""
    if not private:
        folder.mkdir(parents=True, exist_ok=True)
        return
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
        if os.name != "nt":
            place.chmod(PRIVATE_FOLDER)
    if not missing:
        folder.mkdir(exist_ok=True)


def make_private(path: Path) -> None:
    """Have a private file at ``path``: an empty one when there is none, else the same one closed. Raises OSError."""
    _check_replaceable(path)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | _SAFE, PRIVATE_FILE)
    try:
        close_to_others(handle, PRIVATE_FILE)
    finally:
        os.close(handle)


def trial(folder: Path) -> OSError | None:
    """Why nothing can be written into a folder now; None when it can. What it tries with is gone afterwards."""
    writing = Writing()
    path = folder / f".{os.urandom(8).hex()}{PART}"
    try:
        handle = writing.create(path, private=True)
        try:
            writing.write(handle, bytes(TRIAL))
        finally:
            with contextlib.suppress(OSError):
                writing.remove(path)
            os.close(handle)
    except OSError as error:
        return error
    return None


def close_to_others(handle: int, mode: int) -> None:
    """Give an open file exactly ``mode``; a file system without rights is left as it is. Nothing on Windows."""
    if os.name != "nt" and stat.S_IMODE(os.fstat(handle).st_mode) != mode:
        with contextlib.suppress(OSError):
            os.fchmod(handle, mode)


def patiently(action: Callable[[], T], sleep: Callable[[float], None]) -> T:
    """Do it, and again after a short wait while Windows says that another program holds the file."""
    for wait in WAITS:
        try:
            return action()
        except OSError as error:
            if not is_busy(error):
                raise
        sleep(wait)
    return action()


def _check_replaceable(target: Path) -> None:
    """Raises OSError for what is no file: a device or a pipe must not be replaced by one, and a folder cannot be."""
    try:
        kind = target.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(kind) and not stat.S_ISLNK(kind):
        raise OSError(errno.EINVAL, "a device or a pipe of this name is there", str(target))

"""Keeping a home to the one person it belongs to: closing what others of this computer could read, and saying so.

What is written here is private from its first byte (``intake.files``); this is for homes that an older version, another
program, a copy or a backup left open. Only rights of the group and of others are taken away, only from files of ours,
and links are not followed. What is meant for others is elsewhere: carriers, packages, records and exports.

On Windows nothing is done: a folder of the profile inherits an access list that names its owner and the system only,
and the mode bits that Python shows there say nothing about it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Privacy:
    """Names relative to the home, ``.`` for the home itself: ``closed`` by this look, ``open`` still to others.

    ``shared`` is set when the home is a folder for other things too, such as /tmp or a whole user folder: it is left as it is.
    """

    closed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    shared: bool = False


def keep_private(root: Path, *, ours: tuple[Path, ...] = (), apart: Path | None = None) -> Privacy:
    """Close a home to others, from the top down. Never raises for what cannot be closed: it is in ``open``.

    ``ours`` are the files and folders of the register, which are all that is closed when the home holds other things
    too. ``apart`` is a folder inside that is meant for others, such as an exchange folder: it is left alone.
    """
    if os.name == "nt" or not root.is_dir():
        return Privacy()
    home = root.resolve()
    aside = apart.resolve() if apart else None
    shared = _is_shared(home)
    places = [place for one in (ours if shared else (home,)) for place in _below(one, aside)]
    closed: list[str] = []
    left: list[str] = []
    for place in places:
        done = _close(place)
        if done is not None:
            (closed if done else left).append(_name(place, home))
    return Privacy(tuple(closed), tuple(left), shared)


def _is_shared(home: Path) -> bool:
    """Whether closing it would hit more than a register: a sticky folder, the user's whole folder or one above it."""
    user = Path(os.path.realpath(os.path.expanduser("~")))  # noqa: PTH111 - Path raises where there is none
    return bool(home.stat().st_mode & stat.S_ISVTX) or user == home or home in user.parents


def _below(place: Path, aside: Path | None) -> Iterator[Path]:
    """``place`` and everything in it. Given before it is opened, so that nobody comes in behind us."""
    if place == aside or not os.path.lexists(place):
        return
    yield place
    if place.is_symlink() or not place.is_dir():
        return
    try:
        inside = sorted(place.iterdir())
    except OSError:
        return
    for one in inside:
        yield from _below(one, aside)


def _close(place: Path) -> bool | None:
    """True when others were shut out just now, False when they cannot be, None when there was nothing to do."""
    try:
        found = place.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found.st_mode) or not found.st_mode & _OTHERS:
        return None
    if found.st_uid != os.geteuid():
        return False
    # A file is opened only when it has to be changed: closing a database of ours again would drop its locks.
    try:
        handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        os.fchmod(handle, stat.S_IMODE(os.fstat(handle).st_mode) & ~_OTHERS)
        # FAT and some shares know no rights; they answer as if all was well.
        return not os.fstat(handle).st_mode & _OTHERS
    except OSError:
        return False
    finally:
        os.close(handle)


def _name(place: Path, home: Path) -> str:
    return place.relative_to(home).as_posix() if place.is_relative_to(home) else str(place)

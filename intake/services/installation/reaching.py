"""Which folder is meant, and whether a home can be read at all: asked before anything is read there, so that a closed home
does not look unset.

Light, because the window asks it before its first paint.
"""

from __future__ import annotations

import errno
from pathlib import Path

from intake.causes import cause
from intake.domain.base.canonical import clean
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.files import REGISTER

_IT_IS_A_FILE = Wording("FolderIsAFile", "it is a file")
_NOBODY_OF_THAT_NAME = Wording("FolderOfNobody", "this computer knows no user of that name")
_FOLDER_NAME_NO_TEXT = Wording("FolderNameNoText", "its name is not text in the encoding of this system")


class HomeUnusable(Refusal):
    """The home itself cannot be had: it cannot be opened, it is no folder, or it cannot be made."""

    what = "{folder} cannot be the home of a register: {detail}."
    why = "The register, its keys and its drafts live there."
    next = "Choose another folder with --home, or ask for the right to open it and to write there."
    exit_code = 3


class FolderUnnamed(Refusal):
    what = "“{folder}” is the name of no folder that can be used: {detail}."
    why = "The folder is remembered by its name, which every program here must read alike."
    next = "Give another folder, with its whole name."
    exit_code = 3


def whole_name(folder: Path) -> Path:
    """The folder that somebody named, with ``~`` and ``~user`` replaced, absolute. Raises FolderUnnamed."""
    try:
        found = folder.expanduser().absolute()
    except RuntimeError:
        raise FolderUnnamed(folder=_shown(folder), detail=_NOBODY_OF_THAT_NAME()) from None
    try:
        str(found).encode()
    except UnicodeEncodeError:
        raise FolderUnnamed(folder=_shown(folder), detail=_FOLDER_NAME_NO_TEXT()) from None
    return found


def _shown(folder: Path) -> str:
    return clean(str(folder).encode(errors="replace").decode()).replace("\n", " ")


def require_home(folder: Path) -> None:
    """Raises HomeUnusable for what is there and cannot be entered; a home that is not there yet passes."""
    try:
        # Asks the right to enter, which is all that opening a file in it needs.
        (folder / ".").stat()
        (folder / REGISTER).lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        detail = _IT_IS_A_FILE() if error.errno == errno.ENOTDIR and folder.is_file() else cause(error, reading=True)
        raise HomeUnusable(folder=folder, detail=detail) from None


def not_made(folder: Path, error: OSError) -> HomeUnusable:
    """Why a home could not be made or arranged."""
    return HomeUnusable(folder=folder, detail=cause(error))

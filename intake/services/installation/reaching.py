"""Whether a home can be read at all: asked before anything is read there, so that a closed home does not look unset.

Light, because the window asks it before its first paint.
"""

from __future__ import annotations

import errno
from pathlib import Path

from intake.causes import in_words
from intake.domain.base.refusals import Refusal


class HomeUnusable(Refusal):
    """The home itself cannot be had: it cannot be opened, it is no folder, or it cannot be made."""

    what = "{folder} cannot be the home of a register: {detail}."
    why = "The register, its keys and its drafts live there."
    next = "Choose another folder with --home, or ask for the right to open it and to write there."
    exit_code = 3


def require_home(folder: Path) -> None:
    """Raises HomeUnusable for what is there and cannot be entered; a home that is not there yet passes."""
    try:
        # Asks the right to enter, which is all that opening a file in it needs.
        (folder / ".").stat()
        (folder / "register.sqlite").lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        detail = "it is a file" if error.errno == errno.ENOTDIR and folder.is_file() else in_words(error, reading=True)
        raise HomeUnusable(folder=folder, detail=detail) from None


def not_made(folder: Path, error: OSError) -> HomeUnusable:
    """Why a home could not be made or arranged."""
    return HomeUnusable(folder=folder, detail=in_words(error))

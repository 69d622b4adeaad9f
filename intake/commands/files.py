"""Files that commands are given or asked to write, with what can go wrong said in words."""

from __future__ import annotations

import json
import os
from pathlib import Path

from intake import reading
from intake.causes import cause
from intake.domain.base.canonical import clean
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.formats import foreign_json

_MAX_JSON = 4 << 20
_MAX_DEPTH = 64
_MAX_VALUES = 200_000
NO_TEXT = Wording("FileNoText", "it is not text")


class NoSuchFile(Refusal):
    what = "There is no file {name}."
    why = "The command needs its content."
    next = "Check how the name is written and where you are."
    exit_code = 3


class NotAFile(Refusal):
    what = "{name} is a folder or a device, not a file."
    why = "The command needs the content of one file."
    next = "Name the file itself."
    exit_code = 3


class FileUnreadable(Refusal):
    what = "The file {name} cannot be read: {detail}."
    why = "The drive or its permissions do not allow it."
    next = "Give yourself the right to read it, or copy it to this computer first."
    exit_code = 3


class TooLargeToRead(Refusal):
    what = "The file {name} is larger than anything this command reads ({limit} bytes at most)."
    why = "Reading it could exhaust the machine, and it cannot be what was asked for."
    next = "Check that you chose the right file."
    exit_code = 3


class NoSuchFolder(Refusal):
    what = "There is no folder {name}."
    why = "The command looks for files in it."
    next = "Check how the name is written and where you are."
    exit_code = 3


class FolderNotRead(Refusal):
    what = "The folder {name} cannot be read: {detail}."
    why = "The command looks for files in it, and would take what it cannot see for missing."
    next = "Give yourself the right to read it, or copy it to this computer first."
    exit_code = 3


def require_folder(path: Path) -> None:
    """Raises NoSuchFolder or FolderNotRead for what cannot be looked through."""
    try:
        with os.scandir(path):
            return
    except (FileNotFoundError, NotADirectoryError):
        raise NoSuchFolder(name=shown(path)) from None
    except (OSError, ValueError) as error:
        raise FolderNotRead(name=shown(path), detail=cause(error, reading=True)) from None


def read_file(path: Path, *, limit: int, whole: bool = True) -> bytes:
    """The content of a file of at most ``limit`` bytes; without ``whole`` the first ``limit`` bytes of any file.

    Raises NoSuchFile, NotAFile, TooLargeToRead or FileUnreadable.
    """
    name = shown(path)
    try:
        return reading.read_file(path, limit) if whole else reading.read_head(path, limit)
    except FileNotFoundError:
        raise NoSuchFile(name=name) from None
    except reading.NotRegular:
        raise NotAFile(name=name) from None
    except reading.TooLong:
        raise TooLargeToRead(name=name, limit=limit) from None
    except (OSError, ValueError) as error:
        raise FileUnreadable(name=name, detail=cause(error, reading=True)) from None


def read_json(path: Path) -> foreign_json.Foreign:
    """The JSON in a file that somebody wrote, in UTF-8, or in UTF-16 or -32 as some editors save it.

    Raises what ``read_file`` raises, and NotReadable, also for a key that an object names twice: one of the two values would be lost.
    """
    data = read_file(path, limit=_MAX_JSON)
    encoding = json.detect_encoding(data)
    if not encoding.startswith("utf-8"):
        try:
            data = data.decode(encoding).encode()
        except UnicodeDecodeError:
            raise foreign_json.NotReadable(NO_TEXT()) from None
    return foreign_json.parse(data, depth=_MAX_DEPTH, values=_MAX_VALUES)


def shown(path: Path) -> str:
    """A file's name for a terminal: without control characters, which could move the cursor or hide text."""
    return clean(str(path).encode(errors="replace").decode()).replace("\n", " ")

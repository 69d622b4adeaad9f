"""A folder with a playbook in it: read carefully, checked, and compared with the playbook in use before it is accepted.

What is accepted is what was checked: the bytes are read once, so a file changed meanwhile changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.causes import cause
from intake.domain.assessment.reach import unreachable
from intake.domain.base.canonical import clean
from intake.domain.base.located import PlacedRefusal
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.playbook.differences import PlaybookDifference, playbook_differences
from intake.domain.playbook.reading.places import At
from intake.domain.playbook.whole import Playbook
from intake.reading import TooLong, read_file
from intake.services.installation import playbook_files

_IT_IS_LARGER_THAN_MEGABYTES = Wording("PlaybookFolderItIsLargerThanMegabytes", "it is larger than {limit} megabytes")

MAX_FILE = 4 << 20
"""Bytes of one file; the longest of the core has a fiftieth of it."""
MAX_FILES = 200


class NoPlaybookThere(Refusal):
    what = "There is no playbook in {name}: it has no file meta.toml."
    why = "That file says what the playbook is called and, for an overlay, what it extends."
    next = "Name the folder with meta.toml in it; the help page on overlays shows one."
    exit_code = 3


class TooManyPlaybookFiles(Refusal):
    what = "{name} holds more than {limit} files of TOML."
    why = "No playbook is made of that many, so it is not the folder you mean."
    next = "Name the folder of the playbook itself."
    exit_code = 3


class PlaybookFileNotRead(Refusal):
    what = "{name} cannot be read: {detail}."
    why = "A playbook with a part missing would ask and judge wrongly, so nothing of it is used."
    next = "Give yourself the right to read it, or copy the folder to this computer, and check again."
    exit_code = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """``playbook`` is None while there are ``problems``. ``unreachable`` are items that no answers lead to."""

    playbook: Playbook | None
    problems: tuple[PlacedRefusal, ...] = ()
    differences: tuple[PlaybookDifference, ...] = ()
    unreachable: tuple[At, ...] = ()


def checked(core: Mapping[str, bytes], own: Mapping[str, bytes], *, against: Playbook) -> Checked:
    """What is wrong in the files of a folder, or what they would change. Looking for dead items takes about a second."""
    problems = playbook_files.refusals_of(core, own)
    if problems:
        return Checked(None, problems)
    made = playbook_files.playbook_of(core, own)
    return Checked(made, (), playbook_differences(against, made), unreachable(made))


def files_in(folder: Path) -> Mapping[str, bytes]:
    """The TOML files directly in a folder, by name.

    Raises NoPlaybookThere, TooManyPlaybookFiles or PlaybookFileNotRead.
    """
    name = clean(folder.name or str(folder))
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except (FileNotFoundError, NotADirectoryError):
        found = []
    except OSError as error:
        raise PlaybookFileNotRead(name=name, detail=cause(error, reading=True)) from None
    if all(path.name != "meta.toml" for path in found):
        raise NoPlaybookThere(name=name)
    if len(found) > MAX_FILES:
        raise TooManyPlaybookFiles(name=name, limit=MAX_FILES)
    return {path.name: _read(path) for path in found}


def _read(path: Path) -> bytes:
    name = clean(path.name)
    try:
        return read_file(path, MAX_FILE)
    except TooLong:
        raise PlaybookFileNotRead(name=name, detail=_IT_IS_LARGER_THAN_MEGABYTES(limit=MAX_FILE >> 20)) from None
    except (OSError, ValueError) as error:
        raise PlaybookFileNotRead(name=name, detail=cause(error, reading=True)) from None

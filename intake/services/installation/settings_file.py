"""The settings of a home as they are in its file. One that is there and cannot be read is refused, and never written over.

Light, because the window asks before its first paint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from intake.alone import alone
from intake.causes import cause
from intake.domain.base.reasons import Fact
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording, in_figures
from intake.files import not_written
from intake.formats import foreign_json
from intake.reading import NotRegular, TooLong, read_file

_IT_IS_NOT_A_FILE = Wording("SettingsNoFile", "it is not a file")
_IT_HAS_FAR_MORE_BYTES = Wording("SettingsTooLong", "it has {size} bytes, far more than any it writes")
_IT_IS_NOT_AN_OBJECT = Wording("SettingsFileItIsNotAnObject", "it is not an object")
_NOT_YES_OR_NO = Wording("SettingNeitherTrueNorFalse", "“{name}” is not true or false")
_NOT_TEXT = Wording("SettingNoText", "“{name}” is not text")

SETTINGS: Final = "settings.json"
LOCK: Final = "settings.lock"
_HOLDS: Final = 10.0
"""Seconds to wait for another program that changes the settings: it takes milliseconds, unless the disk hangs."""
_MAX_BYTES: Final = 1 << 20
_MAX_DEPTH: Final = 4
_MAX_VALUES: Final = 1000


class SettingsUnreadable(Refusal):
    what = "The settings in {path} cannot be read: {detail}."
    why = "They say who signs here, with which key, and where the exchange folder is. Nothing of that is guessed."
    next = "Correct the file or rename it away. Without it nothing is set: then choose your name, key and folder again."
    exit_code = 3


class SettingsHeld(Refusal):
    what = "The settings were not changed, because another program is changing them."
    why = "Written now, they would lose what the other one sets."
    next = "Try again in a moment. If it stays so, end the other Countersign programs that use this home."
    exit_code = 3


@contextmanager
def changing_settings(home: Path) -> Iterator[None]:
    """Be the only program that reads and then writes the settings of ``home``. Raises SettingsHeld or NotWritten."""
    with ExitStack() as held:
        with not_written(home / LOCK):
            try:
                held.enter_context(alone(home / LOCK, seconds=_HOLDS))
            except TimeoutError:
                raise SettingsHeld from None
        yield


def read_settings(path: Path, usual: Mapping[str, object]) -> dict[str, object]:
    """What the file says by name; nothing when there is no file. Raises SettingsUnreadable.

    ``usual`` has a value of the right type for each name known here. Other names are kept: they are of other versions.
    """
    try:
        found = foreign_json.parse(read_file(path, _MAX_BYTES), depth=_MAX_DEPTH, values=_MAX_VALUES)
    except FileNotFoundError:
        return {}
    except foreign_json.NotReadable as error:
        raise SettingsUnreadable(path=path, detail=error.said) from None
    except (OSError, ValueError) as error:
        raise SettingsUnreadable(path=path, detail=unread(error)) from None
    if not isinstance(found, Mapping):
        raise SettingsUnreadable(path=path, detail=_IT_IS_NOT_AN_OBJECT())
    for name, value in found.items():
        if name in usual and type(value) is not type(usual[name]):
            wrong = _NOT_YES_OR_NO(name=name) if isinstance(usual[name], bool) else _NOT_TEXT(name=name)
            raise SettingsUnreadable(path=path, detail=wrong)
    return dict(found)


def unread(error: OSError | ValueError) -> Fact:
    """Why a small file of a home was not read, as a clause."""
    if isinstance(error, NotRegular):
        return _IT_IS_NOT_A_FILE()
    if isinstance(error, TooLong):
        return _IT_HAS_FAR_MORE_BYTES(size=in_figures(error.size))
    return cause(error, reading=True)

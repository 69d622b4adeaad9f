"""Content as data: playbook, sample, themes, icons, fonts, help and schemas, read by name through this door.

Only the two entry points (the command line and ``ui.app``) open it; every room is handed the bytes it needs. They are files
beside this one in a checkout, an installed wheel and the frozen build alike (style sheets and Qt's catalogues name files),
so they are read as files: asking ``importlib.resources`` for each cost a tenth of the start.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


class ResourceMissing(LookupError):
    """Asked for a resource that is not shipped. That is a bug of the caller or of the build, never of the user."""


def read(name: str) -> bytes:
    """Give the bytes of one resource.

    ``name`` is relative and uses forward slashes on every system, for example ``"icons/inbox.svg"``.
    Raises ``ResourceMissing`` if there is no such file.
    """
    found = locate(name)
    if not found.is_file():
        raise ResourceMissing(name)
    return found.read_bytes()


def names(folder: str) -> tuple[str, ...]:
    """Give the sorted names of the files directly inside ``folder``, each as ``read`` takes it.

    Sub-folders are not entered. Raises ``ResourceMissing`` if there is no such folder.
    """
    found = locate(folder)
    if not found.is_dir():
        raise ResourceMissing(folder)
    return tuple(sorted(f"{folder}/{entry.name}" for entry in found.iterdir() if entry.is_file()))


def locate(name: str) -> Path:
    """Where a file or folder of this name is, for what can read it by its path only; it need not be there.

    Raises ``ResourceMissing`` for a name that leads out of the package.
    """
    parts = name.split("/")
    # A name comes from our own code, yet a part like ".." would leave the package without anyone noticing.
    if not all(part and part not in {".", ".."} and "\\" not in part for part in parts):
        raise ResourceMissing(name)
    return _FOLDER.joinpath(*parts)

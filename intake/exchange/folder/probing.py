"""Learning whether a folder can be written by writing: on shares, permissions alone do not tell."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from intake import files
from intake.exchange.disk import Disk


def try_writing(folder: Path, disk: Disk) -> OSError | None:
    """Why no file can be put into ``folder``, or ``None``: a tiny file is made there and removed."""
    probe = folder / f".{secrets.token_hex(8)}{files.PART}"
    try:
        handle = disk.create(probe)
        try:
            disk.write(handle, b"Countersign tries whether it may write here.\n")
            disk.sync(handle)
        finally:
            os.close(handle)
            with suppress(OSError):
                disk.remove(probe)
    except OSError as error:
        return error
    return None

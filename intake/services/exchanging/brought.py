"""Files somebody brings by hand: each is what its content says, whatever it is called, and a refusal names the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from intake.domain.base.refusals import Refusal
from intake.exchange.entries import Cancel, ProgressCall, never, silent
from intake.exchange.report import ExchangeReport
from intake.reading import read_head
from intake.register.refusals import RegisterRefusal
from intake.services.exchanging import exchanging
from intake.services.installation.installation import Installation
from intake.services.proving.judged import FileSort, sort_of

_HEAD = 64


class FileNotImported(Refusal):
    what = "“{name}” was not imported. {what}"
    why = "{why}"
    next = "{next}"


def sort_by_content(path: Path) -> FileSort:
    """What a file is by its first bytes; by its name where these say nothing, or where it cannot be read."""
    try:
        head = read_head(path, _HEAD)
    except (OSError, ValueError):
        head = b""
    return sort_of(head, path.name)


def import_file(
    installation: Installation,
    path: Path,
    read: Callable[[Path], bytes],
    *,
    progress: ProgressCall = silent,
    cancelled: Cancel = never,
) -> ExchangeReport:
    """Import a package or a signed act; ``read`` gives the bytes of an act.

    Raises FileNotImported where the refusal of the file would not say which one it is, what ``read`` raises, or a RegisterRefusal.
    """
    try:
        if sort_by_content(path) is FileSort.ACT:
            return exchanging.import_act(installation, read(path))
        return exchanging.import_package(installation, path, progress=progress, cancelled=cancelled)
    except RegisterRefusal:
        raise
    except Refusal as refusal:
        if path.name in refusal.what_happened:
            raise
        told = {part: refusal.told(part) or "" for part in ("what", "why", "next")}
        raise FileNotImported(name=path.name, **told) from refusal

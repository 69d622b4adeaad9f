"""What a file is for that somebody brings: an enrolment leads to the comparing of a key, an invitation to joining."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from intake.domain.acts.kinds import ENROL
from intake.domain.base.refusals import Refusal
from intake.exchange.entries import MAX_ACT
from intake.exchange.package.archive_names import MANIFEST
from intake.exchange.package.package import read_package
from intake.exchange.package.signing import signer_of
from intake.reading import read_file, read_head
from intake.services.exchanging.brought import sort_by_content
from intake.services.proving.judged import FileSort
from intake.trust.acts import verify_act

_NAME_AT = 30
"""Where the name of its first entry stands in a zip file (APPNOTE 4.3.7)."""
_HEAD = 4096


class BroughtSort(StrEnum):
    """``ENROLMENT`` is an act too, ``INVITATION`` a package too."""

    RECORD = "record"
    ACT = "act"
    ENROLMENT = "enrolment"
    PACKAGE = "package"
    INVITATION = "invitation"
    BOM = "bom"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file and what it is."""

    path: Path
    sort: BroughtSort


def look_into(path: Path) -> BroughtFile:
    """What this file is. What cannot be read is what its name says, else a package: its reader refuses it with the reason."""
    try:
        head = read_head(path, _HEAD)
    except (OSError, ValueError):
        named = _sort(path, b"")
        return BroughtFile(path, BroughtSort.PACKAGE if named is BroughtSort.UNKNOWN else named)
    return BroughtFile(path, _sort(path, head))


def _sort(path: Path, head: bytes) -> BroughtSort:
    suffix = path.suffix.lower()
    if suffix != ".countersign" and head.startswith(b"PK") and not _begins_as_package(head):
        return BroughtSort.UNKNOWN  # a table or a text of an office program is a zip file too
    match sort_by_content(path):
        case FileSort.RECORD:
            return BroughtSort.RECORD
        case FileSort.PACKAGE:
            return _package(path)
        case FileSort.ACT:
            return _act(path)
    is_json = suffix == ".json" or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return BroughtSort.BOM if is_json else BroughtSort.UNKNOWN


def _begins_as_package(head: bytes) -> bool:
    return head[_NAME_AT:].startswith(MANIFEST.encode())


def _package(path: Path) -> BroughtSort:
    try:
        invites = read_package(path, verify=signer_of).manifest.invitation is not None
    except Refusal:
        return BroughtSort.PACKAGE
    return BroughtSort.INVITATION if invites else BroughtSort.PACKAGE


def _act(path: Path) -> BroughtSort:
    try:
        enrols = verify_act(read_file(path, MAX_ACT)).act.kind == ENROL.name
    except (Refusal, OSError, ValueError):
        return BroughtSort.ACT
    return BroughtSort.ENROLMENT if enrols else BroughtSort.ACT

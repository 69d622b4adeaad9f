"""Acts and packages as the worker reads them: all that can be said of a file before it is asked who its signer is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence
from intake.exchange.entries import EntryKind, FileProblem
from intake.exchange.package.package import read_package
from intake.exchange.package.refusals import NotAPackage, OtherOrganisation, PackageTruncated, PackageUnreadable
from intake.exchange.package.signing import signer_of
from intake.reading import opened
from intake.services.installation.act_files import needed_by
from intake.services.proving.anchors import MAKE_ROSTERS
from intake.services.proving.judged import (
    DO_NOT_RELY,
    GIVE_ANCHOR,
    NOBODY_TRUSTED,
    FileSort,
    Judged,
    Result,
    unreadable,
)
from intake.trust.acts import verify_act
from intake.trust.refusals import BadEncoding, NotSigned, SignedFileTooLarge

_ALL_VERIFY = Sentence("PackageActsVerify", "All {count} acts in it verify.", one="The one act in it verifies.")
_AS_MUCH = Sentence("PackageAsMuchAsSaid", "It holds as much as its signer said.")
_MAX_FILES = 128 << 20
"""What a worker can hold and hand over: the people of one large roster, or of many small ones."""


@dataclass(frozen=True, slots=True)
class ActRead:
    """The verdict on a file that is no act that holds; None for one that is."""

    verdict: Judged | None


class ForeignAct(Refusal):
    what = "It holds an act of another organisation than the one it was made for."
    why = "A package is made for one organisation, and its signer vouches for all that is in it."
    next = "Ask its sender to export it again."


@dataclass(frozen=True, slots=True)
class PackageRead:
    """The verdict on a package that is not whole; or, with its ``signer``, what is known before he is.

    ``signer`` is the fingerprint of the certificate that vouches for it, ``rosters`` are its signed acts that make
    rosters, ``files`` what the checkpoints among them list and whom the rosters name: the worker gives
    ``_MAX_FILES`` bytes of them at most, and a version whose people it leaves out waits.
    """

    judged: Judged
    signer: str = ""
    rosters: tuple[bytes, ...] = ()
    files: tuple[bytes, ...] = ()


def read_act(blob: bytes) -> ActRead:
    """Signature and form of an act; whether it counts is for the fold."""
    try:
        verify_act(blob)
    except (NotSigned, SignedFileTooLarge, BadEncoding) as refusal:
        return ActRead(unreadable(FileSort.ACT, refusal))
    except Refusal as refusal:
        return ActRead(Judged(FileSort.ACT, Result.FAILED, "", refusal.given, DO_NOT_RELY(), sha256(blob)))
    return ActRead(None)


def read_package_whole(path: Path, org: str) -> PackageRead:
    """Every entry is read and every act verified; nothing is stored. ``org`` is the organisation the verifier trusts, or empty."""
    digest = _digest(path)

    def fails(refusal: Refusal) -> PackageRead:
        return PackageRead(Judged(FileSort.PACKAGE, Result.FAILED, "", refusal.given, DO_NOT_RELY(), digest))

    rosters: list[bytes] = []
    files: dict[str, bytes] = {}
    left = _MAX_FILES
    acts = 0
    try:
        package = read_package(path, verify=signer_of, org=org or None)
        for found in package.entries():
            if isinstance(found, FileProblem):
                return fails(found.refusal)
            if found.kind is EntryKind.ACT:
                act = verify_act(found.data).act
                acts += 1
                if act.org and act.org != (package.manifest.org or act.org):
                    return fails(ForeignAct())
                # Only these are kept: a package of four gigabytes is read in the memory of one entry.
                rosters += [found.data] if act.kind in MAKE_ROSTERS else []
                files |= {name: b"" for _, name in needed_by(act)}
            elif found.id in files and len(found.data) <= left:
                # The acts come first, so what they need is known by now.
                files[found.id] = found.data
                left -= len(found.data)
    except (NotAPackage, PackageTruncated, PackageUnreadable) as refusal:
        return PackageRead(unreadable(FileSort.PACKAGE, refusal))
    except OtherOrganisation as refusal:
        step = refusal.told("next") or DO_NOT_RELY()
        return PackageRead(Judged(FileSort.PACKAGE, Result.INDETERMINATE, "", refusal.given, step, digest))
    except Refusal as refusal:
        return fails(refusal)
    whole = Judged(
        FileSort.PACKAGE,
        Result.INDETERMINATE,
        "",
        NOBODY_TRUSTED(),
        GIVE_ANCHOR(),
        digest,
        package.manifest.org,
        holds=(_ALL_VERIFY(count=acts), _AS_MUCH()),
    )
    return PackageRead(whole, package.signer, tuple(rosters), tuple(files.values()))


def _digest(path: Path) -> str:
    try:
        made = hashlib.sha256()
        with opened(path) as stream:
            while piece := stream.read(1 << 20):
                made.update(piece)
        return made.hexdigest()
    except (OSError, ValueError):
        return ""

"""Acts and packages as the worker reads them: all that can be said of a file before it is asked who its signer is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.domain.acts import ORGANISATION_KINDS, Act
from intake.domain.canonical import sha256
from intake.domain.refusals import Refusal
from intake.domain.roster_history import RosterHistory, fold_rosters
from intake.exchange.entries import EntryKind, Problem
from intake.exchange.package import Package, read_package
from intake.exchange.package_refusals import NotAPackage, OtherOrganisation, PackageTruncated, PackageUnreadable
from intake.exchange.signing import signer_of
from intake.services.judged import (
    DO_NOT_RELY,
    GIVE_ANCHOR,
    NOBODY_TRUSTED,
    NOTHING_TO_DO,
    Judged,
    Result,
    Sort,
    unreadable,
)
from intake.trust import cms
from intake.trust.acts import verify_act
from intake.trust.refusals import BadEncoding, NotSigned, SignedFileTooLarge


@dataclass(frozen=True, slots=True)
class ActRead:
    """Either the verdict on a file that is no act that holds, or the JSON of the act, as it stands in the file."""

    verdict: Judged | None
    content: bytes = b""


def read_act(blob: bytes) -> ActRead:
    """Signature and form of an act; whether it counts is for the fold."""
    try:
        verify_act(blob)
    except (NotSigned, SignedFileTooLarge, BadEncoding) as refusal:
        return ActRead(unreadable(Sort.ACT, refusal))
    except Refusal as refusal:
        return ActRead(Judged(Sort.ACT, Result.FAILED, "", refusal.what_happened, DO_NOT_RELY, sha256(blob)))
    return ActRead(None, cms.read(blob).payload or b"")


def listed_by(rosters: RosterHistory) -> Mapping[str, str]:
    """Whose key it is, by any roster that counts: from the fingerprint of a certificate to the name of the person."""
    found: dict[str, str] = {}
    for item in rosters.chain.values():
        for person in item.roster.people:
            for certificate in person.certificates:
                found.setdefault(certificate.sha256, person.name)
    return found


def judge_package(path: Path, org: str, listed: Mapping[str, str] | None) -> Judged:
    """Every entry is read and every act verified; nothing is stored.

    ``org`` is the organisation the verifier trusts, or empty; ``listed`` is what ``listed_by`` gives for its rosters,
    None when the verifier has none: then the rosters in the package say it, because their chain proves itself by ``org``.
    """
    digest = _digest(path)
    organisation: list[Act] = []
    acts = 0
    try:
        package = read_package(path, verify=signer_of, org=org or None)
        for found in package.entries():
            if isinstance(found, Problem):
                return Judged(Sort.PACKAGE, Result.FAILED, "", found.refusal.what_happened, DO_NOT_RELY, digest)
            if found.kind is EntryKind.ACT:
                act = verify_act(found.data).act
                acts += 1
                # Only these are kept: a package of four gigabytes is read in the memory of one entry.
                if act.kind in ORGANISATION_KINDS:
                    organisation.append(act)
    except (NotAPackage, PackageTruncated, PackageUnreadable) as refusal:
        return unreadable(Sort.PACKAGE, refusal)
    except OtherOrganisation as refusal:
        return Judged(Sort.PACKAGE, Result.INDETERMINATE, "", refusal.what_happened, refusal.next_step, digest)
    except Refusal as refusal:
        return Judged(Sort.PACKAGE, Result.FAILED, "", refusal.what_happened, DO_NOT_RELY, digest)
    known = listed if listed is not None else listed_by(fold_rosters(org, organisation))
    result, sentence, after = _vouched(package, org, known)
    held = (f"All {acts} acts in it verify.", "It holds as much as its signer said.")
    return Judged(Sort.PACKAGE, result, "", sentence, after, digest, package.manifest.org, checked=held)


def _vouched(package: Package, org: str, listed: Mapping[str, str]) -> tuple[Result, str, str]:
    if not org:
        return Result.INDETERMINATE, NOBODY_TRUSTED, GIVE_ANCHOR
    name = listed.get(package.signer)
    if name:
        sentence = f"The package of {name} is whole, and unchanged since it was signed."
        return Result.PASSED, sentence, NOTHING_TO_DO
    sentence = "The package is whole, but no roster here lists the key that signed it."
    return Result.INDETERMINATE, sentence, "Ask the sender to export it again after they are listed."


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""

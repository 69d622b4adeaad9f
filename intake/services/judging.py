"""Judging any file of the exchange: a record, a signed act, a package, each with the same four answers.

Records are judged in ``verifying``. An act passes when its signature holds and the rosters of the organisation the
verifier names let its signer do what it does; a package passes when all of it is whole and a person listed there signed
that nothing is missing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from intake.domain.acts import Act, Kind
from intake.domain.canonical import sha256
from intake.domain.fold.judge import Force
from intake.domain.refusals import Refusal
from intake.domain.rights import Strength
from intake.domain.roster_history import RosterHistory
from intake.exchange.entries import EntryKind, Problem
from intake.exchange.package import read_package
from intake.exchange.package_refusals import NotAPackage, OtherOrganisation, PackageTruncated, PackageUnreadable
from intake.exchange.signing import signer_of
from intake.records.refusals import NotARecord
from intake.records.verdict import Indication, SignatureFinding
from intake.services import verifying
from intake.services.verifying import Anchor, RecordTooLarge
from intake.trust.acts import verify_act
from intake.trust.refusals import BadEncoding, NotSigned, SignedFileTooLarge

_NOBODY_TRUSTED = "The signature holds, but nobody said which organisation to trust."
_GIVE_ANCHOR = "Give the organisation’s id and its acts, then check it again."
_DO_NOT_RELY = "Do not rely on this file. Ask its sender for the original."
_NOTHING_TO_DO = "Nothing needs to be done."


class Sort(StrEnum):
    RECORD = "record"
    ACT = "act"
    PACKAGE = "package"
    UNKNOWN = "unknown"


class Result(StrEnum):
    """The answers, in the names of ETSI EN 319 102-1; unreadable is a file that is none of ours, or not whole."""

    PASSED = "TOTAL-PASSED"
    INDETERMINATE = "INDETERMINATE"
    UNREADABLE = "UNREADABLE"
    FAILED = "TOTAL-FAILED"

    @property
    def exit_code(self) -> int:
        return {Result.PASSED: 0, Result.FAILED: 1, Result.INDETERMINATE: 2, Result.UNREADABLE: 3}[self]


WORST_LAST = tuple(Result)
"""A failed file is worse than an unreadable one: somebody vouched for what is not so."""


@dataclass(frozen=True, slots=True)
class Judged:
    """``sub_indication`` is empty for everything but records; ``checked`` lists in words what did hold."""

    sort: Sort
    result: Result
    sub_indication: str
    sentence: str
    next_step: str
    sha256: str = ""
    organisation: str = ""
    policy: str = ""
    signatures: tuple[SignatureFinding, ...] = ()
    checked: tuple[str, ...] = ()


def sort_of(head: bytes, name: str) -> Sort:
    """What a file is, by its first bytes; where those say nothing, by its name."""
    for start, sort in ((b"%PDF-", Sort.RECORD), (b"PK\x03\x04", Sort.PACKAGE), (b"\x30", Sort.ACT)):
        if head.startswith(start):
            return sort
    return _BY_NAME.get(Path(name).suffix.lower(), Sort.UNKNOWN)


def unreadable(sort: Sort, refusal: Refusal) -> Judged:
    """The verdict on a file that could not be read."""
    said = " ".join(part for part in (refusal.what_happened, refusal.reason) if part)
    return Judged(sort, Result.UNREADABLE, "", said, refusal.next_step)


def judge_record(pdf: bytes, anchor: Anchor) -> Judged:
    try:
        found = verifying.verify_record(pdf, anchor)
    except (NotARecord, RecordTooLarge) as refusal:
        return unreadable(Sort.RECORD, refusal)
    return Judged(
        Sort.RECORD,
        _RESULTS[found.indication],
        found.sub_indication.value if found.sub_indication else "",
        found.sentence,
        found.next_step,
        found.sha256,
        found.organisation,
        found.policy,
        found.signatures,
        found.checked,
    )


def judge_act(blob: bytes, anchor: Anchor) -> Judged:
    try:
        act = verify_act(blob).act
    except (NotSigned, SignedFileTooLarge, BadEncoding) as refusal:
        return unreadable(Sort.ACT, refusal)
    except Refusal as refusal:
        return Judged(Sort.ACT, Result.FAILED, "", refusal.what_happened, _DO_NOT_RELY, sha256(blob))
    result, sentence = _standing(act, anchor)
    after = {Result.PASSED: _NOTHING_TO_DO, Result.FAILED: _DO_NOT_RELY}.get(result, _GIVE_ANCHOR)
    held = ("Its signature matches the key of its certificate.", "Its content has the one exact form of an act.")
    return Judged(Sort.ACT, result, "", sentence, after, sha256(blob), act.org, checked=held)


def judge_package(path: Path, anchor: Anchor) -> Judged:
    """Every entry is read and every act verified; nothing is stored."""
    digest = _digest(path)
    try:
        package = read_package(path, verify=signer_of, org=anchor.org or None)
        blobs: list[bytes] = []
        listings: dict[str, bytes] = {}
        acts = 0
        for found in package.entries():
            if isinstance(found, Problem):
                return Judged(Sort.PACKAGE, Result.FAILED, "", found.refusal.what_happened, _DO_NOT_RELY, digest)
            if found.kind is EntryKind.ACT:
                act = verify_act(found.data).act
                blobs.append(found.data)
                listings |= dict.fromkeys(verifying.listing_of(act), b"")
                acts += 1
            elif found.id in listings:
                # The acts come first, so what is a listing is known by now.
                listings[found.id] = found.data
    except (NotAPackage, PackageTruncated, PackageUnreadable) as refusal:
        return unreadable(Sort.PACKAGE, refusal)
    except OtherOrganisation as refusal:
        return Judged(Sort.PACKAGE, Result.INDETERMINATE, "", refusal.what_happened, refusal.next_step, digest)
    except Refusal as refusal:
        return Judged(Sort.PACKAGE, Result.FAILED, "", refusal.what_happened, _DO_NOT_RELY, digest)
    org = package.manifest.org
    held = (f"All {acts} acts in it verify.", "It holds as much as its signer said.")
    # The chain of rosters proves itself by the organisation's id, so it may come from the package.
    rosters = (
        anchor.rosters
        if anchor.rosters.founded
        else verifying.anchor_of_acts(anchor.org, blobs, listings.values()).rosters
    )
    if not anchor.org:
        result, sentence, after = Result.INDETERMINATE, _NOBODY_TRUSTED, _GIVE_ANCHOR
    elif _who(rosters, package.signer):
        sentence = f"The package of {_who(rosters, package.signer)} is whole, and unchanged since it was signed."
        result, after = Result.PASSED, _NOTHING_TO_DO
    else:
        sentence = "The package is whole, but no roster here lists the key that signed it."
        result, after = Result.INDETERMINATE, "Ask the sender to export it again after they are listed."
    return Judged(Sort.PACKAGE, result, "", sentence, after, digest, org, checked=held)


def _standing(act: Act, anchor: Anchor) -> tuple[Result, str]:
    """Whether the organisation lets the signer of an act do what it does, and the sentence that says so."""
    rosters = anchor.rosters
    if not anchor.org:
        return Result.INDETERMINATE, _NOBODY_TRUSTED
    if act.org != anchor.org and not (act.kind in (Kind.ROSTER, Kind.ENROL) and not act.org):
        return Result.INDETERMINATE, "This act is of another organisation than the one you named."
    if act.kind == Kind.ROSTER:
        return _roster(act, rosters)
    if act.case_id:
        state = anchor.case(act.case_id)
        event = next((item for item in state.events if item.act.id == act.id), None) if state else None
        if event:
            sentence = event.judgement.reason or f"Signed by {rosters.name(act.person)}, and it counts."
            return _FORCES[event.judgement.force], sentence
    if act.roster:
        right = rosters.right(act, frozenset(), lambda _checkpoint: None)
        sentence = right.reason or f"Signed by {rosters.name(act.person)}, whom the roster lists with this key."
        return _STRENGTHS[right.strength], sentence
    if any(act.signer in item.roster.cutoffs for item in rosters.in_force):
        return Result.INDETERMINATE, "Its key was cut off, and it cannot be said whether it was signed before."
    name = _who(rosters, act.signer, act.person)
    if name:
        return Result.PASSED, f"Signed by {name}, whom the roster lists with this key."
    return Result.INDETERMINATE, "The signature holds, but no roster here lists this key for this person."


def _roster(act: Act, rosters: RosterHistory) -> tuple[Result, str]:
    listed = rosters.chain.get(act.id)
    if listed:
        return (
            Result.PASSED,
            f"It is roster version {listed.roster.version} of {listed.roster.organisation}, and counts.",
        )
    if act.id in rosters.late:
        return Result.INDETERMINATE, "This roster version does not count: the records team had seen another before it."
    waiting = next((item.problem for item in rosters.pending if item.listed.id == act.id), "")
    return Result.INDETERMINATE, f"This roster version does not count: {waiting or 'its place is not known here'}."


def _who(rosters: RosterHistory, certificate: str, person_id: str = "") -> str:
    """The name of the person whose certificate this is by any roster that counts; empty when nobody's."""
    for listed in rosters.chain.values():
        for person in listed.roster.people:
            if person_id in ("", person.id) and person.certificate(certificate):
                return person.name
    return ""


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


_BY_NAME = {".pdf": Sort.RECORD, ".p7m": Sort.ACT, ".countersign": Sort.PACKAGE}
_RESULTS = {
    Indication.PASSED: Result.PASSED,
    Indication.FAILED: Result.FAILED,
    Indication.INDETERMINATE: Result.INDETERMINATE,
}
_FORCES = {
    Force.COUNTS: Result.PASSED,
    Force.OBJECTS: Result.PASSED,
    Force.SPENT: Result.FAILED,
    Force.IGNORED: Result.FAILED,
    Force.WAITS: Result.INDETERMINATE,
    Force.UNKNOWN: Result.INDETERMINATE,
}
_STRENGTHS = {
    Strength.FULL: Result.PASSED,
    Strength.OBJECTION: Result.FAILED,
    Strength.NONE: Result.FAILED,
    Strength.WAITS: Result.INDETERMINATE,
}

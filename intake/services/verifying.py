"""Judging a record PDF: what the register, or the acts lying beside the file, know about its signatures.

The anchor is the organisation id the verifier gives. From it follows the chain of rosters, from the roster an opinion
names follow person and key, and only those keys count. Nothing in the PDF itself is believed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pikepdf

from intake.domain.acts import ORGANISATION_KINDS, Act, Kind, is_id
from intake.domain.bodies import OpinionBody, Position, SealedBody, WithdrawBody, checkpoint
from intake.domain.canonical import sha256
from intake.domain.checkpoint import MAX_BYTES as MAX_LISTING
from intake.domain.checkpoint import Heads, read_heads
from intake.domain.fold import CaseState, fold_case, no_papers
from intake.domain.fold.case import Event
from intake.domain.fold.judge import Force
from intake.domain.refusals import Refusal
from intake.domain.roster_history import RosterHistory, fold_rosters
from intake.exchange.entries import MAX_ACT
from intake.records import rebuild
from intake.records.content import TWIN_NAME, SignatureField
from intake.records.validate import validate_record
from intake.records.verdict import Evidence, PinnedKey, Sealed, Verdict
from intake.services.desk import Desk
from intake.services.papers import PaperReader
from intake.services.proof import LISTING
from intake.trust.acts import verify_act

MAX_PDF = 100 << 20


class RecordTooLarge(Refusal):
    what = "This file is larger than any decision record: {size} megabytes."
    why = "Reading it could exhaust the machine, and it cannot be a record."
    next = "Check that you chose the right file."


class CaseOf(Protocol):
    """Gives the state of a case by its id; ``pdf`` is the record that is judged, if one is."""

    def __call__(self, case: str, pdf: bytes = b"") -> CaseState | None: ...


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a verdict rests on: the organisation the verifier trusts (an id, or empty), its rosters, and its cases.

    ``case`` gives None when none of the acts of a case is at hand. Without a register, the record that is judged is the
    only file it knows: seals over others are taken at their word.
    """

    org: str
    rosters: RosterHistory
    case: CaseOf


def verify(desk: Desk, pdf: bytes) -> Verdict:
    """Judge a record by this register. Never raises for a hostile file but NotARecord and RecordTooLarge."""
    return verify_record(pdf, anchor_of_register(desk))


def verify_beside(path: Path, org: str, acts: Iterable[Path]) -> Verdict:
    """Judge a record by signed acts (``.p7m`` files) that lie beside it, for the organisation the verifier names."""
    _check_size(path.stat().st_size)
    return verify_record(path.read_bytes(), anchor_of_files(org, acts))


def verify_record(pdf: bytes, anchor: Anchor) -> Verdict:
    """Judge a record. Raises NotARecord for a file that is no PDF and RecordTooLarge before reading it."""
    _check_size(len(pdf))
    case = _claimed_case(pdf)
    state = anchor.case(case, pdf) if case else None
    return validate_record(pdf, _evidence(pdf, anchor.org, anchor.rosters, state))


def anchor_of_register(desk: Desk) -> Anchor:
    """The organisation this register belongs to, with everything it knows."""

    def state(case: str, pdf: bytes = b"") -> CaseState | None:  # noqa: ARG001 - the register has every file
        found = desk.folded(case)
        return found if found.events else None

    return Anchor(desk.register.org, desk.rosters, state)


def anchor_of_files(org: str, files: Iterable[Path]) -> Anchor:
    """The organisation the verifier names (empty: none), known by signed acts in files and by checkpoints' listings.

    Acts that do not verify are left out, as if they were not there: their absence shows in the verdict.
    """
    blobs: list[bytes] = []
    listings: list[bytes] = []
    for item in files:
        listing = item.suffix == LISTING
        try:
            if item.is_file() and item.stat().st_size <= (MAX_LISTING if listing else MAX_ACT):
                (listings if listing else blobs).append(item.read_bytes())
        except OSError:
            continue
    return anchor_of_acts(org, blobs, listings)


def anchor_of_acts(org: str, blobs: Iterable[bytes], listings: Iterable[bytes] = ()) -> Anchor:
    """As ``anchor_of_files``, from the signed acts and the listings themselves."""
    found: dict[str, Act] = {}
    for blob in blobs:
        try:
            act = verify_act(blob).act
        except Refusal:
            continue
        found[act.id] = act
    rosters = fold_rosters(org, [act for act in found.values() if act.kind in ORGANISATION_KINDS])

    def state(case: str, pdf: bytes = b"") -> CaseState | None:
        mine = [act for act in found.values() if act.case_id == case]
        # The attached files are not needed to know whose opinion it was; without them nothing is claimed about them.
        papers = PaperReader().over({sha256(pdf): pdf}.get if pdf else no_papers)
        return fold_case(mine, rosters, _Everything(), heads, papers) if mine else None

    by_digest = {sha256(data): data for data in listings}
    heads = {act.id: listed for act in found.values() if (listed := _listing(act, by_digest))}
    return Anchor(org, rosters, state)


def _listing(act: Act, by_digest: Mapping[str, bytes]) -> Heads | None:
    """What a checkpoint had seen, when its listing is at hand: without it, whoever left office since is not believed."""
    if act.kind != Kind.CHECKPOINT:
        return None
    try:
        return read_heads(by_digest[checkpoint(act).heads.sha256])
    except (KeyError, Refusal):
        return None


def _evidence(pdf: bytes, org: str, rosters: RosterHistory, state: CaseState | None) -> Evidence:
    try:
        base = sha256(rebuild.base_of(pdf))
    except Refusal:
        return Evidence(organisation=org)
    if state is None:
        return Evidence(organisation=org, missing=("the acts of this use case",))
    named = [event for event in state.events if _base(event) == base and event.judgement.force in ("counts", "objects")]
    keys = [key for event in named if (key := pinned(rosters, event.act, _field(event)))]
    # Who seals puts these pages, and the key they seal with, in the place of those their own opinion names.
    keys += [key for seal in _seals(state, base) if (key := pinned(rosters, seal.act, _sealing_for(state, seal)))]
    keys = list({(key.office, key.fingerprint): key for key in keys}.values())
    signers = _signers(named)
    missing = [f"the opinion of the {item.value}" for item in signers if item not in {key.office for key in keys}]
    if not rosters.founded:
        missing.append("the rosters of the organisation")
    return Evidence(
        organisation=org,
        keys=tuple(keys),
        bases=tuple(base for _ in keys),
        signers=signers,
        sealed=_sealed(state, base, sha256(pdf)),
        missing=tuple(missing),
    )


def _base(event: Event) -> str:
    body = event.body
    return body.base if isinstance(body, OpinionBody | WithdrawBody) else ""


def _signers(named: list[Event]) -> tuple[SignatureField, ...]:
    """Which fields this base needs signed: one for a decline or a withdrawal, otherwise both offices."""
    for event in named:
        if isinstance(event.body, WithdrawBody):
            return (SignatureField.OWNER,)
        if isinstance(event.body, OpinionBody) and event.body.position is Position.DECLINE:
            return (SignatureField(event.body.office.label),)
    return (SignatureField.CIO, SignatureField.CISO)


def pinned(rosters: RosterHistory, act: Act, field: SignatureField) -> PinnedKey | None:
    """The key an act is signed with, as the roster it names lists it for its author."""
    listed = rosters.chain.get(act.roster)
    person = listed.roster.person(act.person) if listed else None
    certificate = person.certificate(act.signer) if person else None
    if person is None or certificate is None:
        return None
    return PinnedKey(field, certificate.sha256, certificate.der, person.id, person.name)


def _field(event: Event) -> SignatureField:
    return SignatureField(event.body.office.label) if isinstance(event.body, OpinionBody) else SignatureField.OWNER


def _seals(state: CaseState, base: str) -> list[Event]:
    """The good seals over these pages."""
    return [
        event
        for event in state.events
        if isinstance(event.body, SealedBody) and event.body.base == base and event.judgement.force is Force.COUNTS
    ]


def _sealing_for(state: CaseState, seal: Event) -> SignatureField:
    """The office of whoever wrote a good seal: they gave one of the opinions it names."""
    assert isinstance(seal.body, SealedBody)
    mine = next(name for name in seal.body.opinions if state.event(name).act.person == seal.act.person)
    return SignatureField(state.opinion(mine).office.label)


def _sealed(state: CaseState, base: str, own: str) -> tuple[Sealed, ...]:
    """What stands as the record where this file (by its digest) is in question.

    Terms that were given up and agreed on again have the same pages and a record each: a file is compared with the
    record it is, if it is one.
    """
    groups: list[dict[str, Sealed]] = []
    for group in state.seals:
        bodies = [body for name in group if isinstance(body := state.event(name).body, SealedBody)]
        pages = {body.base for body in bodies} | {_base(state.event(name)) for body in bodies for name in body.opinions}
        if base in pages:
            groups.append({body.record.sha256: Sealed(body.record.size, body.record.sha256) for body in bodies})
    found = next((group for group in groups if own in group), None)
    chosen = [found] if found is not None else groups
    return tuple(item for group in chosen for item in group.values())


def _claimed_case(pdf: bytes) -> str:
    """The case the twin names: only where to look, nothing that is believed. Empty for anything unreadable."""
    try:
        with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
            facts = json.loads(opened.attachments[TWIN_NAME].get_file().read_bytes())["facts"]
        case = facts["case"]
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, RuntimeError):
        return ""
    return case if is_id(case) else ""


def _check_size(size: int) -> None:
    if size > MAX_PDF:
        raise RecordTooLarge(size=size >> 20)


class _Everything:
    """A container that holds every attachment: used where only signatures are judged."""

    def __contains__(self, _item: object) -> bool:
        return True

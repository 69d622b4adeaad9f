"""Judging a record PDF: what the register, or the acts lying beside the file, know about its signatures.

The anchor is the organisation id the verifier gives. From it follows the chain of rosters, from the roster an opinion
names follow person and key, and only those keys count. Nothing in the PDF itself is believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from intake.domain.acts import Act
from intake.domain.bodies import OpinionBody, Position, SealedBody, WithdrawBody
from intake.domain.canonical import sha256
from intake.domain.fold import CaseState
from intake.domain.fold.case import Event
from intake.domain.fold.judge import Force
from intake.domain.fold.pairs import Fate, Pair
from intake.domain.refusals import Refusal
from intake.domain.roster_history import RosterHistory
from intake.reading import TooLong, read_file
from intake.records import claims, rebuild, structure
from intake.records.content import SignatureField
from intake.records.structure import Structure
from intake.records.verdict import Evidence, PinnedKey, Sealed, Undecided, Verdict
from intake.services.anchors import Anchor, anchor_of_files, anchor_of_register
from intake.services.reprinting import reprint

if TYPE_CHECKING:
    from intake.services.desk import Desk

MAX_PDF = 100 << 20


class RecordTooLarge(Refusal):
    what = "This file is larger than any decision record: {size} megabytes."
    why = "Reading it could exhaust the machine, and it cannot be a record."
    next = "Check that you chose the right file."


def verify(desk: Desk, pdf: bytes) -> Verdict:
    """Judge a record by this register. Never raises for a hostile file but NotARecord and RecordTooLarge."""
    return verify_record(pdf, anchor_of_register(desk))


def verify_beside(path: Path, org: str, acts: Iterable[Path]) -> Verdict:
    """Judge a record by signed acts (``.p7m`` files) that lie beside it, for the organisation the verifier names."""
    try:
        data = read_file(path, MAX_PDF)
    except TooLong as error:
        raise RecordTooLarge(size=error.size >> 20) from None
    return verify_record(data, anchor_of_files(org, acts))


def verify_record(pdf: bytes, anchor: Anchor) -> Verdict:
    """Judge a record in this process; files from outside go through ``services.outside``.

    Raises NotARecord for a file that is no PDF or that a password protects, and RecordTooLarge before reading it.
    """
    from intake.records.validate import validate_record

    check_readable(pdf)
    return validate_record(pdf, evidence_for(pdf, anchor))


def check_readable(pdf: bytes) -> None:
    """Raises RecordTooLarge, or NotARecord for a file that a password protects. Opens nothing."""
    _check_size(len(pdf))
    claims.check_open(pdf)


def evidence_for(pdf: bytes, anchor: Anchor) -> Evidence:
    """What is known here about a record.

    The file says which case to look at; nothing else that is known follows from it but the digest of its base.
    """
    try:
        shape = structure.scan(pdf)
    except Refusal:
        return Evidence(organisation=anchor.org)
    case = claims.claimed_case(shape.twin)
    return _evidence(shape, pdf, anchor, anchor.case(case, pdf) if case else None)


def _evidence(shape: Structure, pdf: bytes, anchor: Anchor, state: CaseState | None) -> Evidence:
    org, rosters, pages = anchor.org, anchor.rosters, pdf[: shape.base_length]
    base = sha256(pages)
    if state is None:
        return Evidence(organisation=org, missing=("the acts of this use case",))
    if newer := _needs_newer(state, base):
        return Evidence(organisation=org, newer=newer)
    signers = _fields(claims.claimed_signers(shape.twin))
    named = [event for event in state.events if _made_for(event, base, signers)]
    pair = _pair(state, base, named) if len(signers) > 1 else None
    if pair:
        # Opinions beside the pair may name the same pages; they are none of its signers.
        named = [event for event in state.events if event.act.id in pair.opinions]
    keys = [key for event in named if (key := pinned(rosters, event.act, _field(event)))]
    # Who seals puts these pages, and the key they seal with, in the place of those their own opinion names.
    keys += [key for seal in _seals(state, base) if (key := pinned(rosters, seal.act, _sealing_for(state, seal)))]
    keys = [key for key in {(key.office, key.fingerprint): key for key in keys}.values() if key.office in signers]
    missing = [f"the opinion of the {item.value}" for item in signers if item not in {key.office for key in keys}]
    sealed = _sealed(state, base, sha256(pdf))
    if not rosters.founded:
        missing.append("the rosters of the organisation")
    made = reprint(pages, shape.twin, state, named[0], rosters, anchor.press) if named else None
    return Evidence(
        organisation=org,
        keys=tuple(keys),
        bases=tuple(base for _ in keys),
        signers=signers,
        sealed=sealed,
        undecided=_undecided(pair, sealed) if len(signers) > 1 and not missing else None,
        reprint=made,
        foreign_looks=_foreign_looks(pdf, keys, anchor) if made and rebuild.makes(made, pages) else (),
        missing=tuple(missing),
    )


def _needs_newer(state: CaseState, base: str) -> str:
    """Why only a newer version can tell what the opinions over these pages led to; empty when this one can."""
    waiting = (event.judgement for event in state.events if _base(event) == base)
    return next((item.reason for item in waiting if item.force is Force.WAITS and not item.waits_for), "")


def _foreign_looks(pdf: bytes, keys: list[PinnedKey], anchor: Anchor) -> tuple[SignatureField, ...]:
    """Fields that show something else than we draw there; asked only where the pages below are those we print."""
    from intake.records import looks

    if anchor.press is None:
        return ()
    try:
        return looks.foreign(pdf, {key.fingerprint: key.name for key in keys}, anchor.press.printer)
    except Refusal:
        return ()  # a signature does not hold: that is for the verdict to say


def _base(event: Event) -> str:
    body = event.body
    return body.base if isinstance(body, OpinionBody | WithdrawBody) else ""


def _fields(claimed: frozenset[str]) -> tuple[SignatureField, ...]:
    """The fields that pages of this kind need signed: both offices, or the one that declined or withdrew."""
    found = tuple(field for field in SignatureField if field.value in claimed)
    return found if len(found) == 1 else (SignatureField.CIO, SignatureField.CISO)


def _made_for(event: Event, base: str, signers: tuple[SignatureField, ...]) -> bool:
    """Whether an act with a say brought pages of this kind.

    An act can name any pages. What kind of record these are, their signers have signed with them, and they are made
    again from the act: a decline that names the pages of an approval makes no decline of them, and does not spoil them.
    """
    body, force = event.body, event.judgement.force
    if _base(event) != base or force not in (Force.COUNTS, Force.OBJECTS, Force.UNJUDGED):
        return False
    if isinstance(body, WithdrawBody):
        return signers == (SignatureField.OWNER,)
    if not isinstance(body, OpinionBody):
        return False
    if len(signers) > 1:
        return body.position is Position.APPROVE and force in (Force.COUNTS, Force.UNJUDGED)
    return body.position is Position.DECLINE and signers == (SignatureField(body.office.label),)


def _pair(state: CaseState, base: str, named: list[Event]) -> Pair | None:
    """The pair these pages are the record of: of several, one that became a decision."""
    names = {event.act.id for event in named}
    over = [name for seal in _seals(state, base) if isinstance(seal.body, SealedBody) for name in seal.body.opinions]
    found = [pair for pair in state.pairs if names >= set(pair.opinions) or set(over) >= set(pair.opinions)]
    return min(found, key=lambda pair: (list(Fate).index(pair.fate), pair.opinions), default=None)


def _undecided(pair: Pair | None, sealed: tuple[Sealed, ...]) -> Undecided | None:
    """Why two opinions over these pages never were a decision; None when they were, whatever became of it since.

    A contest can come later, from one office: it does not take from a sealed record what it proves.
    """
    if pair is None:
        return Undecided("the opinions that are here make no decision on these pages", final=False)
    if pair.fate is Fate.VOID:
        return Undecided(pair.reason, final=True)
    if pair.fate is Fate.UNJUDGED or (pair.fate is Fate.CONTESTED and not sealed):
        return Undecided(pair.reason, final=False)
    return None


def pinned(rosters: RosterHistory, act: Act, field: SignatureField) -> PinnedKey | None:
    """The key an act is signed with, as the roster it names lists it for its author."""
    listed = rosters.chain.get(act.roster)
    person = listed.roster.person(act.person) if listed else None
    certificate = person.certificate(act.signer) if person else None
    if person is None or certificate is None or not certificate.signs:
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
    """The office of the author of a good seal, who gave one of the opinions it names."""
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


def _check_size(size: int) -> None:
    if size > MAX_PDF:
        raise RecordTooLarge(size=size >> 20)

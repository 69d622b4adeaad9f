"""What the acts of a case know of a record: the opinions behind its pages, and whose keys may have signed it.

A file that a good seal names is judged by the opinions the seal names; whatever anybody signs over the same pages later is
none of its business. Of other files the signatures say whose opinions they belong to, never the order of the acts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.notice import NoticeBody
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.case.event import Event
from intake.domain.case.fates import Fate, Pair
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import WITH_A_SAY, Force
from intake.domain.organisation.history import RosterHistory
from intake.records.content import SignatureField
from intake.records.notice_file import signed_as
from intake.records.proof.verdict import PinnedKey, Sealed, Undecided

_NO_DECISION = Wording("OpinionsMakeNoDecision", "the opinions that are here make no decision on these pages")
_FAVOUR = (Force.COUNTS, Force.UNJUDGED)


@dataclass(frozen=True, slots=True)
class RecordInQuestion:
    """The record in question: digests of the whole and of its pages, the fields that its pages need signed, and the key
    (its fingerprint) that signed each field.
    """

    sha256: str
    base: str
    signers: tuple[SignatureField, ...]
    keys: Mapping[SignatureField, str]

    @property
    def joint(self) -> bool:
        """Whether its pages need both offices."""
        return len(self.signers) > 1

    def signed_by(self, act: Act) -> bool:
        return act.signer in self.keys.values()


@dataclass(frozen=True, slots=True)
class Backing:
    """``said`` are the acts whose words the pages should carry; those of ``pair`` where there is one. ``keys`` are those
    that may have signed, ``sealed`` the files that are sealed as the record.
    """

    said: tuple[Event, ...]
    keys: tuple[PinnedKey, ...]
    pair: Pair | None
    sealed: tuple[Sealed, ...]
    newer: Reason | None
    """Why only a newer version can tell what these opinions led to; None when this one can."""
    undecided: Undecided | None
    """Why both offices signed and yet did not decide; None when they did, whatever became of it since."""


def backing(state: CaseState, file: RecordInQuestion, rosters: RosterHistory) -> Backing:
    """Find what is behind a file. Of several pairs and seals the one is taken that did most for it: who adds one to a
    record that was good adds it in vain.
    """
    seals = _seals(state, file.base)
    own = [seal for seal in seals if _body(seal).record.sha256 == file.sha256] if file.joint else []
    if own:
        chosen = min(own, key=lambda seal: (_worst_last(_pair_of(state, seal)), seal.act.id))
        seals = [seal for seal in own if set(_body(seal).opinions) == set(_body(chosen).opinions)]
        pair = _pair_of(state, chosen)
        said = [state.event(name) for name in sorted(_body(chosen).opinions)]
        newer = _needs_newer(said)
        said = [event for event in said if event.judgement.force in _FAVOUR]
    else:
        newer = _needs_newer([event for event in state.events if _base(event) == file.base and _could_be(file, event)])
        said = [event for event in state.events if _made_for(state, event, file)]
        pair = _likeliest(state, file, said, seals) if file.joint else None
        if pair:
            said = [event for event in state.events if event.act.id in pair.opinions]
        elif any(file.signed_by(event.act) for event in said):
            said = [event for event in said if file.signed_by(event.act)]
    lost = [event for event in state.events if _lost(state, event, file)]
    sealed = _sealed(state, file)
    return Backing(
        said=tuple(said),
        keys=_keys(state, file, rosters, said, seals, lost),
        pair=pair,
        sealed=sealed,
        newer=newer,
        undecided=_undecided(pair, sealed, lost) if file.joint else None,
    )


def pinned(rosters: RosterHistory, act: Act, field: SignatureField) -> PinnedKey | None:
    """The key an act is signed with, as the roster it names lists it for its author."""
    listed = rosters.chain.get(act.roster)
    person = listed.roster.person(act.person) if listed else None
    certificate = person.certificate(act.signer) if person else None
    if person is None or certificate is None or not certificate.signs:
        return None
    return PinnedKey(field, certificate.sha256, certificate.der, person.id, person.name)


def _keys(
    state: CaseState,
    file: RecordInQuestion,
    rosters: RosterHistory,
    said: list[Event],
    seals: list[Event],
    lost: list[Event],
) -> tuple[PinnedKey, ...]:
    """The keys of the signers, one of each.

    A key that did sign one of ``lost`` was that of its field while the act counted. Another key of the same office would
    call it a stranger's; so none is given, and the opinion is missing.
    """
    found = [key for event in said if (key := pinned(rosters, event.act, _field(state, event)))]
    # Who seals puts these pages, and the key they seal with, in the place of those their own opinion names.
    found += [key for seal in seals if (key := pinned(rosters, seal.act, _sealing_for(state, seal)))]
    once = {(key.office, key.fingerprint): key for key in found if key.office in file.signers}
    spoiled = {
        field
        for field, key in file.keys.items()
        if (field, key) not in once
        and any(event.act.signer == key and pinned(rosters, event.act, field) for event in lost)
    }
    return tuple(key for key in once.values() if key.office not in spoiled)


def _likeliest(state: CaseState, file: RecordInQuestion, said: list[Event], seals: list[Event]) -> Pair | None:
    """The pair whose record these pages are: of several, one whose keys signed the file, then one that became a decision."""
    names = {event.act.id for event in said}
    over = {name for seal in seals for name in _body(seal).opinions}
    found = [pair for pair in state.pairs if names >= set(pair.opinions) or over >= set(pair.opinions)]

    def order(pair: Pair) -> tuple[int, tuple[bool, int], tuple[str, str]]:
        strange = sum(not file.signed_by(state.event(name).act) for name in pair.opinions)
        return strange, _worst_last(pair), pair.opinions

    return min(found, key=order, default=None)


def _worst_last(pair: Pair | None) -> tuple[bool, int]:
    """The fates are listed with the best first, but that void is the worst."""
    return (pair is None or pair.fate is Fate.VOID, list(Fate).index(pair.fate) if pair else 0)


def _pair_of(state: CaseState, seal: Event) -> Pair | None:
    return next((pair for pair in state.pairs if set(pair.opinions) == set(_body(seal).opinions)), None)


def _undecided(pair: Pair | None, sealed: tuple[Sealed, ...], lost: list[Event]) -> Undecided | None:
    """A contest can come later, from one office: it does not take from a sealed record what it proves. Nor is it final
    that a pair is void while an act over the same pages lost its say by what its author did since.
    """
    if pair is None:
        return Undecided(_NO_DECISION(), final=False)
    if pair.fate is Fate.VOID:
        return Undecided(pair.reason or _NO_DECISION(), final=not lost)
    if pair.fate is Fate.UNJUDGED or (pair.fate is Fate.CONTESTED and not sealed):
        return Undecided(pair.reason or _NO_DECISION(), final=False)
    return None


def _needs_newer(events: list[Event]) -> Reason | None:
    waiting = (event.judgement for event in events)
    return next((item.reason for item in waiting if item.force is Force.WAITS and not item.waits_for), None)


def _could_be(file: RecordInQuestion, event: Event) -> bool:
    """Whether the file may carry the signature that belongs to an opinion."""
    return not file.keys or file.signed_by(event.act)


def _lost(state: CaseState, event: Event, file: RecordInQuestion) -> bool:
    """Whether who signed the file said so in an act over its pages that has no say any more, or none yet."""
    if not file.signed_by(event.act) or not isinstance(event.body, OpinionBody | SealedBody):
        return False
    tainted = any(event.act.id in fork.tainted for fork in state.forks)
    return event.body.base == file.base and (event.judgement.force in (Force.SPENT, Force.WAITS) or tainted)


def _base(event: Event) -> str:
    body = event.body
    return body.base if isinstance(body, OpinionBody | WithdrawBody | NoticeBody) else ""


def _made_for(state: CaseState, event: Event, file: RecordInQuestion) -> bool:
    """Whether an act with a say brought pages of this kind.

    An act can name any pages. What kind of record these are, their signers have signed with them, and they are made
    again from the act: a decline that names the pages of an approval makes no decline of them, and does not spoil them.
    """
    body, force = event.body, event.judgement.force
    if _base(event) != file.base:
        return False
    if isinstance(body, NoticeBody):
        return force is Force.NOTE and _field_of_notice(state, event) in file.signers and not file.joint
    if force not in (*_FAVOUR, Force.OBJECTS):
        return False
    if isinstance(body, WithdrawBody):
        return file.signers == (SignatureField.OWNER,)
    if not isinstance(body, OpinionBody):
        return False
    if file.joint:
        return body.position is Position.APPROVE and force in _FAVOUR
    return body.position is Position.DECLINE and file.signers == (SignatureField(body.office.label),)


def _field(state: CaseState, event: Event) -> SignatureField:
    if isinstance(event.body, NoticeBody):
        return _field_of_notice(state, event) or SignatureField.OWNER
    return SignatureField(event.body.office.label) if isinstance(event.body, OpinionBody) else SignatureField.OWNER


def _field_of_notice(state: CaseState, event: Event) -> SignatureField | None:
    """As whom the author of a notice signed the act that it is about; None where there is no such act of theirs with a say."""
    assert isinstance(event.body, NoticeBody)
    about = next((item for item in state.events if item.act.id == event.body.about), None)
    mine = about is not None and about.act.person == event.act.person and about.judgement.force in WITH_A_SAY
    return signed_as(about) if about is not None and mine else None


def _seals(state: CaseState, base: str) -> list[Event]:
    """The good seals over these pages."""
    return [
        event
        for event in state.events
        if isinstance(event.body, SealedBody) and event.body.base == base and event.judgement.force is Force.COUNTS
    ]


def _body(seal: Event) -> SealedBody:
    assert isinstance(seal.body, SealedBody)
    return seal.body


def _sealing_for(state: CaseState, seal: Event) -> SignatureField:
    """The office of the author of a good seal, who gave one of the opinions it names."""
    mine = next(name for name in _body(seal).opinions if state.event(name).act.person == seal.act.person)
    return SignatureField(state.opinion(mine).office.label)


def _sealed(state: CaseState, file: RecordInQuestion) -> tuple[Sealed, ...]:
    """The sealed files of the record where this file is in question.

    Terms that were given up and agreed on again have the same pages and a record each: a file is compared with the
    record it is, if it is one.
    """
    groups: list[dict[str, Sealed]] = []
    for group in state.seals:
        bodies = [body for name in group if isinstance(body := state.event(name).body, SealedBody)]
        pages = {body.base for body in bodies} | {_base(state.event(name)) for body in bodies for name in body.opinions}
        if file.base in pages:
            groups.append({body.record.sha256: Sealed(body.record.size, body.record.sha256) for body in bodies})
    found = next((group for group in groups if file.sha256 in group), None)
    chosen = [found] if found is not None else groups
    return tuple(item for group in chosen for item in group.values())

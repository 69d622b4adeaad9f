"""What a verdict rests on: an organisation somebody trusts, and what is known of it from a register or from files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.checkpoint import Heads, read_heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT, ENDORSE, ROSTER
from intake.domain.assessment.engines import THIS_VERSION, Engine
from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.case.fold import CaseState, fold_case
from intake.domain.case.seals import no_record_files
from intake.domain.organisation.chain import fold_rosters
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.people import PeopleOf, PeopleReader
from intake.exchange.entries import MAX_ACT
from intake.reading import read_file
from intake.register.views.projector import bound_by, record_keys
from intake.services.installation.act_files import FILES, listing_of
from intake.services.installation.playbook_rules import PlaybookRuleReader
from intake.services.installation.press import Press
from intake.services.installation.record_files import RecordFileReader
from intake.services.proving.files_beside import FilesBeside, With
from intake.trust.acts import verify_act

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation

MAKE_ROSTERS = frozenset({ROSTER.name, ENDORSE.name, CHECKPOINT.name})
"""The kinds that ``rosters`` follows from."""


class CaseOf(Protocol):
    """Gives the state of a case by its id, None when none of its acts is at hand; ``pdf`` is the record that is judged.

    Without a register that record is the only file it knows: seals over others are taken at their word.
    """

    def __call__(self, case: str, pdf: bytes = b"") -> CaseState | None: ...


@dataclass(frozen=True, slots=True)
class Anchor:
    """The organisation the verifier trusts (an id, or empty), its rosters, and its cases.

    ``including`` gives what would be known with these acts too, and with ``files`` that they name, listings of
    checkpoints and people of rosters: an act is judged together with what it belongs to, whether that is there or not.
    With a ``press`` the pages of a record are made again from the acts and compared.
    """

    org: str
    rosters: RosterHistory
    case: CaseOf
    including: Callable[..., Anchor]
    press: Press | None = None
    attachments: bool = False
    """Whether the files that acts name are at hand too; without them a seal is taken at its word."""
    listing: Callable[[str], bytes | None] = field(default=lambda _: None)
    """What a checkpoint lists, by its SHA-256, as it is; None when it is not at hand."""
    checkpoints: Callable[[], tuple[Act, ...]] = field(default=tuple)
    """Every checkpoint of the organisation that is at hand."""
    acts_among: Callable[[tuple[str, ...]], frozenset[tuple[str, str]]] = field(default=lambda _: frozenset())
    """(case id, act id) of those of these acts that are at hand."""
    today: Callable[[], date] = lambda: datetime.now(UTC).date()
    """The day on which it is asked what became of a record."""


def anchor_of_register(installation: Installation) -> Anchor:
    """The organisation this register belongs to, with everything it knows."""
    return _of_register(installation, (), {})


def _of_register(installation: Installation, extra: tuple[Act, ...], by_digest: Mapping[str, bytes]) -> Anchor:
    """As ``anchor_of_register``, with ``extra`` acts, and files by their SHA-256, as if they were here."""
    queries = installation.register.queries
    rosters = installation.rosters
    organisation = installation.register.organisation()
    new_heads: dict[str, Heads] = {}
    if any(act.kind in MAKE_ROSTERS for act in extra):
        stored = queries.roster_input(whole=True)
        every = (*stored.acts, *(act for act in extra if not act.case_id))
        people = partial(installation.register.people, more=by_digest)
        rosters, new_heads = _folded(installation.register.org, every, stored.heads, extra, by_digest, people)
        organisation = replace(organisation, history=rosters, bound=bound_by(rosters))

    def state(case: str, pdf: bytes = b"") -> CaseState | None:  # noqa: ARG001 - the register has every file
        more = [act for act in extra if act.case_id == case]
        given = queries.fold_input(case, organisation)
        named = tuple(sorted({name for act in more for name in _carried(installation.capabilities, act)}))
        here = given.blobs | queries.blobs_among(named)
        found = fold_case(
            (*given.acts, *more),
            rosters,
            here,
            {**given.heads, **new_heads},
            installation.record_files.over(queries.blob),
            installation.playbook_rules.over(listing),
            installation.capabilities,
        )
        return found if found.events else None

    def including(*acts: Act, files: Iterable[bytes] = ()) -> Anchor:
        new = (act for act in acts if not queries.has_act(act.id))
        return _of_register(installation, (*extra, *new), {**by_digest, **{sha256(data): data for data in files}})

    def listing(name: str) -> bytes | None:
        given = by_digest.get(name)
        return queries.blob(name) if given is None else given

    def checkpoints() -> tuple[Act, ...]:
        return (*queries.organisation_acts(CHECKPOINT.name), *(act for act in extra if act.kind == CHECKPOINT.name))

    def acts_among(names: tuple[str, ...]) -> frozenset[tuple[str, str]]:
        asked = set(names)
        return queries.acts_among(names) | {(act.case_id, act.id) for act in extra if act.id in asked}

    return Anchor(
        org=installation.register.org,
        rosters=rosters,
        case=state,
        including=including,
        press=Press(
            installation.printer,
            installation.playbook,
            installation.capabilities.engines,
            installation.playbook_rules.weaker,
        ),
        attachments=True,
        listing=listing,
        checkpoints=checkpoints,
        acts_among=acts_among,
        today=lambda: installation.clock().date(),
    )


def anchor_of_files(org: str, files: Iterable[Path], press: Press | None = None) -> Anchor:
    """The organisation the verifier names (empty: none), known by signed acts in files and by the files beside them.

    Acts that do not verify, that are too large or that are no files are left out, as if they were not there: their absence shows in the verdict.
    """
    every = tuple(files)
    beside = FilesBeside((item for item in every if item.suffix in FILES), FILES)
    # One after the other: a folder may hold more than the memory does.
    acts = (data for item in every if item.suffix not in FILES and (data := _bytes(item)) is not None)
    return _of_acts(org, _verified(acts), beside, PeopleReader(), press)


def anchor_of_acts(org: str, acts: Iterable[Act], files: Mapping[str, bytes]) -> Anchor:
    """The organisation with this id, known by verified acts and by the files (SHA-256 to bytes) that came with them."""
    return _of_acts(org, {act.id: act for act in acts}, files, PeopleReader(), None)


def _bytes(item: Path) -> bytes | None:
    try:
        return read_file(item, MAX_ACT)
    except (OSError, ValueError):
        return None


def _verified(blobs: Iterable[bytes]) -> dict[str, Act]:
    found: dict[str, Act] = {}
    for blob in blobs:
        try:
            act = verify_act(blob).act
        except Refusal:
            continue
        found[act.id] = act
    return found


def _of_acts(
    org: str, found: Mapping[str, Act], by_digest: Mapping[str, bytes], people: PeopleReader, press: Press | None
) -> Anchor:
    organisation = [act for act in found.values() if not act.case_id]
    rosters, heads = _folded(org, organisation, {}, organisation, by_digest, people.over(by_digest))

    def playbook(digest: str) -> bytes | None:
        """Its bytes from the files that came with the acts, else from what prints pages."""
        data = by_digest.get(digest)
        if data is not None or press is None:
            return data
        try:
            return press.playbook(digest).blob
        except Refusal:
            return None

    def state(case: str, pdf: bytes = b"") -> CaseState | None:
        mine = [act for act in found.values() if act.case_id == case]
        # The attached files are not needed to know whose opinion it was; without them nothing is claimed about them.
        record_files = RecordFileReader().over({sha256(pdf): pdf}.get if pdf else no_record_files)
        understood = replace(THIS_VERSION, engines=press.engines) if press else THIS_VERSION
        reader = PlaybookRuleReader(understood.engines, press.weaker) if press else PlaybookRuleReader()
        rules = reader.over(playbook)
        return fold_case(mine, rosters, _Everything(), heads, record_files, rules, understood) if mine else None

    def including(*acts: Act, files: Iterable[bytes] = ()) -> Anchor:
        more = With({sha256(data): data for data in files}, by_digest)
        return _of_acts(org, {**{act.id: act for act in acts}, **found}, more, people, press)

    return Anchor(
        org=org,
        rosters=rosters,
        case=state,
        including=including,
        press=press,
        listing=by_digest.get,
        checkpoints=lambda: tuple(act for act in found.values() if act.kind == CHECKPOINT.name),
        acts_among=lambda names: frozenset((found[name].case_id, name) for name in names if name in found),
    )


def _folded(
    org: str,
    acts: Iterable[Act],
    known: Mapping[str, Heads],
    new: Iterable[Act],
    files: Mapping[str, bytes],
    people: PeopleOf,
) -> tuple[RosterHistory, dict[str, Heads]]:
    """The rosters, and what those of the ``new`` checkpoints list that can matter: others are not even read.

    Who keeps records, and which checkpoints limit a right, is known from the rosters; a listing may bring the next
    version into force, which lists others.
    """
    acts = tuple(acts)
    left = {act.id: act for act in new if act.kind == CHECKPOINT.name}
    heads: dict[str, Heads] = {}
    while True:
        rosters = fold_rosters(org, acts, {**known, **heads}, people)
        keys, bound = record_keys(rosters), bound_by(rosters)
        ready = [act for act in left.values() if act.signer in keys or act.id in bound]
        if not ready:
            return rosters, heads
        for act in ready:
            del left[act.id]
            if listed := _listing(act, files):
                heads[act.id] = listed


def _carried(understood: Capabilities[Engine], act: Act) -> frozenset[str]:
    try:
        return understood.kinds.carried(act, understood.tables)
    except Refusal:
        return frozenset()


def _listing(act: Act, by_digest: Mapping[str, bytes]) -> Heads | None:
    """What a checkpoint had seen, when its listing is at hand: without it, nobody who left office since is believed."""
    try:
        return next((read_heads(by_digest[name]) for name in listing_of(act)), None)
    except (KeyError, Refusal):
        return None


class _Everything:
    """A container that holds every attachment: used where only signatures are judged."""

    def __contains__(self, _item: object) -> bool:
        return True

"""What the register needs to know of the domain to keep its projections: one protocol, and the real one behind it.

The register stores and looks up; what acts mean is computed here, by the fold, from plain values. Nothing here reads or
writes a database.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.checkpoint import Heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ENDORSE, ROSTER
from intake.domain.acts.kinds.roster import PeopleFile
from intake.domain.assessment.engines import THIS_VERSION
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.case.delivery import proving, proving_of_organisation, seen_by, taken_up
from intake.domain.case.fold import CaseState, fold_case
from intake.domain.case.judge import MISSING, Force
from intake.domain.case.playbook_rules import PlaybookRules
from intake.domain.case.seals import RecordFile, RecordFiles
from intake.domain.case.status import oddities
from intake.domain.case.summary import (
    CaseSummary,
    SummarisedAssessment,
    contradicting_seals,
    refused_seals,
    summarise,
    unseen_decisions,
)
from intake.domain.guide.as_filed import hides_tier
from intake.domain.organisation.chain import fold_rosters
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.people import Files, PeopleReader
from intake.domain.organisation.roster import People, Role
from intake.domain.organisation.touched import people_touched
from intake.domain.organisation.working_days import working_days

_MAKING = frozenset({ROSTER.name, ENDORSE.name})
_FORK = Wording("Fork", "this act and another claim the same place in their signer's stream")
_SEAL_REFUSED = Wording("SealRefused", "a seal does not count: {reason}")
_SEALS_CONTRADICT = Wording("SealsContradict", "the record was sealed in different files, one of them {sha256}")
_UNSEEN = Wording(
    "DecisionUnseen",
    "this revision was filed without knowing that both offices had decided. The decision is on hold: both decide again, on "
    "the newest revision",
)
_UNFILED = Wording("FiledByNoGuide", "no guide files this revision, so nobody can approve it: {reason}")


class NoteSort(StrEnum):
    ALARM = "alarm"
    WAITING = "waiting"
    ODDITY = "oddity"


@dataclass(frozen=True, slots=True)
class ProjectedNote:
    """Something to show beside a case. ``waits_for`` is an act id or the SHA-256 of a file; empty when neither helps."""

    sort: NoteSort
    act: str
    reason: Reason
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class ProjectedCase:
    """All that is projected of one case. ``wants`` are the acts and files whose arrival may change it, ``proving`` the acts
    that prove what their author has seen.
    """

    summary: CaseSummary | None
    notes: tuple[ProjectedNote, ...]
    wants: frozenset[str]
    proving: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person of the roster in force. ``roles`` are the open ones, ``certificates`` fingerprints of the open ones."""

    person: str
    name: str
    unit: str
    roles: tuple[str, ...]
    certificates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrgView:
    """All that follows from the acts of the organisation.

    ``certificates`` are all fingerprints that a counted roster lists, ``chain`` the ids of counted rosters,
    ``late`` of those that came too late to count, ``unread`` of those whose people are not here, ``streams`` the (signer, installation) of those who wrote or
    endorsed any, ``bound`` maps a checkpoint to the people whose rights it limits, ``awaited`` are checkpoints that a
    version waits for, ``recorders`` are the fingerprints of those who keep records by some version of the chain: only
    their checkpoints, the ``bound`` and the ``awaited`` ones can matter.
    """

    history: RosterHistory
    people: tuple[PersonView, ...]
    certificates: frozenset[str]
    chain: frozenset[str]
    late: frozenset[str]
    unread: frozenset[str]
    streams: frozenset[tuple[str, str]]
    bound: Mapping[str, frozenset[str]]
    awaited: frozenset[str]
    recorders: frozenset[str]


class Projector(Protocol):
    """Pure: the same arguments give the same answer, at any time and in any order.

    ``reads`` names what it can read: rows that a projector with another name for it wrote are out of date. ``kinds`` are the
    names of the kinds of acts among it, ``carried`` the files (SHA-256) that travel with an act. ``objects`` tells whether
    an act leans to caution, so that it needs nothing but its signature and its right. ``seen`` are the acts (ids) of a case
    that somebody else than their author has seen, as the ``proving`` ones tell, ``seen_of_organisation`` those among ``own``.
    """

    @property
    def reads(self) -> str: ...

    @property
    def kinds(self) -> frozenset[str]: ...

    def carried(self, act: Act) -> frozenset[str]: ...

    def objects(self, act: Act) -> bool: ...

    def organisation(self, org: str, acts: Iterable[Act], heads: Mapping[str, Heads], files: Files) -> OrgView: ...

    def people(self, named: PeopleFile, files: Files) -> People | None: ...

    def touched(self, before: OrgView, after: OrgView) -> frozenset[str]: ...

    def case(
        self,
        acts: Iterable[Act],
        org: OrgView,
        blobs: Container[str],
        heads: Mapping[str, Heads],
        record_files: RecordFiles,
        fetch: Fetch,
    ) -> ProjectedCase: ...

    def seen(self, acts: Iterable[Act], proving: frozenset[str]) -> frozenset[str]: ...

    def seen_of_organisation(self, acts: Iterable[Act], own: Iterable[Act], org: OrgView) -> frozenset[str]: ...

    def record_file(self, data: bytes) -> RecordFile: ...


Fetch = Callable[[str], bytes | None]
"""The bytes of a file by its SHA-256, as they are in the transaction that projects; None when it is not here."""

Assess = Callable[[CaseState], SummarisedAssessment | None]
"""The assessment of the newest revision by the playbook it names; None when that playbook is not here."""


class DomainProjector:
    """The fold of ``intake.domain``; playbooks, what PDFs prove and what revisions have to be come from where the application
    is wired. ``core`` is the digest of the playbook by which others are measured.
    """

    def __init__(
        self,
        assess: Assess,
        record_file: Callable[[bytes], RecordFile],
        rules: Callable[[Fetch], PlaybookRules],
        capabilities: Capabilities[object] = THIS_VERSION,
        core: str = "",
    ) -> None:
        self._assess = assess
        self._record_file = record_file
        self._rules = rules
        self._capabilities = capabilities
        self._core = core
        self._people = PeopleReader()

    @property
    def reads(self) -> str:
        return f"{self._capabilities.label}, core {self._core[:16]}"

    @property
    def kinds(self) -> frozenset[str]:
        return self._capabilities.kinds.names

    def carried(self, act: Act) -> frozenset[str]:
        return self._capabilities.kinds.carried(act, self._capabilities.tables)

    def objects(self, act: Act) -> bool:
        kinds = self._capabilities.kinds
        if kinds.is_unknown(act.kind):
            # A newer version may mean it as one, and it stops approvals here meanwhile.
            return True
        try:
            return kinds.objects(act, kinds.read(act, self._capabilities.tables))
        except Refusal:
            return False

    def record_file(self, data: bytes) -> RecordFile:
        return self._record_file(data)

    def people(self, named: PeopleFile, files: Files) -> People | None:
        return self._people.read(named, files)

    def organisation(self, org: str, acts: Iterable[Act], heads: Mapping[str, Heads], files: Files) -> OrgView:
        every = tuple(acts)
        history = fold_rosters(org, every, heads, self._people.over(files)) if org else RosterHistory(org)
        return OrgView(
            history=history,
            people=_people(history),
            certificates=frozenset(
                certificate.sha256 for person in history.everybody() for certificate in person.certificates
            ),
            chain=frozenset(history.chain),
            late=frozenset(history.late),
            unread=frozenset(name for name, item in history.unread.items() if item.waits_for),
            streams=frozenset((act.signer, act.stream) for act in every if act.kind in _MAKING),
            bound=bound_by(history),
            awaited=frozenset(item.waits_for for item in history.pending if item.waits_for),
            recorders=record_keys(history),
        )

    def touched(self, before: OrgView, after: OrgView) -> frozenset[str]:
        return people_touched(before.history, after.history) if after.history.founded else frozenset()

    def case(
        self,
        acts: Iterable[Act],
        org: OrgView,
        blobs: Container[str],
        heads: Mapping[str, Heads],
        record_files: RecordFiles,
        fetch: Fetch,
    ) -> ProjectedCase:
        state = fold_case(acts, org.history, blobs, heads, record_files, self._rules(fetch), self._capabilities)
        assessment = self._assess(state) if state.current else None
        wants = set(state.missing)
        if state.current and assessment is None and not hides_tier(state.unfiled):
            wants.add(state.current.body.playbook)
        return ProjectedCase(
            summarise(state, assessment, working_days(org.history)), _notes(state), frozenset(wants), proving(state)
        )

    def seen(self, acts: Iterable[Act], proving: frozenset[str]) -> frozenset[str]:
        return frozenset(seen_by(acts, proving, self._capabilities))

    def seen_of_organisation(self, acts: Iterable[Act], own: Iterable[Act], org: OrgView) -> frozenset[str]:
        every, mine = tuple(acts), tuple(own)
        answered = self.seen(every, proving_of_organisation(every, org.history))
        return frozenset(act.id for act in mine if act.id in answered) | taken_up(mine, org.history)


def _people(history: RosterHistory) -> tuple[PersonView, ...]:
    if history.newest is None:
        return ()
    return tuple(
        PersonView(
            person=person.id,
            name=person.name,
            unit=person.unit,
            roles=tuple(sorted({str(item.role) for item in person.grants if item.period.open and not item.void})),
            certificates=tuple(sorted(item.sha256 for item in person.certificates if item.period.open)),
        )
        for person in history.newest.people
    )


def record_keys(history: RosterHistory) -> frozenset[str]:
    """The fingerprints of everybody who keeps records by some version of the chain, at any time and for any unit."""
    return frozenset(
        item.sha256
        for person in history.everybody()
        if any(grant.role is Role.RECORDS for grant in person.grants)
        for item in person.certificates
    )


def bound_by(history: RosterHistory) -> dict[str, frozenset[str]]:
    """Checkpoint to the people whose role or key some version of the chain ends or cuts off there."""
    found: dict[str, set[str]] = {}
    for person in history.everybody():
        periods = [item.period for item in person.certificates] + [item.period for item in person.grants]
        for period in periods:
            if period.end:
                found.setdefault(period.end, set()).add(person.id)
    for listed in history.chain.values():
        for certificate, checkpoint in listed.roster.cutoffs.items():
            owner = listed.roster.person_of_certificate(certificate)
            if owner:
                found.setdefault(checkpoint, set()).add(owner.id)
    return {checkpoint: frozenset(people) for checkpoint, people in found.items()}


def _notes(state: CaseState) -> tuple[ProjectedNote, ...]:
    notes = [ProjectedNote(NoteSort.ALARM, act, _FORK()) for fork in state.forks for act in sorted(fork.acts)]
    notes += [ProjectedNote(NoteSort.ALARM, act, why) for act, why in state.unreadable]
    notes += [ProjectedNote(NoteSort.ALARM, act, _SEAL_REFUSED(reason=why)) for act, why in refused_seals(state)]
    notes += [
        ProjectedNote(NoteSort.ALARM, act, _SEALS_CONTRADICT(sha256=sha256))
        for act, sha256 in contradicting_seals(state)
    ]
    notes += [ProjectedNote(NoteSort.ALARM, act, _UNSEEN()) for act in unseen_decisions(state)]
    if state.current and state.unfiled and hides_tier(state.unfiled):
        notes.append(ProjectedNote(NoteSort.ALARM, state.current.id, _UNFILED(reason=state.unfiled)))
    for event in state.events:
        waits = event.judgement.force is Force.WAITS
        # What waits for nothing that could arrive, waits for a newer version of the program.
        for name in sorted(event.judgement.waits_for) or [""] * waits:
            why = event.judgement.reason or MISSING()
            notes.append(ProjectedNote(NoteSort.WAITING, event.act.id, why, name))
    notes += [ProjectedNote(NoteSort.ODDITY, act, why) for act, why in oddities(state)]
    return tuple(notes)

"""The main journey, walked without a screen: from an owner's offline laptop to a record that both offices signed.

Five installations that share nothing but a folder; only what makes an organisation, the enrolments and its name, goes
round on a stick. Every step opens one of them from disk, does what one person would do, and closes it again; so each
step may run in a separate process, and nothing is handed on in memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.base.words import spoken
from intake.domain.case.phases import Phase
from intake.domain.case.summary import reference
from intake.domain.organisation.roster import Role
from intake.domain.terms.differences import TermsDifference, differences
from intake.domain.terms.terms import Condition
from intake.domain.terms.terms import terms as agreed
from intake.files import make_folder, not_written, write_whole
from intake.sample.building import PASSPHRASE, ROUNDS
from intake.sample.content import SampleCase, SampleContent, read_content
from intake.sample.files import made
from intake.services.deciding import accepting, deciding, reviewing
from intake.services.deciding.records_at_hand import record_of
from intake.services.exchanging import exchanging
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.filing import filing
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.installation.workspace import Workspace, open_installation
from intake.services.organisation import people
from intake.services.proving import verifying
from intake.services.proving.proof import CERTIFICATES, write_acts
from intake.trust.keys import create_key

CASE = "summaries"
"""Which use case of the sample is filed; its answers are those of a real entry of the inventory."""

OWNER, CISO, CIO, FIRST, RECORDS = (
    "olivia.grant",
    "daniel.whitcombe",
    "priya.raman",
    "ingrid.solberg",
    "esther.nakamura",
)
ROLES: Mapping[str, tuple[Role, ...]] = {
    FIRST: (Role.ADMINISTRATOR,),
    RECORDS: (Role.ADMINISTRATOR, Role.RECORDS),
    CIO: (Role.CIO,),
    CISO: (Role.CISO,),
    OWNER: (Role.OWNER,),
}


class FolderNotEmpty(Refusal):
    what = "The folder {folder} is not empty."
    why = "The journey starts with fresh installations, and nothing of yours is written over."
    next = "Name a new folder."


class JourneyBroken(Refusal):
    what = "The journey did not end as it must: {detail}."
    why = "The main journey must always work; this is a fault of the program or of this machine."
    next = "Send the folder of the journey and what was printed to those who maintain Countersign."


@dataclass(frozen=True, slots=True)
class Walked:
    """What the journey left. ``record`` is the PDF; ``acts`` holds the signed acts and the certificates they need."""

    organisation: str
    case: str
    reference: str
    revision: str
    terms: str
    record: Path
    record_sha256: str
    acts: Path
    verdict: str


@dataclass(frozen=True, slots=True)
class JourneyPlace:
    """Where the journey takes place: ``root`` holds a data folder for each person, the stick and the shared folder.

    ``roles`` says who takes part, and in which role.
    """

    root: Path
    read: Callable[[str], bytes]
    names: Callable[[str], tuple[str, ...]]
    clock: Callable[[], datetime]
    roles: Mapping[str, tuple[Role, ...]] = field(default_factory=lambda: ROLES)

    @property
    def stick(self) -> Path:
        return self.root / "stick"

    @property
    def shared(self) -> Path:
        return self.root / "shared"

    @property
    def acts(self) -> Path:
        return self.root / "acts"

    @property
    def record(self) -> Path:
        return self.root / "record.pdf"

    @property
    def summary(self) -> Path:
        return self.root / "summary.json"

    def workspace(self, person: str) -> Workspace:
        return Workspace(self.root / "homes" / person)

    @contextmanager
    def installation(self, person: str) -> Iterator[tuple[Installation, PersonWithKey]]:
        """One person's installation with their key, opened from disk and closed again."""
        workspace = self.workspace(person)
        installation = open_installation(workspace, self.read, self.names, clock=self.clock)
        try:
            yield installation, workspace.signer(person, workspace.settings().key, PASSPHRASE)
        finally:
            installation.close()

    def exchange(self, installation: Installation) -> str:
        report = FolderExchange(installation, self.shared).run()
        waiting = f", {report.waiting} waiting" if report.waiting else ""
        return f"Shared folder: {report.sent} sent, {report.new} new{waiting}"

    def content(self) -> SampleContent:
        return read_content(self.read, self.names, today=self.clock().date())

    def case(self) -> SampleCase:
        return next(case for case in self.content().cases if case.id == CASE)

    def filed(self, installation: Installation) -> str:
        """The id of the one case there is."""
        rows = installation.register.queries.page(limit=2).rows
        if len(rows) != 1:
            raise JourneyBroken(detail=f"{len(rows)} use cases have arrived instead of one")
        return rows[0].case


def walk(
    root: Path,
    *,
    read: Callable[[str], bytes],
    names: Callable[[str], tuple[str, ...]],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC).replace(microsecond=0),
    say: Callable[[str], None] = lambda _line: None,
    run: Callable[[str], tuple[str, ...]] | None = None,
) -> Walked:
    """Walk the whole journey in the empty folder ``root``; ``say`` is told what happens, line by line.

    ``run`` does one step by its name and gives its lines: in this process when None. Raises FolderNotEmpty,
    JourneyBroken, or the refusal that stopped a step.
    """
    ground = JourneyPlace(root, read, names, clock)
    if root.exists() and any(root.iterdir()):
        raise FolderNotEmpty(folder=root)
    for folder in (ground.stick, ground.shared):
        with not_written(folder):
            make_folder(folder)
    for number, (name, (title, _)) in enumerate(STEPS.items(), start=1):
        say(f"{number}. {title}")
        for line in run(name) if run else take(ground, name):
            say(f"   {line}")
    found = json.loads(ground.summary.read_bytes())
    return Walked(
        organisation=found["organisation"],
        case=found["case"],
        reference=found["reference"],
        revision=found["revision"],
        terms=found["terms"],
        record=ground.record,
        record_sha256=found["record_sha256"],
        acts=ground.acts,
        verdict=found["verdict"],
    )


def take(ground: JourneyPlace, name: str) -> tuple[str, ...]:
    """Take one step of the journey; gives what there is to tell. Raises KeyError for a step there is not."""
    return tuple(STEPS[name][1](ground))


def _enrol(ground: JourneyPlace) -> Iterator[str]:
    content = ground.content()
    for person in ground.roles:
        entry = content.person(person)
        workspace = ground.workspace(person)
        key = workspace.bring_key(create_key(entry.name, PASSPHRASE, at=ground.clock(), rounds=ROUNDS), PASSPHRASE)
        workspace.change_settings(person=person, key=key.fingerprint, sample=True)
        with ground.installation(person) as (installation, signer):
            asked = people.enrol(installation, signer, name=entry.name, unit=entry.unit)
        write_whole(ground.stick / f"{person}.p7m", asked.blob)
        yield f"{entry.name} has a key ({key.fingerprint[:16]}) and asks to be listed"


def _found(ground: JourneyPlace) -> Iterator[str]:
    with ground.installation(FIRST) as (installation, signer):
        for file in sorted(ground.stick.glob("*.p7m")):
            exchanging.import_act(installation, file.read_bytes())
        asked = {item.person: item.act for item in people.enrolments(installation)}
        change = people.found_organisation(
            installation,
            signer,
            "Sample: Federal agencies",
            [(asked[name], roles) for name, roles in ground.roles.items()],
        )
        exchanging.export_package(installation, signer, ground.stick / "organisation.countersign")
        yield f"Roster version 1 in words: {spoken(change.roster)}"
        yield ground.exchange(installation)


def _endorse(ground: JourneyPlace) -> Iterator[str]:
    with ground.installation(RECORDS) as (installation, signer):
        (org,) = exchanging.founding_roster(ground.stick / "organisation.countersign")
        installation.register.join(org)
        yield ground.exchange(installation)
        change = people.endorse(installation, signer, org)
        if not change.in_force:
            raise JourneyBroken(detail="the first roster is not in force after both administrators endorsed it")
        exchanging.export_package(installation, signer, ground.stick / "organisation.countersign", replace=True)
        yield "Both administrators endorsed it: the organisation exists"
        yield ground.exchange(installation)


def _file(ground: JourneyPlace) -> Iterator[str]:
    """On a laptop: joined once, filed without network, sent when it is back."""
    case = ground.case()
    with ground.installation(OWNER) as (installation, signer):
        installation.register.join(exchanging.founding_roster(ground.stick / "organisation.countersign")[0])
        yield ground.exchange(installation)
        draft = filing.start(installation, OWNER)
        guide = filing.view(installation, draft).guide
        # A page may ask more as soon as its first answers are given, so each gets all that belongs to it.
        pages = [page for section in guide.playbook.all_sections for page in section.pages]
        questions = {page.id: [item.id for item in page.questions] for page in pages}
        page = guide.next_page()
        while page:
            given = {name: case.answers[name] for name in questions[page.id] if name in case.answers}
            step = filing.accept(installation, draft, page.id, given)
            if step.problems:
                raise JourneyBroken(detail=step.problems[0].text)
            page = step.page
        for file in case.files:
            filing.attach(installation, draft, file.question, file.name, *made(file))
        done = filing.file(installation, signer, draft)
        yield f"{done.reference} “{done.title}”, revision {done.number}: {done.tier}, {done.lane}"
        yield f"Next: {', '.join(done.turn).upper()}, within {done.days} working days"
        yield ground.exchange(installation)


def _approve(ground: JourneyPlace) -> Iterator[str]:
    with ground.installation(CISO) as (installation, signer):
        installation.register.join(exchanging.founding_roster(ground.stick / "organisation.countersign")[0])
        yield ground.exchange(installation)
        case = ground.filed(installation)
        view = reviewing.look(installation, case, CISO)
        _, assessment = installation.assessed(view.revision)
        for fired in assessment.fired:
            yield f"Tier {assessment.path.label}: {fired.rule.sentence}"
        offered = view.proposal
        limits = offered.boundaries.replaced(
            {"user_permissions.max_users": 25, "data_access.prompt_retention_days": 14}
        )
        due = ground.clock().date() + timedelta(days=30)
        wanted = Condition(due, OWNER, "Measure on 200 complaints what summaries leave out")
        given = agreed(
            offered.stage, limits, (wanted,), offered.begins, offered.expires, offered.waivers, offered.confirmed
        )
        for item in differences(offered, given):
            yield f"The CISO changes {_changed(item)}"
        prepared = deciding.prepare(installation, CISO, case, Position.APPROVE, given=given)
        done = deciding.give(installation, signer, prepared)
        yield f"The CISO signed; now {done.phase.value}, next: {', '.join(done.turn).upper()}"
        yield ground.exchange(installation)


def _countersign(ground: JourneyPlace) -> Iterator[str]:
    with ground.installation(CIO) as (installation, signer):
        installation.register.join(exchanging.founding_roster(ground.stick / "organisation.countersign")[0])
        yield ground.exchange(installation)
        case = ground.filed(installation)
        view = reviewing.look(installation, case, CIO)
        prepared = deciding.prepare(installation, CIO, case, Position.APPROVE, given=view.proposal)
        yield prepared.consequence
        done = deciding.give(installation, signer, prepared)
        if not done.sealed:
            raise JourneyBroken(detail="both offices signed, and the record is not sealed")
        yield f"The CIO countersigned; now {done.phase.value}, the record carries both signatures"
        yield ground.exchange(installation)


def _accept(ground: JourneyPlace) -> Iterator[str]:
    """The owner reads where the decision differs from what she filed, and signs that too."""
    with ground.installation(OWNER) as (installation, signer):
        yield ground.exchange(installation)
        case = ground.filed(installation)
        state = accepting.require_accepting(installation, OWNER, case)
        for item in accepting.decided_points(state):
            yield f"It differs: {_changed(item.difference)}"
        done = accepting.accept(installation, signer, case)
        if done.phase is not Phase.DECIDED:
            raise JourneyBroken(detail="the owner accepted, and it is not in force")
        yield f"The owner accepted; now {done.phase.value}"
        yield ground.exchange(installation)


def _see(ground: JourneyPlace) -> Iterator[str]:
    with ground.installation(OWNER) as (installation, _signer):
        yield ground.exchange(installation)
        view = reviewing.look(installation, ground.filed(installation), OWNER)
        in_force = view.state.in_force
        if in_force is None or in_force.terms is None or not view.status.may_run:
            raise JourneyBroken(detail="the owner does not see the decision")
        yield f"The owner sees it: {in_force.terms.stage.value} until {in_force.terms.expires.isoformat()}"
        for condition in in_force.terms.conditions:
            yield f"Condition until {condition.due.isoformat()}: {condition.text}"


def _verify(ground: JourneyPlace) -> Iterator[str]:
    """By the register of the records team, and once more by nothing but files beside the record."""
    with ground.installation(RECORDS) as (installation, signer):
        yield ground.exchange(installation)
        people.checkpoint(installation, signer)
        case = ground.filed(installation)
        item, pdf = record_of(installation, case)
        verdict = verifying.verify(installation, pdf)
        yield f"By the register: {verdict.indication.value}. {verdict.sentence}"
        write_whole(ground.record, pdf)
        count = write_acts(installation, ground.acts, case)
        write_whole(ground.root / CERTIFICATES, (ground.acts / CERTIFICATES).read_bytes())
        beside = verifying.verify_beside(ground.record, installation.register.org, sorted(ground.acts.iterdir()))
        yield f"By {count} acts in files: {beside.indication.value}"
        if not (verdict.passed and beside.passed and sha256(pdf) == item.sha256):
            raise JourneyBroken(detail="the record does not verify")
        state = installation.state(case)
        decision = state.decision
        if decision is None or decision.terms is None:
            raise JourneyBroken(detail="there is a record and no decision")
        summary = {
            "organisation": installation.register.org,
            "case": case,
            "reference": reference(case),
            "revision": decision.revision,
            "terms": decision.terms.digest,
            "record_sha256": item.sha256,
            "verdict": verdict.indication.value,
        }
        write_whole(ground.summary, (json.dumps(summary, indent=2) + "\n").encode())
        yield ground.exchange(installation)


def _changed(item: TermsDifference) -> str:
    if not item.left:
        return f"{item.label.lower()}: {item.right}"
    return f"{item.label.lower()}: {item.left} becomes {item.right}"


STEPS: Mapping[str, tuple[str, Callable[[JourneyPlace], Iterator[str]]]] = {
    "enrol": ("Five people make keys and ask to be listed", _enrol),
    "found": ("An administrator founds the organisation", _found),
    "endorse": ("The other administrator endorses it", _endorse),
    "file": ("The owner files a use case on a laptop without network", _file),
    "approve": ("The CISO fetches from the shared folder, tightens the boundaries and approves", _approve),
    "countersign": ("The CIO fetches from the shared folder and countersigns", _countersign),
    "accept": ("The owner accepts what both decided otherwise than she filed it", _accept),
    "see": ("The owner sees the decision", _see),
    "verify": ("The records team verifies the record", _verify),
}
"""The steps by name, with what they are about, in the order of the journey."""

"""An organisation of real installations: registers on disk, real keys, acts that travel by hand.

Bob and Finn administer, Bob keeps records, Cleo is CIO, Dan is CISO, Ada owns. Each has a separate installation; ``travel``
carries the acts of each to the others through the same strict door as any exchange.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import resources
from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.kinds.opinion import Position
from intake.domain.assessment.engines import ENGINES, Engines
from intake.domain.guide.guide import Guide
from intake.domain.organisation.roster import Role
from intake.domain.terms.boundaries import FieldTables
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.domain.terms.terms import Terms, terms
from intake.records.editions.e1.edition import E1
from intake.register.store.receipts import ItemKind, Proof
from intake.services.deciding import accepting, deciding, reviewing
from intake.services.deciding.deciding import Given
from intake.services.filing import filing
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.installation.workspace import Workspace, open_installation
from intake.services.organisation import people
from intake.trust.acts import verify_act
from tests.domain.terms.later_tables import OLDER
from tests.filled import EVIDENCE, filled
from tests.once import made_once
from tests.people import person
from tests.services.printers import E2_TABLE_2, with_editions

READ = cache(resources.read)
"""Resources do not change while tests run, and each installation reads forty of them."""

ROLES = {
    "ada": (Role.OWNER,),
    "bob": (Role.ADMINISTRATOR, Role.RECORDS),
    "cleo": (Role.CIO,),
    "dan": (Role.CISO,),
    "finn": (Role.ADMINISTRATOR,),
}


@dataclass
class Clock:
    """Moves a minute with every look, so that nothing happens at the same time."""

    now: datetime = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def founded(root: Path) -> Offices:
    """The organisation with an installation for everybody, founded once and copied to ``root``: founding is seven people's work.

    An installation opens when a test first asks for it, for few ask for all five. A copied register takes a new installation id,
    as any copy does; nothing in a test depends on it.
    """
    template, now = _template()
    shutil.copytree(template, root, dirs_exist_ok=True)
    made = Offices(root, Clock(now))
    made.installations = Installations(made.opened, ROLES)
    return made


@cache
def _template() -> tuple[Path, datetime]:
    def make(folder: Path) -> None:
        made = Offices(folder / "offices")
        made.open(*ROLES)
        made.found()
        made.close()
        (folder / "now").write_text(made.clock.now.isoformat())

    folder = made_once("founded", make)
    return folder / "offices", datetime.fromisoformat((folder / "now").read_text())


class Installations(MutableMapping[str, Installation]):
    """Installations by person id. Those of ``names`` are there from the start, and each opens when it is first asked for."""

    def __init__(self, opened: Callable[[str], Installation], names: Iterable[str]) -> None:
        self._opened = opened
        self._installations: dict[str, Installation | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> Installation:
        installation = self._installations[name]
        if installation is None:
            installation = self._installations[name] = self._opened(name)
        return installation

    def __setitem__(self, name: str, installation: Installation) -> None:
        self._installations[name] = installation

    def __delitem__(self, name: str) -> None:
        del self._installations[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._installations)

    def __len__(self) -> int:
        return len(self._installations)

    def is_closed(self, name: str) -> bool:
        return self._installations[name] is None

    def open_ones(self) -> list[Installation]:
        return [installation for installation in self._installations.values() if installation is not None]


def fill(installation: Installation, draft: str, guide: Guide) -> None:
    """Give a draft the answers of a guide, with the files they name."""
    installation.register.drafts.answers(draft, {key: answer.as_json() for key, answer in guide.answers.items()})
    for key, answer in guide.answers.items():
        for file in answer.files:
            filing.attach(installation, draft, key, file.name, file.media_type, EVIDENCE)


@dataclass
class Offices:
    """``installations`` by person id. Everything happens on real files under ``root``."""

    root: Path
    clock: Clock = field(default_factory=Clock)
    installations: MutableMapping[str, Installation] = field(default_factory=dict)

    def open(self, *names: str, engines: Engines = ENGINES, tables: FieldTables = FIELD_TABLES) -> None:
        """What the program at these installations judges with and can read; an installation that is open is closed first."""
        for name in names:
            if name in self.installations and not (
                isinstance(self.installations, Installations) and self.installations.is_closed(name)
            ):
                self.installations[name].register.close()
            self.installations[name] = self.opened(name, engines, tables)

    def opened(self, name: str, engines: Engines = ENGINES, tables: FieldTables = FIELD_TABLES) -> Installation:
        home = Workspace(self.root / name)
        installation = open_installation(
            home, READ, resources.names, clock=self.clock, capabilities=Capabilities(engines=engines, tables=tables)
        )
        # A version that has another table of fields has the words for it too.
        return (
            installation if tables is FIELD_TABLES or tables == OLDER else with_editions(installation, E1, E2_TABLE_2)
        )

    def update(self, *names: str, engines: Engines) -> None:
        """These people go on with another version of the program, on the same register."""
        self.open(*names, engines=engines)
        for name in names:
            self.installations[name].register.rejudge()

    @property
    def untouched(self) -> bool:
        """Whether these are as they were founded: no installation was opened, and no time has passed."""
        return (
            isinstance(self.installations, Installations)
            and not self.installations.open_ones()
            and self.clock.now == _template()[1]
        )

    def close(self) -> None:
        installations = (
            self.installations.open_ones()
            if isinstance(self.installations, Installations)
            else self.installations.values()
        )
        for installation in installations:
            installation.register.close()

    def signer(self, name: str) -> PersonWithKey:
        return PersonWithKey(name, person(name).key, person(name).reader)

    def found(self) -> str:
        """Everybody enrols, Bob writes the first roster, Finn endorses it; gives the organisation's id."""
        bob = self.installations["bob"]
        for name, installation in self.installations.items():
            act = people.enrol(installation, self.signer(name), name=name.title(), unit="Finance")
            if name != "bob":
                bob.register.append([act])
        asked = [(item.act, ROLES[item.person]) for item in people.enrolments(bob)]
        change = people.found_organisation(bob, self.signer("bob"), "Test Works", asked)
        for name, installation in self.installations.items():
            if name != "bob":
                installation.register.join(change.roster)
        self.travel("bob", *self.installations)
        people.endorse(self.installations["finn"], self.signer("finn"), change.roster)
        self.travel("finn", *self.installations)
        return change.roster

    def travel(self, source: str, *targets: str) -> None:
        """Carry everything ``source`` has to the targets, and note at the source that it was sent, as an exchange does."""
        self.carry(source, *targets)
        register = self.installations[source].register
        every = list(register.queries.every_act())
        sent = [(ItemKind.ACT, blob_id) for _, blob_id, _ in every]
        sent += [(item.kind, item.id) for item in register.receipts.outgoing("by hand") if item.kind is ItemKind.BLOB]
        register.receipts.note("by hand", sent, Proof.WRITTEN)

    def carry(self, source: str, *targets: str) -> None:
        """The same where it is not noted that it was sent."""
        queries = self.installations[source].register.queries
        acts = [verify_act(blob) for _, _, blob in queries.every_act()]
        for target in targets:
            if target == source:
                continue
            register = self.installations[target].register
            register.append(acts)
            wanted = {name: data for name in register.receipts.wanted() if (data := queries.blob(name)) is not None}
            register.append((), wanted)

    def file(self, name: str = "ada", case: str = "") -> str:
        """A complete request, filed; gives the case id."""
        installation = self.installations[name]
        draft = filing.start(installation, name, case=case)
        fill(installation, draft, filled(installation.shelf.current))
        return filing.file(installation, self.signer(name), draft).case

    def terms(self, name: str, case: str, *, users: int | None = None) -> Terms:
        """What the revision proposes, or the same for so many users."""
        proposal = reviewing.look(self.installations[name], case, name).proposal
        changes = {} if users is None else {"user_permissions.max_users": users}
        limits = proposal.boundaries.replaced(changes)
        return terms(proposal.stage, limits, proposal.conditions, proposal.begins, proposal.expires)

    def accept(self, case: str, *targets: str) -> None:
        """Ada, who owns it, accepts what both decided and has reached her; it goes to ``targets``."""
        accepting.accept(self.installations["ada"], self.signer("ada"), case)
        self.travel("ada", *targets)

    def decide(
        self,
        name: str,
        case: str,
        position: Position = Position.APPROVE,
        *,
        given: Terms | None = None,
        reason: str = "",
    ) -> Given:
        """One opinion, in both steps."""
        installation = self.installations[name]
        if position is Position.APPROVE and given is None:
            given = self.terms(name, case)
        prepared = deciding.prepare(installation, name, case, position, given=given, reason=reason)
        return deciding.give(installation, self.signer(name), prepared)

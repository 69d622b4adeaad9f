"""An organisation of real installations: registers on disk, real keys, acts that travel by hand.

Bob and Finn administer, Bob keeps records, Cleo is CIO, Dan is CISO, Ada owns. Each has a desk of their own; ``travel``
carries what one has to the others through the same strict door as any exchange.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
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
from intake.services.deciding import deciding, reviewing
from intake.services.deciding.deciding import Given
from intake.services.filing import filing
from intake.services.installation.installation import Desk, Signer
from intake.services.installation.workspace import Workspace, open_desk
from intake.services.organisation import people
from intake.trust.acts import verify_act
from tests.domain.terms.later_tables import OLDER
from tests.filled import EVIDENCE, filled
from tests.people import person
from tests.services.printers import E2_TABLE_2, with_editions

READ = cache(resources.read)
"""Resources do not change while tests run, and each desk reads forty of them."""

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
    """The organisation with a desk for everybody, founded once and copied to ``root``: founding is seven people's work.

    A desk opens when a test first asks for it, for few ask for all five. A copied register takes a new installation id,
    as any copy does; nothing in a test depends on it.
    """
    template, now = _template()
    shutil.copytree(template, root, dirs_exist_ok=True)
    made = Offices(root, Clock(now))
    made.desks = Desks(made.opened, ROLES)
    return made


@cache
def _template() -> tuple[Path, datetime]:
    folder = Path(tempfile.mkdtemp(prefix="countersign-offices-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = Offices(folder)
    made.open(*ROLES)
    made.found()
    made.close()
    return folder, made.clock.now


class Desks(MutableMapping[str, Desk]):
    """Desks by person id. Those of ``names`` are there from the start, and each opens when it is first asked for."""

    def __init__(self, opened: Callable[[str], Desk], names: Iterable[str]) -> None:
        self._opened = opened
        self._desks: dict[str, Desk | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> Desk:
        desk = self._desks[name]
        if desk is None:
            desk = self._desks[name] = self._opened(name)
        return desk

    def __setitem__(self, name: str, desk: Desk) -> None:
        self._desks[name] = desk

    def __delitem__(self, name: str) -> None:
        del self._desks[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._desks)

    def __len__(self) -> int:
        return len(self._desks)

    def is_closed(self, name: str) -> bool:
        return self._desks[name] is None

    def open_ones(self) -> list[Desk]:
        return [desk for desk in self._desks.values() if desk is not None]


def fill(desk: Desk, draft: str, guide: Guide) -> None:
    """Give a draft the answers of a guide, with the files they name."""
    desk.register.drafts.answers(draft, {key: answer.as_json() for key, answer in guide.answers.items()})
    for key, answer in guide.answers.items():
        for file in answer.files:
            filing.attach(desk, draft, key, file.name, file.media_type, EVIDENCE)


@dataclass
class Offices:
    """``desks`` by person id. Everything happens on real files under ``root``."""

    root: Path
    clock: Clock = field(default_factory=Clock)
    desks: MutableMapping[str, Desk] = field(default_factory=dict)

    def open(self, *names: str, engines: Engines = ENGINES, tables: FieldTables = FIELD_TABLES) -> None:
        """What the program at these desks judges with and can read; a desk that is open is closed first."""
        for name in names:
            if name in self.desks and not (isinstance(self.desks, Desks) and self.desks.is_closed(name)):
                self.desks[name].register.close()
            self.desks[name] = self.opened(name, engines, tables)

    def opened(self, name: str, engines: Engines = ENGINES, tables: FieldTables = FIELD_TABLES) -> Desk:
        home = Workspace(self.root / name)
        desk = open_desk(
            home, READ, resources.names, clock=self.clock, capabilities=Capabilities(engines=engines, tables=tables)
        )
        # A version that has another table of fields has the words for it too.
        return desk if tables is FIELD_TABLES or tables == OLDER else with_editions(desk, E1, E2_TABLE_2)

    def update(self, *names: str, engines: Engines) -> None:
        """These people go on with another version of the program, on the same register."""
        self.open(*names, engines=engines)
        for name in names:
            self.desks[name].register.rejudge()

    @property
    def untouched(self) -> bool:
        """Whether these are as they were founded: no desk was opened, and no time has passed."""
        return isinstance(self.desks, Desks) and not self.desks.open_ones() and self.clock.now == _template()[1]

    def close(self) -> None:
        desks = self.desks.open_ones() if isinstance(self.desks, Desks) else self.desks.values()
        for desk in desks:
            desk.register.close()

    def signer(self, name: str) -> Signer:
        return Signer(name, person(name).key)

    def found(self) -> str:
        """Everybody enrols, Bob writes the first roster, Finn endorses it; gives the organisation's id."""
        bob = self.desks["bob"]
        for name, desk in self.desks.items():
            act = people.enrol(desk, self.signer(name), name=name.title(), unit="Finance")
            if name != "bob":
                bob.register.append([act])
        asked = [(item.act, ROLES[item.person]) for item in people.enrolments(bob)]
        change = people.found_organisation(bob, self.signer("bob"), "Test Works", asked)
        for name, desk in self.desks.items():
            if name != "bob":
                desk.register.join(change.roster)
        self.travel("bob", *self.desks)
        people.endorse(self.desks["finn"], self.signer("finn"), change.roster)
        self.travel("finn", *self.desks)
        return change.roster

    def travel(self, source: str, *targets: str) -> None:
        """Carry everything ``source`` has to the targets."""
        queries = self.desks[source].register.queries
        acts = [verify_act(blob) for _, _, blob in queries.every_act()]
        for target in targets:
            if target == source:
                continue
            register = self.desks[target].register
            register.append(acts)
            wanted = {name: data for name in register.receipts.wanted() if (data := queries.blob(name)) is not None}
            register.append((), wanted)

    def file(self, name: str = "ada", case: str = "") -> str:
        """A complete request, filed; gives the case id."""
        desk = self.desks[name]
        draft = filing.start(desk, name, case=case)
        fill(desk, draft, filled(desk.shelf.current))
        return filing.file(desk, self.signer(name), draft).case

    def terms(self, name: str, case: str, *, users: int = 15) -> Terms:
        proposal = reviewing.look(self.desks[name], case, name).proposal
        limits = proposal.boundaries.replaced({"user_permissions.max_users": users})
        return terms(proposal.stage, limits, proposal.conditions, proposal.expires)

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
        desk = self.desks[name]
        if position is Position.APPROVE and given is None:
            given = self.terms(name, case)
        prepared = deciding.prepare(desk, name, case, position, given=given, reason=reason)
        return deciding.give(desk, self.signer(name), prepared)

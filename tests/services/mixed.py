"""Three versions of the program on one exchange, each on its own register, which begin with the stored organisation.

``older`` is the program of this repository: Cleo (CIO) works there. ``between`` knows two more kinds of acts, a second table
of boundaries and edition 9 of the record: Ada (owner) and Bob (administrator) work there. ``newest`` has a second engine
beside: Eve (owner) and Finn (administrator) work there. Dan (CISO) has one key and works at both newer ones. What the newer
versions have is made up for the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import resources
from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds import KINDS, ActKind, ActKinds
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import FileForm, TextForm
from intake.domain.assessment.engines import ENGINES, THIS_VERSION, Engine
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption
from intake.exchange.report import ExchangeReport
from intake.records.editions.e1.edition import E1
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.installation.installation import Installation
from intake.services.installation.workspace import Workspace, open_installation
from tests.corpus.organisation.stored import EXCHANGE, NUMBERS, said_then, unpack
from tests.domain.acts.later_kinds import DISMANTLE
from tests.domain.terms.later_tables import NEWER as NEWER_TABLES
from tests.services.offices import READ, Clock, Offices
from tests.services.printers import E2_TABLE_2, with_editions
from tests.services.test_mixed_engines import NEWER as NEWER_ENGINES

_CALLED = Caption("TestCalledShelved", "Shelved")

NAMES = ("older", "between", "newest")
PEOPLE = ("ada", "bob", "cleo", "dan", "eve", "finn")


@dataclass(frozen=True, slots=True)
class ShelvedBody:
    """``place`` is where the paper is, ``scan`` a picture of it."""

    place: str
    scan: Attachment

    def as_json(self) -> dict[str, Json]:
        return Shelved.fields.write(self)


class Shelved(ActKind[ShelvedBody]):
    name = "note-shelved"
    called = _CALLED()
    fields = Fields({"place": TextForm(), "scan": FileForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> ShelvedBody:
        return ShelvedBody(**values)

    def attached(self, body: ShelvedBody) -> tuple[Attachment, ...]:
        return (body.scan,)


SHELVED = Shelved()
MORE_KINDS = ActKinds((*KINDS, SHELVED, DISMANTLE))
E9 = replace(E2_TABLE_2, number=9)
"""Edition 1 with words for the second table too."""

UNDERSTOOD: dict[str, Capabilities[Engine]] = {
    "older": THIS_VERSION,
    "between": Capabilities(ENGINES, kinds=MORE_KINDS, tables=NEWER_TABLES),
    "newest": Capabilities(NEWER_ENGINES, kinds=MORE_KINDS, tables=NEWER_TABLES),
}
EDITIONS = {"older": (E1,), "between": (E1, E9), "newest": (E1, E9)}


@dataclass
class Mixed:
    """``versions`` tells which program runs at an installation; ``share`` is the one exchange folder."""

    root: Path
    org: str
    clock: Clock
    cases: dict[str, str]
    versions: dict[str, str] = field(default_factory=lambda: {name: name for name in NAMES})
    installations: dict[str, Installation] = field(default_factory=dict)
    exchanges: dict[str, FolderExchange] = field(default_factory=dict)

    @property
    def share(self) -> Path:
        return self.root / EXCHANGE

    def open(self, name: str) -> None:
        version = self.versions[name]
        made = open_installation(
            Workspace(self.root / name), READ, resources.names, clock=self.clock, capabilities=UNDERSTOOD[version]
        )
        made.register.join(self.org)
        made = with_editions(made, *EDITIONS[version])
        self.installations[name] = made
        self.exchanges[name] = FolderExchange(made, self.share)

    def update(self, *names: str) -> None:
        """The newest program over the same register, as after an update."""
        for name in names:
            self.installations[name].register.close()
            self.versions[name] = "newest"
            self.open(name)

    def exchange(self, *names: str) -> list[ExchangeReport]:
        return [self.exchanges[name].run() for name in names]

    def settle(self) -> None:
        """Rounds of all, until nobody has anything new."""
        while any(report.new or report.sent for report in self.exchange(*NAMES)):
            pass

    def at(self, name: str) -> Offices:
        """Everybody at one installation, to sign there by the services."""
        here = self.installations[name]
        return Offices(self.root, self.clock, dict.fromkeys(PEOPLE, here))

    def close(self) -> None:
        for made in self.installations.values():
            made.register.close()

    def blobs(self, name: str) -> dict[str, bytes]:
        return {act: blob for act, _, blob in self.installations[name].register.queries.every_act()}


@contextmanager
def mixed(root: Path) -> Iterator[Mixed]:
    """The three with everything that is stored of the organisation, and nothing new."""
    number = NUMBERS[-1]
    said = said_then(number)
    unpack(number, root)
    made = Mixed(root, said["org"], Clock(datetime.fromisoformat(said["now"])), dict(said["names"]))
    try:
        for name in NAMES:
            made.open(name)
        made.settle()
        yield made
    finally:
        made.close()

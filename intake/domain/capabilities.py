"""What a version of the program understands. Desks of one organisation may differ in it, and never in what they hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake.domain.boundaries import FieldTables
from intake.domain.engines import ENGINES, Engines
from intake.domain.field_tables import FIELD_TABLES
from intake.domain.kinds import KINDS, ActKinds


@dataclass(frozen=True, slots=True)
class Capabilities:
    """``kinds`` of acts it reads, ``tables`` it reads terms by, ``engines`` it judges with by their number."""

    kinds: ActKinds = KINDS
    tables: FieldTables = FIELD_TABLES
    engines: Engines = field(default_factory=lambda: ENGINES, hash=False)

    @property
    def label(self) -> str:
        """What what is computed from acts depends on; a register that was written by others is computed again."""
        return f"fields {self.tables.newest.number}, engines {' '.join(map(str, sorted(self.engines)))}"


THIS_VERSION = Capabilities()

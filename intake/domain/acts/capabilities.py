"""What a version of the program understands. Installations of one organisation may differ in it, and never in what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from intake.domain.acts.kinds import KINDS, ActKinds
from intake.domain.terms.boundaries import FieldTables
from intake.domain.terms.field_tables import FIELD_TABLES

E_co = TypeVar("E_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Capabilities(Generic[E_co]):
    """``engines`` it judges with by their number, ``kinds`` of acts it reads, ``tables`` it reads terms by.

    Which acts count needs the numbers of the engines alone; what an engine is, ``engines`` says.
    """

    engines: Mapping[int, E_co] = field(hash=False)
    kinds: ActKinds = KINDS
    tables: FieldTables = FIELD_TABLES

    @property
    def label(self) -> str:
        """What everything computed from acts depends on: what others computed is computed again."""
        engines, kinds = map(str, sorted(self.engines)), sorted(self.kinds.names)
        return f"fields {self.tables.newest.number}, engines {' '.join(engines)}, kinds {' '.join(kinds)}"

"""The editions of the record this program knows, by number: listed here, and found nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from intake.records.editions.e1.edition import E1
from intake.records.editions.edition import Edition

EDITIONS: Mapping[int, Edition] = MappingProxyType({edition.number: edition for edition in (E1,)})

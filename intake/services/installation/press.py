"""What the pages of a record are printed with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake.domain.assessment.engines import Engines
from intake.domain.playbook.whole import Playbook
from intake.services.installation.playbook_rules import Weaker

if TYPE_CHECKING:
    from intake.records.editions.printer import Printer


@dataclass(frozen=True, slots=True)
class Press:
    """What printing needs beside the acts. ``playbook`` gives the one with a digest, or raises a refusal.

    ``engines`` are what this program judges with, ``weaker`` tells which playbooks count for nothing.
    """

    printer: Printer
    playbook: Callable[[str], Playbook]
    engines: Engines
    weaker: Weaker

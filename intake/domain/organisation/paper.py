"""The paper an organisation prints its records on: a rule in the policy of its roster.

It is signed data, so that every machine makes the same pages, whatever paper lies in its printer.
"""

from __future__ import annotations

from enum import StrEnum

PAPER_RULE = "records.paper"
"""The rule that names it, by the value of a ``Paper``."""


class Paper(StrEnum):
    A4 = "a4"
    LETTER = "letter"

"""Desks with other editions of the record than this program has: a made-up second one, and clients that were patched.

The table of editions is what a printer is given, so nothing inside the program is replaced.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import resources
from intake.domain.acts.kinds import Office
from intake.domain.terms.terms import Terms
from intake.records.case_file import Matter
from intake.records.content import Paragraph, RecordContent
from intake.records.editions.e1 import composing
from intake.records.editions.e1.edition import E1
from intake.records.editions.e1.labels import LIMITS, Limit, Limits
from intake.records.editions.edition import Edition
from intake.records.editions.printer import Printer
from intake.services.installation.installation import Desk
from tests.domain.terms.later_tables import NEW


def _decision(matter: Matter, terms: Terms) -> RecordContent:
    said = E1.decision(matter, terms)
    return replace(said, subtitle=said.subtitle.replace("Approved", "Granted"))


def _declined(matter: Matter, office: Office, reason: str) -> RecordContent:
    return replace(E1.declined(matter, office, reason), subtitle=f"Not granted by the {office.label}")


def _withdrawn(matter: Matter, reason: str) -> RecordContent:
    return replace(E1.withdrawn(matter, reason), subtitle="Taken back by the business")


E2 = replace(E1, number=2, decision=_decision, declined=_declined, withdrawn=_withdrawn)
"""Edition 1 with one changed word for each kind of record."""


def _by_table_2() -> Limits:
    title, limits = LIMITS[0]
    data = (*limits, Limit(NEW, "Subprocessors", "Who works for the vendor sees the data."))
    return ((title, data), *((name, tuple(_more(item) for item in group)) for name, group in LIMITS[1:]))


def _more(item: Limit) -> Limit:
    added = {"system_integration.network": (("partners", "Partners"),)}
    return replace(item, choices=(*item.choices, *added.get(item.path, ())))


E2_TABLE_2 = replace(E1, number=2, decision=partial(composing.decision, limits=_by_table_2()))
"""Edition 1 with words for the made-up second table of fields."""


def with_editions(desk: Desk, *editions: Edition) -> Desk:
    """The desk of a program that knows these editions, over the same register."""
    return replace(desk, printer=Printer(resources.read, {edition.number: edition for edition in editions}))


def patched(desk: Desk, **changed: Any) -> Desk:
    """A desk whose edition 1 does something else than everybody's."""
    return with_editions(desk, replace(E1, **changed))


def saying(text: str) -> dict[str, Any]:
    """A patch that prints another summary than what is signed beside it."""
    summary = (Paragraph(text),)
    return {
        "decision": lambda matter, terms: replace(E1.decision(matter, terms), summary=summary),
        "declined": lambda matter, office, reason: replace(E1.declined(matter, office, reason), summary=summary),
        "withdrawn": lambda matter, reason: replace(E1.withdrawn(matter, reason), summary=summary),
    }

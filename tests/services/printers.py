"""Installations with other editions of the record than this program has: a made-up second one, and clients that were patched.

The table of editions is what a printer is given, so nothing inside the program is replaced.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import resources
from intake.domain.acts.kinds import Office
from intake.domain.terms.terms import Terms
from intake.records.case_file import CaseFile
from intake.records.content import Paragraph, RecordContent
from intake.records.editions.e1 import composing
from intake.records.editions.e1.edition import E1
from intake.records.editions.e1.labels import BOUNDARIES, PrintedBoundaries, PrintedField
from intake.records.editions.edition import Edition
from intake.records.editions.printer import Printer
from intake.services.installation.installation import Installation
from tests.domain.terms.later_tables import NEW


def _decision(case_file: CaseFile, terms: Terms) -> RecordContent:
    said = E1.decision(case_file, terms)
    return replace(said, subtitle=said.subtitle.replace("Approved", "Granted"))


def _declined(case_file: CaseFile, office: Office, reason: str) -> RecordContent:
    return replace(E1.declined(case_file, office, reason), subtitle=f"Not granted by the {office.label}")


def _withdrawn(case_file: CaseFile, reason: str) -> RecordContent:
    return replace(E1.withdrawn(case_file, reason), subtitle="Taken back by the business")


E2 = replace(E1, number=2, decision=_decision, declined=_declined, withdrawn=_withdrawn)
"""Edition 1 with one changed word for each kind of record."""


def _by_table_2() -> PrintedBoundaries:
    title, fields = BOUNDARIES[0]
    data = (*fields, PrintedField(NEW, "Subprocessors", "Who works for the provider sees the data."))
    return ((title, data), *((name, tuple(_more(item) for item in group)) for name, group in BOUNDARIES[1:]))


def _more(item: PrintedField) -> PrintedField:
    added = {"system_integration.network": (("partners", "Partners"),)}
    return replace(item, choices=(*item.choices, *added.get(item.path, ())))


E2_TABLE_2 = replace(E1, number=2, decision=partial(composing.decision, boundaries=_by_table_2()))
"""Edition 1 with words for the made-up second table of fields."""


def with_editions(installation: Installation, *editions: Edition) -> Installation:
    """The installation of a program that knows these editions, over the same register."""
    return replace(installation, printer=Printer(resources.read, {edition.number: edition for edition in editions}))


def patched(installation: Installation, **changed: Any) -> Installation:
    """An installation whose edition 1 does something else than everybody's."""
    return with_editions(installation, replace(E1, **changed))


def saying(text: str) -> dict[str, Any]:
    """A patch that prints another summary than what is signed beside it."""
    summary = (Paragraph(text),)
    return {
        "decision": lambda case_file, terms: replace(E1.decision(case_file, terms), summary=summary),
        "declined": lambda case_file, office, reason: replace(E1.declined(case_file, office, reason), summary=summary),
        "withdrawn": lambda case_file, reason: replace(E1.withdrawn(case_file, reason), summary=summary),
    }

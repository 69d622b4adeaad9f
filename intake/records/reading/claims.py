"""What a file claims before anything in it is believed: that it can be read, which use case it is about, who
signs it, in which edition it was made.
"""

from __future__ import annotations

import re
from datetime import date

from intake.domain.base.names import is_id
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.terms.terms import day as read_day
from intake.records.content import RecordKind, read_twin
from intake.records.reading import structure
from intake.records.refusals import NotARecord

_IT_SAYS_THAT_A_PASSWORD_PROTECTS = Wording(
    "ClaimsItSaysThatAPasswordProtectsIt", "it says that a password protects it"
)

_LOCK = re.compile(rb"/Encrypt\s{0,8}(?:\d{1,10}\s{1,8}\d{1,5}\s{1,8}R\b|<<)")


def check_open(pdf: bytes) -> None:
    """Raises NotARecord for a PDF that a password protects: nobody can judge what it holds.

    Found by its spelling, because opening it is what must not be tried before its shape is known.
    """
    if _LOCK.search(pdf) and not _is_shaped(pdf):
        raise NotARecord(detail=_IT_SAYS_THAT_A_PASSWORD_PROTECTS())


def claimed_case(twin: bytes) -> str:
    """The case the twin names: only where to look, nothing that is believed. Empty for anything unreadable."""
    try:
        facts = read_twin(twin).get("facts")
    except Refusal:
        return ""
    case = facts.get("case") if isinstance(facts, dict) else None
    return str(case) if is_id(case) else ""


def claimed_signers(twin: bytes) -> frozenset[str]:
    """The signature fields the twin names: one for a decline or a withdrawal, two for an approval."""
    try:
        found = read_twin(twin).get("signers")
    except Refusal:
        return frozenset()
    return frozenset(item for item in found if isinstance(item, str)) if isinstance(found, list) else frozenset()


def claimed_notice(twin: bytes) -> bool:
    """Whether the twin calls itself the notice of an act, which is no record of a decision."""
    try:
        return read_twin(twin).get("kind") == RecordKind.NOTICE
    except Refusal:
        return False


def claimed_edition(twin: bytes) -> int:
    """The number of the edition the twin names; 0 for anything that is no such number."""
    try:
        found = read_twin(twin).get("edition")
    except Refusal:
        return 0
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else 0


def claimed_end(twin: bytes) -> date | None:
    """The last day of the terms in the twin; None where it has none that can be read."""
    try:
        facts = read_twin(twin).get("facts")
        terms = facts.get("terms") if isinstance(facts, dict) else None
        return read_day(terms.get("expires")) if isinstance(terms, dict) else None
    except Refusal:
        return None


def case_of(pdf: bytes) -> str:
    """The case a record names, as ``claimed_case``; empty when it has none. Raises BrokenRecord."""
    return claimed_case(structure.scan(pdf).twin)


def _is_shaped(pdf: bytes) -> bool:
    try:
        structure.scan(pdf)
    except Refusal:
        return False
    return True

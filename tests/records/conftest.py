"""Fonts, keys and signed records shared by the record tests; made once, because they are only read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import resources
from intake.domain.base.canonical import sha256
from intake.records.content import RecordContent, SignatureField
from intake.records.editions.edition import Edition
from intake.records.editions.printer import Printer
from intake.records.fonts import Fonts
from intake.records.proof.verdict import PinnedKey, VerifierKnowledge
from intake.records.signatures.sign import sign_record
from intake.trust.keys import SigningKey, create_key, open_keys
from tests.records import contents

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
NAMES = {
    "cio": "Ada Okonkwo",
    "ciso": "Grace Lindqvist",
    "owner": "Olaf Brandt",
    "stranger": "Mallory Stranger",
    "other": "Ada Okonkwo",
}


@pytest.fixture(scope="session")
def printer() -> Printer:
    return Printer(resources.read)


@pytest.fixture(scope="session")
def fonts(printer) -> Fonts:
    return printer.fonts(printer.newest)


@pytest.fixture(scope="session")
def icc(printer) -> bytes:
    return printer.icc(printer.newest)


@pytest.fixture(scope="session")
def keys() -> dict[str, SigningKey]:
    made = {}
    for person, name in NAMES.items():
        made[person] = open_keys(create_key(name, "correct horse", at=AT, rounds=1000), "correct horse").signing
    return made


class Installation:
    """Makes and signs records with everything at hand."""

    def __init__(self, printer: Printer, keys: dict[str, SigningKey]) -> None:
        self.printer = printer
        self.keys = keys

    def base(self, content: RecordContent | None = None, edition: Edition | None = None) -> bytes:
        """By default a decision, in the newest edition."""
        return self.printer.base(edition or self.printer.newest, content or contents.decision())

    def sign(self, pdf: bytes, field: str, person: str = "", **more) -> bytes:
        person = person or field.lower()
        return sign_record(
            pdf, SignatureField(field), self.keys[person], person=NAMES[person], at=AT, printer=self.printer, **more
        )

    def pin(self, field: str, holder: str = "", **changed) -> PinnedKey:
        key = self.keys[holder or field.lower()]
        facts = {
            "office": SignatureField(field),
            "fingerprint": key.fingerprint,
            "certificate_der": key.certificate_der,
            "person": holder or field.lower(),
            "name": key.common_name,
        }
        return PinnedKey(**{**facts, **changed})

    def evidence(self, base: bytes, **changed) -> VerifierKnowledge:
        facts = {
            "organisation": contents.ORGANISATION,
            "keys": (self.pin("CIO"), self.pin("CISO")),
            "bases": (sha256(base), sha256(base)),
        }
        return VerifierKnowledge(**{**facts, **changed})


@pytest.fixture(scope="session")
def installation(printer, keys) -> Installation:
    return Installation(printer, keys)


@pytest.fixture(scope="session")
def base(installation) -> bytes:
    return installation.base()


@pytest.fixture(scope="session")
def first(installation, base) -> bytes:
    """Signed by the CISO alone."""
    return installation.sign(base, "CISO")


@pytest.fixture(scope="session")
def both(installation, first) -> bytes:
    return installation.sign(first, "CIO")

"""Fonts, keys and signed records shared by the record tests; made once, because they are only read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import resources
from intake.domain.canonical import sha256
from intake.records.content import RecordContent, SignatureField
from intake.records.editions.e1.base import build_base
from intake.records.fonts import Fonts
from intake.records.sign import sign_record
from intake.records.verdict import Evidence, PinnedKey
from intake.trust.keys import SigningKey, create_key, open_key
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
def fonts() -> Fonts:
    return Fonts.read(resources.read)


@pytest.fixture(scope="session")
def icc() -> bytes:
    return resources.read("icc/sRGB.icc")


@pytest.fixture(scope="session")
def keys() -> dict[str, SigningKey]:
    made = {}
    for person, name in NAMES.items():
        made[person] = open_key(create_key(name, "correct horse", at=AT, rounds=1000), "correct horse")
    return made


class Desk:
    """Makes and signs records with everything at hand."""

    def __init__(self, fonts: Fonts, icc: bytes, keys: dict[str, SigningKey]) -> None:
        self.fonts = fonts
        self.icc = icc
        self.keys = keys

    def base(self, content: RecordContent | None = None) -> bytes:
        return build_base(content or contents.decision(), fonts=self.fonts, icc=self.icc)

    def sign(self, pdf: bytes, field: str, person: str = "", **more) -> bytes:
        person = person or field.lower()
        return sign_record(
            pdf, SignatureField(field), self.keys[person], person=NAMES[person], at=AT, fonts=self.fonts, **more
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

    def evidence(self, base: bytes, **changed) -> Evidence:
        facts = {
            "organisation": contents.ORGANISATION,
            "keys": (self.pin("CIO"), self.pin("CISO")),
            "bases": (sha256(base), sha256(base)),
        }
        return Evidence(**{**facts, **changed})


@pytest.fixture(scope="session")
def desk(fonts, icc, keys) -> Desk:
    return Desk(fonts, icc, keys)


@pytest.fixture(scope="session")
def base(desk) -> bytes:
    return desk.base()


@pytest.fixture(scope="session")
def first(desk, base) -> bytes:
    """Signed by the CISO alone."""
    return desk.sign(base, "CISO")


@pytest.fixture(scope="session")
def both(desk, first) -> bytes:
    return desk.sign(first, "CIO")

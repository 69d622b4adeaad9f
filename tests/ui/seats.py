"""Real seats for the tests of screens: the desks of ``Offices``, each with a workspace, settings and a key file."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from intake.services.workspace import Seat, Workspace
from intake.trust import keyfile
from tests.people import person
from tests.services.offices import Offices

PASSPHRASE = "correct horse battery"

ROUNDS = 2_000
"""Trying a passphrase costs little in tests."""


def seat(offices: Offices, name: str) -> Seat:
    """The seat of one person; its key opens with ``PASSPHRASE``."""
    workspace = Workspace(offices.root / name)
    key = person(name).key
    certificate = x509.load_der_x509_certificate(key.certificate_der)
    workspace.keys.mkdir(parents=True, exist_ok=True)
    made = keyfile.write(key._private, certificate, PASSPHRASE, rounds=ROUNDS)
    (workspace.keys / f"{key.fingerprint}.p12").write_bytes(made)
    (workspace.keys / f"{key.fingerprint}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    workspace.change_settings(person=name, key=key.fingerprint)
    return Seat(workspace, offices.desks[name])


def home_of(offices: Offices, name: str) -> Path:
    return offices.root / name

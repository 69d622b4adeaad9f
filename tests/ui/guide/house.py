"""Real seats for tests of the guide: a founded organisation on disk, and people with key files that open quickly."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509

from intake.services.workspace import Seat, Workspace
from intake.trust import keyfile
from intake.trust.keys import SigningKey
from tests.people import person
from tests.services.offices import Offices

PASSPHRASE = "a quick passphrase for tests"


def key_file(key: SigningKey) -> bytes:
    """The key as a PKCS#12 file, protected with few rounds."""
    certificate = x509.load_der_x509_certificate(key.certificate_der)
    return keyfile.write(key._private, certificate, PASSPHRASE, rounds=1_000)


def seat_of(offices: Offices, name: str) -> Seat:
    """``name`` at their own desk of the organisation, with the key in the data folder."""
    workspace = Workspace(offices.root / name)
    key = workspace.bring_key(key_file(person(name).key), PASSPHRASE)
    workspace.change_settings(person=name, key=key.fingerprint)
    return Seat(workspace, offices.desks[name])


def organisation(root: Path) -> Offices:
    """A founded organisation with a desk for everybody."""
    made = Offices(root)
    made.open("ada", "bob", "cleo", "dan", "finn")
    made.found()
    return made

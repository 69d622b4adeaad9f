"""Real installations for tests of screens: the organisation of ``tests.services.offices`` with settings and key files.

A session signs with the passphrase below; key files are made with few rounds, so that opening one takes a moment only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509

from intake.services.installation.workspace import Session, Workspace
from intake.trust import keyfile
from intake.trust.encryption.reader_key import ReaderKey
from intake.trust.keys import SigningKey
from tests.people import person
from tests.services.offices import Offices
from ui.context import Context, LazyInstallation, WindowSettings
from ui.jobs import Jobs
from ui.theme import Theme

PASSPHRASE = "a passphrase for tests"
ROUNDS = 1_000
"""Trying a passphrase costs little in tests."""


@dataclass
class Sessions:
    """``offices`` acts behind the screens; ``context(name)`` is what a page of that person is handed."""

    offices: Offices
    theme: Theme
    jobs: Jobs
    made: dict[str, Session] = field(default_factory=dict)
    contexts: list[Context] = field(default_factory=list)

    def session(self, name: str) -> Session:
        """The person's installation: settings say who it is, the key file is in its data folder."""
        if name not in self.made:
            self.made[name] = session(self.offices, name)
        return self.made[name]

    def context(self, name: str) -> Context:
        session = self.session(name)
        root = session.workspace.root
        self.contexts.append(
            Context(self.jobs, self.theme, WindowSettings(root), LazyInstallation(lambda: session), root)
        )
        return self.contexts[-1]

    def close(self) -> None:
        """End the lanes, then what they used."""
        self.jobs.shutdown()
        for context in self.contexts:
            context.readers.close()


def session(offices: Offices, name: str) -> Session:
    """The session of one person; its key opens with ``PASSPHRASE``."""
    workspace = Workspace(offices.root / name)
    key = workspace.bring_key(key_file(person(name).key, person(name).reader), PASSPHRASE)
    workspace.change_settings(person=name, key=key.fingerprint)
    return Session(workspace, offices.installations[name])


def home_of(offices: Offices, name: str) -> Path:
    return offices.root / name


def key_file(key: SigningKey, reader: ReaderKey | None = None) -> bytes:
    """A key of the tests as a file somebody could bring, with the key that decrypts if there is one."""
    certificate = x509.load_der_x509_certificate(key.certificate_der)
    second = (reader._private, x509.load_der_x509_certificate(reader.certificate_der)) if reader else None
    return keyfile.write(key._private, certificate, PASSPHRASE, second=second, rounds=ROUNDS)

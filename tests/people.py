"""People who sign acts in tests: each has a key, an installation and a fixed clock, made once and the same every time.

``ada = person("ada")`` and then ``ada.act(kind="comment", case=..., body={...})``: a real act, really signed and really
verified. Keys and certificates follow from the name, so act ids are the same in every run; only signature values
differ. Forgeries, which no honest program makes, are in ``tests.trust.forging``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from intake.domain.acts.envelope import Act
from intake.domain.base.canonical import Json
from intake.trust import keys
from intake.trust.acts import VerifiedAct, sign_act
from intake.trust.encryption.reader_key import ReaderKey
from intake.trust.keys import SigningKey

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""When everything happens, unless a test says otherwise."""

APP = "countersign-tests"


@dataclass(frozen=True, slots=True)
class Person:
    """``id`` is the person id, ``key`` a loaded P-256 key, ``stream`` the installation the person writes from."""

    id: str
    name: str
    key: SigningKey
    stream: str

    @property
    def fingerprint(self) -> str:
        return self.key.fingerprint

    @property
    def reader(self) -> ReaderKey:
        """The key with which they decrypt."""
        return reader_key(self.name, seed=f"reader/{self.stream}")

    @property
    def certificate_der(self) -> bytes:
        return self.key.certificate_der

    def act(
        self,
        kind: str = "comment",
        body: Mapping[str, Json] | None = None,
        *,
        org: str = "",
        case: str = "",
        seq: int = 1,
        prev: str | Act | VerifiedAct = "",
        after: Iterable[str | Act | VerifiedAct] = (),
        roster: str | Act | VerifiedAct = "",
        at: datetime = NOON,
        stream: str | None = None,
        person: str | None = None,
        key: SigningKey | None = None,
        app: str = APP,
    ) -> VerifiedAct:
        """One act of this person. ``prev``, ``after`` and ``roster`` take acts or act ids."""
        return sign_act(
            key or self.key,
            org=org,
            kind=kind,
            case=case,
            stream=self.stream if stream is None else stream,
            seq=seq,
            prev=act_id(prev),
            after=[act_id(item) for item in after],
            roster=act_id(roster),
            person=self.id if person is None else person,
            at=at,
            app=app,
            body={} if body is None else body,
        )


@cache
def person(name: str, *, number: int = 1) -> Person:
    """The person called ``name``. Another ``number`` is the same person with another key and installation."""
    shown = name.replace("-", " ").title()
    return Person(id=name, name=shown, key=signing_key(shown, seed=f"{name}/{number}"), stream=stream(name, number))


@cache
def signing_key(name: str, *, seed: str) -> SigningKey:
    """A P-256 key and its certificate, both following from ``seed``. Safe for tests only."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big") >> 1
    private = ec.derive_private_key(number, ec.SECP256R1())
    serial = int.from_bytes(hashlib.sha256(b"serial/" + seed.encode()).digest()[:16], "big") >> 1
    return loaded(private, name, serial=serial)


def loaded(private: keys.PrivateKey, name: str, *, serial: int | None = None) -> SigningKey:
    """``private`` with a certificate made for it, as if just opened from a key file."""
    made = keys.self_signed(private, name, at=NOON, serial=serial, deterministic=True)
    return SigningKey(private, made.public_bytes(Encoding.DER))


@cache
def reader_key(name: str, *, seed: str) -> ReaderKey:
    """A P-256 key that decrypts, and its certificate, both following from ``seed``. Safe for tests only."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big") >> 1
    private = ec.derive_private_key(number, ec.SECP256R1())
    serial = int.from_bytes(hashlib.sha256(b"serial/" + seed.encode()).digest()[:16], "big") >> 1
    made = keys.self_signed(private, name, at=NOON, serial=serial, deterministic=True, decrypts=True)
    return ReaderKey(private, made.public_bytes(Encoding.DER))


def stream(name: str, number: int = 1) -> str:
    """The id of an installation: 32 hexadecimal digits following from ``name`` and ``number``."""
    return hashlib.sha256(f"installation/{name}/{number}".encode()).hexdigest()[:32]


def act_id(act: str | Act | VerifiedAct) -> str:
    if isinstance(act, str):
        return act
    return act.act.id if isinstance(act, VerifiedAct) else act.id

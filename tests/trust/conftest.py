"""Keys of every accepted kind, made once per session: RSA keys take a while to find."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from intake.trust.keys import SigningKey
from tests import people


@pytest.fixture(scope="session")
def rsa_2048() -> SigningKey:
    return people.loaded(rsa.generate_private_key(65537, 2048), "Rosa")


@pytest.fixture(scope="session")
def key_of(rsa_2048):
    """A loaded key by the name of its kind."""
    made = {
        "p256": people.person("ada").key,
        "p384": people.loaded(ec.derive_private_key(4242, ec.SECP384R1()), "Grace"),
        "rsa": rsa_2048,
        "ed25519": people.loaded(ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)), "Edda"),
    }
    return made.__getitem__

"""Signing and verifying a package's manifest with a person's key.

The signature is a detached CAdES signature, the same form as in a PDF. It cannot be taken for an act: an act carries
its content, and content that begins as a manifest is refused as an act and the other way round.
"""

from __future__ import annotations

import hashlib

from intake.exchange.package.package import Sign
from intake.trust import cms
from intake.trust.keys import SigningKey


def signing_with(key: SigningKey) -> Sign:
    """What ``save_package`` takes as ``sign``. The manifest says when, so the signature does not."""
    return lambda manifest: cms.build(None, key.digest.new(manifest).digest(), key, at=None)


def signer_of(manifest: bytes, signature: bytes) -> str:
    """What ``read_package`` takes as ``verify``: the fingerprint of the certificate that signed the manifest.

    Raises a ``trust.refusals.SignatureRefused``. Whether the roster knows this certificate is for the caller to ask.
    """
    return cms.read(signature, detached_digest=lambda name: hashlib.new(name, manifest).digest()).fingerprint

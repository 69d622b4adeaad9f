"""The one thing the domain needs from an X.509 certificate: the public key inside it.

A roster may never list one key for two people or list it again after it was closed, under any certificate. Comparing
keys needs no cryptography, only the field ``subjectPublicKeyInfo`` (RFC 5280, section 4.1).
"""

from __future__ import annotations

from intake.domain.base.refusals import Refusal


class UnreadableCertificate(Refusal):
    what = "A certificate cannot be read."
    why = "Without its public key nobody can tell whose signature it checks."
    next = "Ask the person to enrol again."


def public_key_info(certificate: bytes) -> bytes:
    """The DER bytes of ``subjectPublicKeyInfo``. Raises UnreadableCertificate."""
    try:
        tbs = _children(_children(certificate)[0])
        # version is optional and explicitly tagged [0]; then serial, signature, issuer, validity, subject, key.
        return tbs[6 if tbs[0][0] == 0xA0 else 5]
    except IndexError:
        raise UnreadableCertificate from None


def _children(encoded: bytes) -> list[bytes]:
    """The elements directly inside one constructed DER element, each with its header."""
    start, end = _span(encoded, 0)
    if end != len(encoded):
        raise IndexError
    found = []
    while start < end:
        _, stop = _span(encoded, start)
        found.append(encoded[start:stop])
        start = stop
    return found


def _span(encoded: bytes, at: int) -> tuple[int, int]:
    """Where the content of the element at ``at`` starts and ends."""
    length = encoded[at + 1]
    start = at + 2
    if length & 0x80:
        count = length & 0x7F
        if not 0 < count <= 3:
            raise IndexError
        length = int.from_bytes(encoded[start : start + count], "big")
        start += count
    if start + length > len(encoded):
        raise IndexError
    return start, start + length

"""Importing signed acts against verifying their signatures alone."""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.base.canonical import sha256
from intake.trust.acts import verify_act
from tests.benchmarks.harness import Row, ratio
from tests.people import person

COUNT = 500
TINY = {"COUNT": 3}


def rows() -> Iterator[Row]:
    ada = person("ada")
    case, org = sha256(b"case"), sha256(b"org")
    key = ada.key.certificate.key.key
    assert isinstance(key, ec.EllipticCurvePublicKey)
    data = b"x" * 200
    signature = ada.key.sign(data)
    algorithm = ec.ECDSA(hashes.SHA256())

    def bare() -> None:
        for _ in range(COUNT):
            key.verify(signature, data, algorithm)

    for label, text in (("small act", "Yes."), ("3 kB act", "A sentence of a comment. " * 110)):
        blobs = [
            ada.act(body=CommentBody(text, "").as_json(), case=case, org=org, roster=org, seq=number).blob
            for number in range(1, COUNT + 1)
        ]

        def strict(blobs: list[bytes] = blobs) -> None:
            for blob in blobs:
                verify_act(blob)

        found, seconds = ratio(strict, bare)
        yield Row(f"verify and read one {label}", "P-256 verify alone", found, 2.0, f"{seconds / COUNT * 1e6:.0f} us")

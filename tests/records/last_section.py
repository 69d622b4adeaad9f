"""The last section of a record made again with another date, timestamp or measure, and signed: what its signer alone decides."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from asn1crypto import cms as asn1_cms
from asn1crypto import tsp

from intake.records.reading import structure
from intake.trust import cms, der
from intake.trust.keys import SigningKey
from tests.records.sections import Draft, draft
from tests.records.tsa import Tsa
from tests.trust import forging

TokenChange = Callable[[bytes], bytes]


def changed(pdf: bytes, key: SigningKey, old: bytes, new: bytes) -> bytes:
    """``pdf`` with what ``old`` (a pattern) finds first in its last section replaced, and signed again by ``key``."""
    return resigned(draft(pdf), key, old, new)


def resigned(made: Draft, key: SigningKey, old: bytes, new: bytes) -> bytes:
    pattern = re.compile(old)
    number, raw = next((number, raw) for number, raw in made.objects if pattern.search(raw))
    spelled = pattern.sub(lambda _: new, raw, count=1)
    assert spelled != raw
    return replace(
        made, objects=tuple((name, spelled if name == number else item) for name, item in made.objects)
    ).signed(key)


def dated(pdf: bytes, key: SigningKey, said: bytes) -> bytes:
    """Signed by ``key`` with the date ``said``, as it is spelled in the file."""
    return changed(pdf, key, rb"/M \([^)]*\)", b"/M (" + said.replace(b":", b"\\072") + b")")


def without(pdf: bytes, key: SigningKey, what: bytes) -> bytes:
    """The object that holds ``what`` (a pattern) left out, and signed again by ``key``."""
    made = draft(pdf)
    kept = tuple(item for item in made.objects if not re.search(what, item[1]))
    assert len(kept) == len(made.objects) - 1
    return replace(made, objects=kept).signed(key)


def timed(pdf: bytes, key: SigningKey, at: datetime) -> bytes:
    """Signed again by ``key``, with a time in the signature itself."""
    last = structure.scan(pdf).revisions[-1]
    signature = cms.build(None, last.digest(pdf, key.digest.name), key, at=at).hex().upper().encode()
    return pdf[: last.hole + 1] + signature.ljust(last.resume - last.hole - 2, b"0") + pdf[last.resume - 1 :]


def stamped(pdf: bytes, key: SigningKey, change: TokenChange = bytes, *, tsa: Tsa | None = None) -> bytes:
    """Signed by ``key`` with a timestamp of a service that anybody can make; ``change`` makes another token of it."""
    pdf = changed(pdf, key, rb"/Contents <[0-9A-F]+>", b"/Contents <" + b"0" * 24_000 + b">")
    last = structure.scan(pdf).revisions[-1]
    held = cms.read(last.signature, detached_digest=lambda name: last.digest(pdf, name))
    token = change(token_over(held.signature, tsa or Tsa()))
    made = beside(last.signature, token).hex().upper().encode()
    return pdf[: last.hole + 1] + made.ljust(last.resume - last.hole - 2, b"0") + pdf[last.resume - 1 :]


def beside(signature: bytes, token: bytes) -> bytes:
    """The signature with ``token`` beside it, whatever that is: ``cms.with_timestamp`` would look."""
    info = asn1_cms.ContentInfo.load(signature)
    signer = info["content"]["signer_infos"][0].dump()
    unsigned = der.tlv(0xA1, forging.attribute(forging.TIMESTAMP, token))
    start, _ = der.span(signer, 0, len(signer))
    place = signature.rindex(signer)
    return _again(signature, place, len(signer), der.tlv(der.SEQUENCE, signer[start:], unsigned))


def _again(data: bytes, place: int, size: int, new: bytes) -> bytes:
    """``data`` (DER) with the element of ``size`` bytes at ``place`` exchanged, and the lengths around it written again."""

    def written(at: int, end: int) -> bytes:
        start, stop = der.span(data, at, end)
        parts = []
        inner = start
        while inner < stop:
            last = der.span(data, inner, stop)[1]
            if inner == place:
                parts.append(new)
            elif inner <= place and place + size <= last:
                parts.append(written(inner, stop))
            else:
                parts.append(data[inner:last])
            inner = last
        return der.tlv(data[at], *parts)

    return written(0, len(data))


def token_over(signature: bytes, tsa: Tsa) -> bytes:
    request = tsp.TimeStampReq(
        {
            "version": 1,
            "message_imprint": {
                "hash_algorithm": {"algorithm": "sha256"},
                "hashed_message": hashlib.sha256(signature).digest(),
            },
            "nonce": 7,
            "cert_req": True,
        }
    )
    made: bytes = tsp.TimeStampResp.load(tsa.stamp(request.dump()))["time_stamp_token"].dump()
    return made


def broken(token: bytes) -> bytes:
    """The last byte of the token's own signature changed."""
    value: bytes = asn1_cms.ContentInfo.load(token)["content"]["signer_infos"][0]["signature"].contents
    at = token.rindex(value) + len(value) - 1
    return token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :]


def token_again(tsa: Tsa, token: bytes, change: TokenChange) -> bytes:
    """The token with ``change`` made to its statement, or to what its service signs of itself, and signed again by it.

    Which of the two is changed follows from the bytes alone. What makes no DER is given as it is.
    """
    signed_data = asn1_cms.ContentInfo.load(token)["content"]
    info: bytes = signed_data["encap_content_info"]["content"].contents
    signer = signed_data["signer_infos"][0]
    new = change(info)
    attributes = b"".join(
        forging.message_digest(new) if item["type"].native == "message_digest" else item.dump()
        for item in signer["signed_attrs"]
    )
    if len(new) % 2:
        new, attributes = info, change(b"".join(item.dump() for item in signer["signed_attrs"]))
    value = tsa.sign(der.tlv(der.SET, attributes))
    made = signer.dump()
    for old, replaced in (
        (signer["signed_attrs"].dump(), der.tlv(0xA0, attributes)),
        (signer["signature"].dump(), der.tlv(der.OCTET_STRING, value)),
    ):
        made = _again(made, made.rindex(old), len(old), replaced)
    whole = _again(token, token.rindex(signer.dump()), len(signer.dump()), made)
    old = der.tlv(der.OCTET_STRING, info)
    return _again(whole, whole.index(old), len(old), der.tlv(der.OCTET_STRING, new))


def service_off_by(difference: timedelta) -> Tsa:
    made = Tsa()
    made.at += difference
    return made

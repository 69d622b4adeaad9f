"""A timestamp token is asked for its own signature, by a service that signed which certificate is its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from intake.domain.base.reasons import Reason
from intake.trust import algorithms, der, refusals, timestamps
from intake.trust.certificates import Certificate
from tests import people
from tests.trust import forging

SERVICE = people.person("bob").key
OTHER = people.person("ada").key
OVER = b"the value of a signature"
_SHA1_NAMES = der.oid("1.2.840.113549.1.9.16.2.12")


def statement(over: bytes = OVER, at: bytes = b"20261122100005Z", *more: bytes, version: int = 1) -> bytes:
    imprint = der.tlv(der.SEQUENCE, forging.SHA256, der.tlv(der.OCTET_STRING, hashlib.sha256(over).digest()))
    return der.tlv(
        der.SEQUENCE, der.tlv(der.INTEGER, bytes([version])), der.oid("1.2.3.4"), imprint, der.tlv(der.INTEGER, b"\x07"),
        der.tlv(der.GENERALIZED_TIME, at), *more,
    )  # fmt: skip


def attributes(said: bytes, names: bytes | None = None, content: bytes = forging.TST_INFO) -> list[bytes]:
    named = forging.signing_certificate(SERVICE.certificate) if names is None else names
    return [forging.content_type(content), forging.message_digest(said), *([named] if named else [])]


def token(
    said: bytes = statement(),
    *,
    version: int = 3,
    carried: bytes | None = None,
    signed: list[bytes] | None = None,
    unsigned: bytes = b"",
    signers: int = 1,
    content: bytes = forging.TST_INFO,
    change: Callable[[bytes], bytes] = bytes,
) -> bytes:
    made = der.set_of(*(attributes(said) if signed is None else signed))
    certificate: Certificate = SERVICE.certificate
    value = change(SERVICE.sign(made))
    info = der.tlv(
        der.SEQUENCE, b"\x02\x01\x01", der.tlv(der.SEQUENCE, certificate.sid), forging.SHA256, b"\xa0" + made[1:],
        algorithms.signature_identifier(SERVICE.family, SERVICE.digest), der.tlv(der.OCTET_STRING, value), unsigned,
    )  # fmt: skip
    inside = der.tlv(
        der.SEQUENCE,
        der.tlv(der.INTEGER, bytes([version])),
        der.tlv(der.SET, forging.SHA256),
        der.tlv(der.SEQUENCE, content, der.tlv(0xA0, der.tlv(der.OCTET_STRING, said))),
        der.tlv(0xA0, certificate.der if carried is None else carried) if carried != b"" else b"",
        der.tlv(der.SET, *[info] * signers),
    )
    return der.tlv(der.SEQUENCE, forging.SIGNED_DATA, der.tlv(0xA0, inside))


def names(form: bytes, *parts: bytes) -> bytes:
    return forging.attribute(form, der.tlv(der.SEQUENCE, der.tlv(der.SEQUENCE, der.tlv(der.SEQUENCE, *parts))))


def older(certificate_der: bytes = SERVICE.certificate_der) -> bytes:
    digest = hashlib.sha1(certificate_der, usedforsecurity=False).digest()
    return names(_SHA1_NAMES, der.tlv(der.OCTET_STRING, digest))


@pytest.mark.parametrize(
    "made",
    [
        token(),
        token(signed=attributes(statement(), older())),
        token(signed=[*attributes(statement()), older()]),
        token(carried=SERVICE.certificate_der + OTHER.certificate_der),
        token(said := statement(OVER, b"20261122100005.25Z", b"\x30\x00", b"\x01\x01\xff", b"\x02\x01\x05"), signed=attributes(said)),
    ],
    ids=["plain", "older form", "both forms", "with an issuer", "with all that may follow"],
)  # fmt: skip
def test_what_services_send_is_read(made: bytes) -> None:
    assert timestamps.check(made, over=OVER).at.year == 2026


def test_either_value_that_fits_counts_in_a_token() -> None:
    """This program's own keys give the smaller one, services give both."""
    assert timestamps.check(token(change=forging.other_signature), over=OVER).at.year == 2026


Made = Callable[[], bytes]


@pytest.mark.attack("a timestamp that its service did not sign as one", refusal="BadTimestamp, with what is wrong")
@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: token(change=lambda value: value[:-1] + bytes([value[-1] ^ 1])), "StampBroken"),
        (lambda: token(signed=attributes(b"another statement")), "StampBroken"),
        (lambda: token(carried=b""), "StampWithoutCertificate"),
        (lambda: token(carried=OTHER.certificate_der), "StampWithoutCertificate"),
        (lambda: token(carried=SERVICE.certificate_der * 2), "StampOddCertificate"),
        (lambda: token(carried=SERVICE.certificate_der + b"\x30\x00"), "StampOddCertificate"),
        (lambda: token(signed=attributes(statement(), b"")), "StampOddAttributes"),
        (lambda: token(signed=attributes(statement(), forging.signing_certificate(OTHER.certificate))), "StampOddAttributes"),
        (lambda: token(signed=attributes(statement(), older(OTHER.certificate_der))), "StampOddAttributes"),
        (lambda: token(signed=attributes(statement(), content=forging.DATA)), "StampOddAttributes"),
        (lambda: token(signed=attributes(statement())[:1]), "StampOddAttributes"),
        (lambda: token(signed=attributes(statement()) * 2), "StampOddAttributes"),
        (lambda: token(unsigned=der.tlv(0xA1, older())), "StampOddAttributes"),
        (lambda: token(signers=2), "PartHoldsMore"),
        (lambda: token(version=1), "PartItsVersion"),
        (lambda: token(content=forging.DATA), "StampWithoutTime"),
        (lambda: token(said := statement(version=2), signed=attributes(said)), "PartItsVersion"),
        (lambda: token(said := statement(b"other"), signed=attributes(said)), "StampCoversOther"),
        (lambda: token(said := statement(OVER, b"00011122100005Z"), signed=attributes(said)), "StampTimeNotInForm"),
        (lambda: token(said := statement(OVER, b"2026112210000Z"), signed=attributes(said)), "StampTimeNotInForm"),
        (lambda: token(said := statement(OVER, b"20261122100005Z", b"\x02\x01\x05", b"\x30\x00"), signed=attributes(said)), "PartHoldsMore"),
    ],
)  # fmt: skip
def test_what_no_service_signed_as_a_timestamp_is_refused(made: Made, code: str) -> None:
    with pytest.raises(refusals.BadTimestamp) as refused:
        timestamps.check(made(), over=OVER)

    detail = refused.value.facts["detail"]
    assert isinstance(detail, Reason)
    assert detail.code == code

"""Timestamp tokens (RFC 3161) as far as a signature needs them: that a token covers this signature, and its time.

Whether the token's own signature and its service are to be trusted is judged in ``intake.records`` with the policy of
the verifier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from intake.domain.acts.envelope import TIME_NOT_IN_CALENDAR
from intake.domain.base.wording import Wording
from intake.trust import algorithms, der, refusals
from intake.trust.certificates import SIZE_OVER_LIMIT
from intake.trust.parts import (
    ITS_CONTENT,
    ITS_DIGEST,
    ITS_DIGEST_ALGORITHM,
    ITS_DIGESTS,
    ITS_IMPRINT,
    ITS_POLICY,
    ITS_SERIAL_NUMBER,
    ITS_SIGNED_DATA,
    ITS_TIME,
    ITS_VERSION,
    THE_STATEMENT,
    THE_TOKEN,
)

_IN_THE_TIMESTAMP = Wording("DigestInTimestamp", "in the timestamp")
_STAMP_COVERS_OTHER = Wording("StampCoversOther", "it covers something else")
_STAMP_NOT_SIGNED = Wording("StampNotSigned", "it is not a signed token")
_STAMP_WITHOUT_TIME = Wording("StampWithoutTime", "it does not state a time")
_STAMP_TIME_NOT_IN_FORM = Wording("StampTimeNotInForm", "its time is not written in the one exact form")

MAX_BYTES: Final = 48 * 1024
"""The largest token read; real ones have 2 to 8 KiB."""

_SIGNED_DATA: Final = der.oid("1.2.840.113549.1.7.2")
_TST_INFO: Final = der.oid("1.2.840.113549.1.9.16.1.4")
_MOMENT: Final = re.compile(rb"\d{14}(?:\.\d{0,5}[1-9])?Z")


@dataclass(frozen=True, slots=True)
class Timestamp:
    """What a token claims: that something with digest ``imprint`` (by ``digest_algorithm``) existed ``at``."""

    at: datetime
    imprint: bytes
    digest_algorithm: str


def check(token: bytes, *, over: bytes) -> Timestamp:
    """Read ``token`` and see that it covers ``over``, the raw value of a signature.

    Raises BadTimestamp, DigestNotAccepted or a BadEncoding. The token's own signature is not verified.
    """
    size = len(token)
    if size > MAX_BYTES:
        raise refusals.BadTimestamp(detail=SIZE_OVER_LIMIT(bytes=size, limit=MAX_BYTES))
    der.check(token, 0, size)
    try:
        timestamp, digest = _read(token)
    except refusals.UnexpectedStructure as error:
        raise refusals.BadTimestamp(detail=error.facts["detail"]) from None
    if digest.new(over).digest() != timestamp.imprint:
        raise refusals.BadTimestamp(detail=_STAMP_COVERS_OTHER())
    return timestamp


def _read(token: bytes) -> tuple[Timestamp, algorithms.DigestAlgorithm]:
    info = _info(token)
    at, end = der.enter(info, 0, len(info), der.SEQUENCE, THE_STATEMENT)
    der.finish(end, len(info), THE_STATEMENT)
    at = der.enter(info, at, end, der.INTEGER, ITS_VERSION)[1]
    at = der.enter(info, at, end, der.OID, ITS_POLICY)[1]
    at, after = der.enter(info, at, end, der.SEQUENCE, ITS_IMPRINT)
    stop = der.enter(info, at, after, der.SEQUENCE, ITS_DIGEST_ALGORITHM)[1]
    digest = algorithms.DIGESTS.get(info[at:stop])
    if digest is None:
        raise refusals.DigestNotAccepted(oid=_IN_THE_TIMESTAMP())
    start, stop = der.enter(info, stop, after, der.OCTET_STRING, ITS_DIGEST)
    der.finish(stop, after, ITS_IMPRINT)
    at = der.enter(info, after, end, der.INTEGER, ITS_SERIAL_NUMBER)[1]
    at, moment_end = der.enter(info, at, end, der.GENERALIZED_TIME, ITS_TIME)
    return Timestamp(_moment(info[at:moment_end]), info[start:stop], digest.name), digest


def _info(token: bytes) -> bytes:
    """The TSTInfo inside the token's SignedData."""
    size = len(token)
    at, end = der.enter(token, 0, size, der.SEQUENCE, THE_TOKEN)
    der.finish(end, size, THE_TOKEN)
    if not token.startswith(_SIGNED_DATA, at):
        raise refusals.UnexpectedStructure(detail=_STAMP_NOT_SIGNED())
    at, end = der.enter(token, at + len(_SIGNED_DATA), end, 0xA0, ITS_SIGNED_DATA)
    at, end = der.enter(token, at, end, der.SEQUENCE, ITS_SIGNED_DATA)
    at = der.enter(token, at, end, der.INTEGER, ITS_VERSION)[1]
    at = der.enter(token, at, end, der.SET, ITS_DIGESTS)[1]
    at, end = der.enter(token, at, end, der.SEQUENCE, ITS_CONTENT)
    if not token.startswith(_TST_INFO, at):
        raise refusals.UnexpectedStructure(detail=_STAMP_WITHOUT_TIME())
    at, end = der.enter(token, at + len(_TST_INFO), end, 0xA0, ITS_CONTENT)
    start, stop = der.enter(token, at, end, der.OCTET_STRING, ITS_CONTENT)
    return token[start:stop]


def _moment(text: bytes) -> datetime:
    """GeneralizedTime in UTC with optional fractions and no trailing zeros (RFC 3161, section 2.4.2)."""
    if not _MOMENT.fullmatch(text):
        raise refusals.BadTimestamp(detail=_STAMP_TIME_NOT_IN_FORM())
    form = "%Y%m%d%H%M%S.%fZ" if b"." in text else "%Y%m%d%H%M%SZ"
    try:
        return datetime.strptime(text.decode("ascii"), form).replace(tzinfo=UTC)
    except ValueError:
        raise refusals.BadTimestamp(detail=TIME_NOT_IN_CALENDAR()) from None

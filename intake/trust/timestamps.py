"""Timestamp tokens (RFC 3161) as far as a signature needs them: that a token holds, covers this signature, and its time.

Whether its service is to be trusted is judged in ``intake.records`` with the policy of the verifier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from intake.domain.acts.envelope import TIME_NOT_IN_CALENDAR
from intake.domain.base.wording import Wording
from intake.trust import algorithms, der, refusals, tokens
from intake.trust.certificates import SIZE_OVER_LIMIT
from intake.trust.parts import (
    ITS_DIGEST,
    ITS_DIGEST_ALGORITHM,
    ITS_IMPRINT,
    ITS_POLICY,
    ITS_SERIAL_NUMBER,
    ITS_TIME,
    ITS_VERSION,
    THE_STATEMENT,
)
from intake.trust.signed_data import VERSION_1

_IN_THE_TIMESTAMP = Wording("DigestInTimestamp", "in the timestamp")
_STAMP_COVERS_OTHER = Wording("StampCoversOther", "it covers something else")
_STAMP_TIME_NOT_IN_FORM = Wording("StampTimeNotInForm", "its time is not written in the one exact form")

MAX_BYTES: Final = 48 * 1024
"""The largest token read; real ones have 2 to 8 KiB."""

_SERVICE: Final = 0xA0
_EXTENSIONS: Final = 0xA1
_MOMENT: Final = re.compile(rb"(?:19[7-9]\d|[2-8]\d{3})\d{10}(?:\.\d{0,5}[1-9])?Z")
"""Of years that can be reckoned with in every zone."""


@dataclass(frozen=True, slots=True)
class Timestamp:
    """What a token claims: that something with digest ``imprint`` (by ``digest_algorithm``) existed ``at``."""

    at: datetime
    imprint: bytes
    digest_algorithm: str


def check(token: bytes, *, over: bytes) -> Timestamp:
    """Read ``token``, verify its own signature and see that it covers ``over``, the raw value of a signature.

    Raises BadTimestamp, DigestNotAccepted or a BadEncoding.
    """
    size = len(token)
    if size > MAX_BYTES:
        raise refusals.BadTimestamp(detail=SIZE_OVER_LIMIT(bytes=size, limit=MAX_BYTES))
    der.check(token, 0, size)
    try:
        timestamp, digest = _read(tokens.statement(token))
    except refusals.UnexpectedStructure as error:
        raise refusals.BadTimestamp(detail=error.facts["detail"]) from None
    if digest.new(over).digest() != timestamp.imprint:
        raise refusals.BadTimestamp(detail=_STAMP_COVERS_OTHER())
    return timestamp


def _read(info: bytes) -> tuple[Timestamp, algorithms.DigestAlgorithm]:
    der.check(info, 0, len(info))
    at, end = der.enter(info, 0, len(info), der.SEQUENCE, THE_STATEMENT)
    der.finish(end, len(info), THE_STATEMENT)
    if not info.startswith(VERSION_1, at):
        raise refusals.UnexpectedStructure(detail=ITS_VERSION())
    at += len(VERSION_1)
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
    _rest(info, moment_end, end)
    return Timestamp(_moment(info[at:moment_end]), info[start:stop], digest.name), digest


def _rest(info: bytes, at: int, end: int) -> None:
    """What may follow the time, each once and in this order; nothing else does."""
    for tag in (der.SEQUENCE, der.BOOLEAN, der.INTEGER, _SERVICE, _EXTENSIONS):
        if at < end and info[at] == tag:
            at = der.span(info, at, end)[1]
    der.finish(at, end, THE_STATEMENT)


def _moment(text: bytes) -> datetime:
    """GeneralizedTime in UTC with optional fractions and no trailing zeros (RFC 3161, section 2.4.2)."""
    if not _MOMENT.fullmatch(text):
        raise refusals.BadTimestamp(detail=_STAMP_TIME_NOT_IN_FORM())
    form = "%Y%m%d%H%M%S.%fZ" if b"." in text else "%Y%m%d%H%M%SZ"
    try:
        return datetime.strptime(text.decode("ascii"), form).replace(tzinfo=UTC)
    except ValueError:
        raise refusals.BadTimestamp(detail=TIME_NOT_IN_CALENDAR()) from None

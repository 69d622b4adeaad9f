"""Timestamps for a new signature: asking an RFC 3161 service and reading its answer.

A service is anything that takes a request and gives a response, both DER; ``HttpTimestamps`` speaks to one over HTTP
with the standard library. Whether the service is to be trusted is decided when a record is judged, not here.
"""

from __future__ import annotations

import hashlib
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import ClassVar, Protocol
from urllib.parse import urlsplit

from asn1crypto import algos, cms, core, tsp

from intake.domain.base.wording import Wording
from intake.records.refusals import TimestampDenied, TimestampUnreachable, TimestampUnusable
from intake.trust import timestamps as trusted
from intake.trust.refusals import SignatureRefused

_IT_ANSWERS_ANOTHER_REQUEST = Wording("TimestampsItAnswersAnotherRequest", "it answers another request")
_THIS_IS_NOT_A_WEB_ADDRESS = Wording("TimestampsThisIsNotAWebAddress", "this is not a web address")
_IT_IS_TOO_LARGE = Wording("TimestampsItIsTooLarge", "it is too large")
_IT_CANNOT_BE_READ = Wording("TimestampsItCannotBeRead", "it cannot be read ({error})")
_IT_ANSWERED_WITH_STATUS = Wording("TimestampsItAnsweredWithStatus", "it answered with status {status}")

MAX_RESPONSE = trusted.MAX_BYTES + 4096
_GRANTED = {"granted", "granted_with_mods"}


class Response(core.Sequence):  # type: ignore[misc]
    """TimeStampResp (RFC 3161, 2.4.2). asn1crypto's own does not know that a refusal comes without a token."""

    _fields: ClassVar = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


class TimestampService(Protocol):
    """Where timestamps come from. ``url`` names it in sentences."""

    @property
    def url(self) -> str: ...

    def ask(self, request: bytes) -> bytes:
        """Give the TimeStampResp (DER) for a TimeStampReq (DER). Raises a TimestampFailed."""
        ...


class HttpTimestamps:
    """A service at ``url`` (http or https); ``timeout`` is in seconds, for connecting and for each read."""

    def __init__(self, url: str, *, timeout: float = 15.0) -> None:
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            raise TimestampUnreachable(url=url, detail=_THIS_IS_NOT_A_WEB_ADDRESS())
        self._url = url
        self._timeout = timeout

    @property
    def url(self) -> str:
        return self._url

    def ask(self, request: bytes) -> bytes:
        asked = urllib.request.Request(  # noqa: S310 - the scheme was checked
            self._url, data=request, headers={"Content-Type": "application/timestamp-query"}, method="POST"
        )
        try:
            with urllib.request.urlopen(asked, timeout=self._timeout) as answer:  # noqa: S310 - the scheme was checked
                data: bytes = answer.read(MAX_RESPONSE + 1)
        except urllib.error.HTTPError as error:
            # Its body may be a whole page of the service's own; the number says enough.
            error.close()
            raise TimestampDenied(url=self._url, detail=_IT_ANSWERED_WITH_STATUS(status=error.code)) from None
        except (OSError, ValueError) as error:
            raise TimestampUnreachable(url=self._url, detail=_said(error)) from None
        if len(data) > MAX_RESPONSE:
            raise TimestampUnusable(url=self._url, detail=_IT_IS_TOO_LARGE())
        return data


def stamp(
    service: TimestampService, signature: bytes, *, nonce: Callable[[], int] = lambda: secrets.randbits(63)
) -> bytes:
    """A TimeStampToken (DER) over ``signature``, the raw value of a signature.

    Raises a TimestampFailed: unreachable, denied, or an answer that is not a timestamp over this signature.
    """
    number = nonce()
    request = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {
                "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                "hashed_message": hashlib.sha256(signature).digest(),
            },
            "nonce": number,
            "cert_req": True,
        }
    )
    token = _token(service, request.dump(), number)
    try:
        trusted.check(token, over=signature)
    except SignatureRefused as refusal:
        raise TimestampUnusable(url=service.url, detail=refusal.what_happened) from None
    return token


def _token(service: TimestampService, request: bytes, number: int) -> bytes:
    try:
        response = Response.load(service.ask(request), strict=True)
        status = str(response["status"]["status"].native)
        if status not in _GRANTED:
            text = response["status"]["status_string"].native or [status]
            raise TimestampDenied(url=service.url, detail=" ".join(str(part) for part in text)[:200])
        token = response["time_stamp_token"]
        answered = token["content"]["encap_content_info"]["content"].parsed["nonce"].native
        data: bytes = token.dump()
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise TimestampUnusable(url=service.url, detail=_IT_CANNOT_BE_READ(error=_said(error))) from None
    if answered != number:
        raise TimestampUnusable(url=service.url, detail=_IT_ANSWERS_ANOTHER_REQUEST())
    return data


def _said(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return " ".join(str(reason).split())[:200] or type(error).__name__

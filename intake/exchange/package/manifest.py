"""The manifest of a package: who it is for, how much it holds, and how far each stream of the sender reaches.

Canonical JSON ``{format, org, heads{stream: {seq, act}}, counts{act, blob}, made_at}``, signed detached by a callable
handed in. An invitation has ``invitation{return_to}`` too. It lists heads, not contents: acts carry their own signatures, and heads are what shows that something was
left out. Heads grow with the number of cases, so the manifest may be larger than an act.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from intake.domain.acts.envelope import TIME_NOT_IN_FORM, MalformedAct, moment
from intake.domain.base import canonical
from intake.domain.base.canonical import MAX_INTEGER, Json
from intake.domain.base.names import is_id
from intake.domain.base.wording import Wording
from intake.domain.organisation.invitation import Invitation, is_return_to
from intake.exchange.entries import Head
from intake.exchange.package.refusals import BadManifest

_MANIFEST_BEGUN_OTHERWISE = Wording("ManifestBegunOtherwise", "it does not begin as a manifest of this version does")
_MANIFEST_FIELDS_ODD = Wording("ManifestFieldsOdd", "its fields are not the expected ones")
_MANIFEST_ORGANISATION_ODD = Wording("ManifestOrganisationOdd", "its organisation is not an id")
_MANIFEST_HEADS_ODD = Wording("ManifestHeadsOdd", "its heads or counts do not have the right form")
_MANIFEST_STREAM_ODD = Wording("ManifestStreamOdd", "a stream is not written as signer/installation/case")
_MANIFEST_HEAD_ODD = Wording("ManifestHeadOdd", "a head does not have the right form")
_MANIFEST_INVITATION_ODD = Wording(
    "ManifestInvitationOdd", "it does not say in one short line where an enrolment is to be sent"
)
_MANIFEST_NUMBER_ODD = Wording("ManifestNumberOdd", "a number in it is not a whole number in range")

FORMAT: Final = "countersign/package/1"

MAX_MANIFEST: Final = 64 << 20
"""Bytes; enough for the heads of 200,000 streams."""

_LEAST_HEAD: Final = 180
"""Bytes that a head takes at least, with its stream."""
_IN_A_HEAD: Final = 3
"""It opens one object, and has two commas."""
_BESIDE_HEADS: Final = 1000
"""More braces and commas than all else in a manifest has."""

_STREAM = re.compile(r"[0-9a-f]{64}/[0-9a-f]{32}/(?:[0-9a-f]{64})?")


@dataclass(frozen=True, slots=True)
class Manifest:
    """``org`` is the organisation's id or empty before it exists; ``heads`` are by ``stream_name``.

    ``invitation`` is None for a package that invites nobody.
    """

    org: str
    heads: Mapping[str, Head] = field(hash=False)
    acts: int
    blobs: int
    made_at: datetime
    invitation: Invitation | None = None


def stream_name(signer: str, installation: str, case: str) -> str:
    """How a stream (signer, installation, case) is written as a key of heads."""
    return f"{signer}/{installation}/{case}"


def encode(manifest: Manifest) -> bytes:
    """Canonical JSON. Raises BadManifest for a manifest that could not be read back."""
    value: dict[str, Json] = {
        "format": FORMAT,
        "org": manifest.org,
        "heads": {stream: {"seq": head.seq, "act": head.act} for stream, head in manifest.heads.items()},
        "counts": {"act": manifest.acts, "blob": manifest.blobs},
        "made_at": manifest.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if manifest.invitation is not None:
        value["invitation"] = {"return_to": manifest.invitation.return_to}
    # canonical.dump stops at the size of an act. Of keys in ASCII, text and whole numbers this is the same form; decode
    # proves it by reading it back strictly.
    encoded = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    decode(encoded)
    return encoded


def decode(encoded: bytes) -> Manifest:
    """Raises BadManifest with the exact detail."""
    try:
        value = canonical.parse(
            encoded, limit=MAX_MANIFEST, parts=_BESIDE_HEADS + _IN_A_HEAD * (len(encoded) // _LEAST_HEAD)
        )
    except canonical.NotCanonical as error:
        raise BadManifest(detail=error.facts["detail"]) from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BadManifest(detail=_MANIFEST_BEGUN_OTHERWISE())
    if value.keys() - {"invitation"} != {"format", "org", "heads", "counts", "made_at"}:
        raise BadManifest(detail=_MANIFEST_FIELDS_ODD())
    org, heads, counts = value["org"], value["heads"], value["counts"]
    if not isinstance(org, str) or (org and not is_id(org)):
        raise BadManifest(detail=_MANIFEST_ORGANISATION_ODD())
    if not isinstance(heads, dict) or not isinstance(counts, dict) or counts.keys() != {"act", "blob"}:
        raise BadManifest(detail=_MANIFEST_HEADS_ODD())
    try:
        made_at = moment(value["made_at"])
    except MalformedAct:
        raise BadManifest(detail=TIME_NOT_IN_FORM()) from None
    return Manifest(
        org=org,
        heads={stream: _head(stream, head) for stream, head in heads.items()},
        acts=_whole(counts["act"], 0),
        blobs=_whole(counts["blob"], 0),
        made_at=made_at,
        invitation=_invitation(value["invitation"]) if "invitation" in value else None,
    )


def _invitation(value: Json) -> Invitation:
    return_to = value.get("return_to") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(return_to, str) or not is_return_to(return_to):
        raise BadManifest(detail=_MANIFEST_INVITATION_ODD())
    return Invitation(return_to)


def _head(stream: str, value: Json) -> Head:
    if not _STREAM.fullmatch(stream):
        raise BadManifest(detail=_MANIFEST_STREAM_ODD())
    if not isinstance(value, dict) or value.keys() != {"seq", "act"} or not is_id(value["act"]):
        raise BadManifest(detail=_MANIFEST_HEAD_ODD())
    return Head(_whole(value["seq"], 1), str(value["act"]))


def _whole(value: Json, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MAX_INTEGER:
        raise BadManifest(detail=_MANIFEST_NUMBER_ODD())
    return value

"""The manifest of a package: who it is for, how much it holds, and how far each stream of the sender reaches.

Canonical JSON ``{format, org, heads{stream: {seq, act}}, counts{act, blob}, made_at}``, signed detached by a callable
handed in. It lists heads, not contents: acts carry their own signatures, and heads are what shows that something was
left out. Heads grow with the number of cases, so the manifest may be larger than an act.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from intake.domain.acts.envelope import MalformedAct, moment
from intake.domain.base import canonical
from intake.domain.base.canonical import MAX_INTEGER, Json
from intake.domain.base.names import is_id
from intake.exchange.entries import Head
from intake.exchange.package.refusals import BadManifest

FORMAT: Final = "countersign/package/1"

MAX_MANIFEST: Final = 64 << 20
"""Bytes; enough for the heads of 200,000 streams."""

_STREAM = re.compile(r"[0-9a-f]{64}/[0-9a-f]{32}/(?:[0-9a-f]{64})?")


@dataclass(frozen=True, slots=True)
class Manifest:
    """``org`` is the organisation's id or empty before it exists; ``heads`` are by ``stream_name``."""

    org: str
    heads: Mapping[str, Head] = field(hash=False)
    acts: int
    blobs: int
    made_at: datetime


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
    # canonical.dump stops at the size of an act. Everything here is ASCII text and whole numbers, for which this is
    # the same form; decode proves it by reading it back strictly.
    encoded = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    decode(encoded)
    return encoded


def decode(encoded: bytes) -> Manifest:
    """Raises BadManifest with the exact detail."""
    try:
        value = canonical.parse(encoded, limit=MAX_MANIFEST)
    except canonical.NotCanonical as error:
        raise BadManifest(detail=str(error.facts.get("detail", "it is not canonical JSON"))) from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BadManifest(detail="it does not begin as a manifest of this version does")
    if value.keys() != {"format", "org", "heads", "counts", "made_at"}:
        raise BadManifest(detail="its fields are not the expected ones")
    org, heads, counts = value["org"], value["heads"], value["counts"]
    if not isinstance(org, str) or (org and not is_id(org)):
        raise BadManifest(detail="its organisation is not an id")
    if not isinstance(heads, dict) or not isinstance(counts, dict) or counts.keys() != {"act", "blob"}:
        raise BadManifest(detail="its heads or counts do not have the right form")
    try:
        made_at = moment(value["made_at"])
    except MalformedAct:
        raise BadManifest(detail="its time is not written as 2026-11-22T09:30:00Z") from None
    return Manifest(
        org=org,
        heads={stream: _head(stream, head) for stream, head in heads.items()},
        acts=_whole(counts["act"], 0),
        blobs=_whole(counts["blob"], 0),
        made_at=made_at,
    )


def _head(stream: str, value: Json) -> Head:
    if not _STREAM.fullmatch(stream):
        raise BadManifest(detail="a stream is not written as signer/installation/case")
    if not isinstance(value, dict) or value.keys() != {"seq", "act"} or not is_id(value["act"]):
        raise BadManifest(detail="a head does not have the right form")
    return Head(_whole(value["seq"], 1), str(value["act"]))


def _whole(value: Json, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MAX_INTEGER:
        raise BadManifest(detail="a number in it is not a whole number in range")
    return value

"""JSON Schema (draft 2020-12) of acts, for those who read an archive without this program.

Generated from the fields of each kind. A schema refuses less than the program does: that a list is sorted, that a digest is
the right one and that a text is clean are said in words or left to the program.
"""

from __future__ import annotations

import sys
from typing import Any

from intake.domain.acts.envelope import FORMAT, KIND, MAX_AFTER, MAX_APP, MOMENT, STREAM
from intake.domain.acts.kinds.description import ActKind, Place
from intake.domain.acts.kinds.forms import DIGEST, closed
from intake.domain.base.canonical import MAX_INTEGER, Json
from intake.domain.base.names import PERSON

_MAYBE = {"type": "string", "pattern": "^([0-9a-f]{64})?$"}
_NONE = {"const": ""}


def schema(kind: ActKind[Any]) -> dict[str, Json]:
    """The schema of a whole act of this kind: what is signed, as JSON."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Act of kind {kind.name}",
        "description": " ".join((sys.modules[kind.__module__].__doc__ or "").split()),
        **closed({**_ENVELOPE, "kind": {"const": kind.name}, "case": _CASE[kind.place], "body": kind.fields.schema}),
    }


def _text(pattern: str, said: str) -> Json:
    return {"type": "string", "pattern": f"^{pattern}$", "description": said}


_CASE: dict[Place, Json] = {
    Place.ORGANISATION: {**_NONE, "description": "It belongs to the organisation."},
    Place.CASE: {**DIGEST, "description": "The id of the case: that of the revision which opened it."},
    Place.OPENING: {**_MAYBE, "description": "The id of the case; empty in the revision that opens it."},
    Place.EITHER: {**_MAYBE, "description": "The id of the case; empty when it belongs to the organisation."},
}
_ENVELOPE: dict[str, Json] = {
    "format": {"const": FORMAT},
    "org": {**_MAYBE, "description": "The id of the first roster; empty in that itself, and in what came before it."},
    "kind": _text(KIND.pattern, "What the act is."),
    "stream": _text(STREAM.pattern, "The installation that wrote it."),
    "seq": {"type": "integer", "minimum": 1, "maximum": MAX_INTEGER, "description": "Its number in its stream."},
    "prev": {**_MAYBE, "description": "The act before it in its stream."},
    "after": {
        "type": "array", "items": DIGEST, "uniqueItems": True, "maxItems": MAX_AFTER,
        "description": "The newest acts of the case that its signer had seen, sorted.",
    },
    "roster": {**_MAYBE, "description": "The roster version it was written under."},
    "person": _text(PERSON.pattern, "Who signed it, as the roster calls them."),
    "signer": {**DIGEST, "description": "SHA-256 of the certificate (DER) it is signed with."},
    "at": _text(MOMENT.pattern, "What the clock of the signer said, in UTC. It orders nothing."),
    "app": {"type": "string", "maxLength": MAX_APP, "description": "The program that wrote it."},
}  # fmt: skip

"""An act: one signed, immutable event, as it is written inside its signature.

Here is the envelope every act shares and its strict reading. What each kind of act means, and what its body must hold, is
in ``kinds``; whether an act is rightly signed is decided in ``intake.trust``; whether it counts is decided in the fold.

Three names are told apart everywhere: the **act id** is the SHA-256 of the JSON and is what acts call each other by;
the **blob id** is the SHA-256 of the signed file and is what files are called; the **case id** is the act id of the
first revision, where the ``case`` field is still empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.names import ID, PERSON, is_id
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording

NOT_BEGUN_AS_ACT = Wording("NotBegunAsAct", "its content does not begin as an act does")
_ACT_FIELDS_ODD = Wording("ActFieldsOdd", "its fields are not the expected ones ({fields})")
_BODY_NOT_AN_OBJECT = Wording("BodyNotAnObject", "its body is not an object")
_SEQUENCE_NOT_POSITIVE = Wording("SequenceNotPositive", "its sequence number is not a positive whole number")
TIME_NOT_IN_FORM = Wording("TimeNotInForm", "its time is not written as 2026-11-22T09:30:00Z")
_FIELD_OF_ODD_FORM = Wording("FieldOfOddForm", "its field “{field}” does not have the right form")
_AFTER_NOT_IDS = Wording("AfterNotIds", "its list of earlier acts is not a list of act ids")
_AFTER_NOT_SORTED = Wording("AfterNotSorted", "its list of earlier acts is not sorted and free of repeats")
_PROGRAM_NAME_TOO_LONG = Wording("ProgramNameTooLong", "the name of the program that wrote it is too long")
TIME_NOT_IN_CALENDAR = Wording("TimeNotInCalendar", "its time does not exist in the calendar")

FORMAT = "countersign/act/1"
MAX_AFTER = 1000
MAX_APP = 80

STREAM = re.compile(r"[0-9a-f]{32}")
KIND = re.compile(r"[a-z][a-z0-9-]{0,39}")
# Not ``\d``: that takes the digits of every script, and would let one moment be written in many ways.
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")

_KEYS = frozenset(
    "format org kind case stream seq prev after roster person signer at app body".split(),
)


class MalformedAct(Refusal):
    what = "This file is not a Countersign act: {detail}."
    why = "Only the exact form is read, so that every program understands the same thing."
    next = "It is kept in quarantine. Ask the sender to export it again."


class NotAnAct(MalformedAct):
    what = "This is signed, but it is not a Countersign act: {detail}."
    why = "A signature over something else, such as an e-mail or a PDF, must never pass as a decision."


OPENING = "revision"
"""The kind that may come without a case: it opens one, which then has its id."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file an act carries: its bytes travel as a blob named by ``sha256``; ``size`` is in bytes."""

    sha256: str
    size: int
    media_type: str
    name: str

    def as_json(self) -> dict[str, Json]:
        return {"sha256": self.sha256, "size": self.size, "media_type": self.media_type, "name": self.name}


@dataclass(frozen=True, slots=True)
class Act:
    """The envelope. ``id`` is the SHA-256 of the canonical JSON of all other fields.

    ``kind`` is plain text because unknown kinds are kept. ``stream`` names the installation; a stream proper is
    (signer, stream, case). ``signer`` is the SHA-256 of the signing certificate. ``at`` is what the signer's clock
    said: it is shown, and it orders nothing (rule R7).
    """

    id: str
    org: str
    kind: str
    case: str
    stream: str
    seq: int
    prev: str
    after: tuple[str, ...]
    roster: str
    person: str
    signer: str
    at: datetime
    app: str
    body: Mapping[str, Json] = field(hash=False)
    readings: dict[tuple[int, int], tuple[object, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What ``kinds`` made of the body. It never changes, and a case is folded again after each of its acts."""

    @property
    def case_id(self) -> str:
        """The case this act belongs to: a first revision opens its own. Empty for acts of the organisation."""
        if self.case:
            return self.case
        return self.id if self.kind == OPENING else ""

    @property
    def stream_key(self) -> tuple[str, str, str]:
        """(signer, installation, case). A first revision starts the stream of the case it opens."""
        return (self.signer, self.stream, self.case_id)

    @property
    def names(self) -> frozenset[str]:
        """Act ids the envelope depends on. The body of some kinds names more, see ``ActKinds.named``."""
        return frozenset(name for name in (self.prev, self.roster, *self.after) if name)


def read_envelope(encoded: bytes) -> Act:
    """Read the content of a verified signature. ``kinds.coding.decode`` also asks whether its kind belongs where it is.

    Raises NotAnAct, MalformedAct or canonical.NotCanonical.
    """
    value = canonical.parse(encoded)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise NotAnAct(detail=NOT_BEGUN_AS_ACT())
    if value.keys() != _KEYS:
        odd = sorted(value.keys() ^ _KEYS)
        raise MalformedAct(detail=_ACT_FIELDS_ODD(fields=", ".join(odd)[:80]))
    body = value["body"]
    seq = value["seq"]
    if not isinstance(body, dict):
        raise MalformedAct(detail=_BODY_NOT_AN_OBJECT())
    if not isinstance(seq, int) or isinstance(seq, bool) or seq < 1:
        raise MalformedAct(detail=_SEQUENCE_NOT_POSITIVE())
    return Act(
        id=canonical.sha256(encoded),
        org=_text(value, "org", ID, empty=True),
        kind=_text(value, "kind", KIND),
        case=_text(value, "case", ID, empty=True),
        stream=_text(value, "stream", STREAM),
        seq=seq,
        prev=_text(value, "prev", ID, empty=True),
        after=_after(value["after"]),
        roster=_text(value, "roster", ID, empty=True),
        person=_text(value, "person", PERSON),
        signer=_text(value, "signer", ID),
        at=moment(value["at"]),
        app=_app(value["app"]),
        body=body,
    )


def moment(value: Json) -> datetime:
    """Read a moment in UTC with seconds, ``2026-11-22T09:30:00Z``."""
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise MalformedAct(detail=TIME_NOT_IN_FORM())
    try:
        # The form is checked above, and this reads it ten times faster than strptime does.
        return datetime.fromisoformat(value)
    except ValueError:
        raise MalformedAct(detail=TIME_NOT_IN_CALENDAR()) from None


def _text(value: Mapping[str, Json], key: str, form: re.Pattern[str], *, empty: bool = False) -> str:
    found = value[key]
    if not isinstance(found, str) or not (form.fullmatch(found) or (empty and not found)):
        raise MalformedAct(detail=_FIELD_OF_ODD_FORM(field=key))
    return found


def _after(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(is_id(item) for item in value) or len(value) > MAX_AFTER:
        raise MalformedAct(detail=_AFTER_NOT_IDS())
    names = tuple(str(item) for item in value)
    if list(names) != sorted(set(names)):
        raise MalformedAct(detail=_AFTER_NOT_SORTED())
    return names


def _app(value: Json) -> str:
    if not isinstance(value, str) or len(value) > MAX_APP:
        raise MalformedAct(detail=_PROGRAM_NAME_TOO_LONG())
    return value

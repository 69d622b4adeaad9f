"""What a kind of act is: where it belongs, what it holds, who may sign it, and what it does.

One module describes one kind; the fold, the register and the checks ask the description, and know no kind by its name
unless what they compute is about that kind alone.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import StrEnum
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from intake.domain.acts.envelope import Act, Attachment, MalformedAct
from intake.domain.acts.kinds.fields import Fields
from intake.domain.base.canonical import Json
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.terms.boundaries import FieldTables
from intake.domain.terms.field_tables import FIELD_TABLES

_ACT_NAMES_CASE = Wording("ActNamesCase", "an act of kind {kind} belongs to the organisation and names no case")
_ACT_NAMES_NO_CASE = Wording("ActNamesNoCase", "an act of kind {kind} must name its case")
_FIRST_REVISION_NOT_FIRST = Wording(
    "FirstRevisionNotFirst", "a first revision starts its stream, so it has number 1 and no predecessor"
)

NOTE = "note-"


class Place(StrEnum):
    """What acts of a kind belong to."""

    ORGANISATION = "organisation"
    CASE = "case"
    OPENING = "opening"
    """A case: the one it opens when it names none, or else the one it names."""
    EITHER = "either"
    """The case it names, or the organisation when it names none."""


class Effect(StrEnum):
    """What an act of a kind may do to what it belongs to."""

    NONE = "none"
    """It is read by people; nothing is computed from it."""
    REVISES = "revises"
    SPEAKS = "speaks"
    CLOSES = "closes"
    HOLDS = "holds"
    """It stops what was decided, until both offices lift it."""
    RELEASES = "releases"
    """It lets go what holds, as far as it is for one office to do."""
    MEETS = "meets"
    """It says of a commitment that it is met, or what an office makes of that."""
    MEASURES = "measures"
    """It says how large what was granted has become."""
    ACCEPTS = "accepts"
    """It brings in force what both offices decided otherwise than was filed."""
    ANSWERS = "answers"
    """It asks both offices for another word on what they decided."""
    PASSES = "passes"
    """It gives the case to another owner, or accepts it."""
    SEALS = "seals"
    RULES = "rules"
    """It says who may do what, or up to where that is believed."""
    PROVES = "proves"
    """It proves a key, or what its signer has read."""


class Signers(StrEnum):
    """Whom the roster must list for an act of a kind to count."""

    ANYBODY = "anybody"
    OFFICE = "office"
    """Who holds the office its body names."""
    OWN_CASE = "own-case"
    """The owner or submitter of the case, or a successor listed for it."""
    OWNER = "owner"
    """The same without the submitter: who answers for the case."""
    HANDING = "handing"
    """Who answers for the case, or an administrator, as the body says."""


class Office(StrEnum):
    CIO = "cio"
    CISO = "ciso"

    @property
    def other(self) -> Office:
        return Office.CISO if self is Office.CIO else Office.CIO

    @property
    def label(self) -> str:
        return self.value.upper()


class Body(Protocol):
    """What one act says, as its kind reads it."""

    def as_json(self) -> dict[str, Json]: ...


B = TypeVar("B", bound=Body)


class ActKind(ABC, Generic[B]):
    """One kind. A subclass says what it is in the attributes, and answers for a body what differs from body to body."""

    name: ClassVar[str]
    called: ClassVar[Reason]
    """What people call an act of this kind, as the title of a line."""
    place: ClassVar[Place] = Place.CASE
    effect: ClassVar[Effect] = Effect.NONE
    signers: ClassVar[Signers] = Signers.ANYBODY
    under_roster: ClassVar[bool] = True
    """Whether it names the roster in force. Where it does not, the rosters that its reader has tell whether it counts."""
    before_organisation: ClassVar[bool] = False
    """Whether it may come before there is an organisation it could name."""
    moves: ClassVar[bool] = True
    """Whether signing it rests on the newest acts of its case; what does not may be signed beside something new."""
    independent: ClassVar[bool] = False
    """Whether it counts only by who has no part in what its case came to by then. Of an approval its own rule tells."""
    fields: ClassVar[Fields]

    @abstractmethod
    def make(self, act: Act, values: dict[str, Any]) -> B:
        """The body of ``act``, whose fields hold ``values``. Raises MalformedAct when they contradict each other."""

    def read(self, act: Act, tables: FieldTables = FIELD_TABLES) -> B:
        """The body of an act of this kind; ``tables`` are what terms can be read by. Raises MalformedAct or its kin."""
        return self.make(act, self.fields.read(act, tables))

    def objects(self, _body: B) -> bool:
        """Whether it leans to caution: then it needs nothing but its signature and its right, and counts at once."""
        return False

    def office(self, _body: B) -> Office | None:
        """For which office it speaks."""
        return None

    def attached(self, _body: B) -> tuple[Attachment, ...]:
        """The files it carries. Without them it does not count, unless it objects."""
        return ()

    def files(self, body: B) -> frozenset[str]:
        """SHA-256 of every file without which it does not count, unless it objects."""
        attached = self.attached(body)
        return frozenset(item.sha256 for item in attached) if attached else frozenset()

    def carried(self, _act: Act, body: Callable[[], B]) -> frozenset[str]:
        """SHA-256 of every file that travels with an act; ``body`` reads it, and raises as ``read``."""
        return self.files(body())

    def named(self, _body: B) -> frozenset[str]:
        """Ids of the acts it depends on beside those of its envelope."""
        return frozenset()

    def searched(self, _body: B) -> str:
        """What of it search reads."""
        return ""


def misplaced(kind: ActKind[Any], act: Act) -> MalformedAct | None:
    """Why an act of this kind cannot be where it is."""
    if kind.place is Place.ORGANISATION:
        if act.case:
            return MalformedAct(detail=_ACT_NAMES_CASE(kind=act.kind))
    elif kind.place is Place.CASE and not act.case:
        return MalformedAct(detail=_ACT_NAMES_NO_CASE(kind=act.kind))
    elif kind.place is Place.OPENING and not act.case and (act.seq != 1 or act.prev):
        return MalformedAct(detail=_FIRST_REVISION_NOT_FIRST())
    return None


def is_note(kind: str) -> bool:
    """Whether acts of this kind never do anything, known here or not.

    Nothing whose kind begins so does anything to its case or organisation, in this version or any later one: it is kept,
    passed on and shown. That is why a program that does not know it need not stop.
    """
    return kind.startswith(NOTE)

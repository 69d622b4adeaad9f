"""What a record says, before any page exists: a small tree of plain text.

Everything here is text as people wrote it. Nothing is markup, and nothing downstream parses it as markup: the layout
draws characters, so ``<img>`` or ``javascript:`` in an answer is printed as it is. The text must be storable
(``canonical.clean``); text that is not is refused when the twin is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, Wording
from intake.domain.organisation.paper import Paper

_IT_IS_NOT_THE_DATA_OF = Wording("ContentItIsNotTheDataOfARecord", "it is not the data of a record")

TWIN_FORMAT = "countersign/record/1"
TWIN_NAME = "decision-record.json"


class RecordKind(StrEnum):
    DECISION = "decision"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    NOTICE = "notice"
    """Of an act that changes what another record says."""


class SignatureField(StrEnum):
    """Who signs; the value is the name of the signature field in the PDF.

    A decision has both offices. A declined use case has the office that declined, a withdrawn one the person who withdrew it.
    """

    CIO = "CIO"
    CISO = "CISO"
    OWNER = "OWNER"

    @property
    def named(self) -> Reason:
        """Whose signature it is, as a verdict says it; what a record itself says is for its edition."""
        return _OFFICES[self.value]()


_CIO = Caption("OfficeOfCio", "Chief Information Officer")
_CISO = Caption("OfficeOfCiso", "Chief Information Security Officer")
_OWNER = Caption("OwnerOfUseCase", "Owner of the use case")
_OFFICES = {"CIO": _CIO, "CISO": _CISO, "OWNER": _OWNER}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Facts as (label, value) rows. Of ``many`` those that are short come first, two beside each other."""

    rows: tuple[tuple[str, str], ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Rows of text under ``header``; without one the first cell of each row heads it. ``widths`` are relative and may be empty for
    equal columns.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two positions side by side; rows are (label, left, right) and rows that differ are marked in words and tint."""

    label: str
    left: str
    right: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PrintedNotice:
    """Something the reader must not miss."""

    text: str


Block: TypeAlias = Heading | Paragraph | Bullets | KeyValues | PrintedTable | Comparison | PrintedNotice


@dataclass(frozen=True, slots=True)
class RecordSection:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PrintedDigest:
    """A SHA-256 the record rests on, such as ("Terms", 64 hexadecimal digits)."""

    label: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordContent:
    """Everything a base is made from; equal content gives equal bytes.

    ``organisation`` is the organisation id and ``organisation_words`` the same id as words to compare by voice.
    ``dated`` is when the revision was signed, the only time in the base, ``paper`` what its pages are laid out for. ``summary`` is on the first page above
    the signatures, ``sections`` follow from the second page. ``facts`` is what programs read from the twin.
    """

    kind: RecordKind
    reference: str
    title: str
    subtitle: str
    organisation: str
    organisation_name: str
    organisation_words: str
    dated: datetime
    digests: tuple[PrintedDigest, ...]
    summary: tuple[Block, ...]
    sections: tuple[RecordSection, ...]
    facts: Mapping[str, Json] = field(default_factory=dict, hash=False)
    signers: tuple[SignatureField, ...] = (SignatureField.CIO, SignatureField.CISO)
    paper: Paper = Paper.A4

    def __post_init__(self) -> None:
        if not self.signers or len(set(self.signers)) != len(self.signers) or len(self.signers) > 2:
            raise ValueError(f"a record has one or two different signature fields, not {self.signers}")
        if self.kind is RecordKind.DECISION and set(self.signers) != {SignatureField.CIO, SignatureField.CISO}:
            raise ValueError("a decision is signed by both offices")
        if self.dated.tzinfo is None:
            raise ValueError("the date of a record needs a time zone")


def read_twin(data: bytes) -> dict[str, Json]:
    """What a twin says. Raises canonical.NotCanonical for anything but the one spelling it is written in."""
    found = canonical.parse(data)
    if not isinstance(found, dict) or found.get("format") != TWIN_FORMAT:
        raise canonical.NotCanonical(detail=_IT_IS_NOT_THE_DATA_OF())
    return found

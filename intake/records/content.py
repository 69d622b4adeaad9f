"""What a record says, before any page exists: a small tree of plain text, and its machine-readable twin.

Everything here is text as people wrote it. Nothing is markup, and nothing downstream parses it as markup: the layout
draws characters, so ``<img>`` or ``javascript:`` in an answer is printed as it stands. The text must be storable
(``canonical.clean``); text that is not is refused when the twin is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeAlias

from intake.domain import canonical
from intake.domain.canonical import Json

TWIN_FORMAT = "countersign/record/1"
TWIN_NAME = "decision-record.json"


class RecordKind(StrEnum):
    DECISION = "decision"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SignatureField(StrEnum):
    """Who signs; the value is the name of the signature field in the PDF.

    A decision has both offices. A declined use case has the office that declined, a withdrawn one whoever withdrew it.
    """

    CIO = "CIO"
    CISO = "CISO"
    OWNER = "OWNER"


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
    """Facts as (label, value) rows."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under ``header``. ``widths`` are relative and may be empty for equal columns."""

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
class Notice:
    """Something the reader must not miss."""

    text: str


Block: TypeAlias = Heading | Paragraph | Bullets | KeyValues | Table | Comparison | Notice


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A SHA-256 the record stands on, such as ("Terms", 64 hexadecimal digits)."""

    label: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordContent:
    """Everything a base is made from; equal content gives equal bytes.

    ``organisation`` is the organisation id and ``organisation_words`` the same id as words to compare by voice.
    ``dated`` is when the revision was signed, the only time in the base. ``summary`` stands on the first page above
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
    digests: tuple[Digest, ...]
    summary: tuple[Block, ...]
    sections: tuple[Section, ...]
    facts: Mapping[str, Json] = field(default_factory=dict, hash=False)
    signers: tuple[SignatureField, ...] = (SignatureField.CIO, SignatureField.CISO)
    language: str = "en-GB"

    def __post_init__(self) -> None:
        if not self.signers or len(set(self.signers)) != len(self.signers) or len(self.signers) > 2:
            raise ValueError(f"a record has one or two different signature fields, not {self.signers}")
        if self.kind is RecordKind.DECISION and set(self.signers) != {SignatureField.CIO, SignatureField.CISO}:
            raise ValueError("a decision is signed by both offices")
        if self.dated.tzinfo is None:
            raise ValueError("the date of a record needs a time zone")


def twin(content: RecordContent, made_with: Mapping[str, str]) -> bytes:
    """The machine-readable twin: canonical JSON of the whole content and of what made the pages.

    ``made_with`` names layout and libraries with their versions. Raises canonical.NotCanonical for text that has no
    one form, such as a direction override, and canonical.TooLarge beyond 1 MiB.
    """
    return canonical.dump(
        {
            "format": TWIN_FORMAT,
            "kind": content.kind.value,
            "reference": content.reference,
            "title": content.title,
            "subtitle": content.subtitle,
            "language": content.language,
            "organisation": content.organisation,
            "organisation_name": content.organisation_name,
            "organisation_words": content.organisation_words,
            "dated": content.dated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "digests": [[item.label, item.sha256] for item in content.digests],
            "signers": [name.value for name in content.signers],
            "summary": _blocks(content.summary),
            "sections": [{"title": part.title, "blocks": _blocks(part.blocks)} for part in content.sections],
            "facts": content.facts,
            "made_with": dict(made_with),
        }
    )


def read_twin(data: bytes) -> dict[str, Json]:
    """What a twin says. Raises canonical.NotCanonical for anything but the one spelling it is written in."""
    found = canonical.parse(data)
    if not isinstance(found, dict) or found.get("format") != TWIN_FORMAT:
        raise canonical.NotCanonical(detail="it is not the data of a record")
    return found


def _blocks(blocks: Sequence[Block]) -> list[Json]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> Json:
    match block:
        case Heading(text) | Paragraph(text) | Notice(text):
            return {"type": type(block).__name__.lower(), "text": text}
        case Bullets(items):
            return {"type": "bullets", "items": list(items)}
        case KeyValues(rows):
            return {"type": "facts", "rows": [list(row) for row in rows]}
        case Table(header, table_rows, _):
            return {"type": "table", "header": list(header), "rows": [list(row) for row in table_rows]}
        case Comparison(label, left, right, pairs):
            return {"type": "comparison", "header": [label, left, right], "rows": [list(row) for row in pairs]}

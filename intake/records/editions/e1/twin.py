"""The machine-readable twin of a record of this edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC

from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.records.content import (
    TWIN_FORMAT,
    Block,
    Bullets,
    Comparison,
    Heading,
    KeyValues,
    Paragraph,
    PrintedNotice,
    PrintedTable,
    RecordContent,
)
from intake.records.editions.e1 import wording


def twin(content: RecordContent, *, edition: int, made_with: Mapping[str, str]) -> bytes:
    """The machine-readable twin: canonical JSON of the whole content, and of what made the pages.

    ``made_with`` names libraries with their versions. Raises canonical.NotCanonical for text that has no
    one form, such as a direction override, and canonical.TooLarge beyond 1 MiB.
    """
    return canonical.dump(
        {
            "format": TWIN_FORMAT,
            "edition": edition,
            "kind": content.kind.value,
            "reference": content.reference,
            "title": content.title,
            "subtitle": content.subtitle,
            "language": wording.LANGUAGE,
            "paper": content.paper.value,
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


def _blocks(blocks: Sequence[Block]) -> list[Json]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> Json:
    match block:
        case Heading(text):
            return {"type": "heading", "text": text}
        case Paragraph(text):
            return {"type": "paragraph", "text": text}
        case PrintedNotice(text):
            return {"type": "notice", "text": text}
        case Bullets(items):
            return {"type": "bullets", "items": list(items)}
        case KeyValues(rows):
            return {"type": "facts", "rows": [list(row) for row in rows]}
        case PrintedTable(header, table_rows, _):
            return {"type": "table", "header": list(header), "rows": [list(row) for row in table_rows]}
        case Comparison(label, left, right, pairs):
            return {"type": "comparison", "header": [label, left, right], "rows": [list(row) for row in pairs]}

"""The signing sheet of several use cases: of each the rows that its own sheet would have, and what is left out, with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from intake.domain.base.directions import isolated
from intake.domain.base.wording import shown
from intake.domain.case.one_page import DecisionRow, RowTopic
from ui.several.work import SortedOut
from ui.texts import Texts
from ui.widgets.signing_sheet import SignedLine, Subject
from ui.words.ring import Half, RingState

_OF_EACH = (
    RowTopic.CASE,
    RowTopic.AGAINST_OTHER,
    RowTopic.AGAINST_OWN,
    RowTopic.AGAINST_ASKED,
    RowTopic.GRANTED,
    RowTopic.BOUNDARIES,
    RowTopic.CONDITIONS,
    RowTopic.WHAT,
    RowTopic.RISK,
    RowTopic.OPEN,
)
_COMPARED = (RowTopic.AGAINST_OTHER, RowTopic.AGAINST_OWN, RowTopic.AGAINST_ASKED)


def several(found: SortedOut) -> Subject:
    """There is at least one use case that can be signed."""
    ready, apart = found.sheet.ready, found.sheet.apart
    count = len(ready)
    left_out = SeveralTexts.tr("Not signed here, and why")
    return Subject(
        title=SeveralTexts.tr("Approve the matching terms of %Ln use cases", "", count),
        consequence=SeveralTexts.tr(
            "%Ln use cases are decided by it: of each, the other office has signed these very terms.", "", count
        ),
        signer=found.name,
        fingerprint=found.fingerprint,
        lines=tuple(line for prepared in ready for line in _of_one(prepared.rows, prepared.consequence)),
        button=SeveralTexts.tr("Sign and approve %Ln", "", count),
        attestations=found.attestations,
        ring_after=RingState(Half.FILLED, Half.FILLED),
        warnings=(
            SeveralTexts.tr("%Ln use cases are not signed by it: they are named at the end, with why.", "", len(apart)),
        )
        if apart
        else (),
        grounds=tuple(
            SignedLine(f"{item.reference} {isolated(item.title)}".strip(), item.sentence, part=left_out)
            for item in apart
        ),
        has_pages=True,
    )


def _of_one(rows: tuple[DecisionRow, ...], consequence: str) -> Iterator[SignedLine]:
    """Under the name of the use case its rows, and last what follows; its digests say whose they are."""
    title = next(shown(row.value) for row in rows if row.topic is RowTopic.CASE and row.key == "title")
    reference = title.split(" ", 1)[0]
    for row in rows:
        label, value = shown(row.label), shown(row.value)
        if row.is_digest:
            yield SignedLine(f"{reference} · {label}", value, is_digest=True)
        elif row.topic in _OF_EACH and row.key != "title":
            name = f"{row.topic.heading}: {label}" if row.topic in _COMPARED else label
            yield SignedLine(name, value, part=title)
    yield SignedLine(SeveralTexts.tr("What follows"), consequence, part=title)


class SeveralTexts(Texts):
    pass

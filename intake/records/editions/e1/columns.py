"""Tables that say a thing once: a column whose value hardly changes is replaced by a sentence above the rows.

A column that says the same in every row tells nothing about any of them, and hides the one that differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from intake.records.content import Block, Paragraph, PrintedTable

MOST = 5
"""So often at most the same is said in a column where rows are told apart by it."""


def table(
    header: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    widths: tuple[int, ...],
    *,
    marks: Collection[str] = (),
) -> tuple[Block, ...]:
    """A table, behind the sentences that replace columns of it. The first column names the row, and always stays.

    In columns named in ``marks`` most rows say the same, and the few others are what a reader looks for: from ``MOST`` times
    on it is said once, and a row that differs says so beside its name.
    """
    said: list[str] = []
    names, left = [row[0] for row in rows], [0]
    for place in range(1, len(header)):
        value, count = Counter(row[place] for row in rows).most_common(1)[0]
        if count == len(rows) and (count > 1 or header[place] in marks):
            said.append(f"{header[place]} of each: {value}.")
        elif header[place] in marks and count > MOST:
            said.append(f"{header[place]} of each: {value}, where its name does not say otherwise.")
            names = [
                name if row[place] == value else f"{name} ({row[place]})" for name, row in zip(names, rows, strict=True)
            ]
        else:
            left.append(place)
    kept = tuple((name, *(row[place] for place in left[1:])) for name, row in zip(names, rows, strict=True))
    made = PrintedTable(tuple(header[place] for place in left), kept, tuple(widths[place] for place in left))
    return (Paragraph(" ".join(said)), made) if said else (made,)

"""Which cases are like a text: a full-text index over what each case is called and what it is for, ranked by BM25.

The index holds words as ``intake.domain.guide.likeness`` folds them, so nothing typed ever becomes syntax. A search is made
for typing: the cost of ranking grows with the number of cases that hold the words, so only the rarest words are asked
for, within a budget, and how rare a word is gets counted no further than that budget.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam

from intake.domain.acts.kinds import REVISION
from intake.domain.case.summary import CaseSummary
from intake.domain.guide.likeness import telling
from intake.register.store import schema
from intake.register.store.database import Database
from intake.register.store.statements import Statement
from intake.register.views import full_text
from intake.register.views.case_rows import CASE_ROWS
from intake.register.views.columns import case_row
from intake.register.views.rows import CaseRow

BUDGET = 1000
"""Rows ranked at most, all words together."""

_LOOKED_UP = 12
_ASKED = 8
_CANDIDATES = 20
_COMPLETIONS = 6
_MEANT = 0.75
"""What a word in the purpose counts, where one in the title counts 1."""

_LEAST = 0.12
"""One rare word in common is chance."""

_TYPING = re.compile(r"[^\W_]{3,}\Z")


@dataclass(frozen=True, slots=True)
class Alike:
    """A case like the text. ``score`` is the share of the text's telling words it has, rare ones and those in its
    title weighing more: 0 to 1.

    ``conditions`` are those of the decision in force.
    """

    row: CaseRow
    conditions: tuple[str, ...]
    score: float


class Likeness:
    def __init__(self, database: Database) -> None:
        self._database = database

    def alike(self, text: str, *, but: str = "", limit: int = 5) -> tuple[Alike, ...]:
        """The cases most like ``text``, at most ``limit``, the most similar first; never the case ``but``.

        Any text will do. One that ends within a word is taken as still being typed.
        """
        with self._database.read() as connection:
            counted = _counted(connection, text)
            weights = _weights(counted)
            chosen = _rarest(counted)
            if chosen:
                found = _ask(connection, full_text.ranked, " OR ", chosen, but)
            else:
                # Thousands of cases hold every word: ranking them all takes long, and the newest are as good.
                common = sorted((word for word in counted if counted[word]), key=len, reverse=True)[:2]
                found = _ask(connection, full_text.newest, " AND ", common, but)
                found = found or _ask(connection, full_text.newest, " OR ", common, but)
        made = [_alike(row, weights) for row in found]
        # Sorting is stable: what scores the same stays in the order of BM25.
        made.sort(key=lambda item: -item.score)
        return tuple(item for item in made if item.score >= _LEAST)[:limit]

    def filed_with(self, sha256: str, *, but: str = "", limit: int = 5) -> tuple[CaseRow, ...]:
        """Cases with a revision that carries this file, newest first; never the case ``but``."""
        with self._database.read() as connection:
            found = _FILED_WITH.run(connection, sha256=sha256, but=but, limit=limit).all()
        return tuple(case_row(row) for row in found)


def write_words(connection: Connection, case_pk: int, summary: CaseSummary | None) -> None:
    """Write what a case is called and is for, as folded words, and the conditions it lives under; None takes it out."""
    becomes = None
    if summary:
        title, purpose = " ".join(telling(summary.title)), " ".join(telling(summary.purpose))
        becomes = (title, purpose, json.dumps(summary.conditions))
    full_text.write_case_words(connection, case_pk, becomes)


def _counted(connection: Connection, text: str) -> dict[str, int]:
    """The telling words of the text and how many cases hold each, counted up to ``BUDGET``.

    Words are looked up from the front, where the title is; a word still being typed counts as its completions.
    """
    found = list(dict.fromkeys(telling(text)))
    counted = {word: full_text.count_word(connection, word, BUDGET) for word in _longest(found)}
    last = found[-1] if found and _TYPING.search(text) else ""
    if counted.get(last) == 0:
        del counted[last]
        for word in full_text.completions(connection, last, _COMPLETIONS):
            counted.setdefault(word, full_text.count_word(connection, word, BUDGET))
    return counted


def _longest(found: list[str]) -> list[str]:
    """The first words as they come, then the longest of the rest: long words are the rarer ones."""
    first, rest = found[: _LOOKED_UP // 2], found[_LOOKED_UP // 2 :]
    return first + sorted(rest, key=len, reverse=True)[: _LOOKED_UP - len(first)]


def _rarest(counted: Mapping[str, int]) -> list[str]:
    """The rarest words that some case holds and whose cases fit into the budget together."""
    chosen: list[str] = []
    rows = 0
    for word in sorted(counted, key=lambda word: (counted[word], word)):
        rows += counted[word]
        if rows >= BUDGET or len(chosen) == _ASKED:
            break
        if counted[word]:
            chosen.append(word)
    return chosen


def _ask(
    connection: Connection,
    question: Callable[[Connection, str, int, str], Sequence[Sequence[object]]],
    joint: str,
    words: list[str],
    but: str,
) -> Sequence[Sequence[object]]:
    if not words:
        return ()
    return question(connection, joint.join(f'"{word}"' for word in words), _CANDIDATES, but)


def _weights(counted: Mapping[str, int]) -> dict[str, float]:
    """Rare words weigh more; a word no case holds makes every case a little less like the text."""
    return {word: math.log(1 + 2 * BUDGET / (count or BUDGET / 4)) for word, count in counted.items()}


def _alike(found: Sequence[object], weights: Mapping[str, float]) -> Alike:
    *columns, title, purpose, conditions = found
    called, meant = set(str(title).split()), set(str(purpose).split())
    found_in = ((weight, 1.0 if word in called else _MEANT * (word in meant)) for word, weight in weights.items())
    share = sum(weight * counts for weight, counts in found_in) / sum(weights.values())
    return Alike(case_row(columns), tuple(json.loads(str(conditions))), round(share, 3))


_FILED_WITH = Statement(
    CASE_ROWS.distinct()
    .join(schema.act, schema.act.c.case_id == schema.use_case.c.case_id)
    .join(schema.act_blob, schema.act_blob.c.act_pk == schema.act.c.pk)
    .where(
        schema.act_blob.c.sha256 == bindparam("sha256"),
        schema.act.c.kind == REVISION.name,
        schema.use_case.c.case_id != bindparam("but"),
    )
    .order_by(schema.case_row.c.newest.desc(), schema.case_row.c.pk.desc())
    .limit(bindparam("limit"))
)

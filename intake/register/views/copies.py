"""Which cases hold the same runs of words as a text, regardless of their subject: where a copied answer may come from.

The index that search reads holds every filed answer with the places of its words, so a few runs of the text, spread over
all of it, are looked up as phrases. Most runs of a copied text survive small edits; how much of it is really found
elsewhere is decided by the caller, who reads the cases (``intake.domain.guide.copied_text``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, bindparam

from intake.domain.base.visible import as_sought
from intake.register.store import schema
from intake.register.store.database import Database
from intake.register.store.statements import Statement
from intake.register.views import full_text
from intake.register.views.case_rows import CASE_ROWS
from intake.register.views.columns import case_row
from intake.register.views.rows import CaseRow

RUN = 5
"""Words of a phrase: fewer are everyday ones."""

_PROBES = 12
"""Phrases looked up for one text."""

_FOUND = 40
"""Cases taken of those that hold a phrase, the newest ones: a phrase of very many cases tells little."""

_COMMON = 2000
"""A phrase whose longest word is in so many cases is looked up only when all are like that."""

_WORD = re.compile(r"[^\W_]+")
_ROW = Statement(
    CASE_ROWS.where(schema.case_row.c.pk == bindparam("pk"), schema.use_case.c.case_id != bindparam("but"))
)


class CopiedText:
    def __init__(self, database: Database) -> None:
        self._database = database

    def sources(self, text: str, *, but: str = "", limit: int = 5) -> tuple[CaseRow, ...]:
        """Cases that hold most of the runs looked up, at most ``limit``, most first; never the case ``but``.

        The cost depends on how many words are looked up and how common they are, not on the length of the text.
        """
        with self._database.read() as connection:
            shared: Counter[int] = Counter()
            for phrase in _telling(connection, _phrases(text)):
                shared.update(full_text.holding(connection, phrase, _FOUND))
            rows = (_ROW.run(connection, pk=pk, but=but).first() for pk, _ in shared.most_common(limit + 1))
            return tuple(case_row(row) for row in rows if row is not None)[:limit]


def _phrases(text: str) -> Iterator[str]:
    """Runs of words as they were written, one from each part of the text: the index folds what it is asked for."""
    words = _WORD.findall(as_sought(text))
    starts = range(len(words) - RUN + 1)
    for part in range(_PROBES):
        some = starts[len(starts) * part // _PROBES : len(starts) * (part + 1) // _PROBES]
        if some:
            # Long words are the rarer ones.
            best = max(some, key=lambda start: sum(map(len, words[start : start + RUN])))
            yield " ".join(words[best : best + RUN])


def _telling(connection: Connection, phrases: Iterator[str]) -> list[str]:
    """The phrases that are not made of common words alone; all of them when none is."""
    every = list(phrases)
    rare = [
        phrase
        for phrase in every
        if full_text.count_holding(connection, max(phrase.split(), key=len), _COMMON) < _COMMON
    ]
    return rare or every

"""The full-text indexes: what is asked of them and written to them.

This is SQL and no expression, because nothing of it is more than SQLite's: FTS5 is a virtual table with operators, ranks
and a row number that is the order of a search, and SQLAlchemy has no words for these. What anybody typed is a parameter
here, and comes in quotes (``match_expression``, ``telling``): it never becomes syntax.

``case_fts`` holds what search reads, ``case_words`` what each case is called and what it is for.
"""

# ruff: noqa: S608 - put together from constants of this package; values are parameters

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, CursorResult, Row

from intake.domain.base.visible import as_sought
from intake.register.refusals import UnsearchableText
from intake.register.views.columns import COLUMNS
from intake.register.views.rows import Facet

Conditions: TypeAlias = tuple[tuple[str, str], ...]
"""Conditions on ``c``, which is case_row, each with its parameter: ``paging.range_sql``."""

PK_BITS = 24
"""A document's number in ``case_fts`` is its newest second, then its case number in this many bits: the index itself is
in the offered order, newest first, and no search has to sort."""

MAX_WORDS = 12

_PK = (1 << PK_BITS) - 1
_WORD = re.compile(r"\w+")


def document(newest: int, pk: int) -> int:
    """The number of a case's document; ``newest`` in seconds."""
    return (newest << PK_BITS) | pk


def match_expression(text: str, filters: Mapping[Facet, str]) -> str:
    """What is asked of the full-text index: every word as a prefix, every filter as a whole word; empty for no word.

    Foreign text never becomes syntax: only letters and digits are taken from it, in quotes. Raises UnsearchableText.
    """
    words = [word for word in _WORD.findall(as_sought(text).replace("_", " ")) if any(char.isalnum() for char in word)]
    if len(words) > MAX_WORDS:
        raise UnsearchableText(limit=MAX_WORDS)
    if not words:
        return ""
    parts = [f'text : "{word}" *' for word in words]
    parts += [f'facets : "{facet_token(facet, value)}"' for facet, value in filters.items()]
    return " AND ".join(parts)


def facet_token(facet: Facet, value: str) -> str:
    """The word that represents a filter in the full-text index; no typed text can contain it by chance."""
    return "x" + hashlib.blake2b(f"{facet}={value}".encode(), digest_size=12).hexdigest()


LAST = (1 << 63) - 1
"""The highest number that a document can have."""


# ------------------------------------------------------------------------------------------------------------ search
def found(
    connection: Connection, expression: str, before: int, limit: int, within: Conditions = ()
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Rows for ``case_row`` of the documents that match, those before a document's number, newest first."""
    asked = _SEARCH.format(matching=_matching(within))
    return connection.exec_driver_sql(asked, (expression, *_days(within), before, limit)).all()


def every(connection: Connection, expression: str, within: Conditions = ()) -> Iterator[int]:
    """The numbers of all cases that match, newest first."""
    asked = f"SELECT rowid FROM {_matching(within)} ORDER BY rowid DESC"
    return (row[0] & _PK for row in connection.exec_driver_sql(asked, (expression, *_days(within))))


def count(connection: Connection, expression: str, within: Conditions = ()) -> int:
    asked = f"SELECT count(*) FROM {_matching(within)}"
    return int(connection.exec_driver_sql(asked, (expression, *_days(within))).scalar_one())


def holding(connection: Connection, words: str, limit: int) -> list[int]:
    """The numbers of the newest cases whose text has exactly these words."""
    rows = connection.exec_driver_sql(
        "SELECT rowid FROM case_fts WHERE case_fts MATCH ? ORDER BY rowid DESC LIMIT ?", (_in_text(words), limit)
    )
    return [row[0] & _PK for row in rows]


def count_holding(connection: Connection, words: str, limit: int) -> int:
    """How many cases have them, counted no further than ``limit``."""
    asked = "SELECT count(*) FROM (SELECT 1 FROM case_fts WHERE case_fts MATCH ? LIMIT ?)"
    return int(connection.exec_driver_sql(asked, (_in_text(words), limit)).scalar_one())


def write_document(connection: Connection, was: int | None, becomes: int | None, facets: str, text: str) -> None:
    """Write the document of a case, under the number it has now; None where it had none or is to have none."""
    text = as_sought(text)
    if was is not None:
        asked = "SELECT facets, text FROM case_fts WHERE rowid = ?"
        if was == becomes and connection.exec_driver_sql(asked, (was,)).first() == (facets, text):
            return
        connection.exec_driver_sql("DELETE FROM case_fts WHERE rowid = ?", (was,))
    if becomes is not None:
        connection.exec_driver_sql(
            "INSERT INTO case_fts (rowid, facets, text) VALUES (?, ?, ?)", (becomes, facets, text)
        )


def documents(connection: Connection) -> CursorResult[*tuple[Any, ...]]:
    """Everything that is in the index, by case."""
    return connection.exec_driver_sql(
        f"SELECT u.case_id, t.rowid >> {PK_BITS}, t.facets, t.text FROM case_fts t "
        f"JOIN use_case u ON u.pk = t.rowid & {_PK} ORDER BY 1"
    )


_SEARCH = (
    f"SELECT {COLUMNS} FROM (SELECT rowid AS document FROM {{matching}} AND rowid < ? "
    f"ORDER BY rowid DESC LIMIT ?) JOIN case_row c ON c.pk = document & {_PK} "
    "JOIN use_case u ON u.pk = c.pk ORDER BY document DESC"
)


def _matching(within: Conditions) -> str:
    """The documents that match, of cases that fulfil conditions which no word of the index stands for."""
    if not within:
        return "case_fts WHERE case_fts MATCH ?"
    conditions = " AND ".join(condition for condition, _ in within)
    inside = f"(SELECT 1 FROM case_row c WHERE c.pk = case_fts.rowid & {_PK} AND {conditions})"
    return f"case_fts WHERE case_fts MATCH ? AND EXISTS {inside}"


def _days(within: Conditions) -> tuple[str, ...]:
    return tuple(day for _, day in within)


def _in_text(words: str) -> str:
    # Only letters and figures get here, so nothing typed becomes syntax.
    return f'text : "{words}"'


# ---------------------------------------------------------------------------------------------------------- likeness
def ranked(connection: Connection, asked: str, limit: int, but: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Rows for ``case_row``, then title, purpose and conditions, of the cases that match best by BM25, best first."""
    return connection.exec_driver_sql(_RANKED, (asked, limit, but)).all()


def newest(connection: Connection, asked: str, limit: int, but: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """The same of the newest cases that match, unranked."""
    return connection.exec_driver_sql(_NEWEST, (asked, limit, but)).all()


def count_word(connection: Connection, asked_for: str, limit: int) -> int:
    """How many cases match an expression of words in quotes, counted no further than ``limit``."""
    asked = "SELECT count(*) FROM (SELECT 1 FROM case_words WHERE case_words MATCH ? LIMIT ?)"
    return int(connection.exec_driver_sql(asked, (asked_for, limit)).scalar_one())


def last_case(connection: Connection) -> int:
    """The highest number of a case in the index, which is about how many there are, found without counting them."""
    return int(connection.exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM case_words").scalar_one())


def completions(connection: Connection, begun: str, limit: int) -> list[str]:
    """Words of the index that begin so."""
    asked = "SELECT term FROM case_words_term WHERE term >= ? AND term < ? LIMIT ?"
    return [row[0] for row in connection.exec_driver_sql(asked, (begun, begun + "\U0010ffff", limit))]


def write_case_words(connection: Connection, case_pk: int, becomes: tuple[str, str, str] | None) -> None:
    """Write title, purpose and conditions of a case; None takes them out."""
    asked = "SELECT title, purpose, conditions FROM case_words WHERE rowid = ?"
    stored = connection.exec_driver_sql(asked, (case_pk,)).first()
    if stored is not None and tuple(stored) == becomes:
        return
    if stored is not None:
        connection.exec_driver_sql("DELETE FROM case_words WHERE rowid = ?", (case_pk,))
    if becomes is not None:
        connection.exec_driver_sql(
            "INSERT INTO case_words (rowid, title, purpose, conditions) VALUES (?, ?, ?, ?)", (case_pk, *becomes)
        )


def words(connection: Connection) -> CursorResult[*tuple[Any, ...]]:
    """Everything that is in the index, by case."""
    return connection.exec_driver_sql(
        "SELECT u.case_id, t.title, t.purpose, t.conditions FROM case_words t JOIN use_case u ON u.pk = t.rowid ORDER BY 1"
    )


_FRAME = f"{COLUMNS}, w.title, w.purpose, w.conditions"
_FROM = "case_words w JOIN case_row c ON c.pk = w.rowid JOIN use_case u ON u.pk = c.pk"
_RANKED = (
    f"SELECT {_FRAME} FROM (SELECT rowid AS pk, bm25(case_words, 3.0, 1.0) AS rank FROM case_words "
    f"WHERE case_words MATCH ? ORDER BY rank LIMIT ?) f JOIN {_FROM} WHERE w.rowid = f.pk AND u.case_id <> ? ORDER BY f.rank"
)
_NEWEST = (
    f"SELECT {_FRAME} FROM (SELECT rowid AS pk FROM case_words WHERE case_words MATCH ? ORDER BY rowid DESC LIMIT ?) f "
    f"JOIN {_FROM} WHERE w.rowid = f.pk AND u.case_id <> ? ORDER BY f.pk DESC"
)


def clear(connection: Connection) -> None:
    """Empty both indexes."""
    connection.exec_driver_sql("DELETE FROM case_fts")
    connection.exec_driver_sql("DELETE FROM case_words")

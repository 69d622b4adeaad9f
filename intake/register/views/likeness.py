"""Which cases are like a text: a full-text index over what each case is called and what it is for, and a rule that ranks.

The index holds words as ``intake.domain.guide.likeness`` folds them, so nothing typed ever becomes syntax; it is asked for
stems, and for words of the same meaning (``stems``). A search is made for typing: its cost grows with the number of cases
that hold the words, so only the rarest words are asked for, within a budget, and how rare a word is gets counted no further
than that budget. The few that the index finds best are then weighed here.
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
from intake.domain.guide import stems
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
_CANDIDATES = 40
_COMPLETIONS = 6
_MEANT = 0.6
"""What a word in the purpose counts, where one in the title counts 1."""

_TITLE = 2.0
"""How much more a word of the title typed counts than one of the sentences below it."""

_TELLING = 5
"""The heaviest words that a case is measured by: a longer description says no less about what it is like."""

_UNHEARD = 0.5
"""In how many cases a word counts to be that is in none: it makes every case a little less like the text."""

LEAST_ALIKE = 0.2
"""One rare word in common is chance; below it what is found is not worth a look."""

_BESIDE = 0.7
"""The share of the best score that another case needs to be worth a look beside it."""

_TYPING = re.compile(r"[^\W_]{3,}\Z")


@dataclass(frozen=True, slots=True)
class _Term:
    """A word of the text. ``begun`` are the words of the index meant by one that is still being typed."""

    stem: str
    in_title: bool = False
    begun: frozenset[str] = frozenset()

    @property
    def asked(self) -> str:
        """What the index is asked for."""
        if self.begun:
            return " OR ".join(f'"{word}"' for word in sorted(self.begun))
        near = " OR ".join(f'"{word}" *' for word in sorted(stems.kin(self.stem)))
        return f'"{self.stem}" *' + (f" OR {near}" if near else "")

    def share(self, said: frozenset[str]) -> float:
        """How far these stems hold the word: wholly, by one of the same meaning, or not; 1 to 0."""
        if self.stem in said or self.begun & said:
            return 1.0
        return stems.KIN_COUNTS if stems.kin(self.stem) & said else 0.0


@dataclass(frozen=True, slots=True)
class Alike:
    """A case like the text. ``score`` is the share of the text's most telling words it has, rare ones, those of the text's
    title and those in its own weighing more: 0 to 1.

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
            weights = _weights(connection, counted)
            chosen = _rarest(counted)
            if chosen:
                found = _ask(connection, full_text.ranked, " OR ", chosen, but)
            else:
                # Thousands of cases hold every word: ranking them all takes long, and the newest are as good.
                common = sorted((word for word in counted if counted[word]), key=lambda word: -len(word.stem))[:2]
                found = _ask(connection, full_text.newest, " AND ", common, but)
                found = found or _ask(connection, full_text.newest, " OR ", common, but)
        made = [_alike(row, weights) for row in found]
        # Sorting is stable: what scores the same stays in the order of BM25.
        made.sort(key=lambda item: -item.score)
        least = max(LEAST_ALIKE, made[0].score * _BESIDE) if made else 0.0
        return tuple(item for item in made if item.score >= least)[:limit]

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


def _counted(connection: Connection, text: str) -> dict[_Term, int]:
    """The telling words of the text and how many cases hold each, counted up to ``BUDGET``.

    Words are looked up from the front, where the title is; a word still being typed counts as its completions.
    """
    title = {stems.stem(word) for word in telling(text.partition("\n")[0])}
    found = list(dict.fromkeys(stems.stem(word) for word in telling(text)))
    terms = [_Term(word, in_title=word in title) for word in _longest(found)]
    last = next(reversed(telling(text)), "")
    if _TYPING.search(text) and terms and not full_text.count_word(connection, f'"{last}"', 1):
        begun = frozenset(full_text.completions(connection, last, _COMPLETIONS))
        stemmed = begun | {stems.stem(word) for word in begun}
        ending = _Term(stems.stem(last), in_title=stems.stem(last) in title, begun=stemmed)
        terms = [term for term in terms if term.stem != ending.stem] + ([ending] if begun else [])
    return {term: full_text.count_word(connection, term.asked, BUDGET) for term in terms}


def _longest(found: list[str]) -> list[str]:
    """The first words as they come, then the longest of the rest: long words are the rarer ones."""
    first, rest = found[: _LOOKED_UP // 2], found[_LOOKED_UP // 2 :]
    return first + sorted(rest, key=len, reverse=True)[: _LOOKED_UP - len(first)]


def _rarest(counted: Mapping[_Term, int]) -> list[_Term]:
    """The rarest words that some case holds and whose cases fit into the budget together.

    Those of the title come first, those that say little last.
    """
    chosen: list[_Term] = []
    rows = 0
    for term in sorted(
        counted, key=lambda term: (stems.generic(term.stem), not term.in_title, counted[term], term.stem)
    ):
        if len(chosen) < _ASKED and counted[term] and rows + counted[term] < BUDGET:
            rows += counted[term]
            chosen.append(term)
    return chosen


def _ask(
    connection: Connection,
    question: Callable[[Connection, str, int, str], Sequence[Sequence[object]]],
    joint: str,
    terms: list[_Term],
    but: str,
) -> Sequence[Sequence[object]]:
    if not terms:
        return ()
    return question(connection, joint.join(f"({term.asked})" for term in terms), _CANDIDATES, but)


def _weights(connection: Connection, counted: Mapping[_Term, int]) -> dict[_Term, float]:
    """How much each word weighs: rare ones more, those of the title more, those that say little less.

    A word is as rare as it is itself, however many cases hold another of the same meaning.
    """
    cases = full_text.last_case(connection)
    made = {}
    for term, found in counted.items():
        near = bool(stems.kin(term.stem)) and not term.begun
        count = full_text.count_word(connection, f'"{term.stem}" *', BUDGET) if near else found
        weight = math.log(1 + cases / (count or max(_UNHEARD, cases / 8)))
        weight *= _TITLE if term.in_title else 1.0
        made[term] = weight * (stems.GENERIC_COUNTS if stems.generic(term.stem) else 1.0)
    return made


def _alike(found: Sequence[object], weights: Mapping[_Term, float]) -> Alike:
    *columns, title, purpose, conditions = found
    called = frozenset(stems.stem(word) for word in str(title).split()) | frozenset(str(title).split())
    meant = frozenset(stems.stem(word) for word in str(purpose).split()) | frozenset(str(purpose).split())
    common = sum(weight * max(term.share(called), _MEANT * term.share(meant)) for term, weight in weights.items())
    most = sum(sorted(weights.values(), reverse=True)[:_TELLING])
    return Alike(
        case_row(columns), tuple(json.loads(str(conditions))), round(min(1.0, common / most), 3) if most else 0.0
    )


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

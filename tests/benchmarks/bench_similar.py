"""Similar use cases and copied answers while somebody types, at 100,000 cases of real texts.

Similar ones against SQLite's own search for any of the same words, ranked; a copy is looked for by twelve phrases, so
against twelve matches of one word.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sized
from functools import partial
from pathlib import Path

from intake.domain.base.canonical import sha256
from intake.domain.guide.likeness import telling
from intake.register.register import Register
from intake.register.store.connecting import connect
from intake.register.views import full_text, projections
from intake.register.views.columns import stored_row
from tests.benchmarks.harness import Row
from tests.inventory import use_cases
from tests.register.helpers import open_register
from tests.register.test_likeness import summary

CASES = 100_000
ROUNDS = 40
STEP = 5_000
TINY = {"CASES": 500, "ROUNDS": 2}

TYPED = {
    "a title": "Meeting minutes assistant",
    "title and problem": (
        "Borescope triage\nInspectors look at thousands of borescope pictures of engine blades every month to find cracks; the "
        "model points out pictures with damage, so that aircraft are back in operation earlier and no defect is overlooked."
    ),
    "common words only": "Data analysis of information systems to improve model performance",
    "a word half typed": "Translation of contracts before the legal depart",
}


COPIED = {
    "an answer of one's own": TYPED["title and problem"],
    "ten sentences filed before": " ".join(part for row in use_cases()[:10] for part in row.purpose.split(". ")[:1]),
}

SIMILAR = "FTS match of any of its words, ranked", 2.0
COPIES = "12 FTS matches of one word, ranked", 15.0
"""What a search is measured against, and the goal."""


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder))
        fill(register, CASES)
        plain = connect(register.path, readonly=True)
        for name, text in TYPED.items():
            search = partial(register.likeness.alike, text)
            any_word = " OR ".join(f'"{word}"' for word in telling(text))
            yield _row(f"similar: {name}", search, partial(_match, plain.execute, any_word), SIMILAR)
        for name, text in COPIED.items():
            looked = partial(register.copies.sources, text)
            one_word = f'"{_rarest(plain, text)}"'
            yield _row(f"copies: {name}", looked, partial(_twelve, plain.execute, one_word), COPIES)
        plain.close()
        register.close()


def fill(register: Register, count: int, *, seed: int = 1) -> None:
    """Cases put together from sentences of the real inventory, so that words are as rare as they are in life.

    Rows and words are written as the fold writes them, but many at once.
    """
    chance = random.Random(seed)
    titles = [(row.name, " ".join(telling(row.name))) for row in use_cases()]
    said = [part for row in use_cases() for part in row.purpose.split(". ") if part]
    parts = [" ".join(telling(part)) for row in use_cases() for part in row.purpose.split(". ") if part]
    with register._database.write() as connection:
        for first in range(1, count + 1, STEP):
            numbers = range(first, min(first + STEP, count + 1))
            cases = {pk: sha256(b"%d" % pk) for pk in numbers}
            named = {pk: chance.choice(titles) for pk in numbers}
            rows = [stored_row(pk, summary(cases[pk], named[pk][0], "", pk)) for pk in numbers]
            words = [(pk, named[pk][1], " ".join(chance.choices(parts, k=4)), "[]") for pk in numbers]
            texts = [(full_text.document(pk, pk), "", "\n".join(chance.choices(said, k=12))) for pk in numbers]
            connection.exec_driver_sql("INSERT INTO use_case VALUES (?, ?)", list(cases.items()))
            projections._WRITE_ROW.run_each(connection, rows)
            connection.exec_driver_sql("INSERT INTO case_fts (rowid, facets, text) VALUES (?, ?, ?)", texts)
            connection.exec_driver_sql(
                "INSERT INTO case_words (rowid, title, purpose, conditions) VALUES (?, ?, ?, ?)", words
            )


def _row(name: str, search: Callable[[], Sized], floor: Callable[[], object], against: tuple[str, float]) -> Row:
    """Medians of the processor's time: a search waits for nothing, and other programs on the machine do not count."""
    pairs = []
    for _ in range(ROUNDS):
        start = time.process_time()
        found = search()
        middle = time.process_time()
        floor()
        pairs.append((middle - start, time.process_time() - middle))
    mine, theirs = statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs)
    note = f"{mine * 1e3:.1f} ms, {len(found)} found"
    peer, goal = against
    return Row(f"{name}, {CASES} cases", peer, mine / theirs, goal, note)


def _match(execute: Callable[..., object], words: str) -> object:
    return execute("SELECT rowid FROM case_words WHERE case_words MATCH ? ORDER BY rank LIMIT 5", (words,)).fetchall()  # type: ignore[attr-defined]


def _twelve(execute: Callable[..., object], words: str) -> None:
    for _ in range(12):
        _match(execute, words)


def _rarest(plain: object, text: str) -> str:
    """The word of the text that the fewest cases have, which is what a search of one word would take."""
    counts = {
        word: plain.execute("SELECT doc FROM case_words_term WHERE term = ?", (word,)).fetchone()  # type: ignore[attr-defined]
        for word in telling(text)
    }
    return min((word for word, found in counts.items() if found), key=lambda word: counts[word][0])

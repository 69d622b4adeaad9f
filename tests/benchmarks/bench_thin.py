"""Thin and copied answers over the whole real inventory: 2,133 use cases, against one pass of folding the same texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from intake.domain.guide.copied_text import COPIED, LEAST, containment, names_only, shingles
from intake.domain.guide.vague import Thin, thinness
from tests.benchmarks.harness import Row, ratio
from tests.inventory import questions, use_cases

FIELDS = ("name", "purpose", "outputs", "data", "system", "risks")
LINES = {"name", "system"}
LONG = ("a" * 10_000, "see " * 2500, "n/a " * 2500, "(" * 10_000, "will be " * 1200, "ab" * 5000)


def rows() -> Iterator[Row]:
    texts = [
        (field, text, getattr(questions(), field))
        for field in FIELDS
        for row in use_cases()
        if (text := getattr(row, field).strip())
    ]
    plain = [text for _, text, _ in texts]

    def judge() -> Counter[Thin | None]:
        return Counter(thinness(text, question=asked, line=field in LINES) for field, text, asked in texts)

    share, seconds = ratio(judge, lambda: [" ".join(text.casefold().split()) for text in plain])
    found = judge()
    kinds = ", ".join(f"{found[kind]} {kind.value}" for kind in Thin if found[kind])
    note = f"{seconds / len(texts) * 1e6:.0f} µs each; {sum(found.values()) - found[None]} of {len(texts)}: {kinds}"
    yield Row("thin answers, whole inventory", "fold the same texts once", share, 30, note)

    share, seconds = ratio(
        lambda: [thinness(text, question="What is it for?", others=(text[1:],) * 50) for text in LONG],
        lambda: [" ".join(text.casefold().split()) for text in LONG for _ in range(50)],
    )
    yield Row("texts of 10,000 that hold patterns up", "fold each fifty times", share, 3, f"{seconds * 1e3:.0f} ms")

    purposes = [row.purpose for row in use_cases()]
    share, seconds = ratio(lambda: _copies(purposes), lambda: [shingles(text) for text in purposes])
    copies, judged = _copies(purposes)
    yield Row(
        "copied purposes, each against all",
        "make the shingles once",
        share,
        3,
        f"{seconds * 1e3:.0f} ms; {copies} of {judged} long enough to judge",
    )
    products = sum(names_only(row.name, [row.system]) for row in use_cases())
    named = sum(bool(row.system.strip()) for row in use_cases())
    yield Row("titles that only name the product", "", 1.0, None, f"{products} of {named} that name a system")


def _copies(texts: list[str]) -> tuple[int, int]:
    runs = [shingles(text) for text in texts]
    where = defaultdict(list)
    for number, found in enumerate(runs):
        for run in found:
            where[run].append(number)
    judged = [number for number, found in enumerate(runs) if len(found) >= LEAST]
    copies = 0
    for number in judged:
        shared = Counter(other for run in runs[number] for other in where[run] if other != number).most_common(1)
        copies += bool(shared) and containment(runs[number], runs[shared[0][0]]) >= COPIED
    return copies, len(judged)

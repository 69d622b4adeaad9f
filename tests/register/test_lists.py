"""The register list: every order and filter in SQL, by key, the same rows as sorting them all by hand."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from intake.domain.base.canonical import sha256
from intake.domain.case.due import press_key, tier_key
from intake.domain.case.summary import CaseSummary, reference
from intake.register import refusals
from intake.register.register import Register
from intake.register.store.connecting import connect
from intake.register.views import full_text, projections
from intake.register.views.first_page import first_page
from intake.register.views.full_text import match_expression
from intake.register.views.paging import page_sql
from intake.register.views.rows import CaseRow, Counts, Facet, Key, ListOrder, seconds
from tests.domain.world import Site
from tests.register.helpers import Counted, open_register, take

PHASES = ("review", "countersign", "decided", "declined", "on-hold")
TIERS = ("minimal", "limited", "high", "prohibited")
UNITS = ("Finance", "Human Resources", "Käufe & Verträge", "IT")
STAGES = ("idea", "pilot", "scaled")
WORDS = ("invoice", "translation", "scoring", "chat", "Übersetzung", "forecast", "notes", "naïve", "kundendienst")


def fill(register: Register, count: int, *, seed: int = 1) -> list[CaseSummary]:
    """Write rows as the fold would, without acts behind them: lists do not look further."""
    chance = random.Random(seed)
    made = [_summary(number, chance) for number in range(count)]
    with register._database.write() as connection:
        for pk, summary in enumerate(made, start=1):
            connection.exec_driver_sql("INSERT INTO use_case VALUES (?, ?)", (pk, summary.case))
            projections.write_row(connection, pk, summary)
    return made


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Register, list[CaseSummary]]]:
    register = open_register(tmp_path_factory.mktemp("lists"))
    yield register, fill(register, 800)
    register.close()


@pytest.mark.parametrize("sort", list(ListOrder))
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {Facet.PHASE: "decided"},
        {Facet.TURN: "cio"},
        {Facet.UNIT: UNITS[2], Facet.TIER: "high"},
        {Facet.OWNER: "owner-2", Facet.STAGE: "pilot"},
        {Facet.YEAR: "2026", Facet.PHASE: "declined"},
        {Facet.WAIVED: "pilot"},
    ],
)
def test_pages_put_together_are_the_whole_list_in_order(filled, sort: ListOrder, filters: dict[Facet, str]) -> None:
    register, made = filled

    walked = list(_walk(register, sort, filters, limit=70))

    assert [row.case for row in walked] == _by_hand(made, sort, filters)


@pytest.mark.parametrize("sort", list(ListOrder))
@pytest.mark.parametrize("facet", [Facet.PHASE, Facet.TURN])
def test_walking_an_order_and_sorting_on_the_spot_agree(filled, monkeypatch, sort: ListOrder, facet: Facet) -> None:
    register, made = filled
    filters = {facet: "cio" if facet is Facet.TURN else "review"}
    monkeypatch.setattr("intake.register.views.paging.SELECTIVE", 0)

    walked = list(_walk(register, sort, filters, limit=100))

    assert [row.case for row in walked] == _by_hand(made, sort, filters)


@pytest.mark.exhaustive
def test_a_hundred_thousand_rows_page_correctly(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    made = fill(register, 100_000)

    for sort in ListOrder:
        for filters in ({}, {Facet.TURN: "ciso"}, {Facet.TIER: "high", Facet.PHASE: "on-hold"}):
            walked = [row.case for row in _walk(register, sort, filters, limit=1000)]
            assert walked == _by_hand(made, sort, filters)
    register.close()


@pytest.mark.parametrize("sort", list(ListOrder))
def test_the_page_before_is_read_backwards(filled, sort: ListOrder) -> None:
    register, made = filled
    order = _by_hand(made, sort, {})
    key = register.queries.anchor(250, sort=sort)

    page = register.queries.page(sort=sort, after=key, limit=50, backwards=True)

    assert [row.case for row in page.rows] == order[249:199:-1]


@pytest.mark.parametrize("sort", list(ListOrder))
def test_an_anchor_is_the_key_of_the_row_at_a_place(filled, sort: ListOrder) -> None:
    register, made = filled
    order = _by_hand(made, sort, {})

    page = register.queries.page(sort=sort, after=register.queries.anchor(99, sort=sort), limit=10)

    assert [row.case for row in page.rows] == order[100:110]
    assert register.queries.anchor(len(made), sort=sort) is None


def test_counts_are_those_of_the_rows(filled) -> None:
    register, made = filled

    counts = register.queries.counts()

    assert counts.total == len(made)
    for facet, read in _FACETS.items():
        if facet is Facet.OWNER:
            continue  # as many values as people: counted, and read one by one
        for value in {value for row in made for value in read(row)}:
            assert counts.of(facet, value) == sum(value in read(row) for row in made)
    assert register.queries.count(filters={Facet.OWNER: "owner-1"}) == sum(row.owner == "owner-1" for row in made)
    assert register.queries.turn_count("owner", owner="owner-1") == sum(
        "owner" in row.turn and row.owner == "owner-1" for row in made
    )


def test_counts_follow_a_row_that_changes_and_one_that_goes(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    (made,) = fill(register, 1)
    with register._database.write() as connection:
        projections.write_row(connection, 1, None)

    assert register.queries.counts() == Counts(0, {facet: {} for facet in Facet})
    assert register.queries.search(made.title.split()[0]).rows == ()
    register.close()


@pytest.mark.parametrize("sort", list(ListOrder))
@pytest.mark.parametrize("after", [None, Key("M", 5)])
def test_no_order_is_sorted_at_the_time_of_asking(register: Register, sort: ListOrder, after: Key | None) -> None:
    plan = _plan(register, *page_sql(sort, {}, after, 100, Counts(0, {})))

    assert not any("TEMP B-TREE" in step for step in plan)
    assert any("USING INDEX case_by_" in step for step in plan)


@pytest.mark.parametrize("facet", [facet for facet in Facet if facet not in {Facet.OWNER, Facet.YEAR, Facet.RECORD}])
@pytest.mark.parametrize("after", [None, Key("2026", 1)])
def test_every_filter_of_what_presses_has_its_index(register: Register, facet: Facet, after: Key | None) -> None:
    counts = Counts(10**6, {facet: {"cio": 10**5}})

    plan = _plan(register, *page_sql(ListOrder.PRESSING, {facet: "cio"}, after, 100, counts))

    assert not any("TEMP B-TREE" in step for step in plan)
    assert any("INDEX case_press_" in step or "INDEX case_turn_of_" in step for step in plan)


@pytest.mark.parametrize("facet", [Facet.PHASE, Facet.TIER, Facet.UNIT, Facet.STAGE, Facet.WAIVED])
def test_every_filter_of_the_newest_has_its_index(register: Register, facet: Facet) -> None:
    counts = Counts(10**6, {facet: {"cio": 10**5}})

    plan = _plan(register, *page_sql(ListOrder.NEWEST, {facet: "cio"}, Key(1, 1), 100, counts))

    assert not any("TEMP B-TREE" in step for step in plan)
    assert any("INDEX case_of_" in step for step in plan)


def test_the_decisions_of_a_year_have_their_index_in_the_order_of_records(register: Register) -> None:
    counts = Counts(10**6, {Facet.YEAR: {"2026": 10**5}})

    plan = _plan(register, *page_sql(ListOrder.DECIDED, {Facet.YEAR: "2026"}, Key("2026", 1), 100, counts))

    assert not any("TEMP B-TREE" in step for step in plan)
    assert any("INDEX case_of_year" in step for step in plan)


@pytest.mark.parametrize("facet", [Facet.TURN, Facet.OWNER])
def test_a_filter_that_leaves_many_walks_the_order(register: Register, facet: Facet) -> None:
    counts = Counts(10**6, {facet: {"cio": 10**5}})

    plan = _plan(register, *page_sql(ListOrder.NEWEST, {facet: "cio"}, None, 100, counts))

    assert not any("TEMP B-TREE" in step for step in plan)
    assert any("INDEX case_by_newest" in step for step in plan)


def test_a_page_is_two_statements_whatever_its_size(filled) -> None:
    register, _ = filled

    with Counted(register) as small:
        register.queries.page(limit=1)
    with Counted(register) as large:
        register.queries.page(limit=1000)

    assert len(small) == len(large) == 2


def test_turns_of_an_owner_come_by_urgency(filled) -> None:
    register, made = filled

    rows = register.queries.turns_of_owner("owner-1", limit=1000)

    mine = [row for row in made if row.owner == "owner-1" and "owner" in row.turn]
    assert {row.case for row in rows} == {row.case for row in mine}
    assert [press_key(row) for row in rows] == sorted(press_key(row) for row in mine)


def test_a_case_is_found_by_what_people_call_it(filled) -> None:
    register, made = filled

    found = register.queries.by_reference(f" {made[7].reference.lower()} ")

    assert made[7].case in {row.case for row in found}


# ----------------------------------------------------------------------------------------------------------- search
@pytest.mark.parametrize("word", ["invoice", "INVOICE", "inv", "übersetz", "ubersetzung", "naive", "kund"])
def test_search_finds_every_case_with_the_word_newest_first(filled, word: str) -> None:
    register, made = filled
    plain = str.maketrans("äöüïÄÖÜ", "aouiAOU")
    wanted = word.translate(plain).casefold()

    found = [row.case for row in _search(register, word, {})]

    matching = [row for row in made if any(part.startswith(wanted) for part in _plain_words(row.text))]
    assert found == _by_hand(matching, ListOrder.NEWEST, {})


@pytest.mark.parametrize(
    "typed", ["chatbot", "Chat\u200bbot", "office", "O\ufb03ce", "off", "\uff43hatbot o\u00adffice"]
)
@pytest.mark.parametrize(
    "written", ["Chat\u200bbot of the O\ufb03ce", "Chatbot of the office", "CHAT\u00adBOT, O\u2060FFICE"]
)
def test_what_is_drawn_alike_is_found_alike(tmp_path: Path, typed: str, written: str) -> None:
    register = open_register(tmp_path)
    with register._database.write() as connection:
        made = replace(_summary(1, random.Random(1)), text=written)
        connection.exec_driver_sql("INSERT INTO use_case VALUES (1, ?)", (made.case,))
        projections.write_row(connection, 1, made)

    assert [row.case for row in register.queries.search(typed).rows] == [made.case]
    assert register.queries.search("chat bot").rows == ()
    register.close()


def test_search_with_filters_is_search_and_then_filter(filled) -> None:
    register, made = filled
    filters = {Facet.PHASE: "on-hold", Facet.TURN: "ciso"}

    found = [row.case for row in _search(register, "scoring", filters)]

    matching = [row for row in made if "scoring" in _plain_words(row.text)]
    assert found == _by_hand(matching, ListOrder.NEWEST, filters)
    assert found


def test_an_empty_search_is_the_list(filled) -> None:
    register, _ = filled

    assert register.queries.search("  ", limit=10) == register.queries.page(limit=10)


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        "*",
        "a*b",
        "NEAR(a b)",
        "a AND",
        "OR",
        "facets : x",
        "text:",
        "(",
        "-",
        "^a",
        "a\x00b",
        "\ud83d\ude00",
        "🖊",
        "…",
        "{",
        "a_b",
    ],
)
def test_typed_text_is_never_syntax(filled, text: str) -> None:
    register, _ = filled

    register.queries.search(text)


def test_typed_text_cannot_reach_the_filters(filled) -> None:
    register, made = filled
    token = full_text.facet_token(Facet.PHASE, made[0].phase)

    assert register.queries.search(token).rows == ()


def test_a_search_of_too_many_words_is_refused(filled) -> None:
    register, _ = filled

    with pytest.raises(refusals.UnsearchableText):
        register.queries.search("a " * 13)


def test_a_search_reads_the_index_in_its_own_order(register: Register) -> None:
    statement = "SELECT rowid FROM case_fts WHERE case_fts MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"

    plan = _plan(register, statement, (match_expression("scoring", {}), 1 << 62, 10))

    assert not any("TEMP B-TREE" in step for step in plan)


# -------------------------------------------------------------------------------------------------------- first page
def test_the_first_page_is_the_first_page(filled) -> None:
    register, made = filled
    register.installation.set("person", "ada")

    found = first_page(register.path)

    assert found is not None
    assert found.page == register.queries.page()
    assert (found.counts.total, found.person, found.org) == (len(made), "ada", "")


def test_the_first_page_never_reaches_sqlalchemy(filled) -> None:
    register, _ = filled
    program = (
        "import sys; from pathlib import Path; from intake.register.views.first_page import first_page\n"
        "assert len(first_page(Path(sys.argv[1])).page.rows) == 100\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('sqlalchemy', 'alembic', 'cryptography')))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(register.path)], capture_output=True, text=True, check=False
    )

    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.parametrize("content", [None, b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 200])
def test_without_a_register_there_is_no_first_page(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "register.sqlite"
    if content is not None:
        path.write_bytes(content)

    assert first_page(path) is None
    assert path.exists() == (content is not None)


def test_the_first_page_after_a_crash_rolls_the_journal_back(tmp_path: Path, site: Site) -> None:
    register = open_register(tmp_path)
    site.revision()
    take(register, site)
    register.close()
    path = tmp_path / "register.sqlite"
    _crash_in_the_middle(path)
    assert (tmp_path / "register.sqlite-journal").exists()

    found = first_page(path)

    assert found is not None
    assert [row.title for row in found.page.rows] == ["Meeting notes"]


def test_the_first_page_cannot_write(tmp_path: Path) -> None:
    open_register(tmp_path).close()
    connection = connect(tmp_path / "register.sqlite", readonly=True)

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM case_row")
    connection.close()


def _crash_in_the_middle(path: Path) -> None:
    """A process that dies after its changed pages went to disk and before it committed."""
    program = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1'); c.execute('PRAGMA cache_spill = 1'); c.execute('BEGIN IMMEDIATE')\n"
        "c.execute(\"UPDATE case_row SET title = 'half'\")\n"
        "c.executemany('INSERT INTO receipt VALUES (?, ?, ?, ?)', ((str(n), 'x' * 3000, 'y', 'z') for n in range(200)))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=False)


_FACETS = {
    Facet.PHASE: lambda row: (row.phase,),
    Facet.TIER: lambda row: (row.tier,),
    Facet.UNIT: lambda row: (row.unit,),
    Facet.STAGE: lambda row: (row.asked,),
    Facet.TURN: lambda row: row.turn,
    Facet.OWNER: lambda row: (row.owner,),
    Facet.YEAR: lambda row: (str(row.decided.year) if row.decided else "",),
    Facet.WAIVED: lambda row: (row.waived,),
}
_KEYS = {
    ListOrder.PRESSING: press_key,
    ListOrder.TIER: tier_key,
    ListOrder.SINCE: lambda row: row.since,
    ListOrder.DECIDED: lambda row: (-(row.decided or date.min).toordinal(), -seconds(row.newest)),
    ListOrder.NEWEST: lambda row: -seconds(row.newest),
    ListOrder.REFERENCE: lambda row: row.reference,
    ListOrder.TITLE: lambda row: row.title.casefold(),
    ListOrder.OWNER: lambda row: row.owner,
    ListOrder.DUE: lambda row: (row.due or date.max).isoformat(),
    ListOrder.EXPIRY: lambda row: (row.expires or date.max).isoformat(),
}


def _by_hand(made: list[CaseSummary], sort: ListOrder, filters: dict[Facet, str]) -> list[str]:
    matching = [row for row in made if all(value in _FACETS[facet](row) for facet, value in filters.items())]
    ties = sorted(matching, key=_number, reverse=sort in {ListOrder.NEWEST, ListOrder.DECIDED})
    return [row.case for row in sorted(ties, key=_KEYS[sort])]


def _number(row: CaseSummary) -> int:
    return int(row.text.rsplit(" ", 1)[1])


def _walk(register: Register, sort: ListOrder, filters: dict[Facet, str], *, limit: int) -> Iterator[CaseRow]:
    after: Key | None = None
    while True:
        page = register.queries.page(sort=sort, filters=filters, after=after, limit=limit)
        yield from page.rows
        after = page.after
        if after is None:
            return


def _search(register: Register, text: str, filters: dict[Facet, str]) -> Iterator[CaseRow]:
    after: Key | None = None
    while True:
        page = register.queries.search(text, filters=filters, after=after, limit=60)
        yield from page.rows
        after = page.after
        if after is None:
            return


def _plan(register: Register, statement: str, parameters: tuple[object, ...]) -> list[str]:
    with register._database.read() as connection:
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]


def _plain_words(text: str) -> list[str]:
    return text.translate(str.maketrans("äöüïÄÖÜ", "aouiAOU")).casefold().split()


def _summary(number: int, chance: random.Random) -> CaseSummary:
    case = sha256(str(number).encode())
    title = " ".join(chance.sample(WORDS, 2))
    days = _day(chance)
    since = date(2026, 1, 1) + timedelta(days=chance.randrange(90))
    turn = tuple(office for office in ("owner", "cio", "ciso") if chance.random() < 0.3)
    phase = chance.choice(PHASES)
    return CaseSummary(
        case=case,
        reference=reference(case),
        title=title,
        unit=chance.choice(UNITS),
        owner=f"owner-{chance.randrange(6)}",
        tier=chance.choice(TIERS),
        lane="joint",
        stage=chance.choice(STAGES),
        phase=phase,
        record=phase if phase in ("decided", "countersign", "declined") else "",
        turn=turn,
        cio="open",
        ciso="open",
        revision=1,
        filed=date(2026, 1, 1),
        decided=chance.choice((None, since + timedelta(days=chance.randrange(9)))),
        expires=days,
        due=days and days - timedelta(days=chance.randrange(3)),
        newest=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(500)),
        alarms=0,
        waiting=0,
        asked=chance.choice(STAGES),
        since=since,
        clock=chance.choice((None, since + timedelta(days=chance.randrange(40)))) if turn else None,
        due_what=chance.choice(("condition", "expiry")) if days else "",
        due_of="ada" if days else "",
        due_text="Train users" if days else "",
        waived=("", "", "pilot", "evidence", "commitments")[number % 5],
        text=f"{title} {chance.choice(WORDS)} {number}",
    )


def _day(chance: random.Random) -> date | None:
    return date(2026, 6, 1) + timedelta(days=chance.randrange(200)) if chance.random() < 0.6 else None

"""Where a text may be copied from: found by its words alone, touched up or not, on the real inventory too."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from intake.domain.base.canonical import sha256
from intake.domain.guide.copied_text import COPIED, LEAST, containment, shingles
from intake.register.register import Register
from intake.register.views import copies, projections
from tests.inventory import use_cases
from tests.register.helpers import Counted, open_register
from tests.register.test_likeness import summary

ENGINE = (
    "Borescope pictures of engines pile up for weeks, because three people look at each of them by eye; the assistant "
    "sorts out the pictures without any damage, so that inspectors begin with those that show a crack."
)
LETTERS = (
    "Letters of customers wait two days before anybody reads them. The model sorts them by subject and hands those that "
    "cannot wait to the service desk, with the sentence that made it think so."
)


def fill(register: Register, texts: list[str]) -> list[str]:
    """One case for each text, which is among others in what search reads; gives the case ids."""
    made = [sha256(b"%d" % number) for number in range(len(texts))]
    with register._database.write() as connection:
        for pk, (case, text) in enumerate(zip(made, texts, strict=True), start=1):
            connection.exec_driver_sql("INSERT INTO use_case VALUES (?, ?)", (pk, case))
            row = replace(summary(case, f"Case {pk}", "", pk), text=f"Case {pk}\nFinance\n{text}\nYes")
            projections.write_row(connection, pk, row)
    return made


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = open_register(tmp_path)
    yield register
    register.close()


def cases(register: Register, text: str, *, but: str = "", limit: int = 5) -> list[str]:
    return [row.case for row in register.copies.sources(text, but=but, limit=limit)]


def test_a_copy_is_found_whatever_stands_around_it(register: Register) -> None:
    engine, letters = fill(register, [ENGINE, LETTERS])

    assert cases(register, f"In our depot: {ENGINE.upper()} So they say.")[0] == engine
    assert cases(register, LETTERS) == [letters]
    assert cases(register, LETTERS, but=letters) == []


def test_accents_and_punctuation_do_not_hide_it(register: Register) -> None:
    (case,) = fill(register, ["Die Prüfer öffnen täglich große Mengen von Verträgen, bevor ein Jurist sie gegenliest."])

    text = "die prüfer, öffnen täglich: GROSSE Mengen von Verträgen – bevor ein Jurist"

    assert cases(register, text) == [case]


def test_texts_of_ones_own_and_short_ones_find_nothing(register: Register) -> None:
    fill(register, [ENGINE, LETTERS])

    for text in (
        "",
        "Engine",
        "Three people look at",
        "The weather of tomorrow is worked out from that of today, and of the year before.",
    ):
        assert cases(register, text) == []


@pytest.mark.parametrize(
    "text", ['" OR text : "a', "NEAR(a b)", "* ^ - + ( ) { } : '", "\0 \ud800 x", "a b c d e " * 50_000]
)
def test_nothing_typed_becomes_syntax(register: Register, text: str) -> None:
    fill(register, [ENGINE])

    assert cases(register, text) == []


def test_who_holds_most_comes_first_and_no_more_than_asked_for(register: Register) -> None:
    whole, half, *_ = fill(register, [ENGINE, ENGINE[: len(ENGINE) // 2], LETTERS, *[ENGINE] * 8])

    assert half not in cases(register, ENGINE, limit=3)
    assert len(cases(register, ENGINE, limit=3)) == 3
    assert len(cases(register, ENGINE, but=whole, limit=3)) == 3


def test_the_cost_does_not_grow_with_the_text(register: Register) -> None:
    fill(register, [ENGINE])
    with Counted(register) as seen:
        cases(register, " ".join([ENGINE, LETTERS] * 200))

    assert len(seen) <= 2 * copies._PROBES + 10


def test_common_words_are_looked_up_only_when_there_are_no_others(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = fill(register, [ENGINE] * 4 + [LETTERS])
    monkeypatch.setattr(copies, "_COMMON", 3)

    assert set(cases(register, ENGINE, limit=9)) == set(made[:4])
    assert cases(register, ENGINE + " " + LETTERS, limit=1) == [made[4]]


@pytest.mark.exhaustive
def test_touched_up_purposes_of_the_real_inventory_lead_back_to_where_they_stand(register: Register) -> None:
    """Every thirteenth word is another one, the most that still counts as copied."""
    chance = random.Random(7)
    purposes = list(dict.fromkeys(row.purpose for row in use_cases()))
    fill(register, purposes)
    titles = {text: f"Case {number}" for number, text in enumerate(purposes, start=1)}
    judged = missed = 0
    for text in chance.sample(purposes, 300):
        words = text.split()
        offset = chance.randrange(13)
        touched = " ".join("otherwise" if at % 13 == offset else word for at, word in enumerate(words))
        part = shingles(touched)
        if len(part) >= LEAST and containment(part, shingles(text)) >= COPIED:
            judged += 1
            rows = register.copies.sources(touched)
            # Several cases of the inventory say much the same; any that holds as much is as good.
            missed += titles[text] not in {row.title for row in rows} and not any(
                containment(part, shingles(purposes[row.pk - 1])) >= COPIED for row in rows
            )

    assert judged > 150
    assert missed == 0

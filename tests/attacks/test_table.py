"""The catalogue and the tests agree; and the table says so when they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks import markers
from tests.attacks.catalogue import ROWS, SECTIONS
from tests.attacks.markers import Found, Try
from tests.attacks.table import Table

EVERYTHING = tuple(
    Try(row.name, "Refused", f"tests/test_x.py::test_{number}", apart=False)
    for number, row in enumerate(ROWS.values())
    if not row.room
)


def test_every_attack_whose_room_is_built_has_a_test_and_every_marker_is_known() -> None:
    table = Table(markers.find())

    assert table.problems() == []
    assert table.unknown() == []


def test_no_attack_is_named_twice() -> None:
    assert len(ROWS) == sum(len(rows) for rows in SECTIONS.values())


def test_a_row_without_a_test_is_told() -> None:
    table = Table(Found(EVERYTHING[1:], ()))

    assert table.problems() == [f"no test tries: {EVERYTHING[0].attack}"]
    assert table.unknown() == []


def test_an_attack_the_catalogue_does_not_know_is_told() -> None:
    table = Table(Found((*EVERYTHING, Try("a new one", "Refused", "tests/test_x.py::test_x", apart=False)), ()))

    assert table.problems() == []
    assert table.unknown() == ["a new one"]


def test_a_room_with_a_test_is_told() -> None:
    (waiting, *_) = [row for row in ROWS.values() if row.room]
    table = Table(Found((*EVERYTHING, Try(waiting.name, "Refused", "tests/test_x.py::test_x", apart=False)), ()))

    assert table.problems() == [f"a test tries it, so its room is built: {waiting.name} ({waiting.room})"]


def test_a_test_that_fails_or_never_ran_is_told_and_counted() -> None:
    failed, silent = EVERYTHING[0].test, EVERYTHING[1].test
    outcomes = {item.test: item.test != failed for item in EVERYTHING if item.test != silent}

    table = Table(Found(EVERYTHING, ()), outcomes)

    assert table.problems() == [f"did not pass: {failed}", f"did not pass: {silent}"]
    assert list(table.lines())[-1].startswith(f"{len(EVERYTHING)} attacks, {len(EVERYTHING) - 2} refused here; ")


def test_a_test_of_a_step_of_its_own_need_not_run_here() -> None:
    apart = Try(EVERYTHING[0].attack, "Refused", EVERYTHING[0].test, apart=True)
    outcomes = {item.test: True for item in EVERYTHING[1:]}

    table = Table(Found((apart, *EVERYTHING[1:]), ()), outcomes)

    assert table.problems() == []
    said = f"{len(EVERYTHING)} attacks, {len(EVERYTHING) - 1} refused here, 1 tried in other steps only; "
    assert list(table.lines())[-1].startswith(said)


def test_an_attack_that_is_tried_here_as_well_is_counted_here() -> None:
    apart = Try(EVERYTHING[0].attack, "Refused", "tests/test_x.py::test_long", apart=True)
    outcomes = {item.test: True for item in EVERYTHING}

    table = Table(Found((apart, *EVERYTHING), ()), outcomes)

    assert list(table.lines())[-1].startswith(f"{len(EVERYTHING)} attacks, {len(EVERYTHING)} refused here; ")


def test_without_a_run_nothing_is_called_refused() -> None:
    line = list(Table(Found(EVERYTHING, ())).lines())[-1]

    assert line.startswith(f"{len(EVERYTHING)} attacks, {len(EVERYTHING)} have a test; ")
    assert "refused" not in line


SOURCE = """
import pytest

pytestmark = pytest.mark.exhaustive

@pytest.mark.attack("one", refusal="A")
@pytest.mark.attack("two", refusal="B "
    "and C")
def test_both(): ...

class TestMore:
    @pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.attack(name="three", refusal="D"))])
    async def test_x(self, x): ...

@pytest.mark.attack(NAME, refusal="E")
def test_named_elsewhere(): ...

CASES = [pytest.param(1, marks=pytest.mark.attack("four", refusal="F"))]
"""


def test_markers_are_read_wherever_they_stand_on_a_test(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_sample.py").write_text(SOURCE)

    found = markers.find(tmp_path / "tests")

    both, more = "tests/test_sample.py::test_both", "tests/test_sample.py::TestMore::test_x"
    assert set(found.tries) == {
        Try("one", "A", both, apart=True),
        Try("two", "B and C", both, apart=True),
        Try("three", "D", more, apart=True),
    }
    assert found.problems == (
        "tests/test_sample.py::test_named_elsewhere: its marker wants two plain texts, name and refusal",
        "tests/test_sample.py:18: the marker is not on a test",
    )


@pytest.mark.parametrize("outcomes", [None, {}])
def test_every_row_is_printed_once(outcomes: dict[str, bool] | None) -> None:
    lines = list(Table(Found(EVERYTHING, ()), outcomes).lines())

    assert all(sum(line.startswith(f"  {name} ") for line in lines) >= 1 for name in ROWS)
    assert len(lines) == len(ROWS) + 2 * len(SECTIONS) + 2

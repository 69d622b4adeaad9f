"""Storing acts against raw sqlite3, and one more act in a small and in a large register."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from intake.domain.acts.envelope import Act
from intake.register import storing
from intake.register.store.connecting import connect
from intake.register.views.projector import DomainProjector, ProjectedCase
from intake.trust.acts import VerifiedAct
from tests.benchmarks.harness import Row
from tests.domain.world import Site, believed, organisation, record_file
from tests.register.helpers import NOW, open_register, pack

ROUNDS = 5
STORED = 10_000
SIZES = (1_000, 100_000)
TINY = {"ROUNDS": 1, "STORED": 20, "SIZES": (240, 480)}


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _storing(Path(folder) / "append", STORED)
        yield _one_act(Path(folder) / "one", SIZES)


def _storing(folder: Path, count: int) -> Iterator[Row]:
    """Acts of 2 kB into the same tables: SQLAlchemy's way, and ``executemany`` on prepared rows."""
    site = organisation()
    packed = _comments(site, count)
    made = (storing.act_row(number, item, NOW.isoformat()) for number, item in enumerate(packed, start=1))
    rows = [tuple(row.values()) for row in made]
    taken = []
    for number in range(ROUNDS):
        ours, stored = _append(folder / f"ours{number}", site, packed)
        taken.append((ours, stored, _raw(folder / f"raw{number}", rows)))
    floor = statistics.median(raw for *_, raw in taken)
    stored = statistics.median(each for _, each, _ in taken)
    whole = statistics.median(each for each, *_ in taken)
    yield Row(
        "write the tables of acts", "raw sqlite3 executemany", stored / floor, 1.5, f"{stored / count * 1e6:.0f} us"
    )
    yield Row("append without the fold", "raw sqlite3 executemany", whole / floor, 1.5, f"{whole / count * 1e6:.0f} us")


def _one_act(folder: Path, sizes: tuple[int, int]) -> Row:
    """One act of one case into registers of different sizes: its cost must not grow with the register."""
    medians = []
    for size in sizes:
        site = organisation()
        opening = open_register(folder / str(size), projector=_NoFold())
        opening.join(site.org)
        opening.append([pack(act) for act in site.acts.values()], site.blobs)
        cases = []
        for start in range(0, size // PER_CASE, 500):
            batch = []
            for number in range(start, min(start + 500, size // PER_CASE)):
                acts = _short_case(site, number)
                cases.append(acts[0])
                batch += [pack(act) for act in acts]
            opening.append(batch)
        opening.close()
        register = open_register(folder / str(size))
        taken = []
        for case in cases[:40]:
            act = pack(
                site.act("cleo", "comment", {"text": "Hello", "about": ""}, case=case.id, seq=1, prev="", after=[])
            )
            site.acts.pop(act.act.id)
            start_at = time.perf_counter()
            register.append([act])
            taken.append(time.perf_counter() - start_at)
        medians.append(statistics.median(taken[10:]))  # the first ones also pay for what is read once
        register.close()
    small, large = medians
    return Row(f"one act among {sizes[1]}", f"one act among {sizes[0]}", large / small, 1.3, f"{large * 1e3:.1f} ms")


PER_CASE = 20


def _short_case(site: Site, number: int) -> list[Act]:
    """A revision and comments, taken out of the site again so that making the next one stays cheap."""
    made = [site.revision(title=f"Case {number}")]
    case = made[0].id
    for position in range(2, PER_CASE + 1):
        body = {"text": f"Comment {position}", "about": ""}
        made.append(site.act("ada", "comment", body, case=case, seq=position, prev=made[-1].id, after=[made[-1].id]))
    for act in made:
        del site.acts[act.id]
    return made


class _NoFold(DomainProjector):
    """Leaves out what is not storing."""

    def __init__(self) -> None:
        super().__init__(lambda state: None, record_file, lambda _: believed)

    def case(self, *_: object) -> ProjectedCase:
        return ProjectedCase(None, (), frozenset())


def _append(folder: Path, site: Site, packed: list[VerifiedAct]) -> tuple[float, float]:
    """Seconds for the whole call, and for writing the tables of acts within it."""
    register = open_register(folder, projector=_NoFold())
    register.join(site.org)
    register.append([pack(act) for act in site.acts.values()], site.blobs)
    stored = 0.0

    def timed(*given: Any, **more: Any) -> dict[str, int]:
        nonlocal stored
        start = time.perf_counter()
        numbers = storing_acts_for_real(*given, **more)
        stored = time.perf_counter() - start
        return numbers

    storing_acts_for_real = storing.store_acts
    with (
        patch("intake.register.storing.store_acts", timed),
        patch("intake.register.views.projections.acts_of_case", lambda connection, case_id: []),
    ):
        start = time.perf_counter()
        register.append(packed)
        whole = time.perf_counter() - start
    register.close()
    return whole, stored


def _raw(folder: Path, rows: list[tuple[object, ...]]) -> float:
    open_register(folder).close()
    plain = connect(folder / "register.sqlite")
    start = time.perf_counter()
    plain.execute("BEGIN IMMEDIATE")
    plain.executemany(storing.WRITE_ACT.text(), rows)
    plain.execute("COMMIT")
    taken = time.perf_counter() - start
    plain.close()
    return taken


def _comments(site: Site, count: int) -> list[VerifiedAct]:
    case = site.revision()
    made = []
    for number in range(count):
        body = {"text": f"Hello {number} " + "x" * 1500, "about": ""}
        act = site.act("ada", "comment", body, case=case.id, seq=number + 2, prev="", after=[])
        del site.acts[act.id]
        made.append(pack(act))
    return made

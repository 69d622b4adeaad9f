"""Folding: the cost of one act must not grow with the register, and grows only with its own case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import coding
from intake.domain.assessment.engines import THIS_VERSION
from intake.domain.case.fold import fold_case
from tests.benchmarks.harness import Row, ratio
from tests.domain.world import Site, believed, organisation

TIMES = 50
REMARKS = 180
TINY = {"TIMES": 1, "REMARKS": 20}


def rows() -> Iterator[Row]:
    yield from _short()
    yield from _long()


def _short() -> Iterator[Row]:
    site, mine = _case()
    history, listings = site.history(), site.listings()
    encoded = [coding.encode(**{name: getattr(item, name) for name in _FIELDS}) for item in mine]

    def fold(acts: Iterable[Act]) -> None:
        fold_case(acts, history, site.blobs, listings, site.read_record_file, believed, THIS_VERSION)

    def fold_again() -> None:
        for _ in range(TIMES):
            # As in a register: one act came, the others were folded when they did.
            fold([*mine[:-1], replace(mine[-1])])

    def fold_new() -> None:
        for _ in range(TIMES):
            fold(map(replace, mine))

    def decode() -> None:
        for _ in range(TIMES):
            for data in encoded:
                coding.decode(data)

    for job, what, goal in ((fold_again, "after its newest", 2.0), (fold_new, "none of them read before", None)):
        found, seconds = ratio(job, decode)
        note = f"{seconds / TIMES * 1e6:.0f} us, {what}"
        yield Row(f"fold a case of {len(mine)} acts", "reading the same acts", found, goal, note)


def _long() -> Iterator[Row]:
    site, mine = _case()
    long, many = _case(REMARKS)
    history, listings = site.history(), site.listings()

    def fold_long() -> None:
        for _ in range(TIMES // 10 or 1):
            fold_case(many, long.history(), long.blobs, {}, long.read_record_file, believed, THIS_VERSION)

    def fold_short() -> None:
        for _ in range(TIMES // 10 or 1):
            for _ in range(len(many) // len(mine)):
                fold_case(mine, history, site.blobs, listings, site.read_record_file, believed, THIS_VERSION)

    found, _ = ratio(fold_long, fold_short)
    yield Row(f"fold a case of {len(many)} acts", "as many acts in short cases", found, None, "growth within one case")


def _case(remarks: int = 0) -> tuple[Site, list[Act]]:
    """An organisation with one decided case, and the acts of that case."""
    site = organisation()
    case = _journey(site)
    for _ in range(remarks):
        site.comment("ada", case)
    return site, [item for item in site.acts.values() if item.case_id == case]


_FIELDS = "org kind case stream seq prev after roster person signer at app body".split()


def _journey(site: Site) -> str:
    case = site.revision().id
    site.comment("eve", case)
    site.ciso(case)
    site.cio(case, users=50)
    first = site.ciso(case, users=50)
    second = next(item for item in site.acts.values() if item.kind == "opinion" and item.person == "cleo")
    site.seal("dan", case, first, second)
    site.revision(case=case)
    return case

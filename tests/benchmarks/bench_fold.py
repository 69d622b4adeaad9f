"""Folding: the cost of one act must not grow with the register, and grows only with its own case."""

from __future__ import annotations

from collections.abc import Iterator

from intake.domain.acts.kinds import coding
from intake.domain.assessment.engines import THIS_VERSION
from intake.domain.case.fold import fold_case
from tests.benchmarks.harness import Row, ratio
from tests.domain.world import Site, organisation

TIMES = 50
REMARKS = 180
TINY = {"TIMES": 1, "REMARKS": 20}


def rows() -> Iterator[Row]:
    site = organisation()
    case = _journey(site)
    mine = [item for item in site.acts.values() if item.case_id == case]
    history, listings = site.history(), site.listings()
    encoded = [coding.encode(**{name: getattr(item, name) for name in _FIELDS}) for item in mine]

    def fold() -> None:
        for _ in range(TIMES):
            fold_case(mine, history, site.blobs, listings, site.read_record_file, THIS_VERSION)

    def decode() -> None:
        for _ in range(TIMES):
            for data in encoded:
                coding.decode(data)

    found, seconds = ratio(fold, decode)
    yield Row(
        f"fold a case of {len(mine)} acts", "reading the same acts", found, 2.0, f"{seconds / TIMES * 1e6:.0f} us"
    )
    long = organisation()
    long_case = _journey(long)
    for _ in range(REMARKS):
        long.comment("ada", long_case)
    many = [item for item in long.acts.values() if item.case_id == long_case]

    def fold_long() -> None:
        for _ in range(TIMES // 10 or 1):
            fold_case(many, long.history(), long.blobs, {}, long.read_record_file, THIS_VERSION)

    def fold_short() -> None:
        for _ in range(TIMES // 10 or 1):
            for _ in range(len(many) // len(mine)):
                fold_case(mine, history, site.blobs, listings, site.read_record_file, THIS_VERSION)

    found, _ = ratio(fold_long, fold_short)
    yield Row(f"fold a case of {len(many)} acts", "as many acts in short cases", found, None, "growth within one case")


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

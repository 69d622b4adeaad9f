"""`make attack`: try every attack, print what each one met. ``--collect`` prints the table without running anything."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

import pytest

from tests.attacks import markers
from tests.attacks.table import Table


class Outcomes:
    """Remembers for each test function whether all its cases passed; a skipped case did not."""

    def __init__(self) -> None:
        self.passed: dict[str, bool] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or not report.passed:
            test = report.nodeid.partition("[")[0]
            self.passed[test] = self.passed.get(test, True) and report.passed


def run(tests: Iterable[str], jobs: int) -> dict[str, bool]:
    """Run ``tests`` with all their cases."""
    outcomes = Outcomes()
    chosen = ["-m", "attack and not exhaustive and not conformance", "-n", str(jobs), "--dist", "worksteal"]
    pytest.main(["-q", *chosen, *sorted(tests)], plugins=[outcomes])
    return outcomes.passed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument("--collect", action="store_true", help="run nothing; see that each attack has its test")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes run the tests")
    options = parser.parse_args()
    found = markers.find()
    outcomes = None if options.collect else run({item.test for item in found.tries if not item.apart}, options.jobs)
    table = Table(found, outcomes)
    print("\n".join(table.lines()))
    problems, unknown = table.problems(), table.unknown()
    for problem in problems:
        print(problem, file=sys.stderr)
    if unknown:
        print(
            "Tests name attacks the catalogue does not know. Add them to tests/attacks/catalogue.py:", file=sys.stderr
        )
        print("\n".join(f'        Row("{name}"),' for name in unknown), file=sys.stderr)
    return 1 if problems or unknown else 0


if __name__ == "__main__":
    sys.exit(main())

"""Every benchmark still runs; what it finds is measured by ``make bench`` alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import MODULES
from tests.benchmarks.harness import HEADER

ROOT = Path(__file__).parents[2]


def test_every_benchmark_is_named() -> None:
    assert sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py")) == sorted(
        f"bench_{name}" for name in MODULES
    )


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", MODULES)
def test_a_benchmark_runs_at_its_smallest(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--tiny", name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == HEADER
    assert len(done.stdout.splitlines()) > 1

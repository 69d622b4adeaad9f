"""The limit on tests: long ones without a mark fail, marked ones do not, and what many share is nobody's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import limits

_TESTS = """
import time
import pytest

from tests import limits

def burn():
    until = time.process_time() + 0.4
    while time.process_time() < until:
        pass

@pytest.fixture(scope="module")
def shared():
    burn()

@pytest.fixture
def own(shared):
    burn()

def test_first_to_ask(shared):
    pass

def test_long():
    burn()

def test_long_to_set_up(own):
    pass

@pytest.mark.slow("it burns")
def test_marked():
    burn()
"""


def run(folder: Path, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    slow(reason): long\n")
    (folder / "test_some.py").write_text(text)
    start = "import sys, pytest, tests.limits as limits; limits.SECONDS = 0.3; sys.exit(pytest.main(sys.argv[1:], [limits]))"
    plain = ["-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:pytestqt", "-rA", "-q"]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", start, *plain, *words, str(folder)],
        capture_output=True, text=True, check=False, cwd=folder, env=environ,
    )  # fmt: skip


def test_a_long_test_that_is_not_marked_fails(tmp_path: Path) -> None:
    said = run(tmp_path, _TESTS).stdout

    outcomes = {line.split("::")[1].split()[0]: line.split()[0] for line in said.splitlines() if "::test_" in line}
    assert outcomes == {
        "test_first_to_ask": "PASSED",
        "test_long": "FAILED",
        "test_long_to_set_up": "FAILED",
        "test_marked": "PASSED",
    }
    assert "s of a processor; 0.3 are allowed" in said


@pytest.mark.parametrize(
    "mark",
    [
        "@pytest.mark.slow",
        pytest.param("@pytest.mark.slow()", marks=pytest.mark.exhaustive),
        pytest.param('@pytest.mark.slow("")', marks=pytest.mark.exhaustive),
    ],
)
def test_a_mark_without_a_reason_is_refused(tmp_path: Path, mark: str) -> None:
    done = run(tmp_path, f"import pytest\n\n{mark}\ndef test_some():\n    pass\n")

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "slow needs a reason: test_some.py::test_some" in done.stdout + done.stderr


def test_the_limit_is_in_force(request: pytest.FixtureRequest) -> None:
    assert request.config.pluginmanager.is_registered(limits)

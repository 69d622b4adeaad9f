"""``verify`` as a separate program: what it loads, and what is left of it when somebody ends it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.own_readers

PATIENCE = 60


def verify(decided, *files, code: str = "from intake.cli import main; main()") -> list[str]:
    house, _ = decided
    beside = ["--org", house.org, "--acts", str(house.root / "acts"), "--home", str(house.root / "none")]
    return [sys.executable, "-c", code, "verify", *beside, *map(str, files)]


@pytest.mark.exhaustive
def test_no_reader_of_pdfs_from_outside_is_loaded_where_the_verdict_is_made(decided):
    house, _ = decided
    code = (
        "import sys; from intake.cli import main\n"
        "try: main()\n"
        "finally: print(*sorted({'pikepdf', 'pyhanko', 'pypdfium2', 'reportlab', 'PySide6'} & set(sys.modules)))"
    )

    done = subprocess.run(
        verify(decided, house.root / "record.pdf", code=code), capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("TOTAL-PASSED")
    # The pages and looks of a record are drawn here from the acts, and these are what they are drawn with (note 0013).
    assert set(done.stdout.splitlines()[-1].split()) <= {"pikepdf", "pyhanko", "reportlab"}


def workers_of(process: subprocess.Popen[bytes]) -> set[int]:
    try:
        return {int(item) for item in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()}
    except OSError:
        return set()


def wait_for(condition) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.kill
@pytest.mark.parametrize(("ended_by", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
@pytest.mark.slow("starts a program and its readers")
def test_no_worker_outlives_the_command(decided, ended_by, code):
    house, _ = decided
    command = verify(decided, *[house.root / "record.pdf"] * 400)
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    wait_for(lambda: len(workers_of(running)) == 2)
    workers = workers_of(running)

    running.send_signal(ended_by)
    _, said = running.communicate(timeout=PATIENCE)

    assert running.returncode == code
    assert b"Traceback" not in said
    wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))

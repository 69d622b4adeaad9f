"""The demonstration: the main journey in a folder of its own, every step in a process of its own.

Nothing is handed from step to step but files: five data folders, a stick and a shared folder.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from intake.commands.context import Context
from intake.domain.refusals import Refusal

_SECONDS = 300
_FROZEN = bool(getattr(sys, "frozen", False))


class StepFailed(Refusal):
    what = "The demonstration stopped at “{step}”: {detail}"
    why = "The main journey must always work; this copy of Countersign or this computer stands in its way."
    next = "Run: countersign selftest. Report it with what was printed if it happens again."
    exit_code = 1


class ScreensLeftOut(Refusal):
    what = "This build cannot take pictures of its screens."
    why = "The part that does so is for those who work on Countersign, and is not shipped."
    next = "Leave --headless out, or run it from the source."


def add_to(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="An empty or new folder to work in; a new one otherwise.")] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="Also take a picture of every screen, without showing a window.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print only the result, as JSON.")] = False,
    step: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Walk the main journey: file offline, review, countersign, verify. Leaves record.pdf, acts and summary.json."""
    from intake.services import journey

    given: Context = context.obj
    root = out.absolute() if out else Path(tempfile.mkdtemp(prefix="countersign-demo-"))
    if step:
        ground = journey.Ground(root, given.read, given.names, lambda: datetime.now(UTC).replace(microsecond=0))
        for line in journey.take(ground, step):
            typer.echo(line)
        return
    say = _nothing if as_json else typer.echo
    walked = journey.walk(root, read=given.read, names=given.names, say=say, run=partial(_step, root))
    if headless:
        say("Every screen, in both themes")
        for line in _screens(root / "screens"):
            say(f"   {line}")
    if as_json:
        found = asdict(walked) | {"record": str(walked.record), "acts": str(walked.acts)}
        typer.echo(json.dumps(found, indent=2))
        return
    typer.echo(f"{walked.reference}: {walked.verdict}")
    typer.echo(f"The record: {walked.record}")
    beside = f"--org {walked.organisation} --acts {walked.acts}"
    typer.echo(f"Check it again: countersign verify {beside} {walked.record}")


def _nothing(_line: str) -> None:
    """Only the result is wanted."""


def _step(root: Path, step: str) -> tuple[str, ...]:
    """One step in a new process of this program. Raises StepFailed."""
    program = [sys.executable] if _FROZEN else [sys.executable, "-m", "intake.cli"]
    return _run([*program, "demo", "--out", str(root), "--step", step], step)


def _screens(folder: Path) -> tuple[str, ...]:
    """The pictures, taken by the other program, because nothing here knows Qt. Raises ScreensLeftOut or StepFailed."""
    if _FROZEN:
        raise ScreensLeftOut
    return _run([sys.executable, "-m", "ui.demo", "--screens", str(folder)], "screens")


def _run(command: list[str], step: str) -> tuple[str, ...]:
    done = subprocess.run(  # noqa: S603  # our own program, with arguments made here
        command,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        timeout=_SECONDS,
    )
    if done.returncode:
        raise StepFailed(step=step, detail=done.stderr.strip() or f"exit code {done.returncode}")
    return tuple(done.stdout.splitlines())

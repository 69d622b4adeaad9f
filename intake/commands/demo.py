"""The demonstration: a story in a new folder, with pictures of the screens.

Nothing is handed from step to step but files: a home for each person, a stick for the first laptop and a shared folder. Every step of
the first decision runs in a separate process; the life, which has many more, opens and closes the homes in this one. Where a display
is and nobody asks for a story, the app opens on the sample organisation instead.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from intake.commands.context import CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.commands.programs import pictures_program, this_program, window_program
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.files import write_whole
from intake.services.installation.reaching import whole_name

_SECONDS = 300
_NO_STEP = Wording("DemoNoStep", "there is no such step")
_TOO_LONG = Wording("DemoTooLong", "it took longer than {seconds} seconds")
_ENDED = Wording("DemoEnded", "exit code {code}")
_SAME = "Every register came to the same."
_NOT_THE_SAME = "The registers did not come to the same, which is a fault of the program."


class StepFailed(Refusal):
    what = "The demonstration stopped at “{step}”: {detail}"
    why = "The main journey must always work; something in this copy of Countersign or on this computer prevents it."
    next = "Run: countersign selftest. Report it with what was printed if it happens again."
    exit_code = 1


class DemoStory(StrEnum):
    """Which story is told: a first decision, or a use case from its pilot to its retirement."""

    JOURNEY = "journey"
    LIFE = "life"


def demo(
    given: CommandContext,
    out: Annotated[Path | None, Flag("An empty or new folder for everything; a new one otherwise.")] = None,
    story: Annotated[
        DemoStory | None,
        Flag(
            "journey: until it is decided; life: on to its retirement, with what is refused on the way.", value="STORY"
        ),
    ] = None,
    headless: Annotated[bool, Flag("Never open a window, also where there is a display.")] = False,
    screens: Annotated[bool, Flag("Also take pictures of the screens.")] = True,
    step: Annotated[str, Flag("", hidden=True)] = "",
) -> Reply:
    """Show everything on real use cases: in the app, or without a display into a folder.

    The folder then holds record.pdf, acts, org.pem, screens and summary.json, and can be checked with: countersign verify.
    The story “life” adds pdfs, everything that was signed as pages, and standing.p7m, a statement of what became of the record; its
    summary.json lists every attempt with the code of its refusal. Exit code 1: not all registers came to the same.
    """
    if step:
        return _take(given, _root(out), step)
    if not headless and story is None and not given.as_json and _display():
        return _open()
    return (_live if story is DemoStory.LIFE else _walk)(given, _root(out), screens=screens)


def _take(given: CommandContext, root: Path, step: str) -> Reply:
    """One step of the first decision, in this process."""
    from intake.sample import journey

    if step not in journey.STEPS:
        raise StepFailed(step=step, detail=_NO_STEP())
    lines = journey.take(journey.JourneyPlace(root, given.read, given.names, _now), step)
    return Reply(lines, {"step": step, "lines": list(lines)})


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _open() -> Reply:
    done = subprocess.run([*window_program(), "--sample"], check=False)  # noqa: S603 - our own program
    return Reply((), {"opened": True}, done.returncode)


def _walk(given: CommandContext, root: Path, *, screens: bool) -> Reply:
    from intake.sample import journey

    with tempfile.TemporaryDirectory(prefix="countersign-demo-") as work:
        # Two programs at once: the pictures need the sample organisation, not the journey.
        pictures = Pictures(Path(work)) if screens else None
        try:
            walked = journey.walk(
                root,
                read=given.read,
                names=given.names,
                say=given.say,
                run=partial(_in_a_process, root),
            )
            if pictures:
                given.say("Every screen, in both themes")
                given.say(f"   {pictures.move_to(root / 'screens')} pictures in {root / 'screens'}")
        finally:
            if pictures:
                pictures.end()
    data: dict[str, Any] = asdict(walked) | {
        "record": str(walked.record),
        "acts": str(walked.acts),
        "certificates": str(root / "org.pem"),
        "pictures": sorted(str(path) for path in (root / "screens").glob("*.png")),
    }
    return Reply(
        (
            f"{walked.reference}: {walked.verdict}",
            f"The record: {walked.record}",
            f"Check it again: countersign verify --org {walked.organisation} --acts {walked.acts} {walked.record}",
        ),
        data,
    )


def _live(given: CommandContext, root: Path, *, screens: bool) -> Reply:
    from intake.sample import life

    lived = life.live(root, read=given.read, names=given.names, clock=_now, say=given.say)
    if screens:
        with tempfile.TemporaryDirectory(prefix="countersign-demo-") as work:
            pictures = Pictures(Path(work), "--life", str(root))
            try:
                given.say("The screens they saw on the way, in both themes")
                given.say(f"   {pictures.move_to(root / 'screens')} pictures in {root / 'screens'}")
            finally:
                pictures.end()
    shutil.rmtree(root / life.MOMENTS)
    data: dict[str, Any] = asdict(lived) | {
        "pictures": sorted(str(path) for path in (root / "screens").glob("*.png")),
    }
    write_whole(root / "summary.json", (json.dumps(data, indent=2) + "\n").encode(), replace=True)
    return Reply(
        (
            f"{lived.reference}: {' → '.join(lived.phases)}",
            f"{len(lived.refused)} attempts were refused, as they must be: {root / 'summary.json'}",
            f"{len(lived.pdfs)} signed PDFs: {root / 'pdfs'}",
            f"Check one again: countersign verify --org {lived.organisation} --acts {lived.acts} {lived.record}",
            _SAME if lived.identical_after_merge else _NOT_THE_SAME,
        ),
        data,
        0 if lived.identical_after_merge else 1,
    )


class Pictures:
    """The program with the window taking pictures of screens, on its own, because nothing here knows Qt."""

    def __init__(self, work: Path, *of: str) -> None:
        self._taken = work / "screens"
        self._said = work / "said"
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, with arguments made here
                [*pictures_program(), "--out", str(self._taken), "--work", str(work / "work"), *of],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env=os.environ | {"PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"},
            )

    def move_to(self, folder: Path) -> int:
        """Wait for the pictures and put them into ``folder``; gives how many there are. Raises StepFailed."""
        try:
            code = self._process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            raise StepFailed(step="screens", detail=_TOO_LONG(seconds=_SECONDS)) from None
        if code:
            detail = self._said.read_text(encoding="utf-8", errors="replace").strip()
            raise StepFailed(step="screens", detail=detail[-2000:] or _ENDED(code=code))
        shutil.move(self._taken, folder)
        return sum(1 for _ in folder.glob("*.png"))

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()


def _in_a_process(root: Path, step: str) -> tuple[str, ...]:
    """One step in a new process of this program. Raises StepFailed with what it wrote on its error stream."""
    done = subprocess.run(  # noqa: S603 - our own program, with arguments made here
        [*this_program(), "demo", "--out", str(root), "--step", step],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        timeout=_SECONDS,
    )
    if done.returncode:
        raise StepFailed(step=step, detail=done.stderr.strip() or _ENDED(code=done.returncode))
    return tuple(done.stdout.splitlines())


def _root(out: Path | None) -> Path:
    return whole_name(out) if out else Path(tempfile.mkdtemp(prefix="countersign-demo-"))


def _display() -> bool:
    if os.environ.get("CI"):
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

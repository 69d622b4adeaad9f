"""Records: saving and completing. Judging them is in ``verifying``."""

from __future__ import annotations

from pathlib import Path

import typer

from intake.commands.context import Context
from intake.commands.files import shown
from intake.commands.offering import Reply, offer
from intake.files import write_whole


def add_to(app: typer.Typer) -> None:
    offer(app, "record", record)
    offer(app, "complete", complete)


def record(given: Context, case: str, target: Path) -> Reply:
    """Save the decision record as a PDF."""
    from intake.services.recording import record_of

    name = given.case(case)
    item, data = record_of(given.desk, name)
    write_whole(target, data)
    return Reply(
        (f"{shown(target)}  {item.size} bytes  {item.sha256}",),
        {"case": name, "file": shown(target), "size": item.size, "sha256": item.sha256},
    )


def complete(given: Context, case: str) -> Reply:
    """Add the signature that is still missing when both offices signed first."""
    from intake.services import recording

    name = given.case(case)
    made = recording.complete(given.desk, given.signer(), name)
    return Reply((f"Sealed {made.sha256}",), {"case": name, "size": made.size, "sha256": made.sha256})

"""Statements of standing: what became of a record, signed in one file for people who have nothing but the PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CaseName, CommandContext
from intake.commands.files import shown
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.commands.saying import coded, coded_or_none
from intake.domain.base.wording import together, words
from intake.files import write_whole

if TYPE_CHECKING:
    from intake.domain.case.standing_said import StandsToday


def standing(
    given: CommandContext,
    case: CaseName,
    out: Annotated[Path, Flag("Where to write the statement (.p7m), beside the PDF.")],
    sha256: Annotated[str, Flag("State it of the record with this SHA-256, where the use case has several.")] = "",
    replace: Annotated[bool, Flag("Write over an existing file.")] = False,
) -> Reply:
    """Sign a statement of standing: what became of a record, as known here, for people without a register.

    The records team and the offices may. “verify RECORD --standing FILE” checks it, without a register and without a network.
    """
    from intake.services.deciding import stating
    from intake.services.outside.pool import Pool
    from intake.services.proving.judge import by_register

    name = given.case(case)
    with Pool() as pool:
        what = stating.to_state(given.installation, name, by_register(pool), sha256.strip().lower())
    stating.require_stating(given.installation, what.state, given.who(), given.workspace.settings().key)
    said = words(together(what.found.said, what.found.known))
    # Before anything is signed, as with every act.
    given.say_rows((("Record", what.record.attachment.sha256), ("Standing", said)))
    made = stating.state_standing(given.installation, given.signer(), what)
    write_whole(out, made.blob, replace=replace)
    return Reply(
        (f"{shown(out)}  {len(made.blob)} bytes  {made.blob_id}", said),
        {
            "case": name,
            "file": shown(out),
            "size": len(made.blob),
            "sha256": made.blob_id,
            "record": what.record.attachment.sha256,
            "signed_on": made.statement.at.date().isoformat(),
            "stands": stands_document(what.found),
        },
    )


def stands_document(found: StandsToday) -> dict[str, Any]:
    """What became of a record, as ``standing`` and ``verify`` answer it."""
    stands, known = found.stands, found.known_on
    return {
        "standing": stands.standing.value,
        "holds": found.holds,
        "said": coded(found.said),
        "since": _day(stands.since),
        "until": _day(stands.until),
        "by": [
            {"act": item.act, "person": item.person, "office": item.office, "day": item.day.isoformat()}
            for item in stands.by
        ],
        "superseded_by": {"revision": stands.revision, "record": stands.record},
        "known_on": _day(known.day),
        "known_by": known.by.value,
        "known": coded_or_none(found.known),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

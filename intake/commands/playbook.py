"""Playbooks: checking a folder line by line, accepting it for the organisation, and showing what is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from intake.commands.context import Context
from intake.commands.files import NoSuchFolder, read_file, shown
from intake.commands.offering import Reply, offer
from intake.commands.roster import changed
from intake.domain.refusals import Refusal

if TYPE_CHECKING:
    from intake.domain.placed import PlacedRefusal
    from intake.domain.playbook import Playbook

_MAX_FILE = 4 << 20
_MAX_FILES = 200

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of TOML files: an overlay, or a whole playbook.")]


class NoPlaybookThere(Refusal):
    what = "There is no playbook in {name}: it has no file meta.toml."
    why = "That file says what the playbook is called and, for an overlay, what it extends."
    next = "Name the folder with meta.toml in it; the help page on overlays shows one."
    exit_code = 3


class TooManyPlaybookFiles(Refusal):
    what = "{name} holds more than {limit} files of TOML."
    why = "No playbook is made of that many, so it is not the folder you mean."
    next = "Name the folder of the playbook itself."
    exit_code = 3


class Declined(Refusal):
    what = "The playbook was not accepted, because you said no."
    why = "From then on every request would be asked and judged by it."
    next = "Read it through with: countersign playbook check, and accept it when it is right."


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(
        help="What is asked, and what follows from the answers.", no_args_is_help=True, rich_markup_mode=None
    )
    offer(group, "check", check)
    offer(group, "accept", accept)
    offer(group, "show", show)
    app.add_typer(group, name="playbook")


def check(given: Context, folder: Folder) -> Reply:
    """Check a folder against the core playbook. Exit code 0 when it can be used, 1 when something is wrong in it."""
    from intake.domain.playbook_reach import unreachable
    from intake.services import playbook_files as service

    core, own = service.core_files(given.read, given.names), files_in(folder)
    refused = service.refusals_of(core, own)
    if refused:
        lines = [*map(_line, refused), "", f"Problems: {len(refused)}. {refused[0].next_step}"]
        data = {"problems": [_problem(item) for item in refused], "unreachable": [], "playbook": None}
        return Reply(tuple(lines), {"folder": shown(folder), **data}, 1)
    made = service.playbook_of(core, own)
    dead = unreachable(made)
    counts = _counts(made)
    return Reply(
        (
            f"{made.title} ({made.id} {made.version})",
            ", ".join(f"{word}: {number}" for word, number in counts.items()),
            *(f"worth a look: no answers lead to the {name}" for name in dead),
            f"Digest {made.digest}",
        ),
        {
            "folder": shown(folder),
            "problems": [],
            "unreachable": list(dead),
            "playbook": {**_named(made), **counts},
        },
    )


def accept(
    given: Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="An overlay, or a whole playbook; the core otherwise.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="It was read through already; do not ask.")] = False,
) -> Reply:
    """Write the roster version that accepts a playbook (administrators). It travels with the roster to everybody."""
    from intake.services import playbooks as service

    made = playbook_in(given, folder)
    if not yes:
        typer.echo(f"{made.title} ({made.id} {made.version})\nDigest {made.digest}", err=True)
        if not given.confirm("Shall requests be asked and judged by it?"):
            raise Declined
    reply = changed(service.accept(given.desk, given.signer(), made))
    return Reply((f"Playbook {made.digest}", *reply.lines), {**reply.data, "playbook": made.digest})


def show(given: Context) -> Reply:
    """Show the playbooks the organisation accepts, and the one new requests are made with."""
    from intake.services import playbooks as service

    found = service.known(given.desk)
    lines = []
    for item in found:
        title = f"{item.playbook.title} ({item.playbook.id} {item.playbook.version})" if item.playbook else "not here"
        since = f"accepted since roster version {item.since}" if item.since else "brought by this program"
        lines += [f"{'* ' if item.current else '  '}{title}, {since}", f"    {item.digest}"]
    waiting = service.waiting(given.desk)
    for waits in waiting:
        title = (
            f"{waits.playbook.title} ({waits.playbook.id} {waits.playbook.version})" if waits.playbook else "not here"
        )
        lines += [f"  {title}, waits for roster {waits.roster}", f"    {waits.digest}"]
    return Reply(
        tuple(lines),
        {
            "playbooks": [
                {
                    "digest": item.digest,
                    "since": item.since,
                    "current": item.current,
                    "core": item.core,
                    "playbook": _named(item.playbook) if item.playbook else None,
                }
                for item in found
            ],
            "waiting": [
                {
                    "roster": waits.roster,
                    "digest": waits.digest,
                    "playbook": _named(waits.playbook) if waits.playbook else None,
                }
                for waits in waiting
            ],
        },
    )


def playbook_in(given: Context, folder: Path | None) -> Playbook:
    """The playbook in a folder, laid over the core where it is an overlay; without a folder the core itself.

    Raises what ``playbook_files.playbook_of`` raises.
    """
    from intake.services import playbook_files as service

    if folder is None:
        return service.read_playbook(given.read, given.names)
    return service.playbook_of(service.core_files(given.read, given.names), files_in(folder))


def files_in(folder: Path) -> Mapping[str, bytes]:
    """The TOML files directly in a folder, by name. Raises NoSuchFolder, NoPlaybookThere, or a refusal of a file."""
    if not folder.is_dir():
        raise NoSuchFolder(name=shown(folder))
    names = sorted(folder.glob("*.toml"))
    if not (folder / "meta.toml").is_file():
        raise NoPlaybookThere(name=shown(folder))
    if len(names) > _MAX_FILES:
        raise TooManyPlaybookFiles(name=shown(folder), limit=_MAX_FILES)
    return {path.name: read_file(path, limit=_MAX_FILE) for path in names}


def _line(refusal: PlacedRefusal) -> str:
    return " ".join(part for part in (refusal.what_happened, refusal.reason) if part)


def _problem(refusal: PlacedRefusal) -> dict[str, Any]:
    return {
        "file": refusal.place.file if refusal.place else "",
        "line": refusal.place.line if refusal.place else 0,
        "code": refusal.code,
        "what": refusal.said,
        "why": refusal.reason,
        "next": refusal.next_step,
    }


def _named(made: Playbook) -> dict[str, str]:
    return {"digest": made.digest, "id": made.id, "version": made.version, "title": made.title}


def _counts(made: Playbook) -> dict[str, int]:
    return {
        "questions": len(made.questions),
        "rules": len(made.rules),
        "threats": len(made.threats),
        "controls": len(made.controls),
        "duties": len(made.duties),
        "classifications": len(made.classifications),
        "contradictions": len(made.contradictions),
        "chapters": len(made.chapters),
    }

"""Playbooks: checking a folder line by line, accepting it for the organisation, and showing what is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CommandContext
from intake.commands.files import require_folder, shown
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.commands.roster import changed
from intake.commands.saying import coded_each, coded_refusal
from intake.commands.terminal import tell
from intake.domain.base.refusals import Refusal

if TYPE_CHECKING:
    from intake.domain.base.located import PlacedRefusal
    from intake.domain.playbook.whole import Playbook

Folder = Annotated[Path, Argument("A folder of TOML files: an overlay, or a whole playbook.", value="DIR")]


class Declined(Refusal):
    what = "The playbook was not accepted, because you said no."
    why = "From then on every use case would be asked and judged by it."
    next = "Read it through with: countersign playbook check, and accept it when it is right."


def check(given: CommandContext, folder: Folder) -> Reply:
    """Check a folder and show how it differs from the core playbook. Exit code 1 when something is wrong in it."""
    from intake.services.installation import playbook_files
    from intake.services.organisation import playbook_folder

    core = playbook_files.core_files(given.read, given.names)
    against = playbook_files.read_playbook(given.read, given.names)
    found = playbook_folder.checked(core, _files(folder), against=against)
    if found.playbook is None:
        refused = found.problems
        lines = [*map(_line, refused), "", f"Problems: {len(refused)}. {refused[0].next_step}"]
        data = {"problems": [_problem(item) for item in refused], "unreachable": [], "playbook": None}
        return Reply(tuple(lines), {"folder": shown(folder), **data, "differences": []}, 1)
    made = found.playbook
    counts = _counts(made)
    return Reply(
        (
            f"{made.title} ({made.id} {made.version})",
            ", ".join(f"{word}: {number}" for word, number in counts.items()),
            *(f"{item.move} {item.part}: {item.title}" for item in found.differences),
            *(f"worth a look: no answers lead to the {name}" for name in found.unreachable),
            f"Digest {made.digest}",
        ),
        {
            "folder": shown(folder),
            "problems": [],
            "unreachable": coded_each(item.named for item in found.unreachable),
            "differences": [item.as_json() for item in found.differences],
            "playbook": {**_named(made), **counts},
        },
    )


def accept(
    given: CommandContext,
    folder: Annotated[
        Path | None, Argument("An overlay, or a whole playbook; the core otherwise.", value="DIR")
    ] = None,
    yes: Annotated[bool, Flag("It was read through already; do not ask.")] = False,
) -> Reply:
    """Write the roster version that accepts a playbook (administrators). It travels with the roster to everybody."""
    from intake.domain.playbook.differences import playbook_differences
    from intake.services.organisation import people
    from intake.services.organisation import playbooks as service

    made = playbook_in(given, folder)
    people.require_publishable(given.installation, service.to_accept(given.installation, given.who(), made))
    if not yes:
        # The version it makes has this one playbook more and nothing else; what that changes is in the playbook.
        changes = playbook_differences(given.installation.shelf.current, made)
        told = (f"  {item.move} {item.part}: {item.title}" for item in changes)
        tell("\n".join((f"{made.title} ({made.id} {made.version})", f"Digest {made.digest}", *told)))
        if not given.confirm("Shall use cases be asked and judged by it?"):
            raise Declined
    reply = changed(service.accept(given.installation, given.signer(), made))
    return Reply((f"Playbook {made.digest}", *reply.lines), {**reply.data, "playbook": made.digest})


def show(given: CommandContext) -> Reply:
    """Show the playbooks the organisation accepts, and the one new use cases are described with."""
    from intake.services.organisation import playbooks as service

    found = service.known(given.installation)
    lines = []
    for item in found:
        title = f"{item.playbook.title} ({item.playbook.id} {item.playbook.version})" if item.playbook else "not here"
        since = f"accepted since roster version {item.since}" if item.since else "brought by this program"
        if item.needs_newer:
            since += f"; its engine {item.engine} needs a newer version of Countersign"
        lines += [f"{'* ' if item.current else '  '}{title}, {since}", f"    {item.digest}"]
    waiting = service.waiting(given.installation)
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
                    "engine": item.engine,
                    "needs_newer": item.needs_newer,
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


def playbook_in(given: CommandContext, folder: Path | None) -> Playbook:
    """The playbook in a folder, laid over the core where it is an overlay; without a folder the core itself.

    Raises what ``playbook_files.playbook_of`` raises.
    """
    from intake.services.installation import playbook_files as service

    if folder is None:
        return service.read_playbook(given.read, given.names)
    return service.playbook_of(service.core_files(given.read, given.names), _files(folder))


def _files(folder: Path) -> Mapping[str, bytes]:
    """Raises NoSuchFolder, FolderNotRead, or what ``playbook_folder.files_in`` raises."""
    from intake.services.organisation import playbook_folder

    require_folder(folder)
    return playbook_folder.files_in(folder)


def _line(refusal: PlacedRefusal) -> str:
    return " ".join(part for part in (refusal.what_happened, refusal.reason) if part)


def _problem(refusal: PlacedRefusal) -> dict[str, Any]:
    return {
        "file": refusal.place.file if refusal.place else "",
        "line": refusal.place.line if refusal.place else 0,
        **coded_refusal(refusal),
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

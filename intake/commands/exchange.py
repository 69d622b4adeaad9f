"""Sending and fetching: the shared folder, packages, and single acts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from intake.commands.context import Context, show_progress
from intake.commands.files import read_file, shown
from intake.commands.offering import Reply, offer
from intake.commands.program import said
from intake.domain.refusals import Refusal

if TYPE_CHECKING:
    from intake.exchange.report import ExchangeReport


class NoFolderYet(Refusal):
    what = "No exchange folder is set."
    why = "The folder is what this register and the others have in common."
    next = "Name it once with --folder; it is remembered."


def add_to(app: typer.Typer) -> None:
    offer(app, "sync", sync)
    offer(app, "export", export)
    offer(app, "import", import_)


def sync(
    given: Context,
    folder: Annotated[Path | None, typer.Option(help="The shared folder; remembered for the next time.")] = None,
) -> Reply:
    """Send what others do not have, and fetch what is not here."""
    from intake.services.exchanging import FolderExchange

    chosen = str(folder.expanduser().absolute()) if folder else given.workspace.settings().folder
    if not chosen:
        raise NoFolderYet
    report = FolderExchange(given.desk, Path(chosen)).run(progress=show_progress)
    if folder:
        given.workspace.change_settings(folder=chosen)
    return Reply(_lines(report), {"folder": shown(Path(chosen)), **_document(report)})


def export(
    given: Context,
    target: Path,
    case: Annotated[list[str] | None, typer.Option(help="Only this use case; repeat for several.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over an existing file.")] = False,
) -> Reply:
    """Write a signed package for a stick or an e-mail."""
    from intake.services.exchanging import export_package

    cases = [given.case(name) for name in case or ()]
    count = export_package(given.desk, given.signer(), target, cases=cases, replace=replace, progress=show_progress)
    return Reply((f"{count} acts written to {shown(target)}",), {"file": shown(target), "acts": count, "cases": cases})


def import_(
    given: Context,
    source: Annotated[list[Path], typer.Argument(help="Packages (.countersign) or single acts (.p7m).")],
) -> Reply:
    """Take in packages or single acts. One that is refused does not keep the others out."""
    lines: list[str] = []
    files: list[dict[str, Any]] = []
    refused: list[Refusal] = []
    for path in source:
        try:
            report = _take(given, path)
        except Refusal as refusal:
            if len(source) == 1:
                raise
            refused.append(refusal)
            lines += [f"{shown(path)}: refused.", f"  {refusal.sentence}"]
            files.append({"name": shown(path), "refusal": said(refusal)})
            continue
        lines += [f"{shown(path)}:", *_lines(report)]
        files.append({"name": shown(path), **_document(report)})
    if refused:
        return Reply(tuple(lines), {"refusal": said(refused[0]), "files": files}, refused[0].exit_code)
    return Reply(tuple(lines), {"files": files})


def _take(given: Context, path: Path) -> ExchangeReport:
    from intake.exchange.entries import MAX_ACT
    from intake.services import exchanging
    from intake.services.judged import Sort, sort_of

    if sort_of(read_file(path, limit=8, whole=False), path.name) is Sort.ACT:
        return exchanging.import_act(given.desk, read_file(path, limit=MAX_ACT))
    return exchanging.import_package(given.desk, path, progress=show_progress)


def _lines(report: ExchangeReport) -> tuple[str, ...]:
    return tuple(f"  {line}" for line in report.summary)


def _document(report: ExchangeReport) -> dict[str, Any]:
    return {
        "new": report.new,
        "known": report.known,
        "waiting": report.waiting,
        "refused": report.refused,
        "sent": report.sent,
        "already_there": report.already_there,
        "missing": report.missing.acts,
        "summary": list(report.summary),
        "problems": [{"where": item.where, **said(item.refusal)} for item in report.problems],
    }

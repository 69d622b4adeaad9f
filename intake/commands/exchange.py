"""Sending and fetching: the shared folder, packages, and single acts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CommandContext, show_progress
from intake.commands.files import read_file, shown
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.commands.saying import coded_each, coded_refusal
from intake.domain.base.refusals import Refusal
from intake.services.installation.reaching import whole_name

if TYPE_CHECKING:
    from intake.exchange.report import ExchangeReport
    from intake.services.proving.judged import Result


_NOT_ALL_SENT = 2
_SIGNED_UNSENT = "Signed here and not sent yet: {count}"


class NoFolderYet(Refusal):
    what = "No exchange folder is set."
    why = "The folder is what this register and the others have in common."
    next = "Name it once with --folder; it is remembered."


def sync(
    given: CommandContext,
    folder: Annotated[Path | None, Flag("The shared folder; remembered for the next time.")] = None,
) -> Reply:
    """Send what others do not have, and fetch what is not here; neither waits for the other.

    Exits with 2 when one of them came to no end or a file could not be sent. What was done all the same is said.
    """
    from intake.services.exchanging.delivery import unsent as unsent_count
    from intake.services.exchanging.exchanging import report_of
    from intake.services.exchanging.folder_exchange import FolderExchange

    chosen = str(whole_name(folder)) if folder else given.workspace.settings().folder
    if not chosen:
        raise NoFolderYet
    stopped: Refusal | None = None
    try:
        report = FolderExchange(given.installation, Path(chosen)).run(progress=show_progress)
    except Refusal as refusal:
        found = report_of(refusal)
        if found is None or found.idle:
            raise
        report, stopped = found, refusal
    if folder:
        given.workspace.change_settings(folder=chosen)
    waiting = unsent_count(given.installation).count
    lines = (*_lines(report), f"  {_SIGNED_UNSENT.format(count=waiting)}") if waiting else _lines(report)
    data = {"folder": shown(Path(chosen)), **_document(report), "unsent": report.unsent, "signed_unsent": waiting}
    if stopped is not None:
        return Reply((*lines, *_sentences(stopped)), {**data, "refusal": coded_refusal(stopped)}, stopped.exit_code)
    return Reply(lines, data, _NOT_ALL_SENT if report.unsent else 0)


def unsent(given: CommandContext) -> Reply:
    """List what was signed here and is not known to have left: no carrier has it, and nobody else has answered it."""
    from intake.services.deciding.act_words import called
    from intake.services.exchanging import delivery

    count = delivery.unsent(given.installation).count
    acts = delivery.unsent_acts(given.installation)
    lines = [
        f"{item.at:%Y-%m-%d %H:%M} UTC  {called(item.kind)}  {item.reference} {item.title}".rstrip() for item in acts
    ]
    if count > len(acts):
        lines.append(f"and {count - len(acts)} more")
    return Reply(
        tuple(lines) or ("Everything that was signed here has left.",),
        {
            "unsent": count,
            "acts": [
                {
                    "act": item.act,
                    "kind": item.kind,
                    "case": item.case,
                    "reference": item.reference,
                    "title": item.title,
                    "at": item.at.isoformat(),
                }
                for item in acts
            ],
        },
    )


def export(
    given: CommandContext,
    target: Annotated[Path, Argument("Where to write it.")],
    case: Annotated[list[str] | None, Flag("Only this use case; repeat for several.")] = None,
    replace: Annotated[bool, Flag("Write over an existing file.")] = False,
) -> Reply:
    """Write a signed package for a stick or an e-mail."""
    from intake.services.exchanging.exchanging import export_package

    cases = [given.case(name) for name in case or ()]
    count = export_package(
        given.installation, given.signer(), target, cases=cases, replace=replace, progress=show_progress
    )
    return Reply((f"{count} acts written to {shown(target)}",), {"file": shown(target), "acts": count, "cases": cases})


def import_(
    given: CommandContext,
    source: Annotated[list[Path], Argument("Packages (.countersign) or single acts (.p7m).")],
) -> Reply:
    """Import packages or single acts. One that is refused does not keep the others out.

    Exit code as of ``verify``: 0 when everything of all files was kept, 1 when something is broken or refused, 2 when
    nobody listed vouches for a package, 3 for a file that is none of ours; of several files the worst.
    """
    from intake.services.proving.judged import WORST_LAST

    taken = [_take(given, path) for path in source]
    worst = max((item.decisive for item in taken), key=WORST_LAST.index)
    first = next((item.refusal for item in taken if item.refusal), None)
    lines = [line for item in taken for line in item.lines]
    files = [{"name": shown(item.path), **item.document} for item in taken]
    data = {"indication": worst.value, **({"refusal": coded_refusal(first)} if first else {}), "files": files}
    return Reply(tuple(lines), data, worst.exit_code)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What became of one file: a report, or the refusal of the file as a whole.

    ``result`` is what ``verify`` says and what the import found; ``open`` whether waiting to be judged is what the file
    was imported for: an act before its case, an enrolment, or anything before there is a roster in force.
    """

    path: Path
    result: Result
    sentence: str
    report: ExchangeReport | None = None
    refusal: Refusal | None = None
    open: bool = False

    @property
    def decisive(self) -> Result:
        from intake.services.proving.judged import Result

        return Result.PASSED if self.open and self.result is Result.INDETERMINATE else self.result

    @property
    def lines(self) -> tuple[str, ...]:
        if self.refusal:
            return f"{shown(self.path)}: refused.", f"  {self.refusal.sentence}"
        assert self.report
        more = () if self.decisive.exit_code == 0 else (f"  {self.sentence}",)
        return f"{shown(self.path)}:", *_lines(self.report), *more

    @property
    def document(self) -> dict[str, Any]:
        if self.refusal:
            return {"indication": self.result.value, "refusal": coded_refusal(self.refusal)}
        assert self.report
        return {"indication": self.result.value, **_document(self.report)}


def _take(given: CommandContext, path: Path) -> _Taken:
    """Judge the file as ``verify`` does, then import it. Raises a RegisterRefusal, which is not about the file."""
    from intake.exchange.entries import MAX_ACT
    from intake.register.refusals import RegisterRefusal
    from intake.services.exchanging import exchanging
    from intake.services.proving import anchors, judging
    from intake.services.proving.judge import File, judge_here
    from intake.services.proving.judged import FileSort, Result, sort_of, unreadable

    sort = FileSort.UNKNOWN
    judged = None
    try:
        sort = sort_of(read_file(path, limit=8, whole=False), path.name)
        anchor = anchors.anchor_of_register(given.installation)
        if sort is FileSort.ACT:
            data = read_file(path, limit=MAX_ACT)
            judged = judge_here(File(sort, path, data), anchor)
            report = exchanging.import_act(given.installation, data)
        else:
            judged = judge_here(File(sort, path), anchor)
            report = exchanging.import_package(given.installation, path, progress=show_progress)
    except RegisterRefusal:
        raise
    except Refusal as refusal:
        judged = judged or unreadable(sort, refusal)
        said_no = Result.FAILED if judged.result is Result.PASSED else judged.result
        return _Taken(path, said_no, judged.sentence, refusal=refusal)
    result = judging.judged_by_importing(judged, refused=report.refused + len(report.problems))
    return _Taken(path, result, judged.sentence, report, open=sort is FileSort.ACT or not anchor.rosters.founded)


def _sentences(refusal: Refusal) -> tuple[str, ...]:
    return tuple(line for line in (refusal.what_happened, refusal.reason, refusal.next_step) if line)


def _lines(report: ExchangeReport) -> tuple[str, ...]:
    how = ("See the keys: countersign roster show. Then: countersign roster list-person.",) if report.asking else ()
    return tuple(f"  {line}" for line in (*report.summary, *how))


def _document(report: ExchangeReport) -> dict[str, Any]:
    return {
        "new": report.new,
        "known": report.known,
        "waiting": report.waiting,
        "asking": list(report.asking),
        "refused": report.refused,
        "sent": report.sent,
        "already_there": report.already_there,
        "missing": report.missing.acts,
        "summary": coded_each(report.told),
        "problems": [{"where": item.where, **coded_refusal(item.refusal)} for item in report.problems],
    }

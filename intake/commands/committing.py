"""What both offices committed to: listing it, reporting that it is met, and answering a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CaseName, CommandContext
from intake.commands.files import read_file
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.domain.acts.kinds import CONFIRM, REPORT, RETURN
from intake.domain.base.wording import words

if TYPE_CHECKING:
    from intake.domain.case.carrying import Tracked
    from intake.services.deciding.commitment_lines import CommitmentLine, SaidOfCommitment
    from intake.services.filing.committing import CommitmentSaid, ReportFile

_CommitmentName = Annotated[
    str, Argument("The commitment, by the first letters of its id, as “countersign commitments” prints it.", value="ID")
]


def commitments(given: CommandContext, case: CaseName) -> Reply:
    """List what both offices committed to in a use case: by whom, until when, and what became of it."""
    from intake.services.deciding.commitment_lines import lines_of, settled

    name = given.case(case)
    found = lines_of(given.installation, given.installation.state(name), given.who())
    lines = [f"{settled(found)} of {len(found)} settled", *(line for item in found for line in _lines(item))]
    return Reply(
        tuple(lines) if found else ("Nothing was committed to yet.",),
        {
            "case": name,
            "settled": settled(found),
            "commitments": [_listed(item) for item in found],
        },
    )


def report(
    given: CommandContext,
    case: CaseName,
    commitment: _CommitmentName,
    text: Annotated[str, Flag("What was done, and how anybody can see it.")],
    attach: Annotated[list[str] | None, Flag("Path of a file that shows it; repeat.", in_file_names=True)] = None,
) -> Reply:
    """Report that a commitment is met, as who has to meet it. An office then confirms it or sends it back."""
    from intake.domain.case.naming import shown
    from intake.services.filing import committing as service

    name = given.case(case)
    state, item = service.require_reporting(given.installation, given.who(), name, commitment)
    files = [_file(path) for path in attach or ()]
    given.say_rows([("Commitment", item.commitment.text), ("Report", text), *(("File", one.name) for one in files)])
    given.say_boxes([("Report", text)])
    key = item.commitment.id
    done = service.report(given.installation, given.signer(REPORT), name, key, text, files, seen=shown(state))
    return Reply(("Reported. It waits for an office to confirm it.",), _signed(name, done))


def confirm(given: CommandContext, case: CaseName, commitment: _CommitmentName) -> Reply:
    """Confirm that a commitment is met, as the office that asked for it, by its newest report."""
    from intake.domain.case.naming import shown
    from intake.services.filing import committing as service

    name, person = given.case(case), given.who()
    state, item = service.require_answering(given.installation, person, name, commitment, confirming=True)
    _show_report(given, name, item)
    done = service.confirm(given.installation, given.signer(CONFIRM), name, item.commitment.id, seen=shown(state))
    return Reply(("Confirmed.",), _signed(name, done))


def send_back(
    given: CommandContext,
    case: CaseName,
    commitment: _CommitmentName,
    reason: Annotated[str, Flag("What is missing.")],
) -> Reply:
    """Send the newest report on a commitment back, as the office that asked for it. It is open again at once."""
    from intake.domain.case.naming import shown
    from intake.services.filing import committing as service

    name, person = given.case(case), given.who()
    state, item = service.require_answering(given.installation, person, name, commitment, confirming=False)
    _show_report(given, name, item)
    given.say_boxes([("Reason", reason)])
    key = item.commitment.id
    done = service.send_back(given.installation, given.signer(RETURN), name, key, reason, seen=shown(state))
    return Reply(("Sent back.",), _signed(name, done))


def _show_report(given: CommandContext, case: str, item: Tracked) -> None:
    """What an office is about to answer, before it signs."""
    from intake.services.deciding.commitment_lines import lines_of

    state = given.installation.state(case)
    every = lines_of(given.installation, state, given.who())
    for said in next(one.reports for one in every if one.asked.id == item.commitment.id)[-1:]:
        rows = [("Commitment", item.commitment.text), ("Report", said.text), ("By", f"{said.name}, {said.day}")]
        given.say_rows([*rows, *(("File", f"{file.name} {file.sha256}") for file in said.files)])


def _file(path: str) -> ReportFile:
    from pathlib import Path

    from intake.services.filing.committing import ReportFile
    from intake.services.filing.evidence import MAX_FILE, FileTooLarge

    found = Path(path)
    try:
        size = found.stat().st_size
    except (OSError, ValueError):
        size = 0
    if size > MAX_FILE:
        raise FileTooLarge(name=found.name, size=-(-size >> 20), limit=MAX_FILE >> 20)
    return ReportFile(found.name, read_file(found, limit=MAX_FILE))


def _lines(item: CommitmentLine) -> list[str]:
    from intake.domain.case.answering import asked_by
    from intake.services.deciding.commitment_lines import PROGRESS, SOURCES
    from intake.services.filing.committing import ID_SHOWN

    asked = item.asked
    found = [
        f"{asked.id[:ID_SHOWN]}  {words(PROGRESS[item.progress]())}  {words(item.due)}  {asked.text}",
        f"  {words(SOURCES[asked.source]())}, met by {item.owner}, {asked_by(asked.office)} confirms it",
    ]
    found += [f"  shown by: {'; '.join(asked.evidence)}"] if asked.evidence else []
    found += [f"  reported by {said.name} on {said.day}: {' '.join(said.text.split())}" for said in item.reports]
    if item.returned:
        found.append(
            f"  sent back by {item.returned.name} on {item.returned.day}: {' '.join(item.returned.text.split())}"
        )
    found += [f"  given up, because: {item.tracked.waiver}"] if item.tracked.waiver else []
    return found


def _listed(item: CommitmentLine) -> dict[str, Any]:
    asked = item.asked
    return {
        "id": asked.id,
        "state": item.progress.value,
        "source": asked.source.value,
        "name": asked.name,
        "text": asked.text,
        "detail": asked.detail,
        "evidence": list(asked.evidence),
        "owner": asked.owner,
        "role": asked.role,
        "office": asked.office.value if asked.office else None,
        "due": asked.due.isoformat() if asked.due else None,
        "stage": asked.stage.value if asked.stage else None,
        "law": asked.law,
        "in_terms": item.tracked.current,
        "waived_because": item.tracked.waiver,
        "reports": [_said(said) for said in item.reports],
        "returned": _said(item.returned) if item.returned else None,
        "may": [
            verb
            for verb, can in (("report", item.may_report), ("confirm", item.may_confirm), ("return", item.may_return))
            if can
        ],
    }


def _said(said: SaidOfCommitment) -> dict[str, Any]:
    return {
        "act": said.act,
        "by": said.name,
        "on": said.day.isoformat(),
        "text": said.text,
        "files": [{"name": file.name, "sha256": file.sha256} for file in said.files],
    }


def _signed(case: str, done: CommitmentSaid) -> dict[str, Any]:
    return {"case": case, "act": done.act, "commitment": done.now.commitment.id, "state": done.now.progress.value}

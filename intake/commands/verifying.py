"""Judging files: records, acts and packages, with a register or without one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CommandContext
from intake.commands.files import read_file, require_folder, shown
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.commands.saying import coded, coded_each
from intake.commands.standing import stands_document
from intake.domain.base.names import is_id
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import together, words

if TYPE_CHECKING:
    from intake.services.outside.pool import Pool
    from intake.services.proving.anchors import Anchor
    from intake.services.proving.judged import Judged, StatementJudged


class NotAnOrganisation(Refusal):
    what = "“{name}” is not the id of an organisation."
    why = "An id is 64 hexadecimal digits: the digest of the organisation’s first roster."
    next = "Copy it whole from a source you trust, such as a colleague’s people page."


class StandingOfSeveral(Refusal):
    what = "A statement of standing is about one record, and several files were given."
    why = "It names its record by the SHA-256 of the PDF."
    next = "Verify the records one by one, each with the statement that is about it."


class StandingOfNoRecord(Refusal):
    what = "A statement of standing is about a record, and the file that was given is none."
    why = "It says what became of what a PDF says; acts and packages are judged by what they hold."
    next = "Give the record (PDF) that the statement is about."


def verify(
    given: CommandContext,
    file: Annotated[list[Path], Argument("Records (PDF), acts (.p7m) and packages (.countersign).")],
    org: Annotated[str | None, Flag("The organisation to trust, by its id; the register’s otherwise.")] = None,
    acts: Annotated[Path | None, Flag("Judge by the acts (.p7m) in this folder, not by a register.")] = None,
    standing: Annotated[Path | None, Flag("A statement of standing (.p7m) of the one record that is judged.")] = None,
) -> Reply:
    """Judge files: do the signatures hold, and does what a record says stand today?

    Exit code: 0 passed, 1 failed, 2 indeterminate, 3 unreadable, 4 the signatures hold and the decision does not stand: it is
    suspended, superseded, expired, retired, withdrawn, or never was or is not yet in force. Where that is not known it is 0. Of
    several files the worst: 1, then 3, 2, 4, 0. Without an organisation to trust, from a register or by --org, nothing passes.
    A statement of standing that does not pass counts as a file that does not. Its signature alone, without this program:
    openssl cms -verify -cades -purpose any -partial_chain -no_check_time -inform DER -CAfile org.pem -in STATEMENT.p7m
    """
    from intake.services.outside.pool import FOR_MANY, Pool
    from intake.services.proving.judged import CODES_WORST_LAST, WORST_LAST
    from intake.services.proving.statements import MAX_STATEMENT

    if standing is not None and len(file) > 1:
        raise StandingOfSeveral
    stated = b"" if standing is None else read_file(standing, limit=MAX_STATEMENT)
    with Pool(min(FOR_MANY, len(file))) as pool:
        # They are there by the time the register is open.
        pool.start()
        anchor = _anchor(given, org, acts)
        found = list(zip(file, pool.each(lambda path: _judge(path, anchor, pool, stated), file), strict=True))
    worst = max((item.result for _, item in found), key=WORST_LAST.index)
    lines: list[str] = []
    for path, item in found:
        lines += _lines(f"{shown(path)}: " if len(found) > 1 else "", item)
    files = [{"name": shown(path), **_document(item)} for path, item in found]
    code = max((item.exit_code for _, item in found), key=CODES_WORST_LAST.index)
    return Reply(tuple(lines), {"indication": worst.value, "files": files}, code)


def organisation(name: str) -> str:
    """An organisation's id as somebody typed it. Raises NotAnOrganisation."""
    found = name.strip().lower()
    if not is_id(found):
        raise NotAnOrganisation(name=name)
    return found


def _anchor(given: CommandContext, org: str | None, acts: Path | None) -> Anchor:
    from intake.services.installation.act_files import FILES
    from intake.services.installation.workspace import press_of
    from intake.services.proving.anchors import anchor_of_files, anchor_of_register

    trusted = "" if org is None else organisation(org)
    if acts is not None:
        require_folder(acts)
        files = sorted(found for ending in (".p7m", *FILES) for found in acts.rglob(f"*{ending}"))
        return anchor_of_files(trusted, files, press_of(given.read, given.names, acts))
    # Judging a file must not leave a register behind where there was none.
    if not given.workspace.register.is_file():
        return anchor_of_files(trusted, ())
    if org is not None and given.installation.register.org != trusted:
        return anchor_of_files(trusted, ())
    return anchor_of_register(given.installation)


def _judge(path: Path, anchor: Anchor, pool: Pool, stated: bytes) -> Judged:
    from intake.services.proving.judge import File, judge_file
    from intake.services.proving.judged import FileSort, sort_of, unreadable
    from intake.services.proving.verifying import MAX_PDF

    sort = FileSort.UNKNOWN
    try:
        sort = sort_of(_head(path), path.name)
        data = b"" if sort is FileSort.PACKAGE else read_file(path, limit=MAX_PDF)
    except Refusal as refusal:
        return unreadable(sort, refusal)
    if stated and sort is not FileSort.RECORD:
        raise StandingOfNoRecord
    return judge_file(pool, File(sort, path, data, stated), anchor)


def _head(path: Path) -> bytes:
    return read_file(path, limit=8, whole=False)


def _lines(start: str, item: Judged) -> list[str]:
    sub = f" ({item.sub_indication})" if item.sub_indication else ""
    lines = [f"{start}{item.result.value}{sub}", item.sentence]
    lines += [
        f"  {found.field.value}: {found.name or 'key not known'}, {found.level}, {found.fingerprint}"
        for found in item.signatures
    ]
    if item.stands is not None:
        known = item.stands.known
        lines += [f"{item.stands.stands.standing.value}: {words(together(item.stands.said, known))}"]
    if item.statement is not None:
        stated = item.statement
        lines += [f"statement {stated.result.value}: {words(together(stated.said, stated.step))}"]
    return [*lines, *item.unchecked, item.next_step]


def _statement(found: StatementJudged) -> dict[str, Any]:
    statement = found.statement
    return {
        "indication": found.result.value,
        "said": coded(found.said),
        "next": coded(found.step),
        "decides": found.decides,
        "standing": statement.stands.standing.value if statement else "",
        "person": statement.person if statement else "",
        "name": found.name,
        "role": found.role,
        "signed_on": statement.at.date().isoformat() if statement else None,
        "known_on": statement.known_on.isoformat() if statement else None,
        "age_days": found.age if statement else None,
    }


def _document(item: Judged) -> dict[str, Any]:
    return {
        "kind": item.sort.value,
        "indication": item.result.value,
        "sub_indication": item.sub_indication,
        "said": coded(item.said),
        "next": coded(item.step),
        "standing": item.standing,
        "stands": stands_document(item.stands) if item.stands else None,
        "statement": _statement(item.statement) if item.statement else None,
        "sha256": item.sha256,
        "organisation": item.organisation,
        "policy": item.policy,
        "checked": coded_each(item.holds),
        "unchecked": coded_each(item.unseen),
        "signatures": [
            {
                "office": found.field.value,
                "person": found.person,
                "name": found.name,
                "fingerprint": found.fingerprint,
                "level": found.level,
                "claimed_at": found.claimed_at.isoformat() if found.claimed_at else None,
                "timestamp": found.timestamp.at.isoformat() if found.timestamp else None,
            }
            for found in item.signatures
        ],
    }

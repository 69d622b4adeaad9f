"""Keeping an installation healthy: rebuild, backup, the acts as files for other tools, quarantine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from intake.commands.context import CommandContext
from intake.commands.files import shown
from intake.commands.offering import Reply, offer
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import PARTS, sentences


class NotAKey(Refusal):
    what = "“{name}” is not the beginning of a key."
    why = "A key is named by at least 8 hexadecimal digits of its fingerprint, so that no other is meant."
    next = "Copy it from: countersign quarantine."


def add_to(app: typer.Typer) -> None:
    offer(app, "rebuild", rebuild)
    offer(app, "backup", backup)
    offer(app, "acts", acts)
    offer(app, "quarantine", quarantine)


def rebuild(
    given: CommandContext, check: Annotated[bool, typer.Option("--check", help="Only compare; change nothing.")] = False
) -> Reply:
    """Throw away everything computed and fold all acts again; the result must be identical."""
    done = given.installation.register.rebuild(check=check)
    lines = ["Identical." if done.identical else "The lists were not what the acts and their files say."]
    lines += [f"This record file proves something else than was remembered: {name}" for name in done.files]
    data = {
        "identical": done.identical,
        "cases": done.cases,
        "before": done.before,
        "after": done.after,
        "files": list(done.files),
    }
    return Reply(tuple(lines), data, 1 if check and not done.identical else 0)


def backup(given: CommandContext, target: Annotated[Path, typer.Argument(help="Where to write it.")]) -> Reply:
    """Make a checked copy while the register is in use."""
    given.installation.register.back_up(target)
    return Reply((f"Backup written and checked: {shown(target)}",), {"file": shown(target)})


def acts(
    given: CommandContext,
    folder: Annotated[Path, typer.Argument(help="Where to write one .p7m file per act, and org.pem.")],
    case: Annotated[str, typer.Option(help="Only this use case, with the acts of the organisation.")] = "",
) -> Reply:
    """Write the signed acts as files that openssl can check."""
    from intake.services.proving.proof import CERTIFICATES, write_acts

    name = given.case(case) if case else ""
    count = write_acts(given.installation, folder, name)
    return Reply(
        (
            f"{count} acts written to {shown(folder)}. Check one with:",
            f"  openssl cms -verify -cades -purpose any -partial_chain -inform DER -CAfile {CERTIFICATES} -in ACT.p7m",
        ),
        {"folder": shown(folder), "acts": count, "certificates": shown(folder / CERTIFICATES)},
    )


def quarantine(
    given: CommandContext,
    send_away: Annotated[
        str, typer.Option(help="Send waiting acts away: of a key, as shown here; “acts” or “enrolments” of all keys.")
    ] = "",
) -> Reply:
    """Show what was refused and what waits, with the reasons; or send away what waits and nobody knows."""
    from intake.services.lists import quarantine as kept

    if send_away:
        return _send_away(given, send_away.strip().lower())
    page = kept.page(given.installation)
    waiting = given.installation.register.queries.waiting_room()
    lines = []
    for item in page.rows:
        what, _, following = sentences(item.reason)
        lines += [f"{item.reason.code}  {item.name}", f"  {what} {following}"]
    lines += [
        f"waits ({item.code})  {item.act.kind} by {item.act.person}, key {item.act.signer[:16]}" for item in waiting
    ]
    return Reply(
        tuple(lines) or ("Nothing was refused, and nothing waits.",),
        {
            "total": page.total,
            "refused": [
                {
                    "name": item.name,
                    "source": item.source,
                    "sha256": item.sha256,
                    "size": item.size,
                    "received": item.received.isoformat(),
                    "code": item.reason.code,
                    **dict(zip(PARTS, sentences(item.reason), strict=True)),
                }
                for item in page.rows
            ],
            "waiting": [
                {
                    "act": item.act.id,
                    "kind": str(item.act.kind),
                    "person": item.act.person,
                    "key": item.act.signer,
                    "code": item.code,
                }
                for item in waiting
            ],
        },
    )


def _send_away(given: CommandContext, what: str) -> Reply:
    if what not in ("acts", "enrolments") and not re.fullmatch("[0-9a-f]{8,64}", what):
        raise NotAKey(name=what)
    key = "" if what in ("acts", "enrolments") else what
    sent, left = given.installation.register.send_away(key, enrolments=what == "enrolments")
    lines = [f"{sent} waiting acts were sent away, into quarantine."]
    if key and any(name.startswith(key) for name in given.installation.register.organisation().certificates):
        lines.append(
            "A roster lists this key. What was sent away has no effect here, not even as a caution, until the roster that "
            "it names is here; then it comes back by itself. Objections, acts of the organisation and what you signed "
            "yourself here stayed."
        )
    if left:
        lines.append(f"{left} still wait, because quarantine is full. Remove from it what you no longer need.")
    return Reply(tuple(lines), {"sent": sent, "left": left})

"""Keeping an installation healthy: rebuild, backup, the acts as files for other tools, quarantine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from intake.commands.context import CommandContext
from intake.commands.files import shown
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.commands.saying import coded_refusal
from intake.commands.terminal import tell
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import sentences

_SHOWN = 20


class NotForgotten(Refusal):
    what = "Nothing was forgotten, because it was not confirmed."
    why = "What is forgotten cannot be looked at any more."
    next = "Look through it with: countersign quarantine. Then confirm, or give --yes."


class NothingSuchRefused(Refusal):
    what = "Nothing of this kind is in quarantine."
    why = "What is to be forgotten is named by its code, by where it came from, or both."
    next = "See what is there, by code and source: countersign quarantine."


class NotAKey(Refusal):
    what = "“{name}” is not the beginning of a key."
    why = "A key is named by at least 8 hexadecimal digits of its fingerprint, so that no other is meant."
    next = "Copy it from: countersign quarantine."


def rebuild(given: CommandContext, check: Annotated[bool, Flag("Only compare; change nothing.")] = False) -> Reply:
    """Throw away everything computed and fold all acts again; the result must be identical.

    Exit code 1: with ``--check``, and something is not what the acts and their files say.
    """
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


def backup(given: CommandContext, target: Annotated[Path, Argument("Where to write it.")]) -> Reply:
    """Make a checked copy while the register is in use."""
    given.installation.register.back_up(target)
    return Reply((f"Backup written and checked: {shown(target)}",), {"file": shown(target)})


def acts(
    given: CommandContext,
    folder: Annotated[Path, Argument("Where to write one .p7m file per act, and org.pem.")],
    case: Annotated[str, Flag("Only this use case, with the acts of the organisation.")] = "",
) -> Reply:
    """Write the signed acts as files that openssl can check."""
    from intake.services.proving.proof import CERTIFICATES, write_acts

    name = given.case(case) if case else ""
    count = write_acts(given.installation, folder, *((name,) if name else ()))
    return Reply(
        (
            f"{count} acts written to {shown(folder)}. Check one with:",
            f"  openssl cms -verify -cades -purpose any -partial_chain -no_check_time -inform DER -CAfile {CERTIFICATES} -in ACT.p7m",
        ),
        {"folder": shown(folder), "acts": count, "certificates": shown(folder / CERTIFICATES)},
    )


def quarantine(
    given: CommandContext,
    send_away: Annotated[
        str, Flag("Send waiting acts away: of a key, as shown here; “acts” or “enrolments” of all keys.")
    ] = "",
    forget: Annotated[
        str, Flag("Forget refused files: of a code, as shown here; “junk” is all that can be no act.")
    ] = "",
    source: Annotated[str, Flag("Forget only those that came from there, as shown here.", name="--from")] = "",
    yes: Annotated[bool, Flag("Forget them without being asked.")] = False,
) -> Reply:
    """Show what was refused and what waits, with the reasons; send away what waits; or forget what was refused."""
    from intake.services.lists import quarantine as kept

    if send_away:
        return _send_away(given, send_away.strip().lower())
    if forget or source:
        return _forget(given, forget.strip(), source, yes=yes)
    page, alike = kept.page(given.installation), kept.alike(given.installation)
    waiting = given.installation.register.queries.waiting_room()
    lines = []
    if page.total > len(page.rows):
        lines.append(
            f"The newest {len(page.rows)} of {page.total} refused files are shown. In all, by code and source:"
        )
        lines += [f"  {item.count}  {item.code}  {item.source}" for item in alike[:_SHOWN]]
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
            "alike": [
                {"code": item.code, "source": item.source, "count": item.count, "size": item.size} for item in alike
            ],
            "refused": [
                {
                    "name": item.name,
                    "source": item.source,
                    "sha256": item.sha256,
                    "size": item.size,
                    "received": item.received.isoformat(),
                    **coded_refusal(item.reason),
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


def _forget(given: CommandContext, what: str, source: str, *, yes: bool) -> Reply:
    from intake.register.sent_away import SENT_AWAY

    kept = given.installation.register.quarantine
    junk = what.lower() == "junk"
    found = kept.chosen("" if junk else what, source, junk=junk)
    if not found:
        raise NothingSuchRefused
    if not yes:
        tell(f"{len(found)} of {kept.count()} refused files would be forgotten.")
        if what == SENT_AWAY:
            tell("These acts were sent away. Here may be the only place where they are.")
        if not given.confirm("Forget them?"):
            raise NotForgotten
    gone = kept.remove_all(found)
    return Reply(
        (f"{gone} refused files were forgotten. What still lies in an exchange may come again.",), {"forgotten": gone}
    )


def _send_away(given: CommandContext, what: str) -> Reply:
    if what not in ("acts", "enrolments") and not re.fullmatch("[0-9a-f]{8,64}", what):
        raise NotAKey(name=what)
    key = "" if what in ("acts", "enrolments") else what
    sent, left = given.installation.register.waiting_room.send_away(key, enrolments=what == "enrolments")
    lines = [f"{sent} waiting acts were sent away, into quarantine."]
    if key and any(name.startswith(key) for name in given.installation.register.organisation().certificates):
        lines.append(
            "A roster lists this key. What was sent away has no effect here, not even as a caution, until the roster that "
            "it names is here; then it comes back by itself. Objections, acts of the organisation and what you signed "
            "yourself here stayed."
        )
    if left:
        lines.append(f"{left} still wait, because quarantine is full. Forget what you no longer need: --forget.")
    return Reply(tuple(lines), {"sent": sent, "left": left})

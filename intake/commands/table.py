"""Every command and the function that it is, in the order of the help.

A module is imported when one of its commands is called, so that no command waits for what another one needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from intake.commands.offering import Offered, offer

PROGRAM = "countersign"

GROUPS: Mapping[str, str] = {
    "case": "One use case: how it stands, and everything that happened.",
    "roster": "Who may do what, and with which key.",
    "playbook": "What is asked, and what follows from the answers.",
    "literacy": "Why things are as they are: chapters to read, and who has read them.",
}
"""Words that need a second one, and what their commands are about."""

COMMANDS: Mapping[str, str] = {
    "new-key": "keys.new_key",
    "use-key": "keys.use_key",
    "enrol": "keys.enrol",
    "questions": "filing.questions",
    "draft": "filing.draft",
    "drafts": "filing.drafts",
    "check": "filing.check",
    "keep": "filing.keep",
    "compare": "comparing.compare",
    "choose": "comparing.choose",
    "file": "filing.file",
    "withdraw": "filing.withdraw",
    "retire": "ending.retire",
    "acknowledge": "ending.acknowledge",
    "hand-over": "ending.hand_over",
    "take-over": "ending.take_over",
    "assess": "assess.assess",
    "list": "listing.list_",
    "inbox": "listing.inbox",
    "todo": "todo.todo",
    "show": "reviewing.show",
    "case show": "cases.show_page",
    "case timeline": "cases.timeline",
    "approve": "reviewing.approve",
    "request-changes": "reviewing.request_changes",
    "decline": "reviewing.decline",
    "accept": "accepting.accept",
    "answer": "accepting.answer",
    "suspend": "suspending.suspend",
    "lift": "suspending.lift",
    "commitments": "committing.commitments",
    "report": "committing.report",
    "confirm": "committing.confirm",
    "return": "committing.send_back",
    "figures": "figures.figures",
    "disown": "suspending.disown",
    "comment": "remarks.comment",
    "resolve": "remarks.resolve",
    "record": "records.record",
    "complete": "records.complete",
    "standing": "standing.standing",
    "verify": "verifying.verify",
    "sync": "exchange.sync",
    "unsent": "exchange.unsent",
    "export": "exchange.export",
    "import": "exchange.import_",
    "rebuild": "upkeep.rebuild",
    "backup": "upkeep.backup",
    "acts": "upkeep.acts",
    "quarantine": "upkeep.quarantine",
    "doctor": "doctor.doctor",
    "selftest": "selftest.selftest",
    "demo": "demo.demo",
    "roster show": "roster.show",
    "roster accept": "joining.accept",
    "roster invite": "joining.invite",
    "roster endorse": "roster.endorse",
    "roster found": "roster.found",
    "roster list-person": "roster.list_person",
    "roster grant-role": "roster.grant_role",
    "roster end-role": "roster.end_role",
    "roster cut-off": "roster.cut_off",
    "roster settle": "roster.settle",
    "roster checkpoint": "roster.checkpoint",
    "roster calendar": "calendar.calendar",
    "roster paper": "paper.paper",
    "roster exchange": "access.exchange",
    "access": "access.access",
    "access grant": "access.grant",
    "access open": "access.open_",
    "playbook check": "playbook.check",
    "playbook accept": "playbook.accept",
    "playbook show": "playbook.show",
    "literacy list": "literacy.list_chapters",
    "literacy acknowledge": "literacy.acknowledge",
}


def offered(name: str) -> Offered:
    """The command of this name, ready to run."""
    module, _, function = COMMANDS[name].partition(".")
    return offer(f"{PROGRAM} {name}", getattr(import_module(f"intake.commands.{module}"), function))


def below(group: str = "") -> tuple[str, ...]:
    """The names of a group’s commands; without a group, of the commands that are in none."""
    if not group:
        return tuple(name for name in COMMANDS if name.partition(" ")[0] not in GROUPS)
    return tuple(name.removeprefix(f"{group} ") for name in COMMANDS if name.startswith(f"{group} "))

"""A program to be killed: it signs and stores comments, gives answers, chooses them, edits terms or approves, and says on its output what it did.

``python -m tests.services.killed comment FOLDER CASE``, ``... edit FOLDER CASE``, ``... answer FOLDER DRAFT``, ``... choose FOLDER DRAFT`` and
``... approve FOLDER CASE,CASE``,
where the name of the folder is who signs. What it has printed must be there whatever happens next.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

import resources
from intake.domain.acts.kinds.opinion import Position
from intake.domain.playbook.answers import Answer
from intake.services.deciding import deciding, reviewing, unsigned
from intake.services.deciding.standing import AlreadyApproved
from intake.services.filing import choosing, comparing, filing
from intake.services.installation.installation import PersonWithKey
from intake.services.installation.workspace import Workspace, open_installation
from tests.people import person


def main(what: str, folder: str, name: str) -> None:
    if what == "approve":
        approve(Path(folder), name.split(","))
    else:
        repeat(what, folder, name)


def approve(folder: Path, cases: list[str]) -> None:
    """Approve each case on the terms in question, as somebody does who does not know how far they had come."""
    installation = open_installation(Workspace(folder), resources.read, resources.names)
    say("ready")
    for case in cases:
        try:
            proposal = reviewing.look(installation, case, folder.name).proposal
            prepared = deciding.prepare(installation, folder.name, case, Position.APPROVE, given=proposal)
            say(deciding.give(installation, PersonWithKey(folder.name, person(folder.name).key), prepared).act.act.id)
        except AlreadyApproved:
            say("already")


def repeat(what: str, folder: str, name: str) -> None:
    installation = open_installation(Workspace(Path(folder)), resources.read, resources.names)
    question = next(item.id for item in installation.shelf.current.questions if item.kind == "long text")
    for number in count():
        if what == "comment":
            done = deciding.comment(
                installation, PersonWithKey("ada", person("ada").key), name, f"Comment {number}"
            ).act.id
        elif what == "choose":
            case = installation.register.drafts.get(name).row.case
            sides = comparing.compare(installation, case).sides
            done = choosing.choose(installation, name, sides[number % 2].id).view.row.id
        elif what == "edit":
            unsigned.keep(installation, "dan", name, {"user_permissions.max_users": number}, changes=1)
            done = f"Users {number}"
        else:
            done = f"Answer {number}"
            filing.put(installation, name, question, Answer(done))
        say(done)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

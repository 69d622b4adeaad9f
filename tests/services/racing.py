"""A program that waits for a line on its input and then approves, comments or files: one of two on the same home.

``python -m tests.services.racing WHAT FOLDER NAME``, where the name of the folder is who signs and NAME a case or a draft.
It prints ``ready``, and after the line the code of the refusal it met, or ``done``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import resources
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.refusals import Refusal
from intake.services.deciding import deciding, reviewing
from intake.services.filing import filing
from intake.services.installation.installation import PersonWithKey
from intake.services.installation.workspace import Workspace, open_installation
from tests.people import person


def main(what: str, folder: Path, name: str) -> None:
    installation = open_installation(Workspace(folder), resources.read, resources.names)
    signer = PersonWithKey(folder.name, person(folder.name).key)
    say("ready")
    sys.stdin.readline()
    try:
        if what == "approve":
            proposal = reviewing.look(installation, name, folder.name).proposal
            deciding.give(
                installation,
                signer,
                deciding.prepare(installation, folder.name, name, Position.APPROVE, given=proposal),
            )
        elif what == "comment":
            deciding.comment(installation, signer, name, "At once.")
        else:
            filing.file(installation, signer, name)
    except Refusal as refusal:
        say(refusal.code)
    else:
        say("done")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])

"""A program to be killed: it signs and stores comments, or gives answers, and says on its output what it has done.

``python -m tests.services.killed comment FOLDER CASE`` and ``... answer FOLDER DRAFT``. What it has printed must be there
whatever happens next.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

import resources
from intake.domain.answers import Answer
from intake.services import deciding, filing
from intake.services.desk import Signer
from intake.services.workspace import Workspace, open_desk
from tests.people import person


def main(what: str, folder: str, name: str) -> None:
    desk = open_desk(Workspace(Path(folder)), resources.read, resources.names)
    question = next(item.id for item in desk.shelf.current.questions if item.kind == "long text")
    for number in count():
        if what == "comment":
            done = deciding.comment(desk, Signer("ada", person("ada").key), name, f"Comment {number}").act.id
        else:
            done = f"Answer {number}"
            filing.put(desk, name, question, Answer(done))
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""What every command needs: the data folder, the desk opened from it, and somebody to sign."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from intake.domain.refusals import Refusal

if TYPE_CHECKING:
    from intake.services.desk import Desk, Signer
    from intake.services.workspace import Workspace


class NobodyNamed(Refusal):
    what = "It is not clear who signs."
    why = "Every act is signed by one person with their own key."
    next = "Name the person with --as, or make a key first with: countersign new-key."


class NoSuchCase(Refusal):
    what = "There is no use case called {name} here."
    why = "Only what has arrived in this register can be shown."
    next = "Run: countersign list. Fetch from the exchange if it should be there."


def data_folder() -> Path:
    """The usual data folder of this user."""
    from platformdirs import user_data_path

    return user_data_path("countersign", appauthor=False)


@dataclass(slots=True)
class Context:
    """Made once per command; the desk is opened when it is first asked for.

    ``read`` and ``names`` give resources by name.
    """

    data: Path
    person: str
    passphrase_file: Path | None
    read: Callable[[str], bytes]
    names: Callable[[str], tuple[str, ...]]
    _desk: Desk | None = field(default=None, init=False)

    @property
    def workspace(self) -> Workspace:
        from intake.services.workspace import Workspace

        return Workspace(self.data)

    @property
    def desk(self) -> Desk:
        if self._desk is None:
            from intake.services.workspace import open_desk

            self._desk = open_desk(self.workspace, self.read, self.names)
        return self._desk

    def who(self) -> str:
        """The person id in use. Raises NobodyNamed."""
        found = self.person or self.workspace.settings().person
        if not found:
            raise NobodyNamed
        return found

    def signer(self) -> Signer:
        """The person with their key opened; asks for the passphrase when no file holds it."""
        workspace, person = self.workspace, self.who()
        return workspace.signer(person, workspace.settings().key, self.passphrase("Passphrase"))

    def passphrase(self, prompt: str, *, confirm: bool = False) -> str:
        if self.passphrase_file:
            return self.passphrase_file.read_text(encoding="utf-8").split("\n", 1)[0]
        given = os.environ.get("COUNTERSIGN_PASSPHRASE")
        if given is not None:
            return given
        return str(typer.prompt(prompt, hide_input=True, confirmation_prompt=confirm))

    def case(self, name: str) -> str:
        """The case id for a reference such as UC-7KQ2-91MD, or for the start of an id. Raises NoSuchCase."""
        queries = self.desk.register.queries
        if name.upper().startswith("UC-"):
            found = queries.by_reference(name)
            if len(found) == 1:
                return found[0].case
        elif queries.row(name):
            return name
        raise NoSuchCase(name=name)


def show_progress(done: int, total: int | None, text: str) -> None:
    """Progress on one line of the error stream, only for people who watch."""
    import sys

    if sys.stderr.isatty():
        amount = f"{done} of {total}" if total else str(done)
        typer.echo(f"\r{text}: {amount}    ", err=True, nl=total is not None and done >= total)

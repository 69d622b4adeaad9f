"""What every command needs: the home folder, the installation opened from it, somebody to sign, and a way to answer.

Passphrases come from a prompt or from a file. Arguments and environment variables can be read by other programs of the
same computer and stay in histories, so there is no way to give one there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.files import NO_TEXT, read_file, shown
from intake.commands.parameters import Argument, Flag
from intake.commands.terminal import ask_unseen, ask_yes, say, say_text, tell
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording, words
from intake.services.installation.reaching import not_made, require_home, whole_name

if TYPE_CHECKING:
    from intake.domain.acts.kinds import ActKind
    from intake.domain.base.reasons import Fact
    from intake.services.installation.installation import Installation, PersonWithKey
    from intake.services.installation.workspace import Workspace

CaseName = Annotated[str, Argument("Its reference, such as UC-7KQ2-91MD-4XTB, or its id.", value="CASE")]

_MAX_PASSPHRASE_FILE = 64 << 10
_EMPTY_LINE = Wording("FirstLineEmpty", "its first line is empty")


class NobodyNamed(Refusal):
    what = "It is not clear who signs."
    why = "Every act is signed by one person with their own key."
    next = "Name the person with --as, or make a key first with: countersign new-key."


class NoSuchCase(Refusal):
    what = "There is no use case called {name} here."
    why = "Only what has arrived in this register can be shown."
    next = "Run: countersign list. Fetch from the exchange if it should be there."


class NothingTyped(Refusal):
    what = "Nothing was typed where an answer is needed: {prompt}."
    why = "No terminal is there to ask, or the question was left unanswered."
    next = "Run it again at a terminal, or give a passphrase with --passphrase-file and a confirmation with --yes."


class PassphraseFileUnusable(Refusal):
    what = "The passphrase cannot be read from {name}: {detail}."
    why = "Its first line, written in UTF-8, is the passphrase."
    next = "Correct the file, or leave --passphrase-file out and type the passphrase."


def data_folder() -> Path:
    """The usual data folder of this user."""
    from platformdirs import user_data_path

    return user_data_path("countersign", appauthor=False)


@dataclass(slots=True)
class CommandContext:
    """Made once per command; the installation is opened when it is first asked for.

    ``read`` and ``names`` give resources by name.
    """

    read: Callable[[str], bytes]
    names: Callable[[str], tuple[str, ...]]
    as_json: bool = False
    person: str = ""
    passphrase_file: Path | None = None
    _home: Path | None = None
    _installation: Installation | None = field(default=None, init=False)
    _signed: bool = field(default=False, init=False)

    def adopt(
        self,
        *,
        home: Annotated[Path | None, Flag("The folder of the register.")] = None,
        as_json: Annotated[
            bool, Flag("Answer with one JSON document (resources/help/json.md).", name="--json")
        ] = False,
        person_id: Annotated[str, Flag("Who signs (a person id); the settings otherwise.", name="--as")] = "",
        passphrase_file: Annotated[
            Path | None, Flag("A file whose first line is the passphrase; asked for otherwise.")
        ] = None,
    ) -> None:
        """Take the options of every command; those given behind a command's name win over those given before it."""
        self._home = home or self._home
        self.as_json = as_json or self.as_json
        self.person = person_id or self.person
        self.passphrase_file = passphrase_file or self.passphrase_file

    @property
    def home(self) -> Path:
        """Raises FolderUnnamed."""
        return whole_name(self._home or data_folder())

    @property
    def workspace(self) -> Workspace:
        """The home, whether anything is in it yet or not. Raises HomeUnusable for one that cannot be looked into."""
        from intake.services.installation.workspace import Workspace

        require_home(self.home)
        return Workspace(self.home)

    @property
    def installation(self) -> Installation:
        """The register of this home with all that belongs to it. Raises HomeUnusable or a RegisterRefusal."""
        if self._installation is None:
            from intake.services.installation.workspace import open_installation

            try:
                self._installation = open_installation(self.workspace, self.read, self.names)
            except OSError as error:
                raise not_made(self.home, error) from None
            closed = self._installation.register.closed
            if closed and not self.as_json:
                tell(closed.what_happened)
        return self._installation

    def close(self) -> None:
        if self._installation is not None:
            self._installation.close()
            self._installation = None

    def who(self) -> str:
        """The person id in use. Raises NobodyNamed."""
        found = self.person or self.workspace.settings().person
        if not found:
            raise NobodyNamed
        return found

    def signer(self, kind: ActKind[Any] | None = None) -> PersonWithKey:
        """The person with their key opened; asks for the passphrase when no file holds it.

        With the ``kind`` of act that is going to be signed, NotListed is raised before anybody types.
        """
        workspace, person = self.workspace, self.who()
        if kind is not None:
            from intake.services.installation.act_writer import require_listed

            require_listed(self.installation, person, workspace.settings().key, kind)
        signer = workspace.signer(person, workspace.settings().key, self.passphrase("Passphrase"))
        self._signed = True
        return signer

    def tell_unsent(self) -> None:
        """Tell people who have signed with this command how much has not left, and how it does; programs ask ``unsent``."""
        if not self._signed or self.as_json:
            return
        from intake.services.exchanging import delivery

        count = delivery.unsent(self.installation).count
        if count:
            way = "sync" if self.workspace.settings().folder else "export FILE"
            acts = "1 act is" if count == 1 else f"{count} acts are"
            tell(f"{acts} signed here and not sent yet. Nobody else knows: countersign {way}")

    def passphrase(self, prompt: str, *, confirm: bool = False) -> str:
        """From the file that was named, else typed unseen. Raises PassphraseFileUnusable or NothingTyped."""
        if self.passphrase_file:
            return self._passphrase_in(self.passphrase_file)
        try:
            return ask_unseen(prompt, twice=confirm)
        except EOFError:
            raise NothingTyped(prompt=prompt) from None

    def confirm(self, question: str) -> bool:
        """Ask for yes or no on the error stream. Raises NothingTyped."""
        try:
            return ask_yes(question)
        except EOFError:
            raise NothingTyped(prompt=question) from None

    def case(self, name: str) -> str:
        """The case id for a reference such as UC-7KQ2-91MD-4XTB, or for an id. Raises NoSuchCase or SeveralCases."""
        from intake.services.lists import cases

        found = cases.the_one_called(self.installation, name)
        if found is None:
            raise NoSuchCase(name=name)
        return found.case

    def say(self, line: str) -> None:
        """Tell people how far a long command is; a program that reads JSON only wants the end."""
        if not self.as_json:
            say(line)

    def say_rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Show what is about to be signed, label and value, before the passphrase is asked for."""
        for label, value in rows:
            self.say(f"{label:16} {value}")

    def say_boxes(self, texts: Iterable[tuple[Fact, str]]) -> None:
        """Say which of these texts, each with what its place is called, paper cannot show whole: before they are signed."""
        from intake.services.installation.unprinted import on_paper

        if boxes := on_paper(self.installation.printer, texts):
            self.say(words(boxes))

    @staticmethod
    def print_document(document: Mapping[str, Any]) -> None:
        unicode = (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")
        say_text(json.dumps(document, indent=2, ensure_ascii=not unicode))

    @staticmethod
    def _passphrase_in(path: Path) -> str:
        try:
            found = read_file(path, limit=_MAX_PASSPHRASE_FILE).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise PassphraseFileUnusable(name=shown(path), detail=NO_TEXT()) from None
        first = found.split("\n", 1)[0].rstrip("\r")
        if not first:
            raise PassphraseFileUnusable(name=shown(path), detail=_EMPTY_LINE())
        return first


def show_progress(done: int, total: int | None, text: str) -> None:
    """Progress on one line of the error stream, only for people who watch."""
    if sys.stderr.isatty():
        amount = f"{done} of {total}" if total else str(done)
        tell(f"{text}: {amount}    ", end="\n" if total is not None and done >= total else "", over=True)

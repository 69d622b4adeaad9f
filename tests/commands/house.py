"""People at terminals: homes on disk with key files, and commands run in this process as somebody would type them.

Ada owns, Bob and Finn administer (Bob keeps records), Cleo is CIO, Dan is CISO; everybody has a separate home and the
same shared folder. Every JSON answer is validated by its schema before a test sees it.
"""

from __future__ import annotations

import getpass
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import pytest
from cryptography import x509
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import resources
from intake import cli
from intake.commands.table import COMMANDS
from intake.domain.base.wording import PARTS, fields, sources
from intake.services.installation.workspace import Workspace, read_playbook
from intake.trust import keyfile
from tests.filled import filled
from tests.people import person

PASSPHRASE = "a passphrase for tests"
EVERYBODY = ("ada", "bob", "cleo", "dan", "finn")


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it wrote."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        return self.stdout + self.stderr


@dataclass(frozen=True)
class House:
    """``root`` holds a home for everybody, ``passphrase`` the file with the one passphrase of all keys."""

    root: Path
    org: str

    @property
    def passphrase(self) -> Path:
        return self.root / "passphrase"

    @property
    def shared(self) -> Path:
        return self.root / "shared"

    def home(self, who: str) -> Path:
        return self.root / "homes" / who

    def run(self, who: str, *words: str | Path, expect: int = 0, typed: str | None = None) -> Result:
        """What somebody types, with their home and passphrase behind it."""
        own: list[str | Path] = ["--home", self.home(who)]
        if typed is None:
            own += ["--passphrase-file", self.passphrase]
        return run(*words, *own, expect=expect, typed=typed)

    def ask(self, who: str, *words: str | Path, expect: int = 0) -> Any:
        """The JSON answer to a command, validated by its schema."""
        return document(self.run(who, *words, "--json", expect=expect), *words)

    def sync(self, *people: str) -> None:
        for who in people:
            self.run(who, "sync", "--folder", self.shared)

    def answers(self) -> Path:
        """A file of answers that can be filed."""
        path = self.root / "answers.json"
        if not path.exists():
            path.write_text(json.dumps(complete_answers()))
        return path

    def _new_answers(self) -> Path:
        """The same under a title of its own from the second on: the very same, filed in one second, would be one act."""
        told = self.root / "filed"
        number = int(told.read_text()) + 1 if told.exists() else 1
        told.write_text(str(number))
        if number == 1:
            return self.answers()
        given = complete_answers()
        path = self.root / f"answers {number}.json"
        path.write_text(json.dumps(given | {"purpose.title": f"{given['purpose.title']} {number}"}))
        return path

    def file(self, who: str = "ada", case: str = "") -> str:
        """A request, filed; gives the case id."""
        again = ["--case", case] if case else []
        draft = self.ask(who, "draft", self.answers() if case else self._new_answers(), *again)["draft"]
        return str(self.ask(who, "file", draft)["case"])


def called(*words: str | Path, typed: str | None = None) -> Result:
    """What a command answers in this process, with what is ``typed`` on its standard input; a bug is raised as it is."""
    out, error, given = io.BytesIO(), io.BytesIO(), io.BytesIO((typed or "").encode())
    texts = [io.TextIOWrapper(stream, encoding="utf-8") for stream in (out, error, given)]
    with pytest.MonkeyPatch.context() as patch:
        for name, text in zip(("stdout", "stderr", "stdin"), texts, strict=True):
            patch.setattr(sys, name, text)
        # The real one asks the terminal of the person who runs the tests.
        patch.setattr(getpass, "getpass", _unseen)
        code = cli.run([str(word) for word in words])
    for text in texts[:2]:
        text.flush()
    return Result(code, out.getvalue().decode(), error.getvalue().decode())


def _unseen(prompt: str, stream: TextIO) -> str:
    stream.write(prompt)
    if not (line := sys.stdin.readline()):
        raise EOFError
    return line.rstrip("\n")


def run(*words: str | Path, expect: int = 0, typed: str | None = None) -> Result:
    result = called(*words, typed=typed)
    assert result.exit_code == expect, f"{words}: {result.exit_code}\n{result.stdout}\n{result.stderr}"
    assert "Traceback" not in result.output
    return result


def document(result: Result, *words: str | Path) -> Any:
    """The one document on the standard output, valid by the schema of the command."""
    found = json.loads(result.stdout)
    assert found["ok"] == (result.exit_code == 0)
    validator(schema_of(*words)).validate(found)
    for item in coded(found):
        known(item)
    return found


def coded(found: Any) -> Iterator[dict[str, Any]]:
    """Every code with facts in an answer, also those among the facts of another."""
    if isinstance(found, dict) and {"code", "facts"} <= found.keys():
        yield found
    for inner in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from coded(inner)


def text_of(value: str | dict[str, Any]) -> str:
    """A value as people read it, whether it has a code or not."""
    return value["text"] if isinstance(value, dict) else value


def known(item: dict[str, Any]) -> None:
    """That there are words for a code, and that these need exactly its facts.

    A code with a dot is one sentence of a refusal, which has the facts of all three.
    """
    refusal = item["code"].removesuffix(".why").removesuffix(".next")
    codes = [key for key in (item["code"], *(f"{refusal}.{part}" for part in PARTS)) if key in sources()]
    assert codes, item
    assert {name for code in codes for name in fields(sources()[code])} == set(item["facts"]), item


def schema_of(*words: str | Path) -> str:
    """The name of the schema for a command line: the command, for a group with the command in it."""
    first = next(str(word) for word in words if not str(word).startswith("-"))
    second = str(words[1]) if len(words) > 1 else ""
    return f"{first}-{second}" if f"{first} {second}" in COMMANDS else first


@cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads(resources.read(f"schema/{name}.json"))
    Draft202012Validator.check_schema(schema)
    refusal = Resource.from_contents(json.loads(resources.read("schema/refusal.json")))
    return Draft202012Validator(schema, registry=Registry().with_resource("refusal.json", refusal))


@cache
def complete_answers() -> dict[str, Any]:
    guide = filled(read_playbook(resources.read, resources.names))
    return {
        name: list(answer.value) if isinstance(answer.value, tuple) else answer.value
        for name, answer in guide.answers.items()
    }


def settle_in(home: Path, who: str) -> None:
    """Give a home its person and key, as ``new-key`` would; the key is one of the tests, its file cheap to open."""
    key, reader = person(who).key, person(who).reader
    certificate = x509.load_der_x509_certificate(key.certificate_der)
    second = (reader._private, x509.load_der_x509_certificate(reader.certificate_der))
    workspace = Workspace(home)
    workspace.bring_key(keyfile.write(key._private, certificate, PASSPHRASE, second=second, rounds=1_000), PASSPHRASE)
    workspace.change_settings(person=who, key=key.fingerprint)

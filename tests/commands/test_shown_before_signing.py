"""What a command signs is what was printed before the passphrase was asked for, whatever other programs do meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import resources
from intake.commands.context import CommandContext
from intake.domain.base.words import spoken
from intake.domain.playbook.answers import Answer
from intake.services.filing.filing import DraftMoved
from intake.services.installation.workspace import Workspace, open_installation
from tests.commands.house import PASSPHRASE, House, settle_in
from tests.people import person


def meanwhile(patch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Do something while the first passphrase is typed."""
    typed = CommandContext.passphrase

    def passphrase(given: CommandContext, prompt: str, *, confirm: bool = False) -> str:
        patch.setattr(CommandContext, "passphrase", typed)
        happens()
        return typed(given, prompt, confirm=confirm)

    patch.setattr(CommandContext, "passphrase", passphrase)


def refused(house: House, who: str, *words: str) -> str:
    return str(house.ask(who, *words, expect=2)["refusal"]["code"])


@pytest.mark.attack("an answer changed while the passphrase is typed", refusal="DraftMoved")
def test_a_draft_is_filed_as_it_was_when_the_passphrase_was_asked_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = house.ask("ada", "draft", house.answers())["draft"]

    def answered() -> None:
        desk = open_installation(Workspace(house.home("ada")), resources.read, resources.names)
        desk.register.drafts.answers(draft, {"purpose.problem": Answer("Rank all who apply, by itself.").as_json()})
        desk.close()

    meanwhile(monkeypatch, answered)

    assert refused(house, "ada", "file", draft) == DraftMoved.__name__

    assert house.ask("ada", "list")["cases"] == []


@pytest.mark.attack("a decision that arrives while the passphrase of a withdrawal is typed", refusal="CaseMoved")
def test_a_use_case_is_withdrawn_as_it_was_printed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    case = house.file()
    house.sync("ada", "dan")

    def opinion() -> None:
        house.run("dan", "approve", case)
        house.sync("dan", "ada")

    meanwhile(monkeypatch, opinion)

    assert refused(house, "ada", "withdraw", case, "--reason", "Not needed.") == "CaseMoved"

    shown = house.run("ada", "withdraw", case, "--reason", "Not needed.").output
    assert "CISO · Dan       approves on terms" in shown


def test_who_resolves_a_remark_reads_all_that_answers_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    case = house.file()
    house.sync("ada", "dan")
    left = house.ask("dan", "comment", case, "Ninety days are long.")["act"]
    house.run("dan", "comment", case, "Thirty would do.", "--answers", left[:8])
    house.sync("dan", "ada")
    meanwhile(monkeypatch, lambda: house.run("ada", "comment", case, "Or sixty.", "--answers", left[:8]))

    moved = house.run("ada", "resolve", case, left[:8], expect=2)

    assert "Ninety days are long." in moved.output
    assert "Thirty would do." in moved.output
    assert "Or sixty." not in moved.output
    assert [item["open"] for item in house.ask("ada", "show", case)["remarks"]] == [True]


def test_who_completes_a_record_reads_the_decision(house: House) -> None:
    case = house.file()
    house.sync("ada", "dan", "cleo")
    for office in ("dan", "cleo"):
        house.run(office, "approve", case, "--users", "15")
    house.sync("dan", "cleo", "dan")
    waiting = house.ask("dan", "show", case)["turn"][0]

    said = house.run({"cio": "cleo", "ciso": "dan"}[waiting], "complete", case).output

    before, _ = said.split("Sealed")
    assert "Name of finance" in before
    assert "15" in before


@pytest.mark.attack("an enrolment slipped in for the founding of an organisation", refusal="VersionDeclined")
def test_who_founds_reads_every_key_name_and_role_and_is_asked(tmp_path: Path) -> None:
    new = House(tmp_path, "")
    new.passphrase.write_text(PASSPHRASE)
    for name in ("ada", "bob"):
        settle_in(new.home(name), name)
        new.run(name, "enrol", "--name", name.title(), "--out", tmp_path / f"{name}.p7m")
    new.run("ada", "import", tmp_path / "bob.p7m")
    given = ("roster", "found", "Works", "--person", "ada=administrator,ciso", "--person", "bob=administrator,cio")

    said = new.run("ada", *given, expect=2, typed="n\n").output

    assert "Bob (bob) becomes CIO everywhere" in said
    assert f"  Bob (bob): {spoken(person('bob').fingerprint)}" in said
    assert f"  Ada (ada): {spoken(person('ada').fingerprint)}" in said
    assert "Nothing was signed, because you said no." in said
    assert new.run("ada", *given, "--yes").stdout.startswith("Organisation ")

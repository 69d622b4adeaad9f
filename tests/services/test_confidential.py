"""A folder that shows nothing: nobody without a key reads titles, answers or names, and everybody who needs a case has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.domain.organisation.exchange_rule import Reading
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.installation.opening import open_handed
from intake.services.organisation import people
from tests.people import person
from tests.services.offices import ROLES, Offices


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    """Everybody has enrolled; Bob founds the organisation confidentially, Finn agrees."""
    made = Offices(tmp_path / "homes")
    made.open(*ROLES)
    bob = made.installations["bob"]
    for name, installation in made.installations.items():
        act = people.enrol(installation, made.signer(name), name=name.title(), unit="Finance")
        if name != "bob":
            bob.register.append([act])
    asked = [(item.act, ROLES[item.person]) for item in people.enrolments(bob)]
    change = people.found_organisation(bob, made.signer("bob"), "Test Works", asked, reading=Reading.CONFIDENTIAL)
    for name, installation in made.installations.items():
        if name != "bob":
            installation.register.join(change.roster)
    made.travel("bob", "finn")
    people.endorse(made.installations["finn"], made.signer("finn"), change.roster)
    yield made
    made.close()


def exchange(offices: Offices, share: Path, *names: str) -> None:
    """Each opens what was handed to them, before and after; as at a desk where somebody sits."""
    for name in names:
        installation = offices.installations[name]
        for _ in range(2):
            FolderExchange(installation, share).run()
            if open_handed(installation, person(name).reader).keys:
                FolderExchange(installation, share).run()


def everything(share: Path) -> bytes:
    return b"\n".join(
        part
        for path in sorted(share.rglob("*"))
        for part in (str(path).encode(), path.read_bytes() if path.is_file() else b"")
    )


def test_a_case_reaches_those_who_need_it_and_shows_nothing_to_others(offices: Offices, share: Path) -> None:
    names = list(offices.installations)
    exchange(offices, share, "finn", *names)
    case = offices.file()
    exchange(offices, share, "ada", *names)

    for name in ("cleo", "dan", "bob"):
        assert offices.installations[name].folded(case).current is not None, name
    shown = everything(share)
    title = offices.installations["ada"].state(case).current
    assert title is not None
    for secret in (title.body.title, "Finance", "Test Works", "Ada", "Cleo", case, person("cleo").fingerprint):
        assert secret.encode() not in shown, secret

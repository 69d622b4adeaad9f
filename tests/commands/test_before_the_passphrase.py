"""What is known to be impossible is refused before anybody types a passphrase: here nothing could be typed at all."""

from __future__ import annotations

import pytest
from cryptography import x509

from intake.services.installation.workspace import Workspace
from intake.trust import keyfile
from tests.commands.conftest import copied
from tests.commands.house import PASSPHRASE, House, document
from tests.people import person


def refused(house: House, who: str, *words: str) -> str:
    """The refusal of a command that nobody gives a passphrase."""
    found = document(house.run(who, *words, "--json", expect=2, typed=""), *words)
    return str(found["refusal"]["code"])


@pytest.fixture(scope="module")
def here(decided, tmp_path_factory) -> tuple[House, str]:
    """One decided use case; nothing here is changed by what is refused."""
    made, case = decided
    return copied(made, tmp_path_factory.mktemp("before")), case


@pytest.mark.parametrize(
    ("who", "words", "code"),
    [
        ("bob", ("roster", "grant-role", "bob", "cio"), "NobodyToEndorse"),
        ("bob", ("roster", "grant-role", "nobody", "cio"), "NobodyThere"),
        ("bob", ("roster", "end-role", "finn", "administrator"), "TooFewAdministrators"),
        ("bob", ("roster", "cut-off", "ab" * 32), "NobodyThere"),
        ("bob", ("roster", "settle"), "NoRivals"),
        ("bob", ("roster", "endorse", "ab" * 32), "UnknownRoster"),
        ("ada", ("roster", "grant-role", "dan", "auditor"), "NotAnAdministrator"),
        ("bob", ("playbook", "accept", "--yes"), "AlreadyAccepted"),
        ("ada", ("complete", "CASE"), "NothingToSign"),
        ("dan", ("withdraw", "CASE", "--reason", "No."), "NotYours"),
        ("bob", ("roster", "grant-role", "ada", "auditor"), "NothingTyped"),
    ],
)
def test_what_can_never_be_is_refused_first(here, who: str, words: tuple[str, ...], code: str) -> None:
    house, case = here

    assert refused(house, who, *(case if word == "CASE" else word for word in words)) == code


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("dan", ("comment", "CASE", "Hello.")),
        ("dan", ("decline", "CASE", "--reason", "No.")),
        ("ada", ("withdraw", "CASE", "--reason", "No.")),
        ("bob", ("roster", "checkpoint")),
        ("dan", ("literacy", "acknowledge", "--yes")),
    ],
)
def test_a_key_that_is_not_listed_is_refused_first(decided, tmp_path, who: str, words: tuple[str, ...]) -> None:
    made, case = decided
    house = copied(made, tmp_path / "house")
    workspace = Workspace(house.home(who))
    other = person("eve").key
    file = keyfile.write(
        other._private, x509.load_der_x509_certificate(other.certificate_der), PASSPHRASE, rounds=1_000
    )
    workspace.change_settings(key=workspace.bring_key(file, PASSPHRASE).fingerprint)

    assert refused(house, who, *(case if word == "CASE" else word for word in words)) == "NotListed"

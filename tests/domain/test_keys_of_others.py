"""A new key in the entry of somebody with an office signs in their name: they have to agree with the key listed before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.roster import Person, Role
from intake.domain.roster_history import RosterHistory
from tests.domain.test_self_granting import problem, staff
from tests.domain.world import Site, person, roster

OWN = "it gives a new key to cleo, who has an office and has not endorsed it with the key listed before"
ALL = "it gives a new key to cleo, who has an office and no key left, so every administrator must endorse it"
FEW = "a majority of the administrators before it has not endorsed it"
END = "7" * 64
NAMES = ("bob", "finn", "gita")


def cleo(*keys: str, ended: str = "", left: bool = False) -> Person:
    """The CIO with these keys; ``ended`` is closed, and so is the office when she ``left`` it."""
    certificates = [item for key in keys for item in person(key, end=END if key == ended else "").certificates]
    entry = person("cleo", Role.CIO, ends={Role.CIO: END} if left else None)
    return replace(entry, certificates=tuple(sorted(certificates, key=lambda item: item.sha256)))


def versions(*steps: tuple[Person, str]) -> RosterHistory:
    """Versions 2, 3 ... with this entry of Cleo, each with its endorsers; three people administer."""
    site = Site("office")
    last = site.publish(roster(staff(*NAMES)), *NAMES)
    for number, (entry, endorsed) in enumerate(steps, start=2):
        people = [entry if item.id == "cleo" else item for item in staff(*NAMES)]
        last = site.publish(
            roster(people, version=number, previous=(last.id,)),
            *(name for name in endorsed.split() if name != "thief"),
            author="finn",
        )
        if "thief" in endorsed:
            signed = site.endorse("thief", last)
            del site.acts[signed.id]
            forged = replace(signed, person="cleo")
            site.acts[forged.id] = forged
    return site.history()


@pytest.mark.attack("a key of an administrator in the entry of the CIO", refusal="pending: the CIO has not endorsed it")
@pytest.mark.parametrize(
    ("endorsed", "wrong"),
    [
        ("finn", FEW),
        ("finn cleo", FEW),
        ("bob finn", OWN),
        ("bob finn gita", OWN),
        # Signed with the new key itself: it proves nothing
        ("bob finn thief", OWN),
        ("bob finn cleo", ""),
    ],
)
def test_an_officer_agrees_to_a_new_key_with_the_one_before(endorsed: str, wrong: str) -> None:
    history = versions((cleo("cleo", "thief"), endorsed))

    assert problem(history) == wrong
    assert (history.newest.version == 2) is not bool(wrong)


@pytest.mark.parametrize(("endorsed", "wrong"), [("bob finn", ALL), ("bob finn gita", ""), ("bob finn cleo", "")])
def test_for_a_lost_key_every_administrator_agrees(endorsed: str, wrong: str) -> None:
    assert problem(versions((cleo("cleo", "thief", ended="cleo"), endorsed))) == wrong


def test_ending_her_key_in_a_version_before_leads_no_further() -> None:
    ended = (cleo("cleo", ended="cleo"), "bob finn")

    assert problem(versions(ended, (cleo("cleo", "thief", ended="cleo"), "bob finn"))) == ALL
    assert problem(versions(ended, (cleo("cleo", "thief", ended="cleo"), "bob finn gita"))) == ""


def test_ending_her_office_first_leads_no_further() -> None:
    assert (
        problem(versions((cleo("cleo", left=True), "bob finn"), (cleo("cleo", "thief", left=True), "bob finn"))) == OWN
    )


def test_a_new_key_of_somebody_without_an_office_needs_the_majority_alone() -> None:
    site = Site("office")
    first = site.publish(roster(staff(*NAMES)), *NAMES)
    ada = person("ada", Role.OWNER)
    both = sorted((*ada.certificates, *person("ada2").certificates), key=lambda item: item.sha256)
    people = [replace(ada, certificates=tuple(both)) if item.id == "ada" else item for item in staff(*NAMES)]
    site.publish(roster(people, version=2, previous=(first.id,)), "bob", "finn")

    assert site.history().newest.version == 2


def test_whose_endorsement_could_help_names_the_officer() -> None:
    (waiting,) = versions((cleo("cleo", "thief"), "bob finn")).pending

    assert waiting.agreement.missing == {"cleo", "gita"}


@pytest.mark.attack(
    "a key of an administrator in the entry of the CIO, cut off at once", refusal="pending: the CIO has not endorsed it"
)
@pytest.mark.parametrize("closed", [True, False])
def test_a_new_key_that_is_cut_off_at_once_needs_its_owner_all_the_same(closed: bool) -> None:
    """It would sign below its cut-off, in the name of an officer who never had it."""
    site = Site("office")
    first = site.publish(roster(staff(*NAMES)), *NAMES)
    entry = cleo("cleo", "thief", ended="thief" if closed else "")
    people = [entry if item.id == "cleo" else item for item in staff(*NAMES)]
    cut = {person("thief").certificates[0].sha256: END}

    site.publish(roster(people, version=2, previous=(first.id,), cutoffs=cut), "bob", "finn")

    assert problem(site.history()) == OWN


def test_a_key_that_the_version_before_cuts_off_endorses_nothing() -> None:
    """Whether its certificate was closed as well or not."""
    site = Site("office")
    first = site.publish(roster(staff(*NAMES)), *NAMES)
    cut = {person("gita").certificates[0].sha256: END}
    second = site.publish(roster(staff(*NAMES), version=2, previous=(first.id,), cutoffs=cut), "bob", "finn")
    site.publish(roster(staff(*NAMES), version=3, previous=(second.id,), cutoffs=cut), "finn", "gita")

    assert site.history().newest.version == 2
    assert problem(site.history()) == FEW

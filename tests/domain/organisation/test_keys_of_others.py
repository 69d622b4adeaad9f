"""A new key in the entry of somebody trusted signs in their name: they have to agree with the key listed before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.roster import Grant, Period, Person, Role
from tests.domain.organisation.test_self_granting import problem, staff
from tests.domain.world import SINCE, Site, person, roster

OWN = "it gives a new key, or more time for one, to {}, who has not endorsed it with the key listed before"
ALL = (
    "it gives a new key, or more time for one, to {}, who has no key left, so every other administrator must endorse it"
)
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
        ("bob finn", OWN.format("cleo")),
        ("bob finn gita", OWN.format("cleo")),
        # Signed with the new key itself: it proves nothing
        ("bob finn thief", OWN.format("cleo")),
        ("bob finn cleo", ""),
    ],
)
def test_an_officer_agrees_to_a_new_key_with_the_one_before(endorsed: str, wrong: str) -> None:
    history = versions((cleo("cleo", "thief"), endorsed))

    assert problem(history) == wrong
    assert (history.newest.version == 2) is not bool(wrong)


@pytest.mark.parametrize(
    ("endorsed", "wrong"), [("bob finn", ALL.format("cleo")), ("bob finn gita", ""), ("bob finn cleo", "")]
)
def test_for_a_lost_key_every_administrator_agrees(endorsed: str, wrong: str) -> None:
    assert problem(versions((cleo("cleo", "thief", ended="cleo"), endorsed))) == wrong


def test_ending_her_key_in_a_version_before_leads_no_further() -> None:
    ended = (cleo("cleo", ended="cleo"), "bob finn")

    assert problem(versions(ended, (cleo("cleo", "thief", ended="cleo"), "bob finn"))) == ALL.format("cleo")
    assert problem(versions(ended, (cleo("cleo", "thief", ended="cleo"), "bob finn gita"))) == ""


def test_ending_her_office_first_leads_no_further() -> None:
    assert problem(
        versions((cleo("cleo", left=True), "bob finn"), (cleo("cleo", "thief", left=True), "bob finn"))
    ) == OWN.format("cleo")


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

    assert problem(site.history()) == OWN.format("cleo")


# ------------------------------------------------------------------------------ administrators and the records team


def trusted(name: str, *keys: str, ended: str = "", until: date | None = None) -> Person:
    """An administrator, or Rita of the records team, with these keys; ``ended`` is closed."""
    certificates = [item for key in keys for item in person(key, end=END if key == ended else "").certificates]
    lasting = [replace(item, period=replace(item.period, until=until)) for item in certificates]
    entry = person(name, Role.RECORDS if name == "rita" else Role.ADMINISTRATOR)
    return replace(entry, certificates=tuple(sorted(lasting, key=lambda item: item.sha256)))


def version_2(entry: Person, endorsed: str, *, names: tuple[str, ...] = NAMES, was: Person | None = None) -> str:
    """What is wrong with a version 2 that has this entry; version 1 had it as it ``was``."""
    everybody = [*staff(*names), person("rita", Role.RECORDS)]
    site = Site("office")
    before = [was if was and item.id == was.id else item for item in everybody]
    first = site.publish(roster(before), *names)
    people = [entry if item.id == entry.id else item for item in before]
    signers = endorsed.split()
    site.publish(roster(people, version=2, previous=(first.id,)), *signers, author=signers[0])
    history = site.history()
    assert (history.newest.version == 2) is not bool(problem(history))
    return problem(history)


@pytest.mark.attack(
    "a key of an administrator in the entry of another", refusal="pending: the other has not endorsed it"
)
@pytest.mark.parametrize("name", ["gita", "rita"])
def test_administrators_and_records_agree_to_a_new_key_with_the_one_before(name: str) -> None:
    with_thief = trusted(name, name, "thief")

    assert version_2(with_thief, "bob finn") == OWN.format(name)
    assert version_2(with_thief, f"bob finn {name}") == ""


@pytest.mark.parametrize("name", ["gita", "rita"])
def test_for_a_lost_key_of_an_administrator_every_other_agrees(name: str) -> None:
    renewed, names = trusted(name, name, "new", ended=name), (*NAMES, "hugo", "ivy")
    others = " ".join(item for item in names if item != name)

    assert version_2(renewed, "bob finn hugo", names=names) == ALL.format(name)
    assert version_2(renewed, others, names=names) == ""


def test_of_two_administrators_one_who_lost_his_key_cannot_get_another() -> None:
    """A majority of two is both of them, whatever is changed: an organisation lists three."""
    assert version_2(trusted("finn", "finn", "new", ended="finn"), "bob", names=("bob", "finn")) == FEW


def test_of_two_administrators_one_whose_key_was_copied_gives_it_up_for_another_himself() -> None:
    """The old key speaks for the version before, the new one for its own."""
    site = Site("office")
    first = site.publish(roster(staff("bob", "finn")), "bob", "finn")
    people = [
        trusted("finn", "finn", "new", ended="finn") if item.id == "finn" else item for item in staff("bob", "finn")
    ]
    made = site.publish(roster(people, version=2, previous=(first.id,)), "bob", "finn")
    signed = site.endorse("new", made)
    del site.acts[signed.id]
    site.acts[signed.id] = replace(signed, person="finn")

    assert site.history().newest.version == 2


def test_two_lost_keys_are_replaced_one_after_the_other() -> None:
    """While the role of the second is ended, nobody waits for him."""
    names = (*NAMES, "hugo", "ivy")
    site = Site("office")
    last = site.publish(roster(staff(*names)), *names)
    left = replace(person("hugo", Role.ADMINISTRATOR, ends={Role.ADMINISTRATOR: END}))

    def follow(version: int, *signers: str, **entries: Person) -> Act:
        people = [entries.get(item.id, item) for item in staff(*names)]
        return site.publish(roster(people, version=version, previous=(last.id,)), *signers, author=signers[0])

    gita = trusted("gita", "gita", "gita2", ended="gita")
    hugo = trusted("hugo", "hugo", "hugo2", ended="hugo")
    last = follow(2, "bob", "finn", "ivy", hugo=left)
    last = follow(3, "bob", "finn", "ivy", hugo=left, gita=gita)
    hugo = replace(hugo, grants=left.grants)
    follow(4, "bob", "finn", "ivy", hugo=hugo, gita=gita)
    assert site.history().newest.version == 3
    signed = site.endorse(
        "gita2",
        next(item for item in site.acts.values() if item.id not in site.history().chain and item.kind == "roster"),
    )
    site.acts[signed.id] = replace(signed, person="gita")

    assert site.history().newest.version == 4


# ----------------------------------------------------------------------------------------------------------- how long


@pytest.mark.attack("the last day of somebody's key lifted by others", refusal="pending: the owner has not endorsed it")
@pytest.mark.parametrize("name", ["cleo", "gita", "rita"])
@pytest.mark.parametrize("later", [None, date(2026, 12, 1)])
def test_more_time_for_a_key_is_agreed_to_by_its_owner(later: date | None, name: str) -> None:
    def lasting(until: date | None) -> Person:
        made = trusted(name, name, until=until)
        return replace(made, grants=person("cleo", Role.CIO).grants) if name == "cleo" else made

    short, more, less = lasting(date(2026, 11, 1)), lasting(later), lasting(date(2026, 10, 1))

    assert version_2(more, "bob finn", was=short) == OWN.format(name)
    assert version_2(more, f"bob finn {name}", was=short) == ""
    assert version_2(less, "bob finn", was=short) == ""


@pytest.mark.attack(
    "the last day of an office lifted by a minority of others", refusal="pending: a majority of the others"
)
@pytest.mark.parametrize("later", [None, date(2026, 12, 1)])
def test_more_time_for_an_office_is_given_by_those_who_do_not_hold_it(later: date | None) -> None:
    """An office is given, not owned: as with a new one its holder endorses nothing, and can leave it unused."""

    def lasting(until: date | None) -> Person:
        return person("bob", Role.ADMINISTRATOR, Grant(Role.CIO, "", False, Period(SINCE, until, "")))

    was = lasting(date(2026, 11, 1))

    assert version_2(lasting(later), "finn bob", was=was).startswith(FEW)
    assert version_2(lasting(later), "finn gita", was=was) == ""


def test_a_key_that_the_version_before_cuts_off_endorses_nothing() -> None:
    """Whether its certificate was closed as well or not."""
    site = Site("office")
    first = site.publish(roster(staff(*NAMES)), *NAMES)
    cut = {person("gita").certificates[0].sha256: END}
    second = site.publish(roster(staff(*NAMES), version=2, previous=(first.id,), cutoffs=cut), "bob", "finn")
    site.publish(roster(staff(*NAMES), version=3, previous=(second.id,), cutoffs=cut), "finn", "gita")

    assert site.history().newest.version == 2
    assert problem(site.history()) == FEW

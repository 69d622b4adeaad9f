"""Whatever came, gave way, was sent away and came again, in whatever order: a register holds what a rebuild makes of it."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT, ROSTER
from intake.domain.organisation.roster import Role
from intake.register.register import Register
from intake.register.views.digest import content_digest
from tests.domain.world import Site, organisation, person, roster
from tests.register.helpers import WaitingLimits, open_register, pack

_NARROW = WaitingLimits(waiting_acts=6, file_bytes=20_000, enrolments=1, listed_acts=3)


def _history(chance: random.Random) -> Site:
    """A case, two more rosters that end a role at a checkpoint, what officers sign under each, and what strangers add."""
    site = organisation()
    versions = [site.acts[site.roster]]
    case = site.revision().id
    for number in (2, 3):
        site.comment("ada", case)
        site.ciso(case)
        listed = [*site.read(versions[-1]).people]
        if number == 2:
            listed.append(person("zoe", Role.OWNER))
        seen = site.checkpoint()
        listed = [
            replace(
                who,
                grants=tuple(
                    replace(grant, period=replace(grant.period, end=grant.period.end or seen.id))
                    if grant.role is Role.CISO and chance.random() < 0.5
                    else grant
                    for grant in who.grants
                ),
            )
            for who in listed
        ]
        versions.append(site.publish(roster(listed, version=number, previous=[versions[-1].id]), "bob", "finn"))
        site.cio(case)
    for number, version in enumerate(versions):
        bait = {**version.body}
        site.act("mallory", ROSTER.name, bait, stream=f"{number:032x}", roster=version.roster)
        listing = next(act for act in site.acts.values() if act.kind == CHECKPOINT.name)
        site.act("mallory", CHECKPOINT.name, {**listing.body}, stream=f"{number + 9:032x}", roster=version.id)
    for number in range(12):
        _remark(site, chance, number, case)
    return site


def _remark(site: Site, chance: random.Random, number: int, case: str) -> Act:
    file = site.attach(f"{number}".encode() * chance.randint(1, 4000)).as_json()
    who = chance.choice(["mallory", "zoe", "eve", "ada"])
    names = chance.choice([site.roster, "", "b" * 64])
    return site.act(
        who, "note-x", {"attachments": [file]}, case=chance.choice([case, "a" * 64]), after=[],
        stream=f"{number + 99:032x}", roster=names,
    )  # fmt: skip


def _shuffled(register: Register, site: Site, chance: random.Random) -> None:
    """Offer everything in pieces, with narrow limits, and send away in between."""
    register._projecting.limits = _NARROW
    acts, files = [pack(act) for act in site.acts.values()], list(site.blobs.items())
    chance.shuffle(acts)
    for start in range(0, len(acts), 5):
        register.append(acts[start : start + 5])
        register.append((), dict(chance.sample(files, min(len(files), 4))))
        if chance.random() < 0.3:
            register.waiting_room.send_away(enrolments=chance.random() < 0.3)
        if chance.random() < 0.2:
            register.join(site.org)
        if chance.random() < 0.3:
            register.waiting_room.send_away(chance.choice(acts).act.signer)
    register.join(site.org)


def _all_of_it(register: Register, site: Site) -> None:
    register._projecting.limits = WaitingLimits()
    for item in register.quarantine.items(limit=1000):
        register.quarantine.remove(item.pk)
    for _ in range(3):
        register.append([pack(act) for act in site.acts.values()])
        register.append((), site.blobs)
        register.rejudge()


def _holds(register: Register) -> tuple[str, list[object]]:
    with register._database.read() as connection:
        acts = [row[0] for row in connection.exec_driver_sql("SELECT act_id FROM act ORDER BY 1")]
        files = [row[0] for row in connection.exec_driver_sql("SELECT sha256 FROM blob ORDER BY 1")]
        return content_digest(connection), [*acts, *files]


def _same_in_the_end(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    site = _history(chance)
    found = []
    for name in ("one", "other"):
        register = open_register(folder, f"{name}.sqlite")
        if name == "one" or chance.random() < 0.5:
            register.join(site.org)
        if name == "other":
            # Another process of the same home: what it has folded is never kept past what this one changes.
            second = open_register(folder, f"{name}.sqlite")
            second.organisation()
            _shuffled(register, site, chance)
            assert second.organisation() == register.organisation()
            second.close()
        register.rejudge()
        if name == "other":
            assert register.rebuild(check=True).identical, seed
        _all_of_it(register, site)
        assert register.rebuild(check=True).identical, seed
        found.append(_holds(register))
        register.close()
    assert found[0] == found[1], seed


@pytest.mark.attack(
    "a bait that names the people of the next roster, and goes before it comes",
    refusal="the rosters are folded again after whatever came or went; the version counts",
)
@pytest.mark.parametrize("seed", [140, 142, 181, 367, 381])
def test_any_order_with_comings_and_goings_ends_the_same(tmp_path: Path, seed: int) -> None:
    _same_in_the_end(tmp_path, seed)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(100, 400))
def test_any_order_with_comings_and_goings_ends_the_same_often(tmp_path: Path, seed: int) -> None:
    _same_in_the_end(tmp_path, seed)

"""A checkpoint that can matter to nobody is kept and carried, but what it lists is not taken apart."""

from __future__ import annotations

import pytest

from intake.domain.acts.checkpoint import ListedHead, write_heads
from intake.domain.acts.envelope import Attachment
from intake.domain.base.canonical import sha256
from intake.domain.organisation.roster import Role
from intake.register.register import Register
from intake.services.organisation import people
from tests.services.hostile import by_hand
from tests.services.offices import Offices

pytestmark = pytest.mark.attack("listings of somebody who keeps no records, to fill the memory", refusal="not indexed")


def indexed(register: Register) -> int:
    with register._database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM head").scalar_one())


def listed_by(offices: Offices, who: str, count: int = 50):
    installation = offices.installations["bob"]
    data = write_heads(ListedHead(sha256(b"case %d" % number), sha256(b"act %d" % number)) for number in range(count))
    body = {"heads": Attachment(sha256(data), len(data), "application/json", "heads").as_json(), "token": None}
    roster = installation.rosters.in_force[0].id
    act = by_hand(
        offices.signer(who).key,
        "checkpoint",
        body,
        org=installation.register.org,
        at=offices.clock(),
        who=who,
        roster=roster,
    )
    return act, {sha256(data): data}


def test_the_listing_of_an_owner_is_kept_and_not_indexed(offices: Offices) -> None:
    register = offices.installations["dan"].register
    act, files = listed_by(offices, "ada")

    done = register.append([act], files)

    assert done.new == (act.act.id,)
    assert done.blobs == tuple(files)
    assert indexed(register) == 0
    assert register.rebuild(check=True).identical


def test_the_listing_of_who_keeps_records_is_indexed(offices: Offices) -> None:
    register = offices.installations["dan"].register
    act, files = listed_by(offices, "bob")

    register.append([act], files)

    assert indexed(register) == 50
    assert register.rebuild(check=True).identical


def test_who_is_given_the_records_later_is_read_then(offices: Offices) -> None:
    """In whatever order they come, two registers index the same."""
    early, late = offices.installations["dan"].register, offices.installations["cleo"].register
    act, files = listed_by(offices, "ada")
    early.append([act], files)
    change = people.grant_role(offices.installations["bob"], offices.signer("bob"), "ada", Role.RECORDS)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "dan", "cleo")

    late.append([act], files)

    assert (indexed(early), indexed(late)) == (50, 50)
    assert early.rebuild(check=True).identical

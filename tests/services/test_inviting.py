"""Invitations: what one holds, how somebody joins by it, and what a hostile one meets."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

import resources
from intake.domain.base.canonical import sha256
from intake.domain.base.words import spoken
from intake.domain.organisation.invitation import MAX_RETURN_TO, Invitation, is_return_to, tidied
from intake.domain.organisation.roster import Role
from intake.exchange.entries import Entry, EntryKind
from intake.exchange.package.manifest import Manifest, encode
from intake.exchange.package.package import read_package, save_package
from intake.exchange.package.refusals import BadManifest, OtherOrganisation, SymlinkEntry
from intake.exchange.package.signing import signer_of, signing_with
from intake.services.exchanging import exchanging, inviting
from intake.services.exchanging.inviting import (
    InvitationHoldsMore,
    InvitationNotWhole,
    InvitationOfTwo,
    InvitationTooLarge,
    InvitationWithoutRoster,
    InvitedByNobody,
    NoReturnAddress,
)
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.installation.workspace import Workspace, open_installation
from intake.services.organisation import people
from tests.people import NOON, person
from tests.services.hostile import enrolment
from tests.services.offices import READ, Offices, founded

MAIL = "bob@example.org"

Contents = dict[tuple[EntryKind, str], bytes]


@pytest.fixture
def newcomer(tmp_path: Path) -> Installation:
    """A register that belongs to nobody yet."""
    return open_installation(Workspace(tmp_path / "zoe"), READ, resources.names)


def invite(offices: Offices, target: Path, by: str = "bob") -> Path:
    inviting.write_invitation(offices.installations[by], offices.signer(by), target, MAIL)
    return target


def contents_of(package: Path) -> Contents:
    entries = (item for item in read_package(package, verify=signer_of).entries() if isinstance(item, Entry))
    return {(item.kind, item.id): item.data for item in entries}


def packed(target: Path, contents: Mapping[tuple[EntryKind, str], bytes], org: str, by: str = "bob") -> Path:
    """An invitation with these contents, signed anew: so that what is tried is met, and not a broken signature."""
    save_package(
        target,
        contents,
        lambda kind, name: contents[kind, name],
        org=org,
        heads={},
        made_at=NOON,
        sign=signing_with(person(by).key),
        invitation=Invitation(MAIL),
    )
    return target


def test_an_invitation_says_who_invites_and_where_to_send(
    offices: Offices, newcomer: Installation, tmp_path: Path
) -> None:
    offices.file()
    org = offices.installations["bob"].register.org

    written = inviting.write_invitation(
        offices.installations["bob"], offices.signer("bob"), tmp_path / "invitation.countersign", f"  {MAIL} "
    )
    found = inviting.read_invitation(newcomer, tmp_path / "invitation.countersign")

    assert found == written
    assert found is not None
    assert (found.org, found.words, found.return_to) == (org, spoken(org), MAIL)
    assert found.inviter == offices.installations["bob"].rosters.name("bob")
    assert found.organisation == offices.installations["bob"].rosters.newest.organisation


def test_who_joins_by_it_knows_the_rosters_and_no_use_case(
    offices: Offices, newcomer: Installation, tmp_path: Path
) -> None:
    offices.file()
    package = invite(offices, tmp_path / "invitation.countersign")
    found = inviting.read_invitation(newcomer, package)
    assert found is not None

    exchanging.join(newcomer, found.org)
    report = exchanging.import_package(newcomer, package)

    assert (report.refused, report.waiting, report.problems) == (0, 0, ())
    bob = offices.installations["bob"]
    assert newcomer.rosters.newest == bob.rosters.newest
    assert [item.listed.id for item in newcomer.rosters.uncovered] == [item.listed.id for item in bob.rosters.uncovered]
    assert newcomer.shelf.current.digest == bob.shelf.current.digest
    assert newcomer.register.queries.counts().total == 0


def test_somebody_listed_later_is_in_the_next_invitation(
    offices: Offices, newcomer: Installation, tmp_path: Path
) -> None:
    bob = offices.installations["bob"]
    asks = enrolment(person("gina").key, "gina", org=bob.register.org, at=offices.clock())
    report = exchanging.import_act(bob, asks.blob)
    change = people.list_person(bob, offices.signer("bob"), asks.act.id, (Role.OWNER,))
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob")

    package = invite(offices, tmp_path / "invitation.countersign")
    exchanging.join(newcomer, bob.register.org)
    exchanging.import_package(newcomer, package)

    assert report.asking == (asks.act.id,)
    assert newcomer.rosters.holds("gina", Role.OWNER)


def test_a_package_of_everything_invites_nobody(offices: Offices, newcomer: Installation, tmp_path: Path) -> None:
    exchanging.export_package(offices.installations["bob"], offices.signer("bob"), tmp_path / "all.countersign")

    assert inviting.read_invitation(newcomer, tmp_path / "all.countersign") is None


def test_only_administrators_invite(offices: Offices, tmp_path: Path) -> None:
    with pytest.raises(people.NotAnAdministrator):
        inviting.write_invitation(
            offices.installations["ada"], offices.signer("ada"), tmp_path / "invitation.countersign", MAIL
        )


@pytest.mark.parametrize("line", ["", "   ", "\u200b", "x" * (MAX_RETURN_TO + 1), "one\ntwo"])
def test_where_to_send_is_one_visible_line(line: str, offices: Offices, tmp_path: Path) -> None:
    with pytest.raises(NoReturnAddress):
        inviting.write_invitation(
            offices.installations["bob"], offices.signer("bob"), tmp_path / "invitation.countersign", line
        )
    assert not is_return_to(tidied(line))


@pytest.mark.attack("an invitation of another organisation", refusal="OtherOrganisation")
def test_of_another_organisation(offices: Offices, tmp_path: Path) -> None:
    other = founded(tmp_path / "other")
    # The offices are copies of one founding; another organisation begins with another first roster.
    rival = _rival(tmp_path / "rival")

    package = tmp_path / "invitation.countersign"
    inviting.write_invitation(rival[0], rival[1], package, MAIL)

    with pytest.raises(OtherOrganisation):
        inviting.read_invitation(other.installations["ada"], package)


@pytest.mark.attack(
    "an invitation to an organisation that looks the same",
    refusal="its ten words are others; nothing is joined before they were compared",
)
def test_of_a_false_organisation(offices: Offices, newcomer: Installation, tmp_path: Path) -> None:
    true = inviting.read_invitation(newcomer, invite(offices, tmp_path / "true.countersign"))
    rival, signer = _rival(tmp_path / "rival")
    inviting.write_invitation(rival, signer, tmp_path / "false.countersign", MAIL)

    false = inviting.read_invitation(newcomer, tmp_path / "false.countersign")

    assert true is not None
    assert false is not None
    assert (false.organisation, false.inviter) == (true.organisation, true.inviter)
    assert false.words != true.words
    assert newcomer.register.org == ""


@pytest.mark.attack("an invitation that sends enrolments to a stranger", refusal="InvitedByNobody")
@pytest.mark.parametrize("by", ["mallory", "ada"])
def test_signed_by_nobody_who_administers(by: str, offices: Offices, newcomer: Installation, tmp_path: Path) -> None:
    good = contents_of(invite(offices, tmp_path / "good.countersign"))

    package = packed(tmp_path / "bad.countersign", good, offices.installations["bob"].register.org, by)

    with pytest.raises(InvitedByNobody):
        inviting.read_invitation(newcomer, package)


@pytest.mark.attack("an invitation that brings use cases", refusal="InvitationHoldsMore")
def test_that_brings_use_cases(offices: Offices, newcomer: Installation, tmp_path: Path) -> None:
    offices.file()
    bob = offices.installations["ada"]
    exchanging.export_package(bob, offices.signer("ada"), tmp_path / "all.countersign")

    package = packed(tmp_path / "bad.countersign", contents_of(tmp_path / "all.countersign"), bob.register.org)

    with pytest.raises(InvitationHoldsMore):
        inviting.read_invitation(newcomer, package)


@pytest.mark.attack("an invitation of two organisations", refusal="InvitationOfTwo")
@pytest.mark.parametrize("whole", [True, False])
def test_of_two_organisations(whole: bool, offices: Offices, newcomer: Installation, tmp_path: Path) -> None:
    good = contents_of(invite(offices, tmp_path / "good.countersign"))
    rival, signer = _rival(tmp_path / "rival")
    inviting.write_invitation(rival, signer, tmp_path / "rival.countersign", MAIL)
    more = contents_of(tmp_path / "rival.countersign")
    if not whole:
        first = next(item for item in rival.register.queries.every_act() if item[0] == rival.register.org)
        more = {(EntryKind.ACT, first[1]): first[2]}

    package = packed(tmp_path / "bad.countersign", good | more, offices.installations["bob"].register.org)

    with pytest.raises(InvitationOfTwo):
        inviting.read_invitation(newcomer, package)


@pytest.mark.attack("an invitation without the roster it names", refusal="InvitationWithoutRoster")
def test_without_the_roster_it_names(offices: Offices, newcomer: Installation, tmp_path: Path) -> None:
    bob = offices.installations["bob"]
    first = next(item for item in bob.register.queries.every_act() if item[0] == bob.register.org)
    good = contents_of(invite(offices, tmp_path / "good.countersign"))
    del good[EntryKind.ACT, first[1]]

    package = packed(tmp_path / "bad.countersign", good, bob.register.org)

    with pytest.raises(InvitationWithoutRoster):
        inviting.read_invitation(newcomer, package)


@pytest.mark.attack("an invitation without the roster it names", refusal="InvitationWithoutRoster")
def test_without_the_people_of_the_roster(offices: Offices, newcomer: Installation, tmp_path: Path) -> None:
    good = contents_of(invite(offices, tmp_path / "good.countersign"))
    acts = {key: data for key, data in good.items() if key[0] is EntryKind.ACT}

    package = packed(tmp_path / "bad.countersign", acts, offices.installations["bob"].register.org)

    with pytest.raises(InvitationWithoutRoster):
        inviting.read_invitation(newcomer, package)


@pytest.mark.attack("an invitation with a damaged act", refusal="InvitationNotWhole")
def test_with_a_damaged_act(offices: Offices, newcomer: Installation, tmp_path: Path) -> None:
    good = contents_of(invite(offices, tmp_path / "good.countersign"))
    data = next(data for (kind, _), data in good.items() if kind is EntryKind.ACT)
    damaged = data[:-1] + bytes([data[-1] ^ 1])

    package = packed(
        tmp_path / "bad.countersign",
        good | {(EntryKind.ACT, sha256(damaged)): damaged},
        offices.installations["bob"].register.org,
    )

    with pytest.raises(InvitationNotWhole):
        inviting.read_invitation(newcomer, package)


@pytest.mark.attack("a huge invitation", refusal="InvitationTooLarge")
@pytest.mark.parametrize(("name", "limit"), [("MAX_ACTS", 1), ("MAX_INVITATION", 4_000)])
def test_that_is_huge(
    name: str,
    limit: int,
    offices: Offices,
    newcomer: Installation,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    package = invite(offices, tmp_path / "invitation.countersign")
    monkeypatch.setattr(inviting, name, limit)

    with pytest.raises(InvitationTooLarge):
        inviting.read_invitation(newcomer, package)
    with pytest.raises(InvitationTooLarge):
        invite(offices, tmp_path / "another.countersign")
    assert not (tmp_path / "another.countersign").exists()


@pytest.mark.attack("an invitation that holds a link", refusal="SymlinkEntry")
def test_that_holds_a_link(offices: Offices, newcomer: Installation, tmp_path: Path) -> None:
    package = invite(offices, tmp_path / "invitation.countersign")
    with zipfile.ZipFile(package) as given, zipfile.ZipFile(tmp_path / "bad.countersign", "w") as made:
        for item in given.infolist():
            copy = zipfile.ZipInfo(item.filename, item.date_time)
            copy.create_system = 3
            copy.external_attr = (0o120777 << 16) if item.filename.startswith("ev/") else 0
            made.writestr(copy, given.read(item))

    with pytest.raises(SymlinkEntry):
        inviting.read_invitation(newcomer, tmp_path / "bad.countersign")


@pytest.mark.attack("an invitation whose address is a page of text", refusal="BadManifest")
@pytest.mark.parametrize("line", ["first\nsecond", "x" * (MAX_RETURN_TO + 1), "", "\u200b", " a"])
def test_whose_address_is_no_line(line: str) -> None:
    with pytest.raises(BadManifest):
        encode(Manifest("a" * 64, {}, 0, 0, NOON, Invitation(line)))


def _rival(root: Path) -> tuple[Installation, PersonWithKey]:
    """An organisation that calls itself the same, with the same people and other keys."""
    offices = Offices(root)
    offices.open("bob", "finn")
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    signers = {name: PersonWithKey(name, person(f"false {name}").key) for name in ("bob", "finn")}
    asked = [
        people.enrol(offices.installations[name], signers[name], name=name.title(), unit="") for name in ("bob", "finn")
    ]
    exchanging.import_act(bob, asked[1].blob)
    roles = ((Role.ADMINISTRATOR, Role.CIO), (Role.ADMINISTRATOR, Role.CISO))
    change = people.found_organisation(
        bob, signers["bob"], "Test Works", [(act.act.id, given) for act, given in zip(asked, roles, strict=True)]
    )
    exchanging.join(finn, change.roster)
    for _, _, blob in bob.register.queries.every_act():
        exchanging.import_act(finn, blob)
    offices.travel("bob", "finn")
    people.endorse(finn, signers["finn"], change.roster)
    offices.travel("finn", "bob")
    assert bob.rosters.founded
    return bob, signers["bob"]

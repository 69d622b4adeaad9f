"""Playbooks between installations: accepted ones travel and are used, an owner’s own never counts."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import resources
from intake.domain.acts.kinds import OPINION
from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.roster import AcceptedPlaybook
from intake.domain.assessment.engines import PlaybookNotAccepted
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import words
from intake.domain.case.phases import Phase
from intake.domain.organisation import changes
from intake.domain.organisation.accepted_playbooks import accepted
from intake.domain.playbook.reading.overlay import overlaid
from intake.domain.playbook.reading.playbook import from_json
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.tier import Tier
from intake.services.deciding import deciding, reviewing
from intake.services.deciding.reviewing import Action
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.filing import filing
from intake.services.installation import installation as installations
from intake.services.installation.installation import Installation, PlaybookShelf
from intake.services.installation.playbook_files import CoreRule, core_files
from intake.services.organisation import people, playbooks
from intake.services.organisation.refusals import PlaybookUntold
from tests.core import CORE
from tests.filled import filled
from tests.services.offices import Offices, fill
from tests.services.test_endorsing import endorse


@cache
def overlay(version: str = "1") -> Playbook:
    meta = f'extends = "{CORE.id}"\nid = "house"\nversion = "{version}"\ntitle = "Our house"\n'
    return overlaid(core_files(resources.read, resources.names), {"meta.toml": meta.encode()})


@cache
def harmless() -> Playbook:
    """What an owner could make of the core: no rule is left, so everything is of minimal risk."""
    return from_json(replace(CORE, rules=(), version="mine").as_json())


def accept(offices: Offices, playbook: Playbook) -> str:
    """Bob writes the version that accepts it, Finn endorses it, and everybody has it."""
    change = playbooks.accept(offices.installations["bob"], offices.signer("bob"), playbook)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", *offices.installations)
    return change.roster


def filed_by(offices: Offices, playbook: Playbook) -> str:
    """Ada files by the playbook her installation was made to use."""
    ada = offices.installations["ada"]
    sly = replace(ada, shelf=PlaybookShelf(playbook))
    draft = filing.start(sly, "ada")
    fill(sly, draft, filled(playbook, {"start.ai": "agent"}))
    return filing.file(sly, offices.signer("ada"), draft).case


def choices(installation: Installation, case: str, who: str) -> dict[Action, str]:
    return {choice.action: choice.blocked for choice in reviewing.look(installation, case, who).choices}


def test_founding_accepts_the_core(offices: Offices) -> None:
    installation = offices.installations["ada"]

    assert accepted(installation.rosters) == {CORE.digest: 1}
    assert installation.shelf.current == CORE


def test_an_accepted_playbook_is_used_everywhere_once_it_is_in_force(offices: Offices) -> None:
    made = overlay()

    playbooks.accept(offices.installations["bob"], offices.signer("bob"), made)
    before = {installation.shelf.current.id for installation in offices.installations.values()}
    newest = offices.installations["bob"].rosters.pending[0].listed.id
    offices.travel("bob", *offices.installations)
    people.endorse(offices.installations["finn"], offices.signer("finn"), newest)
    offices.travel("finn", *offices.installations)

    assert before == {CORE.id}
    assert {installation.shelf.current.digest for installation in offices.installations.values()} == {made.digest}
    assert accepted(offices.installations["dan"].rosters) == {CORE.digest: 1, made.digest: 2}


@pytest.mark.exhaustive
def test_it_travels_through_a_folder_with_the_roster(offices: Offices, tmp_path: Path) -> None:
    bob, finn, ada = (offices.installations[name] for name in ("bob", "finn", "ada"))
    made = overlay()
    change = playbooks.accept(bob, offices.signer("bob"), made)

    FolderExchange(bob, tmp_path).run()
    FolderExchange(finn, tmp_path).run()
    people.endorse(finn, offices.signer("finn"), change.roster)
    FolderExchange(finn, tmp_path).run()
    FolderExchange(ada, tmp_path).run()

    assert ada.shelf.current == made
    assert ada.register.queries.blob(made.digest) is not None


@pytest.mark.exhaustive
def test_the_newest_one_is_used_and_the_older_ones_go_on_counting(offices: Offices) -> None:
    first, second = overlay("1"), overlay("2")
    accept(offices, first)
    draft = filing.start(offices.installations["ada"], "ada")

    accept(offices, second)

    known = playbooks.known(offices.installations["ada"])
    assert [(item.digest, item.since, item.current) for item in known] == [
        (second.digest, 3, True),
        (first.digest, 2, False),
        (CORE.digest, 1, False),
    ]
    assert filing.view(offices.installations["ada"], draft).guide.playbook == first


def test_while_an_accepted_playbook_is_not_here_the_newest_one_that_is_here_is_used(offices: Offices) -> None:
    installation = offices.installations["bob"]
    entry = AcceptedPlaybook("9" * 64, 9, 1)
    document = changes.accepting(changes.following(installation.rosters.in_force[0]), entry)
    change = people.publish(installation, offices.signer("bob"), document)
    offices.travel("bob", "finn")
    with pytest.raises(PlaybookUntold):
        people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    endorse(offices, "finn", change.roster)
    offices.travel("finn", *offices.installations)

    found = playbooks.known(installation)

    assert installation.shelf.current == CORE
    assert [(item.digest, item.playbook is None) for item in found] == [(CORE.digest, False), ("9" * 64, True)]


@pytest.mark.exhaustive
def test_what_was_filed_by_the_core_before_an_overlay_is_still_decided(offices: Offices) -> None:
    case = offices.file()
    accept(offices, overlay())
    offices.travel("ada", "dan")
    offices.decide("dan", case)
    offices.travel("dan", "cleo")

    offices.decide("cleo", case)

    assert offices.installations["cleo"].state(case).in_force is not None


def test_the_same_playbook_is_accepted_once(offices: Offices) -> None:
    with pytest.raises(playbooks.AlreadyAccepted):
        playbooks.accept(offices.installations["bob"], offices.signer("bob"), CORE)


@pytest.mark.attack("an owner's own playbook that finds everything harmless", refusal="PlaybookNotAccepted")
@pytest.mark.exhaustive
def test_an_owners_own_playbook_never_counts_and_both_offices_are_told(offices: Offices) -> None:
    mine = harmless()
    case = filed_by(offices, mine)
    offices.travel("ada", *offices.installations)

    dan = offices.installations["dan"]
    looked = reviewing.look(dan, case, "dan")

    assert looked.assessment is None
    assert isinstance(looked.not_assessed, PlaybookNotAccepted)
    assert not looked.state.accepted
    assert (looked.revision.id, Reason("FiledByUnacceptedPlaybook")) in looked.state.blocked
    assert choices(dan, case, "dan")[Action.APPROVE] == PlaybookNotAccepted().sentence
    assert choices(dan, case, "dan")[Action.DECLINE] == ""
    declined = offices.decide("dan", case, Position.DECLINE, reason="Nobody agreed to this playbook.")
    assert declined.phase is Phase.DECLINED
    row = dan.register.queries.row(case)
    assert row is not None
    assert (row.tier, row.lane) == ("", "")


@pytest.mark.exhaustive
def test_approvals_signed_for_an_owners_own_playbook_make_no_decision(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = filed_by(offices, harmless())
    offices.travel("ada", *offices.installations)
    # Both offices run a program that lets them: their signatures are there, and count for nothing.
    monkeypatch.setattr(deciding, "against_approval", lambda *_: None)
    monkeypatch.setattr(installations, "engine", lambda engines, _: engines[1])
    monkeypatch.setattr(CoreRule, "__call__", lambda *_: None)
    terms = offices.terms("dan", case)
    for name in ("dan", "cleo"):
        offices.decide(name, case, given=terms)
        offices.travel(name, *offices.installations)

    state = offices.installations["bob"].state(case)

    assert (state.pairs, state.in_force) == ((), None)
    reasons = {words(event.judgement.reason) for event in state.events if event.act.kind == OPINION.name}
    assert reasons == {"the roster it names does not accept this playbook"}


@pytest.mark.exhaustive
def test_an_accepted_playbook_shows_the_tier_of_what_was_filed_by_it(offices: Offices) -> None:
    mine = overlay()
    case = filed_by(offices, mine)
    offices.travel("ada", *offices.installations)

    accept(offices, mine)

    row = offices.installations["dan"].register.queries.row(case)
    assert row is not None
    assert row.tier == Tier.LIMITED
    assert offices.installations["dan"].register.rebuild(check=True).identical

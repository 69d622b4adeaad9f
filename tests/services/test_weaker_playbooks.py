"""A playbook that is less than the core: nobody's program accepts or endorses it, and where enough were changed it counts for nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.kinds import ENDORSE, OPINION, ROSTER
from intake.domain.acts.kinds.endorse import EndorseBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.roster import PeopleFile
from intake.domain.assessment.engines import FiledOtherwise
from intake.domain.base.wording import words
from intake.domain.case.phases import Phase
from intake.domain.organisation import accepted_playbooks, changes
from intake.domain.organisation.document import roster_body
from intake.domain.organisation.people import write_people
from intake.domain.playbook.reading.playbook import from_json
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.tier import Tier
from intake.register.views.projector import NoteSort
from intake.services.deciding import reviewing
from intake.services.filing import filing
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.installation import PlaybookShelf
from intake.services.organisation import people, playbooks, telling
from intake.services.organisation.refusals import PlaybookUntold, PlaybookWeaker
from tests.core import CORE
from tests.filled import filled
from tests.services.offices import Offices, fill
from tests.services.test_endorsing import endorse
from tests.services.test_playbooks import harmless, overlay


def milder() -> Playbook:
    """The core with one of its rules lowered, as no overlay could say it."""
    rules = tuple(replace(rule, tier=Tier.LIMITED) if rule.tier is Tier.HIGH else rule for rule in CORE.rules)
    return from_json(replace(CORE, id="house", title="Our house", rules=rules).as_json())


def publish(offices: Offices, playbook: Playbook) -> str:
    """As a patched program of Bob writes the version that accepts a playbook, and endorses it; gives its id."""
    bob = offices.installations["bob"]
    document = changes.following(bob.rosters.in_force[0])
    document = changes.accepting(document, accepted_playbooks.entry(playbook, 1))
    writer = ActWriter(bob, offices.signer("bob"))
    writer.attach(playbook.blob, "playbook.json", "application/json")
    file = writer.attach(write_people(document.people), "people.json", "application/json")
    made = writer.write(ROSTER, roster_body(document, PeopleFile(file.sha256, file.size)))
    writer.write(ENDORSE, EndorseBody(made.act.id))
    writer.store()
    return made.act.id


def in_force(offices: Offices, playbook: Playbook) -> None:
    """A weaker playbook that both administrators accepted by changed programs, everywhere."""
    made = publish(offices, playbook)
    offices.travel("bob", "finn")
    endorse(offices, "finn", made)
    offices.travel("finn", *offices.installations)
    assert playbook.digest in accepted_playbooks.accepted(offices.installations["ada"].rosters)


def told(offices: Offices, name: str, roster: str) -> list[str]:
    installation = offices.installations[name]
    (waiting,) = [item.listed for item in installation.rosters.pending if item.listed.id == roster]
    return [words(line) for line in telling.told(installation, waiting.roster).lines]


@pytest.mark.attack("a playbook weaker than the core in a new roster", refusal="PlaybookWeaker")
def test_it_is_refused_by_name_to_writer_and_endorser(offices: Offices) -> None:
    mild = milder()
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    with pytest.raises(
        PlaybookWeaker, match="its playbook “Our house” is weaker than the core of this program: of the rule"
    ):
        playbooks.accept(bob, offices.signer("bob"), mild)
    made = publish(offices, mild)
    offices.travel("bob", "finn")

    with pytest.raises(PlaybookWeaker, match="“limited” is milder than “high”"):
        people.endorse(finn, offices.signer("finn"), made)

    lines = told(offices, "finn", made)
    lowered = sum(
        line.startswith("It lowers the tier of the rule “") and line.endswith("from high to limited.") for line in lines
    )
    assert lowered == sum(rule.tier is Tier.HIGH for rule in CORE.rules)
    assert any(line.startswith("Nothing that is filed by it could be approved: ") for line in lines)
    assert any("is “Our house”, version " in line and line.endswith("from the core of this program.") for line in lines)


def test_an_endorser_reads_every_rule_that_is_left_out(offices: Offices) -> None:
    made = publish(offices, harmless())
    offices.travel("bob", "finn")

    lines = told(offices, "finn", made)

    assert {f"It lacks the tier rule “{rule.sentence}”." for rule in CORE.rules} <= set(lines)


def test_an_endorser_reads_what_is_added_and_is_told_of_the_core_by_its_name(offices: Offices) -> None:
    change = playbooks.accept(offices.installations["bob"], offices.signer("bob"), overlay())
    offices.travel("bob", "finn")
    finn = offices.installations["finn"]

    assert told(offices, "finn", change.roster)[-1].endswith(
        "“Our house”, version 1. It asks and judges as the core does."
    )
    (first,) = finn.rosters.chain.values()
    said = words(telling.told(finn, first.roster).lines[-1])
    assert said.endswith(f"is the core of this program, “{CORE.title}”, version {CORE.version}.")


@pytest.mark.attack("a playbook nobody has in a new roster", refusal="PlaybookUntold")
def test_nobody_endorses_a_playbook_that_is_not_here(offices: Offices) -> None:
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    document = changes.following(bob.rosters.in_force[0])
    unseen = replace(accepted_playbooks.entry(CORE, 1), sha256="9" * 64)
    change = people.publish(bob, offices.signer("bob"), changes.accepting(document, unseen))
    offices.travel("bob", "finn")

    assert told(offices, "finn", change.roster)[-1].endswith("cannot be told: it cannot be read here.")
    with pytest.raises(PlaybookUntold, match="9999999999999999"):
        people.endorse(finn, offices.signer("finn"), change.roster)


@pytest.mark.attack("a playbook weaker than the core that both administrators accepted", refusal="FiledOtherwise")
def test_in_force_it_is_used_by_nobody_and_what_was_filed_by_it_cannot_be_approved(offices: Offices) -> None:
    mild = milder()
    in_force(offices, mild)
    ada, dan = offices.installations["ada"], offices.installations["dan"]
    assert ada.shelf.current == CORE
    draft = filing.start(replace(ada, shelf=PlaybookShelf(mild)), "ada")
    fill(ada, draft, filled(mild))
    case = filing.file(replace(ada, shelf=PlaybookShelf(mild)), offices.signer("ada"), draft).case
    offices.travel("ada", "dan")

    looked = reviewing.look(dan, case, "dan")

    assert isinstance(looked.not_assessed, FiledOtherwise)
    assert "its playbook “Our house” is weaker than the core of this program" in looked.not_assessed.what_happened
    row = dan.register.queries.row(case)
    assert row is not None
    assert row.tier == ""
    (alarm,) = dan.register.queries.notes(NoteSort.ALARM)
    assert "weaker than the core" in words(alarm.reason)
    assert offices.decide("dan", case, Position.DECLINE, reason="Too mild.").phase is Phase.DECLINED


@pytest.mark.attack("approvals by a playbook weaker than the core", refusal="IGNORED")
@pytest.mark.exhaustive
def test_approvals_that_changed_programs_sign_for_it_do_not_stand(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    mild = milder()
    in_force(offices, mild)
    ada = offices.installations["ada"]
    draft = filing.start(replace(ada, shelf=PlaybookShelf(mild)), "ada")
    fill(ada, draft, filled(mild))
    case = filing.file(replace(ada, shelf=PlaybookShelf(mild)), offices.signer("ada"), draft).case
    offices.travel("ada", *offices.installations)
    with monkeypatch.context() as changed:
        for name in ("dan", "cleo"):
            changed.setattr(offices.installations[name].playbook_rules, "weaker", lambda _: None)
            offices.installations[name].playbook_rules._filed.known.clear()
        terms = offices.terms("dan", case)
        for name in ("dan", "cleo"):
            offices.decide(name, case, given=terms)
            offices.carry(name, *offices.installations)

    state = offices.installations["bob"].state(case)

    assert (state.pairs, state.in_force) == ((), None)
    reasons = [words(event.judgement.reason) for event in state.events if event.act.kind == OPINION.name]
    assert len(reasons) == 2
    assert all("is weaker than the core" in reason for reason in reasons)

"""Training records: signed, travelling, counted chapter by chapter, and asked for before scaled use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.standings import Worth
from intake.domain.terms.terms import Terms, terms
from intake.domain.terms.waivers import Waiver
from intake.services.deciding import deciding, reviewing
from intake.services.deciding.reviewing import Action
from intake.services.deciding.standing import TrainingMissing
from intake.services.filing import filing
from intake.services.installation.act_writer import NotListed
from intake.services.installation.installation import PersonWithKey, PlaybookShelf
from intake.services.organisation import literacy, people
from intake.services.organisation.literacy import NothingRead, UnknownChapter
from intake.services.proving import act_standing, anchors
from tests.filled import filled
from tests.people import person
from tests.services import patched
from tests.services.offices import Offices, fill
from tests.services.stages import filed_with_ciso


def full_use(offices: Offices) -> str:
    """A use case to be scaled, filed by Ada and brought to both offices."""
    installation = offices.installations["ada"]
    draft = filing.start(installation, "ada")
    fill(installation, draft, filled(installation.shelf.current, {"start.stage": "scaled"}))
    case = filing.file(installation, offices.signer("ada"), draft).case
    offices.travel("ada", "dan", "cleo")
    return case


def asking(offices: Offices, case: str, *, training: bool) -> Terms:
    found = reviewing.look(offices.installations["dan"], case, "dan").proposal
    limits = found.boundaries.replaced({"user_permissions.training_needed": training})
    # It was no pilot before, and has no evidence of one: both do without, which is not what is tried here.
    view = reviewing.look(offices.installations["dan"], case, "dan")
    waivers = tuple(Waiver(what, "It ran elsewhere.") for what, _ in view.missing(found))
    return terms(found.stage, limits, found.conditions, found.begins, found.expires, waivers)


def acknowledge_all(offices: Offices, name: str, signer: PersonWithKey | None = None) -> str:
    installation = offices.installations[name]
    return literacy.acknowledge(
        installation, signer or offices.signer(name), [item.id for item in literacy.chapters(installation)]
    )


def test_a_record_says_who_read_what_and_travels(offices: Offices) -> None:
    act = acknowledge_all(offices, "ada")
    offices.travel("ada", "dan")

    (record,) = literacy.records(offices.installations["dan"])

    assert (record.person, record.name, record.act) == ("ada", "Ada", act)
    assert list(record.chapters) == sorted(chapter.id for chapter in literacy.chapters(offices.installations["dan"]))
    assert literacy.trained(offices.installations["dan"], "ada")
    assert not literacy.trained(offices.installations["dan"], "dan")


def test_a_newer_playbook_asks_only_for_what_it_says_anew(offices: Offices) -> None:
    acknowledge_all(offices, "ada")
    installation = offices.installations["ada"]
    first, *rest = literacy.chapters(installation)
    newer = replace(installation.shelf.current, chapters=(replace(first, text=(*first.text, "And this.")), *rest))

    assert [chapter.id for chapter in literacy.unread(installation, "ada", newer)] == [first.id]


def test_full_use_with_training_waits_for_the_owner_s_record(offices: Offices) -> None:
    case = full_use(offices)
    dan = offices.installations["dan"]

    with pytest.raises(TrainingMissing) as refusal:
        deciding.prepare(dan, "dan", case, Position.APPROVE, given=asking(offices, case, training=True))

    first = literacy.chapters(dan)[0]
    assert refusal.value.facts == {"name": "Ada", "chapter": first.title}


def test_the_button_says_why_it_is_blocked_and_other_terms_stay_possible(offices: Offices) -> None:
    case = full_use(offices)
    # In question are terms of the other office, whose changed program asked for no training.
    patched.approve(offices, "cleo", case, asking(offices, case, training=True))
    offices.travel("cleo", "dan")
    choices = {choice.action: choice for choice in reviewing.look(offices.installations["dan"], case, "dan").choices}

    assert "Ada has no training record" in choices[Action.APPROVE].blocked
    assert choices[Action.PROPOSE].blocked == ""
    given = asking(offices, case, training=False)
    assert deciding.prepare(offices.installations["dan"], "dan", case, Position.APPROVE, given=given).terms == given


def test_who_edits_terms_sees_at_once_that_they_wait_for_the_record(offices: Offices) -> None:
    case = full_use(offices)
    trained, untrained = (asking(offices, case, training=training) for training in (True, False))
    view = reviewing.look(offices.installations["dan"], case, "dan")

    assert isinstance(view.against_grant(trained), TrainingMissing)
    assert view.against_grant(untrained) is None

    acknowledge_all(offices, "ada")
    offices.travel("ada", "dan")
    assert reviewing.look(offices.installations["dan"], case, "dan").against_grant(trained) is None


def test_the_record_opens_the_way_to_full_use(offices: Offices) -> None:
    case = full_use(offices)
    acknowledge_all(offices, "ada")
    offices.travel("ada", "dan")

    given = asking(offices, case, training=True)
    assert deciding.prepare(offices.installations["dan"], "dan", case, Position.APPROVE, given=given).terms == given


def test_a_pilot_does_not_wait_for_it(offices: Offices) -> None:
    case = filed_with_ciso(offices)

    given = asking(offices, case, training=True)
    assert deciding.prepare(offices.installations["dan"], "dan", case, Position.APPROVE, given=given).terms == given


def test_what_is_not_there_cannot_be_acknowledged(offices: Offices) -> None:
    installation = offices.installations["ada"]

    with pytest.raises(NothingRead):
        literacy.acknowledge(installation, offices.signer("ada"), [])
    with pytest.raises(UnknownChapter):
        literacy.acknowledge(installation, offices.signer("ada"), ["why-not"])


def test_a_stranger_signs_no_record(offices: Offices) -> None:
    stranger = replace(offices.signer("ada"), person="eve", key=person("eve").key)

    with pytest.raises(NotListed):
        acknowledge_all(offices, "ada", stranger)


def test_a_record_of_a_key_that_was_cut_off_counts_no_more(offices: Offices) -> None:
    acknowledge_all(offices, "ada")
    offices.travel("ada", "bob")
    bob = offices.installations["bob"]
    change = people.cut_off_key(bob, offices.signer("bob"), person("ada").fingerprint)
    assert literacy.trained(bob, "ada")
    offices.travel("bob", "finn")

    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)

    assert not literacy.trained(offices.installations["finn"], "ada")
    assert literacy.records(offices.installations["finn"]) == ()


@pytest.mark.exhaustive
def test_an_idea_may_be_prepared_and_does_not_run(offices: Offices) -> None:
    installation = offices.installations["ada"]
    draft = filing.start(installation, "ada")
    fill(installation, draft, filled(installation.shelf.current, {"start.stage": "idea"}))
    case = filing.file(installation, offices.signer("ada"), draft).case
    offices.travel("ada", "dan")
    offices.decide("dan", case, given=offices.terms("dan", case, users=0))
    offices.travel("dan", "cleo")

    offices.decide("cleo", case, given=offices.terms("cleo", case, users=0))

    status = reviewing.look(offices.installations["cleo"], case, "cleo").status
    assert (status.stage, status.may_run) == ("idea", False)


def record(offices: Offices, name: str, playbook: str, chapters: dict[str, str]) -> Act:
    """A training record as another program could sign it; Dan has it."""
    dan = offices.installations["dan"]
    made = person(name).act(
        "training", {"playbook": playbook, "chapters": dict(chapters)}, org=dan.register.org, roster=dan.register.org
    )
    dan.register.append([made])
    return made.act


@pytest.mark.attack("training by a playbook that nobody accepted", refusal="INDETERMINATE, and TrainingMissing")
def test_a_record_by_a_playbook_nobody_accepted_proves_no_reading(offices: Offices) -> None:
    """The chapters are those of the playbook in use, so that only the digest tells."""
    case = full_use(offices)
    dan = offices.installations["dan"]
    act = record(offices, "ada", "1" * 64, literacy.digests(dan.shelf.current))

    found = act_standing.standing(act, anchors.anchor_of_register(dan))

    assert found.worth is Worth.OPEN
    assert found.sentence.endswith("what was read: no roster in force accepts the playbook 1111111111111111.")
    assert literacy.records(dan) == ()
    assert not literacy.trained(dan, "ada")
    with pytest.raises(TrainingMissing):
        deciding.prepare(dan, "dan", case, Position.APPROVE, given=asking(offices, case, training=True))


@pytest.mark.attack("training in a chapter that the playbook does not have", refusal="INDETERMINATE, and not counted")
def test_a_chapter_the_playbook_does_not_have_was_not_read(offices: Offices) -> None:
    dan = offices.installations["dan"]
    known = literacy.digests(dan.shelf.current)
    first, second, *_ = known
    chapters = {first: known[first], second: "2" * 64, "why-not": "2" * 64}
    act = record(offices, "ada", dan.shelf.current.digest, chapters)

    found = act_standing.standing(act, anchors.anchor_of_register(dan))

    assert found.worth is Worth.OPEN
    assert f"the playbook has no such chapter as {', '.join(sorted((second, 'why-not')))}." in found.sentence
    (counted,) = literacy.records(dan)
    assert counted.chapters == (first,)
    assert first not in [item.id for item in literacy.unread(dan, "ada", dan.shelf.current)]
    assert second in [item.id for item in literacy.unread(dan, "ada", dan.shelf.current)]


def test_a_record_without_a_chapter_of_the_playbook_is_not_shown(offices: Offices) -> None:
    dan = offices.installations["dan"]
    record(offices, "ada", dan.shelf.current.digest, {"why-not": "2" * 64})

    assert literacy.records(dan) == ()
    assert literacy.training(dan, "ada").signed is None


def test_without_the_playbook_an_accepted_record_passes_with_a_word_about_it(offices: Offices) -> None:
    act = acknowledge_all(offices, "ada")
    installation = offices.installations["ada"]
    anchor = anchors.anchor_of_register(installation)
    signed = next(item for item in installation.register.queries.acts("") if item.id == act)

    assert act_standing.standing(signed, anchor).unchecked == ()
    bare = act_standing.standing(signed, replace(anchor, press=None, including=lambda *_: replace(anchor, press=None)))
    assert bare.worth is Worth.COUNTS
    assert bare.unchecked == ("Whether its chapters are in the playbook as they were read could not be checked here.",)


def test_a_playbook_that_is_not_accepted_is_not_acknowledged(offices: Offices) -> None:
    installation = replace(offices.installations["ada"], shelf=PlaybookShelf(offices.installations["ada"].shelf.core))
    installation.shelf.follow(lambda: {"1" * 64: 1}, lambda _digest: None)

    with pytest.raises(literacy.NotAccepted):
        literacy.acknowledge(installation, offices.signer("ada"), [item.id for item in literacy.chapters(installation)])

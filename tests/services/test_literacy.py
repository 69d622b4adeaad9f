"""Training records: signed, travelling, counted chapter by chapter, and asked for before full use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.bodies import Position
from intake.domain.playbook import Playbook, from_json
from intake.domain.terms import Terms, terms
from intake.services import deciding, filing, literacy, reviewing
from intake.services.desk import Shelf
from intake.services.literacy import NothingRead, UnknownChapter
from intake.services.pen import NotListed
from intake.services.reviewing import Action
from intake.services.standing import TrainingMissing
from tests.filled import filled
from tests.people import person
from tests.services.offices import Offices, fill

CHAPTERS = [
    {
        "id": "why-two",
        "title": "Why two decide",
        "text": ["Two see more than one."],
        "sources": ["eu-ai-act: Art. 4(1)"],
    },
    {"id": "why-first", "title": "Why before", "text": ["Later is dearer."], "sources": ["eu-ai-act: Art. 4(1)"]},
]


def with_chapters(playbook: Playbook, chapters: list[dict[str, object]]) -> Playbook:
    return from_json(playbook.as_json() | {"chapters": chapters})  # type: ignore[dict-item, return-value, operator]


@pytest.fixture
def school(offices: Offices) -> Offices:
    """Offices whose playbook has two chapters."""
    for name, desk in list(offices.desks.items()):
        offices.desks[name] = replace(desk, shelf=Shelf(with_chapters(desk.shelf.current, CHAPTERS)))
    return offices


def full_use(offices: Offices) -> str:
    """A request for full use, filed by Ada and brought to both offices."""
    desk = offices.desks["ada"]
    draft = filing.start(desk, "ada")
    fill(desk, draft, filled(desk.shelf.current, {"start.stage": "scaled"}))
    case = filing.file(desk, offices.signer("ada"), draft).case
    offices.travel("ada", "dan", "cleo")
    return case


def asking(offices: Offices, case: str, *, training: bool) -> Terms:
    found = reviewing.look(offices.desks["dan"], case, "dan").proposal
    limits = found.boundaries.replaced({"user_permissions.training_needed": training})
    return terms(found.stage, limits, found.conditions, found.expires)


def acknowledge_all(offices: Offices, name: str) -> str:
    desk = offices.desks[name]
    return literacy.acknowledge(desk, offices.signer(name), [chapter.id for chapter in literacy.chapters(desk)])


def test_a_record_says_who_read_what_and_travels(school: Offices) -> None:
    act = acknowledge_all(school, "ada")
    school.travel("ada", "dan")

    (record,) = literacy.records(school.desks["dan"])

    assert (record.person, record.name, record.act) == ("ada", "Ada", act)
    assert set(record.chapters) == {"why-two", "why-first"}
    assert literacy.trained(school.desks["dan"], "ada")
    assert not literacy.trained(school.desks["dan"], "dan")


def test_a_newer_playbook_asks_only_for_what_it_says_anew(school: Offices) -> None:
    acknowledge_all(school, "ada")
    desk = school.desks["ada"]
    changed = [CHAPTERS[0], CHAPTERS[1] | {"text": ["Later is much dearer."]}]
    newer = replace(desk, shelf=Shelf(with_chapters(desk.shelf.current, changed)))

    assert [chapter.id for chapter in literacy.unread(newer, "ada", newer.shelf.current)] == ["why-first"]


def test_full_use_with_training_waits_for_the_owner_s_record(school: Offices) -> None:
    case = full_use(school)
    dan = school.desks["dan"]

    with pytest.raises(TrainingMissing) as refusal:
        deciding.prepare(dan, "dan", case, Position.APPROVE, given=asking(school, case, training=True))

    assert refusal.value.facts == {"name": "Ada", "chapter": "Why two decide"}


def test_the_button_says_why_it_is_blocked_and_other_terms_stay_possible(school: Offices) -> None:
    case = full_use(school)
    choices = {choice.action: choice for choice in reviewing.look(school.desks["dan"], case, "dan").choices}

    assert "Ada has no training record" in choices[Action.APPROVE].blocked
    assert choices[Action.PROPOSE].blocked == ""
    given = asking(school, case, training=False)
    assert deciding.prepare(school.desks["dan"], "dan", case, Position.APPROVE, given=given).terms == given


def test_the_record_opens_the_way_to_full_use(school: Offices) -> None:
    case = full_use(school)
    acknowledge_all(school, "ada")
    school.travel("ada", "dan")

    given = asking(school, case, training=True)
    assert deciding.prepare(school.desks["dan"], "dan", case, Position.APPROVE, given=given).terms == given


def test_a_pilot_does_not_wait_for_it(school: Offices) -> None:
    case = school.file()
    school.travel("ada", "dan")

    given = asking(school, case, training=True)
    assert deciding.prepare(school.desks["dan"], "dan", case, Position.APPROVE, given=given).terms == given


def test_what_is_not_there_cannot_be_acknowledged(school: Offices) -> None:
    desk = school.desks["ada"]

    with pytest.raises(NothingRead):
        literacy.acknowledge(desk, school.signer("ada"), [])
    with pytest.raises(UnknownChapter):
        literacy.acknowledge(desk, school.signer("ada"), ["why-not"])


def test_a_stranger_signs_no_record(school: Offices) -> None:
    stranger = replace(school.signer("ada"), person="eve", key=person("eve").key)

    with pytest.raises(NotListed):
        literacy.acknowledge(school.desks["ada"], stranger, ["why-two"])

"""Carried answers confirmed in a draft as it is stored: what is marked, what a confirmation keeps, what lists say of it."""

from __future__ import annotations

import pytest

from intake.domain.guide.progress import DraftProgress
from intake.domain.playbook.answers import Answer, Carried, Origin
from intake.domain.playbook.questions import QuestionRole
from intake.register.refusals import NoSuchDraft
from intake.services.filing import boms, confirming, earlier_answers, filing
from intake.services.installation.installation import Installation
from intake.services.lists import drafts, offered
from tests.services.offices import Offices
from tests.services.test_boms import RESNET


@pytest.fixture
def ada(offices: Offices) -> Installation:
    return offices.installations["ada"]


def sources(installation: Installation, draft: str) -> set[Carried | None]:
    answers = filing.view(installation, draft).guide.answers
    return {answer.carried for answer in answers.values() if answer.check}


def test_each_way_to_begin_says_where_its_answers_come_from(offices: Offices, ada: Installation) -> None:
    case = offices.file("ada")
    title = offices.installations["ada"].state(case).current.body.title  # type: ignore[union-attr]
    fresh = filing.start(ada, "ada")
    earlier_answers.carry(ada, fresh, case)

    assert sources(ada, filing.start_from_template(ada, "ada", "meeting-notes")) == {
        Carried(Origin.TEMPLATE, "Meeting notes")
    }
    assert sources(ada, filing.start_from(ada, "ada", case)) == {Carried(Origin.EARLIER, title)}
    assert sources(ada, fresh) == {Carried(Origin.SIMILAR, title)}
    assert sources(ada, boms.start_from_bom(ada, "ada", "resnet.cdx.json", RESNET)) == {
        Carried(Origin.MODEL, "resnet.cdx.json")
    }


def test_what_is_confirmed_is_stored_with_its_value_and_undone_as_it_was(ada: Installation) -> None:
    draft = filing.start_from_template(ada, "ada", "cv-screening")
    before = filing.view(ada, draft).guide
    part = [question.id for question in before.playbook.screening.questions if question.id in before.answers]

    confirming.confirm(ada, draft, part)

    stored = filing.view(ada, draft).guide.answers
    assert {name: stored[name] for name in part} == {name: Answer(before.answers[name].value) for name in part}
    assert all(stored[name] == answer for name, answer in before.answers.items() if name not in part)

    confirming.unconfirm(ada, draft, {name: before.answers[name] for name in part})
    assert filing.view(ada, draft).guide.answers == before.answers


def test_a_draft_that_is_gone_is_refused(ada: Installation) -> None:
    with pytest.raises(NoSuchDraft):
        confirming.confirm(ada, "0" * 32, ["purpose.title"])


def test_a_list_says_of_a_draft_what_the_guide_says(offices: Offices, ada: Installation) -> None:
    case = offices.file("ada")
    new = filing.start_from_template(ada, "ada", "cv-screening")
    revision = filing.start(ada, "ada", case=case)
    empty = filing.start(ada, "ada")

    found = {line.id: line for line in drafts.lines(ada)}

    guide = filing.view(ada, new).guide
    assert found[new].title == guide.title == "First sorting of applications for recruiters"
    assert found[new].progress == guide.progress
    assert guide.progress.to_check == len(guide.to_check) > 50
    assert found[new].reference == ""
    assert found[revision].reference.startswith("UC-")
    assert found[revision].progress == filing.view(ada, revision).guide.progress
    assert (found[empty].title, found[empty].progress) == ("", DraftProgress(0, 5, 0, ready=False))
    assert [line.id for line in drafts.lines(ada, limit=1)] == [drafts.lines(ada)[0].id]


def test_the_roster_offers_people_near_first_and_each_unit_once(ada: Installation) -> None:
    known = offered.offered(ada, "ada")

    assert known.name == "Ada"
    listed = ada.register.queries.people()
    assert {name for name, _ in known.people} == {person.name for person in listed}
    assert [unit for _, unit in known.people][: sum(person.unit == known.unit for person in listed)] == [
        known.unit
    ] * sum(person.unit == known.unit for person in listed)
    assert sorted(known.units, key=str.casefold) == list(known.units)
    assert set(known.units) == {person.unit for person in listed if person.unit}
    assert offered.offered(ada, "nobody").name == ""


def test_a_unit_and_an_owner_from_the_roster_are_stored_as_if_they_were_typed(ada: Installation) -> None:
    known = offered.offered(ada, "ada")
    draft = filing.start(ada, "ada")
    unit = ada.shelf.current.role(QuestionRole.UNIT)

    filing.put_all(ada, draft, {unit: known.unit, "purpose.owner": known.name})

    answers = filing.view(ada, draft).guide.answers
    assert answers[unit] == Answer(known.unit)
    assert answers["purpose.owner"] == Answer(known.name)

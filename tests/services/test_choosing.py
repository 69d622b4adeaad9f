"""Two revisions filed apart at two desks: one answer chosen each, in a draft that takes the place of both."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.case.phases import Phase
from intake.domain.guide.choosing import ChoiceState
from intake.domain.guide.guide import NotReadyToFile
from intake.domain.playbook.answers import Answer, Carried, Origin
from intake.services.deciding import deciding
from intake.services.filing import choosing, comparing, confirming, filing, news
from intake.services.filing.choosing import NotAmongThese, NothingCompetes
from intake.services.filing.filing import DraftMoved
from intake.services.filing.news import NotSeenYet
from intake.services.filing.revising import revising
from intake.services.installation.installation import Installation
from tests.services.competing import (
    DESK,
    DPIA,
    ONE,
    OTHER,
    PERSONAL,
    PROBLEM,
    REFERENCE,
    Competing,
    compete,
    evidence,
    filed,
    second_desk,
)
from tests.services.offices import Offices
from tests.services.stages import stage

HERE = {PROBLEM: ONE}
THERE = {PROBLEM: OTHER, PERSONAL: "ordinary", DPIA: "done", REFERENCE: "DPIA-7"}


@stage
def apart(offices: Offices) -> Competing:
    return compete(offices, HERE, THERE)


@pytest.fixture
def at(offices: Offices) -> Competing:
    return apart(offices)


@pytest.fixture
def ada(offices: Offices, at: Competing) -> Installation:
    return offices.installations["ada"]


@pytest.fixture
def draft(ada: Installation, at: Competing) -> str:
    return filing.start(ada, "ada", case=at.case)


def states(installation: Installation, case: str, draft: str) -> dict[str, tuple[ChoiceState, int | None]]:
    guide = filing.view(installation, draft).guide
    return {choice.row.id: (choice.state, choice.side) for choice in revising(installation, case).choices(guide)}


def value(installation: Installation, draft: str, question: str) -> object:
    found = filing.view(installation, draft).guide.answers.get(question)
    return found.value if found else None


# ------------------------------------------------------------------------------------------------------- beginning


def test_a_draft_begins_with_the_later_answers_and_each_is_to_be_chosen(
    ada: Installation, at: Competing, draft: str
) -> None:
    guide = filing.view(ada, draft).guide

    assert {question.id for question in guide.to_choose} == {PROBLEM, PERSONAL, DPIA, REFERENCE}
    assert guide.answers[PROBLEM] == Answer(OTHER, check=True, carried=Carried(Origin.COMPETING, "Ada"))
    assert set(states(ada, at.case, draft).values()) == {(ChoiceState.OPEN, 0)}
    assert guide.title == ada.state(at.case).revision(at.here).body.title


@pytest.mark.attack("an answer of a competing revision passed over unseen", refusal="NotReadyToFile")
def test_nothing_is_filed_before_every_answer_was_chosen(
    offices: Offices, ada: Installation, at: Competing, draft: str
) -> None:
    for question in (PERSONAL, DPIA, REFERENCE):
        choosing.choose(ada, draft, at.there, [question])

    with pytest.raises(NotReadyToFile) as refused:
        filing.file(ada, offices.signer("ada"), draft)

    assert "Choose an answer" in refused.value.next_step
    assert ada.state(at.case).phase is Phase.CONFLICT


def test_what_is_filed_takes_the_place_of_both(offices: Offices, ada: Installation, at: Competing, draft: str) -> None:
    choosing.choose(ada, draft, at.there)
    choosing.choose(ada, draft, at.here, [PROBLEM])

    done = filing.file(ada, offices.signer("ada"), draft)

    offices.open(DESK)
    offices.travel("ada", DESK)
    for name in ("ada", DESK):
        state = offices.installations[name].state(at.case)
        assert state.heads == (done.revision,)
        assert state.phase is Phase.REVIEW
        body = state.event(done.revision).body
        assert isinstance(body, RevisionBody)
        assert set(body.revises) == {at.here, at.there}
        assert body.answers[PROBLEM] == {"value": ONE}
        assert body.answers[REFERENCE] == {"value": "DPIA-7"}


# -------------------------------------------------------------------------------------------------------- choosing


def test_each_choice_is_stored_and_can_be_taken_back(ada: Installation, at: Competing, draft: str) -> None:
    made = choosing.choose(ada, draft, at.here, [PROBLEM])

    assert value(ada, draft, PROBLEM) == ONE
    assert states(ada, at.case, draft)[PROBLEM] == (ChoiceState.CHOSEN, 1)

    choosing.take_back(ada, draft, made)
    assert value(ada, draft, PROBLEM) == OTHER
    assert states(ada, at.case, draft)[PROBLEM] == (ChoiceState.OPEN, 0)


def test_taking_back_leaves_what_was_written_since(ada: Installation, at: Competing, draft: str) -> None:
    made = choosing.choose(ada, draft, at.here)
    filing.put(ada, draft, PROBLEM, "Written since.")

    choosing.take_back(ada, draft, made)

    assert value(ada, draft, PROBLEM) == "Written since."
    assert states(ada, at.case, draft)[PROBLEM] == (ChoiceState.OWN, None)
    assert states(ada, at.case, draft)[PERSONAL] == (ChoiceState.OPEN, 0)


def test_what_is_no_longer_asked_after_a_choice_needs_none(
    offices: Offices, ada: Installation, at: Competing, draft: str
) -> None:
    choosing.choose(ada, draft, at.here, [PERSONAL, PROBLEM])

    found = states(ada, at.case, draft)
    assert (found[DPIA][0], found[REFERENCE][0]) == (ChoiceState.NOT_ASKED, ChoiceState.NOT_ASKED)
    revision = filing.file(ada, offices.signer("ada"), draft).revision
    assert not {DPIA, REFERENCE} & set(ada.state(at.case).revision(revision).body.answers)


def test_what_a_choice_opens_is_asked(offices: Offices, ada: Installation, at: Competing, draft: str) -> None:
    choosing.choose(ada, draft, at.here)
    choosing.choose(ada, draft, at.there, [PERSONAL])

    guide = filing.view(ada, draft).guide
    assert DPIA in {problem.question for problem in guide.wrong}
    assert states(ada, at.case, draft)[DPIA] == (ChoiceState.CHOSEN, 1)
    with pytest.raises(NotReadyToFile):
        filing.file(ada, offices.signer("ada"), draft)


def test_no_answer_can_be_chosen_too(ada: Installation, at: Competing, draft: str) -> None:
    choosing.choose(ada, draft, at.there)

    made = choosing.choose(ada, draft, at.here, [REFERENCE])

    assert REFERENCE not in filing.view(ada, draft).guide.answers
    choosing.take_back(ada, draft, made)
    assert value(ada, draft, REFERENCE) == "DPIA-7"


def test_an_answer_of_ones_own_is_as_good(offices: Offices, ada: Installation, at: Competing, draft: str) -> None:
    choosing.choose(ada, draft, at.there)
    filing.put(ada, draft, PROBLEM, "Neither: the minutes are written, and nobody finds them again.")

    revision = filing.file(ada, offices.signer("ada"), draft).revision

    assert "Neither" in str(ada.state(at.case).revision(revision).body.answers[PROBLEM])


def test_confirming_a_whole_part_does_not_choose(ada: Installation, draft: str) -> None:
    guide = filing.view(ada, draft).guide
    chosen = {question.id for question in guide.to_choose}

    assert chosen <= {question.id for question in guide.to_check}
    after = confirming.confirm(ada, draft, [PROBLEM]).guide
    assert PROBLEM not in {question.id for question in after.to_choose}  # one that is named is looked at


def test_what_is_none_of_them_is_refused(offices: Offices, ada: Installation, at: Competing, draft: str) -> None:
    before = filing.view(ada, draft).guide.answers
    with pytest.raises(NotAmongThese):
        choosing.choose(ada, draft, at.here, [PROBLEM, "purpose.title"])
    with pytest.raises(NothingCompetes):
        choosing.choose(ada, draft, at.first)
    assert filing.view(ada, draft).guide.answers == before
    with pytest.raises(NothingCompetes):
        choosing.choose(ada, filing.start(ada, "ada"), at.here)
    with pytest.raises(NothingCompetes):
        choosing.choose(ada, filing.start(ada, "ada", case=offices.file()), at.here)


def test_a_choice_is_there_after_the_register_was_opened_again(
    offices: Offices, ada: Installation, at: Competing, draft: str
) -> None:
    choosing.choose(ada, draft, at.here, [PROBLEM])

    offices.open("ada")

    again = offices.installations["ada"]
    assert states(again, at.case, draft)[PROBLEM] == (ChoiceState.CHOSEN, 1)
    assert states(again, at.case, draft)[PERSONAL] == (ChoiceState.OPEN, 0)


# ----------------------------------------------------------------------------------------------- one that comes late


def late(offices: Offices, write: dict[str, str]) -> tuple[str, str, str]:
    """A draft begun on the revision of this desk, with what is written in it, when the other one arrives."""
    second_desk(offices)
    case = offices.file()
    offices.travel("ada", DESK)
    ada = offices.installations["ada"]
    filed(ada, offices, case, HERE)
    draft = filing.start(ada, "ada", case=case)
    for question, text in write.items():
        filing.put(ada, draft, question, text)
    there = filed(offices.installations[DESK], offices, case, THERE)
    offices.travel(DESK, "ada")
    return case, draft, there


@pytest.mark.attack("a competing revision that comes after the draft was begun", refusal="NotReadyToFile")
def test_a_competing_revision_that_comes_later_becomes_to_choose_once_it_is_seen(offices: Offices) -> None:
    case, draft, _ = late(offices, {})
    ada = offices.installations["ada"]
    with pytest.raises(NotSeenYet):
        filing.file(ada, offices.signer("ada"), draft)

    come = news.news(ada, draft)
    assert come is not None
    news.confirm(ada, draft, come.seen)

    assert set(states(ada, case, draft).values()) == {(ChoiceState.OPEN, 1), (ChoiceState.NOT_ASKED, 0)}
    assert value(ada, draft, PROBLEM) == ONE
    with pytest.raises(NotReadyToFile):
        filing.file(ada, offices.signer("ada"), draft)


def test_what_was_written_in_the_draft_stays_and_is_to_choose_as_well(offices: Offices) -> None:
    case, draft, there = late(offices, {PROBLEM: "Written before the other one came."})
    ada = offices.installations["ada"]
    come = news.news(ada, draft)
    assert come is not None

    news.confirm(ada, draft, come.seen)

    found = filing.view(ada, draft).guide.answers[PROBLEM]
    assert found == Answer("Written before the other one came.", check=True, carried=Carried(Origin.COMPETING))
    assert states(ada, case, draft)[PROBLEM] == (ChoiceState.OPEN, None)
    choosing.choose(ada, draft, there)
    assert filing.file(ada, offices.signer("ada"), draft).number == 3


def test_who_wrote_the_same_has_nothing_to_choose_there(offices: Offices) -> None:
    case, draft, _ = late(offices, {PROBLEM: OTHER})
    ada = offices.installations["ada"]
    come = news.news(ada, draft)
    assert come is not None

    news.confirm(ada, draft, come.seen)

    assert states(ada, case, draft)[PROBLEM] == (ChoiceState.CHOSEN, 0)


def test_other_news_makes_nothing_to_choose(offices: Offices, ada: Installation, at: Competing, draft: str) -> None:
    choosing.choose(ada, draft, at.there)
    offices.travel("ada", "dan")
    deciding.comment(offices.installations["dan"], offices.signer("dan"), at.case, "Which one?")
    offices.decide("dan", at.case, Position.CHANGES, reason="Join them.")
    offices.travel("dan", "ada")
    come = news.news(ada, draft)
    assert come is not None

    news.confirm(ada, draft, come.seen)

    assert not filing.view(ada, draft).guide.to_choose


# ----------------------------------------------------------------------------------------------------------- files


def attach(installation: Installation, draft: str, question: str, *files: tuple[str, bytes]) -> None:
    for name, data in files:
        filing.attach(installation, draft, question, name, "text/plain", data)


def with_files(offices: Offices) -> tuple[Competing, str]:
    """Two revisions with a file of one name and other content each; gives the question too."""
    second_desk(offices)
    case = offices.file()
    offices.travel("ada", DESK)
    ada = offices.installations["ada"]
    question = next(
        item.id
        for item in filing.view(ada, filing.start(ada, "ada", case=case)).guide.known.shown
        if item.kind.value == "files"
    )
    first = ada.state(case).heads[0]
    made = []
    for name, data in (("ada", b"What we measured in June."), (DESK, b"What we measured in July.")):
        installation = offices.installations[name]
        draft = filing.start(installation, "ada", case=case)
        attach(installation, draft, question, ("measured.txt", data))
        made.append(filing.file(installation, offices.signer("ada"), draft).revision)
    offices.travel(DESK, "ada")
    return Competing(case, first, *made), question


def names(installation: Installation, draft: str, question: str) -> list[tuple[str, bytes]]:
    answer = filing.view(installation, draft).guide.answers.get(question)
    files: Iterable = answer.files if answer else ()
    return sorted((item.name, installation.register.drafts.file(draft, item.sha256)) for item in files)


def test_files_come_with_the_answer_that_is_chosen_and_ones_own_stay(offices: Offices) -> None:
    at, question = with_files(offices)
    ada = offices.installations["ada"]
    draft = filing.start(ada, "ada", case=at.case)
    assert [row.said[0] != row.said[1] for row in comparing.compare(ada, at.case).rows] == [True]
    attach(ada, draft, question, ("own.txt", b"What I have beside it."))

    made = choosing.choose(ada, draft, at.here)
    june = ("measured.txt", b"What we measured in June.")
    own = ("own.txt", b"What I have beside it.")
    assert set(names(ada, draft, question)) >= {june, own}
    assert ("measured.txt", b"What we measured in July.") not in names(ada, draft, question)

    choosing.take_back(ada, draft, made)
    assert ("measured.txt", b"What we measured in July.") in names(ada, draft, question)
    choosing.choose(ada, draft, at.here)
    revision = filing.file(ada, offices.signer("ada"), draft).revision
    filed_files = {item.sha256 for item in ada.state(at.case).revision(revision).body.attachments}
    assert {evidence(*june).sha256, evidence(*own).sha256} <= filed_files
    assert evidence("measured.txt", b"What we measured in July.").sha256 not in filed_files


# -------------------------------------------------------------------------------------------------- what was read


@pytest.mark.attack("a draft written to between the sheet and the signature", refusal="DraftMoved")
def test_what_is_signed_is_what_was_read(offices: Offices, ada: Installation, at: Competing, draft: str) -> None:
    choosing.choose(ada, draft, at.there)
    read = filing.content(filing.view(ada, draft).guide)
    filing.put(ada, draft, PROBLEM, "Written in another window while the sheet was open.")

    with pytest.raises(DraftMoved):
        filing.file(ada, offices.signer("ada"), draft, read=read)

    assert ada.state(at.case).phase is Phase.CONFLICT
    now = filing.content(filing.view(ada, draft).guide)
    assert filing.file(ada, offices.signer("ada"), draft, read=now).number == 3


def test_what_the_offices_said_of_either_is_open(offices: Offices, ada: Installation, at: Competing) -> None:
    first, second = sorted((at.here, at.there))
    offices.travel("ada", "dan")
    offices.decide("dan", at.case, Position.CHANGES, reason="Of the one that counts as current.")
    offices.travel("dan", "ada")

    found = revising(ada, at.case)

    assert [remark.text for remark in found.remarks] == ["Of the one that counts as current."]
    assert found.competing is not None
    assert {side.id for side in found.competing.sides} == {first, second}

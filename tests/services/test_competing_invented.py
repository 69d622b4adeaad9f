"""Competing revisions of which one, by a patched program, names a file that is attached nowhere: the case can be joined again."""

from __future__ import annotations

import pytest

from intake.domain.acts.envelope import Attachment
from intake.domain.case.phases import Phase
from intake.domain.playbook.answers import Answer
from intake.services.filing import choosing, comparing, filing, news
from tests.core import CORE
from tests.filled import filled
from tests.services import patched
from tests.services.offices import Offices

EVIDENCE = "evidence.other"
INVENTED = Attachment("ab" * 32, 123_456, "application/pdf", "Penetration test, passed.pdf")


def compete(offices: Offices, case: str) -> str:
    """A second revision beside the newest that Ada has; gives its id."""
    ada = offices.installations["ada"]
    before = set(ada.state(case).heads)
    first = ada.state(case).revisions[0].id
    answers = filled(CORE).filed().given(EVIDENCE, Answer((INVENTED,)))
    patched.file(offices, answers, case=case, revises=(first,), attachments=())
    (made,) = set(ada.state(case).heads) - before
    return made


def again(offices: Offices) -> str:
    """A use case with two revisions; gives the case."""
    base = filled(CORE).filed()
    case = patched.file(offices, base)
    patched.file(offices, base.given("purpose.benefit", Answer("Saves each of ten people an hour a day.")), case=case)
    return case


@pytest.mark.attack(
    "a competing revision that names a file attached nowhere", refusal="the file is left out of the next revision"
)
def test_the_owner_joins_competing_revisions_of_which_one_names_an_invented_file(offices: Offices) -> None:
    ada, case = offices.installations["ada"], again(offices)
    invented = compete(offices, case)

    draft = filing.start(ada, "ada", case=case)
    choosing.choose(ada, draft, invented)
    filing.file(ada, offices.signer("ada"), draft)

    state = ada.state(case)
    assert (len(state.heads), state.phase, state.unfiled) == (1, Phase.REVIEW, None)


@pytest.mark.attack(
    "a competing revision that names a file attached nowhere", refusal="the file is left out of the next revision"
)
def test_it_comes_to_a_draft_that_is_open(offices: Offices) -> None:
    ada, case = offices.installations["ada"], again(offices)
    draft = filing.start(ada, "ada", case=case)
    invented = compete(offices, case)

    come = news.news(ada, draft)
    assert come is not None
    news.confirm(ada, draft, come.seen)

    choosing.choose(ada, draft, invented)
    filing.file(ada, offices.signer("ada"), draft)
    assert len(ada.state(case).heads) == 1


def test_the_comparison_shows_the_file_all_the_same(offices: Offices) -> None:
    ada, case = offices.installations["ada"], again(offices)
    compete(offices, case)

    rows = {row.id: row for row in comparing.compare(ada, case).rows}

    assert any(INVENTED.name in said for said in rows[EVIDENCE].said)

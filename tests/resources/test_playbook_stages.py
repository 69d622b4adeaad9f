"""What pages and parts say of themselves at each stage: nothing of what only a later stage asks."""

from __future__ import annotations

import pytest

from intake.domain.guide.likeness import telling
from intake.domain.guide.stems import stem
from intake.domain.playbook.questions import PlaybookSection, Question, QuestionPage
from intake.domain.terms.terms import GRANTABLE, Stage
from tests.core import CORE

COMMON = {stem("applies"), stem("exception"), stem("law")}
"""Words of the subject of a page, which what is asked now is about as well, in other words."""

PAGES = [page for section in CORE.all_sections for page in section.pages]


def said_of(question: Question) -> set[str]:
    return {stem(word) for word in telling(f"{question.label} {question.text}")}


def announced(part: PlaybookSection | QuestionPage, words: str, stage: Stage) -> set[str]:
    """The stems of ``words`` that only questions put off at this stage have."""
    put_off = GRANTABLE[GRANTABLE.index(stage) + 1 :]
    now = [question for question in part.questions if question.needed not in put_off]
    later = [question for question in part.questions if question.needed in put_off]
    if not now:
        return set()  # nothing of it is shown
    only = set().union(*map(said_of, later)) - set().union(*map(said_of, now))
    return only & {stem(word) for word in telling(words)} - COMMON


@pytest.mark.parametrize("stage", GRANTABLE)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_page_announces_only_what_it_asks_at_this_stage(stage: Stage, page: QuestionPage) -> None:
    assert announced(page, f"{page.title} {page.intro}", stage) == set()


@pytest.mark.parametrize("stage", GRANTABLE)
@pytest.mark.parametrize("section", CORE.all_sections, ids=lambda section: section.id)
def test_a_part_is_introduced_by_what_it_asks_at_this_stage(stage: Stage, section: PlaybookSection) -> None:
    assert announced(section, section.intro, stage) == set()


def test_a_list_says_at_its_own_question_that_it_becomes_a_boundary() -> None:
    for name in ("purpose.allowed", "purpose.forbidden"):
        assert "becomes a boundary" in CORE.question(name).help

"""Judging a revision on terms that an office edits, at every key: 5 ms are the goal; and opening a long case.

The playbook is one that nobody wrote, with as many of its questions bound to a boundary as there are boundaries of their kind, and
the terms move away from the answers in all of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from intake.domain.assessment.engines import ENGINES, THIS_VERSION
from intake.domain.case.fold import fold_case
from intake.domain.case.status import status
from intake.domain.case.summary import summarise
from intake.domain.playbook.answers import Answers
from intake.domain.playbook.questions import Question, QuestionKind
from intake.domain.playbook.reading.checks import checked
from intake.domain.playbook.samples import samples
from intake.domain.playbook.search import leaves
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.boundaries import Form, Value
from intake.domain.terms.field_tables import PLAYBOOK_TABLE
from intake.domain.terms.terms import Stage, Terms, terms
from tests.benchmarks.harness import Row
from tests.domain.playbook.generated_playbooks import wide
from tests.domain.world import START, Site, believed, organisation

GOAL = 0.005
OPENING = 0.05
ROUNDS = 15
QUESTIONS, ACTS = 300, 500
TINY = {"ROUNDS": 1, "QUESTIONS": 10, "ACTS": 20}
_KINDS = {Form.FLAG: QuestionKind.YES_NO, Form.NUMBER: QuestionKind.NUMBER}


def rows() -> Iterator[Row]:
    yield _judging()
    yield _opening()


def _judging() -> Row:
    found = bound(wide(QUESTIONS))
    answers = Answers({item.id: samples(item, leaves(found)[item.id])[0] for item in found.questions})
    # As the editor does: what the answers alone say is known before the first key.
    granting, edits = ENGINES[max(ENGINES)].granting(found, answers), count(1)
    moved = []

    def judge() -> None:
        moved.append(len(granting(edited(next(edits))).by_path))

    seconds = _fewest(judge)
    job = f"judging on edited terms, {len(found.questions)} questions"
    return Row(job, "5 ms", seconds / GOAL, 1.0, f"{seconds * 1000:.2f} ms, {max(moved)} fields moved")


def _opening() -> Row:
    """What its page and its row need of a case that was not folded before: 50 ms are noticed."""
    site, case = long_case(ACTS)
    acts = [act for act in site.acts.values() if act.case_id == case]
    history, listings = site.history(), site.listings()

    def open_it() -> None:
        state = fold_case(
            map(replace, acts), history, site.blobs, listings, site.read_record_file, believed, THIS_VERSION
        )
        status(state, START.date())
        summarise(state, None)

    seconds = _fewest(open_it)
    return Row(f"opening a case of {len(acts)} acts", "50 ms", seconds / OPENING, 1.0, f"{seconds * 1000:.1f} ms")


def bound(found: Playbook) -> Playbook:
    """The playbook with a question for each boundary that one of its questions can fill."""
    free = {kind: [item.path for item in PLAYBOOK_TABLE if _KINDS.get(item.form) is kind] for kind in _KINDS.values()}

    def binding(question: Question) -> Question:
        paths = free.get(question.kind)
        return replace(question, boundary=paths.pop()) if paths and question.id != "start.bad" else question

    sections = tuple(
        replace(
            section,
            pages=tuple(replace(page, questions=tuple(map(binding, page.questions))) for page in section.pages),
        )
        for section in found.sections
    )
    return checked(replace(found, sections=sections))


def edited(number: int) -> Terms:
    """Terms like no others, in every boundary that is a number or a yes."""
    values: dict[str, Value] = {item.path: number for item in PLAYBOOK_TABLE if item.form is Form.NUMBER}
    values |= {item.path: bool(number % 2) for item in PLAYBOOK_TABLE if item.form is Form.FLAG}
    first = date(2026, 11, 22)
    return terms(Stage.PILOT, PLAYBOOK_TABLE.boundaries(values), (), first, first + timedelta(days=30))


def long_case(acts: int) -> tuple[Site, str]:
    """A decided pilot whose owner reports and whose people talk."""
    site = organisation()
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    for number in range(acts - 3):
        if number % 2:
            site.comment("ada", case)
        else:
            site.figures(case, number % 20)
    return site, case


def _fewest(job: Callable[[], None]) -> float:
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        job()
        found.append(time.process_time() - start)
    return min(found)

"""How long the window freezes while the sections of a review are looked at first: 50 ms are noticed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

from intake.domain.terms.edits import TermsEdits
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.services.filing import filing
from tests.benchmarks.bench_guide import whole_draft
from tests.benchmarks.harness import Row
from tests.benchmarks.turns import turns_row
from tests.services.offices import founded
from tests.ui.sessions import Sessions
from ui.application import application
from ui.jobs import Jobs, JobTask
from ui.review import work
from ui.review.sections import ANSWERS, COMMENTS, RISK, SUMMARY, TERMS, ReviewTabs
from ui.theme import Theme

PARTS = 8
"""Turns a section takes at most."""


def rows() -> Iterator[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        offices = founded(Path(folder))
        shown = whole_draft(offices)
        case = filing.file(offices.installations["ada"], offices.signer("ada"), shown.draft).case
        offices.travel("ada", "dan")
        jobs = Jobs()
        looked = work.look(JobTask(), Sessions(offices, Theme(app), jobs).session("dan"), case)
        sections = ReviewTabs()
        sections.resize(1100, 700)
        sections.show()
        sections.show_case(looked)
        for number, name in (
            (SUMMARY, "summary"),
            (RISK, "tier and threats"),
            (ANSWERS, "answers"),
            (COMMENTS, "comments"),
        ):
            part = sections.widget(number)
            sections.setCurrentIndex(number)
            turns = [partial(part.show_case, looked), *[part._turns.step] * PARTS]  # type: ignore[attr-defined]
            yield turns_row(f"review: {name}, the slowest turn", *turns)
        yield _terms(looked)
        yield _change(looked)
        jobs.shutdown()
        offices.close()


def _terms(looked: work.Looked) -> Row:
    """The fields are made when somebody looks at them first, and stay."""
    made: list[ReviewTabs] = []

    def begin() -> None:
        for old in made:
            old.deleteLater()
        made[:] = [ReviewTabs()]
        made[0].resize(1100, 700)
        made[0].show()
        made[0].terms.show_case(looked, TermsEdits(), None)
        made[0].show_case(looked)
        made[0].summary._turns.finish()

    def look() -> None:
        made[0].setCurrentIndex(TERMS)

    def step() -> None:
        made[0].terms._turns.step()

    return turns_row(
        "review: terms, the slowest turn", look, *[step] * (len(FIELD_TABLES.newest.fields) + 3), before=begin
    )


def _change(looked: work.Looked) -> Row:
    """A digit typed into a limit: the list of changes, and the column of both offices side by side, say it."""
    sections = ReviewTabs()
    sections.resize(1100, 700)
    sections.show()
    terms = sections.terms
    terms.show_case(looked, TermsEdits(), None)
    sections.show_case(looked)
    sections.setCurrentIndex(TERMS)
    terms._turns.finish()
    terms.compared.head.setChecked(True)
    field, users = terms.limits.field("user_permissions.max_users"), count(1)

    def begin() -> None:
        field.set_value(next(users))

    def draw() -> None:
        terms.compared._turns.step()

    return turns_row("review: a change of the terms, the slowest turn", field.changed.emit, draw, before=begin)

"""Choosing between competing revisions in the draft that will take the place of all of them.

Each choice is stored as it is made, with the files that belong to it, and can be taken back while it stands as it was made.
A file that somebody attached in the draft stays whatever is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.domain.base.refusals import Refusal
from intake.domain.guide.guide import Guide
from intake.domain.guide.side_by_side import AnswersBeside
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import QuestionKind
from intake.register.store.drafts import Draft
from intake.services.filing import filing
from intake.services.filing.comparing import competing
from intake.services.filing.filing import DraftView
from intake.services.installation.installation import Installation


class NothingCompetes(Refusal):
    what = "There is nothing to choose in this draft."
    why = "Answers are chosen where revisions of one use case were filed apart from each other and compete."
    next = "Change the answers in the draft itself, and file it."


class NotAmongThese(Refusal):
    what = "“{question}” is not a question in which the competing revisions differ."
    why = "Only where they differ is there an answer to choose."
    next = "Compare them first: the comparison lists every question that differs."


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: the draft as it is now, and the answers as they were and as they are, to take it back by."""

    view: DraftView
    before: Mapping[str, Answer | None]
    after: Mapping[str, Answer | None]


def choose(installation: Installation, draft: str, revision: str, questions: Iterable[str] = ()) -> Chosen:
    """Take the answers of one revision to these questions; without any, to all that differ. No answer is one, too.

    Raises NoSuchDraft, NothingCompetes, or NotAmongThese for a question or a revision that is none of them.
    """
    kept = installation.register.drafts.get(draft)
    found = competing(installation, installation.state(kept.row.case)) if kept.row.case else None
    if found is None:
        raise NothingCompetes
    place = next((number for number, side in enumerate(found.sides) if side.id == revision), None)
    if place is None:
        raise NothingCompetes
    guide = filing.guide_of(installation, kept)
    known = {question.id for question in guide.playbook.questions}
    rows = {row.id: row for row in found.rows if row.id in known}
    wanted = list(dict.fromkeys(questions)) or list(rows)
    for name in wanted:
        if name not in rows:
            raise NotAmongThese(question=name)
    before = {name: guide.answers.get(name) for name in wanted}
    after = {name: _with_own_files(guide, rows[name], place) for name in wanted}
    return Chosen(_store(installation, kept, guide, guide.chosen(after), wanted), before, after)


def take_back(installation: Installation, draft: str, chosen: Chosen) -> DraftView:
    """The answers as they were before; one that was changed since stays as it is now."""
    kept = installation.register.drafts.get(draft)
    guide = filing.guide_of(installation, kept)
    answers = dict(guide.answers)
    undone = [name for name, answer in chosen.after.items() if answers.get(name) == answer]
    for name in undone:
        answers.pop(name, None)
        earlier = chosen.before[name]
        if earlier is not None:
            answers[name] = earlier
    return _store(installation, kept, guide, guide.with_answers(answers), undone)


def _with_own_files(guide: Guide, row: AnswersBeside, place: int) -> Answer | None:
    chosen = row.given[place]
    if row.question is None or guide.playbook.question(row.id).kind is not QuestionKind.FILES:
        return chosen
    theirs = {file.sha256 for answer in row.given if answer is not None for file in answer.files}
    given = guide.answers.get(row.id)
    own = tuple(file for file in (given.files if given else ()) if file.sha256 not in theirs)
    files = (*(chosen.files if chosen else ()), *own)
    return Answer(files) if files else chosen


def _store(installation: Installation, kept: Draft, before: Guide, after: Guide, names: Sequence[str]) -> DraftView:
    """Keep the answers to these questions with the bytes of the files they name, in one commit."""
    draft = kept.row.id
    given = {name: after.answers[name].as_json() if name in after.answers else None for name in names}
    files = filing.files_of(installation, after, names)
    installation.register.drafts.take(draft, given, files)
    filing.keep_title(installation, draft, before, after)
    return filing.view(installation, draft)

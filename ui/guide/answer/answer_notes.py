"""The notes at a question: what reviewers said about it, how it fits the others, and whether it says enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake.domain.guide.classifying import Contradicted
from ui.formatting import day_words
from ui.guide.shown import ShownDraft
from ui.texts import Texts
from ui.theme import Tone
from ui.widgets.notes import QuestionNote

if TYPE_CHECKING:
    from intake.services.filing.revising import ReviewRemark


@dataclass(frozen=True, slots=True)
class Marks:
    """``remarks`` of reviewers, ``doubts`` about how answers fit together, ``thin`` what says little."""

    remarks: tuple[QuestionNote, ...] = ()
    doubts: tuple[QuestionNote, ...] = ()
    thin: tuple[QuestionNote, ...] = ()


NONE = Marks()


def marks(shown: ShownDraft) -> Mapping[str, Marks]:
    """The marks by question; a question without any is not there."""
    remarks: dict[str, list[QuestionNote]] = {}
    doubts: dict[str, list[QuestionNote]] = {}
    thin: dict[str, list[QuestionNote]] = {}
    if shown.revising is not None:
        for remark in shown.revising.remarks:
            if remark.question:
                remarks.setdefault(remark.question, []).append(remark_note(remark, shown.revising.number))
    for item in shown.assessment.contradictions:
        for name in dict.fromkeys(fact.question for fact in item.facts):
            doubts.setdefault(name, []).append(_doubt(shown, item, name))
    for hint in shown.hints:
        title = MarkTexts.tr("Not whole on paper") if hint.on_paper else MarkTexts.tr("Worth a second look")
        thin.setdefault(hint.question, []).append(QuestionNote(title, hint.text))
    return {
        name: Marks(tuple(remarks.get(name, ())), tuple(doubts.get(name, ())), tuple(thin.get(name, ())))
        for name in remarks.keys() | doubts.keys() | thin.keys()
    }


def remark_note(remark: ReviewRemark, newest: int) -> QuestionNote:
    """What a reviewer said, with who and when; also on which revision, where that is not the ``newest``."""
    who = f"{remark.office.label} ({remark.person})" if remark.office is not None else remark.person
    words = MarkTexts.tr("{who} asks for changes, {day}") if remark.asks else MarkTexts.tr("{who} says, {day}")
    title = words.format(who=who, day=day_words(remark.day))
    if remark.number and remark.number != newest:
        title = MarkTexts.tr("{said}, on revision {number}").format(said=title, number=remark.number)
    return QuestionNote(title, remark.text, Tone.INFO)


def doubt_notes(shown: ShownDraft) -> tuple[QuestionNote, ...]:
    """Each contradiction once, with a way to every answer in it."""
    return tuple(_doubt(shown, item, "") for item in shown.assessment.contradictions)


def _doubt(shown: ShownDraft, item: Contradicted, here: str) -> QuestionNote:
    others = tuple(fact for fact in item.facts if fact.question != here)
    said = (f"{shown.labels[fact.question]}: {', '.join(fact.said.splitlines())}" for fact in others)
    links = tuple(
        (name, MarkTexts.tr("Go to: {question}").format(question=shown.labels[name]))
        for name in dict.fromkeys(fact.question for fact in others)
    )
    return QuestionNote(
        MarkTexts.tr("Does this fit together?"), "\n".join((item.contradiction.sentence, *said)), Tone.WARN, links
    )


class MarkTexts(Texts):
    pass

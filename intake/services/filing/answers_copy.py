"""A copy of the answers as PDF, before and after they are filed: what was answered, what follows from it, what is open.

It is for the owner's own files and for talking it over. It is not a record: nobody signs it and nothing checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.domain.assessment.assessment import Assessment
from intake.domain.base.wording import Caption, words
from intake.domain.base.wording import said as fact_words
from intake.domain.case.summary import reference
from intake.domain.guide.asked import asked
from intake.domain.playbook.answer_checks import in_words
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question, QuestionKind, QuestionRole
from intake.domain.playbook.whole import Playbook
from intake.records.content import Block, Bullets, Heading, KeyValues, Paragraph, PrintedTable, RecordSection
from intake.records.copies import CopyContent, build_copy
from intake.services.filing import filing
from intake.services.installation.installation import Installation
from intake.services.installation.unprinted import places, unprinted
from intake.services.organisation import paper

_READING = Caption("StepReadingAnswers", "Reading the answers")
_SETTING = Caption("StepSettingPages", "Setting the pages")
_ORGANISATION = Caption("CopyInOrganisation", "Name of the organisation")
_SAVING = Caption("StepSavingPages", "Saving")

Progress = Callable[[int, int, str], None]
STEPS = 3

_Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Copied:
    """What is copied, from a draft or from a revision alike. ``facts`` says which of the two and whose."""

    title: str
    subtitle: str
    reference: str
    dated: datetime
    facts: _Rows
    playbook: Playbook
    answers: Mapping[str, Answer]
    assessment: Assessment


def of_draft(installation: Installation, draft: str, progress: Progress = lambda *_: None) -> bytes:
    """The copy of a draft as it is now. Raises NoSuchDraft or PlaybookMissing."""
    progress(0, STEPS, words(_READING()))
    view = filing.view(installation, draft)
    guide = view.guide
    copied = _Copied(
        title=_said(guide.playbook, guide.answers, QuestionRole.TITLE) or "Untitled",
        subtitle="Draft, not signed and not filed",
        reference=reference(view.row.case) if view.row.case else "",
        dated=installation.clock(),
        facts=(("Written by", installation.rosters.name(view.row.person)), ("Last saved", _moment(view.saved))),
        playbook=guide.playbook,
        answers=guide.answers,
        assessment=view.assessment,
    )
    return _printed(installation, copied, progress)


def of_revision(installation: Installation, case: str, revision: str, progress: Progress = lambda *_: None) -> bytes:
    """The copy of a filed revision. Raises NothingFiled or PlaybookMissing."""
    progress(0, STEPS, words(_READING()))
    state = installation.state(case)
    made = state.revision(revision)
    case_file = installation.case_file(state, made)
    act = state.event(revision).act
    copied = _Copied(
        title=made.body.title,
        subtitle=f"Revision {made.number}, filed {act.at.date().isoformat()}",
        reference=reference(case),
        dated=act.at,
        facts=(("Filed by", installation.rosters.name(made.author)), ("Signed act (SHA-256)", revision)),
        playbook=case_file.playbook,
        answers=case_file.answers,
        assessment=case_file.assessment,
    )
    return _printed(installation, copied, progress)


def _printed(installation: Installation, copied: _Copied, progress: Progress) -> bytes:
    progress(1, STEPS, words(_SETTING()))
    newest = installation.rosters.newest
    path, playbook = copied.assessment.path, copied.playbook
    facts = (
        *((("Reference", copied.reference),) if copied.reference else ()),
        ("Business unit", _said(playbook, copied.answers, QuestionRole.UNIT) or "Not named"),
        *copied.facts,
        ("Tier so far" if not copied.assessment.complete else "Tier", f"{path.label} ({path.lane_label})"),
        ("Stage asked for", _said(playbook, copied.answers, QuestionRole.STAGE) or "Not named"),
        ("Playbook", f"{playbook.title}, {playbook.version}"),
    )
    content = CopyContent(
        title=copied.title,
        subtitle=copied.subtitle,
        reference=copied.reference,
        organisation_name=newest.organisation if newest else "",
        dated=copied.dated,
        summary=(KeyValues(facts),),
        placeholders=_placeholders(installation, copied, newest.organisation if newest else ""),
        sections=(_assessed(copied), _open(copied), *_answered(copied), _evidence(copied)),
        paper=paper.in_force(installation),
    )
    edition = installation.printer.newest
    made = build_copy(content, fonts=installation.printer.fonts(edition), icc=installation.printer.icc(edition))
    progress(2, STEPS, words(_SAVING()))
    return made


def _placeholders(installation: Installation, copied: _Copied, organisation: str) -> tuple[str, ...]:
    """What the places are called that the pages cannot show whole: answers, who wrote them, the organisation."""
    answered = [item.question.label for item in unprinted(installation.printer, _asked(copied), copied.answers)]
    beside = places(installation.printer, [*copied.facts, (_ORGANISATION(), organisation)])
    return tuple(dict.fromkeys((*answered, *map(fact_words, beside))))


def _assessed(copied: _Copied) -> RecordSection:
    made, playbook = copied.assessment, copied.playbook
    blocks: list[Block] = [Paragraph(f"{made.path.sentence} {made.path.why}")]
    if made.fired:
        rows = tuple(
            (
                fired.rule.sentence,
                "; ".join(f"{playbook.question(fact.question).label}: {fact.said}" for fact in fired.facts),
                "; ".join(playbook.cited(source) for source in fired.rule.sources),
            )
            for fired in made.fired
        )
        blocks += [Heading("What drives the tier"), PrintedTable(("Rule", "Because of", "Source"), rows, (4, 4, 4))]
    else:
        blocks.append(Paragraph("No answer raises the tier."))
    lowered = tuple(dict.fromkeys(fired.rule.lowered_by for fired in made.fired if fired.rule.lowered_by))
    if lowered:
        blocks += [Heading("What would lower it"), Bullets(lowered)]
    doubts = tuple(item.rule.sentence for item in made.might_be if item.unknown)
    if doubts:
        blocks += [Heading("What could raise the tier once it is known"), Bullets(doubts)]
    if made.contradictions:
        sentences = tuple(item.contradiction.sentence for item in made.contradictions)
        blocks += [Heading("Answers that do not fit together"), Bullets(sentences)]
    return RecordSection(f"Assessment: {made.path.label}", tuple(blocks))


def _open(copied: _Copied) -> RecordSection:
    """What is not known yet and who will know, and evidence that is expected and missing."""
    playbook = copied.playbook
    rows = [
        (playbook.question(name).text, copied.answers[name].ask or "Nobody named yet")
        for name in copied.assessment.open_points
        if name in copied.answers
    ]
    rows += [
        (f"Evidence expected: {playbook.question(name).label}", "To be attached") for name in copied.assessment.expected
    ]
    if not rows:
        return RecordSection("Open points", (Paragraph("Nothing is open."),))
    return RecordSection("Open points", (PrintedTable(("What is open", "Who will know"), tuple(rows), (8, 4)),))


def _answered(copied: _Copied) -> tuple[RecordSection, ...]:
    shown = _shown(copied)
    sections = []
    for section in copied.playbook.all_sections:
        rows = tuple(
            (question.text, in_words(question, copied.answers[question.id]))
            for question in section.questions
            if question.id in shown and question.kind is not QuestionKind.FILES
        )
        if rows:
            sections.append(RecordSection(section.title, (KeyValues(rows),)))
    return tuple(sections)


def _evidence(copied: _Copied) -> RecordSection:
    shown = _shown(copied)
    rows = tuple(
        (file.name, question.label, f"{file.size} bytes", file.sha256)
        for question in shown.values()
        for file in copied.answers[question.id].files
    )
    if not rows:
        return RecordSection("Attached files", (Paragraph("No files are attached."),))
    lead = Paragraph("One changed letter in a file changes its SHA-256: with it anybody can tell the file again.")
    return RecordSection(
        "Attached files", (lead, PrintedTable(("File", "Evidence for", "Size", "SHA-256"), rows, (4, 3, 2, 5)))
    )


def _shown(copied: _Copied) -> dict[str, Question]:
    """The questions asked now that have an answer: what would be filed, and nothing else."""
    return {question.id: question for question in _asked(copied) if question.id in copied.answers}


def _asked(copied: _Copied) -> tuple[Question, ...]:
    return asked(copied.playbook, copied.answers).shown


def _said(playbook: Playbook, answers: Mapping[str, Answer], role: QuestionRole) -> str:
    name = playbook.role(role)
    return " ".join(in_words(playbook.question(name), answers[name]).split()) if name in answers else ""


def _moment(at: datetime) -> str:
    return f"{at.date().isoformat()}, {at:%H:%M} UTC"

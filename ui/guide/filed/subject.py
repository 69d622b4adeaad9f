"""What the signing sheet of a use case that is filed shows: whose it is, what changes, the limits asked for, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intake.domain.base import wording
from intake.domain.base.directions import isolated
from intake.domain.guide.side_by_side import AnswersBeside
from intake.domain.playbook.answers import differ
from ui.guide.filed.preparing import ToSign
from ui.guide.live.live_words import who_will_know
from ui.guide.shown import ShownDraft, worded
from ui.texts import Texts, filled
from ui.widgets.signing_sheet import SignedLine, Subject
from ui.words.revisions import revision_names


def subject(made: ToSign, shown: ShownDraft) -> Subject:
    """Exactly what was prepared, nothing added and nothing left out."""
    return Subject(
        title=FilingSubjectTexts.tr("Sign and file this use case"),
        consequence=FilingSubjectTexts.tr(
            "The CIO and the CISO will decide on exactly these answers. They cannot be changed afterwards; a later "
            "change is a new revision."
        ),
        signer=shown.opened.me.name,
        fingerprint=shown.opened.key,
        lines=(*_case(made), *_changes(made), *_limits(made), *_open(made)),
        grounds=tuple(_grounds(made)),
        button=FilingSubjectTexts.tr("Sign and file"),
        warnings=_warnings(made, shown),
        has_pages=True,
        on_paper=True,
    )


def _case(made: ToSign) -> Iterator[SignedLine]:
    part = FilingSubjectTexts.tr("What is filed, and for whom")
    yield SignedLine(FilingSubjectTexts.tr("Use case"), f"{made.reference} {isolated(made.title)}".strip(), part=part)
    owner = filled(FilingSubjectTexts.tr("{owner}, {unit}"), owner=made.owner, unit=made.unit)
    yield SignedLine(FilingSubjectTexts.tr("For"), owner if made.unit else made.owner, part=part)
    yield SignedLine(FilingSubjectTexts.tr("Revision"), str(made.number), part=part)
    if made.compared is not None and len(made.compared.sides) > 1:
        replaced = ", ".join(revision_names(made.compared.sides))
        yield SignedLine(FilingSubjectTexts.tr("Takes the place of"), replaced, part=part)
    yield SignedLine(FilingSubjectTexts.tr("Stage asked for"), made.stage, part=part)


def _changes(made: ToSign) -> Iterator[SignedLine]:
    """The rows of the comparison: what is filed now, and what each revision it takes the place of says."""
    found = made.compared
    if found is None:
        return
    names = revision_names(found.sides)
    if len(names) == 1:
        part = filled(FilingSubjectTexts.tr("What changes since revision {number}"), number=found.sides[0].number)
    else:
        part = FilingSubjectTexts.tr("What differs from the revisions it takes the place of")
    for row in found.rows:
        yield from _row(row, names, part)
    same = FilingSubjectTexts.tr("%Ln answers stay as they were.", "", found.same)
    if not found.rows:
        same = FilingSubjectTexts.tr("No answer differs from what was filed before.")
    yield SignedLine(FilingSubjectTexts.tr("Unchanged"), same, part=part)


def _row(row: AnswersBeside, names: Sequence[str], part: str) -> Iterator[SignedLine]:
    """What is filed now, and on a line for itself what each revision said that says something else.

    Only the labels say which is which: nobody’s words can look like a line of another revision.
    """
    alike = [name for name, answer in zip(names, row.given[1:], strict=True) if not differ(answer, row.given[0])]
    now = filled(FilingSubjectTexts.tr("{question}: now"), question=row.label)
    if alike:
        words = FilingSubjectTexts.tr("{question}: now, as in {revisions}")
        now = filled(words, question=row.label, revisions=", ".join(alike))
    yield _said(now, row, 0, part)
    for place, name in enumerate(names, start=1):
        if name not in alike:
            words = FilingSubjectTexts.tr("{question}: {revision}")
            yield _said(filled(words, question=row.label, revision=name), row, place, part)


def _said(label: str, row: AnswersBeside, place: int, part: str) -> SignedLine:
    if row.given[place] is None:
        return SignedLine(filled(FilingSubjectTexts.tr("{label} (no answer)"), label=label), "–", part=part)
    return SignedLine(label, row.said[place], part=part)


def _limits(made: ToSign) -> Iterator[SignedLine]:
    part = FilingSubjectTexts.tr("The boundaries asked for")
    for row in made.limits:
        yield SignedLine(wording.shown(row.label), wording.shown(row.value), part=part)


def _open(made: ToSign) -> Iterator[SignedLine]:
    part = FilingSubjectTexts.tr("Open points")
    for label, ask in made.open_points:
        yield SignedLine(label, who_will_know(ask), part=part)
    for label in made.expected:
        yield SignedLine(label, FilingSubjectTexts.tr("Not attached yet"), part=part)


def _grounds(made: ToSign) -> Iterator[SignedLine]:
    part = FilingSubjectTexts.tr("What it rests on")
    yield SignedLine(FilingSubjectTexts.tr("Tier"), f"{made.tier} · {made.lane}", part=part)
    yield SignedLine(FilingSubjectTexts.tr("Answers"), str(made.answers), part=part)
    yield SignedLine(FilingSubjectTexts.tr("Files"), str(made.files), part=part)
    yield SignedLine(FilingSubjectTexts.tr("Playbook"), made.playbook, part=part)
    yield SignedLine(FilingSubjectTexts.tr("Digest of the answers"), made.answers_digest, is_digest=True)
    yield SignedLine(FilingSubjectTexts.tr("Digest of the playbook"), made.playbook_digest, is_digest=True)


def _warnings(made: ToSign, shown: ShownDraft) -> tuple[str, ...]:
    thin = sum(not hint.on_paper for hint in made.hints)
    boxes = [hint.question for hint in made.hints if hint.on_paper]
    found = []
    if thin:
        found.append(FilingSubjectTexts.tr("%Ln answers say little. The reviewers may ask you about them.", "", thin))
    if boxes:
        words = FilingSubjectTexts.tr(
            "The pages will show empty boxes for characters that cannot be drawn here, in: {answers}."
        )
        found.append(filled(words, answers=worded(shown, boxes)))
    return tuple(found)


class FilingSubjectTexts(Texts):
    pass

"""What a filed revision has to be: what the guide files of a draft with the same answers, and nothing else.

A changed program signs what it likes. What it signs may read like a use case on every page while the assessment counts its
answers as not given, so a revision is asked for all that the guide asks before it files.
"""

from __future__ import annotations

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds.forms import MAX_LINE
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.reasons import Reason
from intake.domain.base.visible import is_blank, is_line
from intake.domain.base.wording import Caption, Wording, source
from intake.domain.base.words import short
from intake.domain.guide.guide import Guide, too_much
from intake.domain.playbook.answers import Answer, Answers, UnreadableAnswers, from_json
from intake.domain.playbook.questions import QuestionRole
from intake.domain.playbook.whole import Playbook

_UNREADABLE = Wording("FiledUnreadable", "its answers cannot be read")
_UNUSABLE = Wording(
    "FiledUnusable", "{count} answers are missing or cannot be used, the first of them the answer to “{first}”"
)
source("FiledUnusable.one", "the answer to “{first}” is missing or cannot be used")
_STOPPED = Wording("FiledStopped", "the screening ends where its answers lead: {title}")
_STOP = "FiledStopped"
_TOO_MUCH = Wording("FiledTooMuch", "it holds more than one revision may hold")
_TITLE = Caption("FiledFieldTitle", "title")
_UNIT = Caption("FiledFieldUnit", "unit")
_STAGE = Caption("FiledFieldStage", "stage")
_ANOTHER = Wording("FiledFieldDiffers", "the {field} it names is “{named}”, and its answers say “{answered}”")
_FILES = Wording("FiledOtherFiles", "its answers and its attached files do not agree, beginning with “{name}”")


def title_of(playbook: Playbook, answers: Answers) -> str:
    """What a revision with these answers is called."""
    title = said(playbook, answers, QuestionRole.TITLE)[:MAX_LINE]
    return "Untitled" if is_blank(title) else title


def unit_of(playbook: Playbook, answers: Answers) -> str:
    """The unit a revision with these answers is for, in plain words, on one line."""
    question = playbook.role(QuestionRole.UNIT)
    found = answers.get(question)
    worded = playbook.question(question).said(found) if found else ""
    return " ".join(worded.split())[:MAX_LINE] or "Not named"


def stage_of(playbook: Playbook, answers: Answers) -> str:
    """The stage a revision with these answers asks for; empty while they do not say."""
    return said(playbook, answers, QuestionRole.STAGE)


def said(playbook: Playbook, answers: Answers, role: QuestionRole) -> str:
    """The bare value of the answer to the question with a role; empty when there is none."""
    found = answers.get(playbook.role(role))
    return str(found.value).strip() if found and isinstance(found.value, str) else ""


def readable(body: RevisionBody) -> Answers:
    """The answers of a filed revision for showing them; none where they cannot be read, which ``against_filed`` says."""
    try:
        return from_json(body.answers)
    except UnreadableAnswers:
        return Answers()


def for_the_next(body: RevisionBody) -> Answers:
    """The answers of a filed revision, to begin the next one with; a file that is not attached to it is nowhere to be had."""
    found = readable(body)
    for name, answer in found.items():
        kept = tuple(file for file in answer.files if file in body.attachments)
        if kept != answer.files:
            found = found.given(name, Answer(kept) if kept else None)
    return found


def hides_tier(against: Reason | None) -> bool:
    """Whether answers that are not as the guide files them have no assessment: all but those that lead to a stop, which says all."""
    return against is not None and against.code != _STOP


def against_filed(playbook: Playbook, body: RevisionBody) -> Reason | None:
    """Why the guide would never have filed this revision; None when it would. ``playbook`` is the one it names."""
    try:
        given = from_json(body.answers)
    except UnreadableAnswers:
        return _UNREADABLE()
    guide = Guide(playbook, given)
    if guide.stopped:
        return _STOPPED(title=guide.stopped.title)
    unusable = (*(found.question for found in guide.problems), *guide.unasked)
    if unusable:
        labels = {question.id: question.label for question in playbook.questions}
        return _UNUSABLE(count=len(unusable), first=labels.get(unusable[0], unusable[0]))
    if too_much(given):
        return _TOO_MUCH()
    return _described(playbook, given, body) or _attached(given.attachments, body.attachments)


def _described(playbook: Playbook, given: Answers, body: RevisionBody) -> Reason | None:
    """Which of the fields that lists, offices and pages go by says something else than the answers."""
    for field, named, answered in (
        (_STAGE, body.stage.value, stage_of(playbook, given)),
        (_TITLE, body.title, title_of(playbook, given)),
        (_UNIT, body.unit, unit_of(playbook, given)),
    ):
        if named != answered:
            return _ANOTHER(field=field(), named=named, answered=" ".join(answered.split()))
    return None


def _attached(named: tuple[Attachment, ...], attached: tuple[Attachment, ...]) -> Reason | None:
    """Which file is described by the answers or by the revision, and not by both alike."""
    apart = sorted({*named} ^ {*attached}, key=lambda file: (file.name, file.sha256, file.size, file.media_type))
    # Nobody attaches one file twice under one name.
    twice = attached[:1] if len(attached) > len({*attached}) else ()
    return next((_FILES(name=_called(file)) for file in (*apart, *twice)), None)


def _called(file: Attachment) -> str:
    """Its name; answers may give any text of any length as one, which then is no name."""
    return file.name if is_line(file.name) and len(file.name) <= MAX_LINE else short(file.sha256)

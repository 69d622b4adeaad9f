"""Drafts and filing, for scripts and for people without a screen."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CaseName, CommandContext
from intake.commands.files import read_file, read_json
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.commands.saying import coded, coded_each, coded_refusal
from intake.domain.acts.kinds import REVISION, WITHDRAW
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording, sentence
from intake.formats.foreign_json import NotReadable

if TYPE_CHECKING:
    from intake.domain.guide.guide import Guide
    from intake.domain.guide.progress import GuideTask
    from intake.domain.playbook.answer_checks import Hint
    from intake.domain.playbook.answers import Answer
    from intake.domain.playbook.questions import Question
    from intake.services.lists.drafts import DraftLine

DraftName = Annotated[str, Argument("Its id: countersign drafts lists them.", value="DRAFT")]


class AnswersUnreadable(Refusal):
    what = "The file of answers cannot be read: {detail}."
    why = (
        "It must be a JSON object of question ids and answers; null means “I don’t know”,"
        " and an object with unknown and ask also names who will know."
    )
    next = "Compare it with: countersign questions."


_NO_OBJECT = Wording("AnswersNoObject", "it is not an object")
_LISTS_NO_TEXT = Wording("AnswerListsNoText", "the answer to “{question}” lists something that is not text")
_NO_ANSWER = Wording(
    "NoAnswerForm", "the answer to “{question}” is neither text, number, yes or no, nor a list of texts"
)


class NoSuchQuestion(Refusal):
    what = "The playbook has no question called “{question}”."
    why = "An answer that belongs to no question would be lost."
    next = "Compare it with: countersign questions."


def questions(given: CommandContext) -> Reply:
    """Show every question of the playbook with the reason it is asked."""
    lines: list[str] = []
    found: list[dict[str, Any]] = []
    playbook = given.installation.shelf.current
    for section in playbook.all_sections:
        lines.append(section.title)
        for question in section.questions:
            lines.append(f"  {question.id} ({question.kind.value}): {question.text}")
            lines.append(f"      Why: {question.why}")
            lines += [f"      {option.id}: {option.label}" for option in question.options]
            found.append(
                {
                    "section": section.title,
                    "id": question.id,
                    "kind": question.kind.value,
                    "text": question.text,
                    "why": question.why,
                    "options": [{"id": option.id, "label": option.label} for option in question.options],
                }
            )
    return Reply(tuple(lines), {"playbook": playbook.digest, "questions": found})


def draft(
    given: CommandContext,
    answers: Annotated[Path, Argument("JSON: question id to answer.")],
    case: Annotated[str, Flag("File again for this use case.")] = "",
    attach: Annotated[list[str] | None, Flag("question=path of a file to attach; repeat.", in_file_names=True)] = None,
    into: Annotated[str, Flag("Go on with this draft instead of a new one.")] = "",
) -> Reply:
    """Start a draft from a file of answers, or add answers to one; each answer is kept as it is given."""
    from intake.services.filing import filing as service

    installation = given.installation
    typed = typed_answers(answers)
    playbook = service.view(installation, into).guide.playbook if into else installation.shelf.current
    known = {question.id for question in playbook.questions}
    files = [_attachment(entry, known) for entry in attach or ()]
    if strange := sorted(typed.keys() - known):
        raise NoSuchQuestion(question=strange[0])
    name = into or service.start(installation, given.who(), case=given.case(case) if case else "")
    for question, answer in typed.items():
        # A value is what somebody typed, and is cleaned like that; “I don’t know” is an answer already.
        service.put(installation, name, question, answer if answer.unknown else answer.value)
    for question, path, data in files:
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        for remark in service.attach(installation, name, question, path.name, media_type, data).remarks:
            given.say(sentence(remark))
    view = service.view(installation, name)
    return Reply((name,), {"draft": name, "answered": view.row.answered, "open": len(view.guide.problems)})


def drafts(given: CommandContext) -> Reply:
    """List the drafts."""
    from intake.services.lists import drafts as service

    rows = service.lines(given.installation)
    return Reply(
        tuple(f"{row.id}  {_how_far(row)}  {row.title or 'Untitled draft'}" for row in rows)
        or ("There are no drafts.",),
        {
            "drafts": [
                {
                    "draft": row.id,
                    "person": row.person,
                    "case": row.case,
                    "title": row.title,
                    "answered": row.progress.answered if row.progress else None,
                    "asked": row.progress.asked if row.progress else None,
                    "to_check": row.progress.to_check if row.progress else None,
                    "ready": row.progress is not None and row.progress.ready,
                    "changed": row.changed.isoformat(),
                    "refusal": coded_refusal(row.refusal) if row.refusal else None,
                }
                for row in rows
            ]
        },
    )


def check(given: CommandContext, draft: DraftName) -> Reply:
    """Show what a draft still needs, and what the playbook makes of it so far."""
    from intake.services.filing import filing as service
    from intake.services.filing.advice import on_paper
    from intake.services.filing.news import news

    found = service.view(given.installation, draft)
    come = news(given.installation, draft)
    path = found.assessment.path
    fired = [item.rule.sentence for item in found.assessment.fired]
    lines = [f"Tier so far: {path.label} ({path.lane_label})", *(f"  {sentence}" for sentence in fired)]
    parts = [task for task in found.guide.tasks if task.asked]
    hints = (*found.guide.hints, *on_paper(given.installation, found.guide))
    lines += [f"  {task.section.title}: {_status(task)}" for task in parts]
    lines += [f"  needs attention: {problem.text}" for problem in found.guide.wrong]
    lines += [f"  to check: {_carried(found.guide, question)}" for question in found.guide.to_check]
    lines += [f"  worth a look: {_named(found.guide, hint)}" for hint in hints]
    lines += [f"  not seen yet: {happened}" for happened in (come.happened if come else ())]
    return Reply(
        tuple(lines),
        {
            "draft": draft,
            "tier": path.label,
            "lane": path.lane_label,
            "because": fired,
            "parts": [
                {
                    "part": task.section.id,
                    "title": task.section.title,
                    "status": task.status.value,
                    "answered": task.answered,
                    "to_check": task.to_check,
                    "asked": task.asked,
                }
                for task in parts
            ],
            "problems": [{"question": item.question, **coded(item.said, item.text)} for item in found.guide.wrong],
            "to_check": [{"question": item.id, **_to_check(found.guide, item)} for item in found.guide.to_check],
            "hints": [{"question": item.question, **coded(item.said)} for item in hints],
            "not_seen": coded_each(come.said) if come else [],
        },
    )


def keep(
    given: CommandContext,
    draft: DraftName,
    question: Annotated[list[str] | None, Flag("The id of a question, or of a part for all in it; repeat.")] = None,
) -> Reply:
    """Keep answers of a draft that were carried over, as they stand; check lists them."""
    from intake.services.filing import confirming
    from intake.services.filing import filing as service

    before = service.view(given.installation, draft).guide
    # What competing revisions differ in is chosen for itself: only by its own name is it kept.
    left_out = {item.id for item in before.to_choose}
    every = {section.id: [item.id for item in section.questions] for section in before.playbook.all_sections}
    known = {item for names in every.values() for item in names}
    parts = {name: [item for item in names if item not in left_out] for name, names in every.items()}
    wanted: list[str] = []
    for name in question or ():
        # “purpose” is a part and never a question: those have a dot, or the name of their own.
        if name not in known and name not in parts:
            raise NoSuchQuestion(question=name)
        wanted += [name] if name in known else parts[name]
    after = confirming.confirm(given.installation, draft, wanted).guide
    done = [item.id for item in before.to_check if item.id in set(wanted)]
    left = len(after.to_check)
    return Reply((f"Kept: {len(done)}", f"Still to check: {left}"), {"draft": draft, "kept": done, "left": left})


def file(
    given: CommandContext,
    draft: DraftName,
    seen: Annotated[bool, Flag("You have looked at the use case and know what has come to it since.")] = False,
) -> Reply:
    """Sign a draft and file it.

    A later revision is refused while something has come to its use case that you have not seen: look at it with show, then
    file with --seen.
    """
    from intake.domain.case.summary import reference
    from intake.services.filing import filing as service
    from intake.services.filing.advice import on_paper
    from intake.services.filing.news import NotSeenYet, confirm, news

    installation = given.installation
    if seen and (come := news(installation, draft)):
        # What is confirmed is listed before the passphrase is asked for; what comes after that is refused again.
        for happened in come.happened:
            given.say(f"Seen: {happened}.")
        confirm(installation, draft, come.seen)
    try:
        service.require_filing(installation, given.who(), draft)  # before a passphrase is asked for
    except NotSeenYet:
        case = installation.register.drafts.get(draft).row.case
        given.say(f"Look first: countersign show {reference(case)}; then: countersign file {draft} --seen")
        raise
    guide = service.view(installation, draft).guide
    for hint in on_paper(installation, guide):
        # Said before it is signed, not found out on the pages.
        given.say(_named(guide, hint))
    # Answers that another program on this home changes while the passphrase is typed were not looked at.
    read = service.content(guide)
    done = service.file(installation, given.signer(REVISION), draft, read=read)
    return Reply(
        (
            f"{done.reference}  revision {done.number}  {done.tier}, {done.lane}",
            f"Next: {', '.join(done.turn).upper()}, within {done.days} working days, by {done.due}",
        ),
        {
            "case": done.case,
            "reference": done.reference,
            "revision": done.revision,
            "number": done.number,
            "title": done.title,
            "tier": done.tier,
            "lane": done.lane,
            "days": done.days,
            "due": done.due.isoformat(),
            "turn": list(done.turn),
        },
    )


def withdraw(given: CommandContext, case: CaseName, reason: Annotated[str, Flag("Why.")]) -> Reply:
    """End a use case, with a record you sign."""
    from intake.domain.case.naming import shown
    from intake.services.deciding.on_one_page import rows_said
    from intake.services.filing import withdrawing as service

    name = given.case(case)
    service.require_withdrawing(given.installation, given.who(), name)
    state = given.installation.state(name)
    if state.current is not None:
        held = state.in_force.terms if state.in_force else None
        given.say_rows(rows_said(given.installation, state, state.current, held))
    if boxes := service.withdrawal_boxes(given.installation, given.who(), name, reason):
        given.say(sentence(boxes))
    act = service.withdraw(given.installation, given.signer(WITHDRAW), name, reason, seen=shown(state))
    return Reply(("Withdrawn.",), {"case": name, "act": act})


def _named(guide: Guide, hint: Hint) -> str:
    """A hint; one about paper with the answer it is about, which the others name themselves."""
    return f"{guide.playbook.question(hint.question).label}: {hint.text}" if hint.on_paper else hint.text


def typed_answers(path: Path) -> dict[str, Answer]:
    """The answers in a file by question id. Raises AnswersUnreadable or UnreadableAnswers; nothing of it is taken then."""
    from intake.domain.playbook.answers import from_json

    try:
        value = read_json(path)
    except NotReadable as error:
        raise AnswersUnreadable(detail=error.said) from None
    if not isinstance(value, dict):
        raise AnswersUnreadable(detail=_NO_OBJECT())
    typed = {question: _answer(question, said) for question, said in value.items()}
    # A draft that holds what cannot be read back could not be opened again.
    from_json({question: answer.as_json() for question, answer in typed.items()}, draft=True)
    return typed


def _how_far(row: DraftLine) -> str:
    if row.progress is None:
        return f"cannot be opened here ({row.refusal.code})" if row.refusal else ""
    if row.progress.ready:
        return "ready to sign"
    said = f"{row.progress.answered} of {row.progress.asked} answered"
    return f"{said}, {row.progress.to_check} to check" if row.progress.to_check else said


def _status(task: GuideTask) -> str:
    if task.to_check:
        return f"{task.status.value}, {task.answered} of {task.asked} answered, {task.to_check} to check"
    return f"{task.status.value}, {task.answered} of {task.asked} answered"


def _carried(guide: Guide, question: Question) -> str:
    """The answer to check in one line, and where it comes from."""
    from intake.domain.base.wording import words
    from intake.domain.guide.carried import carried_from
    from intake.domain.playbook.answer_checks import in_words

    answer = guide.answers[question.id]
    said = "; ".join(in_words(question, answer).splitlines())
    return f"{question.label} ({question.id}): {said}. {words(carried_from(answer))}"


def _to_check(guide: Guide, question: Question) -> dict[str, Any]:
    from intake.domain.guide.carried import carried_from

    origin = carried_from(guide.answers[question.id])
    assert origin is not None
    return coded(origin, _carried(guide, question))


def _answer(question: str, value: object) -> Answer:
    """What was typed, for the guide to judge; only what no question could ever take is refused here."""
    from intake.domain.playbook.answers import Answer

    if isinstance(value, list):
        if not all(isinstance(item, str) for item in value):
            raise AnswersUnreadable(detail=_LISTS_NO_TEXT(question=question))
        return Answer(tuple(value))
    if value is None or isinstance(value, str | bool | int):
        return Answer(value)
    if isinstance(value, dict) and value.keys() == {"unknown", "ask"} and value["unknown"] is True:
        if isinstance(value["ask"], str):
            return Answer(None, ask=value["ask"])
    raise AnswersUnreadable(detail=_NO_ANSWER(question=question))


def _attachment(entry: str, known: set[str]) -> tuple[str, Path, bytes]:
    from intake.services.filing.filing import MAX_FILE, FileTooLarge

    question, _, name = entry.partition("=")
    if question not in known:
        raise NoSuchQuestion(question=question)
    path = Path(name)
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        size = 0
    if size > MAX_FILE:
        raise FileTooLarge(name=path.name, size=-(-size >> 20), limit=MAX_FILE >> 20)
    return question, path, read_file(path, limit=MAX_FILE)

"""Where the guide leads next: straight on through what is needed, past what is optional, to the check page at the end."""

from __future__ import annotations

from intake.domain.guide.progress import GuideTask, SectionStatus
from intake.domain.playbook.questions import QuestionPage
from ui.guide.shown import ShownDraft
from ui.guide.stops import GuideStop, View


def page_to_begin(shown: ShownDraft, section: str) -> str:
    """The page of a part where work waits: the first with something missing, then one a reviewer spoke of."""
    guide = shown.guide
    part = next(item for item in guide.playbook.all_sections if item.id == section)
    pages = [page for item in part.pages if (page := guide.page(item.id))]
    for wanted in (_waiting(shown), _spoken_of(shown)):
        for page in pages:
            if wanted & {question.id for question in page.questions}:
                return page.id
    return pages[0].id if pages else ""


def after(shown: ShownDraft, stop: GuideStop, *, screening_done: bool) -> GuideStop:
    """Where Continue leads from a page without problems. ``screening_done`` is whether it was the last of the screening.

    The screening ends at the list of parts, where people see the route and what is asked now and later. From there the
    way goes straight on; the list is one key away all the time.
    """
    if stop.changing:
        return GuideStop(stop.draft, View.CHECK, question=stop.question)
    if screening_done or shown.stopped:
        return GuideStop(stop.draft, View.TASKS)
    order = [page.id for section in shown.playbook.all_sections for page in section.pages]
    following = set(order[order.index(stop.page) + 1 :])
    for page in shown.guide.pages:
        if page.id in following and _needed(shown, page):
            return GuideStop(stop.draft, View.QUESTIONS, page.id)
    return GuideStop(stop.draft, View.TASKS if shown.problems else View.CHECK)


def optional(shown: ShownDraft, task: GuideTask) -> bool:
    """Whether a part asks for nothing that has to be given, and nothing was."""
    if task.status is not SectionStatus.NOT_STARTED:
        return False
    names = {question.id for question in task.section.questions}
    pages = [page for page in shown.guide.pages if names & {question.id for question in page.questions}]
    return not any(_needed(shown, page) for page in pages)


def _needed(shown: ShownDraft, page: QuestionPage) -> bool:
    """Whether a page has work: all of it in a first draft, in a next revision only what is missing or what a reviewer remarked on."""
    names = {question.id for question in page.questions}
    if names & (_waiting(shown) | _spoken_of(shown)):
        return True
    if shown.revising is not None:
        return False
    known = shown.guide.known
    return bool(names & set(shown.assessment.expected)) or any(known.required(question) for question in page.questions)


def _waiting(shown: ShownDraft) -> set[str]:
    return {found.question for found in shown.problems}


def _spoken_of(shown: ShownDraft) -> set[str]:
    """What reviewers said something about that has not been changed since."""
    remarks = shown.revising.remarks if shown.revising is not None else ()
    return {remark.question for remark in remarks} - {item.id for item in shown.changes}

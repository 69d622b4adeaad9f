"""The guide: the way through a playbook as an object without a screen (like Electrum's wizard).

A guide is a playbook and the answers of a draft; every step gives a new guide. Answers are kept as they were typed, even
wrong ones and those no longer asked for, so nothing is lost; ``filed`` gives only what is asked, valid and confirmed.
All wording a person reads on the way comes from the playbook or from ``answer_checks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass, field, replace
from functools import cached_property

from intake.domain.base.canonical import Json
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence
from intake.domain.guide.asked import Asked, asked
from intake.domain.guide.choosing import is_to_choose
from intake.domain.guide.classifying import Contradicted, contradicted
from intake.domain.guide.progress import DraftProgress, GuideTask, is_unknown, progress_of, task_of
from intake.domain.guide.side_by_side import AnswerSet, side_by_side
from intake.domain.guide.vague import thin
from intake.domain.playbook import rules
from intake.domain.playbook.answer_checks import AnswerProblem, Fault, Hint, Typed, problem, typed
from intake.domain.playbook.answers import MAX_FILED_BYTES, Answer, Answers, AnswersTooLong, Carried, Move, changes
from intake.domain.playbook.questions import PlaybookSection, Question, QuestionPage, QuestionRole, Route
from intake.domain.playbook.rules import Truth
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import GRANTABLE, Stage

MAX_FILES = 40
"""Files one revision may carry."""


class NotReadyToFile(Refusal):
    what = "This use case cannot be filed yet: {count} answers need your attention."
    why = "The offices sign what you file, so it has to be complete first; “I don’t know” counts as an answer."
    next = "Open the check page: it lists each of them and leads you there. The first is: {first}"


class StoppedByScreening(Refusal):
    what = "This use case cannot be filed: {title}."
    why = "{explanation}"
    next = "{instead}"


class TooManyAttachments(Refusal):
    what = "This draft has {count} files; at most {limit} can be filed."
    why = "Every office and the records team receive each file and keep it for years."
    next = "Join files that belong together, or attach only those the decision rests on."


_CARRIED_OVER = Sentence("AnswerCarriedOver", "Check this answer; it was carried over.")
_TO_CHOOSE = Sentence("AnswerToChoose", "Choose an answer; the competing revisions differ here.")


@dataclass(frozen=True, slots=True)
class GuideStep:
    """What pressing Continue gave. ``page`` is where to go: the same page while it has problems, None at the end."""

    guide: Guide
    problems: tuple[AnswerProblem, ...]
    hints: tuple[Hint, ...]
    page: QuestionPage | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One answer that differs between two sets, in words. ``question`` is None when this playbook does not have it."""

    id: str
    question: Question | None
    move: Move
    before: str
    after: str


@dataclass(frozen=True)
class Guide:
    """A playbook and the answers of a draft. ``known`` follows from both, as all else, which is found out once: it has
    no slots, because ``cached_property`` needs a place to keep it.
    """

    playbook: Playbook
    answers: Answers = field(default_factory=Answers)
    before: InitVar[Asked | None] = None
    """What was known before the last answer, so that only what it changes is worked out."""
    known: Asked = field(init=False, compare=False, repr=False)

    def __post_init__(self, before: Asked | None) -> None:
        object.__setattr__(self, "known", asked(self.playbook, self.answers, before))

    @cached_property
    def route(self) -> Route | None:
        """Where the screening leads, as soon as it is clear. A stop is clear at once, the rest when all is answered."""
        faults = {found.fault for question in self.playbook.screening.questions if (found := self._problem(question))}
        # Carried answers still have to be confirmed, but they already show the way.
        complete = faults <= {Fault.CHECK_THIS}
        for route in self.playbook.routes:
            holds = rules.verdict(route.when, self.known.facts) is Truth.YES
            if holds and (route.stops or complete):
                return route
        return None

    @cached_property
    def tasks(self) -> tuple[GuideTask, ...]:
        """The task list, screening first; any order is possible once the screening leads on."""
        return tuple(self._task(section) for section in self.playbook.all_sections)

    @cached_property
    def pages(self) -> tuple[QuestionPage, ...]:
        """Every page that can be opened now, each with only the questions asked now."""
        open_sections = self.playbook.all_sections if self._leads_on else (self.playbook.screening,)
        cut = (
            (page, tuple(question for question in page.questions if question.id in self._shown))
            for section in open_sections
            for page in section.pages
        )
        return tuple(
            page if len(questions) == len(page.questions) else replace(page, questions=questions)
            for page, questions in cut
            if questions
        )

    @property
    def open_points(self) -> tuple[Question, ...]:
        """Questions asked now and answered “I don't know”: the reviewers see them as open."""
        return tuple(question for question in self.known.shown if is_unknown(self.answers.get(question.id)))

    @cached_property
    def problems(self) -> tuple[AnswerProblem, ...]:
        """Everything that keeps this draft from being filed, in the order of the guide."""
        asked_now = self.known.shown if self._leads_on else self.playbook.screening.questions
        return tuple(found for question in asked_now if (found := self._problem(question)))

    @property
    def to_check(self) -> tuple[Question, ...]:
        """Questions asked now whose answer was carried over and only has to be confirmed, in the order of the guide."""
        carried = {found.question for found in self.problems if found.fault is Fault.CHECK_THIS}
        return tuple(question for question in self.known.shown if question.id in carried)

    @property
    def to_choose(self) -> tuple[Question, ...]:
        """Those of ``to_check`` to which competing revisions gave different answers: each is chosen for itself."""
        return tuple(question for question in self.to_check if is_to_choose(self.answers.get(question.id)))

    @property
    def wrong(self) -> tuple[AnswerProblem, ...]:
        """What has to be given or corrected: every problem that a confirmation does not settle."""
        return tuple(found for found in self.problems if found.fault is not Fault.CHECK_THIS)

    @property
    def title(self) -> str:
        """What the answers call the use case; empty while they do not."""
        answer = self.answers.get(self.playbook.role(QuestionRole.TITLE))
        return answer.value if answer is not None and isinstance(answer.value, str) else ""

    @property
    def progress(self) -> DraftProgress:
        """How far the draft is, in figures."""
        return progress_of(self.tasks, ready=self._leads_on and not self.problems)

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """Thin answers, pointed out before signing."""
        return tuple(found for question in self.known.shown if (found := self._hint(question)))

    @property
    def later(self) -> tuple[tuple[Stage, tuple[Question, ...]], ...]:
        """What each later stage will ask for sure, so that nobody learns of it only then; more can follow from answers."""
        sure = [question for question in self.known.later if self.known.sure(question)]
        stages = [stage for stage in GRANTABLE if any(question.needed is stage for question in sure)]
        return tuple((stage, tuple(question for question in sure if question.needed is stage)) for stage in stages)

    @property
    def hidden(self) -> tuple[Question, ...]:
        """Questions that have an answer and are not asked: the draft keeps it, and it is not filed."""
        return tuple(
            question
            for question in self.playbook.questions
            if question.id in self.answers and question.id not in self._shown
        )

    @property
    def contradictions(self) -> tuple[Contradicted, ...]:
        """Answers that do not fit together; advice, like the hints."""
        return contradicted(self.playbook, self.known)

    def page(self, name: str) -> QuestionPage | None:
        """The page as it is now, or None when nothing on it is asked."""
        return next((page for page in self.pages if page.id == name), None)

    def section_of(self, page: str) -> PlaybookSection:
        """The section a page belongs to. Raises KeyError."""
        return {item.id: section for section in self.playbook.all_sections for item in section.pages}[page]

    def next_page(self, after: str = "") -> QuestionPage | None:
        """The page that follows, or the first one; None when only checking the answers is left."""
        order = [page.id for section in self.playbook.all_sections for page in section.pages]
        start = order.index(after) + 1 if after else 0
        following = set(order[start:])
        return next((page for page in self.pages if page.id in following), None)

    def last(self, page: str) -> bool:
        """Whether this is the last page before the answers are checked."""
        return self._leads_on and self.next_page(page) is None

    def put(self, question: str, given: Typed | Answer) -> Guide:
        """Keep one answer as it was typed, right or wrong. An unchanged answer keeps its “check this” mark."""
        answer = self._answer(question, given)
        before = self.answers.get(question)
        if answer is not None and before is not None and (answer.value, answer.ask) == (before.value, before.ask):
            return self
        return Guide(self.playbook, self.answers.given(question, answer), self.known)

    def confirm(self, questions: Iterable[str]) -> Guide:
        """Confirm these answers as they were carried over; what is not ``to_check`` stays as it is."""
        wanted = set(questions)
        sure = [question.id for question in self.to_check if question.id in wanted]
        return self._with({name: replace(self.answers[name], check=False, carried=None) for name in sure})

    def unconfirm(self, before: Mapping[str, Answer]) -> Guide:
        """Take confirmations back: ``before`` are the answers as they were; one that was changed since stays."""
        return self._with(
            {
                name: answer
                for name, answer in before.items()
                if answer.check and self.answers.get(name) == replace(answer, check=False, carried=None)
            }
        )

    def chosen(self, given: Mapping[str, Answer | None]) -> Guide:
        """With these answers as somebody chose them, None for no answer; nothing of them is to check any more."""
        sure = {
            name: replace(answer, check=False, carried=None) for name, answer in given.items() if answer is not None
        }
        rest = {name: answer for name, answer in self.answers.items() if name not in given}
        return self.with_answers({**rest, **sure})

    def with_answers(self, answers: Mapping[str, Answer]) -> Guide:
        """The same playbook with exactly these answers."""
        return Guide(self.playbook, Answers(answers), self.known)

    def accept(self, page: str, given: Mapping[str, Typed | Answer]) -> GuideStep:
        """Take the answers of a page, confirm them and say what is wrong, what is thin and where to go."""
        guide = self
        for name, raw in given.items():
            guide = Guide(guide.playbook, guide.answers.given(name, guide._answer(name, raw)), guide.known)
        now = guide.page(page)
        questions = now.questions if now else ()
        problems = tuple(found for question in questions if (found := guide._problem(question)))
        hints = tuple(hint for question in questions if (hint := guide._hint(question)))
        return GuideStep(guide, problems, hints, now if problems else guide.next_page(page))

    def filed(self) -> Answers:
        """The answers to sign: only questions asked now, all valid. Raises a refusal while that cannot be."""
        stopped = self.stopped
        if stopped is not None:
            raise StoppedByScreening(title=stopped.title, explanation=stopped.explanation, instead=stopped.instead)
        found = self.problems
        if found:
            raise NotReadyToFile(count=len(found), first=found[0].told)
        answers = Answers({name: answer for name, answer in self.answers.items() if name in self._shown})
        if against := too_much(answers):
            raise against
        return answers

    @property
    def stopped(self) -> Route | None:
        """The route that ends the guide, when the answers take it."""
        return self.route if self.route is not None and self.route.stops else None

    @property
    def unasked(self) -> tuple[str, ...]:
        """The ids of the answers that are not filed, as nothing asks for them now; also of questions there are not."""
        return tuple(name for name in self.answers if name not in self._shown)

    @property
    def _leads_on(self) -> bool:
        return self.route is not None and not self.route.stops

    def _with(self, changed: Mapping[str, Answer]) -> Guide:
        return self.with_answers({**self.answers, **changed}) if changed else self

    def _answer(self, question: str, given: Typed | Answer) -> Answer | None:
        if isinstance(given, Answer):
            return replace(given, check=False, carried=None)
        return typed(self.playbook.question(question), given)

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(question.id for question in self.known.shown)

    @cached_property
    def _problems(self) -> Mapping[str, AnswerProblem | None]:
        return {question.id: self._judged(question) for question in self.known.shown}

    def _problem(self, question: Question) -> AnswerProblem | None:
        """What is wrong with the answer; nothing while the question is not asked."""
        return self._problems.get(question.id)

    def _judged(self, question: Question) -> AnswerProblem | None:
        answer = self.answers.get(question.id)
        # What is a fact was checked already.
        fits = isinstance(self.known.facts[question.id], Answer)
        found = None if fits else problem(question, answer, required=self.known.required(question))
        if found is None and answer is not None and answer.check:
            told = _TO_CHOOSE() if is_to_choose(answer) else _CARRIED_OVER()
            return AnswerProblem(question.id, Fault.CHECK_THIS, question.label, told)
        return found

    def _hint(self, question: Question) -> Hint | None:
        return thin(question, self.answers.get(question.id), self.answers)

    def _task(self, section: PlaybookSection) -> GuideTask:
        shown = [question for question in section.questions if question.id in self._shown]
        faults = {question.id: found.fault for question in shown if (found := self._problem(question))}
        may_start = section is self.playbook.screening or self._leads_on
        return task_of(section, shown, self.answers, faults, may_start=may_start)


def too_much(answers: Answers) -> Refusal | None:
    """Why these answers are more than one revision may hold."""
    if len(answers.attachments) > MAX_FILES:
        return TooManyAttachments(count=len(answers.attachments), limit=MAX_FILES)
    size = _size(answers.as_json())
    if size > MAX_FILED_BYTES:
        return AnswersTooLong(size=-(-size // 1024), limit=MAX_FILED_BYTES // 1024)
    return None


def started_from(playbook: Playbook, earlier: Mapping[str, Answer], source: Carried | None = None) -> Guide:
    """A new draft from answers given elsewhere: all this playbook still asks for, each marked “check this”, from ``source``."""
    names = {question.id for question in playbook.questions}
    kept = Answers({name: answer for name, answer in earlier.items() if name in names})
    return Guide(playbook, kept.carried(source))


def new_questions(older: Playbook, newer: Playbook) -> tuple[Question, ...]:
    """What a newer playbook asks that the older one did not, to be offered for a draft made with the older one."""
    before = {question.id for question in older.questions}
    return tuple(question for question in newer.questions if question.id not in before)


def compared(playbook: Playbook, before: Mapping[str, Answer], after: Mapping[str, Answer]) -> tuple[Compared, ...]:
    """What changed between two sets of answers, in words, in the order of the guide; unknown questions come last."""
    found = {change.question: change.move for change in changes(before, after)}
    sets = [AnswerSet({name: given[name] for name in found if name in given}, playbook) for given in (before, after)]
    return tuple(Compared(row.id, row.question, found[row.id], *row.said) for row in side_by_side(sets))


def _size(value: Json) -> int:
    """Bytes of the canonical JSON, however long it is (``canonical.dump`` refuses what is over its own limit)."""
    match value:
        case str():
            return len(value.encode()) + 2 + value.count("\n") + value.count('"') + value.count("\\")
        case Mapping():
            return sum(_size(name) + _size(item) + 2 for name, item in value.items()) + 2
        case list() | tuple():
            return sum(_size(item) + 1 for item in value) + 2
    return len(str(value)) + 2

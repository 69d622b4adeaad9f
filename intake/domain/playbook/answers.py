"""Answers: what a person said, question by question, in a draft or in a filed revision.

An answer is a value or “I don't know”; there is no third thing that looks like a no. Here are the values, their strict
JSON and what changed between two sets. Whether an answer suits its question is judged in ``answer_checks``; which
questions are asked at all is decided in ``asked``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias, TypeVar, overload

from intake.domain.acts.envelope import Attachment
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.names import QUESTION, is_id
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording

_D = TypeVar("_D")

Value: TypeAlias = bool | int | str | tuple[str, ...] | tuple[Attachment, ...]
"""Yes/no, number, text (also an option id, a name, or a day as ``2026-11-22``), several of these, or files."""

MAX_ASK = 120
"""Characters of the name of the person who will know."""

MAX_FILED_BYTES = 640 * 1024
"""All answers of one revision together, as JSON: an act may hold 1 MiB and carries more than the answers."""

_FILE_KEYS = {"sha256", "size", "media_type", "name"}


class UnreadableAnswers(Refusal):
    what = "These answers cannot be read: {detail}."
    why = "Answers are signed, so they are read only in the one form in which they were written."
    next = "Open the draft again, or ask the sender to file again."


class AnswersTooLong(Refusal):
    what = "All answers together are too long to file: {size} of at most {limit} kilobytes."
    why = "A signed revision has a fixed largest size, so that every office can receive it."
    next = "Shorten the longest answers, or attach the long text as a file."


_NO_LIST = Wording("AnswersNoList", "they are not a list of questions with answers")
_NO_QUESTION = Wording("AnswersNoQuestion", "“{name}” cannot be the id of a question")
_ODD_FORM = Wording("AnswersOddForm", "the answer to {question} is not in the right form")
_MARKED = Wording("AnswersMarked", "the answer to {question} carries a mark that belongs in drafts only")
_NO_VALUE = Wording("AnswersNoValue", "the answer to {question} is neither a value nor “I don't know”")
_ODD_VALUE = Wording("AnswersOddValue", "the value of the answer to {question} has an unexpected form")
_NO_ORIGIN = Wording("AnswersNoOrigin", "the answer to {question} does not say where it was carried over from")
_NO_NAME = Wording("AnswersNoName", "whom to ask about {question} is not a name")
_ODD_FILE = Wording("AnswersOddFile", "a file in the answer to {question} does not have the expected fields")
_NO_SIZE = Wording("AnswersNoSize", "a file in the answer to {question} has no size")


class Origin(StrEnum):
    """Where a carried answer was given before."""

    TEMPLATE = "template"
    EARLIER = "earlier use case"
    SIMILAR = "similar use case"
    MODEL = "model file"
    COMPETING = "competing revision"
    """One of several revisions of this very use case that take the place of the same one, and give another answer each."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Where an answer comes from: what kind of thing that is, and what it was called then (it may be called nothing)."""

    origin: Origin
    name: str = ""

    def as_json(self) -> dict[str, Json]:
        return {"origin": self.origin.value, "name": self.name}


@dataclass(frozen=True, slots=True)
class Answer:
    """A value, or None for “I don't know”. ``check`` marks an answer carried over from elsewhere; drafts only.

    ``ask`` names who will know, and goes only with “I don't know”: the open point is theirs. ``carried`` says where an answer
    to check comes from, as far as that is known; it goes only with ``check``.
    """

    value: Value | None
    check: bool = False
    ask: str = ""
    carried: Carried | None = None

    @property
    def unknown(self) -> bool:
        return self.value is None

    @property
    def files(self) -> tuple[Attachment, ...]:
        if not isinstance(self.value, tuple):
            return ()
        return tuple(entry for entry in self.value if isinstance(entry, Attachment))

    def as_json(self) -> dict[str, Json]:
        made: dict[str, Json] = {"unknown": True} if self.value is None else {"value": _value_json(self.value)}
        if self.ask and self.value is None:
            made["ask"] = self.ask
        if not self.check:
            return made
        return made | {"check": self.carried.as_json() if self.carried else True}


DONT_KNOW = Answer(None)


class Answers(Mapping[str, Answer]):
    """Answers by question id, frozen and hashable; iterates in the order of the ids."""

    __slots__ = ("_given",)

    def __init__(self, given: Mapping[str, Answer] | None = None) -> None:
        self._given = dict(sorted((given or {}).items()))

    def __getitem__(self, question: str) -> Answer:
        return self._given[question]

    # Mapping.get catches an exception for each question not answered yet, and that is most of them in a new draft.
    @overload
    def get(self, question: str, /) -> Answer | None: ...
    @overload
    def get(self, question: str, default: Answer | _D, /) -> Answer | _D: ...
    def get(self, question: str, default: Answer | _D | None = None, /) -> Answer | _D | None:
        return self._given.get(question, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def __hash__(self) -> int:
        return hash(tuple(self._given.items()))

    def __repr__(self) -> str:
        return f"Answers({self._given!r})"

    def given(self, question: str, answer: Answer | None) -> Answers:
        """These answers with one replaced, or removed (None)."""
        rest = {name: known for name, known in self._given.items() if name != question}
        return Answers(rest if answer is None else rest | {question: answer})

    def carried(self, source: Carried | None = None) -> Answers:
        """The same answers, each marked “check this”, as the start of another use case; ``source`` is where they are from."""
        return Answers({name: replace(known, check=True, carried=source) for name, known in self._given.items()})

    @property
    def unknown(self) -> tuple[str, ...]:
        """The questions answered “I don't know”."""
        return tuple(name for name, known in self._given.items() if known.unknown)

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Every file named by an answer, once, ordered by digest and name."""
        found = {file for known in self._given.values() for file in known.files}
        return tuple(sorted(found, key=lambda file: (file.sha256, file.name, file.media_type, file.size)))

    def as_json(self) -> dict[str, Json]:
        return {name: known.as_json() for name, known in self._given.items()}

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON."""
        return canonical.digest(self.as_json())


class Move(StrEnum):
    """What happened to one answer between two sets."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One answer that differs between two sets; ``before`` or ``after`` is None where it is not there."""

    question: str
    before: Answer | None
    after: Answer | None

    @property
    def move(self) -> Move:
        if self.before is None:
            return Move.ADDED
        return Move.REMOVED if self.after is None else Move.CHANGED


def from_json(value: Json, *, draft: bool = False) -> Answers:
    """Read what ``Answers.as_json`` wrote; the “check this” mark only in a draft. Raises UnreadableAnswers."""
    if not isinstance(value, Mapping):
        raise UnreadableAnswers(detail=_NO_LIST())
    return Answers({name: answer_from_json(name, item, draft=draft) for name, item in value.items()})


def answer_from_json(question: str, value: Json, *, draft: bool = False) -> Answer:
    """Read one answer, as ``Answer.as_json`` wrote it. Raises UnreadableAnswers."""
    if not QUESTION.fullmatch(question):
        raise UnreadableAnswers(detail=_NO_QUESTION(name=question[:60]))
    if not isinstance(value, Mapping):
        raise UnreadableAnswers(detail=_ODD_FORM(question=question))
    if "check" in value and not draft:
        raise UnreadableAnswers(detail=_MARKED(question=question))
    check = "check" in value
    carried = _carried(question, value["check"]) if check else None
    rest = value.keys() - {"check"}
    if rest <= {"unknown", "ask"} and value.get("unknown") is True:
        return Answer(None, check, _asked_person(question, value), carried)
    if rest != {"value"}:
        raise UnreadableAnswers(detail=_NO_VALUE(question=question))
    return Answer(_value(question, value["value"]), check, carried=carried)


def changes(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> tuple[AnswerChange, ...]:
    """What differs, ordered by question id; the “check this” mark is no difference."""
    found: list[AnswerChange] = []
    for name in sorted(before.keys() | after.keys()):
        one, other = before.get(name), after.get(name)
        if differ(one, other):
            found.append(AnswerChange(name, one, other))
    return tuple(found)


def differ(one: Answer | None, other: Answer | None) -> bool:
    """Whether two answers to one question say something else; None is no answer, and “check this” no difference."""
    if one is None or other is None:
        return one is not other
    # Python holds True == 1; a yes is not the number one.
    return one.value != other.value or type(one.value) is not type(other.value) or one.ask != other.ask


def _value_json(value: Value) -> Json:
    if isinstance(value, tuple):
        return [entry.as_json() if isinstance(entry, Attachment) else entry for entry in value]
    return value


def _value(question: str, value: Json) -> Value:
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, Sequence):
        texts = tuple(entry for entry in value if isinstance(entry, str))
        if value and len(texts) == len(value):
            return texts
        files = tuple(_file(question, entry) for entry in value if isinstance(entry, Mapping))
        if value and len(files) == len(value):
            return files
    raise UnreadableAnswers(detail=_ODD_VALUE(question=question))


def _carried(question: str, mark: Json) -> Carried | None:
    """Where an answer to check comes from; None where nobody has said (the mark is a bare yes)."""
    if mark is True:
        return None
    if isinstance(mark, Mapping) and mark.keys() == {"origin", "name"}:
        origin, name = mark["origin"], mark["name"]
        if isinstance(name, str) and isinstance(origin, str) and origin in set(Origin):
            return Carried(Origin(origin), name)
    raise UnreadableAnswers(detail=_NO_ORIGIN(question=question))


def _asked_person(question: str, value: Mapping[str, Json]) -> str:
    if "ask" not in value:
        return ""
    name = value["ask"]
    if not isinstance(name, str) or not name or len(name) > MAX_ASK or " ".join(canonical.clean(name).split()) != name:
        raise UnreadableAnswers(detail=_NO_NAME(question=question))
    return name


def _file(question: str, value: Mapping[str, Json]) -> Attachment:
    if value.keys() != _FILE_KEYS:
        raise UnreadableAnswers(detail=_ODD_FILE(question=question))
    sha256, size, media_type, name = (value[key] for key in ("sha256", "size", "media_type", "name"))
    if not is_id(sha256) or not isinstance(media_type, str) or not isinstance(name, str) or not name:
        raise UnreadableAnswers(detail=_ODD_FILE(question=question))
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise UnreadableAnswers(detail=_NO_SIZE(question=question))
    return Attachment(str(sha256), size, media_type, name)

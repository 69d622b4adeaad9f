"""Templates: common uses of AI described beforehand, to start a use case with.

They come with the app and are no part of any playbook: nobody decides on a template, and each of its answers has to be
confirmed before it can be filed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from intake.domain.base.canonical import clean
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.playbook import answers as said
from intake.domain.playbook.answer_checks import fits
from intake.domain.playbook.answers import Answer, Answers
from intake.domain.playbook.questions import QuestionKind
from intake.domain.playbook.whole import Playbook

_TWO_TEMPLATES_ARE_CALLED = Wording("TemplatesTwoTemplatesAreCalled", "two templates are called “{name}”")
_ITS_KEYS_ARE_NOT_THE_EXPECTED = Wording(
    "TemplatesItsKeysAreNotTheExpectedOnes", "its keys are not the expected ones ({odd})"
)
_IT_HAS_NO_ANSWERS_OR_FILES = Wording(
    "TemplatesItHasNoAnswersOrFilesAmongThem", "it has no answers, or files among them"
)
_IS_NOT_A_PLAIN_TEXT = Wording("TemplatesIsNotAPlainText", "“{key}” is not a plain text")

FOLDER = "playbook/templates"

_TEXTS = ("id", "title", "text", "why")


class UnreadableTemplate(Refusal):
    what = "The template {name} cannot be read: {detail}."
    why = "A template that is half understood would put wrong answers into a use case."
    next = "Install Countersign again from its original source, or correct the file named here."


class NoSuchTemplate(Refusal):
    what = "There is no template called “{name}”."
    why = "Templates come with the app, and another version may bring others."
    next = "Choose one of the templates on the start page, or begin with an empty form."


@dataclass(frozen=True, slots=True)
class Template:
    """A common use. ``text`` says what it is for, ``why`` what to look at; ``answers`` are where a draft starts."""

    id: str
    title: str
    text: str
    why: str
    answers: Answers


def read_templates(
    read: Callable[[str], bytes], names: Callable[[str], tuple[str, ...]], folder: str = FOLDER
) -> tuple[Template, ...]:
    """Every template in a folder of resources, in the order of the file names. Raises UnreadableTemplate."""
    found = tuple(read_template(name, read(name)) for name in names(folder) if name.endswith(".toml"))
    twice = {item.id for item in found if sum(other.id == item.id for other in found) > 1}
    if twice:
        raise UnreadableTemplate(name=folder, detail=_TWO_TEMPLATES_ARE_CALLED(name=min(twice)))
    return found


@lru_cache(maxsize=64)
def read_template(name: str, data: bytes) -> Template:
    """One template from its TOML, parsed once however many installations open. Raises UnreadableTemplate."""
    try:
        table = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableTemplate(name=name, detail=str(error)) from None
    if table.keys() != {*_TEXTS, "answers"}:
        odd = ", ".join(sorted(table.keys() ^ {*_TEXTS, "answers"}))
        raise UnreadableTemplate(name=name, detail=_ITS_KEYS_ARE_NOT_THE_EXPECTED(odd=odd))
    for key in _TEXTS:
        if not isinstance(table[key], str) or clean(table[key]).strip() != table[key] or not table[key]:
            raise UnreadableTemplate(name=name, detail=_IS_NOT_A_PLAIN_TEXT(key=key))
    given = dict(_flat(table["answers"] if isinstance(table["answers"], Mapping) else {}))
    try:
        answers = said.from_json({key: {"value": _value(value)} for key, value in given.items()})
    except said.UnreadableAnswers as refusal:
        raise UnreadableTemplate(name=name, detail=refusal.facts["detail"]) from None
    if not answers or answers.attachments:
        raise UnreadableTemplate(name=name, detail=_IT_HAS_NO_ANSWERS_OR_FILES())
    return Template(table["id"], table["title"], table["text"], table["why"], answers)


def suited(playbook: Playbook, template: Template) -> Answers:
    """The answers of a template that this playbook asks for and accepts."""
    known = {question.id: question for question in playbook.questions if question.kind is not QuestionKind.FILES}
    return Answers(
        {
            name: Answer(answer.value)
            for name, answer in template.answers.items()
            if name in known and answer.value is not None and fits(known[name], answer.value)
        }
    )


def _flat(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """``purpose.title = …`` and ``"purpose.title" = …`` are the same."""
    found: list[tuple[str, Any]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            found += [(f"{key}.{name}", one) for name, one in value.items()]
        else:
            found.append((key, value))
    return found


def _value(value: object) -> Any:  # noqa: ANN401 - whatever it is, reading answers judges it
    return value.isoformat() if isinstance(value, date) else value

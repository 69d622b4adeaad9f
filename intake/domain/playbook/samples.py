"""Sample answers: for each question the few values that conditions can tell apart, mildest first.

Choices are closed lists, numbers and days matter only at the limits that conditions name, and of a text it matters only
that it is there. So a few samples represent every answer, and searching through them misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from intake.domain.acts.envelope import Attachment
from intake.domain.playbook.answer_checks import fits
from intake.domain.playbook.answers import DONT_KNOW, Answer, Value
from intake.domain.playbook.questions import Question, QuestionKind
from intake.domain.playbook.rules import Operator, Says

ALL_SUBSETS = 8
"""Up to so many options named in conditions every combination is a sample, beyond that those of at most three."""

_DAY = date(2027, 1, 31)
_NUMBER = 20
_MONEY = "EUR 20000"
_TEXT = "A sample answer that says as much as is needed. "
_FILE = Attachment("5a" * 32, 1, "text/plain", "sample.txt")


def samples(question: Question, leaves: Iterable[Says]) -> tuple[Answer, ...]:
    """Answers that fit the question, of which ``leaves`` (all that ask about it) tell no more apart.

    The first is the mildest: the first option, the one that excludes all others, or no. “I don’t know” comes last, if allowed.
    """
    found = dict.fromkeys(_values(question, tuple(leaves)))
    known = tuple(Answer(value) for value in found if fits(question, value))
    return (*known, DONT_KNOW) if question.may_be_unknown else known


def _values(question: Question, leaves: tuple[Says, ...]) -> Iterator[Value]:
    limits = [value for leaf in leaves if leaf.operator not in _ANY_VALUE for value in leaf.values]
    match question.kind:
        case QuestionKind.CHOICE:
            yield from (option.id for option in question.options)
        case QuestionKind.CHOICES:
            yield from _subsets(question, frozenset(str(limit) for limit in limits))
        case QuestionKind.YES_NO:
            yield from (False, True)
        case QuestionKind.NUMBER:
            named = [limit for limit in limits if isinstance(limit, int)]
            top = _NUMBER if question.most is None else min(_NUMBER, question.most)
            yield max(question.least, top)
            yield from (limit + step for limit in named for step in (-1, 0, 1))
            yield question.least
        case QuestionKind.DATE:
            yield _DAY.isoformat()
            for limit in limits:
                day = date.fromisoformat(str(limit))
                yield from ((day + timedelta(days=step)).isoformat() for step in (-1, 0, 1))
        case QuestionKind.MONEY:
            yield _MONEY
        case QuestionKind.TEXTS:
            yield tuple(f"Entry {number}"[-question.item_most :] for number in range(1, max(1, question.least) + 1))
        case QuestionKind.FILES:
            count = range(max(1, question.least))
            yield tuple(Attachment(f"{number:064x}", _FILE.size, _FILE.media_type, _FILE.name) for number in count)
        case _:
            wanted = max(question.least, min(len(_TEXT), question.most or len(_TEXT)))
            yield (_TEXT * (wanted // len(_TEXT) + 1))[:wanted].strip().ljust(wanted, ".")


def _subsets(question: Question, named: frozenset[str]) -> Iterator[tuple[str, ...]]:
    alone = [option.id for option in question.options if option.alone]
    free = [option.id for option in question.options if not option.alone]
    yield from ((name,) for name in (*alone, *free))
    telling = [name for name in free if name in named]
    most = len(telling) if len(telling) <= ALL_SUBSETS else 3
    for size in range(1, most + 1):
        for chosen in combinations(telling, size):
            # A question that wants more entries gets them from options nobody asks about, as far as there are any.
            rest = sorted((name for name in free if name not in chosen), key=lambda name: name in named)
            full = {*chosen, *rest[: max(0, question.least - size)]}
            yield tuple(option.id for option in question.options if option.id in full)


# Python holds True == 1, and these two operators carry a true that is no limit.
_ANY_VALUE = frozenset({Operator.ANSWERED, Operator.UNKNOWN})

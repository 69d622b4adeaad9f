"""The words of reasons and refusals, in the language that is spoken: the one place where a code becomes a sentence.

English is the source text and stands beside its rule: a ``Wording`` in the file that decides, or the class of a refusal. A
``Wording`` is a clause, a ``Sentence`` is one or several whole ones, a ``Caption`` names a value. Every other language is a
catalogue, template by key: the code of a wording, or the code of a refusal with ``.what``, ``.why`` and ``.next``. A sentence with
a ``count`` has further keys, one for each plural form of the language (``plurals``). What a catalogue lacks is said in English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from datetime import date
from string import Formatter
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from intake.domain.base.directions import isolated
from intake.domain.base.plurals import ONE, PluralRule, one_or_more
from intake.domain.base.reasons import Fact, Reason, reason_of

_KEY = TypeVar("_KEY")
_WORDING = TypeVar("_WORDING", bound="Wording")
Catalogue: TypeAlias = Mapping[str, str]
ENGLISH: Catalogue = {}
PARTS = ("what", "why", "next")
_ELLIPSIS = "…"
_sources: dict[str, str] = {}
"""The English template of every key whose module is loaded."""


class _Language:
    """Which catalogue is spoken, in the whole process, by which rule it counts, and how it writes days and long numbers."""

    catalogue: Catalogue = ENGLISH
    plural: PluralRule = staticmethod(one_or_more)
    day: Callable[[date], str] = staticmethod(date.isoformat)
    number: Callable[[int], str] = staticmethod("{:,}".format)


class Wording:
    """One reason that a rule can give: its code, and its English template with the facts as ``{names}``.

    Called with exactly those facts it gives the ``Reason``. A code is never used for something else.
    """

    def __init__(self, code: str, english: str) -> None:
        self.code = code
        self.english = english
        self.facts = fields(english)
        self._plain = Reason(code)
        if _sources.setdefault(code, english) != english:
            raise ValueError(f"two reasons have the code {code}")

    def __call__(self, **facts: Fact) -> Reason:
        if facts.keys() != self.facts:
            raise TypeError(f"{self.code} has the facts {sorted(self.facts)}")
        return reason_of(self.code, facts) if facts else self._plain


class Sentence(Wording):
    """One or several whole sentences. ``one`` is what they are where the fact ``count`` is one."""

    def __init__(self, code: str, english: str, one: str = "") -> None:
        super().__init__(code, english)
        if one:
            source(f"{code}.{ONE}", one)


class Caption(Wording):
    """What a value is called: beside it in a list, or in the middle of a sentence."""


def worded(kind: type[_WORDING], rows: Mapping[_KEY, tuple[str, str]]) -> Mapping[_KEY, _WORDING]:
    """A wording for each key, such as each member of an enumeration, from its code and its English."""
    return {key: kind(code, english) for key, (code, english) in rows.items()}


def fields(template: str) -> frozenset[str]:
    """The names of the facts in a template."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def source(key: str, english: str) -> None:
    """Make an English template known under its key, so that what was stored under it can be said again."""
    _sources[key] = english


def sources() -> Catalogue:
    """The English template of every key that is known in this process."""
    return MappingProxyType(_sources)


def speak(
    catalogue: Catalogue,
    plural: PluralRule = one_or_more,
    day: Callable[[date], str] = date.isoformat,
    number: Callable[[int], str] = "{:,}".format,
) -> None:
    """Say everything by this catalogue from now on; ``ENGLISH`` is the one that is empty.

    ``plural`` is how its language counts, ``day`` how it writes a day: as the acts do where nobody says otherwise.
    ``number`` is how it writes a number that may be long.
    """
    _Language.catalogue = catalogue
    _Language.plural = staticmethod(plural)
    _Language.day = staticmethod(day)
    _Language.number = staticmethod(number)


def words(found: Reason | None) -> str:
    """A reason in words: of a rule a clause without a full stop, of a refusal the sentence of what happened.

    Nothing where there is no reason.
    """
    if found is None:
        return ""
    if found.code == DAY.code:
        return _day_said(found)
    if found.code == FIGURES.code:
        return _number_said(found)
    return _stored(found.code if found.code in _sources else f"{found.code}.what", found)


def sentence(found: Reason | None) -> str:
    """A reason as a whole sentence."""
    clause = words(found)
    return clause[:1].upper() + clause[1:] + ("." if clause and clause[-1] not in ".?!" else "")


def sentences(found: Reason) -> tuple[str, str, str]:
    """What happened, why, and what to do next; of what is no refusal only the first."""
    if f"{found.code}.what" not in _sources:
        return words(found), "", ""
    what, why, following = (_stored(f"{found.code}.{part}", found) for part in PARTS)
    return what, why, following


def _stored(key: str, found: Reason) -> str:
    """What another version stored may lack the facts that this one's sentence needs, or be unknown to it."""
    if key not in _sources:
        return words(UNKNOWN(code=found.code))
    facts = dict.fromkeys(fields(_sources[key]), _ELLIPSIS) | dict(found.facts)
    return _counted(key, facts) if f"{key}.{ONE}" in _sources else fill(key, _sources[key], facts)


def _day_said(found: Reason) -> str:
    iso = str(dict(found.facts).get("iso", _ELLIPSIS))
    try:
        return _Language.day(date.fromisoformat(iso))
    except ValueError:
        return iso  # of another version, which may write more than a day


def _number_said(found: Reason) -> str:
    number = dict(found.facts).get("number", _ELLIPSIS)
    return _Language.number(number) if isinstance(number, int) else str(number)


def _counted(key: str, facts: Mapping[str, object]) -> str:
    count = facts["count"]
    number = count if isinstance(count, int) else 0
    form = f"{key}.{_Language.plural(number)}"
    english = _sources[f"{key}.{ONE}"] if one_or_more(number) == ONE else _sources[key]
    return fill(form if form in _Language.catalogue else key, english, facts)


def fill(key: str, english: str, facts: Mapping[str, object]) -> str:
    """The template of a key in the language spoken, with the facts in it.

    Raises KeyError where the English one needs a fact that is not there; a translation that does is not used.
    """
    template = _Language.catalogue.get(key, english)
    if template is not english and not _fits(template, facts):
        template = english
    # format_map on foreign text would let "{" in a fact be read as a field, so facts are only ever values here.
    isolate = isolated if _on_screen.get() else str
    return template.format_map(
        {name: words(value) if isinstance(value, Reason) else isolate(str(value)) for name, value in facts.items()}
    )


def _fits(template: str, facts: Mapping[str, object]) -> bool:
    try:
        parts = [
            (name, spec, conversion) for _, name, spec, conversion in Formatter().parse(template) if name is not None
        ]
    except ValueError:
        return False
    return all(name in facts and not spec and not conversion for name, spec, conversion in parts)


def said(value: object) -> str:
    """A fact in words: a reason is put into them, everything else is what it is."""
    return words(value) if isinstance(value, Reason) else str(value)


def shown(value: Fact) -> str:
    """A fact in words for a screen: what somebody wrote reads in a sentence as it reads alone, in whatever direction."""
    before = _on_screen.set(True)
    try:
        return said(value)
    finally:
        _on_screen.reset(before)


_on_screen = ContextVar("on_screen", default=False)


def listed(items: Sequence[Fact]) -> Fact:
    """Several facts as one, as a sentence lists what belongs together: “a, b and c”. Empty text for none."""
    return _AND(first=enumerated(items[:-1]), last=items[-1]) if len(items) > 1 else enumerated(items)


def either(items: Sequence[Fact]) -> Fact:
    """Several facts as one, as a sentence lists what one is chosen of: “a, b or c”. Empty text for none."""
    return _OR(first=enumerated(items[:-1]), last=items[-1]) if len(items) > 1 else enumerated(items)


def enumerated(items: Sequence[Fact]) -> Fact:
    """Several facts as one: “a, b, c”. Empty text for none."""
    if len(items) < 2:
        return items[0] if items else ""
    # By halves: what is listed may be as much as somebody sends, and what lies within each other has to be shallow.
    middle = len(items) // 2
    return _COMMA(first=enumerated(items[:middle]), rest=enumerated(items[middle:]))


def on_day(value: date) -> Reason:
    """A day as a fact: screens write it as their language does, everything else as the acts do."""
    return DAY(iso=value.isoformat())


def in_figures(value: int) -> Reason:
    """A number that may be long, as a fact: its digits stand in groups, as the language has them."""
    return FIGURES(number=value)


def together(*parts: Reason | None) -> Reason:
    """Sentences one after the other, as one; at least one of them is there."""
    first, *rest = [item for item in parts if item is not None]
    return _THEN(first=first, then=together(*rest)) if rest else first


_AND = Wording("ListedAnd", "{first} and {last}")
_OR = Wording("ListedOr", "{first} or {last}")
_COMMA = Wording("ListedComma", "{first}, {rest}")
_THEN = Sentence("SaidTogether", "{first} {then}")
DAY = Caption("Day", "{iso}")
FIGURES = Caption("Figures", "{number}")
UNKNOWN = Wording("ReasonUnknown", "for a reason that only another version of Countersign has words for ({code})")

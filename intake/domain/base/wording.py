"""The words of reasons and refusals, in the language that is spoken: the one place where a code becomes a sentence.

English is the source text and stands beside its rule: a ``Wording`` in the file that decides, or the class of a refusal. Every
other language is a catalogue, template by key: the code of a wording, or the code of a refusal with ``.what``, ``.why`` and
``.next``. What a catalogue lacks is said in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from types import MappingProxyType
from typing import TypeAlias

from intake.domain.base.reasons import Fact, Reason, reason_of

Catalogue: TypeAlias = Mapping[str, str]
ENGLISH: Catalogue = {}
PARTS = ("what", "why", "next")
_ELLIPSIS = "…"
_sources: dict[str, str] = {}
"""The English template of every key whose module is loaded."""


class _Language:
    """Which catalogue is spoken, in the whole process."""

    catalogue: Catalogue = ENGLISH


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


def fields(template: str) -> frozenset[str]:
    """The names of the facts in a template."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def source(key: str, english: str) -> None:
    """Make an English template known under its key, so that what was stored under it can be said again."""
    _sources[key] = english


def sources() -> Catalogue:
    """The English template of every key that is known in this process."""
    return MappingProxyType(_sources)


def speak(catalogue: Catalogue) -> None:
    """Say everything by this catalogue from now on; ``ENGLISH`` is the one that is empty."""
    _Language.catalogue = catalogue


def words(found: Reason | None) -> str:
    """A reason in words: of a rule a clause without a full stop, of a refusal the sentence of what happened.

    Nothing where there is no reason.
    """
    if found is None:
        return ""
    return _stored(found.code if found.code in _sources else f"{found.code}.what", found)


def sentence(found: Reason | None) -> str:
    """A reason as a whole sentence."""
    said = words(found)
    return said[:1].upper() + said[1:] + ("." if said and said[-1] not in ".?!" else "")


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
    missing = dict.fromkeys(fields(_sources[key]), _ELLIPSIS)
    return fill(key, _sources[key], missing | dict(found.facts))


def fill(key: str, english: str, facts: Mapping[str, object]) -> str:
    """The template of a key in the language spoken, with the facts in it.

    Raises KeyError where the English one needs a fact that is not there; a translation that does is not used.
    """
    template = _Language.catalogue.get(key, english)
    if template is not english and not _fits(template, facts):
        template = english
    # format_map on foreign text would let "{" in a fact be read as a field, so facts are only ever values here.
    return template.format_map({name: _said(value) for name, value in facts.items()})


def _fits(template: str, facts: Mapping[str, object]) -> bool:
    try:
        parts = [
            (name, spec, conversion) for _, name, spec, conversion in Formatter().parse(template) if name is not None
        ]
    except ValueError:
        return False
    return all(name in facts and not spec and not conversion for name, spec, conversion in parts)


def _said(value: object) -> str:
    return words(value) if isinstance(value, Reason) else str(value)


UNKNOWN = Wording("ReasonUnknown", "for a reason that only another version of Countersign has words for ({code})")

"""The playbook: versioned content that asks, classifies, warns and advises, and the module to import it from.

A playbook is written as TOML (one file per section, and ``meta``, ``rules``, ``threats``, ``controls``, ``duties``,
``classifications``, ``contradictions``, ``chapters``, ``sources``), read strictly into frozen data, and named by the SHA-256 of its canonical JSON. In that JSON it also travels
as a blob, so that an old draft opens with the playbook version it was made with. Bytes are handed in; nothing is opened
here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.located import PlacedRefusal, RefusalCollector
from intake.domain.base.wording import Wording
from intake.domain.playbook.reading.checks import checked, named, problems
from intake.domain.playbook.reading.content import WHOLE, read
from intake.domain.playbook.reading.document import joined, parsed, spelt_out
from intake.domain.playbook.reading.places import At, place_of
from intake.domain.playbook.reading.refusals import UnreadablePlaybook
from intake.domain.playbook.whole import Playbook

_DEFAULTS_WRITTEN = Wording("PlaybookDefaultsWritten", "it writes out what is left at its default")


def load(files: Mapping[str, bytes]) -> Playbook:
    """Read a playbook from TOML files by name; only the last part of a name (``meta.toml``) matters.

    Raises UnreadablePlaybook, rules.UnreadableCondition or a refusal of ``checks``; each names file and line.
    """
    try:
        return _load(files, located=False)
    except PlacedRefusal:
        # Finding every line takes longer than reading, so it is done only when a line has to be named.
        return _load(files, located=True)


def refusals(files: Mapping[str, bytes]) -> tuple[PlacedRefusal, ...]:
    """Everything ``load`` would refuse, as much as one reading can tell; nothing when it reads it."""
    found = RefusalCollector(strict=False)
    with found.each():
        # What is wrong at one step would only be said again, in other words, by the next.
        tables = parsed(files, found)
        document = joined(tables, found) if not found.refusals else None
        document = spelt_out(document, found) if document and not found.refusals else None
        if document and not found.refusals:
            whole(document, found)
    return tuple(found.refusals)


def whole(document: Mapping[str, object], found: RefusalCollector) -> Playbook:
    """The checked playbook in a document that spells everything out. What is refused goes to ``found``."""
    playbook = read(document, found)
    if not found.refusals:
        for refusal in problems(playbook):
            where = refusal.facts["where"]
            found.add(refusal.at(place_of(document, where) if isinstance(where, At) else None))
    return named(playbook)


def _load(files: Mapping[str, bytes], *, located: bool) -> Playbook:
    found = RefusalCollector()
    return whole(spelt_out(joined(parsed(files, found, located=located), found), found), found)


def from_json(value: Json) -> Playbook:
    """Read what ``Playbook.as_json`` wrote. Raises what ``load`` raises, without places."""
    return checked(read(value, RefusalCollector()))


def to_blob(playbook: Playbook) -> bytes:
    """The canonical JSON whose SHA-256 is the playbook's digest."""
    return playbook.blob


@lru_cache(maxsize=4)
def from_blob(data: bytes) -> Playbook:
    """Read ``to_blob``'s bytes, strictly. Raises canonical.NotCanonical and what ``load`` raises.

    Reading takes longer than everything else that is done with a playbook, and the same few are read again and again.
    """
    playbook = from_json(canonical.parse(data))
    if to_blob(playbook) != data:
        raise UnreadablePlaybook(detail=_DEFAULTS_WRITTEN(), where=WHOLE())
    return playbook

"""The plain English on a screen in the pseudo language, and what of it comes from the domain, the playbook or people."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import intake
import resources
from intake.domain.base.words import _WORDS
from intake.domain.case.summary import reference
from tests.ui.pseudo import ACCENTED, CLOSE, OPEN
from ui.review.remarks import NAMED

_REFERENCE = "-".join(("UC", *(rf"\w{{{len(group)}}}" for group in reference("0" * 64).split("-")[1:])))
_FACTS = re.compile(
    rf"""
    \b{_REFERENCE}\b                                          # references
    | \b[0-9a-f]{{12,}}(\.p7m)?\b | \b[0-9a-f]{{4}}(\ [0-9a-f]{{4}})+\b  # digests
    | \b(?:(?:{"|".join(_WORDS)})\ ){{9}}\w+                   # a digest in ten words
    | \b((Ctrl|Alt|Shift)\+)+\S+ | \b(Del|F1)\b                # keys
    | \b\d{{1,2}}\ [A-Z][a-z]{{2,8}}\ \d{{4}}\b | \b[A-Z][a-z]+day,  # days by the locale, which is English here
    | \b\d+(\.\d+)?\ (bytes|kB|MB|GB)\b | \bUTC\b              # sizes and times
    | (/[\w.-]+){{2,}} | https:// | \b[a-z]+/[a-z.+-]+\b        # paths, addresses, media types
    | \b[a-z-]+\.[a-z-]+\b | \b[\w.-]+\.(csv|pdf|png|txt|zip)\b  # person ids and file names
    | \b[A-Z]{{3,4}}(?=\ ·)                                    # the ending of a file's name
    | Countersign
    """,
    re.VERBOSE,
)
_SPOKEN = re.compile(rf"[{ACCENTED}{OPEN}{CLOSE}\n]+")
_WORD = re.compile(r"[A-Za-z]{2,}")
_SIGNS = " .,:;()·–✓"
_SHORTEST, _LONG = 3, 12
"""Characters of a known text that is taken out of a longer one, and of one that is so before anything else is."""


class Plain:
    """Takes known texts out of what is shown; ``left`` is what nobody knows."""

    def __init__(self, data: Iterable[str], modules: Iterable[str], computed: Iterable[str] = ()) -> None:
        """``data`` are strings of the sample and the playbook, ``modules`` paths under ``intake`` whose English is shown as it is.

        ``computed`` are names that are the same in every language.
        """
        known = dict.fromkeys((item for module in modules for item in _literals(module)), "")
        known |= {item: module for module in reversed(tuple(modules)) for item in _literals(module)}
        known |= {_one_line(item): "" for item in (*data, *computed) if _WORD.search(item)}
        # The longest first: a word of the sample must not take a piece out of a sentence of the domain.
        self._known = sorted(known.items(), key=lambda item: -len(item[0]))
        self._long = [item for item in self._known if len(item[0]) >= _LONG]
        self.used: set[str] = set()

    def left(self, text: str) -> tuple[str, ...]:
        """The plain words of a text that come from nowhere known."""
        rest = _FACTS.sub("\n", self._without(_one_line(text), self._long))
        pieces = (self._without(piece, self._known) for piece in _SPOKEN.split(rest))
        return tuple(" ".join(piece.split()) for piece in pieces if _WORD.search(piece))

    def _without(self, text: str, known: Iterable[tuple[str, str]]) -> str:
        for item, module in known:
            if not _WORD.search(text):
                break
            if item in text and (len(item) >= _SHORTEST or item == text.strip(_SIGNS)):
                shorter = re.sub(rf"(?<!\w){re.escape(item)}(?!\w)", "\n", text)
                if module and shorter != text:
                    self.used.add(module)
                text = shorter
        return text


def _one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _literals(module: str) -> tuple[str, ...]:
    """The parts of every string in a module of the domain between its fields, the longest first."""
    tree = ast.parse((Path(intake.__file__).parent / module).read_text(encoding="utf-8"))
    said = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    # A screen begins a sentence with what the domain says in the middle of one.
    forms = tuple(form for text in said for form in (text, text[:1].upper() + text[1:]))
    parts = {_one_line(part).strip(_SIGNS) for text in forms for part in re.split(r"\{[^{}]*\}", text)}
    return tuple(sorted((part for part in parts if _WORD.search(part)), key=len, reverse=True))


def content() -> Iterator[str]:
    """Every text of the playbook and of the sample organisation."""
    root = Path(resources.__file__).parent
    for path in sorted([*(root / "playbook").rglob("*.toml"), *(root / "sample").glob("*.toml")]):
        # The keys of the sources are the places in them that are cited.
        yield from _strings(tomllib.loads(path.read_text(encoding="utf-8")), keys=path.name == "sources.toml")
    # The buttons beside a remark are called by its beginning.
    for path in sorted((root / "sample").glob("*.toml")):
        told = _strings(tomllib.loads(path.read_text(encoding="utf-8")), keys=False)
        yield from (" ".join(text.split())[:NAMED] for text in told if len(text) > NAMED)
    for row in csv.reader((root / "sample" / "inventory.csv").read_text(encoding="utf-8").splitlines()):
        yield from row


def _strings(value: object, *, keys: bool) -> Iterator[str]:
    match value:
        case str():
            # A sentence may be shown without its full stop.
            yield from (value, value.rstrip("."))
        case dict():
            yield from value if keys else ()
            for item in value.values():
                yield from _strings(item, keys=keys)
        case list():
            for item in value:
                yield from _strings(item, keys=keys)

"""The codes of the program, read from its source: each has its words in one place, and is given with exactly their facts."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import intake
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import PARTS, fields, sources
from tests.resources.make_reasons import load_everything
from tests.source import nodes


@pytest.fixture(scope="module", autouse=True)
def everything() -> None:
    """A wording or a refusal is known once its module is loaded."""
    load_everything()


INTAKE = Path(intake.__file__).parent


@dataclass(frozen=True, slots=True)
class Made:
    """One ``Wording`` in the source: its file and name there, its class, its code, its English, and that of one.

    Those of a table (``worded``) share the name of it.
    """

    where: str
    name: str
    kind: str
    code: str
    english: str
    one: str


def files() -> Iterator[tuple[str, tuple[ast.AST, ...]]]:
    """Every file with all that is in it."""
    return ((str(path.relative_to(INTAKE)), nodes(path)) for path in sorted(INTAKE.rglob("*.py")))


@cache
def wordings() -> tuple[Made, ...]:
    found = []
    for where, every in files():
        calls = 0
        for node in every:
            calls += isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORMS
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                called, target = node.value.func, node.targets[0]
                if not isinstance(called, ast.Name) or not isinstance(target, ast.Name):
                    continue
                if called.id in FORMS:
                    code, english = (ast.literal_eval(item) for item in node.value.args)
                    one = "".join(ast.literal_eval(item.value) for item in node.value.keywords)
                    found.append(Made(where, target.id, called.id, code, english, one))
                    calls -= 1
                elif called.id == "worded":
                    kind, table = node.value.args
                    assert isinstance(kind, ast.Name)
                    assert isinstance(table, ast.Dict)
                    rows = [ast.literal_eval(row) for row in table.values]
                    found += [Made(where, target.id, kind.id, code, english, "") for code, english in rows]
        assert calls == 0, f"{where}: a wording has a name in its module"
    return tuple(found)


FORMS = {
    # A clause that follows "because" or a colon.
    "Wording": r"[a-z{“].*[^.]",
    "Sentence": r"[A-Z{“].*[.?}]",
    "Caption": r"(?s).*[^.]",
}
"""How the English of each class is written."""


def test_every_code_is_there_once_and_no_refusal_has_it() -> None:
    often = Counter(item.code for item in wordings())

    assert len(often) > 80
    assert [code for code, count in often.items() if count > 1] == []
    assert [code for code in often if f"{code}.what" in sources()] == []
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+", code) for code in often)


def test_every_code_has_its_english_words() -> None:
    assert [item.code for item in wordings() if sources().get(item.code) != item.english] == []
    assert [item.code for item in wordings() if item.one and sources().get(f"{item.code}.one") != item.one] == []
    assert [item.code for item in wordings() if not re.fullmatch(FORMS[item.kind], item.english)] == []
    assert [item.code for item in wordings() if item.one and not re.fullmatch(FORMS[item.kind], item.one)] == []


def test_a_sentence_with_forms_for_one_and_many_counts_by_one_fact() -> None:
    counted = [item for item in wordings() if item.one]

    assert len(counted) > 15
    assert [item.code for item in counted if "count" not in fields(item.english)] == []
    assert [item.code for item in counted if not fields(item.one) <= fields(item.english)] == []


def test_every_rule_gives_exactly_the_facts_of_its_words() -> None:
    """What ``Wording`` would refuse when it is called, found in every call without reaching it."""
    named: dict[tuple[str, str], list[Made]] = {}
    for item in wordings():
        named.setdefault((item.where, item.name), []).append(item)
    given: Counter[str] = Counter()
    called: set[int] = set()
    wrong = []
    for where, every in files():
        here = {name: items for (file, name), items in named.items() if file == where}
        modules: dict[str, str] = {}

        def wording(
            found: ast.AST, here: dict[str, list[Made]] = here, modules: dict[str, str] = modules
        ) -> list[Made]:
            if isinstance(found, ast.Attribute) and isinstance(found.value, ast.Name) and found.value.id in modules:
                return named.get((modules[found.value.id], found.attr), [])
            return here.get(found.id, []) if isinstance(found, ast.Name) else []

        for node in every:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("intake."):
                file = node.module.removeprefix("intake.").replace(".", "/") + ".py"
                here |= {
                    alias.asname or alias.name: named[file, alias.name]
                    for alias in node.names
                    if (file, alias.name) in named
                }
                modules |= {
                    alias.asname or alias.name: f"{file.removesuffix('.py')}/{alias.name}.py" for alias in node.names
                }
        for node in every:
            if isinstance(node, ast.Call):
                name = node.func.value if isinstance(node.func, ast.Subscript) else node.func
                called.add(id(name))
                facts = {"by place"} if node.args else {str(keyword.arg) for keyword in node.keywords}
                wrong += [f"{where}:{node.lineno}" for item in wording(name) if facts != fields(item.english)]
            if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                given.update(item.code for item in wording(node))
                # Handed on, to be called without facts where something is found wrong.
                handed = wording(node) if id(node) not in called else ()
                wrong += [
                    f"{where}:{node.lineno}" for item in handed if item.kind == "Wording" and fields(item.english)
                ]

    assert wrong == []
    assert sorted({item.code for item in wordings()} - given.keys()) == [], "no rule gives these"


SAID_AS_IT_IS = "sample/"
"""The journey that a demo tells of."""
STORED = (
    "causes",
    "domain/base",
    "domain/acts",
    "domain/organisation",
    "domain/case",
    "domain/terms",
    "trust",
    "exchange",
    "register",
)
"""The rooms whose refusals are stored or folded, and what these have among their facts."""
WORKED_OUT = {
    "domain/case/standings",
    "domain/case/effectless",
    "domain/case/record_standing",
    "domain/case/standing_said",
    "domain/case/statement",
    "trust/statements",
    "domain/case/allowed",
    "domain/case/answering",
    "domain/case/may_end",
    "domain/case/naming",
    "domain/case/one_page",
    "domain/organisation/changes",
    "domain/case/verbs",
    "domain/case/due_days",
    "domain/case/todo",
    "domain/case/together",
    "domain/organisation/roster_differences",
    "domain/organisation/roster_words",
}
"""What is worked out in these rooms for somebody who asks, and stored nowhere."""


def test_no_refusal_is_given_english_as_a_fact() -> None:
    wrong = []
    for where, every in files():
        english = {
            target.id
            for node in every
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant | ast.JoinedStr)
            if _reads_like_words(node.value)
            for target in node.targets
            if isinstance(target, ast.Name) and target.id not in PARTS
        }
        for node in every if not where.startswith(SAID_AS_IT_IS) else ():
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if f"{name}.what" in sources():
                    wrong += [
                        f"{where}:{node.lineno}"
                        for item in node.keywords
                        if _reads_like_words(item.value) or getattr(item.value, "id", "") in english
                    ]

    assert wrong == []


def test_code_that_shows_quarantine_has_the_words_of_all_that_can_be_there() -> None:
    """In a fresh process, where nothing was refused yet."""
    asked = "import intake.services.lists.quarantine; from intake.domain.base.wording import sources; print(*sources())"
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)
    known = set(run.stdout.split())

    needed = {item.code: item.where for item in wordings()}
    needed |= {f"{item.__name__}.what": item.__module__ for item in _refusals(Refusal)}
    files = {key: where.removeprefix("intake.").replace(".", "/").removesuffix("/py") for key, where in needed.items()}
    unsaid = {where for key, where in files.items() if where.startswith(STORED) and key not in known}
    assert unsaid == WORKED_OUT


def _refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from _refusals(child)


def _reads_like_words(value: ast.expr) -> bool:
    parts = [item.value for item in ast.walk(value) if isinstance(item, ast.Constant) and isinstance(item.value, str)]
    return not isinstance(value, ast.Call) and re.search(r"[A-Za-z]{2,} [a-z]", " ".join(parts)) is not None


def test_every_refusal_can_be_said_when_only_its_code_was_stored() -> None:
    waiting, known = [Refusal], set()
    while waiting:
        refusal = waiting.pop()
        waiting += refusal.__subclasses__()
        if refusal is not Refusal and refusal.__module__.startswith("intake."):
            known |= {f"{refusal.__name__}.{part}" for part in PARTS}

    assert known <= sources().keys()

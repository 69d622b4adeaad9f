"""The tests that try an attack, read from their source: nothing is imported, so this takes no time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1]
_ELSEWHERE = {"conformance", "exhaustive"}


@dataclass(frozen=True, slots=True)
class Try:
    """One marker: the attack, what it meets, the test (``tests/domain/test_x.py::test_y``).

    ``apart`` says that the test runs in a separate step of `.ci/run`, because it takes long or needs other programs.
    """

    attack: str
    refusal: str
    test: str
    apart: bool


@dataclass(frozen=True, slots=True)
class Found:
    """All markers, and what is wrong with some of them in words."""

    tries: tuple[Try, ...]
    problems: tuple[str, ...]


def find(folder: Path = TESTS) -> Found:
    """The markers in every test file below ``folder``."""
    tries: list[Try] = []
    problems: list[str] = []
    for path in sorted(folder.rglob("test_*.py")):
        text = path.read_text("utf-8")
        if "mark.attack" in text:
            _File(path.relative_to(folder.parent).as_posix(), tries, problems).read(ast.parse(text))
    return Found(tuple(tries), tuple(problems))


@dataclass(slots=True)
class _File:
    name: str
    tries: list[Try]
    problems: list[str]

    def read(self, module: ast.Module) -> None:
        everywhere = [
            item.value
            for item in module.body
            if isinstance(item, ast.Assign) and any(getattr(to, "id", "") == "pytestmark" for to in item.targets)
        ]
        seen = self._body(module.body, self.name, everywhere)
        for call in _attacks(module):
            if call not in seen:
                self.problems.append(f"{self.name}:{call.lineno}: the marker is not on a test")

    def _body(self, body: list[ast.stmt], place: str, above: list[ast.expr]) -> set[ast.Call]:
        seen: set[ast.Call] = set()
        for item in body:
            if isinstance(item, ast.ClassDef):
                seen |= self._body(item.body, f"{place}::{item.name}", [*above, *item.decorator_list])
            elif isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) and item.name.startswith("test"):
                seen |= self._test(f"{place}::{item.name}", [*above, *item.decorator_list])
        return seen

    def _test(self, test: str, decorators: list[ast.expr]) -> set[ast.Call]:
        names = {_mark(node) for item in decorators for node in ast.walk(item)}
        seen = {call for item in decorators for call in _attacks(item)}
        for call in sorted(seen, key=lambda found: found.lineno):
            try:
                given = [ast.literal_eval(item) for item in call.args]
                named = {str(item.arg): ast.literal_eval(item.value) for item in call.keywords}
                facts = dict(zip(("name", "refusal"), given, strict=False)) | named
                made = Try(facts["name"], facts["refusal"], test, bool(names & _ELSEWHERE))
            except (ValueError, KeyError):
                self.problems.append(f"{test}: its marker wants two plain texts, name and refusal")
            else:
                self.tries.append(made)
        return seen


def _mark(node: ast.AST) -> str:
    """The name of the marker when ``node`` is ``pytest.mark.<name>``."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "mark":
        return node.attr
    return ""


def _attacks(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls of ``pytest.mark.attack(…)`` in ``tree``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _mark(node.func) == "attack":
            yield node

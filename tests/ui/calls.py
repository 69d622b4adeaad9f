"""The texts of the screens as the source says them, read from its syntax trees: what is translated and what is not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ui
from tests.source import nodes, tree

UI = Path(ui.__file__).parent
NOT_SHOWN = {"demo.py", "filing_pictures.py", "life.py", "screenshots.py", "theme.py", "tour.py"}
"""Tools that take pictures, and the file of colours and fonts: their words go to a terminal or to Qt."""


@dataclass(frozen=True, slots=True)
class Call:
    """One ``tr``: where, its context, its text (None when it is not one literal), and whether it has a count."""

    where: str
    context: str
    text: str | None
    counted: bool


def sources() -> list[Path]:
    return sorted(UI.rglob("*.py"))


@cache
def calls() -> tuple[Call, ...]:
    """Every call that translates."""
    return tuple(call for path in sources() for call in _calls(path))


def _calls(path: Path) -> Iterator[Call]:
    for node, parents in walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
            receiver = ast.unparse(node.func.value)
            if receiver == "self":
                receiver = next(one.name for one in reversed(parents) if isinstance(one, ast.ClassDef))
            first = node.args[0]
            text = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
            counted = len(node.args) > 2 or any(item.arg == "n" for item in node.keywords)
            yield Call(f"{path.name}:{node.lineno}", receiver, text, counted)


def other_words() -> Iterator[tuple[str, str]]:
    """``(file, text)`` of every literal that reads like words and is neither translated, a docstring nor a refusal's."""
    for path in sources():
        if path.name in NOT_SHOWN:
            continue
        for node, parents in walk(tree(path)):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) or isinstance(
                parents[-1], ast.Expr
            ):
                continue
            if _reads_like_words(node.value) or (_is_shown(node, parents) and re.search(r"[^\W\d_]", node.value)):
                if not any(_translates(one) or _is_refusal(one) for one in parents):
                    yield str(path.relative_to(UI)), node.value


def walk(top: ast.AST) -> Iterator[tuple[ast.AST, tuple[ast.AST, ...]]]:
    """Every node with those around it, the outermost first."""
    waiting: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(top, ())]
    while waiting:
        node, parents = waiting.pop()
        yield node, parents
        waiting += [(child, (*parents, node)) for child in ast.iter_child_nodes(node)]


def bases() -> dict[str, set[str]]:
    """Each class of the screens with the names of those it derives from directly."""
    found: dict[str, set[str]] = {}
    for path in sources():
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, set()).update(ast.unparse(base).rpartition(".")[2] for base in node.bases)
    return found


def _reads_like_words(text: str) -> bool:
    """Two words, or one with a capital letter; neither keys ("Ctrl+K") nor names of classes ("CaseMoved")."""
    if re.fullmatch(r"(Ctrl|Alt|Shift|Del)\b\S*(; (Ctrl|Alt)\S+)*", text) or re.fullmatch(r"([A-Z][a-z]+){2,}", text):
        return False
    return re.search(r"[A-Za-z]{2,} [A-Za-z“{]|^[A-Z][a-z]{2,}", text) is not None


SHOWS = set(
    """
    QLabel Label heading quiet strong Chip Notice Card Fold Link QAction QPushButton QCheckBox QRadioButton QGroupBox
    setText setPlainText setWindowTitle setToolTip setStatusTip setWhatsThis setPlaceholderText setAccessibleName
    setAccessibleDescription setTitle addItem addItems insertItem addTab setTabText setTabToolTip setSpecialValueText
    setHeaderLabels setSuffix setPrefix addAction addMenu addButton showMessage set_words set_lead say own_size_button
    small_button EmptyState
    """.split()
)


def _is_shown(node: ast.AST, parents: tuple[ast.AST, ...]) -> bool:
    """Whether a literal is handed straight to something that shows it."""
    call = parents[-1]
    if not isinstance(call, ast.Call) or node not in call.args:
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in SHOWS


def _translates(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr"


def _is_refusal(node: ast.AST) -> bool:
    # A refusal's English is its source text, beside its class; its catalogue is keyed by the class (house.md 2).
    return isinstance(node, ast.ClassDef) and any("Refusal" in ast.unparse(base) for base in node.bases)

"""While a lane is busy the window can be clicked: one dialog is on its way at a time, whatever is clicked meanwhile."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import ui
from intake.domain.base.refusals import Refusal
from tests.source import tree
from tests.ui.sessions import Sessions
from ui import signing_job
from ui.context import Context
from ui.guide.begin.beginning import Beginning
from ui.jobs import JobLane, JobTask
from ui.signing_job import SigningFlow
from ui.widgets.dialogs import RefusalDialog
from ui.widgets.signing import SigningDialog
from ui.widgets.signing_sheet import SignedLine, Subject

SUBJECT = Subject(
    title="Sign",
    consequence="It is signed.",
    signer="Ada",
    fingerprint="ab" * 32,
    lines=(SignedLine("What", "漢字"),),
    button="Sign",
)


class NotNow(Refusal):
    what = "Not now."
    why = "The test says so."
    next = "Nothing."


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def answer(_: JobTask, __: Any, value: str = "") -> str:
    return value


def nothing_to_say(_: JobTask, __: Any, ___: object) -> str:
    return ""


def refuse(_: JobTask, __: Any) -> str:
    raise NotNow


def visible(page: QWidget) -> list[SigningDialog]:
    return [dialog for dialog in page.findChildren(SigningDialog) if dialog.isVisible()]


def test_work_before_a_dialog_is_run_once_at_a_time(context: Context, qtbot: QtBot) -> None:
    said: list[str] = []
    context.working.connect(said.append)
    context.jobs.hold()
    first = context.run_before_dialog(JobLane.REGISTER, answer, "first")
    assert first is not None
    assert context.run_before_dialog(JobLane.PAPER, answer, "second") is None
    context.jobs.release()
    with qtbot.waitSignal(first.finished):
        pass

    assert said == ["Opening…"]
    assert context.run_before_dialog(JobLane.REGISTER, answer, "third") is not None


def test_a_dialog_nobody_waits_for_any_more_keeps_no_other_back(context: Context) -> None:
    owner = QObject()
    context.jobs.hold()
    context.run_before_dialog(JobLane.REGISTER, answer, owner=owner)
    owner.deleteLater()
    del owner
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert context.run_before_dialog(JobLane.REGISTER, answer) is not None


@pytest.mark.parametrize("allowed", [answer, None], ids=["asked before", "words to look at"])
def test_a_second_click_opens_no_second_signing_sheet(
    context: Context, qtbot: QtBot, page: QWidget, allowed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_job, "said_on_paper", nothing_to_say)
    context.jobs.hold()
    flows = [SigningFlow(context, SUBJECT, JobLane.KEYS, answer, parent=page, allowed=allowed) for _ in range(2)]
    with qtbot.waitSignal(flows[1].dialog.rejected):
        context.jobs.release()
    qtbot.waitUntil(lambda: bool(visible(page)))
    qtbot.waitUntil(lambda: not context.jobs.busy)

    assert visible(page) == [flows[0].dialog]


def test_a_signing_sheet_that_is_not_allowed_is_rejected(
    context: Context, qtbot: QtBot, page: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_job, "said_on_paper", nothing_to_say)
    flow = SigningFlow(context, SUBJECT, JobLane.KEYS, answer, parent=page, allowed=refuse)
    with qtbot.waitSignal(flow.dialog.rejected):
        pass

    assert [type(dialog) for dialog in page.findChildren(RefusalDialog)] == [RefusalDialog]
    following = SigningFlow(context, SUBJECT, JobLane.KEYS, answer, parent=page)
    qtbot.waitUntil(following.dialog.isVisible)


def test_a_second_click_begins_no_second_draft(sessions: Sessions, qtbot: QtBot) -> None:
    context = sessions.context("ada")
    beginning = Beginning(context, context)
    told: list[object] = []
    context.changed.connect(told.append)
    context.jobs.hold()
    first, second = beginning.new(), beginning.new()
    with qtbot.waitSignal(first.finished):
        context.jobs.release()
    qtbot.waitUntil(lambda: not context.jobs.busy)

    assert first is second
    assert len(told) == 1


# ----------------------------------------------------------------------------------------------------- the whole kind


OPENS = frozenset({"SigningFlow", "ask_save", "ask_open", "ask_folder"})
OWN_GUARD = {"Leaving": "a window that is asked to close again does not wait for the list"}


def test_whatever_opens_a_dialog_after_work_lets_one_come_at_a_time() -> None:
    """``run(…).done.connect(self.x)``, where ``x`` opens a dialog, is ``run_before_dialog``."""
    found = [
        f"{path.name}: {made.name}.{method}"
        for path in sorted(Path(ui.__file__).parent.rglob("*.py"))
        for made in tree(path).body
        if isinstance(made, ast.ClassDef) and made.name not in OWN_GUARD
        for method in _unguarded(made)
    ]

    # The flow of a signature asks whether another is on its way itself, so it may come after any work.
    assert found == []


def _unguarded(made: ast.ClassDef) -> Iterator[str]:
    methods = {item.name: item for item in made.body if isinstance(item, ast.FunctionDef)}
    opening = {name for name, item in methods.items() if _opens(item)}
    while more := {name for name, item in methods.items() if name not in opening and opening & set(_called(item))}:
        opening |= more
    for name, item in methods.items():
        if "run" in _attributes(item) and opening & set(_connected(item)):
            yield name


def _opens(method: ast.FunctionDef) -> bool:
    calls = [node.func for node in ast.walk(method) if isinstance(node, ast.Call)]
    named = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
    return bool(named & OPENS) or any(isinstance(call, ast.Attribute) and call.attr == "open" for call in calls)


def _called(method: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(method):
        if isinstance(node, ast.Call) and _of_self(node.func):
            yield node.func.attr  # type: ignore[attr-defined]


def _attributes(method: ast.FunctionDef) -> set[str]:
    return {
        node.func.attr
        for node in ast.walk(method)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }


def _connected(method: ast.FunctionDef) -> Iterator[str]:
    """The methods of the class that a ``done`` is connected to."""
    for node in ast.walk(method):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "connect"
            and isinstance(node.func.value, ast.Attribute)
            and node.func.value.attr == "done"
        ):
            yield from (item.attr for item in node.args if isinstance(item, ast.Attribute) and _of_self(item))


def _of_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"

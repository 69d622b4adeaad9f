"""The real program on a real screen of 1280×720: by keyboard alone, and as assistive technology finds it on the bus."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

import resources
from intake.sample.building import Sample, build_sample
from tests.ui.real.screen import Desk, desk, missing

pytestmark = [pytest.mark.exhaustive, pytest.mark.slow("starts the program on a screen, and waits for it there")]

WIDTH, HEIGHT = 1280, 720
WRITTEN = "Ada Lovelace"
LEADS = ("Read and decide", "Answer the terms of the CISO")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    assert missing() == [], "run .ci/system-packages check"
    return build_sample(
        tmp_path_factory.mktemp("real") / "sample",
        read=resources.read,
        names=resources.names,
        clock=lambda: datetime.now(UTC).replace(microsecond=0),
    )


def test_the_cio_decides_by_keyboard_alone(sample: Sample) -> None:
    with desk(sample.people["priya.raman"]) as cio:
        cio.titled("What needs you")
        left, top, width, height = cio.frame()
        assert 0 <= left <= left + width <= WIDTH
        assert 0 <= top <= top + height <= HEIGHT

        cio.press("ctrl+3")
        cio.titled("Inbox")
        cio.until(lambda: cio.focus()["role"] == "table cell", "the list has the keyboard")
        case = _next_with_one_signature(cio)
        cio.press("Return")
        cio.titled(case)
        cio.until(lambda: cio.focus()["name"] in LEADS, "the next act leads, and has the keyboard")
        cio.press("Return")
        cio.until(lambda: cio.focus()["role"] == "page tab", "the first part of the case has the keyboard")
        for number, words in ((2, "Tier"), (3, "Answers"), (4, "Terms")):
            cio.press(f"alt+{number}")
            cio.until(partial(_is_shown, cio, words), words)

        cio.press("ctrl+shift+a")
        cio.until(lambda: cio.focus()["role"] in {"password text", "check box"}, "the sheet asks for what it needs")
        _attest_and_sign(cio, sample.passphrase)

        cio.until(lambda: cio.find("label", "Decided: both offices"), "the decision is told")
        assert cio.focus()["role"] == "push button"


def test_the_bus_names_presses_toggles_and_writes(sample: Sample, tmp_path: Path) -> None:
    with desk(sample.people["priya.raman"]) as reader:
        reader.titled("What needs you")
        for place, title in (("Register", "Register"), ("Records", "Records"), ("Settings", "Settings")):
            _act(reader, "check box", place, "Toggle")
            reader.titled(title)
            reader.until(lambda: reader.focus()["name"], "something has the keyboard")
            # A list that is being filled is not named yet.
            reader.until(lambda: not _unnamed(reader), f"everything on {title} has a name")
        _act(reader, "radio button", "Theme: Dark", "Toggle")
        _act(reader, "push button", "Licences", "Press")
        reader.until(lambda: reader.find("dialog", ""), "a dialog")
        reader.press("Escape")
        reader.until(lambda: not reader.find("dialog", ""), "the dialog is closed")
        reader.press("ctrl+q")
        reader.ended()
    assert "scheme=dark" in (sample.people["priya.raman"] / "settings.ini").read_text(encoding="utf-8")

    with desk(tmp_path / "new") as newcomer:
        newcomer.titled("Welcome to Countersign")
        _act(newcomer, "push button", "Join an organisation", "Press")
        field = newcomer.until(lambda: _find(newcomer, "text", "Your name"), "the form")
        assert newcomer.ask("write", path=field["path"], text=WRITTEN)
        # The id is suggested from the name: what was written without a key counts as typed.
        newcomer.until(lambda: newcomer.ask("text", path=_find(newcomer, "text", "Your person id")["path"]), "an id")
        _act(newcomer, "radio button", "Bring a key file", "Toggle")
        newcomer.until(lambda: _find(newcomer, "push button", "Choose"), "what a key file needs")


def _next_with_one_signature(cio: Desk) -> str:
    """Go down the list to a case that only the CISO has signed; gives its title."""
    for _ in range(30):
        name = cio.focus()["name"]
        if "CIO: not signed yet. CISO: approved" in name or "CIO: not signed yet. CISO: signed" in name:
            return str(name.removeprefix("Use case: ").split(". CIO")[0])
        cio.press("j")
        cio.until(partial(_has_left, cio, "name", name), "j goes down")
    raise AssertionError("nothing in the inbox has one signature")


def _attest_and_sign(cio: Desk, passphrase: str) -> None:
    """Once round the sheet with Tab: tick what is to be attested, type the passphrase where it is asked, then Enter there."""
    seen: list[list[int]] = []
    secret: list[int] = []
    while not secret or (here := cio.focus())["path"] not in seen:
        here = cio.focus()
        seen.append(here["path"])
        if here["role"] == "password text":
            cio.type(passphrase)
            secret = here["path"]
        elif here["role"] == "check box" and not here["name"].startswith("Show") and "CHECKED" not in here["states"]:
            cio.press("space")
            cio.until(lambda: "CHECKED" in cio.focus()["states"], "Space ticks")
        cio.press("Tab")
        cio.until(partial(_has_left, cio, "path", here["path"]), "Tab goes on")
    while cio.focus()["path"] != secret:
        cio.press("Tab")
    cio.press("Return")


def _is_shown(cio: Desk, tab: str) -> bool:
    return any("SELECTED" in n["states"] for n in cio.find("page tab", tab))


def _has_left(cio: Desk, what: str, before: object) -> bool:
    return bool(cio.focus()[what] != before)


def _unnamed(reader: Desk) -> list[tuple[str, list[int]]]:
    return [(n["role"], n["path"]) for n in reader.tree() if "FOCUSABLE" in n["states"] and not n["name"]]


def _find(reader: Desk, role: str, name: str) -> dict | None:
    return next(iter(reader.find(role, name)), None)


def _act(reader: Desk, role: str, name: str, action: str) -> None:
    def done() -> bool:
        # What was found may have been built again before it is asked; then nothing was done, and it is found again.
        found = _find(reader, role, name)
        return bool(found) and action in found["actions"] and bool(reader.ask("do", path=found["path"], action=action))

    reader.until(done, f"{action} {name}")

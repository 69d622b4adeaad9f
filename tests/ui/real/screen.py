"""A screen with the real program on it: an X server of 1280×720, a window manager, a session bus, a keyboard, a listener."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

SYSTEM_PYTHON = "/usr/bin/python3"
"""It has the bindings of the accessibility bus; the environment of the tests cannot install them."""

PATIENCE = 60.0
"""Seconds a busy machine may take for anything."""


class Desk:
    """The program on a screen, seen only through what it tells a screen reader and moved only with keys."""

    def __init__(self, program: subprocess.Popen[bytes], listener: subprocess.Popen[str], env: dict[str, str]) -> None:
        self._program, self._listener, self._env = program, listener, env

    def ask(self, ask: str, **more: object) -> Any:
        assert self._program.poll() is None, "the program has ended"
        assert self._listener.stdin is not None
        assert self._listener.stdout is not None
        self._listener.stdin.write(json.dumps({"ask": ask, **more}) + "\n")
        self._listener.stdin.flush()
        return json.loads(self._listener.stdout.readline())

    def tree(self) -> list[dict[str, Any]]:
        return self.ask("tree") or []

    def find(self, role: str, name: str) -> list[dict[str, Any]]:
        """What is in sight with this role and these words in its name."""
        return self.ask("find", role=role, name=name) or []

    def focus(self) -> dict[str, Any]:
        return self.ask("focus") or {"name": "", "role": "", "states": [], "description": ""}

    def press(self, *keys: str) -> None:
        """Keys by the names of the X server, such as ``ctrl+3`` or ``Return``."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], env=self._env, check=True)

    def type(self, text: str) -> None:
        subprocess.run(["xdotool", "type", "--clearmodifiers", text], env=self._env, check=True)

    def until(self, holds: Callable[[], Any], what: str) -> Any:
        """What ``holds`` gives once it is true. The other process is asked again: it sends no signal that ends a wait here."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            if found := holds():
                return found
            time.sleep(0.1)
        raise AssertionError(f"{what}; there is {[(n['role'], n['name'][:60]) for n in self.tree()]}")

    def titled(self, words: str) -> None:
        """Wait until a window begins so."""
        self.until(lambda: self.ask("titled", name=words), words)

    def ended(self) -> None:
        """Wait until the program has ended by itself."""
        assert self._program.wait(PATIENCE) == 0

    def frame(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of the first window on the screen, without what is drawn around it."""
        left, top, width, height = self.ask("frame")
        return left, top, width, height


def missing() -> list[str]:
    """What this machine lacks; ``.ci/system-packages check`` installs it."""
    return [name for name in ("Xvfb", "openbox", "xdotool", "dbus-daemon") if shutil.which(name) is None]


@contextmanager
def desk(home: Path, *, size: str = "1280x720") -> Iterator[Desk]:
    """The program on the register in ``home``, in a session that is all its own."""
    with ExitStack() as stack:
        display = _display(stack, size)
        env = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("QT_", "DBUS_", "AT_SPI"))},
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        bus = _start(stack, ["dbus-daemon", "--session", "--nofork", "--print-address=1"], env, stdout=subprocess.PIPE)
        assert bus.stdout is not None
        env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        _start(stack, ["openbox", "--sm-disable"], env)
        program = _start(stack, [sys.executable, "-m", "ui.main", "--home", str(home)], env)
        listener = subprocess.Popen(
            [SYSTEM_PYTHON, str(Path(__file__).with_name("listener.py")), "Countersign"],
            env={key: value for key, value in env.items() if key != "PYTHONPATH"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        stack.callback(_end, listener)
        found = Desk(program, listener, env)
        found.until(lambda: len(found.tree()) > 1, "the program is on the bus")
        yield found


def _display(stack: ExitStack, size: str) -> str:
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=(writer,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    stack.callback(_end, server)
    os.close(writer)
    with os.fdopen(reader) as answer:
        return f":{answer.readline().strip()}"


def _start(stack: ExitStack, words: list[str], env: dict[str, str], **more: Any) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(words, env=env, stderr=subprocess.DEVNULL, **more)
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()

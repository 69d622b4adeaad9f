"""A program that waits for a line on its input and then changes one setting again and again: one of two on the same home.

``python -m tests.services.changing FOLDER SETTING TIMES``. It prints ``ready``, and at the end ``done``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from intake.services.installation.workspace import Workspace


def main(folder: Path, setting: str, times: int) -> None:
    workspace = Workspace(folder)
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(times):
        made = workspace.change_settings(**{setting: f"{setting} {number}"})
        assert getattr(made, setting) == f"{setting} {number}"
        # Nobody else sets this one.
        assert getattr(workspace.settings(), setting) == f"{setting} {number}"
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))

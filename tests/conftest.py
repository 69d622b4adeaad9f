"""What every test stands on: a home of its own, a screen that needs no display, one language and one time zone.

The environment is prepared while this file is imported, because Qt, platformdirs and the C library read it once.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings


def _prepare_environment() -> None:
    home = Path(tempfile.mkdtemp(prefix="countersign-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    folders = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        "XDG_RUNTIME_DIR": home / "run",
        "APPDATA": home / "appdata",
        "LOCALAPPDATA": home / "localappdata",
    }
    for name, folder in folders.items():
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ[name] = str(folder)
    os.environ |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "TZ": "UTC"}
    # Tests never open windows on somebody's screen, and a test machine has none.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


_prepare_environment()

# The quick run draws the same examples every time, so that a red run is red again; `.ci/run` looks further.
settings.register_profile("quick", max_examples=20, deadline=None, derandomize=True)
settings.register_profile(
    "ci", max_examples=200, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

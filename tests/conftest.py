"""What every test begins with: a new home, a screen that needs no display, one language and one time zone.

The environment is prepared while this file is imported, because Qt, platformdirs and the C library read it once.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import grammar, limits
from tests.once import share_folder
from tests.temporary import on_disk, prefer_memory
from ui.importing import plain_imports


def _prepare_environment() -> None:
    prefer_memory()
    share_folder()
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
    # Every program that a test starts would compile all of it again, and every run the tests themselves.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    # Tests never open windows on somebody's screen, and a test machine has none.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


_prepare_environment()
grammar.put_off()

# The quick run draws the same examples every time, so that a red run is red again; `.ci/run` looks further.
settings.register_profile("quick", max_examples=20, deadline=None, derandomize=True)
settings.register_profile(
    "ci", max_examples=100, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_configure(config: pytest.Config) -> None:
    # As a plugin, because hooks of this file are not asked about fixtures of a whole session.
    config.pluginmanager.register(limits)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is there once all tests are found stays till the end, and is half a million objects.

    Looking whether some of them are garbage, again and again, took a sixth of the time of the tests and a third of finding
    them. Freezing makes Python think that there is little, and it would look at all the rest for every few tests: what a test
    leaves is young, and is found by the collections of what is young. These are ten times rarer too: a twentieth of the time.
    """
    gc.disable()
    # As in the app; the plugin for tests of windows has imported PySide6 by now.
    plain_imports()
    found = yield
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(10 * young, middle, 100)
    gc.enable()
    return found


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """As everywhere, and on the disk for tests of what a disk does."""
    if request.node.get_closest_marker("kill") or request.node.get_closest_marker("disk"):
        with on_disk() as folder:
            yield folder
    else:
        yield tmp_path

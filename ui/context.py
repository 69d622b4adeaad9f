"""What every screen is handed: the lanes, the theme, the settings, the services, and how to speak to the rest.

One object made in ``ui.app``. Screens never look for each other: they say where to go and what changed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Signal

from intake.domain.base.refusals import Refusal
from intake.files import make_private
from intake.reading import read_file
from intake.services.installation.settings_file import unread
from ui.jobs import JobHandle, JobLane, Jobs, JobTask, T, Ts
from ui.theme import TEXT_SIZES, Scheme, Theme

if TYPE_CHECKING:
    from intake.services.outside.pool import Pool


@dataclass(frozen=True, slots=True)
class Changes:
    """What a service changed. A page refreshes when something it shows is named; ``everything`` names all."""

    cases: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    people: bool = False
    exchange: bool = False
    everything: bool = False

    @property
    def organisation(self) -> bool:
        """Whether people and roles may have changed, or something of others came: most of what is shown rests on them."""
        return self.people or self.exchange or self.everything

    @property
    def any_case(self) -> bool:
        return bool(self.cases) or self.organisation

    def concern(self, case: str) -> bool:
        return case in self.cases or self.organisation


_PREFERENCES = "settings.ini"
_MAX_PREFERENCES = 8 << 20


class PreferencesUnreadable(Refusal):
    what = "The preferences of the window in {path} cannot be read: {detail}."
    why = "Countersign would write over what it could not read."
    next = "Rename the file away. Then only the colours and the places of windows are as in the beginning."
    exit_code = 3


def require_preferences(folder: Path) -> None:
    """See that the preferences in a home can be handed to Qt, which would wait for a pipe. Raises PreferencesUnreadable."""
    path = folder / _PREFERENCES
    try:
        read_file(path, _MAX_PREFERENCES)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise PreferencesUnreadable(path=path, detail=unread(error)) from None
    store = QSettings(str(path), QSettings.Format.IniFormat)
    store.allKeys()  # Qt reads the lines when somebody asks for one
    if store.status() is not QSettings.Status.NoError:
        raise PreferencesUnreadable(path=path, detail="it is not written as such a file is")


class WindowSettings:
    """Preferences of this installation and where windows were; an INI file beside the register."""

    def __init__(self, folder: Path) -> None:
        # Qt keeps the rights of the file it replaces, so it is made before Qt would.
        with suppress(OSError):
            make_private(folder / _PREFERENCES)
        self._store = QSettings(str(folder / _PREFERENCES), QSettings.Format.IniFormat)

    @property
    def scheme(self) -> Scheme:
        value = str(self._store.value("look/scheme", Scheme.SYSTEM.value))
        return Scheme(value) if value in set(Scheme) else Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._store.setValue("look/scheme", scheme.value)

    @property
    def text_size(self) -> int:
        """How large text was chosen to be: one of ``TEXT_SIZES``, in percent."""
        kept = self.text("look/text-size")
        return next((size for size in TEXT_SIZES if str(size) == kept), TEXT_SIZES[0])

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._store.setValue("look/text-size", str(percent))

    @property
    def language(self) -> str:
        """The language chosen for the screens; empty for the computer's own."""
        return self.text("look/language")

    def text(self, key: str, default: str = "") -> str:
        return str(self._store.value(key, default))

    def set_text(self, key: str, value: str) -> None:
        self._store.setValue(key, value)

    def blob(self, key: str) -> Any:
        """A geometry or state as Qt gave it, or None."""
        return self._store.value(key)

    def set_blob(self, key: str, value: Any) -> None:
        self._store.setValue(key, value)

    def sync(self) -> None:
        self._store.sync()


class LazyInstallation:
    """The services' installation, opened by the first job that needs it, on that job's thread, and only once.

    So the window is there before SQLAlchemy is imported, and a register that cannot be opened is a refusal of the job.
    """

    def __init__(self, open_installation: Callable[[], Any]) -> None:
        self._open = open_installation
        self._lock = threading.Lock()
        self._installation: Any = None

    def get(self) -> Any:
        """The installation. Raises what opening it refuses; the next call tries again."""
        with self._lock:
            if self._installation is None:
                self._installation = self._open()
            return self._installation


class Readers:
    """The process that reads PDF files from outside for this window, made by the first job that needs it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: Pool | None = None

    def get(self) -> Pool:
        from intake.services.outside.pool import Pool

        with self._lock:
            if self._pool is None:
                self._pool = Pool()
            return self._pool

    def close(self) -> None:
        """End the process, after the lanes have ended. The next ``get`` would make another."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()


@dataclass(frozen=True, slots=True)
class _WithInstallation:
    """A job or fetch function with the installation put in after the task."""

    function: Callable[..., Any]
    installation: LazyInstallation

    def __call__(self, task: JobTask, *args: object) -> Any:
        return self.function(task, self.installation.get(), *args)


class Context(QObject):
    """Handed to every page by constructor."""

    went = Signal(str, object)
    changed = Signal(object)
    said = Signal(str)
    working = Signal(str)
    over = Signal(str)
    asked = Signal(str, object)
    """A command of the menu that a screen or the exchange answers: its key and an argument, such as dropped paths."""

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        settings: WindowSettings,
        installation: LazyInstallation,
        data_dir: Path,
        *,
        first_page: Callable[[Path], Any] | None = None,
        sample: str = "",
        parent: QObject | None = None,
    ) -> None:
        """``first_page`` reads what the home page shows first, with plain sqlite3: it needs no installation.

        ``sample`` is the passphrase of the keys in a data folder of the sample, and empty in every other.
        """
        super().__init__(parent)
        self.jobs = jobs
        self.theme = theme
        self.settings = settings
        self.data_dir = data_dir
        self.first_page = first_page
        self.sample = sample
        self.readers = Readers()
        self._installation = installation
        self._coming: JobHandle[Any] | None = None

    def run(
        self,
        lane: JobLane,
        function: Callable[[JobTask, Any, *Ts], T],
        *args: *Ts,
        owner: QObject | None = None,
        certain: bool = False,
    ) -> JobHandle[T]:
        """Run ``function(task, installation, *args)`` on its lane; the installation is opened there if this is the first job.

        ``certain`` is for what must be stored even when the window closes this moment, such as the last words typed.
        """
        return self.jobs.submit(lane, self.with_installation(function), *args, owner=owner, certain=certain)

    def run_before_dialog(
        self, lane: JobLane, function: Callable[[JobTask, Any, *Ts], T], *args: *Ts, owner: QObject | None = None
    ) -> JobHandle[T] | None:
        """``run`` for work after which a dialog opens. None, and nothing is run, while another dialog is on its way.

        The lane may be busy for a while, and the window can be clicked until the dialog is there: a second click must not
        open a second one over it.
        """
        if self._coming is not None and self._coming.running:
            return None
        self._coming = handle = self.run(lane, function, *args, owner=owner)
        self.say_while(self.tr("Opening…"), handle)
        return handle

    def with_installation(self, function: Callable[[JobTask, Any, *Ts], T]) -> Callable[[JobTask, *Ts], T]:
        """``function(task, installation, …)`` as ``function(task, …)``: what a ``PagedTable`` takes as ``fetch``."""
        return _WithInstallation(function, self._installation)

    def go(self, place: str, argument: object = None) -> None:
        """Show a place, for example ``go("case", case_id)``. Back returns here."""
        self.went.emit(place, argument)

    def tell(self, changes: Changes) -> None:
        """Something was stored: pages that show it refresh."""
        self.changed.emit(changes)

    def say(self, text: str) -> None:
        """A quiet word in the status line, for things that need no answer: "Saved 14:02"."""
        self.said.emit(text)

    def say_while(self, text: str, handle: JobHandle[Any]) -> None:
        """The same of work under way: it stays until the job ends, however it does, and goes with it."""
        self.working.emit(text)
        handle.finished.connect(partial(self.over.emit, text))

    def ask(self, command: str, argument: object = None) -> None:
        """Have a command done by the object that answers it."""
        self.asked.emit(command, argument)

"""The program with a window: builds everything once and hands it down by constructor.

Nothing heavy is imported before the first paint; after it, each lane imports what its first job will need. This is the
only file of the interface that wires services to screens.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from intake import __version__
from intake.domain.base.refusals import Refusal
from intake.files import REGISTER, make_folder, make_private
from intake.sample.marker import is_installation_of_sample, passphrase_of_sample
from intake.services.installation.reaching import whole_name
from ui.application import application
from ui.changing_home import Following, HomeChanger
from ui.context import Context, LazyInstallation, Readers, WindowSettings
from ui.home_lock import take_home
from ui.jobs import Bug, JobLane, Jobs, JobTask, describe_bug
from ui.language import speak
from ui.places import places
from ui.shell.places import WindowPlace
from ui.shell.window import Window
from ui.theme import Theme, load_other_fonts


class SampleNotMade(Refusal):
    what = "The sample organisation was not opened."
    why = "Its window was closed before it was ready."
    next = "Start Countersign with --sample again when you like."


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    data_dir: Path
    sample: bool = False
    person: str = ""
    selftest: bool = False


@dataclass(frozen=True, slots=True)
class Wiring:
    """What screens need. Tests and the demo hand in their own."""

    places: Callable[[], Sequence[WindowPlace]] = places
    open_installation: Callable[[Options], Any] = lambda _: None
    first_page: Callable[[Path], Any] | None = None
    heavy: Mapping[JobLane, Sequence[str]] = field(default_factory=dict)
    first_place: str = "home"
    companions: Sequence[Callable[[Context, Window], object]] = ()
    """What lives as long as the window and keeps it up to date: each is made after the first paint, with both."""


def main(argv: Sequence[str] | None = None, wiring: Wiring | None = None) -> int:
    """Run the app; gives its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    options = read_options(words)
    if options.selftest:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = application()
    app.setApplicationName("Countersign")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("countersign-desk")
    try:
        options = replace(options, data_dir=whole_name(options.data_dir))
    except Refusal as refusal:
        return _refuse(app, refusal, options)
    if options.sample:
        opened = open_sample(app, options)
        if isinstance(opened, Refusal):
            return _refuse(app, opened, options)
        options = opened
    lock = take_home(options.data_dir)
    if isinstance(lock, Refusal):
        return _refuse(app, lock, options)
    while True:
        code, following = _run(app, options, wiring or default_wiring())
        if lock is not None:
            lock.unlock()
        if following is None:
            return code
        following.prepare()
        options, lock = replace(options, data_dir=following.home, person=""), following.lock


def _run(app: QApplication, options: Options, wiring: Wiring) -> tuple[int, Following | None]:
    """One window from its first paint to its end; gives the exit code, and what is to be opened in its place."""
    desktop = Desktop(app, options, wiring)
    check = SelfCheck(app, desktop) if options.selftest else None
    desktop.show()
    try:
        return check.wait() if check else app.exec(), desktop.changer.following
    finally:
        desktop.close()


def open_sample(app: QApplication, options: Options) -> Options | Refusal:
    """The options with the data folder of the person whose installation is to be opened, after making the sample if need be."""
    from ui.start.sample_window import SampleWindow

    if is_installation_of_sample(options.data_dir):
        # One installation of a sample that is there: the first steps open it so.
        beside = options.data_dir.with_name(options.person or options.data_dir.name)
        return replace(options, data_dir=beside if is_installation_of_sample(beside) else options.data_dir)
    lock = take_home(options.data_dir)
    if isinstance(lock, Refusal):
        return lock
    settings = WindowSettings(options.data_dir)
    speak(app, settings.language)
    theme = Theme(app, settings.scheme, settings.text_size)
    window = SampleWindow(options.data_dir, options.person)
    window.show()
    app.exec()
    if lock is not None:
        lock.unlock()
    # The real window brings its own; two would answer the platform twice.
    theme.deleteLater()
    if window.found is None:
        return window.refusal or SampleNotMade()
    return replace(options, data_dir=window.found)


def _refuse(app: QApplication, refusal: Refusal, options: Options) -> int:
    if options.selftest:
        print(refusal.sentence, file=sys.stderr)  # noqa: T201 - the program that asked reads it
    elif not options.sample or not isinstance(refusal, SampleNotMade):
        from ui.widgets.dialogs import RefusalDialog

        speak(app)
        Theme(app)
        RefusalDialog(refusal).exec()
    return refusal.exit_code


class Desktop:
    """Everything of one run, built in one place: ``window`` and ``context`` are for the demo and for tests."""

    UNPAINTED_MS = 3_000

    def __init__(self, app: QApplication, options: Options, wiring: Wiring) -> None:
        make_folder(options.data_dir, private=True)
        self._wiring = wiring
        self._hook = CrashHook(options.data_dir / "errors.log")
        settings = WindowSettings(options.data_dir)
        speak(app, settings.language)
        self.theme = Theme(app, settings.scheme, settings.text_size)
        self.jobs = Jobs()
        installation = LazyInstallation(lambda: wiring.open_installation(options))
        self.context = Context(
            self.jobs,
            self.theme,
            settings,
            installation,
            options.data_dir,
            first_page=wiring.first_page,
            sample=passphrase_of_sample(options.data_dir),
        )
        self.window = Window(self.context, wiring.places(), sample=options.sample)
        self._companions: list[object] = []
        self._hook.caught.connect(self.window.show_bug)
        self._hook.install()
        self.window.painted.connect(self._settle_in)
        self.changer = HomeChanger(self.context, self.window, take_home)

    def show(self) -> None:
        """Show the window. No job runs before its first paint; if it is never painted, after a moment all the same."""
        self.jobs.hold()
        QTimer.singleShot(self.UNPAINTED_MS, self.jobs.release)
        self.window.go(self._wiring.first_place)
        self.window.show()

    def close(self) -> None:
        """Close the window, so that pages hand over what was typed last; wait for what runs; let go of everything."""
        self.window.close_now()
        self.jobs.shutdown()
        self.context.readers.close()
        self._hook.remove()
        self.window.deleteLater()
        if self.changer.following is not None:
            # Another window follows in this program, and brings its own; two would answer the platform twice.
            self.theme.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _settle_in(self) -> None:
        """After the first paint: the lanes run, the companions come, and what the first jobs need is imported."""
        self.jobs.release()
        self._companions += [make(self.context, self.window) for make in self._wiring.companions]
        self._warm_up()

    def _warm_up(self) -> None:
        # What tells of a crash is there before there is one.
        import ui.widgets.dialogs  # noqa: F401

        load_other_fonts()
        for lane, modules in self._wiring.heavy.items():
            self.jobs.warm_up(lane, modules)


class SelfCheck(QObject):
    """Whether a window of this copy can be opened, painted, and can reach its register: what ``--selftest`` asks."""

    PATIENCE_MS = 90_000

    def __init__(self, app: QApplication, desktop: Desktop) -> None:
        super().__init__()
        self._app = app
        self._desktop = desktop
        desktop.window.painted.connect(self._on_painted)
        desktop.jobs.bug.connect(self._on_bug)
        desktop.jobs.unheard_refusal.connect(self._on_refused)

    def wait(self) -> int:
        """Run until the answer is known: 0 is good."""
        QTimer.singleShot(self.PATIENCE_MS, self._on_late)
        return self._app.exec()

    def _on_painted(self) -> None:
        context = self._desktop.context
        handle = context.run(JobLane.REGISTER, open_and_read, context.readers, owner=self)
        handle.done.connect(self._on_open)

    def _on_open(self, _: object) -> None:
        self._app.exit(0)

    def _on_bug(self, bug: Bug) -> None:
        self._end(bug.details)

    def _on_refused(self, refusal: Refusal) -> None:
        self._end(refusal.sentence)

    def _on_late(self) -> None:
        self._end("the window did not paint in time")

    def _end(self, words: str) -> None:
        print(words, file=sys.stderr)  # noqa: T201 - the program that asked reads it
        self._app.exit(1)


def open_and_read(_: JobTask, __: object, readers: Readers) -> None:
    """A job that is done once the installation is open and the reader of files from outside has answered. Raises ReadingFailed."""
    from intake.services.outside.refusals import FileRefused
    from intake.services.proving import show

    with suppress(FileRefused):
        show.pages(readers.get(), b"no PDF")


class CrashHook(QObject):
    """Every exception nobody caught reaches the crash dialog and the log; the program goes on."""

    caught = Signal(object)

    def __init__(self, log: Path) -> None:
        super().__init__()
        self._log = log
        self._before = sys.excepthook

    def install(self) -> None:
        self._before = sys.excepthook
        sys.excepthook = self._on_exception

    def remove(self) -> None:
        sys.excepthook = self._before

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        bug = describe_bug(error.with_traceback(trace))
        write_log(self._log, bug)
        self.caught.emit(bug)


def write_log(log: Path, bug: Bug) -> None:
    """Append one bug; a log that grew over a megabyte is started again."""
    try:
        # A traceback can hold what somebody typed.
        make_private(log)
        mode = "w" if log.stat().st_size > 1_000_000 else "a"
        with log.open(mode, encoding="utf-8") as file:
            file.write(f"countersign {__version__}\n{bug.details}\n")
    except OSError:
        # The crash dialog still shows it; a full disk must not turn one bug into two.
        print(bug.details, file=sys.stderr)  # noqa: T201 - the last resort


def read_options(argv: Sequence[str]) -> Options:
    """Understand the command line; an unknown option ends the program with a usage line, as usual."""
    parser = argparse.ArgumentParser(prog="countersign-desk", description="Decide together about AI use cases.")
    parser.add_argument("--data-dir", "--home", type=Path, help="folder of the register (default: your user data)")
    parser.add_argument("--sample", action="store_true", help="open the sample organisation")
    parser.add_argument("--person", default="", help="with --sample: whose installation to open")
    parser.add_argument("--selftest", action="store_true", help="open the window without showing it, then end")
    parser.add_argument("--version", action="version", version=__version__)
    given = parser.parse_args(list(argv))
    folder = given.data_dir or _default_home(sample=given.sample)
    return Options(folder, given.sample, given.person, given.selftest)


def default_wiring() -> Wiring:
    """The wiring of the real app. Services are imported by the first job that needs them."""
    return Wiring(
        open_installation=_open_session,
        first_page=_first_page,
        heavy={
            JobLane.REGISTER: ("intake.services.installation.workspace", "intake.services.lists.home"),
            JobLane.PAPER: ("intake.services.deciding.recording", "intake.services.proving.judge"),
        },
        companions=(_companions,),
    )


def _companions(context: Context, window: Window) -> Sequence[object]:
    # Imported here, because none of them is needed for the first paint.
    from ui.companions.access import AccessTold
    from ui.companions.beginning_drafts import DraftCommands
    from ui.companions.commands import WindowCommands
    from ui.companions.desks import SampleDesks
    from ui.companions.leaving import Leaving
    from ui.companions.presence import Presence
    from ui.companions.ticker import Ticker

    made = (Presence, AccessTold, DraftCommands, WindowCommands, Ticker, SampleDesks, Leaving)
    return [make(context, window) for make in made]


def _open_session(options: Options) -> Any:
    import resources
    from intake.services.installation.workspace import Session, Workspace, open_installation

    workspace = Workspace(options.data_dir)
    return Session(workspace, open_installation(workspace, resources.read, resources.names))


def _first_page(data_dir: Path) -> Any:
    from intake.services.lists.first import first_page

    return first_page(data_dir / REGISTER)


def _default_home(*, sample: bool) -> Path:
    import platformdirs

    home = platformdirs.user_data_path("countersign", appauthor=False)
    return home / "sample" if sample else home

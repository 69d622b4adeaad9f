"""The sample organisation: about forty use cases of a real inventory in every state, and installations to look at them from.

Everything in it is a real signed act of a real key, made when the sample is made. A sample that is there and whole is
used again; anything else in its folder is made again. What the people do is told in ``story``.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from intake.domain.acts.kinds import KINDS
from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.organisation.roster import Role
from intake.files import make_folder, not_written, write_whole
from intake.register.store.place import check_place
from intake.sample.content import FOLDER, SampleContent, read_content
from intake.sample.marker import INSTALLATIONS, MARKER, read_marker
from intake.sample.story import Story, Time, begin_draft
from intake.services.filing import filing
from intake.services.installation.installation import APP, Installation, PersonWithKey
from intake.services.installation.playbook_files import CORE
from intake.services.installation.settings_file import SettingsUnreadable
from intake.services.installation.workspace import Workspace, open_installation
from intake.trust.acts import VerifiedAct, verify_act
from intake.trust.keys import create_key, open_keys

VERSION = 2
"""Raised when a sample made by an earlier version should not be used any more."""
PASSPHRASE = "sample-passphrase"  # noqa: S105 - known to everybody: it opens nothing but the sample
ROUNDS = 2_000
"""Of the key files: the passphrase is public, so making them costly to guess would only cost time."""

_EXCHANGE = "exchange"
_ARRIVED = 17
"""Days ago on which the installations received what had happened until then; everything they drafted is younger."""
_ROOM = 256 << 20
"""Bytes that must be free in memory to tell the story there."""

Read = Callable[[str], bytes]
Names = Callable[[str], tuple[str, ...]]
Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


class SampleStopped(Refusal):
    what = "The sample organisation was not finished."
    why = "You cancelled it; half an organisation would only confuse."
    next = "Choose “Try with sample data” again when you like. Nothing else was touched."


@dataclass(frozen=True, slots=True)
class Sample:
    """``people`` maps person ids to the roots of their data folders.

    ``person`` is the one to open first, a reviewer; ``owner`` is the one whose own cases and drafts are there to see.
    """

    root: Path
    organisation: str
    person: str
    owner: str
    people: Mapping[str, Path]
    passphrase: str

    @property
    def installation(self) -> Path:
        return self.people[self.person]


def build_sample(
    root: Path,
    *,
    read: Read,
    names: Names,
    clock: Callable[[], datetime],
    passphrase: str = PASSPHRASE,
    progress: Progress = lambda _done, _total, _text: None,
    cancelled: Cancelled = lambda: False,
) -> Sample:
    """The sample under ``root``, which belongs to it alone: the one that is there when it is whole, else a new one.

    ``read`` and ``names`` give resources by name; what happened was in the nine months before ``clock``. Raises
    SampleStopped (nothing is left then), PassphraseTooShort, or a refusal of the register about the place.
    """
    print_of = _fingerprint(read, names, passphrase)
    found = _whole(root, print_of)
    if found:
        return found
    _clear(root)
    check_place(root / INSTALLATIONS)
    try:
        made = _Build(root, read, names, clock(), passphrase, progress, cancelled).run()
    except BaseException:
        _clear(root)
        raise
    _write_marker(made, print_of)
    return made


class _Build:
    """One making of the sample, from the keys to the last installation."""

    def __init__(
        self,
        root: Path,
        read: Read,
        names: Names,
        now: datetime,
        passphrase: str,
        progress: Progress,
        cancelled: Cancelled,
    ) -> None:
        self._root = root
        self._read = read
        self._names = names
        self._now = now
        self._passphrase = passphrase
        self._progress = progress
        self._cancelled = cancelled
        self._content = read_content(read, names, today=now.date())
        self._done = 0
        self._total = sum(len(case.story) for case in self._content.cases) + len(self._content.installations)

    def run(self) -> Sample:
        time = Time(self._now)
        key_files = {
            person.id: create_key(person.name, self._passphrase, at=time(), rounds=ROUNDS)
            for person in self._content.people
        }
        opened = {name: open_keys(data, self._passphrase) for name, data in key_files.items()}
        signers = {name: PersonWithKey(name, keys.signing, keys.reader) for name, keys in opened.items()}
        told = self._tell(signers, time)
        for person in self._content.installations:
            self._step("Making the installations")
            self._make_installation(person, key_files[person], told)
        with not_written(self._root / _EXCHANGE):
            make_folder(self._root / _EXCHANGE)
        people = {person: self._workspace(person).root for person in self._content.installations}
        owner = next(name for name in people if Role.OWNER in self._content.person(name).roles)
        content = self._content
        return Sample(self._root, content.organisation, content.installations[0], owner, people, self._passphrase)

    def _tell(self, signers: Mapping[str, PersonWithKey], time: Time) -> _Told:
        """Let everybody act, then gather every act and file, verified again; without the files lost on the way."""
        with _scratch() as place, self._opened(place / "hall", time) as hall, self._opened(place / "far", time) as far:
            story = Story(self._content, hall, far, signers, time)
            for act in story.steps():
                self._step("Signing the sample")
                act()
            queries = hall.register.queries
            acts = [verify_act(blob) for _, _, blob in queries.every_act()]
            named = {name for verified in acts for name in KINDS.carried(verified.act)} - story.lost
            blobs = {name: data for name in sorted(named) if (data := queries.blob(name)) is not None}
            return _Told(hall.register.org, (*acts, *story.late), blobs, story.cases)

    def _make_installation(self, person: str, key_file: bytes, told: _Told) -> None:
        workspace = self._workspace(person)
        key = workspace.bring_key(key_file, self._passphrase)
        workspace.change_settings(person=person, key=key.fingerprint, folder=str(self._root / _EXCHANGE), sample=True)
        time = Time(self._now)
        time.go_to(_ARRIVED)
        with self._opened(workspace.root, time) as installation:
            installation.register.join(told.organisation)
            installation.register.append(told.acts, told.blobs)
            _begin_drafts(installation, self._content, told.cases, person, time)
            _receive_damaged(installation, told.acts[-1])

    def _step(self, text: str) -> None:
        if self._cancelled():
            raise SampleStopped
        self._done = min(self._done + 1, self._total)
        self._progress(self._done, self._total, text)

    def _workspace(self, person: str) -> Workspace:
        return Workspace(self._root / INSTALLATIONS / person)

    @contextmanager
    def _opened(self, root: Path, clock: Callable[[], datetime]) -> Iterator[Installation]:
        installation = open_installation(Workspace(root), self._read, self._names, clock=clock)
        try:
            yield installation
        finally:
            installation.close()


@dataclass(frozen=True, slots=True)
class _Told:
    """What the story left: acts and files (SHA-256 to bytes) as they arrive at an installation, and case ids by name."""

    organisation: str
    acts: tuple[VerifiedAct, ...]
    blobs: Mapping[str, bytes]
    cases: Mapping[str, str]


def _begin_drafts(
    installation: Installation, content: SampleContent, cases: Mapping[str, str], person: str, time: Time
) -> None:
    """The drafts of one person: whole, half, wrong, and one that starts from an earlier case."""
    for case, step in content.steps:
        if step.do != "draft" or case.owner != person:
            continue
        time.go_to(step.ago)
        if case.carried_from:
            draft = filing.start_from(installation, person, cases[case.carried_from])
            for question, answer in case.answers.items():
                filing.put(installation, draft, question, answer)
        else:
            begin_draft(installation, case)


def _receive_damaged(installation: Installation, act: VerifiedAct) -> None:
    """A file that changed on its way: it is refused for its signature, and kept to be looked at."""
    data = act.blob[:-1] + bytes([act.blob[-1] ^ 1])
    try:
        verify_act(data)
    except Refusal as refusal:
        name = f"{act.blob_id}.p7m"
        installation.register.quarantine.put(data, refusal, name=name, source="Shared folder")


@contextmanager
def _scratch() -> Iterator[Path]:
    """Where the story is told. Its registers are thrown away, so they may be in memory where there is such a place."""
    memory = Path("/dev/shm")  # noqa: S108 - a fresh folder of ours is made in it, readable by nobody else
    with tempfile.TemporaryDirectory(prefix="countersign-", dir=memory if _usable(memory) else None) as folder:
        yield Path(folder)


def _usable(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > _ROOM


def _fingerprint(read: Read, names: Names, passphrase: str) -> str:
    """Of everything a sample is made from: when it differs, the one that is there is of another time."""
    shipped = {name: sha256(read(name)) for folder in (FOLDER, CORE) for name in names(folder)}
    whole = {"version": VERSION, "app": APP, "passphrase": passphrase, "content": shipped}
    return sha256(json.dumps(whole, sort_keys=True).encode())


def _whole(root: Path, fingerprint: str) -> Sample | None:
    """The sample that is there, if it was finished, is of this version and nothing of it is gone."""
    try:
        marker = read_marker(root)
        if marker["made_from"] != fingerprint:
            return None
        people = {str(name): root / INSTALLATIONS / str(name) for name in marker["people"]}
        named = [str(marker[name]) for name in ("organisation", "person", "owner")]
        found = Sample(root, named[0], named[1], named[2], people, str(marker["passphrase"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    spaces = [Workspace(place) for place in people.values()]
    try:
        whole = all(space.register.is_file() and space.settings().sample and space.key_files() for space in spaces)
    except SettingsUnreadable:
        return None
    return found if whole and {found.person, found.owner} <= people.keys() else None


def _write_marker(made: Sample, fingerprint: str) -> None:
    """Written last: a sample without it was never finished."""
    marker = {
        "made_from": fingerprint,
        "organisation": made.organisation,
        "person": made.person,
        "owner": made.owner,
        "people": sorted(made.people),
        "passphrase": made.passphrase,
    }
    write_whole(made.root / MARKER, json.dumps(marker, indent=2).encode(), private=True)


def _clear(root: Path) -> None:
    """Take away what an earlier sample left, and only that."""
    (root / MARKER).unlink(missing_ok=True)
    for name in (INSTALLATIONS, _EXCHANGE):
        if (root / name).is_dir():
            shutil.rmtree(root / name)

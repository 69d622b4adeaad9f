"""The files of playbooks: those of the core the app brings, and the folder of an organisation that extends them or replaces them.

Bytes are handed in and nothing of a register is needed, so a playbook can be written and tried anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache, partial

from intake.domain.base.located import PlacedRefusal
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.playbook.reading import overlay, playbook
from intake.domain.playbook.reading.never_weaker import CoreDemands
from intake.domain.playbook.whole import Playbook

CORE = "playbook/core-2026"
SOURCES = "playbook/sources.toml"

_WEAKER = Wording("FiledByWeakerPlaybook", "its playbook “{title}” is weaker than the core of this program: {reason}")

Read = Callable[[str], bytes]
Names = Callable[[str], tuple[str, ...]]


def core_files(read: Read, names: Names) -> Mapping[str, bytes]:
    """The core’s files; the sources it cites are beside it, for they are shared by every playbook."""
    return {SOURCES: read(SOURCES)} | {name: read(name) for name in names(CORE) if name.endswith(".toml")}


def read_playbook(read: Read, names: Names) -> Playbook:
    """The core playbook the app brings; read once, however often it is asked for."""
    return _loaded(tuple(sorted(core_files(read, names).items())))


@lru_cache(maxsize=2)
def _loaded(files: tuple[tuple[str, bytes], ...]) -> Playbook:
    return playbook.load(dict(files))


class CoreRule:
    """Tells in what a playbook is weaker than the core the app brings: what is, counts for nothing, whoever accepted it.

    Nothing is read for the core itself; its files only once there is another playbook to ask about.
    """

    def __init__(self, read: Read, names: Names) -> None:
        self._files = partial(core_files, read, names)
        self._known: dict[str, tuple[Reason, ...]] = {read_playbook(read, names).digest: ()}

    def weaknesses(self, playbook: Playbook) -> tuple[Reason, ...]:
        """Everything in which it is weaker; worked out once for each playbook."""
        found = self._known.get(playbook.digest)
        if found is None:
            found = self._known[playbook.digest] = self._demands.weaknesses(playbook)
        return found

    def __call__(self, playbook: Playbook) -> Reason | None:
        """Why nothing filed by it can be approved; None for one that is not weaker."""
        found = self.weaknesses(playbook)
        return _WEAKER(title=playbook.title, reason=found[0]) if found else None

    @cached_property
    def _demands(self) -> CoreDemands:
        return CoreDemands(self._files())


def playbook_of(core: Mapping[str, bytes], own: Mapping[str, bytes]) -> Playbook:
    """The playbook in a folder: an overlay of the core when its ``meta.toml`` says what it extends, else a whole one.

    Raises what ``playbook.load`` and ``overlay.overlaid`` raise.
    """
    return overlay.overlaid(core, own) if overlay.is_overlay(own) else playbook.load(_whole(core, own))


def refusals_of(core: Mapping[str, bytes], own: Mapping[str, bytes]) -> tuple[PlacedRefusal, ...]:
    """Everything ``playbook_of`` would refuse, as much as one reading can tell."""
    try:
        if overlay.is_overlay(own):
            return overlay.refusals(core, own)
    except PlacedRefusal as refusal:
        return (refusal,)
    return playbook.refusals(_whole(core, own))


def _whole(core: Mapping[str, bytes], own: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """A whole playbook may cite what the core cites without listing it again."""
    brought = any(name.rsplit("/", 1)[-1] == "sources.toml" for name in own)
    return own if brought else {SOURCES: core[SOURCES], **own}

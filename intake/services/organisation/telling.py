"""What somebody endorses with a roster version: everything it changes in sentences, and whose keys to compare first.

A version is compared with each one it names, so of a version that settles rivals it is told what is taken over from either alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from intake.domain.acts.checkpoint import Heads, read_heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT, ENROL
from intake.domain.base.canonical import sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.roster import Roster, Use
from intake.domain.organisation.roster_differences import (
    KeyToCompare,
    RosterPart,
    RosterUntold,
    keys_to_compare,
    roster_differences,
)
from intake.domain.organisation.roster_words import CheckpointSeen, CheckpointSight, named, roster_lines, spaced
from intake.domain.playbook.difference_words import playbook_lines
from intake.domain.playbook.whole import Playbook
from intake.services.installation.act_files import listing_of
from intake.services.installation.installation import Installation
from intake.services.organisation import offices
from intake.services.organisation.refusals import (
    KeyWithoutEnrolment,
    PlaybookUntold,
    PlaybookWeaker,
    RosterTellsTooMuch,
)
from intake.trust.encryption.reader_key import require_possession

_CORE = Sentence("RosterSaysCore", "The playbook {playbook} is the core of this program, “{title}”, version {version}.")
_LIKE = Sentence(
    "RosterSaysLikeCore",
    "The playbook {playbook} is “{title}”, version {version}. It asks and judges as the core does.",
)
_BESIDE = Sentence(
    "RosterSaysBesideCore",
    "The playbook {playbook} is “{title}”, version {version}. What follows is all in which it differs from the core of this program.",
)
_WEAKER = Sentence("RosterSaysWeaker", "Nothing that is filed by it could be approved: {problem}.")
_UNTOLD = Sentence(
    "RosterSaysPlaybookUntold", "What the playbook {playbook} asks and judges cannot be told: it cannot be read here."
)
_ENDS_UNSEEN = Sentence(
    "RosterEndsAtUnseen",
    "It ends keys or roles at a checkpoint that lists at least {count} acts which are not here. What was signed with such a key "
    "and is listed there goes on counting. Fetch from the exchange and read it before you agree.",
    one="It ends keys or roles at a checkpoint that lists at least one act which is not here. If it was signed with such a key it "
    "goes on counting. Fetch from the exchange and read it before you agree.",
)
MOST_DIFFERENCES = 1000
"""Entries of people, keys and roles among them: a founding of some three hundred people."""


@dataclass(frozen=True, slots=True)
class VersionCompared:
    """What a version says against one that it names (``against``, an act id by ``author``; both empty for version 1)."""

    against: str
    author: str
    lines: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RosterTold:
    """``compared`` has one entry for each version that is named; ``keys`` are to be compared by voice, in the order of people.
    ``warnings`` say what it makes of the offices (``offices.warnings``), and what of it cannot be judged by what is here.
    """

    compared: tuple[VersionCompared, ...]
    keys: tuple[KeyToCompare, ...]
    warnings: tuple[Reason, ...] = ()

    @property
    def lines(self) -> tuple[Reason, ...]:
        return tuple(line for item in self.compared for line in item.lines)


def told(installation: Installation, document: Roster) -> RosterTold:
    """Everything a version says that those it names do not. Raises RosterUntold, also where one of these does not
    count here, or RosterTellsTooMuch.
    """
    rosters = installation.rosters
    sight = _Sight(installation)
    of_offices = offices.warnings(installation, document)
    if document.version == 1:
        lines = _lines(installation, None, document, sight)
        return RosterTold((VersionCompared("", "", lines),), keys_to_compare(document, ()), of_offices)
    versions = {**rosters.chain, **{name: late.listed for name, late in rosters.late.items()}}
    before = [versions[name] for name in document.previous if name in versions]
    skips = any(item.roster.version + 1 != document.version for item in before)
    if skips or not before or len(before) != len(document.previous):
        raise RosterUntold(version=document.version)
    compared = tuple(
        VersionCompared(item.id, rosters.name(item.author), _lines(installation, item.roster, document, sight))
        for item in before
    )
    keys = keys_to_compare(document, (item.roster for item in before))
    unseen = (_ENDS_UNSEEN(count=sight.absent),) if sight.absent else ()
    return RosterTold(compared, keys, (*of_offices, *unseen))


def require_sound(installation: Installation, document: Roster) -> None:
    """Raise what speaks against endorsing a version that could be told: as ``require_strict`` and for keys without enrolments."""
    chain = installation.rosters.chain
    known = {item.sha256 for name in document.previous if name in chain for item in chain[name].roster.playbooks}
    for item in document.playbooks:
        if item.sha256 not in known:
            found = _playbook(installation, item.sha256)
            if found is None:
                raise PlaybookUntold(playbook=spaced(item.sha256))
            require_strict(installation, found)
    _require_enrolled(installation, document)


def require_strict(installation: Installation, playbook: Playbook) -> None:
    """Raise PlaybookWeaker for one that asks or demands less than the core: what is filed by it is approved by nobody."""
    if problem := installation.playbook_rules.weaker(playbook):
        raise PlaybookWeaker(problem=problem)


def _require_enrolled(installation: Installation, document: Roster) -> None:
    """Raise KeyWithoutEnrolment for a key that no version before lists, and of which no enrolment is here.

    An enrolment is signed with the key itself under the person id: it proves that who has the key asked to be this person. One
    that decrypts is proved by the enrolment of a key that the same person signs with.
    """
    enrolled = defaultdict[str, list[Act]](list)
    for act in installation.register.queries.organisation_acts(ENROL.name):
        enrolled[act.signer].append(act)
    chain = installation.rosters.chain
    before = [chain[name].roster for name in document.previous if name in chain]
    for person in document.people.besides(*(old.people for old in before)):
        for item in person.certificates:
            known = any((one := old.person(person.id)) and one.certificate(item.sha256) for old in before)
            if known:
                continue
            if item.signs:
                asked = any(act.person == person.id for act in enrolled[item.sha256])
            elif item.use == Use.DECRYPT:
                own = (act for key in person.certificates if key.signs for act in enrolled[key.sha256])
                asked = any(_reader_key(act) == item.sha256 for act in own)
            else:
                asked = True
            if not asked:
                raise KeyWithoutEnrolment(person=named(person.name, person.id))


def _reader_key(act: Act) -> str:
    """The fingerprint of the key that decrypts and that an enrolment proves; empty where it proves none."""
    try:
        body = ENROL.read(act)
        if body.reader:
            require_possession(body.reader, act.signer, body.possession)
            return sha256(body.reader)
    except Refusal:
        pass
    return ""


def _lines(
    installation: Installation, before: Roster | None, document: Roster, sight: CheckpointSight
) -> tuple[Reason, ...]:
    differences = roster_differences(before, document)
    added = [item.place[0] for item in differences if item.part is RosterPart.PLAYBOOK and item.after]
    of_playbooks = [line for name in added for line in _playbook_lines(installation, name)]
    count = len(differences) + len(of_playbooks)
    if count > MOST_DIFFERENCES:
        raise RosterTellsTooMuch(version=document.version, count=count, limit=MOST_DIFFERENCES)
    return (*roster_lines(differences, before, document, sight), *of_playbooks)


def _playbook_lines(installation: Installation, digest: str) -> Iterator[Reason]:
    """All that an accepted playbook adds to the core, changes and lacks; that it is weaker, where it is, before the rest."""
    found, core = _playbook(installation, digest), installation.shelf.core
    if found is None:
        yield _UNTOLD(playbook=spaced(digest))
        return
    if digest == core.digest:
        yield _CORE(playbook=spaced(digest), title=found.title, version=found.version)
        return
    lines = playbook_lines(core, found)
    say = _BESIDE if lines else _LIKE
    yield say(playbook=spaced(digest), title=found.title, version=found.version)
    if problem := installation.playbook_rules.weaker(found):
        yield _WEAKER(problem=problem)
    yield from lines


def _playbook(installation: Installation, digest: str) -> Playbook | None:
    try:
        return installation.playbook(digest)
    except Refusal:
        return None  # it has not arrived, or it was written for a later version of the app


class _Sight:
    """``CheckpointSight`` over what is stored here. What a version ends nothing at costs nothing.

    ``absent`` is how many acts are not here at least that one of the checkpoints seen lists.
    """

    def __init__(self, installation: Installation) -> None:
        self.absent = 0
        self._queries = installation.register.queries
        self._rosters: RosterHistory = installation.rosters

    def __call__(self, checkpoint: str, keys: frozenset[str]) -> CheckpointSeen | None:
        act = self._checkpoints.get(checkpoint)
        if act is None:
            return None
        signed = self._queries.acts_signed_with(keys)
        heads = self._listing(act)
        author = named(self._rosters.name_alone(act.person), act.person)
        if heads is None:
            return CheckpointSeen(author, act.at.date(), None, len(signed))
        absent = self._absent(heads, signed)
        self.absent = max(self.absent, absent)
        return CheckpointSeen(author, act.at.date(), _covered(heads, signed), len(signed), absent)

    def _absent(self, heads: Heads, signed: Iterable[Act]) -> int:
        """How many of the acts that are listed, or that listed ones of these keys follow, are not here."""
        listed = {name for names in heads.by_case.values() for name in names}
        by_id, lowest = {act.id: act for act in signed}, frozenset(heads.floors.values())
        walked: set[str] = set()
        for name in sorted(listed):
            current = by_id.get(name)
            while current is not None and current.id not in walked:
                walked.add(current.id)
                if current.prev and current.id not in lowest:
                    listed.add(current.prev)
                current = by_id.get(current.prev)
        here = self._queries.acts_among(tuple(sorted(listed)))
        return len(listed) - len(here)

    @cached_property
    def _checkpoints(self) -> dict[str, Act]:
        return {act.id: act for act in self._queries.organisation_acts(CHECKPOINT.name)}

    def _listing(self, act: Act) -> Heads | None:
        data = next((self._queries.blob(name) for name in listing_of(act)), None)
        try:
            return read_heads(data) if data is not None else None
        except Refusal:
            return None


def _covered(heads: Heads, signed: Iterable[Act]) -> int:
    by_case: dict[str, dict[str, Act]] = {}
    for act in signed:
        by_case.setdefault(act.case_id, {})[act.id] = act
    return sum(len(heads.covered(case, acts)) for case, acts in by_case.items())

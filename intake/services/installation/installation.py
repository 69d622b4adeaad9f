"""The installation: everything a service works with, built once and handed down.

It has one register. It never prompts and holds no secret: who signs brings a ``PersonWithKey``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from intake import __version__
from intake.domain.acts.capabilities import Capabilities
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.engines import THIS_VERSION, Engine, Engines, FiledOtherwise, NotAssessed, engine
from intake.domain.assessment.granted import Granted
from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.base.workdays import Workdays
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState, fold_case
from intake.domain.guide.as_filed import hides_tier
from intake.domain.organisation.accepted_playbooks import engine_for
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.working_days import working_days
from intake.domain.playbook import answers
from intake.domain.playbook.answers import Answers
from intake.domain.playbook.questions import QuestionRole
from intake.domain.playbook.reading.playbook import from_blob
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.terms import Terms
from intake.formats.cyclonedx_schema import BomSchemas
from intake.records.case_file import CaseFile
from intake.records.editions.printer import Printer
from intake.records.signatures.timestamps import TimestampService
from intake.register.register import Register
from intake.register.views.queries import FoldInput
from intake.services.installation.playbook_rules import PlaybookRuleReader, Weaker
from intake.services.installation.privacy import Privacy
from intake.services.installation.record_files import RecordFileReader
from intake.services.installation.templates import Template
from intake.trust.encryption.reader_key import ReaderKey
from intake.trust.keys import SigningKey

APP = f"countersign {__version__}"


class PlaybookMissing(Refusal):
    what = "The playbook this use case was filed with is not here."
    why = "Its answers can only be read with the questions they were given to."
    next = "Fetch from the exchange again, or ask the sender for a package with everything."


class NothingFiled(Refusal):
    what = "This use case has no revision that counts."
    why = "Something it rests on has not arrived, or its author had no right to file it."
    next = "Look at its history to see what it waits for."


@dataclass(frozen=True, slots=True)
class PersonWithKey:
    """Somebody about to sign: a person id of the roster and the keys in memory, that for reading if there is one."""

    person: str
    key: SigningKey
    reader: ReaderKey | None = None


class PlaybookShelf:
    """The playbooks at hand: the core the app brings, those the organisation accepts, and those of filed revisions."""

    def __init__(self, core: Playbook) -> None:
        self.core = core
        self._known = {core.digest: core}
        self._unreadable: set[str] = set()
        self._accepted: Callable[[], Mapping[str, int]] = dict
        self._fetch: Callable[[str], bytes | None] = lambda _digest: None
        self._judges: Callable[[str], bool] = lambda _digest: True
        self._weaker: Weaker = lambda _playbook: None

    def follow(
        self,
        accepted: Callable[[], Mapping[str, int]],
        fetch: Callable[[str], bytes | None],
        judges: Callable[[str], bool] = lambda _digest: True,
        weaker: Weaker = lambda _playbook: None,
    ) -> None:
        """Go by what the rosters accept: digests with the roster version that took each up.

        ``fetch`` gives blob bytes, ``judges`` tells whether this program has the engine that judges by a playbook, ``weaker``
        whether it is less than the core.
        """
        self._accepted, self._fetch, self._judges, self._weaker = accepted, fetch, judges, weaker

    @property
    def current(self) -> Playbook:
        """What new drafts are made with: the newest accepted playbook that this program can use, else the core.

        It can when the playbook is here, readable and not weaker than the core, and the engine that judges by it is known.

        A playbook nobody accepted is never current, wherever it came from.
        """
        accepted = self._accepted()
        # What came with the same version as the core was taken up to be used instead of it.
        for digest in sorted(accepted, key=lambda name: (-accepted[name], name == self.core.digest, name)):
            if digest in self._unreadable or not self._judges(digest):
                continue
            try:
                found = self.get(digest, self._fetch)
                if not self._weaker(found):
                    return found
            except PlaybookMissing:
                continue
            except Refusal:
                # Written for a later version of the app: reading it again and again would not help.
                self._unreadable.add(digest)
        return self.core

    def accepts(self, digest: str) -> bool:
        """Whether approvals may rest on this playbook. Before the first roster counts, it will be the core."""
        return digest in (self._accepted() or {self.core.digest: 0})

    def get(self, digest: str, fetch: Callable[[str], bytes | None]) -> Playbook:
        """The playbook with this digest; ``fetch`` gives blob bytes. Raises PlaybookMissing or UnreadablePlaybook."""
        if digest not in self._known:
            data = fetch(digest)
            if data is None or sha256(data) != digest:
                raise PlaybookMissing
            self._known[digest] = from_blob(data)
        return self._known[digest]


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """What the register shows of an assessment, and finds a case by: ``purpose`` is what the answers say it is for, ``days`` how
    long the tier may take.
    """

    tier: str
    lane: str
    days: int
    purpose: str


class LastFold:
    """The case that was folded last: one decision asks for it many times over, and a fold is a function of what goes in."""

    def __init__(self) -> None:
        self._made: tuple[FoldInput, RosterHistory, CaseState] | None = None

    def of(self, given: FoldInput, rosters: RosterHistory, fold: Callable[[], CaseState]) -> CaseState:
        """The state of ``given`` under ``rosters``: the one made before, or what ``fold`` makes."""
        made = self._made  # read once: several threads ask
        if made is None or made[1] is not rosters or not _same(made[0], given):
            made = self._made = (given, rosters, fold())
        return made[2]


def _same(one: FoldInput, other: FoldInput) -> bool:
    # An id is the digest of the whole act.
    names = [[act.id for act in item.acts] for item in (one, other)]
    return names[0] == names[1] and (one.blobs, one.heads) == (other.blobs, other.heads)


@dataclass(frozen=True, slots=True)
class Installation:
    """``clock`` gives aware UTC moments; tests hand in their own.

    ``printer`` prints records, in the edition each has (not for two threads at once), ``tsa`` is the timestamp
    service if one is set, ``bom_schemas`` judge bills of materials, ``templates`` are the common uses a draft can begin
    with. ``privacy`` is what had to be closed to others when the home was opened, ``record_files`` reads what seals name,
    ``capabilities`` are what this version of the program understands, ``playbook_rules`` is what folding asks of playbooks, and
    of revisions and approvals by them.
    """

    register: Register
    shelf: PlaybookShelf
    printer: Printer
    clock: Callable[[], datetime]
    bom_schemas: BomSchemas
    tsa: TimestampService | None = None
    templates: tuple[Template, ...] = ()
    privacy: Privacy = field(default_factory=Privacy)
    record_files: RecordFileReader = field(default_factory=RecordFileReader)
    capabilities: Capabilities[Engine] = THIS_VERSION
    playbook_rules: PlaybookRuleReader = field(default_factory=PlaybookRuleReader)
    _last: LastFold = field(default_factory=LastFold, compare=False, repr=False)

    def close(self) -> None:
        """Close the register; nothing of it can be asked afterwards."""
        self.register.close()

    @property
    def rosters(self) -> RosterHistory:
        return self.register.organisation().history

    @property
    def workdays(self) -> Workdays:
        """The working days of the organisation."""
        return working_days(self.rosters)

    def state(self, case: str) -> CaseState:
        """The folded state of a case. Raises NothingFiled when nothing of it counts."""
        found = self.folded(case)
        if found.current is None:
            raise NothingFiled
        return found

    def folded(self, case: str) -> CaseState:
        """The state of a case, also when nothing of it counts yet."""
        organisation = self.register.organisation()
        given = self.register.queries.fold_input(case, organisation)
        record_files = self.record_files.over(self.register.queries.blob)
        rules = self.playbook_rules.over(self.register.queries.blob)
        return self._last.of(
            given,
            organisation.history,
            lambda: fold_case(
                given.acts, organisation.history, given.blobs, given.heads, record_files, rules, self.capabilities
            ),
        )

    def heads(self, case: str) -> tuple[str, ...]:
        """The newest acts of a case with a say: what the next act names as seen."""
        return self.folded(case).newest

    def playbook(self, digest: str) -> Playbook:
        return self.shelf.get(digest, self.register.queries.blob)

    def engine(self, playbook: str) -> Engine:
        """What judges drafts by a playbook (its digest): as the roster says, else the newest. Raises EngineNotHere."""
        return engine(self.capabilities.engines, engine_for(self.rosters, playbook) or max(self.capabilities.engines))

    def engine_of(self, revision: Revision) -> Engine:
        """What judges a filed revision. Raises NotAssessed."""
        return engine(self.capabilities.engines, revision.engine)

    def judged(self, revision: Revision) -> Assessment | NotAssessed:
        """The assessment of a filed revision, or why this program makes none. Raises PlaybookMissing or its kin."""
        try:
            found = self.engine_of(revision)
        except NotAssessed as refusal:
            # Not even read: a playbook for a newer engine may have a form that only a newer version knows.
            return refusal
        playbook = self.playbook(revision.body.playbook)
        unfiled = revision.misnamed or self.playbook_rules.against(found, playbook, revision.body)
        if unfiled is not None and hides_tier(unfiled):
            return FiledOtherwise(reason=unfiled)
        return found.assess(playbook, answers.from_json(revision.body.answers))

    def judged_on(self, revision: Revision, given: Terms) -> Granted | NotAssessed:
        """As ``judged``, as it is and on given terms: the second is what both offices sign (rule R10)."""
        found = self.judged(revision)
        if isinstance(found, NotAssessed):
            return found
        playbook = self.playbook(revision.body.playbook)
        return self.engine_of(revision).assess_granted(playbook, answers.from_json(revision.body.answers), given)

    def assessed(self, revision: Revision) -> tuple[Playbook, Assessment]:
        """What the playbook named by a revision makes of its answers. Raises NotAssessed besides what ``judged`` does."""
        found = self.judged(revision)
        if isinstance(found, NotAssessed):
            raise found
        return self.playbook(revision.body.playbook), found

    def case_file(self, state: CaseState, revision: Revision, given: Terms | None = None) -> CaseFile:
        """What a record of a revision is made of; that of an approval rests on what is ``given``. Raises as ``assessed``."""
        playbook, assessment = self.assessed(revision)
        granted = self.judged_on(revision, given) if given else None
        if granted is None or isinstance(granted, NotAssessed):
            return CaseFile(state, revision, self.rosters, playbook, assessment)
        return CaseFile(state, revision, self.rosters, playbook, granted.on_terms, granted)


def assessor(
    shelf: PlaybookShelf, blob: Callable[[str], bytes | None], engines: Engines
) -> Callable[[CaseState], AssessmentFacts | None]:
    """What the register's projections need to know of an assessment: tier and lane, or None without the playbook."""

    def look(state: CaseState) -> AssessmentFacts | None:
        if state.current is None or not state.accepted or hides_tier(state.unfiled):
            # Somebody's own playbook may call anything harmless, and so does what counts no answer; the list does not
            # repeat it.
            return None
        try:
            playbook = shelf.get(state.current.body.playbook, blob)
            given = answers.from_json(state.current.body.answers)
            made = engine(engines, state.current.engine).assess(playbook, given)
        except Refusal:
            # Foreign answers, a playbook or an engine that is not here: the row says so by showing no tier.
            return None
        return AssessmentFacts(made.tier.value, made.path.lane.value, made.path.days, purpose_of(playbook, given))

    return look


def purpose_of(playbook: Playbook, given: Answers) -> str:
    """What the answers say a use case is for, in the owner's words: the texts that similar cases are found by."""
    # One question may have several of these roles.
    found = [given.get(name) for name in dict.fromkeys(map(playbook.role, _PURPOSE))]
    return "\n".join(answer.value for answer in found if answer and isinstance(answer.value, str))


_PURPOSE = (QuestionRole.PURPOSE, QuestionRole.PROBLEM, QuestionRole.INTENDED_USE, QuestionRole.BENEFIT)

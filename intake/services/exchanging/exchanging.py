"""Moving acts between registers: a shared folder, a package in one file, or a single act.

Every way ends in the same step: strict verification, then the register's one ``append``. What is refused goes to
quarantine with its reason; nothing that was read is dropped without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ENROL, ROSTER
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption, together, words
from intake.domain.case.standings import Worth
from intake.domain.organisation.exchange_rule import exchanges_confidentially
from intake.exchange.entries import Cancel, Entry, EntryKind, Head, ProgressCall, never, silent
from intake.exchange.folder.folder import FolderCarrier
from intake.exchange.package.manifest import stream_name
from intake.exchange.package.package import read_package, save_package
from intake.exchange.package.signing import signer_of, signing_with
from intake.exchange.refusals import CarrierStopped, FolderConfidential
from intake.exchange.report import ExchangeReport as ExchangeReport  # noqa: PLC0414 - screens import it from here
from intake.exchange.report import Fetch, SendReport, missing_heads
from intake.exchange.report import report_of as report_of  # noqa: PLC0414 - as above
from intake.register.refusals import RegisterRefusal
from intake.register.store.receipts import Item, ItemKind, Proof
from intake.services.exchanging.confidential_carrier import ConfidentialCarrier
from intake.services.exchanging.delivery import note_handed_over
from intake.services.exchanging.left_out import LeftOut
from intake.services.exchanging.taken import ImportTotals
from intake.services.exchanging.taking import Taking
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation.people import asking_among
from intake.services.proving.anchors import anchor_of_register
from intake.services.proving.organisation_standing import package_signer
from intake.trust.acts import verify_act

_RE_EVALUATING = Caption("StepReEvaluating", "Re-evaluating use cases")
_COLLECTING = Caption("StepCollecting", "Collecting")


_READ_BACK = 1000
_READ_BACK_BYTES = 64 << 20
"""Acts and files that are read back from a folder when the program starts: on a share each costs a question and its bytes."""


class NothingToExport(Refusal):
    what = "There is nothing to export."
    why = "This register holds no acts of this selection yet."
    next = "File a use case or fetch from the exchange first."


class FolderExchange:
    """Send and fetch through one folder. Keep one while the app runs: it remembers what need not be read again."""

    def __init__(self, installation: Installation, root: Path) -> None:
        self._installation = installation
        self._root = root
        self._carrier: FolderCarrier | ConfidentialCarrier | None = None
        self._compared = False
        self._left = LeftOut()

    def run(self, *, progress: ProgressCall = silent, cancelled: Cancel = never) -> ExchangeReport:
        """Send what is not there yet, then fetch what is not here, whatever became of the sending.

        Raises HomeReadOnly before anything is done, and the refusal of either direction after both were tried: a stop that
        lies there must not depend on being able to write. What was done is kept, and ``report_of`` the refusal tells it.
        """
        # What was sent is noted here; without that it would go out again and again.
        self._installation.register.require_writing()
        carrier = self._current()
        taking = Taking(self._installation, str(self._root), self._left)
        looks: list[Fetch] = []
        stopped: list[Refusal] = []
        try:
            sent = self._send(carrier, progress, cancelled)
        except Refusal as refusal:
            sent = _sent_before(refusal)
            stopped.append(refusal)
        except Exception:
            # What is too large for the memory, or a bug of ours, is no reason either; it is what has to be told.
            with suppress(Refusal):
                self._fetch(carrier, taking, looks, progress, cancelled)
            raise
        if sent.cancelled:
            return _reported(sent, taking.totals, looks, ())
        try:
            self._fetch(carrier, taking, looks, progress, cancelled)
        except Refusal as refusal:
            stopped.append(refusal)
        asking = asking_among(self._installation, taking.totals.enrolments)
        report = _reported(sent, taking.totals, looks, asking, stopped)
        if stopped:
            stopped[0].facts["report"] = report
            raise stopped[0]
        return report

    def _current(self) -> FolderCarrier | ConfidentialCarrier:
        """The carrier for the organisation as it is now: it may have been founded since the last run, or exchange otherwise."""
        org = self._installation.register.org
        confidential = self._confidential(org)
        if (
            self._carrier is None
            or self._carrier.org != org
            or isinstance(self._carrier, ConfidentialCarrier) is not confidential
        ):
            folder = FolderCarrier(self._root, org)
            self._carrier = ConfidentialCarrier(self._installation, folder) if confidential else folder
            self._compared = False
            self._left = LeftOut()
        return self._carrier

    def _confidential(self, org: str) -> bool:
        """As the roster says; who has none yet, and finds what is encrypted, goes by that."""
        rosters = self._installation.rosters
        if rosters.founded:
            return exchanges_confidentially(rosters)
        return bool(org) and FolderCarrier(self._root, org).holds_encrypted()

    def _send(
        self, carrier: FolderCarrier | ConfidentialCarrier, progress: ProgressCall, cancelled: Cancel
    ) -> SendReport:
        if isinstance(carrier, FolderCarrier) and carrier.holds_encrypted():
            raise FolderConfidential(folder=str(self._root), done=0, detail="")
        receipts = self._installation.register.receipts
        name = f"{carrier.root}/{carrier.org}"
        if not self._compared:
            # A folder that cannot be looked through may be written all the same; if not, sending says so.
            with suppress(CarrierStopped):
                self._forget_lost(carrier, name, progress, cancelled)
        given: list[tuple[ItemKind, str]] = []

        def entries() -> Iterator[Entry]:
            for item in receipts.outgoing(name):
                yield Entry(EntryKind(item.kind.value), item.id, item.data)

        def there(entry: Entry) -> None:
            given.append((ItemKind(entry.kind.value), entry.id))

        # What was signed here and has not left is said to be sent only once it was read there, not by name and size.
        mine = self._installation.register.own_acts.unsent_files()
        sent = SendReport()
        try:
            sent = carrier.send(
                entries(),
                doubted=lambda entry: entry.id in mine,
                progress=progress,
                cancelled=cancelled,
                there=there,
            )
        except CarrierStopped as stopped:
            sent = _sent_before(stopped)
            raise
        finally:
            try:
                receipts.note(name, given, Proof.WRITTEN)
            except Refusal as refusal:
                # It is there all the same, and goes out once more.
                refusal.facts["report"] = sent
                raise
        return sent

    def _fetch(
        self,
        carrier: FolderCarrier | ConfidentialCarrier,
        taking: Taking,
        looks: list[Fetch],
        progress: ProgressCall,
        cancelled: Cancel,
    ) -> None:
        """Fetch what is not here; ``looks`` grows with each look through the folder. Use cases are judged with what came."""
        register = self._installation.register
        self._left.look_again(register)
        if self._left.keep_again(register):
            # Of files that are wrong the carrier remembers that it told of them; now they can be kept.
            carrier.forget()
        not_kept = set(self._left.refused)

        def look() -> Fetch:
            looks.append(carrier.fetch(self._known, wanted=taking.named, progress=progress, cancelled=cancelled))
            return looks[-1]

        try:
            taking.take(look)
            taking.totals.count_remembered(self._left, not_kept)
            if not looks[-1].report.cancelled:
                self._left.settle()
        except RegisterRefusal:
            # What was told of and could not be stored has to be told again.
            carrier.forget()
            raise
        finally:
            register.rejudge(progress=lambda done, total: progress(done, total, words(_RE_EVALUATING())))

    def _forget_lost(
        self, carrier: FolderCarrier | ConfidentialCarrier, name: str, progress: ProgressCall, cancelled: Cancel
    ) -> None:
        """Once per start: a stick may be another one, a share may be restored. What is gone there goes out again."""
        present = carrier.present(progress=progress, cancelled=cancelled)
        receipts = self._installation.register.receipts
        # Names and sizes are enough for what others have as well. Of what nobody has answered this is the only copy elsewhere.
        lost = carrier.lost(_first(receipts.unanswered(name)), progress=progress, cancelled=cancelled)

        def there(kind: ItemKind, item: str) -> bool:
            entry = EntryKind(kind.value)
            return (entry, item) not in lost and present.has(entry, item)

        if not cancelled():
            receipts.keep_only(name, there)
            self._compared = True

    def _known(self, kind: EntryKind, entry_id: str) -> bool:
        if self._left.has(kind, entry_id):
            return True
        return self._installation.register.receipts.known(ItemKind(kind.value), entry_id)


def export_package(
    installation: Installation,
    signer: PersonWithKey,
    target: Path,
    *,
    cases: Iterable[str] = (),
    replace: bool = False,
    progress: ProgressCall = silent,
    cancelled: Cancel = never,
) -> int:
    """Write a signed package of everything here, or of some cases with the acts of the organisation.

    Gives the number of acts. Raises NothingToExport or a refusal of the package's target.
    """
    wanted = set(cases)
    acts: dict[str, str] = {}
    blobs: set[str] = set()
    for number, (act_id, blob_id, blob) in enumerate(installation.register.queries.every_act()):
        if cancelled():
            break
        act = verify_act(blob).act
        if wanted and act.case_id and act.case_id not in wanted:
            continue
        acts[blob_id] = act_id
        blobs |= _files(installation, act)
        if number % 100 == 0:
            progress(number, None, words(_COLLECTING()))
    if not acts:
        raise NothingToExport
    here = installation.register.queries.carried_among(tuple(sorted(blobs)))
    contents = [(EntryKind.ACT, name) for name in acts] + [(EntryKind.BLOB, name) for name in here]

    def load(kind: EntryKind, name: str) -> bytes:
        queries = installation.register.queries
        found = queries.blob_of_act(acts[name]) if kind is EntryKind.ACT else queries.blob(name)
        return found or b""

    save_package(
        target,
        contents,
        load,
        org=installation.register.org,
        heads=_heads(installation, wanted),
        made_at=installation.clock(),
        sign=signing_with(signer.key),
        replace=replace,
        progress=progress,
        cancelled=cancelled,
    )
    mine = installation.register.own_acts.unsent_files()
    note_handed_over(
        installation,
        [name for name in acts if name in mine],
        target.name,
        files=[name for name in here if name in mine],
    )
    return len(acts)


def import_package(
    installation: Installation, source: Path, *, progress: ProgressCall = silent, cancelled: Cancel = never
) -> ExchangeReport:
    """Take everything a package brings. Raises a PackageRefusal or SignatureRefused for the file as a whole."""
    installation.register.require_writing()
    package = read_package(source, verify=signer_of, org=installation.register.org or None)
    looks: list[Fetch] = []

    def look() -> Fetch:
        known = installation.register.receipts.known
        looks.append(
            package.entries(
                lambda kind, name: known(ItemKind(kind.value), name), progress=progress, cancelled=cancelled
            )
        )
        return looks[-1]

    taking = Taking(installation, source.name, LeftOut())
    taking.take(look)
    taken = taking.totals
    installation.register.rejudge(progress=lambda done, total: progress(done, total, words(_RE_EVALUATING())))
    # Its acts were checked one by one all the same; here it is said who vouches that none is missing.
    vouching = package_signer(package.signer, anchor_of_register(installation))
    return ExchangeReport(
        new=taken.new,
        known=taken.known,
        waiting=taken.waiting,
        refused=taken.refused,
        missing=missing_heads(package.manifest.heads, _heads(installation, set())),
        problems=tuple(taken.problems),
        notes=(
            *taken.notes,
            *looks[0].report.notes,
            *(() if vouching.worth is Worth.COUNTS else (vouching.said,)),
        ),
        cancelled=looks[-1].report.cancelled,
        cases=frozenset(taken.cases),
        asking=asking_among(installation, taken.enrolments),
    )


def import_act(installation: Installation, data: bytes) -> ExchangeReport:
    """Take one signed act, such as an enrolment somebody sent. Raises what ``verify_act`` raises."""
    verified = verify_act(data)
    taken = ImportTotals(installation.register.quarantine)
    if verified.act.kind == ENROL.name:
        taken.enrolments.add(verified.act.id)
    taken.add(installation.register.append([verified]))
    return ExchangeReport(
        new=taken.new,
        known=taken.known,
        waiting=taken.waiting,
        refused=taken.refused,
        cases=frozenset(taken.cases),
        asking=asking_among(installation, taken.enrolments),
    )


def has_organisation(installation: Installation) -> bool:
    """Whether this register belongs to an organisation; until then everything that comes in waits for one."""
    return bool(installation.register.org)


def join(installation: Installation, org: str) -> None:
    """Belong to this organisation from now on. Raises OrganisationFixed when the register belongs to another."""
    installation.register.join(org)


def founding_roster(package: Path) -> tuple[str, ...]:
    """The organisations (ids) whose first roster a package brings, before this register belongs to any.

    Raises a PackageRefusal. Which of them is yours is for people to compare by voice.
    """
    found = set()
    for entry in read_package(package, verify=signer_of).entries():
        if isinstance(entry, Entry) and entry.kind is EntryKind.ACT:
            try:
                act = verify_act(entry.data).act
            except Refusal:
                continue  # judged again, with its reason, when the package is imported
            if act.kind == ROSTER.name and not act.org:
                found.add(act.id)
    return tuple(sorted(found))


def _sent_before(refusal: Refusal) -> SendReport:
    """What was sent before the sending was refused."""
    found = refusal.facts.get("report")
    return found if isinstance(found, SendReport) else SendReport()


def _reported(
    sent: SendReport,
    taken: ImportTotals,
    looks: list[Fetch],
    asking: tuple[str, ...],
    stopped: Sequence[Refusal] = (),
) -> ExchangeReport:
    """What both directions did. The refusal that is raised speaks for itself; one more is among the notes."""
    more = [item for item in stopped[1:] if item.given != stopped[0].given]
    return ExchangeReport(
        new=taken.new,
        known=taken.known,
        waiting=taken.waiting,
        refused=taken.refused,
        sent=sent.sent,
        already_there=sent.already_there,
        problems=(*sent.problems, *taken.problems),
        notes=(
            *(together(item.given, item.told("next")) for item in more),
            *sent.notes,
            *taken.notes,
            *(looks[0].report.notes if looks else ()),
        ),
        cancelled=looks[-1].report.cancelled if looks else sent.cancelled,
        cases=frozenset(taken.cases),
        unsent=sent.left,
        stopped=bool(stopped),
        asking=asking,
    )


def _heads(installation: Installation, cases: set[str]) -> dict[str, Head]:
    return {
        stream_name(item.signer, item.installation, item.case): Head(item.seq, item.act)
        for item in installation.register.queries.streams()
        if not cases or not item.case or item.case in cases
    }


def _first(items: Iterable[Item]) -> Iterator[Entry]:
    """As many of them as are read back at one start."""
    size = 0
    for count, item in enumerate(items):
        size += len(item.data)
        if count == _READ_BACK or size > _READ_BACK_BYTES:
            return
        yield Entry(EntryKind(item.kind.value), item.id, item.data)


def _files(installation: Installation, act: Act) -> frozenset[str]:
    try:
        return installation.capabilities.kinds.carried(act, installation.capabilities.tables)
    except Refusal:
        return frozenset()

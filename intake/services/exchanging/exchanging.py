"""Moving acts between registers: a shared folder, a package in one file, or a single act.

Every way ends in the same step: strict verification, then the register's one ``append``. What is refused goes to
quarantine with its reason; nothing that was read is dropped without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ROSTER
from intake.domain.base.refusals import Refusal
from intake.domain.case.standings import Worth
from intake.exchange.entries import Cancel, Entry, EntryKind, FileProblem, Head, ProgressCall, never, silent
from intake.exchange.folder.folder import FolderCarrier
from intake.exchange.package.manifest import stream_name
from intake.exchange.package.package import read_package, save_package
from intake.exchange.package.signing import signer_of, signing_with
from intake.exchange.refusals import CarrierStopped
from intake.exchange.report import ExchangeReport as ExchangeReport  # noqa: PLC0414 - screens import it from here
from intake.exchange.report import Fetch, SendReport, missing_heads
from intake.register.store.receipts import ItemKind, Proof
from intake.services.exchanging.taken import ImportTotals
from intake.services.installation.act_files import people_of
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.proving.anchors import anchor_of_register
from intake.services.proving.organisation_standing import package_signer
from intake.trust.acts import VerifiedAct, verify_act

_BATCH = 200
_BATCH_BYTES = 8 << 20


class NothingToExport(Refusal):
    what = "There is nothing to export."
    why = "This register holds no acts of this selection yet."
    next = "File a use case or fetch from the exchange first."


class FolderExchange:
    """Send and fetch through one folder. Keep one while the app runs: it remembers what need not be read again."""

    def __init__(self, installation: Installation, root: Path) -> None:
        self._installation = installation
        self._root = root
        self._carrier: FolderCarrier | None = None
        self._compared = False
        self._unasked: set[str] = set()
        self._held: tuple[int, ...] = ()

    def run(self, *, progress: ProgressCall = silent, cancelled: Cancel = never) -> ExchangeReport:
        """Send what is not there yet, then fetch what is not here. Raises a CarrierStopped or HomeReadOnly; what was done is kept."""
        # What was sent is noted here; without that it would go out again and again.
        self._installation.register.require_writing()
        carrier = self._current()
        sent = self._send(carrier, progress, cancelled)
        if sent.cancelled:
            return ExchangeReport(sent=sent.sent, already_there=sent.already_there, cancelled=True)
        receipts = self._installation.register.receipts
        if receipts.holding() != self._held:
            # What was signed here or came by a package may name what nobody asked for, or make room for it.
            self._unasked.clear()
        looks: list[Fetch] = []

        def look() -> Fetch:
            looks.append(carrier.fetch(self._known, progress=progress, cancelled=cancelled))
            return looks[-1]

        taken = _take_all(self._installation, look, str(self._root), self._unasked)
        self._held = receipts.holding()
        self._installation.register.rejudge(
            progress=lambda done, total: progress(done, total, "Re-evaluating use cases")
        )
        return ExchangeReport(
            new=taken.new,
            known=taken.known,
            waiting=taken.waiting,
            refused=taken.refused,
            sent=sent.sent,
            already_there=sent.already_there,
            problems=(*sent.problems, *taken.problems),
            messages=(*sent.messages, *taken.messages, *looks[0].report.messages),
            cancelled=looks[-1].report.cancelled,
            cases=frozenset(taken.cases),
        )

    def _current(self) -> FolderCarrier:
        """The carrier for the organisation as it is now: it may have been founded since the last run."""
        org = self._installation.register.org
        if self._carrier is None or self._carrier.org != org:
            self._carrier = FolderCarrier(self._root, org)
            self._compared = False
            self._unasked.clear()
        return self._carrier

    def _send(self, carrier: FolderCarrier, progress: ProgressCall, cancelled: Cancel) -> SendReport:
        receipts = self._installation.register.receipts
        name = f"{carrier.root}/{carrier.org}"
        if not self._compared:
            self._forget_lost(carrier, name, progress, cancelled)
        given: list[tuple[ItemKind, str]] = []

        def entries() -> Iterator[Entry]:
            for item in receipts.outgoing(name):
                yield Entry(EntryKind(item.kind.value), item.id, item.data)
                # Only when the carrier asks for the next one is this one written.
                given.append((item.kind, item.id))

        failed: set[tuple[str | None, str]] = set()
        try:
            report = carrier.send(entries(), progress=progress, cancelled=cancelled)
            failed = {(problem.kind, problem.claimed) for problem in report.problems}
        except CarrierStopped as refusal:
            if isinstance(refusal.report, SendReport):
                failed = {(problem.kind, problem.claimed) for problem in refusal.report.problems}
            raise
        finally:
            receipts.note(name, (item for item in given if item not in failed), Proof.WRITTEN)
        return report

    def _forget_lost(self, carrier: FolderCarrier, name: str, progress: ProgressCall, cancelled: Cancel) -> None:
        """Once per start: a stick may be another one, a share may be restored. What is gone there goes out again."""
        present = carrier.present(progress=progress, cancelled=cancelled)
        if not cancelled():
            self._installation.register.receipts.keep_only(
                name, lambda kind, item: present.has(EntryKind(kind.value), item)
            )
            self._compared = True

    def _known(self, kind: EntryKind, entry_id: str) -> bool:
        if kind is EntryKind.BLOB and entry_id in self._unasked:
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
            progress(number, None, "Collecting")
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

    taken = _take_all(installation, look, source.name, set())
    installation.register.rejudge(progress=lambda done, total: progress(done, total, "Re-evaluating use cases"))
    # Its acts were checked one by one all the same; here it is said who vouches that none is missing.
    vouching = package_signer(package.signer, anchor_of_register(installation))
    return ExchangeReport(
        new=taken.new,
        known=taken.known,
        waiting=taken.waiting,
        refused=taken.refused,
        missing=missing_heads(package.manifest.heads, _heads(installation, set())),
        problems=tuple(taken.problems),
        messages=(
            *taken.messages,
            *looks[0].report.messages,
            *(() if vouching.worth is Worth.COUNTS else (vouching.sentence,)),
        ),
        cancelled=looks[-1].report.cancelled,
        cases=frozenset(taken.cases),
    )


def import_act(installation: Installation, data: bytes) -> ExchangeReport:
    """Take one signed act, such as an enrolment somebody sent. Raises what ``verify_act`` raises."""
    taken = ImportTotals()
    taken.add(installation.register.append([verify_act(data)]))
    return ExchangeReport(
        new=taken.new, known=taken.known, waiting=taken.waiting, refused=taken.refused, cases=frozenset(taken.cases)
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


def answered(installation: Installation, case: str, person: str) -> bool:
    """Whether somebody else has signed an act that descends from the newest one of ``person``: proof of receipt."""
    events = installation.folded(case).events
    mine = [event.act.id for event in events if event.act.person == person]
    if not mine:
        return False
    descends: set[str] = {mine[-1]}
    for event in events:
        if event.act.id not in descends and descends & event.act.names:
            if event.act.person != person:
                return True
            descends.add(event.act.id)
    return False


def _take_all(installation: Installation, look: Callable[[], Fetch], source: str, unasked: set[str]) -> ImportTotals:
    """Take what a carrier brings, and look again when a roster has come by which more of it has room now.

    Acts come in no order, so those of a newcomer may come before the roster that lists them, and there is room for few
    strangers. Each further look follows a roster that counts, so there are no more of them than of these.
    """
    before = _counting(installation)
    fetch = look()
    taken = _take(installation, fetch, source, unasked)
    while taken.without_room and not fetch.report.cancelled:
        now = _counting(installation)
        if now <= before:
            break
        before |= now
        unasked.clear()
        fetch = look()
        taken.follow(_take(installation, fetch, source, unasked))
    return taken


def _counting(installation: Installation) -> frozenset[str]:
    """The keys and the rosters (act ids) for which nothing has to wait here."""
    view = installation.register.organisation()
    return view.certificates | view.chain


def _take(installation: Installation, fetch: Fetch, source: str, unasked: set[str]) -> ImportTotals:
    """Verify and store what a carrier brings, in batches; a problem is kept in quarantine when it is one for good."""
    taken = ImportTotals()
    acts: list[VerifiedAct] = []
    blobs: dict[str, bytes] = {}

    def flush() -> None:
        if acts or blobs:
            done = installation.register.append(acts, blobs)
            taken.add(done)
            if done.new or done.blobs:
                # A new act may name what was not asked for a moment ago, and the people of a roster make room for theirs.
                unasked.clear()
            unasked.update(done.unasked, done.left)
            acts.clear()
            blobs.clear()

    try:
        for found in fetch:
            if isinstance(found, FileProblem):
                # Without its bytes: a folder may hold more wrong files than the memory does.
                taken.problems.append(replace(found, data=b""))
                if found.quarantine:
                    taken.set_aside(installation, found.data, found.refusal, name=found.where, source=source)
            elif found.kind is EntryKind.ACT:
                try:
                    acts.append(verify_act(found.data))
                    _ask_for_people(installation, fetch, acts[-1].act)
                except Refusal as refusal:
                    taken.refused += 1
                    name = f"{found.id}.p7m"
                    taken.set_aside(installation, found.data, refusal, name=name, source=source, as_act=True)
            else:
                # Files are only taken when an act that is already stored names them.
                if acts:
                    flush()
                blobs[found.id] = found.data
            held = sum(map(len, blobs.values())) + sum(len(item.blob) for item in acts)
            if len(acts) >= _BATCH or held >= _BATCH_BYTES:
                flush()
    finally:
        # Also when the carrier goes away in the middle: what had arrived by then is kept.
        flush()
    return taken


def _ask_for_people(installation: Installation, fetch: Fetch, act: Act) -> None:
    """The people of a roster come next: until then everybody's acts would have to wait."""
    for name in people_of(act):
        if not installation.register.receipts.known(ItemKind.BLOB, name):
            fetch.soon(name)


def _heads(installation: Installation, cases: set[str]) -> dict[str, Head]:
    return {
        stream_name(item.signer, item.installation, item.case): Head(item.seq, item.act)
        for item in installation.register.queries.streams()
        if not cases or not item.case or item.case in cases
    }


def _files(installation: Installation, act: Act) -> frozenset[str]:
    try:
        return installation.capabilities.kinds.carried(act, installation.capabilities.tables)
    except Refusal:
        return frozenset()

"""Moving acts between registers: a shared folder, a package in one file, or a single act.

Every way ends in the same step: strict verification, then the register's one ``append``. What is refused goes to
quarantine with its reason; nothing that was read is dropped without a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ENROL, ROSTER
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption, words
from intake.domain.case.standings import Worth
from intake.domain.organisation.exchange_rule import exchanges_confidentially
from intake.exchange.entries import Cancel, Entry, EntryKind, Head, ProgressCall, never, silent
from intake.exchange.package.manifest import stream_name
from intake.exchange.package.package import read_package, save_package
from intake.exchange.package.signing import signer_of, signing_with
from intake.exchange.report import ExchangeReport as ExchangeReport  # noqa: PLC0414 - screens import it from here
from intake.exchange.report import Fetch, missing_heads
from intake.exchange.report import report_of as report_of  # noqa: PLC0414 - as above
from intake.register.store.receipts import ItemKind
from intake.services.exchanging.delivery import note_handed_over
from intake.services.exchanging.left_out import LeftOut
from intake.services.exchanging.reported import RE_EVALUATING
from intake.services.exchanging.taken import ImportTotals
from intake.services.exchanging.taking import Taking
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation.people import asking_among
from intake.services.proving.anchors import anchor_of_register
from intake.services.proving.organisation_standing import package_signer
from intake.trust.acts import verify_act

_COLLECTING = Caption("StepCollecting", "Collecting")


class NothingToExport(Refusal):
    what = "There is nothing to export."
    why = "This register holds no acts of this selection yet."
    next = "File a use case or fetch from the exchange first."


class PackageWouldBeOpen(Refusal):
    what = "No package was written: everybody who has the file could read what is in it."
    why = "The organisation exchanges confidentially, and a package is not encrypted."
    next = (
        "Exchange through a folder instead, also one on a stick: what goes into it is encrypted for those who need it."
    )


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

    Gives the number of acts. Raises PackageWouldBeOpen, NothingToExport or a refusal of the package's target.
    """
    if exchanges_confidentially(installation.rosters):
        raise PackageWouldBeOpen
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
    installation.register.rejudge(progress=lambda done, total: progress(done, total, words(RE_EVALUATING())))
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

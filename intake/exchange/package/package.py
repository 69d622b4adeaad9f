"""The package file ``.countersign``: the entries of an exchange folder in one zip file, with a signed manifest.

Reading takes the file from memory or from a path, checks its whole shape first (``archive``) and then gives entries
one at a time, each judged by its SHA-256. Signing and verifying are handed in: ``sign(manifest) -> signature`` and
``verify(manifest, signature) -> fingerprint``; the signature is detached, because the manifest can be large.
"""

from __future__ import annotations

import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace as replaced
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from intake import files
from intake.domain.base.canonical import BYTES_OVER_LIMIT, sha256
from intake.domain.base.wording import Wording, words
from intake.domain.organisation.invitation import Invitation
from intake.exchange import disk as disks
from intake.exchange.disk import Disk
from intake.exchange.entries import (
    DAMAGED_HERE,
    MAX_ACT,
    MAX_BLOB,
    OTHER_DIGEST,
    Cancel,
    Entry,
    EntryKind,
    FileProblem,
    Head,
    Known,
    ProgressCall,
    never,
    nothing_known,
    path_of,
    shown,
    silent,
)
from intake.exchange.package import manifest as manifests
from intake.exchange.package.archive import Archive, ArchiveLimits, Member, zipped
from intake.exchange.package.archive_names import MANIFEST, SIGNATURE, entry_of
from intake.exchange.package.manifest import MAX_MANIFEST, Manifest
from intake.exchange.package.refusals import (
    HeadersDisagree,
    MissingManifest,
    OtherOrganisation,
    PackageIncomplete,
    PackageTooLarge,
    TargetBusy,
    TargetExists,
    TargetFolderMissing,
    TargetFull,
    TargetGone,
    TargetReadOnly,
    TargetTrouble,
    TooManyEntries,
    TooManyWrongEntries,
)
from intake.exchange.refusals import (
    CarrierStopped,
    EntryRefusal,
    EntryTooLarge,
    ExchangeCancelled,
    FolderBusy,
    FolderFull,
    FolderMissing,
    FolderReadOnly,
    FolderUnreadable,
    FolderVanished,
    NotAFolder,
    ShareGone,
    WrongHash,
)
from intake.exchange.report import Fetch, Tally
from intake.exchange.steps import READING
from intake.exchange.turns import in_turn

_CHECK_SUM_WRONG = Wording("CheckSumWrong", "its check sum is wrong")

MAX_SIGNATURE: Final = 1 << 20

MOST_WRONG: Final = 1000
"""So many entries of one package are refused one by one."""

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes], str]

_TROUBLES: Final[Mapping[type[CarrierStopped], type[TargetTrouble]]] = {
    FolderFull: TargetFull,
    FolderReadOnly: TargetReadOnly,
    FolderUnreadable: TargetReadOnly,
    FolderMissing: TargetFolderMissing,
    FolderVanished: TargetFolderMissing,
    NotAFolder: TargetFolderMissing,
    ShareGone: TargetGone,
    FolderBusy: TargetBusy,
}


class Package:
    """A package whose shape and manifest were checked. ``signer`` is what ``verify`` gave: who signed the manifest."""

    def __init__(self, archive: Archive, manifest: Manifest, signer: str, max_blob: int) -> None:
        self.manifest = manifest
        self.signer = signer
        self._archive = archive
        self._limits = {EntryKind.ACT: MAX_ACT, EntryKind.BLOB: max_blob}
        self._entries = [(member, found) for member in archive.members if (found := entry_of(member.name))]
        self._entries.sort(key=lambda one: (one[1][0] is EntryKind.BLOB, one[0].offset))

    def entries(
        self, known: Known = nothing_known, *, progress: ProgressCall = silent, cancelled: Cancel = never
    ) -> Fetch:
        """Entries that are not known, acts first, and problems; the last one tells if the counts are not as signed.

        Raises PackageUnreadable from ``next`` when the file cannot be read any more, and TooManyWrongEntries.
        """
        tally = Tally(listed=len(self._entries))
        asked: deque[str] = deque()
        return Fetch(self._read(known, progress, cancelled, tally, asked), tally, asked)

    def _read(
        self, known: Known, progress: ProgressCall, cancelled: Cancel, tally: Tally, asked: deque[str]
    ) -> Iterator[Entry | FileProblem]:
        total, wrong = len(self._entries), 0
        with self._archive.opened() as file:
            for count, (member, (kind, entry_id)) in enumerate(in_turn(self._entries, _file, asked)):
                if count % 50 == 0:
                    progress(count, total, words(READING()))
                if cancelled():
                    tally.cancelled = True
                    return
                if known(kind, entry_id):
                    tally.known += 1
                    continue
                limit = self._limits[kind]
                data = b""
                try:
                    if member.size > limit:
                        raise EntryTooLarge(name=member.name, detail=BYTES_OVER_LIMIT(bytes=member.size, limit=limit))
                    data = self._archive.content(file, member)
                    tally.read += 1
                    tally.bytes_read += len(data)
                    _check_content(member, entry_id, data)
                except EntryRefusal as refusal:
                    wrong += 1
                    if wrong > MOST_WRONG:
                        raise TooManyWrongEntries(limit=MOST_WRONG) from None
                    yield FileProblem(member.name, refusal, kind, entry_id, data)
                else:
                    yield Entry(kind, entry_id, data)
        progress(total, total, words(READING()))
        acts = sum(kind is EntryKind.ACT for _, (kind, _) in self._entries)
        if (acts, total - acts) != (self.manifest.acts, self.manifest.blobs):
            listed = self.manifest.acts + self.manifest.blobs
            yield FileProblem(MANIFEST, PackageIncomplete(name=MANIFEST, listed=listed, held=total))


def read_package(
    source: bytes | Path,
    *,
    verify: Verify,
    org: str | None = None,
    max_blob: int = MAX_BLOB,
    limits: ArchiveLimits | None = None,
) -> Package:
    """Check a package's shape, manifest and signature; read its entries from the result.

    With ``org`` (an id) a package of another organisation is refused; a founding package (empty org) is not. Raises
    the exact PackageRefusal; EntryTooLarge or EntryDamaged for the manifest itself; and whatever ``verify`` raises.
    """
    archive = Archive(source, limits or ArchiveLimits())
    by_name = {member.name: member for member in archive.members if entry_of(member.name) is None}
    with archive.opened() as file:
        encoded = _named(archive, file, by_name, MANIFEST, MAX_MANIFEST)
        signature = _named(archive, file, by_name, SIGNATURE, MAX_SIGNATURE)
    signer = verify(encoded, signature)
    manifest = manifests.decode(encoded)
    if org and manifest.org and manifest.org != org:
        raise OtherOrganisation
    return Package(archive, manifest, signer, max_blob)


def save_package(  # noqa: PLR0913 - what a package holds, and how it is written
    target: Path,
    contents: Iterable[tuple[EntryKind, str]],
    load: Callable[[EntryKind, str], bytes],
    *,
    org: str,
    heads: Mapping[str, Head],
    made_at: datetime,
    sign: Sign,
    invitation: Invitation | None = None,
    replace: bool = False,
    progress: ProgressCall = silent,
    cancelled: Cancel = never,
    disk: Disk | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Write the package to ``target``, whole or not at all, loading one entry at a time.

    The same entries, heads, time and signature give the same bytes, in any order given.

    Raises TargetExists (unless ``replace``), TargetFull, TargetReadOnly, TargetFolderMissing, TargetGone, TargetBusy,
    TargetTrouble, and WrongHash, PackageTooLarge, TooManyEntries, BadManifest, Cancelled.
    """
    name = shown(target.name)
    disk = disk or Disk()
    try:
        if target.is_dir() or (target.exists() and not replace):
            raise TargetExists(name=name)
        files.require_outside_homes(target)
        described = Manifest(org, heads, 0, 0, made_at, invitation)
        made = _pieces(set(contents), load, described, sign, progress, cancelled)
        files.put(disk, target, disks.gathered(made), sleep=sleep, replace=replace)
    except FileExistsError:
        raise TargetExists(name=name) from None
    except OSError as error:
        stopped = disks.stopped(error, target.parent, writing=True, done=0)
        refusal = _TROUBLES.get(type(stopped), TargetTrouble)
        raise refusal(name=name, detail=stopped.facts["detail"]) from error
    # The file is whole by now; a folder that cannot be forced to the disk is no reason to say otherwise.
    with suppress(OSError):
        disk.sync_folder(target.parent)


def _pieces(
    contents: Iterable[tuple[EntryKind, str]],
    load: Callable[[EntryKind, str], bytes],
    described: Manifest,
    sign: Sign,
    progress: ProgressCall,
    cancelled: Cancel,
) -> Iterator[bytes]:
    # Acts first, as in a folder; within a kind by id.
    ordered = sorted(contents, key=lambda one: (one[0] is EntryKind.BLOB, one[1]))
    if len(ordered) + 2 > ArchiveLimits().entries:
        raise TooManyEntries(count=len(ordered) + 2, limit=ArchiveLimits().entries)
    acts = sum(kind is EntryKind.ACT for kind, _ in ordered)
    encoded = manifests.encode(replaced(described, acts=acts, blobs=len(ordered) - acts))
    if len(encoded) > MAX_MANIFEST:
        raise PackageTooLarge(limit=MAX_MANIFEST)
    signature = sign(encoded)

    def named() -> Iterator[tuple[str, bytes]]:
        yield MANIFEST, encoded
        yield SIGNATURE, signature
        for count, (kind, entry_id) in enumerate(ordered):
            if count % 50 == 0:
                progress(count, len(ordered), "Packing")
            if cancelled():
                raise ExchangeCancelled(done=count)
            data = load(kind, entry_id)
            name = path_of(kind, entry_id)
            if sha256(data) != entry_id:
                raise WrongHash(name=name, detail=DAMAGED_HERE())
            yield name, data
        progress(len(ordered), len(ordered), "Packing")

    return zipped(named())


def _named(archive: Archive, file: BinaryIO, by_name: Mapping[str, Member], name: str, limit: int) -> bytes:
    member = by_name.get(name)
    if member is None:
        raise MissingManifest(name=name)
    if member.size > limit:
        raise EntryTooLarge(name=name, detail=BYTES_OVER_LIMIT(bytes=member.size, limit=limit))
    data = archive.content(file, member)
    if zlib.crc32(data) != member.crc:
        raise HeadersDisagree(name=name, detail=_CHECK_SUM_WRONG())
    return data


def _file(entry: tuple[Member, tuple[EntryKind, str]]) -> str:
    kind, entry_id = entry[1]
    return entry_id if kind is EntryKind.BLOB else ""


def _check_content(member: Member, entry_id: str, data: bytes) -> None:
    digest = sha256(data)
    if digest != entry_id:
        raise WrongHash(name=member.name, detail=OTHER_DIGEST(digest=digest[:16]))
    if zlib.crc32(data) != member.crc:
        raise HeadersDisagree(name=member.name, detail=_CHECK_SUM_WRONG())

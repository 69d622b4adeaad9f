"""One direction of an exchange does not wait for the other: a stop that lies on a share is fetched whatever becomes of sending."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.canonical import sha256
from intake.domain.case.phases import Phase
from intake.exchange.disk import Disk
from intake.exchange.entries import EntryKind, path_of
from intake.exchange.folder.folder import FolderCarrier
from intake.exchange.refusals import FolderFull, FolderReadOnly, FolderUnreadable, ShareGone
from intake.exchange.report import ExchangeReport, SendReport
from intake.files import NotWritten
from intake.register.store.receipts import ItemKind, Proof
from intake.services.deciding import deciding
from intake.services.exchanging.exchanging import report_of
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.installation.installation import Installation
from intake.trust.acts import VerifiedAct
from tests.mounts import fill, read_only, small_disk
from tests.services.hostile import by_hand
from tests.services.offices import Offices

Lame = Callable[[Path], AbstractContextManager[object]]


@contextmanager
def full(share: Path) -> Iterator[None]:
    fill(share)
    yield


@pytest.fixture
def share(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "share", megabytes=6) as disk:
        yield disk


class Stopped:
    """Dan's decline lies on the share; Cleo, who has not seen it, has a remark to send."""

    def __init__(self, offices: Offices, share: Path) -> None:
        self.share = share
        self.case = offices.file()
        offices.travel("ada", "cleo", "dan")
        offices.decide("dan", self.case, Position.DECLINE, reason="No: it leaks.")
        FolderExchange(offices.installations["dan"], share).run()
        self.cleo: Installation = offices.installations["cleo"]
        deciding.comment(self.cleo, offices.signer("cleo"), self.case, "A remark")
        assert self.cleo.state(self.case).phase is not Phase.DECLINED
        *_, (_, self.remark, _) = self.cleo.register.queries.every_act()
        self.exchange = FolderExchange(self.cleo, share)

    @property
    def declined(self) -> bool:
        return self.cleo.state(self.case).phase is Phase.DECLINED

    @property
    def lies_there(self) -> bool:
        return (self.share / self.cleo.register.org / path_of(EntryKind.ACT, self.remark)).is_file()

    @property
    def noted(self) -> bool:
        """Whether the register believes that the remark was sent."""
        carrier = f"{self.share}/{self.cleo.register.org}"
        return self.cleo.register.receipts.has(carrier, ItemKind.ACT, self.remark, Proof.WRITTEN)


def done(refused: pytest.ExceptionInfo[Exception]) -> ExchangeReport:
    found = report_of(refused.value)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.attack(
    "a share that takes nothing more, to keep out the stop that lies there",
    refusal="FolderFull or FolderReadOnly for sending; the stop is fetched and counts",
)
@pytest.mark.parametrize(("lame", "refusal"), [(full, FolderFull), (read_only, FolderReadOnly)], ids=["full", "sealed"])
def test_a_stop_is_fetched_from_a_share_that_takes_nothing(
    offices: Offices, share: Path, lame: Lame, refusal: type[Exception]
) -> None:
    stopped = Stopped(offices, share)

    with lame(share), pytest.raises(refusal) as refused:
        stopped.exchange.run()

    report = done(refused)
    assert stopped.declined
    assert stopped.case in report.cases
    assert (report.new, report.sent, report.stopped) == (1, 0, True)
    assert not stopped.lies_there
    assert not stopped.noted


def test_what_a_full_share_did_not_take_goes_out_when_there_is_room(offices: Offices, share: Path) -> None:
    stopped = Stopped(offices, share)
    fill(share)
    for _ in range(2):
        with pytest.raises(FolderFull):
            stopped.exchange.run()

    (share / "filler").unlink()
    stopped.exchange.run()

    assert stopped.lies_there
    assert stopped.noted


@pytest.mark.attack(
    "plain files where the folders of a share belong", refusal="InTheWay for each, the rest is exchanged"
)
@pytest.mark.exhaustive
def test_a_stop_is_fetched_from_a_share_whose_folders_are_taken_by_files(offices: Offices, tmp_path: Path) -> None:
    share = tmp_path / "plain share"
    share.mkdir()
    stopped = Stopped(offices, share)
    for kind in (EntryKind.ACT, EntryKind.BLOB):
        for number in range(256):
            place = share / stopped.cleo.register.org / kind.folder / f"{number:02x}"
            if not place.exists():
                place.write_bytes(b"")
    where = path_of(EntryKind.ACT, stopped.remark).rpartition("/")[0]
    place = share / stopped.cleo.register.org / where
    if place.is_dir():
        place.rename(place.with_name("zz"))
        place.write_bytes(b"")

    report = stopped.exchange.run()

    assert stopped.declined
    assert where in {problem.where for problem in report.problems if problem.refusal.code == "InTheWay"}
    assert report.unsent > 0
    assert any("could not be sent" in line for line in report.summary)
    assert not stopped.noted
    place.unlink()
    stopped.exchange.run()
    assert stopped.lies_there
    assert stopped.noted


def test_one_that_cannot_be_fetched_from_is_still_sent_to(offices: Offices, tmp_path: Path, monkeypatch) -> None:
    """Not before everything that came was judged, and both directions are told."""
    share = tmp_path / "plain share"
    share.mkdir()
    stopped = Stopped(offices, share)

    def breaks(self: FolderCarrier, *_args: object, **_more: object) -> None:
        raise FolderUnreadable(folder=str(self.root), done=0, detail="")

    monkeypatch.setattr(FolderCarrier, "fetch", breaks)
    with pytest.raises(FolderUnreadable) as refused:
        stopped.exchange.run()

    assert done(refused).sent > 0
    assert stopped.lies_there
    assert stopped.noted


def test_a_share_that_cannot_be_compared_is_still_sent_to(offices: Offices, tmp_path: Path, monkeypatch) -> None:
    share = tmp_path / "plain share"
    share.mkdir()
    stopped = Stopped(offices, share)

    def breaks(self: FolderCarrier, **_more: object) -> None:
        raise ShareGone(folder=str(self.root), done=0, detail="")

    monkeypatch.setattr(FolderCarrier, "present", breaks)
    stopped.exchange.run()

    assert stopped.declined
    assert stopped.lies_there


def test_what_is_sent_being_too_large_for_the_memory_keeps_no_stop_out(
    offices: Offices, tmp_path: Path, monkeypatch
) -> None:
    share = tmp_path / "plain share"
    share.mkdir()
    stopped = Stopped(offices, share)

    def breaks(_carrier: str) -> None:
        raise MemoryError

    monkeypatch.setattr(stopped.cleo.register.receipts, "outgoing", breaks)
    with pytest.raises(MemoryError):
        stopped.exchange.run()

    assert stopped.declined
    assert not stopped.noted


def test_both_refusals_are_told_when_they_differ(offices: Offices, share: Path, monkeypatch) -> None:
    stopped = Stopped(offices, share)
    fill(share)

    def breaks(self: FolderCarrier, *_args: object, **_more: object) -> None:
        raise FolderUnreadable(folder=str(self.root), done=0, detail="")

    monkeypatch.setattr(FolderCarrier, "fetch", breaks)
    with pytest.raises(FolderFull) as refused:
        stopped.exchange.run()

    assert any(line.startswith("You may not read") for line in done(refused).summary)


def test_what_came_before_a_share_broke_is_told_and_judged(offices: Offices, tmp_path: Path, monkeypatch) -> None:
    share = tmp_path / "plain share"
    share.mkdir()
    stopped = Stopped(offices, share)
    judged: list[bool] = []
    rejudge = stopped.cleo.register.rejudge

    def noting(**more):
        judged.append(True)
        return rejudge(**more)

    monkeypatch.setattr(stopped.cleo.register, "rejudge", noting)
    fetch = FolderCarrier.fetch

    def breaks(self: FolderCarrier, *args, **more):
        found = fetch(self, *args, **more)
        steps = found._steps

        def some():
            for one in steps:
                yield one
                if getattr(one, "kind", None) is EntryKind.ACT:
                    raise ShareGone(folder=str(self.root), done=1, detail="")

        found._steps = some()
        return found

    monkeypatch.setattr(FolderCarrier, "fetch", breaks)
    with pytest.raises(ShareGone) as refused:
        stopped.exchange.run()

    assert done(refused).new == 1
    assert judged
    assert stopped.declined


def test_cancelling_while_sending_ends_it(offices: Offices, tmp_path: Path) -> None:
    share = tmp_path / "plain share"
    share.mkdir()
    stopped = Stopped(offices, share)

    report = stopped.exchange.run(cancelled=lambda: True)

    assert report.cancelled
    assert not stopped.declined
    assert not stopped.noted


def reads_of(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened in the exchange folder from now on."""
    opened: list[str] = []
    read = Disk.read

    def noting(self: Disk, path: Path | str, limit: int) -> tuple[os.stat_result, bytes]:
        opened.append(Path(path).name)
        return read(self, path, limit)

    monkeypatch.setattr(Disk, "read", noting)
    return opened


def lay(share: Path, org: str, name: str, data: bytes = b"", size: int = 0) -> Path:
    path = share / org / path_of(EntryKind.BLOB, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if size:
        os.truncate(path, size)
    return path


def note_naming(offices: Offices, content: bytes) -> VerifiedAct:
    """A note of Ada's that names this file."""
    named = Attachment(sha256(content), len(content), "text/plain", "x").as_json()
    org = offices.installations["ada"].register.org
    key = offices.signer("ada").key
    return by_hand(key, "note-x", {"attachments": [named]}, org=org, at=offices.clock(), case="a" * 64)


@pytest.mark.attack(
    "files that no act names, read in every exchange", refusal="not opened before an act here names them"
)
def test_files_that_no_act_names_are_not_opened(offices: Offices, tmp_path: Path, monkeypatch) -> None:
    """Neither those whose content is wrong nor those whose content is right, also after something new has come."""
    share = tmp_path / "plain share"
    share.mkdir()
    bob = offices.installations["bob"]
    for number in range(5):
        lay(share, bob.register.org, sha256(b"%d" % number), size=4096)
        lay(share, bob.register.org, sha256(bytes(4096 + number)), size=4096 + number)
    exchange = FolderExchange(bob, share)
    opened = reads_of(monkeypatch)

    exchange.run()
    offices.file()
    FolderExchange(offices.installations["ada"], share).run()
    opened.clear()
    report = exchange.run()

    assert report.new == 1
    assert [name for name in opened if not name.endswith(".p7m")] == []


@pytest.mark.attack("files of any size that take no room, read in every exchange", refusal="Placeholder, read once")
def test_a_hollow_file_that_an_act_names_is_opened_once(offices: Offices, tmp_path: Path, monkeypatch) -> None:
    share = tmp_path / "plain share"
    share.mkdir()
    bob = offices.installations["bob"]
    content = b"evidence".ljust(4096, b".")
    bob.register.append([note_naming(offices, content)])
    path = lay(share, bob.register.org, sha256(content), size=len(content))
    exchange = FolderExchange(bob, share)
    opened = reads_of(monkeypatch)

    told = [[problem.refusal.code for problem in exchange.run().problems] for _ in range(3)]

    assert told == [["Placeholder"]] * 3
    assert opened.count(path.name) == 1
    path.write_bytes(content)
    exchange.run()
    assert bob.register.queries.blob(sha256(content)) == content


def test_what_no_act_names_is_asked_for_again_when_one_does(offices: Offices, tmp_path: Path) -> None:
    share = tmp_path / "plain share"
    share.mkdir()
    bob = offices.installations["bob"]
    content = b"evidence".ljust(4096, b".")
    lay(share, bob.register.org, sha256(content)).write_bytes(content)
    exchange = FolderExchange(bob, share)
    exchange.run()
    named = bob.register.receipts.named
    asked: list[str] = []

    def counted(name: str) -> bool:
        asked.append(name)
        return named(name)

    bob.register.receipts.named = counted  # type: ignore[method-assign]
    exchange.run()
    assert asked == [], "it was asked once, and nothing has come since"

    bob.register.append([note_naming(offices, content)])
    exchange.run()

    assert bob.register.queries.blob(sha256(content)) == content


@pytest.mark.parametrize("stops", [False, True], ids=["sent", "stopped half way"])
def test_what_was_sent_is_told_also_when_it_cannot_be_noted(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stops: bool
) -> None:
    share = tmp_path / "plain share"
    share.mkdir()
    ada = offices.installations["ada"]
    offices.file()
    sending = FolderCarrier.send

    def send(self: FolderCarrier, *given: object, **more: object) -> SendReport:
        done = sending(self, *given, **more)  # type: ignore[arg-type]
        if stops:
            raise FolderFull(folder="x", done=done.sent, detail="", report=done)
        return done

    def note(*_: object) -> None:
        raise NotWritten(name="home", detail="the disk is full")

    monkeypatch.setattr(FolderCarrier, "send", send)
    monkeypatch.setattr(ada.register.receipts, "note", note)

    with pytest.raises(NotWritten) as refused:
        FolderExchange(ada, share).run()

    report = report_of(refused.value)
    assert report is not None
    assert report.sent > 1

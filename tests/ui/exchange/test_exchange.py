"""The exchange page, the ticker and the menu's commands on real registers and real folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from intake.domain.acts.kinds.enrol import EnrolBody
from intake.exchange.refusals import WrongHash
from intake.register.store.quarantine import RefusedOffer
from intake.register.store.receipts import ItemKind
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.trust.refusals import NotSigned
from tests.mounts import read_only
from tests.people import person
from tests.services.hostile import by_hand
from tests.ui.sessions import PASSPHRASE, Sessions
from tests.ui.walk import nameless, unreachable
from ui.companions.commands import WindowCommands
from ui.companions.ticker import folder_words
from ui.context import Changes, Context
from ui.exchange import work
from ui.exchange.choosing import FolderDialog
from ui.exchange.exchanger import exchanger
from ui.exchange.forgetting import ForgetDialog
from ui.exchange.packing import PackDialog
from ui.exchange.page import ExchangePage
from ui.exchange.refused_panel import BytesDialog
from ui.exchange.work import Ran
from ui.guide.begin.starting import BomFile
from ui.theme import Tone
from ui.widgets.dialogs import ConfirmDialog, RefusalDialog
from ui.widgets.signing import SigningDialog

ShowPage = Callable[[Context], ExchangePage]


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


@pytest.fixture
def show(qtbot: QtBot) -> ShowPage:
    def make(context: Context) -> ExchangePage:
        page = ExchangePage(context)
        qtbot.addWidget(page)
        page.resize(1040, 760)
        page.show()
        with qtbot.waitSignals([page.refused.counted, page.waiting.model.arrived, page.counting.found]):
            page.activated(None)
        return page

    return make


def using(sessions: Sessions, name: str, folder: Path) -> Context:
    context = sessions.context(name)
    sessions.session(name).workspace.change_settings(folder=str(folder))
    return context


def test_what_is_here_is_sent_and_what_is_there_is_fetched(
    sessions: Sessions, share: Path, show: ShowPage, qtbot: QtBot
) -> None:
    case = sessions.offices.file("ada")
    FolderExchange(sessions.offices.installations["ada"], share).run()
    context = using(sessions, "dan", share)
    page = show(context)

    with qtbot.waitSignal(context.changed, timeout=30_000) as changed:
        page.sync_action.trigger()

    told = changed.args[0]
    assert isinstance(told, Changes)
    assert case in told.cases
    assert "1 act is new." in page.folder.last.text()
    assert sessions.offices.installations["dan"].state(case).case == case


def test_a_second_run_is_quiet_and_uses_the_same_carrier(sessions: Sessions, share: Path, qtbot: QtBot) -> None:
    context = using(sessions, "dan", share)
    living = exchanger(context)
    with qtbot.waitSignal(living.ended, timeout=30_000):
        living.run()
    kept = living._carrier.exchange

    with qtbot.waitSignal(living.ended, timeout=30_000), qtbot.assertNotEmitted(context.changed):
        living.run()
        living.run()

    assert living._carrier.exchange is kept
    assert living.last.lines == ("Nothing new on either side.",)
    assert folder_words(living.last)[1] is Tone.NEUTRAL


def test_a_missing_folder_is_said_quietly_by_the_clock_and_aloud_by_hand(
    sessions: Sessions, tmp_path: Path, show: ShowPage, qtbot: QtBot
) -> None:
    context = using(sessions, "dan", tmp_path / "gone")
    window = QWidget()
    qtbot.addWidget(window)
    WindowCommands(context, window)
    page = show(context)
    living = exchanger(context)

    with qtbot.waitSignal(living.ended, timeout=30_000):
        living.run()
    assert folder_words(living.last)[1] is Tone.WARN
    assert window.findChild(RefusalDialog) is None
    assert "is not there" in page.folder.last.text()

    with qtbot.waitSignal(living.ended, timeout=30_000):
        context.ask("sync")
    assert window.findChild(RefusalDialog) is not None


def test_what_came_is_shown_beside_why_nothing_could_be_sent(
    sessions: Sessions, share: Path, show: ShowPage, qtbot: QtBot
) -> None:
    case = sessions.offices.file("ada")
    FolderExchange(sessions.offices.installations["ada"], share).run()
    sessions.offices.file("dan")
    context = using(sessions, "dan", share)
    page = show(context)

    with read_only(share), qtbot.waitSignal(context.changed, timeout=30_000) as changed:
        page.sync_action.trigger()

    told = changed.args[0]
    assert isinstance(told, Changes)
    assert case in told.cases
    outcome = exchanger(context).last
    assert outcome.refusal is not None
    assert outcome.refusal.code == "FolderReadOnly"
    assert folder_words(outcome)[1] is Tone.WARN
    assert "You may not write into" in page.folder.last.text()
    assert "1 act is new." in page.folder.last.text()
    assert sessions.offices.installations["dan"].state(case).case == case


def test_without_a_folder_the_page_says_what_it_is_for(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    page = show(sessions.context("dan"))

    qtbot.waitUntil(lambda: not page.sync_action.isEnabled())
    assert page.folder.path.text() == "No folder is chosen."
    assert nameless(page) == []
    assert unreachable(page) == []


def test_a_folder_is_looked_at_before_it_is_used(sessions: Sessions, share: Path, qtbot: QtBot) -> None:
    FolderExchange(sessions.offices.installations["ada"], share).run()
    context = sessions.context("dan")
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    WindowCommands(context, window)

    context.ask("choose-folder")
    chooser = window.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(share))
    chooser.reject()
    qtbot.waitUntil(lambda: window.findChild(FolderDialog) is not None, timeout=20_000)
    with qtbot.waitSignal(exchanger(context).ended, timeout=30_000):
        window.findChild(FolderDialog).use.click()

    assert sessions.session("dan").settings.folder == str(share)
    assert exchanger(context).last.refusal is None


def test_a_damaged_act_can_be_looked_at_saved_and_removed(
    sessions: Sessions, share: Path, tmp_path: Path, show: ShowPage, qtbot: QtBot
) -> None:
    sessions.offices.file("ada")
    FolderExchange(sessions.offices.installations["ada"], share).run()
    known = sessions.offices.installations["dan"].register.receipts.known
    victim = next(item for item in sorted(share.rglob("*.p7m")) if not known(ItemKind.ACT, item.stem))
    victim.write_bytes(victim.read_bytes()[:-1])
    context = using(sessions, "dan", share)
    page = show(context)
    with qtbot.waitSignal(exchanger(context).ended, timeout=30_000):
        page.sync_action.trigger()
    with qtbot.waitSignal(page.refused.counted):
        page.refresh(Changes(exchange=True))
    panel = page.refused

    panel.table.view.selectRow(0)
    qtbot.waitUntil(panel.card.isVisible)
    panel.look.click()
    qtbot.waitUntil(lambda: panel.findChild(BytesDialog) is not None)
    shown = panel.findChild(BytesDialog)
    panel.save.click()
    panel.findChild(QFileDialog).fileSelected.emit(str(tmp_path / "bad.bin"))
    qtbot.waitUntil((tmp_path / "bad.bin").exists)
    panel.remove.click()
    with qtbot.waitSignal(context.changed):
        panel.findChild(ConfirmDialog).accept()

    assert panel.what.text()
    assert shown.text.toPlainText().startswith("000000  30 ")
    assert (tmp_path / "bad.bin").read_bytes() == victim.read_bytes()
    assert sessions.offices.installations["dan"].register.quarantine.count() == 0
    panel.findChild(QFileDialog).reject()


@pytest.mark.attack(
    "junk that fills the quarantine, so that nothing can be sent away",
    refusal="counted by code and source, and forgotten many at once",
)
def test_many_refused_files_are_removed_at_once_after_they_were_counted(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    kept = sessions.offices.installations["dan"].register.quarantine
    act = person("eve").act("note-x", {}).blob
    kept.put_all(RefusedOffer(b"%d" % number, NotSigned(), f"{number}.p7m", "share") for number in range(40))
    kept.put(act, WrongHash(name="x", detail="y"), name="x.p7m", source="stick")
    context = sessions.context("dan")
    page = show(context)
    panel = page.refused

    panel.remove_many.click()
    qtbot.waitUntil(lambda: panel.findChild(ForgetDialog) is not None)
    dialog = panel.findChild(ForgetDialog)
    before = dialog.remove.isEnabled()
    dialog.which.set_value("0")
    dialog.which.changed.emit()
    words = [button.text() for button in dialog.which.parts()] + [dialog.remove.text()]
    tip = dialog.which.parts()[1].toolTip()
    kept.put(b"came meanwhile", NotSigned(), name="z.p7m", source="share")
    with qtbot.waitSignal(context.changed):
        dialog.remove.click()

    assert not before
    assert words[:2] == ["Everything that can be no act: 40", f"{NotSigned.what} Refused for this: 40"]
    assert tip == "Code: NotSigned"
    assert words[-1] == "Remove files: 40"
    assert {item.name for item in kept.items()} == {"x.p7m", "z.p7m"}
    assert nameless(page) == []


def test_what_waits_says_what_for(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    register = sessions.offices.installations["dan"].register
    eve = person("eve")
    asks = eve.act("enrol", EnrolBody("Eve", "Board", eve.certificate_der).as_json())
    # Who asks to be listed waits for a person, and for nothing that could still arrive.
    register.append([asks, by_hand(eve.key, "note-x", {}, org=register.org, at=sessions.offices.clock())])

    page = show(sessions.context("dan"))

    row = page.waiting.model.row(0)
    assert page.tabs.tabText(1) == "Waiting (1)"
    assert row is not None
    assert [cell.text for cell in row.cells[:2]] == ["Signed with a key nobody has listed yet", "mallory"]


def test_strangers_acts_are_sent_away_and_who_asks_to_be_listed_stays(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    register = sessions.offices.installations["dan"].register
    eve = person("eve")
    asks = eve.act("enrol", EnrolBody("Eve", "Board", eve.certificate_der).as_json())
    note = by_hand(eve.key, "note-x", {}, org=register.org, at=sessions.offices.clock(), case="a" * 64)
    register.append([asks, note])
    context = sessions.context("dan")
    page = show(context)

    page.send_away.click()
    with qtbot.waitSignal(context.changed):
        page.findChild(ConfirmDialog).accept()

    assert [item.act.id for item in register.queries.waiting_room()] == [asks.act.id]
    assert [item.reason.code for item in register.quarantine.items()] == ["SentAway"]


def test_a_package_is_written_with_a_signature_and_taken_in_elsewhere(
    sessions: Sessions, tmp_path: Path, show: ShowPage, qtbot: QtBot
) -> None:
    case = sessions.offices.file("ada")
    reference = sessions.offices.installations["ada"].register.queries.row(case)
    assert reference is not None
    context = sessions.context("ada")
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    answers = WindowCommands(context, window)
    target = tmp_path / "one.countersign"

    context.ask("export")
    asking = window.findChild(PackDialog)
    assert asking is not None
    asking.what.set_value("one")
    asking.reference.set_value(reference.reference)
    asking._check()
    asking.go_on.click()
    qtbot.waitUntil(lambda: window.findChild(QFileDialog) is not None, timeout=20_000)
    window.findChild(QFileDialog).fileSelected.emit(str(target))
    window.findChild(QFileDialog).reject()
    qtbot.waitUntil(lambda: window.findChild(SigningDialog) is not None, timeout=20_000)
    dialog = window.findChild(SigningDialog)
    dialog.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(context.said, timeout=30_000):
        dialog.sign.click()

    there = sessions.context("dan")
    page = show(there)
    answers = WindowCommands(there, window)
    with qtbot.waitSignal(there.went) as went, qtbot.waitSignal(exchanger(there).imported, timeout=30_000):
        answers.open_files([target])
    assert went.args[0] == "exchange"
    assert "Imported: one.countersign" in page.report.title.text()
    assert sessions.offices.installations["dan"].register.queries.row(case) is not None


@pytest.mark.parametrize("suffix", [".countersign", ".p7m"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", b"\x30\x80 nothing"])
def test_hostile_files_are_refused_in_words(
    sessions: Sessions, tmp_path: Path, show: ShowPage, qtbot: QtBot, suffix: str, data: bytes
) -> None:
    bad = tmp_path / f"bad{suffix}"
    bad.write_bytes(data)
    context = sessions.context("dan")
    page = show(context)

    with qtbot.waitSignal(exchanger(context).imported, timeout=30_000):
        exchanger(context).import_files([bad, tmp_path / "gone.p7m"])

    assert page.report.title.text() == "Nothing was imported"
    assert len(page.report.text.text().splitlines()) == 2


@pytest.mark.parametrize(
    "called", ["enrolment.txt", "enrolment", "enrolment.countersign", "enrolment.pdf", "enrolment.p7m"]
)
def test_a_file_is_what_its_content_says_whatever_it_is_called(
    sessions: Sessions, tmp_path: Path, show: ShowPage, qtbot: QtBot, called: str
) -> None:
    asks = person("ida").act("enrol", {"name": "Ida", "unit": "IT", "certificate": person("ida").certificate_der.hex()})
    (tmp_path / called).write_bytes(asks.blob)
    (tmp_path / "words.p7m").write_bytes(b"Dear administrator, here is my enrolment.")
    context = sessions.context("dan")
    page = show(context)
    window = QWidget()
    qtbot.addWidget(window)
    commands = WindowCommands(context, window)

    with qtbot.waitSignal(exchanger(context).imported, timeout=30_000) as imported:
        commands.open_files([tmp_path / called, tmp_path / "words.p7m"])

    (done,) = imported.args
    assert done.names == (called,)
    assert [refusal.code for refusal in done.refused] == ["FileNotImported"]
    assert "“words.p7m” was not imported. " in page.report.text.text()


def test_dropped_files_go_where_they_belong(sessions: Sessions, tmp_path: Path, qtbot: QtBot) -> None:
    context = sessions.context("dan")
    window = QWidget()
    qtbot.addWidget(window)
    WindowCommands(context, window)

    with qtbot.waitSignal(context.went) as went:
        context.ask("open-files", (tmp_path / "record.pdf",))
    assert went.args == ["record", tmp_path / "record.pdf"]

    with qtbot.waitSignal(context.went) as went:
        context.ask("open-files", (tmp_path / "model.json",))
    assert went.args == ["new", BomFile(tmp_path / "model.json")]

    (tmp_path / "table.xlsx").write_bytes(b"PK\x03\x04 a table")
    context.ask("open-files", (tmp_path / "table.xlsx",))
    qtbot.waitUntil(lambda: window.findChild(RefusalDialog) is not None)
    with qtbot.waitSignal(context.went) as went:
        context.ask("help")
    assert went.args[0] == "help"


def test_what_is_opened_during_an_exchange_leads_on_at_once_and_says_what_its_import_waits_for(
    sessions: Sessions, tmp_path: Path, show: ShowPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = person("ida").act("enrol", {"name": "Ida", "unit": "IT", "certificate": person("ida").certificate_der.hex()})
    (tmp_path / "enrolment.p7m").write_bytes(asks.blob)
    (tmp_path / "words.p7m").write_bytes(b"Dear administrator, here is my enrolment.")
    end = Event()

    def exchange(*_: object) -> Ran:
        assert end.wait(60)
        return Ran("", None, None)

    monkeypatch.setattr(work, "run", exchange)
    context = sessions.context("dan")
    page = show(context)
    window = QWidget()
    qtbot.addWidget(window)
    commands = WindowCommands(context, window)
    said: list[str] = []
    context.working.connect(said.append)
    qtbot.waitUntil(lambda: not context.jobs.busy)

    try:
        exchanger(context).run()
        with qtbot.waitSignal(context.went) as went:
            commands.open_files([tmp_path / "enrolment.p7m", tmp_path / "words.p7m"])
        waiting = page.progress.title.text()
        title: list[str] = []
        exchanger(context).began.connect(lambda _, words: title.append(words))
    finally:
        with qtbot.waitSignal(exchanger(context).imported):
            end.set()

    assert went.args[0] == "add-person"
    assert waiting == "Importing waits until sending and fetching has ended"
    assert said == [waiting]
    assert title == ["Importing files"]


def test_a_backup_is_written(sessions: Sessions, tmp_path: Path, qtbot: QtBot) -> None:
    context = sessions.context("dan")
    window = QWidget()
    qtbot.addWidget(window)
    WindowCommands(context, window)

    context.ask("backup")
    chooser = window.findChild(QFileDialog)
    with qtbot.waitSignal(context.said, timeout=30_000):
        chooser.fileSelected.emit(str(tmp_path / "backup.sqlite"))

    assert (tmp_path / "backup.sqlite").read_bytes().startswith(b"SQLite format 3")
    chooser.reject()

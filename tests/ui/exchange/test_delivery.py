"""What was signed here: sent at once, told where it is wherever it was signed, and asked about before the window closes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake.domain.acts.kinds.enrol import EnrolBody
from intake.domain.acts.kinds.opinion import Position
from intake.register.refusals import DiskFault
from intake.services.deciding import deciding
from intake.services.exchanging import delivery
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.filing.filing import Filed
from intake.services.installation.installation import Installation
from tests.people import person
from tests.services.offices import Offices, founded
from tests.services.stages import filed_with_ciso
from tests.ui.sessions import session
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.app import Desktop, Options, Wiring, _companions, _first_page
from ui.companions.leaving import Leaving
from ui.context import Changes
from ui.exchange.delivery_line import DeliveryLine
from ui.exchange.exchanger import exchanger
from ui.exchange.page import ExchangePage
from ui.exchange.unsent_dialog import UnsentDialog
from ui.guide.filed.filed import FiledView
from ui.guide.work import Done
from ui.home.page import HomePage
from ui.home.rows import NeedLine
from ui.jobs import JobLane, Jobs, JobTask
from ui.theme import Theme, Tone
from ui.widgets.confirmation import Confirmation
from ui.widgets.dialogs import RefusalDialog

LEFT = Qt.MouseButton.LeftButton
Whole = Callable[..., Visit]


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    made = founded(tmp_path / "organisation")
    yield made
    made.close()


@pytest.fixture
def whole(qtbot: QtBot, qapp: QApplication, offices: Offices, theme: Theme) -> Iterator[Whole]:
    """Opens the window of one person with everything that accompanies it, and with an exchange folder if one is given."""
    made: list[Desktop] = []

    def open_window(name: str, folder: Path | None = None) -> Visit:
        sitting = session(offices, name)
        sitting.workspace.change_settings(folder=str(folder) if folder else "")
        wiring = Wiring(
            open_installation=lambda _: sitting, first_page=_first_page, companions=(_companions,), first_place="help"
        )
        desktop = Desktop(qapp, Options(offices.root / name), wiring)
        made.append(desktop)
        with qtbot.waitSignal(desktop.window.painted):
            desktop.show()
        visit = Visit(qtbot, desktop, offices, name)
        visit.settle()
        return visit

    yield open_window
    for desktop in made:
        desktop.close()


def leaving(visit: Visit) -> Leaving:
    (found,) = visit.desktop.window.findChildren(Leaving)
    return found


def close(visit: Visit) -> None:
    """Close the window as a person does, and wait for what that asks."""
    visit.desktop.window.close()
    visit.settle()


def told(visit: Visit, case: str) -> None:
    visit.desktop.context.tell(Changes(cases=frozenset({case})))
    visit.settle()


# ------------------------------------------------------------------------------------------------------- sent at once
def test_what_was_signed_is_sent_at_once_and_the_page_says_so(offices: Offices, whole: Whole, share: Path) -> None:
    case = filed_with_ciso(offices)
    dan = whole("dan", share)
    dan.go("review", case)
    dan.click(dan.button("Approve these terms"))
    dan.sign()

    end = dan.page.findChild(Confirmation)
    (line,) = end.findChildren(DeliveryLine)
    dan.qtbot.waitUntil(lambda: line.chip.text() == "Sent")
    assert line.text.text().startswith("Sent to the exchange folder: ")
    assert not line.send.isVisible()
    assert delivery.unsent(offices.installations["dan"]).count == 0
    cleo = offices.installations["cleo"]
    FolderExchange(cleo, share).run()
    assert cleo.state(case).turn == ("cio",)


@pytest.mark.exhaustive
def test_a_folder_that_fails_says_so_where_the_signature_was_given(offices: Offices, whole: Whole, share: Path) -> None:
    share.rmdir()
    dan = whole("dan", share)
    case = offices.file("dan")
    dan.go("case", case)
    told(dan, case)

    (line,) = dan.page.findChildren(DeliveryLine)
    dan.qtbot.waitUntil(lambda: line.chip.text() == "Signed, could not be sent")
    assert "and kept" in line.text.text()
    assert exchanger(dan.desktop.context).last.refusal.what_happened in line.text.text()
    assert dan.desktop.window.status.unsent.text() == "One signed, not sent"

    share.mkdir()
    dan.click(dan.button("Send it now"))
    dan.qtbot.waitUntil(lambda: line.chip.text() == "Sent")
    assert not line.send.isVisible()
    assert dan.desktop.window.status.unsent.isHidden()


def test_what_is_signed_while_an_exchange_is_under_way_goes_with_another(
    offices: Offices, whole: Whole, share: Path
) -> None:
    dan = whole("dan", share)
    held = threading.Event()
    dan.desktop.jobs.submit(JobLane.EXCHANGE, lambda _: held.wait(20))
    living = exchanger(dan.desktop.context)
    living.run()
    first = living.running
    case = offices.file("dan")
    dan.desktop.context.tell(Changes(cases=frozenset({case})))
    dan.qtbot.waitUntil(lambda: living._again)

    held.set()
    dan.settle()

    assert living.running is not first
    assert delivery.unsent(offices.installations["dan"]).count == 0


def test_without_a_folder_the_line_offers_a_package(offices: Offices, whole: Whole) -> None:
    case = offices.file("dan")
    dan = whole("dan")
    dan.go("case", case)

    (line,) = dan.page.findChildren(DeliveryLine)
    assert line.chip.text() == "Signed, not sent yet"
    assert line.chip.tone is Tone.WARN
    assert (line.export.isVisible(), line.send.isVisible()) == (True, False)
    assert nameless(line) == []
    assert unreachable(line) == []


def test_where_nothing_was_signed_nothing_is_said(offices: Offices, whole: Whole) -> None:
    case = filed_with_ciso(offices)
    dan = whole("dan")

    dan.go("case", case)

    assert all(line.isHidden() for line in dan.page.findChildren(DeliveryLine))


@pytest.mark.exhaustive
def test_who_has_answered_has_seen_it(offices: Offices, whole: Whole) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "ada")
    ada = whole("ada")

    ada.go("case", case)

    (line,) = ada.page.findChildren(DeliveryLine)
    assert line.chip.text() == "Seen"
    assert line.text.text().startswith("Seen by Dan.")


@pytest.mark.exhaustive
def test_a_line_that_is_not_on_screen_asks_nothing_and_is_right_when_it_is(
    offices: Offices, whole: Whole, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share.rmdir()
    dan = whole("dan", share)
    case = offices.file("dan")
    dan.go("case", case)
    told(dan, case)
    (line,) = dan.page.findChildren(DeliveryLine)
    assert line.chip.text() == "Signed, could not be sent"
    dan.go("help")
    asked: list[str] = []
    whereabouts = delivery.whereabouts

    def counted(installation: Installation, of: str) -> delivery.Whereabouts:
        asked.append(of)
        return whereabouts(installation, of)

    monkeypatch.setattr(delivery, "whereabouts", counted)

    share.mkdir()
    exchanger(dan.desktop.context).run()
    dan.settle()
    assert delivery.unsent(offices.installations["dan"]).count == 0
    assert asked == []

    dan.go("case", case)
    dan.qtbot.waitUntil(lambda: dan.page.findChildren(DeliveryLine)[-1].chip.text() == "Sent")
    assert set(asked) == {case}


def test_the_same_line_asks_again_when_what_it_is_on_is_shown_again(
    offices: Offices, whole: Whole, share: Path
) -> None:
    share.rmdir()
    dan = whole("dan", share)
    case = offices.file("dan")
    view = QWidget()
    dan.qtbot.addWidget(view)
    line = DeliveryLine(dan.desktop.context, case)
    QVBoxLayout(view).addWidget(line)
    view.show()
    dan.settle()
    assert line.chip.text() in ("Signed, could not be sent", "Signed, not sent yet")
    view.hide()
    share.mkdir()
    exchanger(dan.desktop.context).run()
    dan.settle()
    assert line.chip.text() != "Sent"

    view.show()
    dan.settle()

    assert line.chip.text() == "Sent"


# ----------------------------------------------------------------------------------------------------------- quitting
def test_a_window_with_nothing_to_send_closes_at_once(offices: Offices, whole: Whole, share: Path) -> None:
    dan = whole("dan", share)

    close(dan)

    assert not dan.desktop.window.isVisible()


def test_quitting_with_what_has_not_left_asks_and_staying_changes_nothing(
    offices: Offices, whole: Whole, share: Path
) -> None:
    share.rmdir()
    dan = whole("dan", share)
    case = offices.file("dan")
    told(dan, case)

    close(dan)
    dialog = dan.dialog(UnsentDialog)
    assert dan.desktop.window.isVisible()
    assert "One act you signed has not been sent" in dialog.title.text()
    assert "Use case filed, UC-" in dialog.lines.text()
    assert nameless(dialog) == []
    # Enter sends: the keyboard is on the button that stands out, and not on the one that leaves the act behind.
    assert dialog.focusWidget() is dialog.go_on
    dan.click(dialog.stay)

    assert dan.desktop.window.isVisible()
    assert leaving(dan).dialog is None


@pytest.mark.attack("the window is closed in the moment after signing", refusal="it asks: the act has not left")
def test_quitting_in_the_moment_after_signing_still_asks(offices: Offices, whole: Whole, share: Path) -> None:
    share.rmdir()
    dan = whole("dan", share)
    case = offices.file("dan")
    dan.desktop.context.tell(Changes(cases=frozenset({case})))

    dan.desktop.window.close()
    assert dan.desktop.window.isVisible(), "what is known may be out of date"
    dan.settle()

    assert dan.dialog(UnsentDialog).isVisible()


def test_send_and_quit_sends_then_closes(offices: Offices, whole: Whole, share: Path) -> None:
    share.rmdir()
    dan = whole("dan", share)
    case = offices.file("dan")
    told(dan, case)
    close(dan)
    share.mkdir()

    dan.qtbot.mouseClick(dan.dialog(UnsentDialog).go_on, LEFT)
    dan.qtbot.waitUntil(lambda: not dan.desktop.window.isVisible())

    assert delivery.unsent(offices.installations["dan"]).count == 0


def test_what_cannot_be_sent_is_said_and_quitting_stays_possible(offices: Offices, whole: Whole, share: Path) -> None:
    share.rmdir()
    dan = whole("dan", share)
    case = offices.file("dan")
    told(dan, case)
    close(dan)
    dialog = dan.dialog(UnsentDialog)

    dan.click(dialog.go_on)
    dan.qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.trouble.title.text() == exchanger(dan.desktop.context).last.refusal.what_happened
    assert dialog.go_on.isEnabled()
    dan.qtbot.mouseClick(dialog.quit, LEFT)

    assert not dan.desktop.window.isVisible()
    assert delivery.unsent(offices.installations["dan"]).count == 1


@pytest.mark.attack("the exchange folder hangs while the window is closed", refusal="quitting is possible all the same")
def test_quitting_never_waits_for_a_folder_that_hangs(
    offices: Offices, whole: Whole, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jobs, "EXCHANGE_PATIENCE_S", 0.01)
    share.rmdir()
    dan = whole("dan", share)
    case = offices.file("dan")
    told(dan, case)
    hanging, begun = threading.Event(), threading.Event()

    def hang(_: JobTask) -> None:
        begun.set()
        hanging.wait(60)

    dan.desktop.jobs.submit(JobLane.EXCHANGE, hang)
    dan.desktop.window.close()
    dan.qtbot.waitUntil(lambda: leaving(dan).dialog is not None)
    dialog = dan.dialog(UnsentDialog)
    dan.qtbot.mouseClick(dialog.go_on, LEFT)
    dan.qtbot.waitUntil(begun.is_set)

    dan.qtbot.mouseClick(dialog.quit, LEFT)
    assert not dan.desktop.window.isVisible()
    dan.desktop.close()

    assert not hanging.is_set()
    hanging.set()


def test_without_a_folder_it_asks_once_for_each_act_and_says_how_to_hand_it_over(
    offices: Offices, whole: Whole
) -> None:
    offices.file("dan")
    dan = whole("dan")
    close(dan)
    dialog = dan.dialog(UnsentDialog)
    assert dialog.go_on.text() == "Write a package…"
    dan.click(dialog.stay)

    close(dan)

    assert not dan.desktop.window.isVisible()


def test_who_asks_again_does_not_wait_for_a_register_that_is_busy(offices: Offices, whole: Whole, share: Path) -> None:
    share.rmdir()
    dan = whole("dan", share)
    case = offices.file("dan")
    told(dan, case)
    held = threading.Event()
    dan.desktop.jobs.submit(JobLane.REGISTER, lambda _: held.wait(20))

    dan.desktop.window.close()
    assert leaving(dan).dialog is None
    dan.desktop.window.close()

    assert dan.dialog(UnsentDialog).isVisible()
    held.set()
    dan.settle()


def test_who_cannot_be_told_what_has_not_left_is_asked_all_the_same(
    offices: Offices, whole: Whole, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share.rmdir()
    dan = whole("dan", share)
    case = offices.file("dan")
    told(dan, case)

    def gone(*_: object, **__: object) -> None:
        raise DiskFault(path="register.sqlite", detail="input/output error")

    monkeypatch.setattr(delivery, "unsent_acts", gone)
    close(dan)

    assert dan.desktop.window.findChildren(RefusalDialog) == []
    dialog = dan.dialog(UnsentDialog)
    assert "One act you signed has not been sent" in dialog.title.text()
    dan.qtbot.mouseClick(dialog.quit, LEFT)
    assert not dan.desktop.window.isVisible()


# --------------------------------------------------------------------------------------------------------- one number
def test_home_stops_saying_so_once_it_has_left(offices: Offices, whole: Whole, share: Path) -> None:
    share.rmdir()
    dan = whole("dan", share)
    case = offices.file("dan")
    home = dan.go("home")
    assert isinstance(home, HomePage)
    told(dan, case)
    unsent = "One act you signed has not been sent"
    assert unsent in [line.need.title for line in home.findChildren(NeedLine)]

    share.mkdir()
    exchanger(dan.desktop.context).run()
    dan.qtbot.waitUntil(lambda: unsent not in [line.need.title for line in home.findChildren(NeedLine)])

    assert delivery.unsent(offices.installations["dan"]).count == 0


def test_what_waits_is_one_number_everywhere(offices: Offices, whole: Whole) -> None:
    """A comment waits for the revision it is about. An enrolment waits for an administrator, and is counted where people are."""
    case = filed_with_ciso(offices)
    comment = deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "Why?")
    cleo = offices.installations["cleo"]
    eve = person("eve")
    enrolment = eve.act("enrol", EnrolBody("Eve", "Board", eve.certificate_der).as_json())
    cleo.register.append([comment, enrolment])
    window = whole("cleo")

    home = window.go("home")
    assert isinstance(home, HomePage)
    lines = [line.need.title for line in home.findChildren(NeedLine)]
    exchange = window.go("exchange")
    assert isinstance(exchange, ExchangePage)

    count = exchange.waiting.model.rowCount()
    assert count == 1
    assert exchange.tabs.tabText(1) == f"Waiting ({count})"
    assert "One item waits" in lines
    (badge,) = [item for item in window.desktop.window.navigation.buttons() if "Exchange" in item.text()]
    assert badge.accessibleName() == f"Exchange, {count} waiting"


def test_the_badge_of_an_owners_inbox_is_what_its_first_list_holds(offices: Offices, whole: Whole) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case, Position.CHANGES, reason="Say more.")
    offices.travel("dan", "ada")

    ada = whole("ada")

    (badge,) = [item for item in ada.desktop.window.navigation.buttons() if "Inbox" in item.text()]
    assert badge.accessibleName() == "Inbox, 1 waiting"


# ---------------------------------------------------------------------------------------------------------- filed page
def test_the_filed_page_changes_once_it_is_sent(offices: Offices, whole: Whole, share: Path) -> None:
    ada = whole("ada", share)
    share.rmdir()
    case = offices.file()
    row = offices.installations["ada"].register.queries.row(case)
    assert row is not None
    filed = Filed(case, case, 1, row.reference, row.title, "Minimal", "joint", 2, date(2026, 12, 1), ("cio", "ciso"))
    view = FiledView(ada.desktop.context)
    ada.qtbot.addWidget(view)
    view.show_filed(Done(filed, (("CIO", "Cleo"),)))
    view.show()
    told(ada, case)
    line = view.delivery
    assert line is not None
    ada.qtbot.waitUntil(line.send.isVisible)
    share.mkdir()

    line.send.trigger()

    ada.qtbot.waitUntil(lambda: line.chip.text() == "Sent")
    ada.qtbot.waitUntil(lambda: not line.send.isVisible())
    assert "Sent to the exchange folder" in line.text.text()

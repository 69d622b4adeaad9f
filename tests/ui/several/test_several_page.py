"""Several use cases from the inbox to one sheet and to what became of each, at a real window on real registers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.phases import Phase
from tests.services.offices import Offices
from tests.services.several import opened, three_signed
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.context import Changes
from ui.exchange.delivery_line import DeliveryLine
from ui.inbox.page import InboxPage
from ui.jobs import JobTask
from ui.records.signed_pages import PagesDialog
from ui.several import work
from ui.several.chosen import ChosenCases
from ui.several.page import SeveralPage
from ui.widgets.links import LinkButton
from ui.widgets.signing import SigningDialog

Open = Callable[[str], Visit]


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def page_of(person: Visit, *cases: str) -> SeveralPage:
    page = person.go("several", ChosenCases(cases))
    assert isinstance(page, SeveralPage)
    return page


def choose(person: Visit, page: InboxPage, *cases: str) -> None:
    """As with Ctrl and the mouse."""
    view = page.table.view
    flags = QItemSelectionModel.SelectionFlag
    view.clearSelection()
    for case in cases:
        row = page.table.model.find(case)
        assert row is not None
        view.selectionModel().select(page.table.model.index(row, 0), flags.Select | flags.Rows)
    person.settle()


@pytest.mark.exhaustive
def test_from_the_inbox_over_one_sheet_to_what_became_of_each(offices: Offices, visit: Open) -> None:
    first, second, third = three_signed(offices)
    cleo = visit("cleo")
    for case in (first, second):
        cleo.go("review", case)
    inbox = cleo.go("inbox")
    assert isinstance(inbox, InboxPage)
    alone = inbox.together.isEnabled()

    choose(cleo, inbox, first, second, third)
    several = inbox.together.isEnabled()
    inbox.together.trigger()
    cleo.settle()
    page = cleo.page
    assert isinstance(page, SeveralPage)
    before = words(page)
    link = QApplication.focusWidget()
    focused = link.text() if isinstance(link, LinkButton) else ""
    page.sign.trigger()
    cleo.settle()
    sheet = cleo.dialog(SigningDialog)
    shown = words(sheet)
    cleo.sign()

    assert (alone, several) == (False, True)
    assert focused == "Look at its pages"
    assert "2 use cases will be decided by one sheet" in before
    assert "You have not opened it here." in before
    assert shown.count("Users at most: 20 people") == 2
    assert shown.count("The CISO has signed these terms: your signature makes the decision.") == 2
    assert "2 use cases are decided by it" in shown
    assert "You have not opened it here." in shown
    phases = [offices.installations["cleo"].state(case).phase for case in (first, second, third)]
    assert phases == [Phase.DECIDED, Phase.DECIDED, Phase.COUNTERSIGN]
    assert page.outcome is not None
    assert set(page.outcome.said.values()) == {
        "Decided: both offices approve. The record carries both signatures and is sealed."
    }
    assert page.outcome.notice.title.text() == "2 use cases signed"
    cleo.settle()
    lines = page.outcome.findChildren(DeliveryLine)
    assert ["Signed, not sent yet" for _ in lines] == [line.chip.text() for line in lines]
    assert nameless(page) == []
    assert unreachable(page) == []


@pytest.mark.exhaustive
def test_one_that_was_not_opened_is_opened_from_the_list_and_comes_in(offices: Offices, visit: Open) -> None:
    first, second, _ = three_signed(offices)
    opened(offices, first)
    cleo = visit("cleo")
    chosen = ChosenCases((first, second))
    page = cleo.go("several", chosen)
    assert isinstance(page, SeveralPage)
    before = page._found.sheet.ready if page._found else ()

    link = next(
        item
        for item in page.findChildren(LinkButton)
        if item.key == second and item.text().replace("&", "") == "Open it"
    )
    cleo.click(link)
    seen = cleo.went[-1]
    page = page_of(cleo, first, second)

    assert [item.case for item in before] == [first]
    assert seen == ("review", second)
    assert page._found is not None
    assert [item.case for item in page._found.sheet.ready] == [first, second]


@pytest.mark.exhaustive
def test_the_pages_that_are_looked_at_are_those_that_are_signed(offices: Offices, visit: Open) -> None:
    first, second, _ = three_signed(offices)
    opened(offices, first, second)
    cleo = visit("cleo")
    page = page_of(cleo, first, second)
    assert page._found is not None
    prepared = page._found.sheet.ready[1]
    page.sign.trigger()
    sheet = cleo.dialog(SigningDialog)
    assert sheet.pages is not None
    cleo.click(sheet.pages)
    menu = next(item for item in sheet.findChildren(QMenu) if item.isVisible())
    action: QAction = menu.actions()[1]
    name = action.text()
    action.trigger()
    menu.close()
    cleo.settle()

    pages = cleo.dialog(PagesDialog)
    assert pages.opened is not None
    assert pages.opened.data == prepared.pdf
    assert prepared.title in name
    pages.reject()
    sheet.reject()


@pytest.mark.exhaustive
def test_a_wrong_passphrase_signs_nothing_and_can_be_tried_again(offices: Offices, visit: Open) -> None:
    first, second, _ = three_signed(offices)
    opened(offices, first, second)
    cleo = visit("cleo")
    page = page_of(cleo, first, second)
    page.sign.trigger()

    sheet = cleo.sign("not the passphrase")
    still = sheet.isVisible(), [offices.installations["cleo"].state(case).phase for case in (first, second)]
    cleo.sign()

    assert still == (True, [Phase.COUNTERSIGN, Phase.COUNTERSIGN])
    assert page.outcome is not None
    assert page.outcome.notice.title.text() == "2 use cases signed"


@pytest.mark.exhaustive
def test_one_that_moved_is_named_and_the_others_are_signed(offices: Offices, visit: Open) -> None:
    first, second, third = three_signed(offices)
    opened(offices, first, second, third)
    cleo = visit("cleo")
    page = page_of(cleo, first, second, third)
    page.sign.trigger()
    offices.decide("dan", second, Position.CHANGES, reason="Wait.")
    offices.travel("dan", "cleo")

    cleo.sign()

    assert page.outcome is not None
    assert page.outcome.notice.title.text() == "2 use cases signed, not all"
    assert page.outcome.said[second].startswith("Not signed. This use case has changed while you were looking at it.")
    assert offices.installations["cleo"].state(third).phase is Phase.DECIDED


@pytest.mark.exhaustive
def test_cancelling_ends_between_two_use_cases(offices: Offices, visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = three_signed(offices)
    opened(offices, *cases)
    cleo = visit("cleo")
    page = page_of(cleo, *cases)
    page.sign.trigger()
    whole = work.give_each

    def cancelled(task: JobTask, session: object, signer: object, sheet: object, signed: list) -> None:
        class First(list):
            def append(self, item: object) -> None:
                signed.append(item)
                task._cancel()

        whole(task, session, signer, sheet, First())  # type: ignore[arg-type]

    monkeypatch.setattr(work, "give_each", cancelled)
    cleo.sign()

    assert page.outcome is not None
    assert list(page.outcome.said.values())[1:] == ["Not signed: it was stopped before this one."] * 2
    phases = [offices.installations["cleo"].state(case).phase for case in cases]
    assert phases == [Phase.DECIDED, Phase.COUNTERSIGN, Phase.COUNTERSIGN]


@pytest.mark.exhaustive
def test_a_bug_in_the_middle_leaves_no_doubt_about_the_others(
    offices: Offices, visit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = three_signed(offices)
    opened(offices, *cases)
    cleo = visit("cleo")
    page = page_of(cleo, *cases)
    page.sign.trigger()
    whole = work.give_each

    def broken(task: JobTask, session: object, signer: object, sheet: object, signed: list) -> None:
        class First(list):
            def append(self, item: object) -> None:
                signed.append(item)
                raise RuntimeError("a bug")

        whole(task, session, signer, sheet, First())  # type: ignore[arg-type]

    monkeypatch.setattr(work, "give_each", broken)
    with pytest.raises(AssertionError, match="a bug"):
        cleo.sign()
    for dialog in cleo.desktop.window.findChildren(QWidget, "crash"):
        dialog.close()

    assert page.outcome is not None
    assert list(page.outcome.said.values()) == [
        "Decided: both offices approve. The record carries both signatures and is sealed.",
        "It is not known whether this one was signed: open it and look.",
        "Not signed: it was stopped before this one.",
    ]


@pytest.mark.exhaustive
def test_what_became_of_them_is_still_there_for_who_comes_back_and_gone_for_a_new_choice(
    offices: Offices, visit: Open
) -> None:
    first, second, third = three_signed(offices)
    opened(offices, first, second)
    cleo = visit("cleo")
    chosen = ChosenCases((first, second))
    page = cleo.go("several", chosen)
    assert isinstance(page, SeveralPage)
    page.sign.trigger()
    cleo.sign()
    cleo.go("inbox")

    cleo.go("several", chosen)
    kept = page.outcome is not None
    page_of(cleo, first, third)

    assert kept
    assert page.outcome is None
    assert "Nothing is asked of the CIO here." in words(page)
    assert not page.sign.isEnabled()


@pytest.mark.exhaustive
def test_what_is_listed_is_looked_at_again_when_something_comes(offices: Offices, visit: Open) -> None:
    first, second, _ = three_signed(offices)
    opened(offices, first, second)
    cleo = visit("cleo")
    page = page_of(cleo, first, second)
    offices.decide("dan", second, Position.DECLINE, reason="No.")
    offices.travel("dan", "cleo")

    cleo.desktop.context.tell(Changes(cases=frozenset({second})))
    cleo.settle()

    assert page._found is not None
    assert [item.case for item in page._found.sheet.ready] == [first]


@pytest.mark.exhaustive
def test_what_came_while_the_sheet_was_open_is_looked_at_once_it_is_closed(offices: Offices, visit: Open) -> None:
    first, second, _ = three_signed(offices)
    opened(offices, first, second)
    cleo = visit("cleo")
    page = page_of(cleo, first, second)
    page.sign.trigger()
    sheet = cleo.dialog(SigningDialog)
    offices.decide("dan", second, Position.DECLINE, reason="No.")
    offices.travel("dan", "cleo")
    cleo.desktop.context.tell(Changes(cases=frozenset({second})))
    cleo.settle()
    shown = page._found

    sheet.reject()
    cleo.settle()

    assert shown is not None
    assert [item.case for item in shown.sheet.ready] == [first, second]
    assert page._found is not None
    assert [item.case for item in page._found.sheet.ready] == [first]


def test_owners_are_not_offered_it(offices: Offices, visit: Open) -> None:
    three_signed(offices)
    ada = visit("ada")
    inbox = ada.go("inbox")
    assert isinstance(inbox, InboxPage)

    assert not inbox.together.isVisible()


@pytest.mark.exhaustive
def test_only_what_is_on_screen_counts_as_opened(offices: Offices, visit: Open) -> None:
    first, second, _ = three_signed(offices)
    cleo = visit("cleo")
    cleo.go("review", first)
    cleo.go("inbox")
    offices.decide("dan", first, given=offices.terms("dan", first, users=3))
    offices.travel("dan", "cleo")

    cleo.desktop.context.tell(Changes(cases=frozenset({first})))
    cleo.settle()
    page = page_of(cleo, first, second)

    assert "The CISO has signed other terms since you opened it." in words(page)

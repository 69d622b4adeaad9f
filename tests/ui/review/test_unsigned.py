"""What an office edits and has not signed: kept as it is given, listed, undone, compared, and called what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from intake.domain.case.verbs import OpinionVerb
from intake.services.deciding import deciding, reviewing, unsigned
from tests.services.offices import Offices
from tests.services.stages import filed_with_both
from tests.ui.visiting import Visit
from ui.case.page import CasePage
from ui.context import Changes
from ui.home.rows import NeedLine
from ui.inbox.page import InboxPage
from ui.review import decide
from ui.review.condition_dialog import ConditionDialog
from ui.review.decide import offers
from ui.review.page import ReviewPage
from ui.review.sections import COMMENTS, TERMS
from ui.review.validity import StageMissing
from ui.widgets.confirmation import Confirmation
from ui.widgets.date_field import DateField
from ui.widgets.fields import PickField
from ui.widgets.number_field import NumberField
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog

Open = Callable[[str], Visit]

USERS, DAYS = "user_permissions.max_users", "data_access.prompt_retention_days"


@pytest.fixture
def case(offices: Offices) -> str:
    return filed_with_both(offices)


def words(widget: QWidget | None) -> str:
    assert widget is not None
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def terms_of(person: Visit, case: str) -> ReviewPage:
    page = person.go("review", case)
    assert isinstance(page, ReviewPage)
    page.tabs.show_section(TERMS)
    person.settle()
    return page


def enter(person: Visit, page: ReviewPage, path: str, value: int) -> None:
    """Type another number over what is there."""
    line = page.terms.limits.field(path).focus_widget()
    line.selectAll()  # type: ignore[attr-defined]
    person.qtbot.keyClicks(line, str(value))
    person.settle()


def listed(page: ReviewPage) -> list[str]:
    """The lines of my changes, without their heading."""
    card = page.terms.unsigned.changes
    lines = [label.text() for label in card.findChildren(QLabel) if not label.isHidden()][1:]
    return lines if not card.isHidden() else []


def started_again(offices: Offices, visit: Open, name: str) -> Visit:
    """The program was ended without a word, and is started again on what is stored."""
    offices.open(name)
    return visit(name)


def test_the_first_office_approves_with_its_terms_and_everything_says_so(
    offices: Offices, visit: Open, case: str
) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    assert dan.button("Approve these terms", page.bar).isEnabled()
    enter(dan, page, USERS, 3)

    dan.click(dan.button("Approve with my terms", page.bar))
    dan.click(dan.dialog(ReasonDialog).go_on)
    sheet = dan.dialog(SigningDialog)
    title, said = sheet.windowTitle(), words(sheet)
    dan.sign()

    assert title == "Approve with my terms"
    assert "Approve with my terms" in said
    assert "You approved with your terms" in words(page.findChild(Confirmation))
    assert "CISO approved with their own terms on revision 1" in words(dan.go("case", case))


@pytest.mark.exhaustive
def test_against_signed_terms_it_is_a_proposal_and_everything_says_so(offices: Offices, visit: Open, case: str) -> None:
    offices.decide("dan", case, given=reviewing.look(offices.installations["dan"], case, "dan").proposal)
    offices.travel("dan", "cleo")
    cleo = visit("cleo")
    page = terms_of(cleo, case)
    enter(cleo, page, USERS, 3)

    assert not page.actions_of[decide.APPROVE].isEnabled()
    assert "You changed the CISO’s terms" in page.bar.words[decide.APPROVE].text()
    cleo.click(cleo.button("Propose other terms", page.bar))
    cleo.click(cleo.dialog(ReasonDialog).go_on)
    sheet = cleo.dialog(SigningDialog)
    title, said = sheet.windowTitle(), words(sheet)
    cleo.sign()

    assert title == "Propose other terms"
    assert "Propose other terms" in said
    assert "You proposed other terms" in words(page.findChild(Confirmation))
    history = words(cleo.go("case", case))
    assert "CIO proposed other terms on revision 1" in history
    assert "CISO approved these terms on revision 1" in history


@pytest.mark.exhaustive
def test_the_buttons_say_what_the_domain_says(offices: Offices, visit: Open, case: str) -> None:
    view = terms_of(visit("dan"), case)._looked.view  # type: ignore[union-attr]
    mine = offices.terms("dan", case, users=3)

    called = {offer.key: offer.text.replace("&", "").rstrip("…") for offer in offers(view, mine)}

    assert called[decide.APPROVE] == OpinionVerb.APPROVE_MINE.label
    assert called[decide.CHANGES] == OpinionVerb.CHANGES.label
    assert called[decide.DECLINE] == OpinionVerb.DECLINE.label


@pytest.mark.attack("the program killed while terms are edited", refusal="every change is there again")
@pytest.mark.exhaustive
def test_changes_are_there_again_after_a_kill(offices: Offices, visit: Open, case: str) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    enter(dan, page, USERS, 3)
    page.terms.expires.set_value(date(2027, 3, 1))
    page.terms.expires.changed.emit()
    dan.settle()

    page = terms_of(started_again(offices, visit, "dan"), case)

    assert page.terms.limits.field(USERS).value() == 3
    assert page.terms.expires.value() == date(2027, 3, 1)
    assert [line.split(":")[0] for line in listed(page)] == ["Until", "Users at most"]
    assert page.bar.words[decide.APPROVE].isVisible()
    assert page.actions_of[decide.APPROVE].text() == "&Approve with my terms…"


@pytest.mark.exhaustive
def test_reasons_conditions_and_comments_that_are_written_are_there_again(
    offices: Offices, visit: Open, case: str
) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    page.terms.conditions.add.click()
    dialog = dan.dialog(ConditionDialog)
    dan.qtbot.keyClicks(dialog.text.focus_widget(), "Test it with")
    dialog.owner.set_value("ada")
    dialog.reject()
    dan.click(dan.button("Decline", page.bar))
    reason = dan.dialog(ReasonDialog)
    dan.qtbot.keyClicks(reason.text.focus_widget(), "It judges")
    reason.text.flush()
    page.tabs.show_section(COMMENTS)
    dan.settle()
    dan.qtbot.keyClicks(page.comments.text.focus_widget(), "Fridays are")
    page.comments.text.flush()
    page.comments.about.set_value("purpose.problem")
    page.comments.about.changed.emit()
    dan.settle()

    dan = started_again(offices, visit, "dan")
    page = terms_of(dan, case)
    page.terms.conditions.add.click()
    dialog = dan.dialog(ConditionDialog)
    assert (dialog.text.value(), dialog.owner.value(), dialog.due.value()) == ("Test it with", "ada", None)
    dialog.reject()
    page.tabs.show_section(COMMENTS)
    dan.settle()
    assert (page.comments.text.value(), page.comments.about.value()) == ("Fridays are", "purpose.problem")
    dan.click(dan.button("Decline", page.bar))
    assert dan.dialog(ReasonDialog).text.value() == "It judges"


def test_each_change_is_undone_alone(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    before = page.terms.edited()
    enter(dan, page, USERS, 3)
    enter(dan, page, DAYS, 4)
    assert len(listed(page)) == 2
    assert page.tabs.tabText(TERMS) == "Terms (2 changes)"

    undo = page.terms.unsigned.changes.buttons[1]
    assert undo.accessibleName().startswith("Undo: Users at most: ")
    undo.setFocus()
    dan.click(undo)

    assert [line.split(":")[0] for line in listed(page)] == ["Prompts kept for"]
    assert page.terms.limits.field(USERS).value() == before.boundaries[USERS]
    assert dan.desktop.window.focusWidget() is page.terms.unsigned.changes.buttons[0]
    dan.click(page.terms.unsigned.changes.buttons[0])
    assert listed(page) == []
    assert page.terms.edited() is page._looked.view.proposal  # type: ignore[union-attr]
    assert page.tabs.tabText(TERMS) == "Terms"


@pytest.mark.exhaustive
def test_all_are_taken_back_and_brought_back(offices: Offices, visit: Open, case: str) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    enter(dan, page, USERS, 3)
    enter(dan, page, DAYS, 4)
    changed = listed(page)

    dan.click(dan.button("Undo all my changes"))
    assert listed(page) == []
    assert offices.installations["dan"].register.unsigned.counts("dan") == ()
    assert "2 changes of yours were taken back." in words(page.terms.unsigned)
    dan.click(dan.button("Bring them back"))

    assert listed(page) == changed
    assert page.terms.limits.field(DAYS).value() == 4
    assert [item.changes for item in offices.installations["dan"].register.unsigned.counts("dan")] == [2]


@pytest.mark.exhaustive
def test_what_was_taken_back_can_be_brought_back_after_an_exchange(offices: Offices, visit: Open, case: str) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    enter(dan, page, USERS, 3)
    dan.click(dan.button("Undo all my changes"))
    dan.button("Bring them back").setFocus()
    offices.decide("cleo", case, given=offices.terms("cleo", case, users=40), reason="More testers.")
    offices.travel("cleo", "dan")

    dan.desktop.context.tell(Changes(cases=frozenset({case})))
    dan.settle()
    assert dan.button("Bring them back").hasFocus()
    assert "One change of yours was taken back." in words(page.terms.unsigned)
    dan.click(dan.button("Bring them back"))

    assert page.terms.limits.field(USERS).value() == 3
    assert "The CIO has signed terms since you began" in words(page.terms.unsigned)
    assert [item.changes for item in offices.installations["dan"].register.unsigned.counts("dan")] == [1]


def test_what_was_taken_back_of_another_use_case_is_not_brought_back_here(
    offices: Offices, visit: Open, case: str
) -> None:
    other = offices.file()
    offices.travel("ada", "dan")
    dan = visit("dan")
    page = terms_of(dan, case)
    enter(dan, page, USERS, 3)
    dan.click(dan.button("Undo all my changes"))
    terms_of(dan, other)

    assert page.terms.unsigned.taken_back.isHidden()


@pytest.mark.exhaustive
def test_my_column_shows_what_i_edit_and_the_terms_of_the_other_are_taken_over_by_name(
    offices: Offices, visit: Open, case: str
) -> None:
    offices.decide("dan", case, given=offices.terms("dan", case, users=10))
    offices.travel("dan", "cleo")
    cleo = visit("cleo")
    page = terms_of(cleo, case)
    comparison = page.terms.compared.comparison
    page.terms.compared.head.click()
    assert comparison.summary.text() == "Only one position so far"

    enter(cleo, page, USERS, 3)

    assert comparison.summary.text() == "One point differs"
    assert "CIO · yours, not signed" in words(comparison)
    assert "3 people" in words(comparison)
    cleo.click(cleo.button("Take the CISO’s terms over"))
    assert listed(page) == []
    assert page.terms.edited().boundaries[USERS] == 10


@pytest.mark.exhaustive
def test_the_other_office_signs_meanwhile_and_mine_are_kept(offices: Offices, visit: Open, case: str) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    first = page.terms.edited().boundaries[USERS]
    enter(dan, page, USERS, 3)
    offices.decide("cleo", case, given=offices.terms("cleo", case, users=40), reason="More testers.")
    offices.travel("cleo", "dan")

    dan.desktop.context.tell(Changes(cases=frozenset({case})))
    dan.settle()

    said = words(page.terms.unsigned)
    assert "The CIO has signed terms since you began" in said
    assert listed(page) == [f"Users at most: 40 people → 3 people (it was {first} people when you changed it)"]
    page.terms.unsigned.meanwhile.based.head.click()
    assert f"Users at most: it was {first} people, it is 40 people" in words(page.terms.unsigned.meanwhile)
    assert page.actions_of[decide.PROPOSE].text() == "Propose &other terms…"
    assert not page.actions_of[decide.APPROVE].isEnabled()

    dan.click(dan.button("Go on with mine"))
    assert page.terms.unsigned.meanwhile.isHidden()
    assert listed(page) == ["Users at most: 40 people → 3 people"]
    stored = unsigned.read(offices.installations["dan"], "dan", case)
    assert stored.began == page.terms.now()


@pytest.mark.attack(
    "a revision that arrives while terms are edited", refusal="said, and nothing untouched is carried over"
)
@pytest.mark.exhaustive
def test_a_revision_comes_meanwhile_and_only_what_i_touched_is_kept(offices: Offices, visit: Open, case: str) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    enter(dan, page, USERS, 3)
    offices.file(case=case)
    offices.travel("ada", "dan")

    dan.desktop.context.tell(Changes(cases=frozenset({case})))
    dan.settle()

    assert "Revision 2 has come; you wrote your changes on revision 1" in words(page.terms.unsigned)
    view = page._looked.view  # type: ignore[union-attr]
    assert page.terms.edited() == view.proposal.__class__(
        view.proposal.stage,
        view.proposal.boundaries.replaced({USERS: 3}),
        view.proposal.conditions,
        view.proposal.begins,
        view.proposal.expires,
    )


@pytest.mark.attack(
    "the other office signs between the button and the sheet",
    refusal="read again: nothing is prepared under another name",
)
@pytest.mark.exhaustive
def test_what_was_to_be_approved_is_not_proposed_under_the_same_button(
    offices: Offices, visit: Open, case: str
) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    enter(dan, page, USERS, 3)
    dan.click(dan.button("Approve with my terms", page.bar))
    offices.decide("cleo", case, given=offices.terms("cleo", case, users=40), reason="More testers.")
    offices.travel("cleo", "dan")

    dan.click(dan.dialog(ReasonDialog).go_on)

    assert not [item for item in dan.desktop.window.findChildren(SigningDialog) if item.isVisible()]
    assert "changed while you were looking" in page.notice.title.text()
    assert page.actions_of[decide.PROPOSE].isEnabled()
    assert listed(page)[0].startswith("Users at most: 40 people → 3 people")


@pytest.mark.exhaustive
def test_terms_that_the_other_office_signs_by_itself_are_no_change_any_more(
    offices: Offices, visit: Open, case: str
) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    enter(dan, page, USERS, 3)
    offices.decide("cleo", case, given=page.terms.edited())
    offices.travel("cleo", "dan")

    dan.desktop.context.tell(Changes(cases=frozenset({case})))
    dan.settle()

    assert listed(page) == []
    assert offices.installations["dan"].register.unsigned.counts("dan") == ()
    assert page.actions_of[decide.APPROVE].text() == "&Approve these terms…"
    assert page.actions_of[decide.APPROVE].isEnabled()


@pytest.mark.attack("the disk is full while terms are edited", refusal="DiskFull: said, kept on screen, tried again")
@pytest.mark.exhaustive
def test_what_cannot_be_stored_is_said_and_stored_when_there_is_room(offices: Offices, visit: Open, case: str) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    register = offices.installations["dan"].register
    with register._database.reader.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with register._database.writer.connect() as connection:
        # SQLite says the same as on a full disk: it may not grow, and every free page is taken.
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        unlimited = connection.connection.dbapi_connection
    page.tabs.show_section(COMMENTS)
    dan.settle()

    page.comments.text.set_value("x" * 9000)
    page.comments.text.changed.emit()
    dan.settle()

    assert "Not saved: " in page.writing.unsaved.title.text()
    assert page.comments.text.value() == "x" * 9000
    assert unlimited is not None
    unlimited.execute("PRAGMA max_page_count = 1000000")
    dan.click(dan.button("Try again"))
    assert page.writing.unsaved.isHidden()
    assert unsigned.read(offices.installations["dan"], "dan", case).words("words.comment") == "x" * 9000


@pytest.mark.exhaustive
def test_a_day_later_what_the_playbook_proposes_is_no_news_and_the_untouched_day_moves_on(
    offices: Offices, visit: Open, case: str
) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    day = page.terms.expires.day
    enter(dan, page, USERS, 3)
    offices.clock.now = offices.clock.now.replace(day=offices.clock.now.day + 1)

    page = terms_of(started_again(offices, visit, "dan"), case)

    later = page.terms.expires.day
    assert [line.split(":")[0] for line in listed(page)] == ["Users at most"]
    assert page.terms.unsigned.meanwhile.isHidden()
    assert day is not None
    assert later is not None
    assert later - day == timedelta(days=1)


@pytest.mark.attack("a second window that still shows the terms as they were", refusal="both windows’ changes are kept")
@pytest.mark.exhaustive
def test_two_windows_of_one_person_keep_both_changes(offices: Offices, visit: Open, case: str) -> None:
    one, other = visit("dan"), visit("dan")
    first, second = terms_of(one, case), terms_of(other, case)
    enter(one, first, USERS, 3)
    enter(other, second, DAYS, 4)

    stored = unsigned.read(offices.installations["dan"], "dan", case)
    assert stored.edits.limits == {DAYS: 4, USERS: 3}


@pytest.mark.exhaustive
def test_a_second_click_signs_once_and_what_is_signed_is_not_kept(offices: Offices, visit: Open, case: str) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    enter(dan, page, USERS, 3)
    page.tabs.show_section(COMMENTS)
    dan.settle()
    dan.qtbot.keyClicks(page.comments.text.focus_widget(), "Later.")
    dan.click(dan.button("Approve with my terms", page.bar))
    dialog = dan.dialog(ReasonDialog)
    dan.qtbot.keyClicks(dialog.text.focus_widget(), "Fewer are enough.")
    dialog.go_on.click()
    dialog.go_on.click()
    dan.settle()
    dan.sign()

    installation = offices.installations["dan"]
    (opinion,) = [event for event in installation.state(case).events if event.act.kind == "opinion"]
    found = installation.register.unsigned.get("dan", case)
    assert getattr(opinion.body, "reason", "") == "Fewer are enough."
    assert installation.register.unsigned.counts("dan") == ()
    assert found is not None
    assert found.parts == {"words.comment": "Later."}
    page = terms_of(dan, case)
    assert listed(page) == []
    assert page.comments.text.value() == "Later."


@pytest.mark.exhaustive
def test_lists_first_page_and_case_page_say_how_many_are_not_signed(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    enter(dan, page, USERS, 3)
    enter(dan, page, DAYS, 4)
    said = "2 changes of yours not signed"

    inbox = dan.go("inbox")
    assert isinstance(inbox, InboxPage)
    model = inbox.table.model
    assert said in [model.index(0, column).data() for column in range(model.columnCount())]
    home = dan.go("home")
    lines = [line.accessibleName() for line in home.findChildren(NeedLine)]
    assert [line for line in lines if said in line]
    page_of_case = dan.go("case", case)
    assert isinstance(page_of_case, CasePage)
    assert said in words(page_of_case)


@pytest.mark.exhaustive
def test_nobody_else_has_what_is_not_signed(offices: Offices, visit: Open, case: str) -> None:
    dan = visit("dan")
    enter(dan, terms_of(dan, case), USERS, 3)
    offices.travel("dan", "cleo")

    page = terms_of(visit("cleo"), case)

    assert listed(page) == []
    assert offices.installations["cleo"].register.unsigned.counts("dan") == ()


@pytest.mark.exhaustive
def test_what_is_signed_at_the_command_line_leaves_other_changes_where_they_are(
    offices: Offices, visit: Open, case: str
) -> None:
    dan = visit("dan")
    enter(dan, terms_of(dan, case), USERS, 3)

    offices.decide("dan", case)
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "Something else.")

    assert [item.changes for item in offices.installations["dan"].register.unsigned.counts("dan")] == [1]


@pytest.mark.exhaustive
def test_no_field_of_the_terms_is_drawn_before_there_is_something_in_it(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = dan.go("review", case)
    assert isinstance(page, ReviewPage)
    terms = page.terms

    page.tabs.setCurrentIndex(TERMS)

    seen = 0
    while not terms.complete:
        terms._turns.step()
        fields = [field for field in terms.findChildren(PickField) if field.isVisibleTo(terms)]
        assert all(field.value() is not None for field in fields)
        assert all(day.value() is not None for day in terms.findChildren(DateField) if day.isVisibleTo(terms))
        assert all(number.value() is not None for number in terms.findChildren(NumberField))
        state = getattr(terms, "state", None)
        assert state is None or not state.isVisibleTo(terms) or state.title.text()
        seen = max(seen, len(fields))
    assert seen > 3
    assert terms.grant.state.isVisibleTo(terms)


@pytest.mark.exhaustive
def test_a_condition_is_added_and_people_stand_with_what_they_do_the_owner_first(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    page.terms.conditions.add.click()
    dialog = dan.dialog(ConditionDialog)

    combo = dialog.owner.focus_widget()
    offered = [combo.itemText(number) for number in range(combo.count())]  # type: ignore[attr-defined]

    assert dialog.add.text().replace("&", "") == "Add"
    assert offered[:2] == ["Choose…", "Ada · owner of this use case"]
    assert "Cleo · CIO" in offered


@pytest.mark.exhaustive
def test_a_day_and_a_stage_that_are_missing_are_both_asked_for(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = terms_of(dan, case)
    terms = page.terms
    terms.stage.set_value(None)
    terms.stage.changed.emit()
    terms.expires.set_value(date(2027, 3, 1))
    terms.expires.changed.emit()

    with pytest.raises(StageMissing):
        terms.edited()
    assert not page.actions_of[decide.APPROVE].isEnabled()

"""What the review screen shows, and to whom: every section, foreign text, what is outdated, and reasons to block."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from intake.domain.playbook.answers import DONT_KNOW
from intake.domain.terms.terms import Condition
from intake.services.deciding import deciding
from intake.services.filing import filing, revising
from tests.filled import filled
from tests.services.offices import Offices
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.context import Changes
from ui.review.condition_dialog import ConditionDialog
from ui.review.page import ReviewPage
from ui.review.sections import ANSWERS, COMMENTS, RISK, SUMMARY, TERMS
from ui.widgets.blocks import LongWords
from ui.widgets.fold import Fold
from ui.widgets.links import LinkButton
from ui.widgets.panels import Chip
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog
from ui.words.ring import Half

Open = Callable[[str], Visit]

HOSTILE = "<b>bold</b> <img src=x> & \u0639\u0631\u0628\u064a \U0001f600 {braces} %s"


def file(offices: Offices, given: dict[str, object], *, unknown: tuple[str, ...] = (), case: str = "") -> str:
    """A request by Ada with these answers, and a file called like an attack."""
    installation = offices.installations["ada"]
    draft = filing.start(installation, "ada", case=case)
    guide = filled(installation.shelf.current, given)  # type: ignore[arg-type]
    answers = {key: answer.as_json() for key, answer in guide.answers.items()}
    installation.register.drafts.answers(draft, answers | {name: DONT_KNOW.as_json() for name in unknown})
    filing.attach(installation, draft, "evidence.other", "../../<i>report</i>.pdf", "application/pdf", b"%PDF-1.4 tiny")
    return filing.file(installation, offices.signer("ada"), draft).case


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


@pytest.fixture
def case(offices: Offices) -> str:
    found = file(offices, {"purpose.problem": HOSTILE, "purpose.title": HOSTILE}, unknown=("oversight.stop",))
    offices.travel("ada", "dan", "cleo")
    return found


def review(person: Visit, case: str) -> ReviewPage:
    page = person.go("review", case)
    assert isinstance(page, ReviewPage)
    return page


def test_foreign_text_is_shown_as_text(visit: Open, case: str) -> None:
    page = review(visit("dan"), case)

    labels = page.findChildren(QLabel)
    assert page.heading.text() == HOSTILE
    assert HOSTILE in words(page.tabs.summary)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels if "<b>" in label.text())


@pytest.mark.exhaustive
def test_every_section_can_be_walked_with_the_keyboard_and_is_named(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)

    for number in (SUMMARY, RISK, ANSWERS, TERMS, COMMENTS):
        page.tabs.show_section(number)
        dan.settle()
        assert nameless(page) == []
        assert unreachable(page) == []


@pytest.mark.exhaustive
def test_each_section_is_one_key_away(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)

    for number, key in enumerate((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)):
        dan.qtbot.keyClick(dan.desktop.window, key, Qt.KeyboardModifier.AltModifier)
        assert page.tabs.currentIndex() == number


@pytest.mark.exhaustive
def test_an_owner_reads_and_is_offered_no_action(visit: Open, case: str) -> None:
    ada = visit("ada")
    page = review(ada, case)
    page.tabs.show_section(TERMS)
    ada.settle()

    assert page.bar.isHidden()
    assert page.terms.mine.isHidden()
    assert not any(action.isVisible() for action in page.actions_of.values())
    assert "the offices decide" in page.strip.signer.text()


@pytest.mark.exhaustive
def test_the_strip_says_as_whom_and_what_is_signed(visit: Open, case: str) -> None:
    page = review(visit("dan"), case)

    assert page.strip.signer.text() == "You sign as Dan, CISO"
    assert page.strip.revision.text() == "revision 1"
    assert page.strip.digest.toolTip() == case


@pytest.mark.exhaustive
def test_open_points_and_a_doubt_about_the_tier_are_marked(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)

    page.tabs.show_section(ANSWERS)
    dan.settle()

    assert "One question is answered" in words(page.tabs.summary)
    assert "Open point" in [chip.text() for chip in page.tabs.answers.findChildren(Chip)]


@pytest.mark.exhaustive
def test_threats_and_controls_give_their_reasons_when_unfolded(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)
    page.tabs.show_section(RISK)
    dan.settle()
    made = page._looked.view.assessment  # type: ignore[union-attr]
    titles = {fold.head.text(): fold for fold in page.tabs.risk.findChildren(Fold)}

    fold = titles[made.controls[0].control.title]
    fold.head.click()

    assert fold.inside.isVisible()
    assert made.controls[0].control.why in words(fold)
    assert {item.threat.title for item in made.threats} <= titles.keys()
    assert {item.duty.text for item in made.duties} <= titles.keys()


@pytest.mark.exhaustive
def test_a_long_answer_is_shown_whole_on_demand(offices: Offices, visit: Open) -> None:
    text = "Word " * 1999 + "end"
    found = file(offices, {"purpose.problem": text})
    offices.travel("ada", "dan")
    page = review(visit("dan"), found)
    part = next(item for item in page.tabs.summary.findChildren(LongWords) if item.label.text().startswith("Word"))
    assert len(part.label.text()) < 1000

    part.more.click()

    assert part.label.text() == text


@pytest.mark.exhaustive
def test_what_changed_since_my_last_look_is_shown_per_answer(offices: Offices, visit: Open, case: str) -> None:
    offices.decide("dan", case)
    offices.travel("dan", "ada")
    file(
        offices,
        {"purpose.problem": "Another problem of finance, described again.", "purpose.title": HOSTILE},
        case=case,
    )
    offices.travel("ada", "dan", "cleo")
    dan = visit("dan")

    page = review(dan, case)
    page.tabs.show_section(ANSWERS)
    dan.settle()

    shown = words(page.tabs.answers)
    assert "Changed since revision 1" in shown
    assert HOSTILE in shown
    assert "Another problem of finance, described again." in shown


@pytest.mark.exhaustive
def test_an_outdated_opinion_is_shown_with_the_revision_it_was_given_on(
    offices: Offices, visit: Open, case: str
) -> None:
    offices.decide("dan", case)
    offices.travel("dan", "ada", "cleo")
    file(offices, {"purpose.problem": "Another problem of finance, described again."}, case=case)
    offices.travel("ada", "cleo")

    page = review(visit("cleo"), case)

    assert "last spoke on revision 1; that is outdated" in words(page.tabs.summary)
    assert "Outdated" in [chip.text() for chip in page.tabs.summary.findChildren(Chip)]
    assert page.strip.ring.state.ciso is Half.OUTDATED


def test_who_filed_it_cannot_approve_and_reads_why(offices: Offices, visit: Open) -> None:
    installation = offices.installations["dan"]
    draft = filing.start(installation, "dan")
    guide = filled(installation.shelf.current)
    installation.register.drafts.answers(draft, {key: answer.as_json() for key, answer in guide.answers.items()})
    found = filing.file(installation, offices.signer("dan"), draft).case

    page = review(visit("dan"), found)

    assert not page.actions_of["approve"].isEnabled()
    assert not page.actions_of["propose"].isEnabled()
    assert "you filed it or own it" in page.bar.words["approve"].text()
    assert page.actions_of["decline"].isEnabled()


def test_a_use_case_that_is_not_here_says_so(visit: Open) -> None:
    dan = visit("dan")

    page = review(dan, "0" * 64)

    assert "no revision that counts" in page._waiting.title.text()


@pytest.mark.exhaustive
def test_evidence_is_saved_under_a_harmless_name(visit: Open, case: str, tmp_path: Path) -> None:
    dan = visit("dan")
    page = review(dan, case)
    page.tabs.show_section(ANSWERS)
    dan.settle()
    dan.button("Save a copy").click()
    (item,) = page._looked.evidence  # type: ignore[union-attr]
    dialog = page._files._dialog
    assert dialog is not None
    (offered,) = dialog.selectedFiles()
    dialog.reject()

    page._files.save_to(item.file.sha256, tmp_path / "kept.pdf")
    dan.settle()

    assert Path(offered).parent.is_dir()
    assert not set(Path(offered).name) & set("<>/\\")
    assert (tmp_path / "kept.pdf").read_bytes() == b"%PDF-1.4 tiny"


def test_conditions_are_added_changed_removed_and_brought_back(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)
    page.tabs.show_section(TERMS)
    dan.settle()
    conditions = page.terms.conditions
    conditions.add.click()
    dialog = dan.dialog(ConditionDialog)
    dialog.add.click()
    assert dialog.problem.text() == "Write what has to be done."
    dan.qtbot.keyClicks(dialog.text.focus_widget(), "Test it with people")
    dialog.owner.set_value("ada")
    dialog.due.set_value(date(2027, 2, 1))
    dialog.add.click()
    wanted = Condition(date(2027, 2, 1), "ada", "Test it with people", "", "ciso")
    assert conditions.conditions() == (wanted,)

    dan.settle()
    dan.button("Remove", conditions).click()
    assert conditions.conditions() == ()
    conditions.undo.click()

    assert conditions.conditions() == (wanted,)
    assert page.terms.edited().conditions == (wanted,)


def test_a_condition_is_never_cut_and_never_in_the_past(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)
    page.tabs.show_section(TERMS)
    dan.settle()
    conditions = page.terms.conditions
    conditions.add.click()
    dialog = dan.dialog(ConditionDialog)
    typed = "Keep the log. " * 200 + "NOT before the works council has agreed."
    dialog.text.set_value(typed)
    dialog.owner.set_value("ada")
    dialog.due.set_value(date(2020, 1, 1))

    dialog.add.click()

    assert dialog.text.too_long == "Use at most 1,000 characters; these are 2,840."
    assert dialog.text.value() == typed
    assert dialog.problem.isHidden()
    dialog.text.set_value("NOT before the works council has agreed.")
    dialog.add.click()
    assert dialog.problem.text() == "Choose a day that is not over yet: nobody can meet a condition in the past."
    assert conditions.conditions() == ()
    dialog.due.set_value(date(2027, 2, 1))
    dialog.add.click()
    assert [item.text for item in conditions.conditions()] == ["NOT before the works council has agreed."]


@pytest.mark.exhaustive
def test_a_reason_and_a_comment_that_are_too_long_say_so_and_are_not_signed(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)
    page.tabs.show_section(COMMENTS)
    dan.settle()
    page.comments.text.set_value("x" * 10_001)

    with dan.qtbot.assertNotEmitted(page.comments.commenting):
        page.comments.button.click()

    assert page.comments.text.too_long == "Use at most 10,000 characters; these are 10,001."
    page.giving.decline()
    dialog = dan.dialog(ReasonDialog)
    for text, problem in (
        ("y" * 10_001, ""),
        ("\u200b\u2060", "Write one or two sentences: people follow what they understand."),
    ):
        dialog.text.set_value(text)
        with dan.qtbot.assertNotEmitted(dialog.given):
            dialog.go_on.click()
        assert dialog.problem.text() == problem
    dialog.reject()


def test_edits_stay_while_one_looks_elsewhere(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)
    page.tabs.show_section(TERMS)
    dan.settle()
    users = page.terms.limits.field("user_permissions.max_users")
    users.focus_widget().selectAll()  # type: ignore[attr-defined]
    dan.qtbot.keyClicks(users.focus_widget(), "3")

    dan.go("inbox")
    dan.go("review", case)

    assert page.terms.limits.field("user_permissions.max_users").value() == 3
    dan.click(dan.button("Start from what the playbook proposes"))
    assert page.terms.changes() == ()


@pytest.mark.exhaustive
def test_terms_without_a_day_are_refused_in_words(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)
    page.tabs.show_section(TERMS)
    dan.settle()

    page.terms.expires.set_value(None)
    page.terms.expires.changed.emit()

    assert not page.actions_of["approve"].isEnabled()
    assert "no day on which they end" in page.bar.words["approve"].text()


def test_both_positions_stand_side_by_side_with_their_differences(offices: Offices, visit: Open, case: str) -> None:
    offices.decide("dan", case, given=offices.terms("dan", case, users=10))
    offices.travel("dan", "cleo")
    offices.decide("cleo", case, given=offices.terms("cleo", case, users=30), reason="More testers.")
    offices.travel("cleo", "dan")
    dan = visit("dan")

    page = review(dan, case)
    page.tabs.show_section(TERMS)
    dan.settle()

    shown = words(page.terms.compared.comparison)
    assert page.terms.compared.comparison.summary.text() == "One point differs"
    assert "30 people" in shown
    assert "10 people" in shown
    assert not page.strip.ring.state.closed


@pytest.mark.exhaustive
def test_a_comment_is_signed_and_shown(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    page = review(ada, case)
    page.tabs.show_section(COMMENTS)
    ada.qtbot.keyClicks(page.comments.text.focus_widget(), "Fridays are covered by Finn.")
    ada.click(ada.button("Sign and add"))
    assert "Fridays are covered by Finn." in words(ada.dialog(SigningDialog))

    ada.sign()

    assert "Fridays are covered by Finn." in words(page.comments.said)
    assert page.comments.text.value() is None
    offices.travel("ada", "dan")
    assert any(
        getattr(event.body, "text", "") == "Fridays are covered by Finn."
        for event in offices.installations["dan"].state(case).events
    )


@pytest.mark.exhaustive
def test_a_comment_on_an_answer_reaches_the_owner_at_that_very_question(
    offices: Offices, visit: Open, case: str
) -> None:
    dan = visit("dan")
    page = review(dan, case)
    page.tabs.show_section(ANSWERS)
    dan.settle()
    page.tabs.answers.every.click()
    question = page._looked.view.playbook.question("purpose.problem")  # type: ignore[union-attr]
    links = page.tabs.answers.findChildren(LinkButton)
    next(link for link in links if link.accessibleName() == f"Comment on: {question.label}").click()
    assert page.tabs.currentIndex() == COMMENTS
    dan.qtbot.keyClicks(page.comments.text.focus_widget(), "Whose time is saved?")
    dan.click(dan.button("Sign and add"))
    assert question.label in words(dan.dialog(SigningDialog))

    dan.sign()

    assert page.comments.about.value() is None
    offices.travel("dan", "ada")
    (remark,) = revising.revising(offices.installations["ada"], case).about(question.id)
    assert (remark.person, remark.text) == ("Dan", "Whose time is saved?")


@pytest.mark.exhaustive
def test_the_app_opens_no_evidence(visit: Open, case: str) -> None:
    dan = visit("dan")
    page = review(dan, case)
    page.tabs.show_section(ANSWERS)
    dan.settle()

    names = [button.text() for button in page.tabs.answers.findChildren(QPushButton)]

    assert "Save a copy" in names
    assert "Open" not in names


@pytest.mark.exhaustive
def test_a_comment_of_another_arrives_by_itself(offices: Offices, visit: Open, case: str) -> None:
    ada = visit("ada")
    page = review(ada, case)
    page.tabs.show_section(COMMENTS)

    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, HOSTILE)
    offices.travel("dan", "ada")
    ada.desktop.context.tell(Changes(cases=frozenset({case})))
    ada.settle()

    assert HOSTILE in words(page.comments.said)

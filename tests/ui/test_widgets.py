"""The widgets of our own: what they show, what they say to a screen reader, and that closed ones are freed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QStyleFactory, QWidget
from pytestqt.qtbot import QtBot

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.terms.boundaries import Boundaries, UnreadableBoundary, Value
from intake.domain.terms.differences import NOT_THERE
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.terms import Stage, Terms, terms
from tests.domain.terms.later_tables import GONE, TABLE_2, later_terms
from tests.ui.walk import nameless, tab_order, unreachable
from ui.jobs import Bug
from ui.pictures.screenshots import grab, is_blank
from ui.theme import Scheme, Theme, Tone
from ui.widgets.boundary_editor import BoundaryEditor
from ui.widgets.comparison import TermsComparison, compare_terms
from ui.widgets.confirmation import Confirmation
from ui.widgets.date_field import DateField
from ui.widgets.dialogs import ConfirmDialog, CrashDialog, RefusalDialog
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import (
    AnswerField,
    Choice,
    ChoiceField,
    LinesField,
    LongTextField,
    ManyField,
    PickField,
    TextField,
    YesNoField,
)
from ui.widgets.labels import Label
from ui.widgets.length_note import LengthNote
from ui.widgets.number_field import MoneyField, NumberField
from ui.widgets.options import WrappingCheck
from ui.widgets.panels import Chip, EmptyState, NoticePanel
from ui.widgets.ring import Ring, ring_icon
from ui.widgets.signing import SigningDialog
from ui.widgets.signing_sheet import SignedLine, Subject
from ui.widgets.task_list import TaskGroup, TaskItem, TaskList
from ui.widgets.timeline import Moment, Timeline
from ui.widgets.tips import plain_tip
from ui.widgets.why_row import AskField, QuestionForm
from ui.words.ring import Half, RingState, ring_words

CHOICES = (Choice("a", "One", "The first"), Choice("b", "Two"), Choice("c", "Three"))

FIELDS: dict[str, tuple[Callable[[], AnswerField], object]] = {
    "text": (TextField, "Invoices"),
    "long text": (LongTextField, "Many\nlines"),
    "choice": (lambda: ChoiceField(CHOICES), "b"),
    "yes or no": (YesNoField, False),
    "many": (lambda: ManyField(CHOICES), ("a", "c")),
    "pick": (lambda: PickField(CHOICES), "c"),
    "number": (lambda: NumberField(unit="days"), 0),
    "money": (MoneyField, "EUR 20000"),
    "date": (DateField, date(2027, 6, 30)),
    "lines": (LinesField, ("EU", "UK")),
}


class Unwell(Refusal):
    what = "Not with “{thing}”."
    why = "It is not ours."
    next = "Take another."


def some_terms(**changes: object) -> Terms:
    return terms(Stage.PILOT, TABLE_1.boundaries(changes), (), date(2026, 11, 22), date(2027, 6, 30))  # type: ignore[arg-type]


def make_subject(**more: object) -> Subject:
    return Subject(
        title="Approve these terms",
        consequence="The pilot may begin.",
        signer="Ada Okafor, CIO",
        fingerprint="ab" * 32,
        lines=(SignedLine("Revision", "9f" * 32, is_digest=True), SignedLine("Use case", "<b>Invoices</b>")),
        button="Sign",
        **more,  # type: ignore[arg-type]
    )


def make_form() -> QuestionForm:
    form = QuestionForm()
    for key, (make, _) in FIELDS.items():
        form.add_row(key, f"What about {key}?", make(), why="Because it matters.", source="EU AI Act Art. 26")
    return form


def make_task_list() -> TaskList:
    tasks = TaskList()
    items = (TaskItem("a", "Purpose", "What for", "Complete", Tone.GOOD), TaskItem("b", "Data", "", "Not started"))
    tasks.set_groups([TaskGroup("Describe it", items)])
    return tasks


def make_timeline() -> Timeline:
    timeline = Timeline("History")
    timeline.set_moments([Moment("Filed", "Chen Li", "today", "Hello", Tone.GOOD, "new"), Moment("Begun")])
    return timeline


def make_comparison() -> TermsComparison:
    comparison = TermsComparison()
    rows = compare_terms(some_terms(), some_terms(**{"user_permissions.max_users": 5}))
    comparison.set_rows(rows, "CIO · revision 1", "CISO · revision 1")
    return comparison


def make_summary() -> ErrorSummary:
    summary = ErrorSummary()
    summary.set_errors({"a": "Say what it is for", "b": "Choose one"})
    return summary


GALLERY: dict[str, Callable[[], QWidget]] = {
    "ring": lambda: Ring(RingState(Half.FILLED, Half.CHANGES)),
    "notice": lambda: NoticePanel("Your turn", "Look at it.", Tone.WARN),
    "chip": lambda: Chip("High", Tone.BAD),
    "empty state": lambda: EmptyState("Nothing here", "It comes later."),
    "form": make_form,
    "error summary": make_summary,
    "task list": make_task_list,
    "timeline": make_timeline,
    "comparison": make_comparison,
    "boundary editor": BoundaryEditor,
    "confirmation": lambda: Confirmation("Filed", "CS-1", RingState(), ["The CISO is next."]),
}

DIALOGS: dict[str, Callable[[], QDialog]] = {
    "refusal": lambda: RefusalDialog(Unwell(thing="key")),
    "crash": lambda: CrashDialog(Bug("ValueError: x", "Traceback …")),
    "confirm": lambda: ConfirmDialog("Delete the draft?", "It cannot be brought back.", "Delete"),
    "signing": lambda: SigningDialog(make_subject(attestations=("I read it",), ring_after=RingState())),
}


@pytest.mark.parametrize("name", GALLERY)
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, pytest.param(Scheme.DARK, marks=pytest.mark.exhaustive)])
def test_every_widget_paints_something_in_both_themes(name: str, scheme: Scheme, theme: Theme, qtbot: QtBot) -> None:
    theme.set_scheme(scheme)
    widget = GALLERY[name]()
    qtbot.addWidget(widget)

    picture = grab(widget)
    theme.set_scheme(Scheme.LIGHT)

    assert not is_blank(picture)


@pytest.mark.parametrize("name", [*GALLERY, *DIALOGS])
def test_every_focusable_widget_has_an_accessible_name(name: str, theme: Theme, qtbot: QtBot) -> None:
    widget = (GALLERY | DIALOGS)[name]()
    qtbot.addWidget(widget)

    assert nameless(widget) == []


@pytest.mark.parametrize("name", [*GALLERY, *DIALOGS])
def test_the_keyboard_reaches_everything(name: str, theme: Theme, qtbot: QtBot) -> None:
    widget = (GALLERY | DIALOGS)[name]()
    qtbot.addWidget(widget)
    widget.show()

    assert unreachable(widget) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_a_closed_dialog_is_freed(name: str, theme: Theme, qtbot: QtBot) -> None:
    dialog = DIALOGS[name]()
    dialog.open()

    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_gives_back_what_it_was_given(name: str, theme: Theme, qtbot: QtBot) -> None:
    make, value = FIELDS[name]
    field = make()
    qtbot.addWidget(field)

    empty = field.value()
    with qtbot.assertNotEmitted(field.changed):
        field.set_value(value)

    assert empty is None
    assert field.value() == value


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_can_be_emptied(name: str, theme: Theme, qtbot: QtBot) -> None:
    make, value = FIELDS[name]
    field = make()
    qtbot.addWidget(field)

    field.set_value(value)
    field.set_value(None)

    assert field.value() is None


def test_a_choice_is_made_with_the_keyboard(theme: Theme, qtbot: QtBot) -> None:
    field = ChoiceField(CHOICES)
    qtbot.addWidget(field)
    field.show()

    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field.focus_widget(), Qt.Key.Key_Space)

    assert field.value() == "a"


def test_typing_is_emitted_at_the_latest_when_the_field_is_left(theme: Theme, qtbot: QtBot) -> None:
    field = LongTextField()
    qtbot.addWidget(field)
    field.show()

    qtbot.keyClicks(field.focus_widget(), "abc")
    with qtbot.waitSignal(field.changed):
        field.flush()

    assert field.value() == "abc"


@pytest.mark.parametrize("locale", ["C", "en_US", "de_DE", "fr_CH", "hi_IN"])
@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,500", 1500),
        ("1.500", 1500),
        ("1 500", 1500),
        ("1\u202f500\u202f000", 1_500_000),
        ("1\u2019500", 1500),
        ("12,34,567", 1_234_567),
        (" 30 ", 30),
        ("١٥", 15),
        ("", None),
        ("1,5", "1,5"),
        ("1,500.000", "1,500.000"),
        ("1.50", "1.50"),
        ("-3", "-3"),
        ("1e3", "1e3"),
        ("many", "many"),
        ("9" * 400, "9" * 400),
    ],
)
def test_a_number_is_understood_or_kept_as_it_was_typed_in_every_country(
    locale: str, typed: str, value: object, theme: Theme, qtbot: QtBot
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        field = NumberField(unit="people")
        qtbot.addWidget(field)

        line = field.findChild(QLineEdit)
        assert line is not None

        with qtbot.waitSignal(field.changed) if typed else nullcontext():
            line.insert(typed)

        assert field.value() == value
        line.editingFinished.emit()
        assert line.text() == (str(value) if isinstance(value, int) else typed)
        assert field.value() == value
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("1,500", ""),
        ("1,5", "it is not a whole number of zero or more"),
        ("", "it is not a whole number of zero or more"),
    ],
)
def test_a_boundary_counts_as_what_was_typed_or_is_refused_at_its_field(
    typed: str, refused: str, theme: Theme, qtbot: QtBot
) -> None:
    editor = BoundaryEditor(TABLE_1)
    qtbot.addWidget(editor)
    editor.set_boundaries(some_terms(**{"user_permissions.max_users": 50}).boundaries)
    field = editor.field("user_permissions.max_users")

    field.set_value(typed)

    if not refused:
        assert editor.check() is None
        assert editor.value("user_permissions.max_users") == 1500
        return
    found = editor.check()
    assert found is not None
    assert refused in found.what_happened
    with pytest.raises(UnreadableBoundary, match="Users at most"):
        TABLE_1.boundaries({"user_permissions.max_users": editor.value("user_permissions.max_users")})


def test_a_choice_that_was_taken_back_is_not_the_tightest_one(theme: Theme, qtbot: QtBot) -> None:
    editor = BoundaryEditor(TABLE_1)
    qtbot.addWidget(editor)
    editor.set_boundaries(some_terms(**{"model_scope.autonomy": "acts_alone"}).boundaries)

    editor.field("model_scope.autonomy").set_value(None)

    with pytest.raises(UnreadableBoundary, match="it is not one of the choices"):
        TABLE_1.boundaries({"model_scope.autonomy": editor.value("model_scope.autonomy")})


@pytest.mark.parametrize("make", [lambda: TextField(longest=300), lambda: LongTextField(longest=300)])
def test_a_field_never_cuts_and_says_its_limit(make: Callable[[], AnswerField], theme: Theme, qtbot: QtBot) -> None:
    field = make()
    qtbot.addWidget(field)
    assert isinstance(field, TextField | LongTextField)
    note = field.findChild(LengthNote)
    assert note is not None

    field.set_value("x" * 240)
    assert (note.isHidden(), field.too_long) == (True, "")
    field.set_value("x" * 300)
    assert (note.text(), field.too_long) == ("0 characters are left.", "")
    field.set_value("x" * 1_294 + " but NOT that")

    assert str(field.value()).endswith(" but NOT that")
    assert field.too_long == "Use at most 300 characters; these are 1,307."
    assert not note.isHidden()
    field.set_value("short")
    assert (note.isHidden(), field.too_long) == (True, "")


def test_a_name_of_who_knows_says_what_of_it_is_kept(theme: Theme, qtbot: QtBot) -> None:
    asked = AskField("What?")
    qtbot.addWidget(asked)

    asked.line.setText("n" * 121)

    assert asked.name() == "n" * 120
    assert not asked.too_long.isHidden()
    assert asked.too_long.text() == "Of this name, only the first 120 characters are kept."


@pytest.mark.parametrize("day", [date(1995, 3, 1), date(101, 1, 1), date(1999, 12, 31), date(9999, 12, 31)])
def test_every_day_is_shown(day: date, theme: Theme, qtbot: QtBot) -> None:
    field = DateField()
    qtbot.addWidget(field)

    field.set_value(day)

    assert field.value() == day


def test_every_question_says_why_and_whence(theme: Theme, qtbot: QtBot) -> None:
    form = make_form()
    qtbot.addWidget(form)

    for row in form.rows():
        assert row.panel.why.text()
        assert row.panel.source.text()
        assert row.field.focus_widget().accessibleDescription()
        assert row.label.buddy() is not None


def test_i_dont_know_is_an_answer(theme: Theme, qtbot: QtBot) -> None:
    form = make_form()
    qtbot.addWidget(form)
    row = form.row("number")
    row.set_value(3)

    with qtbot.waitSignal(form.changed) as blocker:
        row.unknown.click()

    assert blocker.args == ["number"]
    assert row.is_unknown()
    assert row.value() is None


def test_the_summary_repeats_the_words_at_the_fields(theme: Theme, qtbot: QtBot) -> None:
    form, summary = make_form(), ErrorSummary()
    qtbot.addWidget(form)
    qtbot.addWidget(summary)
    errors = {"text": "Say what it is for", "pick": "Choose one"}

    form.set_errors(errors)
    summary.set_errors(errors)

    assert summary.texts() == tuple(form.row(key).error.text() for key in errors)
    assert "Choose one" in form.row("pick").field.focus_widget().accessibleDescription()


def test_an_error_link_leads_to_its_field(theme: Theme, qtbot: QtBot) -> None:
    summary = make_summary()
    qtbot.addWidget(summary)

    with qtbot.waitSignal(summary.chosen) as blocker:
        summary.findChildren(QPushButton)[1].click()

    assert blocker.args == ["b"]


@pytest.mark.attack("markup in labels, messages and dialogs", refusal="shown as plain text")
@pytest.mark.attack("letters that are there and are drawn as nothing", refusal="a placeholder stands for each")
def test_what_is_drawn_as_nothing_is_seen_in_a_label(theme: Theme, qtbot: QtBot) -> None:
    label = Label("pay\xadroll")
    qtbot.addWidget(label)

    assert QLabel.text(label) == "pay▯roll"
    assert (label.text(), label.accessibleName()) == ("pay\xadroll", "pay\xadroll")


def test_foreign_markup_stays_plain(theme: Theme, qtbot: QtBot) -> None:
    evil = '<img src="file:///etc/passwd"><b>bold</b>'
    widgets = [Label(evil), Label(evil, elide=True), NoticePanel(evil, evil), Chip(evil), EmptyState(evil, evil)]
    dialogs = [RefusalDialog(Unwell(thing=evil)), CrashDialog(Bug(evil, evil))]

    for widget in (*widgets, *dialogs):
        qtbot.addWidget(widget)
        labels = [*widget.findChildren(QLabel), *([widget] if isinstance(widget, QLabel) else [])]
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels if QLabel.text(label))


@pytest.mark.attack("markup in a tooltip, and a picture it loads", refusal="shown as plain text")
def test_foreign_markup_stays_plain_in_a_tooltip(theme: Theme, qtbot: QtBot) -> None:
    evil = '<b>Approved</b> & <img src="//server/share/x.png">\nby both'
    label = Label(evil, elide=True)
    qtbot.addWidget(label)
    label.resize(20, 20)
    label.show()

    shown = QTextDocument()
    shown.setHtml(label.toolTip())

    assert shown.toPlainText() == evil
    assert "<img" not in label.toolTip()
    assert plain_tip("a & b") == "a & b"


def larger(label: Label) -> None:
    font = label.font()
    font.setPointSizeF(2 * font.pointSizeF())
    label.setFont(font)


@pytest.mark.parametrize(
    "change",
    [
        lambda label: label.setText("Short"),
        lambda label: label.setText("Much longer than it was. " * 9),
        larger,
        lambda label: label.setWordWrap(False),
        lambda label: label.setStyle(QStyleFactory.create("Windows")),
    ],
    ids=["shorter", "longer", "larger letters", "one line", "another style"],
)
def test_the_height_a_label_remembers_is_that_of_what_it_shows(
    theme: Theme, qtbot: QtBot, change: Callable[[Label], None]
) -> None:
    label = Label("A sentence that takes more than one line where there is little room. " * 3)
    qtbot.addWidget(label)
    remembered = [label.heightForWidth(width) for width in (150, 400)]

    change(label)

    laid_out = [QLabel.heightForWidth(label, width) for width in (150, 400)]
    assert [label.heightForWidth(width) for width in (150, 400)] == laid_out
    assert remembered[0] > remembered[1]


def test_an_elided_label_keeps_its_whole_text(theme: Theme, qtbot: QtBot) -> None:
    label = Label("A very long name of a use case\nwith a second line", elide=True)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()

    assert QLabel.text(label).endswith("…")
    assert "\n" not in QLabel.text(label)
    assert label.text().endswith("second line")
    assert label.accessibleName() == label.text()


def test_the_ring_speaks(theme: Theme, qtbot: QtBot) -> None:
    ring = Ring(RingState(Half.FILLED, Half.OPEN))
    qtbot.addWidget(ring)

    assert ring.accessibleName() == "CIO: signed. CISO: not signed yet."
    assert ring_words(RingState(Half.FILLED, Half.FILLED)) == "Signed by both: CIO and CISO"


@pytest.mark.parametrize("side", [12, 16, 24, 256])
def test_the_halves_differ_at_every_size(side: int, theme: Theme) -> None:
    left = ring_icon(RingState(Half.FILLED, Half.OPEN)).pixmap(side, side).toImage()
    right = ring_icon(RingState(Half.OPEN, Half.FILLED)).pixmap(side, side).toImage()
    declined = ring_icon(RingState(Half.DECLINED, Half.OPEN)).pixmap(side, side).toImage()

    assert left != right
    assert left != declined


def test_where_two_positions_part_is_said_in_words(theme: Theme, qtbot: QtBot) -> None:
    comparison = make_comparison()
    qtbot.addWidget(comparison)

    chips = [chip.text() for chip in comparison.findChildren(Chip)]

    assert comparison.summary.text() == "One point differs"
    assert chips == ["CIO is tighter"]


def _by_path(given: Boundaries) -> dict[str, Value]:
    return {item.path: value for item, value in given.items}


def test_the_boundary_editor_returns_what_it_was_given(theme: Theme, qtbot: QtBot) -> None:
    editor = BoundaryEditor()
    qtbot.addWidget(editor)
    given = some_terms(
        **{"data_access.regions": frozenset({"EU", "UK"}), "system_integration.network": "internal"}
    ).boundaries

    editor.set_boundaries(given)

    assert {item.path: editor.value(item.path) for item, _ in given.items} == _by_path(given)
    assert editor.check() is None


def test_the_boundary_editor_shows_where_the_other_side_differs(theme: Theme, qtbot: QtBot) -> None:
    editor = BoundaryEditor()
    qtbot.addWidget(editor)
    editor.set_boundaries(some_terms().boundaries)

    editor.set_reference(some_terms(**{"user_permissions.max_users": 5}).boundaries, "The CISO")

    shown = [chip for chip in editor.findChildren(Chip) if not chip.isHidden()]
    assert len(shown) == 1


def test_the_editor_writes_by_its_own_table_what_began_in_an_older_one(theme: Theme, qtbot: QtBot) -> None:
    editor = BoundaryEditor(TABLE_2)
    qtbot.addWidget(editor)
    older = some_terms(**{"model_scope.autonomy": "acts_alone", GONE: 9}).boundaries

    editor.set_boundaries(older)
    editor.set_reference(older, "The CISO")

    assert {item.path: editor.value(item.path) for item in TABLE_2} == _by_path(older.moved_to(TABLE_2))
    # The choice that is gone is still said in the words that were signed; a limit that is gone has no row here.
    shown = [
        label.text() for label in editor.findChildren(QLabel) if "The CISO" in label.text() and not label.isHidden()
    ]
    assert shown == ["The CISO: Acts alone"]


def test_a_comparison_across_tables_shows_every_limit_and_calls_none_tighter_that_one_side_lacks() -> None:
    rows = {row.label: row for row in compare_terms(some_terms(**{GONE: 9}), later_terms())}

    assert (rows["Outputs kept for"].left, rows["Outputs kept for"].right) == ("9 days", words(NOT_THERE()))
    assert (rows["Subprocessors"].left, rows["Subprocessors"].right) == (words(NOT_THERE()), "Hosting Ltd")
    assert (rows["Table of boundaries"].left, rows["Table of boundaries"].right) == ("1", "2")
    assert {rows[name].tighter for name in ("Outputs kept for", "Subprocessors", "Table of boundaries")} == {""}


def test_signing_needs_passphrase_and_every_attestation(theme: Theme, qtbot: QtBot) -> None:
    dialog = SigningDialog(make_subject(attestations=("I read it",)))
    qtbot.addWidget(dialog)

    asked: list[str] = []
    dialog.signing.connect(asked.append)

    dialog.sign.click()
    dialog.passphrase.line.setText("secret")
    dialog.sign.click()
    before = list(asked)
    dialog.findChild(WrappingCheck).setChecked(True)
    dialog.sign.click()

    assert before == []
    assert asked == ["secret"]


def test_signing_stays_open_until_it_is_said_how_it_went(theme: Theme, qtbot: QtBot) -> None:
    dialog = SigningDialog(make_subject())
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.passphrase.line.setText("wrong")

    with qtbot.waitSignal(dialog.signing) as blocker:
        dialog.sign.click()
    dialog.reject()
    still_open = dialog.isVisible()
    dialog.failed(Unwell(thing="passphrase"))

    assert blocker.args == ["wrong"]
    assert still_open
    assert dialog.problem.title.text() == "Not with “passphrase”."
    assert dialog.passphrase.text() == ""


def test_a_signing_dialog_shows_each_line_it_signs(theme: Theme, qtbot: QtBot) -> None:
    dialog = SigningDialog(make_subject())
    qtbot.addWidget(dialog)

    texts = [label.text() for label in dialog.findChildren(QLabel)]

    assert "<b>Invoices</b>" in texts
    assert "9f9f9f9f9f9f" in texts


def test_a_button_of_an_action_follows_it(theme: Theme, qtbot: QtBot) -> None:
    action = QAction("&Send")
    notice = NoticePanel("Ready", action=action)
    qtbot.addWidget(notice)
    button = notice.findChildren(QPushButton)[0]

    action.setEnabled(False)
    action.setText("&Send again")

    assert not button.isEnabled()
    assert button.accessibleName() == "Send again"


def test_the_order_of_tab_is_the_order_of_reading(theme: Theme, qtbot: QtBot) -> None:
    form = QuestionForm()
    qtbot.addWidget(form)
    for key in ("first", "second"):
        form.add_row(key, key, TextField(), why="Because.", source="Art. 1")
    form.show()

    names = [widget.accessibleName() for widget in tab_order(form)]

    assert names.index("first") < names.index("I don’t know: first") < names.index("second")


@pytest.mark.exhaustive
def test_void_calls_do_not_lose_references_to_none(theme: Theme, qtbot: QtBot) -> None:
    # PySide6 6.12.0 lost one per call, and Python 3.11 ended after about 5,000.
    widget = QWidget()
    qtbot.addWidget(widget)
    gc.collect()
    before = sys.getrefcount(None)

    for _ in range(5000):
        widget.update()

    assert abs(sys.getrefcount(None) - before) < 100

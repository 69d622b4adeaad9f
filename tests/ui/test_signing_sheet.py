"""The signing dialog on the smallest screen: its buttons stay, what is signed scrolls, and what is missing is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from intake.domain.base.refusals import Refusal
from intake.sample.marker import INSTALLATIONS, MARKER, passphrase_of_sample
from tests.ui.large import cut_off
from tests.ui.shown import squeezed
from ui.app import Desktop
from ui.pictures.screenshots import grab
from ui.theme import Theme
from ui.widgets import on_screen
from ui.widgets.panels import Card
from ui.widgets.signing import SigningDialog
from ui.widgets.signing_sheet import SignedLine, Subject
from ui.words.ring import RingState

SMALL = QSize(1280, 690)
"""Inside of a window on a screen of 1280 by 720."""
LONG = "One condition after the other, with words that go on and on. " * 30
ATTESTED = ("I have read this revision and its assessment.", "I decide for my office, on these terms and no others.")
PUBLIC = "public words"


class Mistyped(Refusal):
    what = "The passphrase does not open this key file."
    why = "The file itself is a key file, so the passphrase is most likely mistyped, or the file is damaged."
    next = "Enter the passphrase again. Look at caps lock and the keyboard layout."


def subject(*, attestations: tuple[str, ...] = ATTESTED, long: bool = True) -> Subject:
    lines = (
        SignedLine("Revision", "9f" * 32, is_digest=True),
        SignedLine("Use case", "UC-1 Invoices", part="What is decided, and for whom"),
        SignedLine("Users at most", "30 people instead of 50 people: tighter", part="Differences"),
        *(SignedLine(f"Condition {number}", LONG if long else "Short.", part="Conditions") for number in range(3)),
    )
    return Subject(
        title="Approve these terms",
        consequence="Your signature makes the decision.",
        signer="Ada Okafor-Worthington of the Chief Information Office",
        fingerprint="ab" * 32,
        lines=lines,
        grounds=(SignedLine("Tier", "Limited risk", part="Risk"),),
        button="Sign and request changes",
        attestations=attestations,
        ring_after=RingState(),
        warnings=("It cannot be taken back.",),
        has_pages=True,
    )


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The smallest screen we promise to fit; the one of the tests is another."""
    monkeypatch.setattr(on_screen, "room", lambda _: SMALL)


@pytest.fixture(params=[1.0, 1.25, 2.0], ids=["100 %", "125 %", "200 %"])
def scaled(request: pytest.FixtureRequest, qapp: QApplication, theme: Theme) -> Iterator[None]:
    before = qapp.font()
    larger = QFont(before)
    larger.setPointSizeF(before.pointSizeF() * request.param)
    qapp.setFont(larger)
    theme.set_scheme(theme.scheme)
    yield
    qapp.setFont(before)
    theme.set_scheme(theme.scheme)


@pytest.fixture
def opened(qtbot: QtBot, theme: Theme) -> Callable[..., SigningDialog]:
    def make(what: Subject | None = None, *, sample: str = "") -> SigningDialog:
        dialog = SigningDialog(what or subject(), sample=sample)
        qtbot.addWidget(dialog)
        dialog.open()
        grab(dialog)
        return dialog

    return make


def within(dialog: QWidget, widget: QWidget) -> bool:
    """Whether all of a widget is inside the dialog and not below the edge of a sheet that scrolls."""
    place = QRect(widget.mapTo(dialog, QPoint(0, 0)), widget.size())
    return widget.isVisible() and dialog.rect().contains(place)


def pinned(dialog: SigningDialog) -> list[QWidget]:
    # Where they would leave no room to read, the boxes scroll with what is signed.
    boxes: list[QWidget] = [box for box in dialog.attestations if not dialog.sheet.isAncestorOf(box)]
    assert dialog.pages is not None
    return [*boxes, dialog.passphrase, dialog.pages, dialog.cancel, dialog.sign]


# ------------------------------------------------------------------------------------------------------- the screen


@pytest.mark.usefixtures("small", "scaled")
def test_boxes_passphrase_and_buttons_are_on_the_screen_also_after_a_wrong_passphrase(
    opened: Callable[..., SigningDialog],
) -> None:
    dialog = opened(sample=PUBLIC)

    for _ in range(2):
        assert dialog.height() <= SMALL.height()
        assert dialog.width() <= SMALL.width()
        assert [widget for widget in pinned(dialog) if not within(dialog, widget)] == []
        assert dialog.sheet.viewport().height() > dialog.fontMetrics().height() * 5
        assert [*cut_off(dialog), *squeezed(dialog)] == []
        dialog.failed(Mistyped())
        grab(dialog)

    assert dialog.problem.isVisible()
    assert within(dialog.sheet, dialog.problem.text)


@pytest.mark.usefixtures("small", "scaled")
def test_what_is_signed_has_room_to_be_read_also_where_much_is_attested(
    opened: Callable[..., SigningDialog],
) -> None:
    dialog = opened(subject(attestations=(LONG[:160],) * 3), sample=PUBLIC)

    assert dialog.sheet.height() >= dialog.fontMetrics().height() * SigningDialog.LEAST_READ
    dialog.passphrase.line.setText("x")
    dialog.accept()

    # What is missing is gone to, wherever it is.
    box = dialog.attestations[0]
    assert dialog.focusWidget() is box
    assert dialog.height() <= SMALL.height()
    assert not dialog.sheet.isAncestorOf(box) or not box.visibleRegion().isEmpty()


@pytest.mark.usefixtures("small", "scaled")
def test_nothing_is_drawn_over_anything_else(opened: Callable[..., SigningDialog]) -> None:
    dialog = opened()
    rows = [dialog.sheet, *pinned(dialog)[:-3]]
    cards = dialog.sheet.findChildren(Card)

    for row, after in pairwise(rows):
        assert row.mapTo(dialog, QPoint(0, row.height())).y() <= after.mapTo(dialog, QPoint(0, 0)).y()
    inside = dialog.sheet.widget()
    assert inside is not None
    for card, after in pairwise(cards):
        assert card.mapTo(inside, QPoint(0, card.height())).y() <= after.mapTo(inside, QPoint(0, 0)).y()


@pytest.mark.usefixtures("small")
def test_a_small_subject_needs_no_scrolling(opened: Callable[..., SigningDialog]) -> None:
    what = subject(attestations=(), long=False)
    dialog = opened(replace(what, lines=what.lines[:2], grounds=()))

    assert dialog.height() < SMALL.height()
    assert dialog.sheet.verticalScrollBar().maximum() == 0


@pytest.mark.usefixtures("small")
def test_what_is_signed_is_read_on_with_the_keyboard(opened: Callable[..., SigningDialog], qtbot: QtBot) -> None:
    dialog = opened()
    dialog.passphrase.line.setFocus()

    qtbot.keyClick(dialog.passphrase.line, Qt.Key.Key_PageDown)

    assert dialog.sheet.verticalScrollBar().value() > 0
    assert dialog.sheet.focusPolicy() is Qt.FocusPolicy.StrongFocus


# ------------------------------------------------------------------------------------------------------- the order


def test_the_consequence_follows_the_conditions_and_digests_come_last(opened: Callable[..., SigningDialog]) -> None:
    dialog = opened()
    shown = [label.text() for label in dialog.sheet.findChildren(QLabel) if label.isVisibleTo(dialog)]
    inside = dialog.sheet.widget()
    assert inside is not None
    places = {
        label.text(): label.mapTo(inside, QPoint(0, 0)).y()
        for label in dialog.sheet.findChildren(QLabel)
        if label.isVisibleTo(dialog)
    }

    order = [
        "Approve these terms", "It cannot be taken back.", "What is decided, and for whom", "Differences", "Conditions",
        "Your signature makes the decision.", "Risk", "Digests",
    ]  # fmt: skip

    assert LONG in shown
    assert sorted(order, key=places.__getitem__) == order
    assert places["9f9f9f9f9f9f"] > places["Digests"]


# ------------------------------------------------------------------------------------------------------ the missing


def test_the_keyboard_starts_at_the_first_open_box(opened: Callable[..., SigningDialog]) -> None:
    dialog, without = opened(), opened(subject(attestations=()))

    assert dialog.focusWidget() is dialog.attestations[0]
    assert without.focusWidget() is without.passphrase.line


def test_enter_says_what_is_missing_and_goes_there(opened: Callable[..., SigningDialog], qtbot: QtBot) -> None:
    dialog = opened()
    first, second = dialog.attestations
    signed: list[str] = []
    dialog.signing.connect(signed.append)

    dialog.passphrase.line.setText("four plain words")
    first.setChecked(True)
    qtbot.keyClick(dialog.passphrase.line, Qt.Key.Key_Return)

    assert signed == []
    assert dialog.problem.isVisible()
    assert dialog.problem.text.text() == f"Tick “{ATTESTED[1]}”"
    assert dialog.focusWidget() is second
    assert second.accessibleDescription() == f"Tick “{ATTESTED[1]}”"

    second.setChecked(True)
    assert not dialog.problem.isVisible()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert signed == ["four plain words"]


def test_every_missing_thing_is_named(opened: Callable[..., SigningDialog]) -> None:
    dialog = opened()

    dialog.sign.click()

    assert dialog.problem.text.text() == (
        f"Tick “{ATTESTED[0]}” · Tick “{ATTESTED[1]}” · Enter the passphrase of your key"
    )


def test_while_it_is_signed_a_second_click_signs_nothing(opened: Callable[..., SigningDialog], qtbot: QtBot) -> None:
    dialog = opened(subject(attestations=()))
    signed: list[str] = []
    dialog.signing.connect(signed.append)
    dialog.passphrase.line.setText("four plain words")

    dialog.sign.click()
    dialog.sign.click()
    dialog.accept()

    assert signed == ["four plain words"]
    assert not dialog.sign.isEnabled()


def test_the_button_that_signs_has_the_look_of_it(opened: Callable[..., SigningDialog], theme: Theme) -> None:
    dialog = opened()

    picture = grab(dialog.sign)

    assert picture.pixelColor(8, picture.height() // 2) == theme.colours.accent


# ------------------------------------------------------------------------------------------------------- the sample


def test_the_sample_says_its_passphrase_and_fills_it_in(opened: Callable[..., SigningDialog]) -> None:
    dialog = opened(subject(attestations=ATTESTED[:1]), sample=PUBLIC)
    (box,) = dialog.attestations
    assert dialog.sample is not None

    dialog.sample.button.click()

    assert any(PUBLIC in label.text() for label in dialog.findChildren(QLabel))
    assert dialog.passphrase.text() == PUBLIC
    assert dialog.focusWidget() is box
    box.setChecked(True)
    with_signal: list[str] = []
    dialog.signing.connect(with_signal.append)
    dialog.sign.click()
    assert with_signal == [PUBLIC]


def test_elsewhere_no_passphrase_is_offered(
    opened: Callable[..., SigningDialog], desktop: Callable[..., Desktop]
) -> None:
    assert opened().sample is None
    assert desktop(sample=True).context.sample == ""


def home(tmp_path: Path, *, settings: str = '{"sample": true}', marker: str | None = None) -> Path:
    """A data folder of a sample, made by hand."""
    found = tmp_path / INSTALLATIONS / "ada"
    found.mkdir(parents=True)
    (found / "settings.json").write_text(settings, encoding="utf-8")
    whole = f'{{"people": ["ada"], "passphrase": "{PUBLIC}"}}'
    (tmp_path / MARKER).write_text(whole if marker is None else marker, encoding="utf-8")
    return found


def test_a_data_folder_of_the_sample_has_its_passphrase(tmp_path: Path) -> None:
    assert passphrase_of_sample(home(tmp_path)) == PUBLIC


@pytest.mark.parametrize(
    "changed",
    [
        {"settings": "{}"},
        {"settings": '{"sample": false}'},
        {"settings": "not JSON"},
        {"marker": ""},
        {"marker": "[]"},
        {"marker": '{"people": ["bob"], "passphrase": "public words"}'},
        {"marker": '{"people": ["ada"]}'},
        {"marker": '{"people": ["ada"], "passphrase": 4}'},
    ],
    ids=str,
)
def test_any_other_data_folder_has_none(tmp_path: Path, changed: dict[str, str]) -> None:
    assert passphrase_of_sample(home(tmp_path, **changed)) == ""


def test_a_folder_that_only_says_it_is_a_sample_has_none(tmp_path: Path) -> None:
    found = tmp_path / "mine"
    found.mkdir()
    (found / "settings.json").write_text('{"sample": true}', encoding="utf-8")

    assert passphrase_of_sample(found) == ""
    assert passphrase_of_sample(tmp_path / "nowhere") == ""


# ----------------------------------------------------------------------------------------------------- one frame


def test_every_signature_of_a_screen_is_asked_for_in_this_frame() -> None:
    """Every screen that signs goes through ``ui.signing_job``."""
    root = Path(__file__).parents[2] / "ui"
    made = [path.name for path in root.rglob("*.py") if "SigningDialog(" in path.read_text(encoding="utf-8")]
    asked = [path.name for path in root.rglob("*.py") if "PassphraseField(" in path.read_text(encoding="utf-8")]

    assert sorted(made) == ["__init__.py", "signing.py", "signing_job.py"]
    # Opening what was handed over signs nothing.
    assert sorted(asked) == ["__init__.py", "key_form.py", "opening_keys.py", "passphrase.py", "signing.py"]

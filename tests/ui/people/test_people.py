"""People: what the page says about an organisation, and every change an administrator signs there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from intake.domain.acts.kinds.enrol import EnrolBody
from intake.domain.base.canonical import sha256
from intake.domain.base.words import spoken
from intake.domain.organisation import changes
from intake.domain.organisation.roster import ListedCertificate, People, Role, Roster
from intake.services.installation.installation import PersonWithKey
from intake.services.lists import home
from intake.services.organisation import people
from intake.services.organisation import settling as settlements
from intake.trust.acts import verify_act
from tests.people import person, reader_key
from tests.services.offices import Offices
from tests.services.stages import filed_with_ciso
from tests.ui.large import cut_off, twice
from tests.ui.sessions import PASSPHRASE, Sessions
from tests.ui.walk import nameless, unreachable
from ui.people import versions
from ui.people.asking import GrantDialog, ListDialog
from ui.people.page import PeoplePage
from ui.people.subjects import compared, settling
from ui.people.versions import VersionTold, WaitingRoster
from ui.pictures.screenshots import grab
from ui.widgets.dialogs import RefusalDialog
from ui.widgets.signing import SigningDialog

ShowPage = Callable[[str], PeoplePage]

__all__ = ["twice"]


@pytest.fixture
def show(qtbot: QtBot, sessions: Sessions) -> ShowPage:
    def make(name: str) -> PeoplePage:
        page = PeoplePage(sessions.context(name))
        qtbot.addWidget(page)
        page.resize(1040, 760)
        page.show()
        page.activated(None)
        qtbot.waitUntil(lambda: page.found is not None and page.table.model.total > 0, timeout=20_000)
        return page

    return make


def choose(page: PeoplePage, name: str, qtbot: QtBot) -> None:
    page.activated(name)
    qtbot.waitUntil(lambda: page._detail is not None and page._detail.id == name, timeout=20_000)


def press(page: PeoplePage, name: str) -> None:
    button = next(item for item in page.side.widget().findChildren(QPushButton) if item.accessibleName() == name)
    button.click()


def words(page: PeoplePage) -> str:
    return "\n".join(label.text() for label in page.side.widget().findChildren(QLabel))


def signing(page: PeoplePage, qtbot: QtBot) -> SigningDialog:
    """The dialog that is open, once it is."""
    qtbot.waitUntil(lambda: any(item.isVisible() for item in page.findChildren(SigningDialog)))
    return next(item for item in page.findChildren(SigningDialog) if item.isVisible())


def shown_to_sign(page: PeoplePage, qtbot: QtBot) -> set[str]:
    return {label.text() for label in signing(page, qtbot).findChildren(QLabel)}


def sign(page: PeoplePage, qtbot: QtBot) -> str:
    """Attest everything, enter the passphrase, sign, wait until it is stored; gives the title that was shown."""
    dialog = signing(page, qtbot)
    for box in dialog.attestations:
        box.setChecked(True)
    dialog.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.context.changed, timeout=30_000):
        dialog.sign.click()
    return dialog.windowTitle()


def test_everybody_sees_the_organisation_and_its_people(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    page = show("ada")
    choose(page, "dan", qtbot)

    org = sessions.offices.installations["ada"].register.org
    assert page.organisation.name.text() == "Test Works"
    assert spoken(org) in page.organisation.words.text()
    assert "Roster version 1" in page.organisation.facts.text()
    assert "CISO, since" in words(page)
    assert spoken(person("dan").fingerprint) in words(page)
    assert spoken(person("ada").fingerprint) in words(page)
    assert "Give Dan a role" not in [item.accessibleName() for item in page.side.widget().findChildren(QPushButton)]
    assert nameless(page) == []
    assert unreachable(page) == []


def test_somebody_who_asks_is_listed_after_comparing_the_key(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    bob = sessions.offices.installations["bob"]
    eve = person("eve")
    asked = eve.act("enrol", EnrolBody("Eve", "Board", eve.certificate_der).as_json())
    bob.register.append([asked])
    page = show("bob")
    assert spoken(eve.fingerprint) in words(page)

    press(page, "Compare the key and list Eve")
    chooser = page.findChild(ListDialog)
    assert chooser is not None
    assert not chooser.go_on.isEnabled()
    chooser.roles.set_value(("auditor",))
    chooser.roles.changed.emit()
    chooser.go_on.click()
    sign(page, qtbot)

    waiting = bob.rosters.pending[0]
    assert waiting.listed.roster.person("eve") is not None
    assert waiting.agreement.missing == frozenset({"finn"})
    # It is not listed again, and the card says for whom it waits.
    page.activated(None)
    qtbot.waitUntil(lambda: "It counts once it is endorsed by: Finn" in words(page))
    assert not [item for item in page.side.widget().findChildren(QPushButton) if "list Eve" in item.accessibleName()]
    assert home.needs(bob, "bob", person("bob").fingerprint).asking == ()


def test_an_endorsement_makes_the_version_count(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    offices = sessions.offices
    people.grant_role(offices.installations["bob"], offices.signer("bob"), "ada", Role.AUDITOR)
    offices.travel("bob", "finn")
    page = show("finn")
    assert "Ada (ada) becomes auditor everywhere, from " in words(page)
    assert "Signed: Bob" in words(page)
    assert "Could still sign: Finn" in words(page)

    press(page, "Endorse version 2")
    sign(page, qtbot)

    assert offices.installations["finn"].rosters.holds("ada", Role.AUDITOR)


@pytest.mark.attack("an office taken with a key that nobody was shown", refusal="its words are to be confirmed")
def test_the_sheet_of_an_endorser_has_the_words_of_every_new_key(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    offices = sessions.offices
    bob, mallory = offices.installations["bob"], person("mallory").key
    current = changes.following(bob.rosters.in_force[0])
    people.enrol(bob, PersonWithKey("gina", mallory), name="Gina", unit="Security")
    newcomer = changes.Newcomer("gina", "Gina", "Security", mallory.certificate_der, (Role.CISO,))
    people.publish(bob, offices.signer("bob"), changes.listing(current, newcomer, today=date(2026, 11, 23)))
    offices.travel("bob", "finn")
    page = show("finn")

    press(page, "Endorse version 2")
    qtbot.waitUntil(lambda: any(item.isVisible() for item in page.findChildren(SigningDialog)))
    dialog = next(item for item in page.findChildren(SigningDialog) if item.isVisible())

    told = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    key = spoken(mallory.fingerprint)
    assert f"Gina (gina) gets the key {key}. It is for signing" in told
    assert "Gina (gina) becomes CISO everywhere, from 23 Nov 2026, without a last day." in told
    assert key in told.split("Have these words read to you by each person")[1]
    first = " ".join(key.split()[:3])
    (box,) = dialog.attestations
    assert box.text() == f"I compared the words of Gina’s key by voice: {first} …"
    dialog.passphrase.line.setText(PASSPHRASE)
    dialog.sign.click()
    assert dialog.isVisible()
    assert not offices.installations["finn"].rosters.holds("gina", Role.CISO)
    dialog.reject()


def test_each_key_of_others_is_confirmed_and_many_in_one_box(sessions: Sessions, show: ShowPage) -> None:
    finn = sessions.offices.installations["finn"]
    (first,) = finn.rosters.chain.values()
    told = versions.told(finn, first.roster)
    page = show("finn")
    assert page.found is not None

    assert {key.person for key in told.keys} == {"ada", "bob", "cleo", "dan", "finn"}
    assert compared(page.found, told) == ("I compared the words of all 4 keys by voice, each with its person",)
    few = replace(told, keys=tuple(key for key in told.keys if key.person in {"bob", "dan", "finn"}))
    said = [text.split(":")[0] for text in compared(page.found, few)]
    assert said == ["I compared the words of Bob’s key by voice", "I compared the words of Dan’s key by voice"]


@pytest.mark.exhaustive
def test_giving_ending_and_cutting_off_are_signed_with_their_consequence(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    bob = sessions.offices.installations["bob"]
    page = show("bob")
    choose(page, "ada", qtbot)

    press(page, "Give Ada a role")
    giver = page.findChild(GrantDialog)
    assert giver is not None
    giver.role.set_value("records")
    giver.role.changed.emit()
    giver.go_on.click()
    assert {"Roles from then on", "Business owner, Records"} <= shown_to_sign(page, qtbot)
    sign(page, qtbot)
    press(page, "End: Business owner")
    assert {"Role ended", "Roles from then on", "none"} <= shown_to_sign(page, qtbot)
    sign(page, qtbot)
    press(page, f"Cut off the key {person('ada').fingerprint[:12]}")
    title = sign(page, qtbot)

    kinds = [act.kind for act in bob.register.queries.acts("")]
    assert kinds.count("roster") == 4
    assert kinds.count("checkpoint") == 2
    assert title == "Cut off a key of Ada"


def test_a_wrong_passphrase_keeps_the_dialog_and_signs_nothing(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    bob = sessions.offices.installations["bob"]
    before = len(bob.register.queries.acts(""))
    page = show("bob")

    page.checkpoint_action.trigger()
    dialog = page.findChild(SigningDialog)
    assert dialog is not None
    dialog.passphrase.line.setText("not this one")
    dialog.sign.click()
    qtbot.waitUntil(dialog.problem.isVisible, timeout=20_000)

    assert len(bob.register.queries.acts("")) == before
    sign(page, qtbot)
    assert len(bob.register.queries.acts("")) == before + 1


def give(page: PeoplePage, name: str, role: str, qtbot: QtBot) -> None:
    """Up to where the dialog that asks for the passphrase would open."""
    choose(page, name, qtbot)
    press(page, f"Give {name.title()} a role")
    giver = page.findChild(GrantDialog)
    assert giver is not None
    giver.role.set_value(role)
    giver.role.changed.emit()
    giver.go_on.click()


def refused(page: PeoplePage, qtbot: QtBot) -> str:
    """What the refusal says that opened instead of the dialog that asks for the passphrase."""
    qtbot.waitUntil(lambda: any(item.isVisible() for item in page.findChildren(RefusalDialog)), timeout=20_000)
    dialog = next(item for item in page.findChildren(RefusalDialog) if item.isVisible())
    assert not any(item.isVisible() for item in page.findChildren(SigningDialog))
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_who_gives_an_office_to_himself_is_told_what_it_takes(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    offices = sessions.offices
    third = people.grant_role(offices.installations["bob"], offices.signer("bob"), "ada", Role.ADMINISTRATOR)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), third.roster)
    offices.travel("finn", "bob")
    page = show("bob")

    give(page, "bob", "cio", qtbot)
    qtbot.waitUntil(lambda: any(item.isVisible() for item in page.findChildren(SigningDialog)), timeout=20_000)
    dialog = next(item for item in page.findChildren(SigningDialog) if item.isVisible())

    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "You gain an office by it, so every other administrator has to endorse it." in said
    dialog.reject()


def test_what_can_never_count_is_refused_before_a_passphrase_is_asked_for(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    bob = sessions.offices.installations["bob"]
    before = len(bob.register.queries.acts(""))
    page = show("bob")

    give(page, "bob", "cio", qtbot)

    assert "List a third administrator first" in refused(page, qtbot)
    assert len(bob.register.queries.acts("")) == before


def test_an_administrator_too_few_is_refused_before_a_passphrase_is_asked_for(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    page = show("bob")
    choose(page, "finn", qtbot)

    press(page, "End: Administrator")

    assert "This would leave fewer than two administrators." in refused(page, qtbot)


@pytest.mark.exhaustive
def test_a_newer_roster_that_cannot_be_read_here_stops_every_change(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    offices = sessions.offices
    finn = offices.installations["finn"]
    page = show("finn")
    choose(page, "ada", qtbot)
    assert "Give Ada a role" in [item.accessibleName() for item in page.side.widget().findChildren(QPushButton)]
    # Finn's other computer endorses; this one gets the acts, and not the people.
    change = people.grant_role(offices.installations["bob"], offices.signer("bob"), "ada", Role.AUDITOR)
    offices.open("finn2")
    offices.installations["finn2"].register.join(finn.register.org)
    offices.travel("bob", "finn2")
    people.endorse(offices.installations["finn2"], offices.signer("finn"), change.roster)
    finn.register.append(
        [verify_act(blob) for _, _, blob in offices.installations["finn2"].register.queries.every_act()]
    )

    press(page, "Give Ada a role")
    giver = page.findChild(GrantDialog)
    assert giver is not None
    giver.role.set_value("records")
    giver.role.changed.emit()
    giver.go_on.click()
    said = "Roster version 2 cannot be read here, because its people are missing: nothing new can be approved."
    assert said in refused(page, qtbot)
    page.activated(None)
    qtbot.waitUntil(lambda: said in words(page), timeout=20_000)

    assert "ask Bob or Finn for a package" in words(page)
    assert page.organisation.state.text() == "Newer one unread"
    assert "Give Ada a role" not in [item.accessibleName() for item in page.side.widget().findChildren(QPushButton)]
    assert nameless(page) == []


def rivals(sessions: Sessions) -> tuple[str, str]:
    """Bob and Finn each write a version 2 while apart, and each endorses the other's."""
    offices = sessions.offices
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    one = people.grant_role(bob, offices.signer("bob"), "ada", Role.AUDITOR)
    two = people.grant_role(finn, offices.signer("finn"), "ada", Role.RECORDS)
    offices.travel("bob", "finn")
    offices.travel("finn", "bob")
    people.endorse(bob, offices.signer("bob"), two.roster)
    people.endorse(finn, offices.signer("finn"), one.roster)
    offices.travel("finn", *(name for name in offices.installations if name != "finn"))
    offices.travel("bob", *(name for name in offices.installations if name != "bob"))
    assert bob.rosters.rivals
    return one.roster, two.roster


@pytest.mark.exhaustive
def test_records_tell_which_of_two_rosters_counts(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    rivals(sessions)
    bob = sessions.offices.installations["bob"]
    first, second = (item.id for item in bob.rosters.in_force)
    page = show("bob")
    assert "A checkpoint of the records team before them says which one counts. Can sign it: Bob" in words(page)

    press(page, "Say that number 2 counts")
    assert sign(page, qtbot) == "Say which roster counts"
    page.activated(None)
    qtbot.waitUntil(lambda: "came too late" in words(page), timeout=20_000)

    assert [item.id for item in bob.rosters.in_force] == [second]
    assert list(bob.rosters.late) == [first]
    assert "Another version 2 came too late" in words(page)
    assert "Two rosters claim to be the newest" not in words(page)
    assert nameless(page) == []
    assert unreachable(page) == []


@pytest.mark.exhaustive
def test_who_keeps_no_records_is_told_who_can_tell(sessions: Sessions, show: ShowPage) -> None:
    rivals(sessions)

    page = show("finn")

    assert "Can sign it: Bob" in words(page)
    assert "Say that number 1 counts" not in [item.accessibleName() for item in page.side.findChildren(QPushButton)]


@pytest.mark.exhaustive
def test_a_checkpoint_without_what_it_lists_says_whom_to_ask(sessions: Sessions, show: ShowPage) -> None:
    rivals(sessions)
    offices = sessions.offices
    listed = people.checkpoint(offices.installations["bob"], offices.signer("bob"))
    assert "signed a checkpoint that may say" not in words(show("finn"))

    offices.installations["finn"].register.append([listed])

    asked = "Bob signed a checkpoint that may say which one counts, but what it lists is not here."
    assert asked in words(show("finn"))
    assert asked not in words(show("bob"))


@pytest.mark.exhaustive
def test_a_new_version_asks_the_records_team_for_its_checkpoint(
    sessions: Sessions, show: ShowPage, qtbot: QtBot
) -> None:
    offices = sessions.offices
    change = people.grant_role(offices.installations["bob"], offices.signer("bob"), "ada", Role.AUDITOR)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "ada", "bob")
    assert "Roster version 2 has no checkpoint yet" in words(show("ada"))
    assert "Can sign it: Bob" in words(show("ada"))
    page = show("bob")
    assert "Roster version 2 needs your checkpoint" in words(page)

    press(page, "Sign the checkpoint it needs")
    sign(page, qtbot)
    page.activated(None)
    qtbot.waitUntil(lambda: "needs your checkpoint" not in words(page), timeout=20_000)

    assert offices.installations["bob"].rosters.uncovered == ()


@pytest.mark.exhaustive
def test_rivals_are_explained_and_settled(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    one, two = rivals(sessions)
    bob = sessions.offices.installations["bob"]
    page = show("bob")
    assert "Two rosters claim to be the newest" in words(page)
    assert "Ada (ada) becomes auditor everywhere, from " in words(page)
    assert "Ada (ada) becomes records everywhere, from " in words(page)

    press(page, "Settle the two rosters")
    sign(page, qtbot)

    assert bob.rosters.pending[0].listed.roster.previous == tuple(sorted((one, two)))


@pytest.mark.exhaustive
def test_who_settles_rivals_sees_where_they_end_a_key_and_what_is_kept(sessions: Sessions, show: ShowPage) -> None:
    """Finn had seen one act of Dan more than Bob when each cut off his key."""
    offices = sessions.offices
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    key = person("dan").key.fingerprint
    one = people.cut_off_key(bob, offices.signer("bob"), key)
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "finn")
    two = people.cut_off_key(finn, offices.signer("finn"), key)
    offices.travel("bob", "finn")
    offices.travel("finn", "bob")
    people.endorse(bob, offices.signer("bob"), two.roster)
    people.endorse(finn, offices.signer("finn"), one.roster)
    offices.travel("finn", "bob")
    offices.travel("bob", "finn")
    cuts = {item.id: item.roster.cutoffs[key] for item in finn.rosters.in_force}
    lower, higher = cuts[one.roster], cuts[two.roster]

    page = show("finn")

    assert page.found is not None
    assert page.found.settlement is not None
    told = [
        line.value for line in settling(page.found, page.found.settlement).lines if "ended at checkpoint" in line.value
    ]
    assert told == [f"Dan, key {key[:16]}: ended at checkpoint {lower[:16]}, and not at {higher[:16]}."]
    assert [settlements.told(item, finn.rosters) for item in settlements.settlement(finn)[1]] == [
        f"Dan, {key[:16]}: ended at {lower[:16]}, not at {higher[:16]}"
    ]
    people.settle_rivals(finn, offices.signer("finn"))
    assert [item.listed.roster.cutoffs for item in finn.rosters.pending] == [{key: lower}]


def test_my_enrolment_is_saved_again(sessions: Sessions, show: ShowPage, qtbot: QtBot, tmp_path: Path) -> None:
    page = show("ada")
    page.export_action.trigger()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None

    with qtbot.waitSignal(page.context.said, timeout=20_000):
        dialog.fileSelected.emit(str(tmp_path / "ada.p7m"))

    assert verify_act((tmp_path / "ada.p7m").read_bytes()).act.kind == "enrol"
    dialog.reject()


@pytest.mark.parametrize("width", [860, 1040])
def test_names_and_roles_have_room_beside_what_waits(show: ShowPage, width: int) -> None:
    page = show("bob")

    grab(page, QSize(width, 640))

    header = page.table.view.horizontalHeader()
    assert header.sectionSize(0) >= header.fontMetrics().horizontalAdvance("Katherine Johnson")
    assert cut_off(page) == []


@pytest.mark.exhaustive
@pytest.mark.usefixtures("twice")
def test_nothing_is_cut_off_when_text_is_twice_as_large(show: ShowPage) -> None:
    page = show("bob")

    grab(page, QSize(860, 800))

    # The list keeps its columns, and scrolls.
    assert set(cut_off(page)) <= {"_View scrolls sideways"}
    assert page.side.y() > page.table.y()


SECOND = reader_key("Ada", seed="another key that decrypts")


def newer(offices: Offices) -> Roster:
    """What a newer version could write after version 1: a role, a use of a key and a rule that are not known here."""
    current = offices.installations["bob"].rosters.in_force[0]
    ada = current.roster.people.by_id["ada"]
    der = SECOND.certificate_der
    keys = (
        *ada.certificates,
        ListedCertificate(sha256(der), der, ada.certificates[0].period, "decrypt"),
    )
    grants = (*ada.grants, replace(ada.grants[0], role="model-owner"))
    changed = replace(ada, certificates=keys, grants=grants)
    people_ = People(changed if item.id == "ada" else item for item in current.roster.people)
    return replace(changes.following(current), people=people_, policy={"admission.days": 30})


@pytest.mark.exhaustive
def test_what_a_newer_version_wrote_is_shown_as_such(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    offices = sessions.offices
    bob = offices.installations["bob"]
    change = people.publish(bob, offices.signer("bob"), newer(offices))
    offices.travel("bob", "finn")
    # Who has the key that decrypts proves it with the one that signs.
    asks = PersonWithKey("ada", person("ada").key, SECOND)
    people.enrol(offices.installations["finn"], asks, name="Ada", unit="Finance")

    page = show("finn")
    told = words(page)
    assert "Ada (ada) becomes model-owner (a role of a newer version) everywhere, from " in told
    assert "It is for decrypting, not for signing, from " in told
    assert "The rule admission.days of a newer version becomes 30; it has no effect here." in told
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    offices.travel("finn", "bob")
    page = show("bob")
    choose(page, "ada", qtbot)

    assert "a role of a newer version: model-owner, since" in words(page)
    assert "for decrypting, not for signing" in words(page)
    buttons = [item.accessibleName() for item in page.side.widget().findChildren(QPushButton)]
    assert [name for name in buttons if name.startswith("End: ")] == ["End: Business owner"]


def test_a_version_whose_people_have_not_arrived_is_shown_with_what_it_waits_for(
    sessions: Sessions, show: ShowPage
) -> None:
    offices = sessions.offices
    people.grant_role(offices.installations["bob"], offices.signer("bob"), "ada", Role.AUDITOR)
    acts = [verify_act(blob) for _, _, blob in offices.installations["bob"].register.queries.every_act()]
    offices.installations["finn"].register.append(acts)

    told = words(show("finn"))

    assert "Version 2 waits for its list of people" in told
    assert "Nothing signed under it counts before that. Fetch from the exchange." in told


def test_a_first_roster_that_waits_is_what_the_page_is_about(sessions: Sessions, show: ShowPage) -> None:
    page = show("bob")
    assert page.found is not None
    waits = WaitingRoster("ab", 1, "Ada", VersionTold((), ()), (), ("Bob",), mine=True, problem="it is not endorsed")

    page._show(replace(page.found, version=0, waiting=(waits,)))

    assert page.table.empty.title.text() == "The first roster waits for its endorsements"
    assert not page.first_steps.isVisible()
    assert "Endorse version 1" in [item.accessibleName() for item in page.findChildren(QPushButton)]

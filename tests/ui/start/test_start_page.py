"""First steps on a real, empty installation: join with a key brought, set up with a key made, and come back in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

import resources
from intake.domain.base.words import spoken
from intake.domain.organisation.invitation import Invitation
from intake.domain.organisation.roster import Role
from intake.exchange.entries import Entry
from intake.exchange.package.package import read_package, save_package
from intake.exchange.package.signing import signer_of, signing_with
from intake.sample.building import Sample
from intake.services.exchanging import inviting
from intake.services.exchanging.exchanging import export_package, import_act
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.exchanging.inviting import InvitedByNobody
from intake.services.installation.installation import PersonWithKey
from intake.services.installation.workspace import Session, Workspace, open_installation
from intake.services.organisation import people
from intake.trust import keyfile
from intake.trust.acts import verify_act
from tests.people import NOON, person
from tests.services.offices import Offices
from tests.ui.guide.driver import CTRL, Driver, Key
from tests.ui.sessions import PASSPHRASE, key_file
from tests.ui.walk import nameless, unreachable
from ui.exchange.delivery import delivery_watch
from ui.exchange.importing import look_at_files
from ui.people.page import PeoplePage
from ui.start.key_form import propose_id
from ui.start.launch import command
from ui.start.step import StepState
from ui.start.work import FirstStepsState, JoinBy

Drive = Callable[..., Driver]
MakeSession = Callable[[str], Session]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[MakeSession]:
    """Empty installations by name."""
    made: list[Session] = []

    def make(name: str) -> Session:
        workspace = Workspace(tmp_path / name)
        made.append(Session(workspace, open_installation(workspace, resources.read, resources.names)))
        return made[-1]

    yield make
    for session in made:
        session.installation.register.close()


def bring_key(driver: Driver, form: object, name: str, file: Path) -> None:
    """Fill the form of the key as a person who brings a file would."""
    from ui.start.key_form import KeyForm

    assert isinstance(form, KeyForm)
    driver.tab_to(form.name.focus_widget())
    driver.type(name)
    form.way.set_value("bring")
    form.way.changed.emit()
    form.file.set_value(str(file))
    driver.tab_to(form.passphrase.focus_widget())
    driver.type(PASSPHRASE)
    driver.tab_to(form.button)
    driver.press(Key.Key_Space)
    driver.settle()


@pytest.mark.parametrize(
    ("name", "proposed"),
    [("Ada Byron", "ada.byron"), ("  Zoë  O’Neill-Çelik ", "zoe.oneill.celik"), ("山田", ""), ("A" * 90, "a" * 64)],
)
def test_a_person_id_is_proposed_from_the_name(name: str, proposed: str) -> None:
    assert propose_id(name) == proposed


@pytest.mark.exhaustive
def test_the_three_ways_are_painted_named_and_reached_by_keyboard(drive: Drive, fresh: MakeSession) -> None:
    driver = drive(fresh("eve"), "start")

    assert nameless(driver.start) == []
    assert unreachable(driver.start) == []
    driver.press(Key.Key_Space)  # the keyboard is on “Join an organisation”
    driver.settle()

    assert driver.start.title() == "Join an organisation"
    assert nameless(driver.start) == []
    assert unreachable(driver.start) == []


@pytest.mark.exhaustive
def test_a_key_form_says_what_is_missing_at_the_field_in_the_words_of_the_summary(
    drive: Drive, fresh: MakeSession
) -> None:
    driver = drive(fresh("eve"), "start")
    driver.go("start", "join")
    form = driver.start.join.key.form
    driver.tab_to(form.name.focus_widget())
    driver.type("Eve Holloway")
    driver.tab_to(form.passphrase.focus_widget())
    driver.type("long enough")
    driver.tab_to(form.again.focus_widget())
    driver.type("long enuogh")
    driver.press(Key.Key_Return)

    assert form.person.value() == "eve.holloway"
    assert form.summary.texts() == (form.form.row("again").error.text(),)
    assert form.summary.texts() == ("Passphrase again: The two passphrases are not the same.",)
    assert form.lost.text() == "A lost passphrase means enrolling again; drafts are kept."


def test_a_new_key_is_made_kept_and_enrolled_with(
    drive: Drive, fresh: MakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyfile.write, "__kwdefaults__", {"rounds": 1_000})
    session = fresh("eve")
    driver = drive(session, "start")
    driver.go("start", "join")
    form = driver.start.join.key.form
    driver.tab_to(form.name.focus_widget())
    driver.type("Eve Holloway")
    assert driver.start.join.listed.progress is StepState.LATER
    driver.tab_to(form.passphrase.focus_widget())
    driver.type("several plain words")
    # Enter goes on to what is still missing, and does what the button does when nothing is.
    driver.press(Key.Key_Return)
    driver.type("several plain words")
    driver.press(Key.Key_Return)
    driver.settle()

    (enrolment,) = people.enrolments(session.installation)
    assert (enrolment.person, enrolment.name) == ("eve.holloway", "Eve Holloway")
    assert session.settings.key == enrolment.fingerprint
    assert session.signer("several plain words").key.fingerprint == enrolment.fingerprint
    assert form.passphrase.value() is None


def test_joining_compares_words_before_anything_is_joined(
    drive: Drive, fresh: MakeSession, house: Offices, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    FolderExchange(house.installations["bob"], share).run()
    brought = tmp_path / "eve.p12"
    brought.write_bytes(key_file(person("eve").key))
    session = fresh("eve")
    driver = drive(session, "start")
    driver.go("start", "join")
    join = driver.start.join

    bring_key(driver, join.key.form, "Eve", brought)
    assert join.enrolment.words.text().split() == spoken(person("eve").fingerprint).split()
    join.enrolment.save_to(str(tmp_path / "eve.p7m"))
    driver.settle()
    assert verify_act((tmp_path / "eve.p7m").read_bytes()).act.person == "eve"
    assert join.delivery.chip.text() == "Saved, not sent"

    join.organisation.look_into(share)
    driver.settle()
    org = house.installations["bob"].register.org
    assert join.organisation.words.text().split() == spoken(org).split()
    assert not join.organisation.join.isEnabled()
    assert session.installation.register.org == ""

    driver.tab_to(join.organisation.compared)
    driver.press(Key.Key_Space)
    driver.tab_to(join.organisation.join)
    driver.press(Key.Key_Space)
    driver.settle()
    assert session.installation.register.org == org
    assert session.installation.rosters.founded
    assert session.settings.folder == str(share)
    assert join.listed.progress is StepState.NOW

    import_act(house.installations["bob"], (tmp_path / "eve.p7m").read_bytes())
    assert "eve" in {item.person for item in people.enrolments(house.installations["bob"])}


def invitation_of(house: Offices, target: Path) -> Path:
    inviting.write_invitation(house.installations["bob"], house.signer("bob"), target, "bob@example.org")
    return target


@pytest.mark.exhaustive
def test_an_invitation_that_is_opened_leads_to_joining_and_says_where_to_send(
    drive: Drive, fresh: MakeSession, house: Offices, tmp_path: Path
) -> None:
    package = invitation_of(house, tmp_path / "from bob.zip")
    session = fresh("eve")
    driver = drive(session, "start")

    opened = look_at_files(driver.start.context.run, session, (package,))  # type: ignore[arg-type]  # no task is asked
    assert opened.joining == package
    driver.go("start", JoinBy(package))
    driver.settle()

    step = driver.start.join.organisation
    org = house.installations["bob"].register.org
    assert driver.start.title() == "Join an organisation"
    assert step.words.text().split() == spoken(org).split()
    # What its writer chose to say is not beside the words while they are compared.
    assert "Bob" not in step._says.text()
    assert said_by(step.claims) == []
    assert not step.join.isEnabled()
    assert nameless(driver.start) == []

    driver.tab_to(step.compared)
    driver.press(Key.Key_Space)
    assert said_by(step.claims) == [
        "Invited by",
        "Bob",
        "Organisation",
        "Test Works",
        "Send the enrolment to",
        "bob@example.org",
    ]
    driver.tab_to(step.join)
    driver.press(Key.Key_Space)
    driver.settle()

    assert session.installation.register.org == org
    assert session.installation.rosters.founded
    assert step.progress is StepState.DONE
    assert driver.start.join.key.progress is StepState.NOW
    assert driver.start.join.enrolment.address.text() == "The invitation says to send it to: bob@example.org"


@pytest.mark.attack("an invitation that sends enrolments to a stranger", refusal="InvitedByNobody")
@pytest.mark.exhaustive
def test_a_hostile_invitation_is_refused_where_one_joins(
    drive: Drive, fresh: MakeSession, house: Offices, tmp_path: Path
) -> None:
    good = read_package(invitation_of(house, tmp_path / "good.countersign"), verify=signer_of).entries()
    contents = {(item.kind, item.id): item.data for item in good if isinstance(item, Entry)}
    save_package(
        tmp_path / "bad.countersign",
        contents,
        lambda kind, name: contents[kind, name],
        org=house.installations["bob"].register.org,
        heads={},
        made_at=NOON,
        sign=signing_with(person("mallory").key),
        invitation=Invitation("mallory@example.org"),
    )
    session = fresh("eve")
    driver = drive(session, "start")

    driver.go("start", JoinBy(tmp_path / "bad.countersign"))
    driver.settle()

    step = driver.start.join.organisation
    assert step.trouble.title.text() == InvitedByNobody().what_happened
    assert not step.join.isVisible()
    assert session.installation.register.org == ""


@pytest.mark.exhaustive
def test_steps_are_taken_up_where_they_were_left(drive: Drive, fresh: MakeSession, tmp_path: Path) -> None:
    session = fresh("eve")
    key = session.workspace.bring_key(key_file(person("eve").key), PASSPHRASE)
    session.workspace.change_settings(person="eve", key=key.fingerprint)
    driver = drive(session, "start")
    driver.go("start", "join")
    form = driver.start.join.key.form
    assert form.button.text() == "Enrol with the key that is here"
    assert form.form.row("again").isHidden()

    driver.tab_to(form.name.focus_widget())
    driver.type("Eve")
    driver.tab_to(form.passphrase.focus_widget())
    driver.type("wrong")
    driver.press(Key.Key_Tab, CTRL)
    form.submit()
    driver.settle()
    assert form.summary.texts()[0].startswith("The passphrase does not open this key file.")
    form.passphrase.set_value(PASSPHRASE)
    form.submit()
    driver.settle()

    assert driver.start.join.key.progress is StepState.DONE
    assert driver.start.join.enrolment.progress is StepState.NOW


@pytest.mark.exhaustive
def test_a_folder_without_an_organisation_is_refused_in_words(drive: Drive, fresh: MakeSession, tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    driver = drive(fresh("eve"), "start")
    driver.go("start", "join")

    driver.start.join.organisation.look_into(empty)
    driver.settle()

    assert driver.start.join.organisation.trouble.title.text() == "No organisation was found in “nothing”."


@pytest.mark.exhaustive
def test_an_organisation_is_set_up_from_files_and_founded_by_the_others_endorsement(
    drive: Drive, fresh: MakeSession, tmp_path: Path
) -> None:
    brought = tmp_path / "fay.p12"
    brought.write_bytes(key_file(person("fay").key))
    others = {name: fresh(name) for name in ("gus", "hal", "ida")}
    files = []
    for name, other in others.items():
        act = people.enrol(other.installation, PersonWithKey(name, person(name).key), name=name.title(), unit="IT")
        files.append(tmp_path / f"{name}.p7m")
        files[-1].write_bytes(act.blob)
    session = fresh("fay")
    driver = drive(session, "start")
    driver.go("start", "found")
    found = driver.start.found

    bring_key(driver, found.key.form, "Fay", brought)
    found.import_files(files)
    driver.settle()
    acts = {item.person: item.act for item in people.enrolments(session.installation)}
    assert found.people.list.box(acts["fay"], Role.ADMINISTRATOR).isChecked()
    assert "A second administrator" in found.first.missing.text.text()
    for name, role in (("gus", Role.ADMINISTRATOR), ("hal", Role.CIO), ("ida", Role.CISO)):
        driver.tab_to(found.people.list.box(acts[name], role))
        driver.press(Key.Key_Space)
    driver.tab_to(found.first.name.focus_widget())
    driver.type("Northwind")
    assert found.first.write.isEnabled()

    found.sign_first()
    dialog = found._dialog
    assert dialog is not None
    dialog.attestations[0].setChecked(True)
    dialog.passphrase.line.setText(PASSPHRASE)
    dialog.accept()
    driver.settle()
    assert not session.installation.rosters.founded
    assert found.endorsing.waits.title.text() == "Still to endorse: Gus"

    package = tmp_path / "first.countersign"
    found.export_to(str(package))
    assert found._dialog is not None
    found._dialog.passphrase.line.setText(PASSPHRASE)
    found._dialog.accept()
    driver.settle()
    # The package holds them: they are handed out, and this computer cannot tell more.
    assert found.delivery.chip.text() == "Saved, not sent"
    assert delivery_watch(driver.context).facts.unsent == 0
    gus = others["gus"].installation
    gus.register.join(session.installation.register.org)
    from intake.services.exchanging.exchanging import import_package

    import_package(gus, package)
    signer = PersonWithKey("gus", person("gus").key)
    people.endorse(gus, signer, session.installation.register.org)
    back = tmp_path / "back.countersign"
    export_package(gus, signer, back)
    found.import_files([back])
    driver.settle()

    assert session.installation.rosters.founded
    assert found.endorsing.progress is StepState.DONE
    assert found.endorsing.waits.title.text() == "“Northwind” is founded"
    main = driver.window.focusWidget()
    assert isinstance(main, QPushButton)
    assert main.property("role") == "primary"
    QTest.keyClick(main, Key.Key_Return)
    driver.settle()
    assert isinstance(driver.page, PeoplePage)


@pytest.mark.exhaustive
def test_the_sample_opens_in_a_window_of_its_own_with_its_passphrase_said(
    drive: Drive, fresh: MakeSession, tmp_path: Path
) -> None:
    driver = drive(fresh("eve"), "start")
    builder = driver.start.ways.sample
    opened: list[Path] = []

    def launch(data_dir: Path) -> bool:
        opened.append(data_dir)
        return True

    builder.launch = launch
    home = tmp_path / "sample" / "installations" / "cleo"
    builder._on_built(
        Sample(
            root=tmp_path / "sample",
            organisation="Sample Works",
            person="cleo",
            owner="ada",
            people={"cleo": home},
            passphrase="sample-passphrase",
        )
    )

    assert opened == [home]
    assert builder.ready.title.text() == "“Sample Works” is ready"
    assert builder.passphrase.text() == "sample-passphrase"
    assert command(home)[1][-3:] == ["--sample", "--data-dir", str(home)]


def test_a_standing_without_anything_leaves_every_later_step_closed(drive: Drive, fresh: MakeSession) -> None:
    driver = drive(fresh("eve"), "start")
    driver.go("start", "found")
    found = driver.start.found

    assert isinstance(found._standing, FirstStepsState)
    assert [step.progress for step in (found.key, found.people, found.first, found.endorsing)] == [
        StepState.NOW,
        StepState.LATER,
        StepState.LATER,
        StepState.LATER,
    ]


def test_whoever_is_to_endorse_finds_that_as_the_main_thing_to_do(drive: Drive, fresh: MakeSession) -> None:
    driver = drive(fresh("eve"), "start")
    driver.go("start", "join")
    join = driver.start.join
    asked = people.Enrolment("ab", "eve", "Eve", "IT", "cd" * 32, b"", listed=False, waits_for=("Eve",))
    standing = driver.start.found._standing
    assert standing is not None

    join.follow(replace(standing, person="eve", key="cd" * 32, mine=asked, org="ef" * 32, to_endorse=1))

    listed = join.listed
    assert listed._look.isVisibleTo(listed)
    assert listed._look.property("role") == "primary"
    assert [button for button in listed._actions if button.isVisibleTo(listed)] == []
    assert join.enrolment.progress is StepState.DONE


def test_who_was_setting_up_goes_on_with_that(drive: Drive, fresh: MakeSession) -> None:
    driver = drive(fresh("eve"), "start")
    driver.go("start", "found")
    driver.go("start")
    standing = driver.start.found._standing
    assert standing is not None
    driver.start.ways.follow(replace(standing, key="cd" * 32))
    driver.start.focus_first()

    button = driver.window.focusWidget()

    assert isinstance(button, QPushButton)
    assert button.text().replace("&", "") == "Go on setting up"
    assert button.property("role") == "primary"
    assert driver.start.ways._join.text().replace("&", "") == "Join an organisation"


def said_by(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]

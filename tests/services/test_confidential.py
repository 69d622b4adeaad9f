"""A folder that shows nothing: nobody without a key reads titles, answers or names, and everybody who needs a case has it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

import resources
from intake.domain.base.canonical import sha256
from intake.domain.case.access import Ground
from intake.domain.organisation.roster import Role
from intake.exchange.refusals import EncryptedOtherwise, FolderConfidential, WrongHash
from intake.register.refusals import DiskFull
from intake.register.store.confidential import UnreadLimits
from intake.services.confidential.readers import NothingToReadWith, require_granting
from intake.services.exchanging import inviting
from intake.services.exchanging.exchanging import PackageWouldBeOpen, export_package, import_package
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.exchanging.releasing import open_and_take
from intake.services.installation.access import access_to, writing_key
from intake.services.installation.giving import give_access
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.installation.opening import handed_to
from intake.services.installation.workspace import Workspace, open_installation
from intake.services.organisation import people
from intake.trust.acts import verify_act
from intake.trust.encryption import case_key, handing
from intake.trust.encryption.case_key import CaseKey
from tests.people import person
from tests.services.confidential_offices import exchange, founded_confidentially
from tests.services.offices import READ, ROLES, Offices, founded

SECRETS = ("Finance", "Test Works", '"Ada"', '"Bob"', '"Cleo"', '"Dan"', '"Finn"')
"""Names as acts write them: three letters alone are somewhere in enough random bytes."""


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


@pytest.fixture
def offices(tmp_path: Path, share: Path) -> Iterator[Offices]:
    made = founded_confidentially(tmp_path / "homes", share)
    yield made
    made.close()


def run(offices: Offices, share: Path, name: str) -> FolderExchange:
    made = FolderExchange(offices.installations[name], share)
    made.run()
    return made


def everything(share: Path) -> bytes:
    """All names and bytes of a folder."""
    return b"\n".join(
        part
        for path in sorted(share.rglob("*"))
        for part in (str(path).encode(), path.read_bytes() if path.is_file() else b"")
    )


def files(share: Path, kind: str) -> list[Path]:
    return [path for path in share.glob(f"*/{kind}/*/*") if path.is_file()]


def filed(installation: Installation, case: str) -> bool:
    return installation.folded(case).current is not None


def test_a_case_reaches_those_who_need_it_and_shows_nothing_to_others(offices: Offices, share: Path) -> None:
    case = offices.file()
    exchange(offices, share, "ada", "bob", "cleo", "dan")

    assert all(filed(offices.installations[name], case) for name in ("bob", "cleo", "dan"))


@pytest.mark.attack("a curious administrator of the share", refusal="nothing is found")
def test_no_title_answer_name_or_key_is_anywhere_in_the_folder(offices: Offices, share: Path) -> None:
    case = offices.file()
    offices.installations["cleo"]
    exchange(offices, share, "ada", "cleo", "dan")
    offices.decide("cleo", case)
    exchange(offices, share, "cleo", "dan", "ada")

    shown = everything(share)
    current = offices.installations["ada"].state(case).current
    assert current is not None
    answers = re.findall(r'"value": "([^"]{9,})"', json.dumps(dict(current.body.answers)))
    assert answers
    keys = [key for name in ROLES for key in (person(name).fingerprint, person(name).reader.fingerprint)]
    for secret in (*SECRETS, current.body.title, *answers, case, *keys):
        assert secret.encode() not in shown, secret
    secret = writing_key(offices.installations["ada"], case)
    assert secret is not None
    assert secret.secret not in shown
    assert {path.relative_to(share).parts[1] for path in share.rglob("*") if path.is_file()} == {
        "enc", "encblob", "key",
    }  # fmt: skip


def test_who_may_not_read_it_passes_it_on_and_knows_nothing(offices: Offices, share: Path, tmp_path: Path) -> None:
    # Finn administers, and reads no use case.
    case = offices.file()
    exchange(offices, share, "ada", "finn")
    finn = offices.installations["finn"]

    assert not filed(finn, case)
    assert finn.register.confidential.unread().files > 0
    stick = tmp_path / "stick"
    stick.mkdir()
    run(offices, stick, "finn")
    exchange(offices, stick, "cleo")
    assert filed(offices.installations["cleo"], case)


def test_what_was_kept_becomes_acts_the_moment_a_key_comes(offices: Offices, share: Path) -> None:
    case = offices.file()
    exchange(offices, share, "ada")
    cleo = offices.installations["cleo"]
    run(offices, share, "cleo")
    assert not filed(cleo, case)
    assert handed_to(cleo, person("cleo").reader.fingerprint) == 1

    opened, report = open_and_take(cleo, person("cleo").reader)

    assert opened.keys == 1
    assert report.new > 0
    assert filed(cleo, case)
    assert cleo.register.confidential.unread().files == 0 or not cleo.register.receipts.wanted()


def test_the_same_acts_give_the_same_files_whoever_sends_them(offices: Offices, share: Path, tmp_path: Path) -> None:
    case = offices.file()
    exchange(offices, share, "ada", "cleo")
    other = tmp_path / "other"
    other.mkdir()

    run(offices, other, "cleo")

    mine = {path.name for path in files(share, "enc")}
    assert {path.name for path in files(other, "enc")} <= mine
    assert case


def test_openssl_opens_a_case_with_the_key_of_one_reader(offices: Offices, share: Path, tmp_path: Path) -> None:
    case = offices.file()
    exchange(offices, share, "ada")
    cleo = person("cleo").reader
    (tmp_path / "cleo.pem").write_bytes(
        cleo._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )

    def openssl(*arguments: str) -> bytes:
        line = ["openssl", "cms", "-decrypt", "-inform", "DER", *arguments]
        return subprocess.run(line, capture_output=True, check=False, cwd=tmp_path).stdout

    keys = {
        made[:32].hex()
        for path in files(share, "key")
        if len(made := openssl("-in", str(path), "-inkey", "cleo.pem")) == 96 and made[64:].hex() == case
    }
    assert len(keys) == 1
    found = set()
    for path in files(share, "enc"):
        if archive := openssl("-in", str(path), "-secretkey", keys.copy().pop()):
            with tarfile.open(fileobj=BytesIO(archive)) as opened:
                member = opened.extractfile(opened.getnames()[0])
                assert member is not None
                found.add(verify_act(member.read()).act.kind)
    assert found == {"revision", "note-access"}


def test_the_lines_in_the_help_open_a_case(offices: Offices, share: Path, tmp_path: Path) -> None:
    case = offices.file()
    exchange(offices, share, "ada", "cleo")
    key = writing_key(offices.installations["cleo"], case)
    assert key is not None
    handed = handing.hand(key, person("cleo").reader.certificate_der)
    (tmp_path / "KEY").write_bytes(handed)
    file = next(path for path in files(share, "enc") if case_key.tag_of(path.read_bytes()) == key.tag)
    shutil.copy(file, tmp_path / "FILE")
    (tmp_path / "reader.pem").write_bytes(
        person("cleo").reader._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    lines = resources.read("help/who-can-read.md").decode().split("```")[1].strip()

    subprocess.run(["bash", "-euc", lines], cwd=tmp_path, check=True, capture_output=True)

    (act,) = tmp_path.glob("ev/*/*.p7m")
    assert verify_act(act.read_bytes()).act.case_id == case


@pytest.mark.attack("an expelled reviewer who keeps the folder", refusal="OtherKey")
def test_who_leaves_gets_nothing_new_and_keeps_what_was_read(offices: Offices, share: Path) -> None:
    case = offices.file()
    exchange(offices, share, "ada", "cleo", "dan", "bob")
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    change = people.end_role(bob, offices.signer("bob"), "cleo", Role.CIO)
    exchange(offices, share, "bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    exchange(offices, share, "finn", "bob", "dan", "ada")

    give_access(offices.installations["dan"], offices.signer("dan"), [case])
    exchange(offices, share, "dan")

    cleo = offices.installations["cleo"]
    exchange(offices, share, "cleo")
    fresh = writing_key(offices.installations["dan"], case)
    assert fresh is not None
    assert filed(cleo, case)
    assert fresh.tag not in dict(cleo.register.confidential.keys())


def test_a_new_reader_gets_access_from_any_present_one_by_itself(offices: Offices, share: Path) -> None:
    case = offices.file()
    exchange(offices, share, "ada", "cleo", "dan", "bob", "finn")
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    change = people.grant_role(bob, offices.signer("bob"), "finn", Role.AUDITOR)
    exchange(offices, share, "bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    exchange(offices, share, "finn", "dan")

    assert give_access(offices.installations["dan"], offices.signer("dan"), [case]) == 1

    exchange(offices, share, "dan", "finn")
    assert filed(finn, case)
    assert access_to(finn, case).readers["finn"].grounds == (Ground.AUDITOR,)


def test_naming_somebody_who_has_no_key_to_read_with_is_refused(offices: Offices, share: Path) -> None:
    zoe, bob, finn = person("zoe"), offices.installations["bob"], offices.installations["finn"]
    asked = people.enrol(bob, PersonWithKey("zoe", zoe.key), name="Zoe", unit="Sales")
    change = people.list_person(bob, offices.signer("bob"), asked.act.id, (Role.AUDITOR,))
    exchange(offices, share, "bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    exchange(offices, share, "finn", "ada")
    case = offices.file()

    with pytest.raises(NothingToReadWith, match="“zoe” has no reader key"):
        require_granting(offices.installations["ada"], "ada", case, "zoe")


@pytest.mark.attack("a truncated envelope", refusal="WrongHash")
def test_a_cut_or_changed_file_is_recognised_by_everybody(offices: Offices, share: Path) -> None:
    case = offices.file()
    exchange(offices, share, "ada")
    key = writing_key(offices.installations["ada"], case)
    assert key is not None
    one, other = (path for path in files(share, "enc") if case_key.tag_of(path.read_bytes()) == key.tag)
    one.write_bytes(one.read_bytes()[:100])
    other.write_bytes(bytes(reversed(other.read_bytes())))

    report = FolderExchange(offices.installations["finn"], share).run()

    assert [type(item.refusal) for item in report.problems] == [WrongHash, WrongHash]


@pytest.mark.attack("something else under the name of an encrypted file", refusal="EncryptedOtherwise")
def test_what_is_not_encrypted_is_set_aside_without_any_key(offices: Offices, share: Path) -> None:
    data = b"not encrypted"
    org = offices.installations["finn"].register.org
    place = share / org / "enc" / sha256(data)[:2]
    place.mkdir(parents=True, exist_ok=True)
    (place / sha256(data)).write_bytes(data)

    report = FolderExchange(offices.installations["finn"], share).run()

    assert [type(item.refusal) for item in report.problems] == [EncryptedOtherwise]
    assert offices.installations["finn"].register.quarantine.count() == 1


@pytest.mark.attack("an envelope replayed to another case", refusal="OtherKey")
def test_an_envelope_is_bound_to_its_case(offices: Offices, share: Path) -> None:
    first, second = offices.file(), offices.file()
    exchange(offices, share, "ada", "cleo")
    keys = [writing_key(offices.installations["cleo"], case) for case in (first, second)]
    assert keys[0] is not None
    assert keys[1] is not None

    assert keys[0].tag != keys[1].tag
    assert CaseKey(keys[0].secret, keys[0].org, second).tag not in {key.tag for key in keys if key}


@pytest.mark.attack("a planted case key", refusal="never written with")
def test_a_planted_key_opens_what_it_opens_and_is_never_written_with(offices: Offices, share: Path) -> None:
    case = offices.file()
    exchange(offices, share, "ada", "cleo")
    cleo = offices.installations["cleo"]
    planted = CaseKey.new(cleo.register.org, case)
    handed = handing.hand(planted, person("cleo").reader.certificate_der)
    place = share / cleo.register.org / "key" / sha256(handed)[:2]
    place.mkdir(parents=True, exist_ok=True)
    (place / sha256(handed)).write_bytes(handed)

    exchange(offices, share, "cleo")

    assert planted.tag in dict(cleo.register.confidential.keys())
    used = writing_key(cleo, case)
    assert used is not None
    assert used.tag != planted.tag


def test_removing_what_was_handed_to_somebody_is_healed_by_the_next_exchange(offices: Offices, share: Path) -> None:
    case = offices.file()
    exchange(offices, share, "ada")
    for path in files(share, "key"):
        path.unlink()
    ada = offices.installations["ada"]

    FolderExchange(ada, share).run()

    exchange(offices, share, "cleo")
    assert filed(offices.installations["cleo"], case)


def test_what_lies_open_in_the_folder_is_taken_and_told(offices: Offices, share: Path) -> None:
    # A stop must count, however it came.
    case = offices.file()
    exchange(offices, share, "ada", "cleo", "dan")
    given = offices.decide("cleo", case)
    blob = offices.installations["cleo"].register.queries.blob_of_act(given.act.act.id)
    assert blob is not None
    place = share / offices.installations["dan"].register.org / "ev" / sha256(blob)[:2]
    place.mkdir(parents=True)
    (place / f"{sha256(blob)}.p7m").write_bytes(blob)

    report = FolderExchange(offices.installations["dan"], share).run()

    assert report.new == 1
    assert any("everybody who has the folder can read" in line for line in report.summary)


@pytest.mark.attack("a register that does not know it should be confidential", refusal="FolderConfidential")
def test_an_open_register_does_not_write_into_a_confidential_folder(tmp_path: Path) -> None:
    others = founded(tmp_path / "open")
    ada = others.installations["ada"]
    others.file()
    (tmp_path / ada.register.org / "enc").mkdir(parents=True)

    with pytest.raises(FolderConfidential):
        FolderExchange(ada, tmp_path).run()

    assert not [path for path in (tmp_path / ada.register.org).rglob("*") if path.is_file()]
    others.close()


def test_somebody_who_asks_to_be_listed_is_read_by_the_administrators_only(offices: Offices, share: Path) -> None:
    exchange(offices, share, "bob")
    ada = offices.installations["ada"]
    zoe = person("zoe")
    people.enrol(ada, PersonWithKey("zoe", zoe.key, zoe.reader), name="Zoe Newcomer", unit="Sales")
    FolderExchange(ada, share).run()

    assert b"Zoe Newcomer" not in everything(share)
    run(offices, share, "dan")
    assert not [item for item in people.enrolments(offices.installations["dan"]) if item.name == "Zoe Newcomer"]
    exchange(offices, share, "bob")
    assert [item for item in people.enrolments(offices.installations["bob"]) if item.name == "Zoe Newcomer"]


@pytest.mark.attack("a package that everybody can read", refusal="PackageWouldBeOpen")
def test_no_package_is_written_that_everybody_could_read(offices: Offices, tmp_path: Path) -> None:
    offices.file()

    with pytest.raises(PackageWouldBeOpen):
        export_package(offices.installations["ada"], offices.signer("ada"), tmp_path / "all.countersign")

    assert not (tmp_path / "all.countersign").exists()


def test_a_newcomer_joins_by_an_invitation_and_reads_what_everybody_reads(
    offices: Offices, share: Path, tmp_path: Path
) -> None:
    exchange(offices, share, "bob", "finn")
    bob, finn, zoe = offices.installations["bob"], offices.installations["finn"], person("zoe")
    inviting.write_invitation(bob, offices.signer("bob"), tmp_path / "zoe.countersign", "bob@example.org")
    hers = open_installation(Workspace(tmp_path / "zoe"), READ, resources.names, clock=offices.clock)
    invited = inviting.read_invitation(hers, tmp_path / "zoe.countersign")
    assert invited is not None
    hers.register.join(invited.org)
    import_package(hers, tmp_path / "zoe.countersign")
    signer = PersonWithKey("zoe", zoe.key, zoe.reader)
    asked = people.enrol(hers, signer, name="Zoe", unit="Sales")
    FolderExchange(hers, share).run()
    exchange(offices, share, "bob", "finn")

    change = people.list_person(bob, offices.signer("bob"), asked.act.id, (Role.AUDITOR,))
    exchange(offices, share, "bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    case = offices.file()
    exchange(offices, share, "finn", "ada", "bob", "ada")
    give_access(offices.installations["ada"], offices.signer("ada"), [case])
    exchange(offices, share, "ada")

    FolderExchange(hers, share).run()
    open_and_take(hers, zoe.reader)
    FolderExchange(hers, share).run()
    assert hers.rosters.listed("zoe", zoe.fingerprint)
    assert filed(hers, case)
    hers.close()


def test_lengths_are_steps(offices: Offices, share: Path) -> None:
    offices.file()
    exchange(offices, share, "ada")

    sizes = {path.stat().st_size for path in files(share, "enc")}

    assert len(sizes) <= 3


def test_an_encrypted_file_holds_what_its_name_inside_says(offices: Offices, share: Path) -> None:
    # Somebody with the key packs an act under the name of another.
    case = offices.file()
    exchange(offices, share, "ada", "cleo")
    cleo = offices.installations["cleo"]
    key = writing_key(cleo, case)
    assert key is not None
    made = case_key.encrypt(key, f"ev/ab/{'ab' * 32}.p7m", b"something else")
    place = share / cleo.register.org / "enc" / sha256(made)[:2]
    place.mkdir(parents=True, exist_ok=True)
    (place / sha256(made)).write_bytes(made)

    report = FolderExchange(cleo, share).run()

    assert [type(item.refusal) for item in report.problems] == [EncryptedOtherwise]


@pytest.mark.attack("a planted key for enrolments", refusal="never written with")
def test_an_enrolment_goes_under_a_key_made_for_the_administrators_whatever_was_planted(
    offices: Offices, share: Path
) -> None:
    bob = offices.installations["bob"]
    planted = CaseKey(bytes(32), bob.register.org, "")
    bob.register.confidential.keep_keys([planted])
    zoe = person("zoe")
    people.enrol(bob, PersonWithKey("zoe", zoe.key, zoe.reader), name="Zoe Newcomer", unit="Sales")

    FolderExchange(bob, share).run()

    assert planted.tag not in {case_key.tag_of(path.read_bytes()) for path in files(share, "enc")}
    exchange(offices, share, "finn")
    assert [item for item in people.enrolments(offices.installations["finn"]) if item.name == "Zoe Newcomer"]


def test_a_reader_who_comes_after_another_left_reads_what_was_written_before(offices: Offices, share: Path) -> None:
    case = offices.file()
    exchange(offices, share, "ada", "cleo", "dan", "bob", "finn")
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    ended = people.end_role(bob, offices.signer("bob"), "cleo", Role.CIO)
    exchange(offices, share, "bob", "finn")
    people.endorse(finn, offices.signer("finn"), ended.roster)
    exchange(offices, share, "finn", "bob", "dan")
    give_access(offices.installations["dan"], offices.signer("dan"), [case])
    exchange(offices, share, "dan", "bob", "finn")
    granted = people.grant_role(bob, offices.signer("bob"), "finn", Role.AUDITOR)
    exchange(offices, share, "bob", "finn")
    people.endorse(finn, offices.signer("finn"), granted.roster)
    exchange(offices, share, "finn", "dan")
    before = len(files(share, "enc"))

    give_access(offices.installations["dan"], offices.signer("dan"), [case])

    exchange(offices, share, "dan", "finn")
    assert filed(finn, case)
    # What is there already is not put there once more under the newer key.
    assert len(files(share, "enc")) - before <= 4


def test_what_was_signed_is_signed_also_where_access_cannot_be_given(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = offices.installations["ada"]

    def full(*_: object, **__: object) -> None:
        raise DiskFull(path="register", detail="")

    monkeypatch.setattr(type(ada.register.confidential), "keep_handed", full)
    case = offices.file()

    assert filed(ada, case)


def test_what_was_read_in_a_folder_is_not_put_there_again(offices: Offices, share: Path) -> None:
    offices.file()
    exchange(offices, share, "ada", "cleo")
    # What was kept unread and opened later is looked for once.
    exchange(offices, share, "cleo")

    report = FolderExchange(offices.installations["cleo"], share).run()

    assert (report.sent, report.already_there) == (0, 0)


def test_an_exchange_that_brings_nothing_opens_nothing(
    offices: Offices, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices.file()
    exchange(offices, share, "ada", "cleo")
    exchange(offices, share, "cleo")
    opened: list[bytes] = []
    real = case_key.decrypt

    def counted(key: CaseKey, data: bytes) -> tuple[str, bytes]:
        opened.append(data)
        return real(key, data)

    monkeypatch.setattr(case_key, "decrypt", counted)

    exchange(offices, share, "cleo")

    assert opened == []


def test_what_finds_no_room_is_told(offices: Offices, share: Path) -> None:
    offices.file()
    exchange(offices, share, "ada")
    finn = offices.installations["finn"]
    monkey = finn.register.confidential
    monkey._limits = UnreadLimits(files=0, size=0)

    report = FolderExchange(finn, share).run()

    assert any("no room" in line for line in report.summary)


def test_keys_of_others_are_looked_at_once(offices: Offices, share: Path) -> None:
    offices.file()
    exchange(offices, share, "ada")
    cleo, reader = offices.installations["cleo"], person("cleo").reader.fingerprint
    run(offices, share, "cleo")
    assert len(list(cleo.register.confidential.handed_untried(reader))) > 1

    assert handed_to(cleo, reader) == handed_to(cleo, reader) == 1

    assert len(list(cleo.register.confidential.handed_untried(reader))) == 1

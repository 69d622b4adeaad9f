"""What somebody could hand in by mistake or on purpose: refused in words, with an exit code, and nothing lost."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from intake.services.installation.workspace import Workspace
from intake.trust import keyfile, keys
from tests.commands.house import PASSPHRASE, complete_answers, document, run

DEEP = "[" * 100_000
_KEPT = "SELECT question, value FROM draft_answer"


def code_of(result, *words):
    return document(result, *words)["refusal"]["code"]


# -------------------------------------------------------------------------------------- words that are not text
NO_TEXT = "x\udcff"
"""A byte of a command line that is no UTF-8, as Python gives it to a program."""


@pytest.mark.attack("words on the command line that are not text", refusal="NotUnderstood")
@pytest.mark.parametrize(
    "words",
    [
        ("comment", NO_TEXT, "Hello."),
        ("comment", "UC-1", NO_TEXT),
        ("check", NO_TEXT),
        ("list", NO_TEXT),
        ("inbox", "--as", NO_TEXT),
        ("quarantine", "--forget", NO_TEXT),
        ("export", "x.countersign", "--case", NO_TEXT),
    ],
)
def test_words_that_are_not_text_are_refused_before_anything_is_done(tmp_path, words):
    result = run(*words, "--home", tmp_path / "home", "--json", expect=64)

    assert code_of(result, *words) == "NotUnderstood"
    assert not (tmp_path / "home").exists()


def test_a_file_with_a_name_that_is_not_text_is_attached(house):
    path = house.root / f"{NO_TEXT}.pdf"
    path.write_bytes(b"%PDF-1.7")

    given = ("--attach", f"evidence.contract={path}")

    assert house.ask("ada", "draft", house.answers(), *given)["draft"]


def test_a_package_with_a_name_that_is_not_text_is_looked_into(house):
    path = house.root / f"{NO_TEXT}.countersign"
    house.run("bob", "export", path)

    found = house.ask("ada", "roster", "accept", path, "--yes")

    assert found["organisation"] == house.org


# ------------------------------------------------------------------------------------------------------- answers
@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "AnswersUnreadable"),
        ("not json", "AnswersUnreadable"),
        ("[]", "AnswersUnreadable"),
        (DEEP, "AnswersUnreadable"),
        (b"\xff\xfe\x00", "AnswersUnreadable"),
        ('{"no.such": "x"}', "NoSuchQuestion"),
        ('{"%s": 1.5}', "AnswersUnreadable"),
        ('{"%s": NaN}', "AnswersUnreadable"),
        ('{"%s": {"a": 1}}', "AnswersUnreadable"),
        ('{"%s": [[]]}', "AnswersUnreadable"),
        ('{"%s": []}', "UnreadableAnswers"),
        ('{"%s": "one", "%s": "two"}', "AnswersUnreadable"),
    ],
)
def test_answers_that_cannot_be_read(house, content, code):
    path = house.root / "answers.json"
    text = content.replace("%s", next(iter(complete_answers()))) if isinstance(content, str) else content
    path.write_bytes(text.encode() if isinstance(text, str) else text)

    found = house.ask("ada", "draft", path, expect=2)

    assert found["refusal"]["code"] == code
    assert house.ask("ada", "drafts")["drafts"] == []


def test_answers_in_which_a_question_is_named_twice_say_which(house):
    path = house.root / "answers.json"
    path.write_text('{"purpose.title": "Sort letters", "purpose.title": "Sort parcels"}')

    found = house.ask("ada", "assess", path, expect=2)

    assert "it names “purpose.title” twice in one object" in found["refusal"]["what"]


def test_answers_are_read_in_what_editors_save(house):
    path = house.root / "answers.json"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        path.write_bytes(json.dumps({"purpose.title": "Sort letters"}).encode(encoding))

        house.ask("ada", "draft", path)

    assert {found["title"] for found in house.ask("ada", "drafts")["drafts"]} == {"Sort letters"}


def test_answers_from_a_file_are_cleaned_like_typed_ones(house):
    """What word processors, slides and PDFs put between lines stays a separation."""
    path = house.root / "answers.json"
    given = {
        "purpose.title": "Sort\x0bletters",
        "purpose.problem": "They come mixed\x0bEach day\x0cIn two\x1epost rooms",
    }
    path.write_text(json.dumps(given))
    draft = house.ask("ada", "draft", path)["draft"]

    house.ask("ada", "check", draft)

    with closing(sqlite3.connect(house.home("ada") / "register.sqlite")) as register:
        kept = {name: json.loads(value)["value"] for name, value in register.execute(_KEPT)}
    assert kept["purpose.title"] == "Sort letters"
    assert kept["purpose.problem"] == "They come mixed\nEach day\nIn two-post rooms"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "‮evil‬ \u2066isolates\u2069",
        "🧪" * 500,
        "\x00\x1b[2J\x07bell",
        "\ud800 half a letter",
        "<img src=x>{0}{name}%s",
    ],
)
@pytest.mark.exhaustive
def test_odd_answers_are_kept_and_judged(house, text):
    answers = complete_answers()
    question = next(name for name, value in answers.items() if isinstance(value, str) and len(value) > 60)
    path = house.root / "answers.json"
    path.write_text(json.dumps(answers | {question: text}))

    draft = house.ask("ada", "draft", path)["draft"]
    house.ask("ada", "check", draft)
    said = house.run("ada", "check", draft).stdout

    assert "\x1b" not in said
    assert "\x07" not in said


@pytest.mark.slow("every command meets every kind")
@pytest.mark.exhaustive
def test_wrong_kinds_of_answers_are_kept_and_told(house):
    answers = complete_answers()
    path = house.root / "answers.json"
    for value in (True, 10**30, -1, "", ["a"], None):
        path.write_text(json.dumps(dict.fromkeys(answers, value)))
        draft = house.ask("ada", "draft", path)["draft"]
        house.ask("ada", "check", draft)


@pytest.mark.parametrize(
    ("attachment", "code", "expect"),
    [
        ("no.such=x", "NoSuchQuestion", 2),
        ("nothing", "NoSuchQuestion", 2),
        ("{files}=nowhere.pdf", "NoSuchFile", 3),
        ("{files}=.", "NotAFile", 3),
        ("{files}=", "NotAFile", 3),
    ],
)
def test_attachments_that_are_none(house, attachment, code, expect):
    questions = house.ask("ada", "questions")["questions"]
    files = next(item["id"] for item in questions if item["kind"] == "files")

    found = house.ask("ada", "draft", house.answers(), "--attach", attachment.format(files=files), expect=expect)

    assert found["refusal"]["code"] == code
    assert house.ask("ada", "drafts")["drafts"] == []


# ---------------------------------------------------------------------------------------------------------- keys
@pytest.mark.parametrize(
    ("made", "said"),
    [
        (datetime(2005, 1, 1, tzinfo=UTC), "Its certificate ended on 2015-01-02."),
        (datetime(2026, 1, 1, tzinfo=UTC), ""),
    ],
)
def test_a_key_whose_certificate_has_ended_is_taken_and_said(tmp_path, made, said):
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, part) for part in ("Users", "Rosa Muster")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
    dated = builder.serial_number(1).not_valid_before(made).not_valid_after(made + keys.VALIDITY)
    (tmp_path / "rosa.p12").write_bytes(
        keyfile.write(private, dated.sign(private, hashes.SHA256()), PASSPHRASE, rounds=2_000)
    )
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    own = ("--person", "rosa", "--home", tmp_path / "home", "--passphrase-file", tmp_path / "passphrase")

    plain = run("use-key", tmp_path / "rosa.p12", *own).stdout
    found = document(run("use-key", tmp_path / "rosa.p12", *own, "--json"), "use-key")

    assert "of Rosa Muster is in use." in plain
    assert (found["note"] or {"text": ""})["text"].startswith(said)
    assert bool(found["note"]) is bool(said)
    assert said in plain
    (key,) = Workspace(tmp_path / "home").key_files()
    assert (key.name, bool(key.note)) == ("Rosa Muster", bool(said))


# --------------------------------------------------------------------------------------------------------- terms
@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "TermsUnreadable"),
        ("{}", "UnreadableTerms"),
        ("[1]", "UnreadableTerms"),
        ("null", "UnreadableTerms"),
        (DEEP, "TermsUnreadable"),
        (b"\x80", "TermsUnreadable"),
        ({"stage": "world"}, "UnreadableTerms"),
        ({"expires": "tomorrow"}, "UnreadableTerms"),
        ({"conditions": [{"text": "x"}]}, "UnreadableTerms"),
        ({"conditions": "all"}, "UnreadableTerms"),
        ({"boundaries": {}}, "UnreadableBoundary"),
        ({"boundaries": 3}, "UnreadableBoundary"),
        ({"extra": 1}, "UnreadableTerms"),
        ({"fields": 0}, "UnreadableTerms"),
        ({"fields": "1"}, "UnreadableTerms"),
        ({"fields": 2}, "TermsUnreadable"),
    ],
)
@pytest.mark.exhaustive
def test_terms_that_cannot_be_read(filed, content, code):
    house, case = filed
    path = house.root / "terms.json"
    if isinstance(content, dict):
        content = json.dumps(json.loads(house.run("dan", "show", case, "--terms").stdout) | content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)

    found = house.ask("dan", "approve", case, "--terms", path, expect=2)

    assert found["refusal"]["code"] == code


def test_terms_that_name_a_boundary_twice_are_refused(filed):
    house, case = filed
    path = house.root / "terms.json"
    said = house.run("dan", "show", case, "--terms").stdout
    path.write_text(said.replace('"max_users":', '"max_users": 5000, "max_users":'))

    found = house.ask("dan", "approve", case, "--terms", path, expect=2)

    assert found["refusal"]["code"] == "TermsUnreadable"
    assert "it names “max_users” twice in one object" in found["refusal"]["what"]


@pytest.mark.parametrize(
    ("condition", "code"),
    [("2020-01-01|ada|Train the users", "ConditionOver"), ("2090-01-01|eve|x", "ConditionOfNobody")],
)
def test_a_condition_that_nobody_can_meet_is_not_signed(filed, condition, code):
    house, case = filed

    found = house.ask("dan", "approve", case, "--condition", condition, expect=2)

    assert found["refusal"]["code"] == code
    assert house.ask("dan", "show", case)["phase"] == "review"


def test_terms_by_which_nobody_may_use_it_say_so_before_they_are_signed(filed):
    house, case = filed

    said = house.run("dan", "approve", case, "--users", "0").stdout

    assert "by these terms nobody may use it: “Users at most” is 0" in said


@pytest.mark.parametrize(
    "condition", ["", "||", "soon|ada|x", "2030-02-30|ada|x", "2030-01-01|ada", "2030-01-01|A B|x"]
)
def test_conditions_that_are_none(filed, condition):
    house, case = filed

    found = house.ask("dan", "approve", case, "--condition", condition, expect=2)

    assert found["refusal"]["code"] in {"TermsUnreadable", "UnreadableTerms"}


@pytest.mark.parametrize(
    "words",
    [("decline", "--reason", " "), ("request-changes", "--reason", ""), ("comment", " "), ("comment", "\u200b\u2060")],
)
def test_a_reason_is_needed(filed, words):
    house, case = filed
    command, *rest = words

    found = house.ask("dan", command, case, *rest, expect=2)

    assert found["refusal"]["code"] == "ReasonMissing"


def test_who_may_not_decide_is_told_why(filed):
    house, case = filed

    assert house.ask("ada", "approve", case, expect=2)["refusal"]["code"] == "NotInOffice"
    assert house.ask("ada", "approve", case, "--as", "nobody", expect=2)["refusal"]["code"] == "NotInOffice"
    assert house.ask("bob", "withdraw", case, "--reason", "x", expect=2)["refusal"]["code"] == "NoSuchCase"


# -------------------------------------------------------------------------------------------- what others hand in
@pytest.mark.parametrize("name", ["x.p7m", "x.countersign", "x"])
@pytest.mark.parametrize("content", [b"", b"rubbish", b"\x30\x82\xff\xff", b"PK\x03\x04", b"%PDF-1.7\n", bytes(4096)])
def test_rubbish_is_not_imported(house, name, content):
    path = house.root / name
    path.write_bytes(content)

    found = house.ask("ada", "import", path, expect=3)

    assert found["indication"] == "UNREADABLE"
    assert found["refusal"]["why"]


def files_of_other_programs() -> dict[str, bytes]:
    archive, database = BytesIO(), sqlite3.connect(":memory:")
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        tar.addfile(tarfile.TarInfo("../../x.p7m"))
    database.execute("CREATE TABLE act (blob)")
    return {
        "pickle": b"cos\nsystem\n(S'touch {mark}'\ntR.",
        "yaml": b"!!python/object/apply:os.system ['touch {mark}']\n",
        "tar": archive.getvalue(),
        "database": database.serialize(),
    }


@pytest.mark.attack("pickle, YAML, tar or a database offered for import", refusal="NotAPackage, NotSigned")
@pytest.mark.parametrize("name", ["x.p7m", "x.countersign", "x.yaml"])
@pytest.mark.parametrize("kind", files_of_other_programs())
def test_files_of_other_programs_are_not_imported(house, name, kind):
    mark = house.root / "run"
    (house.root / name).write_bytes(files_of_other_programs()[kind].replace(b"{mark}", str(mark).encode()))

    found = house.ask("ada", "import", house.root / name, expect=3)

    assert found["refusal"]["code"] == ("NotSigned" if name.endswith(".p7m") else "NotAPackage")
    assert not mark.exists()


@pytest.mark.parametrize(
    ("words", "code", "expect"),
    [
        (("import", "nowhere.p7m"), "NoSuchFile", 3),
        (("import", "."), "NotAFile", 3),
        (("draft", "nowhere.json"), "NoSuchFile", 3),
        (("draft", "."), "NotAFile", 3),
        (("use-key", "nowhere.p12", "--person", "ada"), "NoSuchFile", 3),
        (("use-key", "/dev/null", "--person", "ada"), "NotAFile", 3),
        (("use-key", "{answers}", "--person", "ada"), "NotAKeyFile", 2),
        (("use-key", "{answers}", "--person", "Ada Byron"), "PersonIdNotUsable", 2),
        (("new-key", "", "--person", "ada"), "NameNotUsable", 2),
        (("new-key", "Ada", "--person", "../ada"), "PersonIdNotUsable", 2),
        (("check", "no-such-draft"), "NoSuchDraft", 2),
        (("file", "no-such-draft"), "NoSuchDraft", 2),
        (("draft", "{answers}", "--into", "no-such-draft"), "NoSuchDraft", 2),
        (("draft", "{answers}", "--case", "UC-0000-0000"), "NoSuchCase", 2),
        (("show", "../../etc/passwd"), "NoSuchCase", 2),
        (("show", "\x1b[2J"), "NoSuchCase", 2),
        (("record", "ab" * 32, "out.pdf"), "NoSuchCase", 2),
        (("list", " ".join("abcdefghijklmn")), "UnsearchableText", 2),
        (("list", "--only", "tier"), "NoSuchFilter", 2),
        (("list", "--only", "colour=red"), "NoSuchFilter", 2),
        (("list", "--only", "turn=everybody"), "NoSuchFilter", 2),
        (("list", "--only", "waived=papers"), "NoSuchFilter", 2),
        (("list", "--waived", "papers"), "NotUnderstood", 64),
        (("list", "--sort", "size"), "NotUnderstood", 64),
        (("list", "--csv", "{root}/nowhere/list.csv"), "NotWritten", 2),
        (("inbox", "--csv", "{root}"), "NotWritten", 2),
        (("sync",), "NoFolderYet", 2),
        (("sync", "--folder", "{root}/nowhere"), "FolderMissing", 2),
        (("sync", "--folder", "{answers}"), "NotAFolder", 2),
        (("export", "{root}/nowhere/x.countersign"), "TargetFolderMissing", 2),
        (("export", "{answers}"), "TargetExists", 2),
        (("export", "x.countersign", "--case", "UC-0000-0000"), "NoSuchCase", 2),
        (("backup", "{root}/nowhere/x.sqlite"), "NotWritten", 2),
        (("acts", "{answers}"), "NotWritten", 2),
        (("enrol", "--name", "Ada", "--out", "{root}/nowhere/ada.p7m"), "NotWritten", 2),
        (("roster", "found", "Again", "--person", "ada=administrator"), "AlreadyFounded", 2),
        (("roster", "found", "Again", "--person", "ada"), "NotAPersonAndRoles", 2),
        (("roster", "found", "Again", "--person", "ada=king"), "NotAPersonAndRoles", 2),
        (("roster", "found", "Again", "--person", "zoe=cio"), "NotAnEnrolment", 2),
        (("roster", "endorse", "ab" * 32), "UnknownRoster", 2),
        (("roster", "list-person", "zoe", "--role", "cio"), "NotAnEnrolment", 2),
        (("roster", "end-role", "bob", "records"), "NotAnAdministrator", 2),
        (("roster", "accept", "ab" * 32, "--yes"), "OrganisationFixed", 2),
    ],
)
def test_what_is_not_there_or_not_allowed(house, words, code, expect):
    facts = {"answers": house.answers(), "root": house.root}

    found = house.ask("ada", *(word.format(**facts) if "{" in word else word for word in words), expect=expect)

    assert found["refusal"]["code"] == code
    assert all(found["refusal"][part] for part in ("what", "why", "next"))


@pytest.mark.parametrize("content", [b"rubbish" * 100, b"SQLite format 3\x00" + bytes(200)])
def test_a_register_that_is_none(tmp_path, content):
    home = tmp_path / "home"
    home.mkdir()
    (home / "register.sqlite").write_bytes(content)

    result = run("list", "--home", home, "--json", expect=2)

    assert code_of(result, "list") in {"NotADatabase", "SomeoneElsesDatabase"}
    assert (home / "register.sqlite").read_bytes() == content


@pytest.mark.attack("control characters on the way to a terminal", refusal="shown without them")
def test_names_with_control_characters_do_not_reach_the_terminal(house):
    path = house.root / "a\x1b[31m\nb.p7m"
    path.write_bytes(b"0")

    result = house.run("ada", "verify", path, expect=3)

    assert "\x1b" not in result.output

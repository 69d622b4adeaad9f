"""Evidence that a changed program filed: an office is told of it as the owner would have been refused."""

from __future__ import annotations

import pytest

from intake.domain.acts.envelope import Attachment
from intake.domain.base.canonical import sha256
from intake.domain.base.wording import words
from intake.services.filing import evidence

SCRIPT = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"
PROGRAM = b"MZ\x90\x00" + b"\0" * 400


def filed(name: str, media_type: str, data: bytes) -> Attachment:
    return Attachment(sha256(data), len(data), media_type, name)


@pytest.mark.attack(
    "evidence of a changed program that no desk would attach", refusal="told at its row and before it is saved"
)
@pytest.mark.parametrize(
    ("name", "media_type", "data", "said"),
    [
        ("Test report.pdf", "application/pdf", SCRIPT, "it holds scripts"),
        ("Test report.pdf", "application/pdf", PROGRAM, "it is a Windows program"),
        ("Contract.exe", "application/x-msdownload", PROGRAM, "it is a Windows program"),
        ("a/../../x.desktop", "text/plain", b"[Desktop Entry]", "by its name (.desktop)"),
        ("Test report.pdf", "application/pdf", b"", "is empty"),
    ],
)
def test_what_could_not_be_attached_is_doubted(name: str, media_type: str, data: bytes, said: str) -> None:
    doubt = evidence.doubt(filed(name, media_type, data), data)

    assert doubt is not None
    assert doubt.code == "EvidenceNotByOurs"
    assert said in words(doubt)


def test_a_name_media_type_and_content_that_do_not_agree_are_told() -> None:
    doubt = evidence.doubt(filed("Report.pdf", "application/pdf", b"one;two\n"), b"one;two\n")

    assert words(doubt) == (
        "“Report.pdf” was filed as application/pdf, and its content is text/plain. Ask what it is before you open it."
    )


@pytest.mark.parametrize(
    ("name", "data"), [("a.csv", b"one;two\n"), ("a.pdf", b"%PDF-1.4 tiny"), ("note.txt", b"Hello")]
)
def test_what_is_attached_here_is_not_doubted(name: str, data: bytes) -> None:
    shown, found = evidence.judge(name, data)

    assert evidence.doubt(filed(shown, found, data), data) is None

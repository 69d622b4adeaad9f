"""What files prove is part of the fold, so it must not change unnoticed: stored files with the answers they once got."""

from __future__ import annotations

import json
import tarfile
from typing import Any

import pytest

from intake.domain.base.canonical import sha256
from intake.domain.case.seals import BLANK, RecordFile
from intake.records.proof import seals
from intake.register.store.record_files import READING
from tests.records.make_corpus import ANSWERS, FILES

STORED = json.loads(ANSWERS.read_text("utf-8"))


def answer(stored: dict[str, Any]) -> RecordFile:
    return RecordFile(stored["base"], stored["size"], tuple(stored["keys"]), stored["edition"])


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    with tarfile.open(FILES) as archive:
        return {
            entry.name.removesuffix(".pdf"): stream.read()
            for entry in archive
            if (stream := archive.extractfile(entry)) is not None
        }


@pytest.mark.attack(
    "two versions that read one record file differently", refusal="the corpus of answers, READING raised"
)
@pytest.mark.parametrize("name", STORED["files"])
def test_a_stored_file_proves_what_it_did(files: dict[str, bytes], name: str) -> None:
    """Red after a change of the grammar, of a limit or of the signature reader: raise READING and store new answers."""
    expected = STORED["files"][name]

    assert sha256(files[name]) == expected["sha256"]
    assert seals.record_file(files[name]) == answer(expected)


def test_the_answers_are_those_of_this_way_of_reading() -> None:
    assert STORED["reading"] == READING


def test_the_corpus_holds_what_proves_something_and_what_does_not() -> None:
    answers = {name: answer(item) for name, item in STORED["files"].items()}

    assert {name for name, item in answers.items() if item == BLANK} == {
        "changed-page", "other-signature-value", "one-byte-more", "two-trailers", "saved-by-another-program",
        "no-record",
    }  # fmt: skip
    assert [len(answers[name].keys) for name in ("unsigned", "one-signature", "two-signatures", "timestamps")] == [
        0,
        1,
        2,
        2,
    ]

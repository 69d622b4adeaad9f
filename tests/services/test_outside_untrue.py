"""A worker that was taken over: what it says is compared with what is known here, as far as that goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.base.canonical import sha256
from intake.services.outside.pool import Pool
from intake.services.outside.refusals import AnswerUnusable
from intake.services.proving import judge, show
from intake.services.proving.anchors import anchor_of_files
from intake.services.proving.judge import File
from intake.services.proving.judged import FileSort, Result
from intake.trust import cms
from tests.people import person
from tests.records.conftest import base, both, first, installation, keys, printer  # noqa: F401 - fixtures of signed records

ORG = "ab" * 32


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(tasks="tests.services.untrue_tasks") as made:
        yield made


@pytest.mark.attack(
    "a taken-over reader that makes an act of a file that is none", refusal="UNREADABLE: AnswerUnusable"
)
@pytest.mark.parametrize("around", [b"", b"0" * 101])
def test_an_act_that_does_not_hold_is_not_taken_from_a_worker(pool, around):
    """The JSON of an act is in the file, and nobody signed it."""
    signed = person("ada").act("comment", CommentBody("x", "").as_json(), org=ORG, case="cd" * 32, roster=ORG)
    content = cms.read(signed.blob).payload
    assert content

    found = judge.judge_file(pool, File(FileSort.ACT, Path("a.p7m"), around + content), anchor_of_files(ORG, ()))

    assert found.result is Result.UNREADABLE
    assert "the act in it does not hold" in found.sentence


def test_a_verdict_is_about_the_file_that_was_given(pool, both):  # noqa: F811
    assert judge.verify_record(pool, both, anchor_of_files(ORG, ())).sha256 == sha256(both)


@pytest.mark.attack("a taken-over reader that draws outside of its picture", refusal="AnswerUnusable")
def test_a_picture_pages_and_text_have_to_fit_their_numbers(pool):
    with pytest.raises(AnswerUnusable, match="picture"):
        show.draw(pool, b"any", 0, 100)
    with pytest.raises(AnswerUnusable, match="pages"):
        show.pages(pool, b"any")
    with pytest.raises(AnswerUnusable, match="text"):
        show.text(pool, b"any", 3)

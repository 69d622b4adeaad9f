"""A file is judged once while it is among the last few, from whichever thread; what is large or refused is judged again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from intake.records.reading import remembered
from intake.records.reading.remembered import Remembered
from intake.records.refusals import NotARecord


class Judge:
    def __init__(self) -> None:
        self.asked: list[bytes] = []

    def __call__(self, pdf: bytes) -> int:
        self.asked.append(pdf)
        if not pdf:
            raise NotARecord(detail="it is empty")
        return len(pdf)


def test_the_last_few_are_judged_once() -> None:
    judge = Judge()
    ask = Remembered(judge)
    files = [bytes([number]) for number in range(remembered.FILES)]

    assert [ask(pdf) for pdf in (*files, *files)] == [1] * 2 * remembered.FILES
    assert judge.asked == files
    ask.forget()
    ask(files[0])
    assert judge.asked == [*files, files[0]]


def test_what_is_refused_is_judged_again() -> None:
    judge = Judge()
    ask = Remembered(judge)

    for _ in range(2):
        with pytest.raises(NotARecord):
            ask(b"")

    assert judge.asked == [b"", b""]


def test_a_large_file_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "LARGEST", 3)
    judge = Judge()
    ask = Remembered(judge)

    assert [ask(b"four"), ask(b"four")] == [4, 4]
    assert len(judge.asked) == 2


def test_many_threads_get_the_right_answers() -> None:
    ask = Remembered(Judge())
    files = [b"x" * (1 + number % 7) for number in range(700)]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, files)) == [len(pdf) for pdf in files]

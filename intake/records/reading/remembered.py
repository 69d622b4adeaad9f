"""What is asked of the same file again and again, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

FILES = 4
LARGEST = 2 << 20
"""Bytes. What is read of a larger file takes more memory than it saves time."""


class Remembered(Generic[T]):
    """``judge``, asked once about each of the last few files; for any number of threads.

    Its answer may depend on the bytes alone. What it raises is not remembered.
    """

    def __init__(self, judge: Callable[[bytes], T]) -> None:
        self._judge = judge
        self._last = lru_cache(maxsize=FILES)(judge)

    def __call__(self, pdf: bytes) -> T:
        return self._last(pdf) if len(pdf) <= LARGEST else self._judge(pdf)

    def forget(self) -> None:
        """Ask again about every file: for those who measure what it costs."""
        self._last.cache_clear()

"""The order in which a carrier gives its entries: acts, then files, but what is asked for meanwhile comes next.

The people of a roster are a file. Until they are here nobody knows whose signatures count, so every act of an
organisation would have to wait for the end of a large exchange, and there is room for few to wait.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def in_turn(items: Sequence[T], file_of: Callable[[T], str], asked: deque[str]) -> Iterator[T]:
    """Each of ``items`` once, in order; those whose file (``file_of``: a SHA-256, or empty) is in ``asked`` at once.

    ``asked`` grows while this runs, and is emptied.
    """
    files = {name: item for item in reversed(items) if (name := file_of(item))}
    given: set[int] = set()
    for item in items:
        while asked:
            early = files.get(asked.popleft())
            if early is not None and id(early) not in given:
                given.add(id(early))
                yield early
        if id(item) not in given:
            yield item

"""Lists of names inside SQL, cut so that no statement holds more than SQLite takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def chunks(names: Iterable[str], size: int = 500) -> Iterator[tuple[str, ...]]:
    """``names`` in pieces that fit into one IN list."""
    piece: list[str] = []
    for name in names:
        piece.append(name)
        if len(piece) == size:
            yield tuple(piece)
            piece = []
    if piece:
        yield tuple(piece)


def marks(piece: tuple[str, ...]) -> str:
    """The question marks of an IN list."""
    return ", ".join("?" * len(piece))

"""Many sets of acts, as bit masks that hardly differ from one to the next.

What an act had seen is what the one before it had seen, and one more. Kept as they are, ``n`` such masks take ``n * n / 16``
bytes: 600 MB for 100,000 acts. So a long mask is kept in pieces, and equal pieces once.
"""

from __future__ import annotations

_PIECE = 256
"""Bytes. A mask costs 8 bytes for each piece, and a new piece for each place where it differs."""


class Masks:
    """Act ids to masks. A mask is put together from its pieces when it is asked for, at the cost of one ``&`` or two."""

    def __init__(self) -> None:
        self._short: dict[str, int] = {}
        self._long: dict[str, tuple[bytes, ...]] = {}
        self._pieces: dict[bytes, bytes] = {}

    def __setitem__(self, name: str, mask: int) -> None:
        """``mask`` is not negative, and given once for each name."""
        if mask.bit_length() <= _PIECE * 8:
            self._short[name] = mask
            return
        data = mask.to_bytes((mask.bit_length() + 7) // 8, "little")
        cut = (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
        self._long[name] = tuple(self._pieces.setdefault(piece, piece) for piece in cut)

    def __getitem__(self, name: str) -> int:
        """Raises KeyError for a name that has none."""
        if (short := self._short.get(name)) is not None:
            return short
        return int.from_bytes(b"".join(self._long[name]), "little")

    def __contains__(self, name: str) -> bool:
        return name in self._short or name in self._long

"""The room for files that only strangers name: bounded in bytes and in files, so that nobody can fill it for others.

A file is counted for every stranger who names it, and gives way only to one who takes up less than each of them. So a
stranger who names the files of somebody else takes up more, and cannot cause them to be removed.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from intake.register.store.schema import act_blob, stranger, stranger_file
from intake.register.store.statements import NAMES, Statement
from intake.register.strangers import WaitingLimits

_Keys = tuple[str, ...]


class FileRoom:
    """Gives files of strangers a place, one after the other, in one transaction.

    When it is full, files give way of which everybody who names them takes up more than somebody who names what comes;
    those first whose least taker takes up most, and of them the largest.
    """

    def __init__(self, connection: Connection, limits: WaitingLimits, offered: Iterable[str]) -> None:
        """``offered`` are the SHA-256 of all that may be asked about."""
        self._limits = limits
        self.count, self.size = 0, 0
        self._taken: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        self._files: dict[_Keys, list[tuple[int, str]]] = defaultdict(list)
        """By the key that names them: (bytes, SHA-256), the largest last."""
        self._named_by: dict[str, set[_Keys]] = defaultdict(set)
        self._offered = _by_file((name, key) for name, key in _NAMING.among(connection, offered))
        sizes: dict[str, int] = {}
        named: list[tuple[str, str]] = []
        for name, size, key in _HERE.run(connection) if self._offered else ():
            sizes[name] = size
            named.append((name, key))
        for name, keys in _by_file(named).items():
            self._put(keys, sizes[name], name)
        for files in self._files.values():
            files.sort()
        # Entries that are no longer true are put right when they are met; what grows is entered once more.
        self._most: dict[bool, list[tuple[int, int, _Keys]]] = {True: [], False: []}
        self._enter(self._files)

    def admit(self, name: str, size: int) -> list[str] | None:
        """The files that give way to this one, which has its place now; None when there is none."""
        keys = self._offered.get(name, ())
        going = self._make_room(keys, size)
        if going is None:
            return None
        self._put(keys, size, name)
        self._files[keys].sort()
        self._enter({group for key in keys for group in self._named_by[key]})
        return [gone for _, _, gone in going]

    def has(self, name: str, size: int) -> bool:
        """Whether a file would find a place now; nothing changes."""
        going = self._make_room(self._offered.get(name, ()), size)
        self._stay(going or [])
        return going is not None

    def _make_room(self, keys: _Keys, size: int) -> list[tuple[_Keys, int, str]] | None:
        """Take out what has to go for a file; None when that does not help."""
        if size > self._limits.file_bytes or not keys:
            return None
        going: list[tuple[_Keys, int, str]] = []
        while (by_count := self.count >= self._limits.waiting_acts) or self.size + size > self._limits.file_bytes:
            own = self._weight(keys, by_count=by_count) + (1 if by_count else size)
            group = self._next(own, by_count=by_count)
            if not group:
                self._stay(going)
                return None
            gone, name = self._files[group].pop()
            self._count(group, -1, -gone)
            going.append((group, gone, name))
        return going

    def _next(self, own: int, *, by_count: bool) -> _Keys:
        """Those whose files go next: their least taker takes up most; empty when that is no more than ``own``."""
        heap = self._most[by_count]
        while heap:
            group = heap[0][-1]
            if not self._files[group]:
                heapq.heappop(heap)
            elif (now := self._rank(group, by_count=by_count)) != heap[0]:
                heapq.heapreplace(heap, now)
            else:
                return group if -now[0] > own else ()
        return ()

    def _rank(self, group: _Keys, *, by_count: bool) -> tuple[int, int, _Keys]:
        """The least goes first. Of equals the largest file, or a key that also names a small one would have it go before others."""
        return -self._weight(group, by_count=by_count), -self._files[group][-1][0], group

    def _weight(self, group: _Keys, *, by_count: bool) -> int:
        return min(self._taken[key][0 if by_count else 1] for key in group)

    def _stay(self, going: list[tuple[_Keys, int, str]]) -> None:
        for group, size, name in reversed(going):
            self._put(group, size, name)
        self._enter({group for keys, _, _ in going for key in keys for group in self._named_by[key]})

    def _put(self, keys: _Keys, size: int, name: str) -> None:
        self._files[keys].append((size, name))
        self._count(keys, 1, size)
        for key in keys:
            self._named_by[key].add(keys)

    def _count(self, keys: _Keys, files: int, size: int) -> None:
        self.count, self.size = self.count + files, self.size + size
        for key in keys:
            count, taken = self._taken[key]
            self._taken[key] = count + files, taken + size

    def _enter(self, groups: Iterable[_Keys]) -> None:
        for group in groups:
            for by_count, heap in self._most.items():
                if self._files[group]:
                    heapq.heappush(heap, self._rank(group, by_count=by_count))


def _by_file(named: Iterable[tuple[str, str]]) -> Mapping[str, _Keys]:
    """The keys that name each file, in order, each key once."""
    keys: dict[str, set[str]] = defaultdict(set)
    for name, key in named:
        keys[name].add(key)
    return {name: tuple(sorted(found)) for name, found in keys.items()}


_NAMING = Statement(
    select(act_blob.c.sha256, stranger.c.signer)
    .distinct()
    .join(stranger, stranger.c.act_pk == act_blob.c.act_pk)
    .where(act_blob.c.sha256.in_(NAMES))
)
_HERE = Statement(
    select(stranger_file.c.sha256, stranger_file.c.size, stranger.c.signer)
    .distinct()
    .join(act_blob, act_blob.c.sha256 == stranger_file.c.sha256)
    .join(stranger, stranger.c.act_pk == act_blob.c.act_pk)
)

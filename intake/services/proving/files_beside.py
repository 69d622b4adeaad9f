"""Files beside acts: found by their names, read one at a time and only when an act names them.

Each is called by its SHA-256 (``proof`` writes them so). A folder may hold any number of other files that end alike, as
large as a disk: their names alone are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from intake.domain.base.canonical import sha256
from intake.exchange.entries import claimed_id
from intake.reading import read_file


class FilesBeside(Mapping[str, bytes]):
    """Files by the SHA-256 in their names, which their content must have. Nothing that was read is kept.

    ``limits`` gives the bytes that a file of each ending may have.
    """

    def __init__(self, paths: Iterable[Path], limits: Mapping[str, int]) -> None:
        self._limits = limits
        self._paths: dict[str, list[Path]] = {}
        self._right: dict[str, bool] = {}
        for path in paths:
            if named := claimed_id(path.name):
                self._paths.setdefault(named, []).append(path)

    def __contains__(self, name: object) -> bool:
        # A fold asks often, and the answer costs reading the whole file.
        if not isinstance(name, str) or name not in self._paths:
            return False
        if name not in self._right:
            self._right[name] = self._read(name) is not None
        return self._right[name]

    def __getitem__(self, name: str) -> bytes:
        data = self._read(name)
        if data is None:
            raise KeyError(name)
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def _read(self, name: str) -> bytes | None:
        for path in self._paths.get(name, ()):
            try:
                data = read_file(path, self._limits[path.suffix])
            except (OSError, ValueError):
                continue
            if sha256(data) == name:
                return data
        return None


class With(Mapping[str, bytes]):
    """``more`` files over ``files``, without reading either."""

    def __init__(self, more: Mapping[str, bytes], files: Mapping[str, bytes]) -> None:
        self._layers = (more, files)

    def __contains__(self, name: object) -> bool:
        return any(name in layer for layer in self._layers)

    def __getitem__(self, name: str) -> bytes:
        for layer in self._layers:
            if name in layer:
                return layer[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter({name: None for layer in self._layers for name in layer})

    def __len__(self) -> int:
        return sum(1 for _ in self)

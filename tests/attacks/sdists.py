"""PDF files other people collected because they broke something: the test files in the sources of three libraries."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "corpus"
SOURCES = ("pikepdf", "pyHanko", "pypdfium2")
LARGEST = 20 << 20
_PATIENCE = 300


class NotFetched(Exception):
    """The sources could not be had; the text says what pip said."""


def sdist(name: str) -> Path:
    """The source package of the version the tests run with, fetched once. Raises NotFetched."""
    pinned = re.search(rf"^{name}==(\S+)$", (ROOT / ".ci" / "constraints.txt").read_text(), re.MULTILINE)
    assert pinned is not None
    file = f"{name.lower()}-{pinned[1]}.tar.gz"
    if not (KEPT / file).is_file():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", name]
        command += ["--dest", str(KEPT), f"{name}=={pinned[1]}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        if not (KEPT / file).is_file():
            raise NotFetched(done.stderr[-300:])
    return KEPT / file


def pdfs(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of every PDF in a source package; nothing is unpacked to the disk."""
    with tarfile.open(archive) as opened:
        for member in opened:
            if member.isfile() and member.name.lower().endswith(".pdf") and member.size <= LARGEST:
                content = opened.extractfile(member)
                assert content is not None
                yield member.name, content.read()

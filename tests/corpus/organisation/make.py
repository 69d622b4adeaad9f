"""Makes the stored organisation of this version: ``python -m tests.corpus.organisation.make --again``.

An archive holds one small organisation twice, as an exchange folder and as a package. Beside it is, in JSON, what the
program that wrote it said about it. Signatures are not reproducible, so an archive is only made on purpose. One that exists
represents what people have: until the tag v0.1 nobody has any, and ``--again`` replaces it; the commit says so.
"""

from __future__ import annotations

import io
import json
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from intake.services.exchanging.exchanging import export_package
from intake.services.exchanging.folder_exchange import FolderExchange
from tests.corpus.organisation.said import said_by
from tests.corpus.organisation.stored import EXCHANGE, PACKAGE, archive, opened_from, said_file
from tests.corpus.organisation.story import told
from tests.once import share_folder

NUMBER = 1
"""Of the archive this version makes. From the tag v0.1 on a later form gets the next one."""


def main(again: bool) -> None:
    target = archive(NUMBER)
    if target.exists() and not again:
        raise SystemExit(f"{target.name} represents what people have and is not made again")
    share_folder()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        carried = root / "carried"
        (carried / EXCHANGE).mkdir(parents=True)
        with told(root / "homes") as (offices, cases):
            bob = offices.installations["bob"]
            FolderExchange(bob, carried / EXCHANGE).run()
            export_package(bob, offices.signer("bob"), carried / PACKAGE)
            org, now = bob.register.org, offices.clock.now
        with tarfile.open(target, "w:xz", preset=9) as opened:
            for name, data in _files(carried):
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                opened.addfile(entry, io.BytesIO(data))
        # What is said is what another register makes of it, which has nothing but what was carried.
        with opened_from(root / "reader", org, now) as reader:
            FolderExchange(reader, carried / EXCHANGE).run()
            made = {"org": org, "now": now.isoformat(), "names": cases, **said_by(reader)}
    said_file(NUMBER).write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", "utf-8")


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield path.relative_to(root).as_posix(), path.read_bytes()


if __name__ == "__main__":
    main("--again" in sys.argv[1:])

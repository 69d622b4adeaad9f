"""Makes the sample register of the current schema version under ``data``: run once when a version is released.

``python -m tests.register.make_sample``; a sample that exists is never written again, because it stands for what people
have on their disks.
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from intake.domain.bodies import Position
from intake.register import migrations
from tests.domain.world import organisation
from tests.register.helpers import open_register, take

DATA = Path(__file__).parent / "data"


def main() -> None:
    target = DATA / "version-{}.{}.sqlite.gz".format(*migrations.HEAD)
    if target.exists():
        raise SystemExit(f"{target.name} stands for what is out there and is not made again")
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder))
        site = organisation()
        decided = site.revision().id
        site.ciso(decided)
        site.cio(decided)
        site.cio(site.revision(title="Scoring").id, position=Position.DECLINE)
        site.revision(title="Waiting for both")
        take(register, site)
        draft = register.drafts.begin(person="ada", playbook="b" * 64, title="A draft")
        register.drafts.answer(draft, "purpose", "Notes")
        register.close()
        target.write_bytes(gzip.compress((Path(folder) / "register.sqlite").read_bytes(), mtime=0))


if __name__ == "__main__":
    main()

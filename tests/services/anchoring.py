"""What a verifier knows from signed acts at hand: as ``anchor_of_files`` has it, without the files."""

from __future__ import annotations

from collections.abc import Iterable

from intake.domain.base.canonical import sha256
from intake.domain.organisation.people import PeopleReader
from intake.services.installation.press import Press
from intake.services.proving import anchors
from intake.services.proving.anchors import Anchor


def anchor_of_acts(org: str, blobs: Iterable[bytes], files: Iterable[bytes] = (), press: Press | None = None) -> Anchor:
    by_digest = {sha256(data): data for data in files}
    return anchors._of_acts(org, anchors._verified(blobs), by_digest, PeopleReader(), press)

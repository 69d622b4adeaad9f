"""Opening what was handed to somebody: their passphrase opens the reader key, and that opens the keys of use cases."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.base.refusals import Refusal
from intake.services.installation.installation import Installation
from intake.trust.encryption import handing
from intake.trust.encryption.reader_key import ReaderKey


@dataclass(frozen=True, slots=True)
class KeysOpened:
    """``keys`` are new here; ``damaged`` were meant for this reader, and could not be opened."""

    keys: int = 0
    damaged: int = 0


def handed_to(installation: Installation, reader: str) -> int:
    """How many keys wait here that were handed to the reader with this certificate (fingerprint), and are not open.

    Those of others are noted as such, so that they are looked at once and not with every question.
    """
    confidential = installation.register.confidential
    mine, others = 0, []
    for name, data in confidential.handed_untried(reader):
        if _is_for(data, reader):
            mine += 1
        else:
            others.append(name)
    if others and not installation.register.read_only:
        confidential.note_tried(others, reader)
    return mine


def open_handed(installation: Installation, reader: ReaderKey) -> KeysOpened:
    """Open every key that was handed to this reader and was not tried yet."""
    confidential = installation.register.confidential
    opened, tried, damaged = {}, [], 0
    for name, data in confidential.handed_untried(reader.fingerprint):
        tried.append(name)
        if not _is_for(data, reader.fingerprint):
            continue
        try:
            key = handing.take(data, reader, installation.register.org)
        except Refusal:
            damaged += 1
            continue
        opened[key.tag] = key
    known = confidential.keys()
    new = [key for tag, key in opened.items() if tag not in known]
    confidential.keep_keys(new)
    # Last: what was opened and not kept has to be tried again.
    confidential.note_tried(tried, reader.fingerprint)
    return KeysOpened(len(new), damaged)


def _is_for(data: bytes, reader: str) -> bool:
    try:
        return handing.is_for(data, reader)
    except Refusal:
        return False

"""What a signature shows on the page, drawn again and compared.

A signer draws the look of their own signature, and could make it say anything within its field. Drawn again from the
name, the key and the moment, it has to be the same to the byte. With other versions of libraries it may differ for good
reasons, so a difference is something to be told, and never a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from intake.records import rebuild, structure
from intake.records.content import SignatureField
from intake.records.printer import Printer
from intake.records.structure import Revision
from intake.trust import cms

_IDENTITY = re.compile(rb"/ID \[ <[0-9a-f]{32}> <[0-9a-f]{32}> \]")
"""The only bytes of a section that are drawn by lot."""


def foreign(pdf: bytes, names: Mapping[str, str], printer: Printer) -> tuple[SignatureField, ...]:
    """The fields whose look is not what this app draws. ``names`` gives the name of the person by fingerprint of the key.

    Nothing is said of signatures by other keys, nor of a record that other versions of libraries made: theirs may look
    otherwise for good reasons. Raises a refusal for a file that is no record, or whose signatures do not hold, or whose edition
    is not known here.
    """
    shape = structure.scan(pdf)
    if rebuild.made_with(shape.twin) != printer.made_with(printer.edition_of(shape.twin)):
        return ()
    found = []
    for revision in shape.revisions:
        held = cms.read(revision.signature, detached_digest=partial(revision.digest, pdf))
        person = names.get(held.fingerprint)
        if person is not None and not _is_ours(pdf, revision, person, printer):
            found.append(revision.field)
    return tuple(found)


def _is_ours(pdf: bytes, revision: Revision, person: str, printer: Printer) -> bool:
    from intake.records import sign

    made = sign.written_again(pdf, revision, person=person, printer=printer)
    return _IDENTITY.sub(b"", made) == _IDENTITY.sub(b"", pdf[revision.start : revision.end])

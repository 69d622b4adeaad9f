"""What an edition is: one way to say, set and sign a record, under a number that never means another.

The first signer's program chooses the newest it knows, and names it in the twin. Everyone who signs or checks the record later
prints it in that edition, whatever is newest then: only so can two offices with two versions of the app sign one base.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from intake.domain.acts.kinds import Office
from intake.domain.terms.terms import Terms
from intake.records.case_file import CaseFile
from intake.records.content import RecordContent, SignatureField
from intake.records.fonts import FontFiles, Fonts
from intake.records.notice_file import NoticeFile


@dataclass(frozen=True, slots=True)
class Signing:
    """The facts a look shows. ``fingerprint`` is the SHA-256 of the certificate in hexadecimal.

    ``reason`` is that of an opinion that approves, and empty where it gives none; None where the page itself says the reason.
    """

    person: str
    fingerprint: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a signature shows of itself: a PDF of one page, and the box it is put in (left, bottom, right, top), in points."""

    pdf: bytes
    box: tuple[float, float, float, float]


class Build(Protocol):
    """Makes the unsigned PDF in edition ``edition``; ``made_with`` is what its twin names beside it."""

    def __call__(
        self, content: RecordContent, *, edition: int, made_with: Mapping[str, str], fonts: Fonts, icc: bytes
    ) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that decides the bytes of a base, and of what a signature shows on it.

    ``font_files`` and ``profile`` are names of resources. ``decision``, ``declined``, ``withdrawn`` and ``notice`` say in words what a
    record of each kind says, in the language of the edition. ``build`` sets it, ``look`` draws a signature.
    ``made_with`` names what the bytes depend on beside the content and the edition: libraries, with their versions.
    """

    number: int
    font_files: FontFiles
    profile: str
    decision: Callable[[CaseFile, Terms], RecordContent]
    declined: Callable[[CaseFile, Office, str], RecordContent]
    withdrawn: Callable[[CaseFile, str], RecordContent]
    notice: Callable[[NoticeFile], RecordContent]
    build: Build
    look: Callable[[SignatureField, Signing, Fonts], Look]
    made_with: Callable[[Fonts], dict[str, str]]

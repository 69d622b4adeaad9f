"""The bytes behind a line of a list: files of cases and drafts, and acts as they were signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation


def filed(installation: Installation, sha256: str) -> bytes | None:
    """A file attached to a case; None while it has not arrived."""
    return installation.register.queries.blob(sha256)


def filed_here(installation: Installation, names: tuple[str, ...]) -> frozenset[str]:
    """Which of these files, by their SHA-256, have arrived."""
    return installation.register.queries.blobs_among(names)


def of_draft(installation: Installation, draft: str, sha256: str) -> bytes:
    """A file attached to a draft. Raises NoSuchDraft."""
    return installation.register.drafts.file(draft, sha256)


def signed_act(installation: Installation, act: str) -> bytes | None:
    """The signed file of an act, byte for byte; None when it is not here."""
    return installation.register.queries.blob_of_act(act)

"""Evidence: what may be attached to an answer, and where the same file is already.

A file is never opened or rendered here. It is named by the SHA-256 of its bytes, so the same file is recognised under
any name; that it is attached elsewhere is said and never stops anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.acts.envelope import Attachment
from intake.domain.acts.kinds.forms import MAX_LINE
from intake.domain.base.canonical import clean, sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence
from intake.domain.playbook.whole import Playbook
from intake.formats import file_kinds
from intake.register.store.drafts import Draft
from intake.services.installation.installation import Installation

MAX_FILE = 20 << 20
"""Bytes of one attached file. Every office receives each file and keeps it for years."""
_LEAD = 40
"""Characters of each end of a name that is too long."""


class FileTooLarge(Refusal):
    what = "“{name}” is too large to attach: {size} megabytes, at most {limit} are possible."
    why = "Every office and the records team receive each file and keep it for years."
    next = "Attach a shorter version, or say in an answer where the whole can be found."


class EmptyFile(Refusal):
    what = "“{name}” is empty."
    why = "An empty file is evidence of nothing, and often a copy that went wrong."
    next = "Check the file and attach it again."


class FileNameTooLong(Refusal):
    what = "“{name}” cannot be attached under this name: it has {count} characters, at most {limit} are kept."
    why = "A name is signed and shown whole; cut short, two files could be called the same."
    next = "Give the file a shorter name and attach it again."


_NOT_BY_OURS = Sentence(
    "EvidenceNotByOurs",
    "{problem} It was filed all the same, by a program that does not look into files. Do not open it; ask for another one.",
)
_OF_ANOTHER_KIND = Sentence(
    "EvidenceOfAnotherKind",
    "“{name}” was filed as {said}, and its content is {found}. Ask what it is before you open it.",
)
_HERE_ALREADY = Sentence("EvidenceHereAlready", "You attached the same file under “{question}” already.")
_FILED_ALREADY = Sentence("EvidenceFiledAlready", "The same file is part of {reference}, “{title}”.")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Where the same file is already: under a question of this draft, or (``case`` is set) in another use case.

    ``name`` is what it is called there, empty for another use case; ``said`` says it.
    """

    said: Reason
    question: str = ""
    name: str = ""
    case: str = ""
    reference: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is attached now. ``attachment.sha256`` is the hash to show, ``media_type`` is what its content is.

    ``remarks`` say what lies in it and was not looked at.
    """

    attachment: Attachment
    duplicates: tuple[Duplicate, ...]
    remarks: tuple[Reason, ...] = ()


def judge(name: str, data: bytes) -> tuple[str, str]:
    """The name as it will be kept, and the media type.

    Raises FileNameTooLong, EmptyFile, FileTooLarge, or what ``file_kinds.media_type`` raises.
    """
    shown = clean(name).replace("\n", " ").strip() or "file"
    if len(shown) > MAX_LINE:
        short = f"{shown[:_LEAD]}…{shown[-_LEAD:]}"
        raise FileNameTooLong(name=short, count=len(shown), limit=MAX_LINE)
    if not data:
        raise EmptyFile(name=shown)
    if len(data) > MAX_FILE:
        raise FileTooLarge(name=shown, size=-(-len(data) >> 20), limit=MAX_FILE >> 20)
    return shown, file_kinds.media_type(data, shown)


def doubt(file: Attachment, data: bytes) -> Reason | None:
    """What speaks against opening a file that somebody filed; None where it could have been attached here as it is called.

    Who wrote the revision may have used a changed program, so offices look into files again. Nothing that is signed or counted
    rests on it: another version may know more kinds.
    """
    try:
        _, found = judge(file.name, data)
    except Refusal as refusal:
        return _NOT_BY_OURS(problem=refusal.given)
    if found != file.media_type:
        return _OF_ANOTHER_KIND(name=file.name, said=file.media_type, found=found)
    return None


def duplicates(installation: Installation, draft: Draft, playbook: Playbook, data: bytes) -> tuple[Duplicate, ...]:
    """Where these bytes are already: in this draft first, then in other use cases, newest first."""
    digest = sha256(data)
    labels = {question.id: question.label for question in playbook.questions}
    here = [
        Duplicate(
            said=_HERE_ALREADY(question=labels.get(item.question, item.question)),
            question=item.question,
            name=item.attachment.name,
        )
        for item in draft.files
        if item.attachment.sha256 == digest
    ]
    return (*here, *_filed_with(installation, digest, draft.row.case))


def filed_elsewhere(installation: Installation, draft: str) -> dict[str, tuple[Duplicate, ...]]:
    """Of each file of a draft that is part of other use cases, by its SHA-256: where. Raises NoSuchDraft."""
    found = installation.register.drafts.get(draft)
    there = {
        item.attachment.sha256: _filed_with(installation, item.attachment.sha256, found.row.case)
        for item in found.files
    }
    return {name: where for name, where in there.items() if where}


def attached(installation: Installation, draft: str, question: str, digest: str) -> tuple[Attachment, bytes]:
    """A file under a question of a draft, with its bytes. Raises NoSuchDraft."""
    drafts = installation.register.drafts
    found = next(
        item.attachment
        for item in drafts.get(draft).files
        if item.attachment.sha256 == digest and item.question == question
    )
    return found, drafts.file(draft, digest)


def _filed_with(installation: Installation, digest: str, but: str) -> tuple[Duplicate, ...]:
    """The newest other use cases that this file is part of."""
    return tuple(
        Duplicate(
            said=_FILED_ALREADY(reference=row.reference, title=row.title),
            case=row.case,
            reference=row.reference,
            title=row.title,
        )
        for row in installation.register.likeness.filed_with(digest, but=but)
    )

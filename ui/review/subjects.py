"""What the signing dialog shows for each thing signed on the review screen, in words."""

from __future__ import annotations

from ui.review import decide
from ui.review.outcome import ring_after
from ui.review.work import Looked, Ready
from ui.texts import Texts
from ui.widgets.signing import SignedLine, Subject


def opinion(looked: Looked, ready: Ready, key: str) -> Subject:
    """An opinion: exactly the lines that were prepared, nothing added and nothing left out."""
    prepared = ready.prepared
    titles = {
        decide.APPROVE: (ReviewSubjectTexts.tr("Approve these terms"), ReviewSubjectTexts.tr("Sign and approve")),
        decide.PROPOSE: (ReviewSubjectTexts.tr("Propose other terms"), ReviewSubjectTexts.tr("Sign and propose")),
        decide.CHANGES: (ReviewSubjectTexts.tr("Request changes"), ReviewSubjectTexts.tr("Sign and request changes")),
        decide.DECLINE: (ReviewSubjectTexts.tr("Decline"), ReviewSubjectTexts.tr("Sign and decline")),
    }
    title, button = titles[key]
    return Subject(
        title=title,
        consequence=prepared.consequence,
        signer=ready.name,
        fingerprint=ready.fingerprint,
        lines=tuple(SignedLine(label, value) for label, value in prepared.lines),
        button=button,
        attestations=ready.attestations,
        ring_after=ring_after(looked.view, prepared.position, prepared.terms),
    )


def comment(looked: Looked, text: str, about: str) -> Subject:
    labels = {question.id: question.label for question in looked.view.playbook.questions}
    return Subject(
        title=ReviewSubjectTexts.tr("Comment"),
        consequence=ReviewSubjectTexts.tr("Everybody with this use case can read it. It cannot be taken back."),
        signer=looked.name,
        fingerprint=looked.fingerprint,
        lines=(
            SignedLine(ReviewSubjectTexts.tr("Use case"), f"{looked.view.reference} {looked.view.revision.body.title}"),
            SignedLine(
                ReviewSubjectTexts.tr("About"), labels.get(about, ReviewSubjectTexts.tr("The use case as a whole"))
            ),
            SignedLine(ReviewSubjectTexts.tr("Comment"), text),
        ),
        button=ReviewSubjectTexts.tr("Sign and add"),
    )


def missing_signature(looked: Looked) -> Subject:
    """The second signature on the record, when each office signed a separate copy."""
    view = looked.view
    return Subject(
        title=ReviewSubjectTexts.tr("Add my signature to the record"),
        consequence=ReviewSubjectTexts.tr(
            "The record then carries both signatures and is sealed. The decision stays as it is."
        ),
        signer=looked.name,
        fingerprint=looked.fingerprint,
        lines=(
            SignedLine(ReviewSubjectTexts.tr("Use case"), f"{view.reference} {view.revision.body.title}"),
            SignedLine(ReviewSubjectTexts.tr("Revision"), str(view.revision.number)),
        ),
        button=ReviewSubjectTexts.tr("Sign and seal"),
    )


class ReviewSubjectTexts(Texts):
    pass

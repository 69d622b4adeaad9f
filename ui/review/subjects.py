"""What the signing dialog shows for each thing signed on the review screen, in words."""

from __future__ import annotations

from intake.domain.case.verbs import OpinionVerb
from ui.review.outcome import ring_after
from ui.review.work import Looked, Ready
from ui.texts import Texts
from ui.widgets.signing import SignedLine, Subject


def opinion(looked: Looked, ready: Ready) -> Subject:
    """An opinion: exactly the lines that were prepared, nothing added and nothing left out."""
    prepared = ready.prepared
    buttons = {
        OpinionVerb.APPROVE: ReviewSubjectTexts.tr("Sign and approve"),
        OpinionVerb.APPROVE_MINE: ReviewSubjectTexts.tr("Sign and approve with my terms"),
        OpinionVerb.PROPOSE: ReviewSubjectTexts.tr("Sign and propose"),
        OpinionVerb.CHANGES: ReviewSubjectTexts.tr("Sign and request changes"),
        OpinionVerb.DECLINE: ReviewSubjectTexts.tr("Sign and decline"),
    }
    return Subject(
        title=prepared.verb.label,
        consequence=prepared.consequence,
        signer=ready.name,
        fingerprint=ready.fingerprint,
        lines=tuple(SignedLine(label, value) for label, value in prepared.lines),
        button=buttons[prepared.verb],
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

"""What the signing dialog shows for each thing signed on the review screen, in words."""

from __future__ import annotations

from intake.domain.base.directions import isolated
from intake.domain.base.wording import shown
from intake.domain.case.one_page import DecisionRow, RowTopic
from intake.domain.case.verbs import OpinionVerb
from ui.review.outcome import ring_after
from ui.review.work import Looked, Ready
from ui.texts import Texts, filled
from ui.widgets.signing_sheet import SignedLine, Subject

_DECIDED = (
    RowTopic.CASE,
    RowTopic.AGAINST_OTHER,
    RowTopic.AGAINST_OWN,
    RowTopic.AGAINST_ASKED,
    RowTopic.GRANTED,
    RowTopic.BOUNDARIES,
    RowTopic.CONDITIONS,
)
"""Stand before the consequence; what the decision rests on comes after it."""


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
        lines=tuple(signed_line(row) for row in prepared.rows if row.topic in _DECIDED),
        grounds=tuple(signed_line(row) for row in prepared.rows if row.topic not in _DECIDED),
        button=buttons[prepared.verb],
        attestations=ready.attestations,
        ring_after=ring_after(looked.view, prepared.position, prepared.terms),
        has_pages=bool(prepared.pdf),
        on_paper=True,
    )


def signed_line(row: DecisionRow) -> SignedLine:
    """A row of the decision as a line of the signing sheet, under the heading of its topic."""
    return SignedLine(shown(row.label), shown(row.value), row.is_digest, row.topic.heading)


def comment(looked: Looked, text: str, about: str) -> Subject:
    labels = {question.id: question.label for question in looked.view.playbook.questions}
    unknown = ReviewSubjectTexts.tr("Something this playbook does not ask: {about}")
    whole = ReviewSubjectTexts.tr("The use case as a whole")
    return Subject(
        title=ReviewSubjectTexts.tr("Comment"),
        consequence=ReviewSubjectTexts.tr("Everybody with this use case can read it. It cannot be taken back."),
        signer=looked.name,
        fingerprint=looked.fingerprint,
        lines=(
            SignedLine(
                ReviewSubjectTexts.tr("Use case"),
                f"{looked.view.reference} {isolated(looked.view.revision.body.title)}",
            ),
            SignedLine(
                ReviewSubjectTexts.tr("About"),
                labels.get(about) or filled(unknown, about=about) if about else whole,
            ),
            SignedLine(ReviewSubjectTexts.tr("Comment"), text),
        ),
        button=ReviewSubjectTexts.tr("Sign and add"),
    )


def missing_signature(called: str, revision: int, signer: str, fingerprint: str) -> Subject:
    """The second signature on the record of the use case ``called`` so, when each office signed a separate copy."""
    return Subject(
        title=ReviewSubjectTexts.tr("Add my signature to the record"),
        consequence=ReviewSubjectTexts.tr(
            "The record then carries both signatures and is sealed. The decision stays as it is."
        ),
        signer=signer,
        fingerprint=fingerprint,
        lines=(
            SignedLine(ReviewSubjectTexts.tr("Use case"), called),
            SignedLine(ReviewSubjectTexts.tr("Revision"), str(revision)),
        ),
        button=ReviewSubjectTexts.tr("Sign and seal"),
        has_pages=True,
    )


class ReviewSubjectTexts(Texts):
    pass

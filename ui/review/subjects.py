"""What the signing dialog shows for each thing signed on the review screen, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.review import decide
from ui.review.outcome import ring_after
from ui.review.work import Looked, Ready
from ui.widgets.signing import Line, Subject


def opinion(looked: Looked, ready: Ready, key: str) -> Subject:
    """An opinion: exactly the lines that were prepared, nothing added and nothing left out."""
    prepared = ready.prepared
    titles = {
        decide.APPROVE: (_t("Approve these terms"), _t("Sign and approve")),
        decide.PROPOSE: (_t("Propose other terms"), _t("Sign and propose")),
        decide.CHANGES: (_t("Request changes"), _t("Sign and request changes")),
        decide.DECLINE: (_t("Decline"), _t("Sign and decline")),
    }
    title, button = titles[key]
    return Subject(
        title=title,
        consequence=prepared.consequence,
        signer=ready.name,
        fingerprint=ready.fingerprint,
        lines=tuple(Line(label, value) for label, value in prepared.lines),
        button=button,
        attestations=ready.attestations,
        ring_after=ring_after(looked.view, prepared.position, prepared.terms),
    )


def comment(looked: Looked, text: str, about: str) -> Subject:
    labels = {question.id: question.label for question in looked.view.playbook.questions}
    return Subject(
        title=_t("Comment"),
        consequence=_t("Everybody with this use case can read it. It cannot be taken back."),
        signer=looked.name,
        fingerprint=looked.fingerprint,
        lines=(
            Line(_t("Use case"), f"{looked.view.reference} {looked.view.revision.body.title}"),
            Line(_t("About"), labels.get(about, _t("The use case as a whole"))),
            Line(_t("Comment"), text),
        ),
        button=_t("Sign and add"),
    )


def missing_signature(looked: Looked) -> Subject:
    """The second signature on the record, when both offices signed a copy of their own."""
    view = looked.view
    return Subject(
        title=_t("Add my signature to the record"),
        consequence=_t("The record then carries both signatures and is sealed. The decision stays as it is."),
        signer=looked.name,
        fingerprint=looked.fingerprint,
        lines=(
            Line(_t("Use case"), f"{view.reference} {view.revision.body.title}"),
            Line(_t("Revision"), str(view.revision.number)),
        ),
        button=_t("Sign and seal"),
    )


def _t(text: str) -> str:
    return QCoreApplication.translate("Subjects", text)

"""What the signing dialog shows for a training record, in words."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.base.directions import isolated
from ui.literacy.work import ChapterText, School
from ui.texts import Texts
from ui.widgets.signing_sheet import SignedLine, Subject


def training_record(school: School, read: Sequence[ChapterText]) -> Subject:
    """The chapters read and not acknowledged yet, of the playbook in use."""
    return Subject(
        title=LiteracySubjectTexts.tr("Sign your training record"),
        consequence=LiteracySubjectTexts.tr(
            "You state that you have read these chapters. The record travels to the offices; an approval for scaled "
            "use may ask that the owner has one, because boundaries are only kept by people who know the reasons."
        ),
        signer=school.me.name,
        fingerprint=school.me.fingerprint,
        lines=(
            SignedLine(LiteracySubjectTexts.tr("Person"), f"{isolated(school.me.name)} ({school.me.person})"),
            SignedLine(LiteracySubjectTexts.tr("Playbook"), school.playbook),
            SignedLine(LiteracySubjectTexts.tr("Playbook (SHA-256)"), school.digest, is_digest=True),
            SignedLine(LiteracySubjectTexts.tr("Chapters read"), " · ".join(item.title for item in read)),
        ),
        button=LiteracySubjectTexts.tr("Sign the training record"),
        attestations=(LiteracySubjectTexts.tr("I have read these chapters"),),
    )


class LiteracySubjectTexts(Texts):
    pass

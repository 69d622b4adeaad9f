"""Words and tones for what the domain says about a draft: statuses, tiers, progress."""

from __future__ import annotations

from intake.domain.guide.progress import SectionStatus
from ui.guide.shown import ShownDraft
from ui.texts import Texts
from ui.theme import Tone


def status_words(status: SectionStatus) -> str:
    match status:
        case SectionStatus.CANNOT_START:
            return GuideTexts.tr("Cannot start yet")
        case SectionStatus.NOT_STARTED:
            return GuideTexts.tr("Not started")
        case SectionStatus.TO_CHECK:
            return GuideTexts.tr("To check")
        case SectionStatus.IN_PROGRESS:
            return GuideTexts.tr("In progress")
        case SectionStatus.OPEN_POINTS:
            return GuideTexts.tr("Done, with open points")
        case SectionStatus.DONE:
            return GuideTexts.tr("Done")


def status_tone(status: SectionStatus) -> Tone:
    match status:
        case SectionStatus.DONE:
            return Tone.GOOD
        case SectionStatus.OPEN_POINTS | SectionStatus.IN_PROGRESS | SectionStatus.TO_CHECK:
            return Tone.INFO
        case SectionStatus.CANNOT_START | SectionStatus.NOT_STARTED:
            return Tone.NEUTRAL


def heading_of(shown: ShownDraft) -> str:
    """What a draft is called above its views, also while it has no title."""
    return shown.guide.title or shown.view.row.title or GuideTexts.tr("New use case")


def page_lead(shown: ShownDraft, page: str) -> str:
    """Where a page of questions is: the draft, the part, and which of its pages."""
    guide = shown.guide
    section = guide.section_of(page)
    pages = [item.id for item in section.pages if guide.page(item.id)]
    words = GuideTexts.tr("{draft} · {section} · page {number} of {count}")
    number = pages.index(page) + 1 if page in pages else 1
    return words.format(draft=heading_of(shown), section=section.title, number=number, count=len(pages))


class GuideTexts(Texts):
    pass

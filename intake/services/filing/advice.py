"""Advice that needs the register or the fonts: an answer copied from another use case, a title that is only a product's name,
characters that paper cannot show.

Given beside ``Guide.hints`` before signing. It says what was seen and offers nothing automatic; it never stops anybody.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence
from intake.domain.guide.copied_text import COPIED, LEAST, containment, names_only, shingles
from intake.domain.guide.guide import Guide
from intake.domain.playbook import answers as said
from intake.domain.playbook.answer_checks import Hint
from intake.domain.playbook.questions import QuestionKind, QuestionRole
from intake.register.views.rows import CaseRow
from intake.services.filing import filing
from intake.services.installation.installation import Installation
from intake.services.installation.unprinted import unprinted

_COPIED = Sentence(
    "AnswerCopied", "Much of this is word for word in {reference}, “{title}”. Say what is different in your case."
)
_PRODUCT = Sentence(
    "TitleIsProduct",
    "This is only the name of a product. Say what it is used for, so that others find it and know what was decided.",
)

_PAPER = Sentence(
    "AnswerNotOnPaper",
    "The pages of a record and of a copy cannot show these characters, and show an empty box instead: {characters} "
    "What is signed holds them exactly. If the pages must be read on paper, write it a second time in other letters.",
)
_LISTED = 12


def advice(installation: Installation, draft: str) -> tuple[Hint, ...]:
    """What to point out about a draft, in the order of the guide. Raises NoSuchDraft or PlaybookMissing."""
    view = filing.view(installation, draft)
    found = {
        hint.question: hint for hint in (*_product_title(view.guide), *_copied(installation, view.guide, view.row.case))
    }
    paper = {hint.question: hint for hint in on_paper(installation, view.guide)}
    shown = view.guide.known.shown
    return tuple(by[question.id] for question in shown for by in (found, paper) if question.id in by)


def on_paper(installation: Installation, guide: Guide) -> Iterator[Hint]:
    """The answers that the pages of a record cannot show whole."""
    for item in unprinted(installation.printer, guide.known.shown, guide.answers):
        listed = " ".join(item.characters[:_LISTED]) + (" …" if len(item.characters) > _LISTED else "")
        yield Hint(item.question.id, _PAPER(characters=listed), on_paper=True)


def _product_title(guide: Guide) -> Iterator[Hint]:
    question = guide.playbook.role(QuestionRole.TITLE)
    title = _text(guide, question)
    names = [
        _text(guide, guide.playbook.role(role))
        for role in (QuestionRole.PROVIDER, QuestionRole.MODEL, QuestionRole.VERSION)
    ]
    if title and names_only(title, names):
        yield Hint(question, _PRODUCT())


def _copied(installation: Installation, guide: Guide, own: str) -> Iterator[Hint]:
    long = [question.id for question in guide.known.shown if question.kind is QuestionKind.LONG_TEXT]
    parts = {name: runs for name in long if len(runs := shingles(_text(guide, name))) >= LEAST}
    read: dict[str, frozenset[tuple[str, ...]]] = {}
    for name, part in parts.items():
        rows = installation.register.copies.sources(_text(guide, name), but=own)
        read |= {row.case: shingles(_said_in(installation, row)) for row in rows if row.case not in read}
        share, row = max(((containment(part, read[row.case]), row) for row in rows), default=(0.0, None), key=_share)
        if row is not None and share >= COPIED:
            yield Hint(name, _COPIED(reference=row.reference, title=row.title))


def _said_in(installation: Installation, row: CaseRow) -> str:
    """Every text of the newest revision of a case; what cannot be read says nothing."""
    current = installation.folded(row.case).current
    if current is None:
        return ""
    try:
        given = said.from_json(current.body.answers)
    except Refusal:
        return ""
    return "\n\n".join(answer.value for answer in given.values() if isinstance(answer.value, str))


def _share(found: tuple[float, CaseRow | None]) -> float:
    return found[0]


def _text(guide: Guide, question: str) -> str:
    answer = guide.answers.get(question)
    return answer.value if answer and isinstance(answer.value, str) else ""

"""What an administrator signs to accept a playbook from a folder: which one, and what it changes in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intake.domain.playbook.answers import Move
from ui.playbook.words import move_words, moves
from ui.playbook.work import InUse, named
from ui.texts import Texts
from ui.widgets.signing import Line, Subject

if TYPE_CHECKING:
    from intake.domain.playbook.differences import Difference
    from intake.domain.playbook.whole import Playbook


def accepting(use: InUse, playbook: Playbook, differences: Sequence[Difference]) -> Subject:
    said = moves(differences)
    removed = next((words for move, words in said if move is Move.REMOVED), "")
    warning = PlaybookSubjectTexts.tr(
        "It takes out {items} of the playbook in use. What is not asked any more, nobody decides on."
    )
    return Subject(
        title=PlaybookSubjectTexts.tr("Accept {title}").format(title=named(playbook)),
        consequence=PlaybookSubjectTexts.tr(
            "You write and endorse roster version {version}. Requests are then asked and judged by this playbook. "
            "Drafts and decisions keep theirs."
        ).format(version=use.version + 1),
        signer=use.me.name,
        fingerprint=use.me.fingerprint,
        lines=(
            Line(PlaybookSubjectTexts.tr("Playbook"), named(playbook)),
            Line(PlaybookSubjectTexts.tr("Digest"), playbook.digest, is_digest=True),
            Line(PlaybookSubjectTexts.tr("In use until then"), use.title),
            *(Line(move_words(move), words) for move, words in said),
        ),
        button=PlaybookSubjectTexts.tr("Sign the new roster"),
        warnings=(warning.format(items=removed),) if removed else (),
    )


class PlaybookSubjectTexts(Texts):
    pass

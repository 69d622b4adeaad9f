"""What an administrator signs to accept a playbook from a folder: which one, and what it changes in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intake.domain.playbook.answers import Move
from ui.playbook.words import move_words, moves, named_moves
from ui.playbook.work import CurrentPlaybook, named
from ui.texts import Texts, filled
from ui.widgets.signing_sheet import SignedLine, Subject

if TYPE_CHECKING:
    from intake.domain.playbook.differences import PlaybookDifference
    from intake.domain.playbook.whole import Playbook


def accepting(use: CurrentPlaybook, playbook: Playbook, differences: Sequence[PlaybookDifference]) -> Subject:
    said = moves(differences)
    removed = next((words for move, words in said if move is Move.REMOVED), "")
    warning = PlaybookSubjectTexts.tr(
        "It takes out {items} of the playbook in use. What is not asked any more, nobody decides on."
    )
    return Subject(
        title=filled(PlaybookSubjectTexts.tr("Accept {title}"), title=named(playbook)),
        consequence=filled(
            PlaybookSubjectTexts.tr(
                "You write and endorse roster version {version}. Use cases are then asked and judged by this playbook. "
                "Drafts and decisions keep theirs."
            ),
            version=use.version + 1,
        ),
        signer=use.me.name,
        fingerprint=use.me.fingerprint,
        lines=(
            SignedLine(PlaybookSubjectTexts.tr("Playbook"), named(playbook)),
            SignedLine(PlaybookSubjectTexts.tr("Digest"), playbook.digest, is_digest=True),
            SignedLine(PlaybookSubjectTexts.tr("In use until then"), use.title),
            *(SignedLine(move_words(move), words) for move, words in said),
        ),
        grounds=tuple(
            SignedLine(label, names, part=PlaybookSubjectTexts.tr("What changes"))
            for label, names in named_moves(differences)
        ),
        button=PlaybookSubjectTexts.tr("Sign the new roster"),
        warnings=(filled(warning, items=removed),) if removed else (),
    )


class PlaybookSubjectTexts(Texts):
    pass

"""What states are called on the screens about one use case: phases, turns, tiers, ages, and the ring of a row.

Only wording and tones; what the states mean is decided in the domain. The register list may use it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intake.domain.case.phases import Phase
from ui.texts import Texts
from ui.theme import Tone


def tier_words(tier: str) -> str:
    """The tier of a row, or that it is not known here."""
    words = {
        "minimal": ReviewTexts.tr("Minimal risk"),
        "limited": ReviewTexts.tr("Limited risk"),
        "high": ReviewTexts.tr("High risk"),
        "prohibited": ReviewTexts.tr("Prohibited"),
    }
    return words.get(tier, ReviewTexts.tr("Not assessed"))


def phase_words(phase: str) -> tuple[str, Tone]:
    """A phase in a few words and the tone of its chip."""
    words = {
        Phase.REVIEW: (ReviewTexts.tr("Waits for review"), Tone.INFO),
        Phase.COUNTERSIGN: (ReviewTexts.tr("One office has signed"), Tone.INFO),
        Phase.TERMS_DIFFER: (ReviewTexts.tr("The offices propose different terms"), Tone.WARN),
        Phase.CHANGES_REQUESTED: (ReviewTexts.tr("Changes requested"), Tone.WARN),
        Phase.DECLINED: (ReviewTexts.tr("Declined"), Tone.BAD),
        Phase.DECIDED: (ReviewTexts.tr("Approved by both offices"), Tone.GOOD),
        Phase.PAUSED: (ReviewTexts.tr("Approved, then paused by an objection"), Tone.BAD),
        Phase.CONTESTED: (ReviewTexts.tr("The offices must speak again"), Tone.WARN),
        Phase.CONFLICT: (ReviewTexts.tr("Two revisions claim to be the newest"), Tone.WARN),
        Phase.HELD: (ReviewTexts.tr("On hold"), Tone.WARN),
        Phase.WITHDRAWN: (ReviewTexts.tr("Withdrawn by the business"), Tone.NEUTRAL),
    }
    return words.get(Phase(phase), (phase, Tone.NEUTRAL))


def phase_sentence(phase: str) -> str:
    """What a phase means for everybody, in one plain sentence."""
    words = {
        Phase.REVIEW: ReviewTexts.tr("Neither the CIO nor the CISO has given an opinion on the newest revision yet."),
        Phase.COUNTERSIGN: ReviewTexts.tr(
            "One office approves. The decision exists when the other signs the same terms."
        ),
        Phase.TERMS_DIFFER: ReviewTexts.tr(
            "Both offices approve, but on different terms. Nothing is decided until they agree."
        ),
        Phase.CHANGES_REQUESTED: ReviewTexts.tr("An office asks the owner to change the request and file it again."),
        Phase.DECLINED: ReviewTexts.tr("An office declined. The owner may file a changed request."),
        Phase.DECIDED: ReviewTexts.tr("Both offices signed the same terms on the same revision."),
        Phase.PAUSED: ReviewTexts.tr(
            "An objection was raised after the approval, so it does not hold until it is settled."
        ),
        Phase.CONTESTED: ReviewTexts.tr(
            "The offices moved while apart. Each has to look at what the other did and sign again."
        ),
        Phase.CONFLICT: ReviewTexts.tr(
            "Two versions were filed apart from each other. The owner has to join them in a new one."
        ),
        Phase.HELD: ReviewTexts.tr("Something of this use case has to be settled before an approval can count."),
        Phase.WITHDRAWN: ReviewTexts.tr("The business no longer wants it. It can be filed again."),
    }
    return words.get(Phase(phase), "")


def party_words(party: str) -> str:
    words = {
        "owner": ReviewTexts.tr("the owner"),
        "cio": ReviewTexts.tr("the CIO"),
        "ciso": ReviewTexts.tr("the CISO"),
        "records": ReviewTexts.tr("the records team"),
    }
    return words.get(party, party)


def turn_words(turn: Sequence[str], mine: Iterable[str] = ()) -> str:
    """Whose turn it is, with “you” for my own part. ``mine`` are the parties I am."""
    if not turn:
        return ReviewTexts.tr("Nobody’s turn")
    yours = set(mine) & set(turn)
    others = [party_words(party) for party in turn if party not in yours]
    if not yours:
        return ReviewTexts.tr("Turn of {who}").format(who=_joined(others))
    return ReviewTexts.tr("You and {who}").format(who=_joined(others)) if others else ReviewTexts.tr("Your turn")


def age_words(days: int) -> str:
    """How long ago, in days."""
    if days <= 0:
        return ReviewTexts.tr("today")
    return ReviewTexts.tr("yesterday") if days == 1 else ReviewTexts.tr("%Ln days ago", "", days)


def left_words(days: int) -> tuple[str, Tone]:
    """How much time is left, and how pressing that is."""
    if days < 0:
        return ReviewTexts.tr("%Ln days over", "", -days), Tone.BAD
    if days == 0:
        return ReviewTexts.tr("due today"), Tone.WARN
    return ReviewTexts.tr("%Ln days left", "", days), Tone.WARN if days <= 3 else Tone.NEUTRAL


def _joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return ReviewTexts.tr("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


class ReviewTexts(Texts):
    pass

"""The words for values of the domain, in one place, so that every screen says the same: phase, tier, stage, turn, role.

Values that are not known here, such as those of a newer version, are shown as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intake.domain.case.phases import EXPIRED, Phase, RecordGroup
from intake.domain.terms.done_without import DoneWithout
from ui.texts import Texts
from ui.theme import Tone
from ui.words.ring import Half, RingState


def phase_words(phase: str) -> str:
    """The phase of the newest revision, in as few words as a list has room for."""
    words: dict[str, str] = {
        Phase.REVIEW: ValueTexts.tr("Waits for review"),
        Phase.COUNTERSIGN: ValueTexts.tr("One office has signed"),
        Phase.TERMS_DIFFER: ValueTexts.tr("Terms differ"),
        Phase.CHANGES_REQUESTED: ValueTexts.tr("Changes requested"),
        Phase.DECLINED: ValueTexts.tr("Declined"),
        Phase.DECIDED: ValueTexts.tr("Decided"),
        Phase.ACCEPTANCE: ValueTexts.tr("Awaits acceptance"),
        Phase.SUSPENDED: ValueTexts.tr("Suspended"),
        Phase.CONTESTED: ValueTexts.tr("To be confirmed"),
        Phase.CONFLICT: ValueTexts.tr("Two revisions"),
        Phase.ON_HOLD: ValueTexts.tr("On hold"),
        Phase.WITHDRAWN: ValueTexts.tr("Withdrawn"),
        Phase.RETIRED: ValueTexts.tr("Retired"),
        EXPIRED: ValueTexts.tr("Expired"),
    }
    return words.get(phase, phase)


def shared_reference() -> str:
    """What stands before all else in a line whose reference another use case bears too; the page of the case says more."""
    return ValueTexts.tr("Reference borne twice")


def record_group_words(group: str) -> str:
    """What became of records, for the list of them; ``any`` are all."""
    words: dict[str, str] = {
        "any": ValueTexts.tr("All records"),
        RecordGroup.UNDECIDED: ValueTexts.tr("Signed, not decided"),
        RecordGroup.ENDED: ValueTexts.tr("Decided, not in force now"),
    }
    return words.get(group) or phase_words(group)


def waived_words(waived: str) -> str:
    """The gravest that the terms in force do without. It has to be told from a stage, and from a use case to which nobody commits
    anything: the list shows it alone.
    """
    words: dict[str, str] = {
        DoneWithout.PILOT: ValueTexts.tr("Without a pilot"),
        DoneWithout.EVIDENCE: ValueTexts.tr("Without expected evidence"),
        DoneWithout.COMMITMENTS: ValueTexts.tr("Commitments given up"),
    }
    return words.get(waived, waived)


def phase_tone(phase: str) -> Tone:
    tones: dict[str, Tone] = {
        Phase.REVIEW: Tone.INFO,
        Phase.COUNTERSIGN: Tone.INFO,
        Phase.TERMS_DIFFER: Tone.WARN,
        Phase.CHANGES_REQUESTED: Tone.WARN,
        Phase.DECLINED: Tone.BAD,
        Phase.DECIDED: Tone.GOOD,
        Phase.ACCEPTANCE: Tone.WARN,
        Phase.SUSPENDED: Tone.BAD,
        Phase.CONTESTED: Tone.WARN,
        Phase.CONFLICT: Tone.WARN,
        Phase.ON_HOLD: Tone.WARN,
        EXPIRED: Tone.BAD,
    }
    return tones.get(phase, Tone.NEUTRAL)


def phase_sentence(phase: str) -> str:
    """What a phase means for everybody, in one plain sentence."""
    words: dict[str, str] = {
        Phase.REVIEW: ValueTexts.tr("Neither the CIO nor the CISO has given an opinion on the newest revision yet."),
        Phase.COUNTERSIGN: ValueTexts.tr(
            "One office approves. The decision exists when the other signs the same terms."
        ),
        Phase.TERMS_DIFFER: ValueTexts.tr(
            "Both offices approve, but on different terms. Nothing is decided until they agree."
        ),
        Phase.CHANGES_REQUESTED: ValueTexts.tr("An office asks the owner to change the use case and file it again."),
        Phase.DECLINED: ValueTexts.tr("An office declined. The owner may change the use case and file it again."),
        Phase.DECIDED: ValueTexts.tr("Both offices signed the same terms on the same revision."),
        Phase.ACCEPTANCE: ValueTexts.tr(
            "Both offices decided otherwise than was filed. It holds once the owner has accepted it."
        ),
        Phase.SUSPENDED: ValueTexts.tr(
            "An office stopped it after the decision. It must not run until both offices have lifted that."
        ),
        Phase.CONTESTED: ValueTexts.tr(
            "The offices moved while apart. Each has to look at what the other did and sign again."
        ),
        Phase.CONFLICT: ValueTexts.tr(
            "Two revisions were filed apart from each other. The owner has to join them in a new one."
        ),
        Phase.ON_HOLD: ValueTexts.tr("Something of this use case has to be settled before an approval can count."),
        Phase.WITHDRAWN: ValueTexts.tr("The business no longer wants it. It can be filed again."),
        Phase.RETIRED: ValueTexts.tr("Its owner has ended the use. Only a new revision opens it again."),
        EXPIRED: ValueTexts.tr(
            "The last day of what was in force is past, so nothing of it may run. The owner files it again, or accepts what both "
            "offices decided since."
        ),
    }
    return words.get(phase, "")


def tier_words(tier: str) -> str:
    return {
        "minimal": ValueTexts.tr("Minimal risk"),
        "limited": ValueTexts.tr("Limited risk"),
        "high": ValueTexts.tr("High risk"),
        "prohibited": ValueTexts.tr("Prohibited"),
    }.get(tier, tier or ValueTexts.tr("Not assessed"))


def tier_tone(tier: str) -> Tone:
    return {"minimal": Tone.GOOD, "limited": Tone.INFO, "high": Tone.WARN, "prohibited": Tone.BAD}.get(
        tier, Tone.NEUTRAL
    )


def stage_words(stage: str) -> str:
    return {
        "idea": ValueTexts.tr("Idea"),
        "pilot": ValueTexts.tr("Pilot"),
        "scaled": ValueTexts.tr("Scaled"),
        "retired": ValueTexts.tr("Retired"),
    }.get(stage, stage)


def party_words(party: str) -> str:
    return {
        "owner": ValueTexts.tr("the owner"),
        "cio": ValueTexts.tr("the CIO"),
        "ciso": ValueTexts.tr("the CISO"),
        "records": ValueTexts.tr("the records team"),
    }.get(party, party)


def turn_words(turn: Sequence[str], mine: Iterable[str] = ()) -> str:
    """Whose turn it is, with “you” for my own part. ``mine`` are the parties I am."""
    if not turn:
        return ValueTexts.tr("Nobody’s turn")
    yours = set(mine) & set(turn)
    others = [party for party in turn if party not in yours]
    if not others:
        return ValueTexts.tr("Your turn")
    who = _joined([party_words(party) for party in others])
    if yours:
        return ValueTexts.tr("You and {who}").format(who=who)
    if set(others) == {"cio", "ciso"}:
        return ValueTexts.tr("Both offices’ turn")
    known = {
        "owner": ValueTexts.tr("Owner’s turn"),
        "cio": ValueTexts.tr("CIO’s turn"),
        "ciso": ValueTexts.tr("CISO’s turn"),
        "records": ValueTexts.tr("Records team’s turn"),
    }
    alone = known.get(others[0]) if len(others) == 1 else None
    return alone or ValueTexts.tr("Turn of {who}").format(who=who)


def unsigned_words(count: int) -> str:
    """How many changes of terms somebody made and has not signed, as lists, the case page and the review say it."""
    return ValueTexts.tr("%Ln changes of yours not signed", "", count)


def open_words(count: int) -> str:
    """How many remarks are open."""
    return ValueTexts.tr("%Ln open remarks", "", count) if count else ValueTexts.tr("No open remarks")


def overdue_words(count: int) -> str:
    """How many commitments are past their day: conditions, controls and duties alike."""
    return ValueTexts.tr("%Ln commitments overdue", "", count)


def role_words(role: str) -> str:
    return {
        "administrator": ValueTexts.tr("Administrator"),
        "cio": ValueTexts.tr("CIO"),
        "ciso": ValueTexts.tr("CISO"),
        "owner": ValueTexts.tr("Business owner"),
        "records": ValueTexts.tr("Records"),
        "auditor": ValueTexts.tr("Auditor"),
    }.get(role, ValueTexts.tr("a role of a newer version: {role}").format(role=role))


def use_words(use: str) -> str:
    """What a key is for, when it is not for signing; else empty."""
    known = {"sign": "", "decrypt": ValueTexts.tr("for decrypting, not for signing")}
    return known.get(use, ValueTexts.tr("for a use of a newer version: {use}").format(use=use))


def half(position: str) -> Half:
    """One half of the ring from the state of an office in a register row."""
    known = {"approve": Half.FILLED, "decline": Half.DECLINED, "changes": Half.CHANGES, "suspend": Half.SUSPENDS}
    return known.get(position, Half.OPEN)


def stuck_words(turn: str) -> str:
    """That it is somebody’s turn (in words) and nobody can take it."""
    return ValueTexts.tr("{turn}, and nobody can act").format(turn=turn.removesuffix("."))


def ring(cio: str, ciso: str, *, over: bool = False) -> RingState:
    """``over``: what they signed has ended."""
    return RingState(cio=half(cio), ciso=half(ciso), over=over)


def _joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return ValueTexts.tr("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


class ValueTexts(Texts):
    pass

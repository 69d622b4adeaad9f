"""What has come to a use case since the owner of a draft looked at it, and that they have to see it before they file.

A revision says that its author knew what is there: it takes the place of the revision before it, reopens what was withdrawn
and leaves behind what the offices said. So it names what its owner has seen, and not what the register happens to hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.domain.acts.kinds.hand_over import HandOverBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.retire import RetireBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.acts.kinds.take_over import TakeOverBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption, worded, words
from intake.domain.case.event import Event
from intake.domain.case.fates import Fate
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import bearing, come_since
from intake.domain.case.verbs import OpinionVerb
from intake.domain.guide.choosing import reopened
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.answers import from_json as answers_from_json
from intake.register.store.drafts import Draft
from intake.services.deciding.verbs import verbs_given
from intake.services.filing.comparing import competing
from intake.services.filing.filed_files import files_here
from intake.services.installation.installation import Installation

_SOME = 3
_DECIDED = (Fate.IN_FORCE, Fate.SUSPENDED, Fate.ON_HOLD)


class NotSeenYet(Refusal):
    what = "{happened} since you began this draft."
    why = "A revision replaces the present state and says that you knew it: nobody’s act is overruled unseen."
    next = "Look at the use case, confirm that you have seen it, and file. Every answer is kept."


class NotKnownWhatWasSeen(NotSeenYet):
    what = "This draft was begun with an earlier version, which did not keep what you had seen of the use case."
    why = "A revision replaces the present state and says that you knew it; nobody can tell any more whether you do."


_BOTH_DECIDED = Caption("NewsBothDecided", "Both offices decided on revision {number}")
_FILED = Caption("NewsFiled", "{name} filed revision {number}")
_WITHDREW = Caption("NewsWithdrew", "{name} withdrew the use case")
_RETIRED = Caption("NewsRetired", "{name} retired the use case")
_HANDED_OVER = Caption("NewsHandedOver", "{name} handed the use case over")
_TOOK_OVER = Caption("NewsTookOver", "{name} took the use case over")
_SEALED = Caption("NewsSealed", "{name} sealed the record")
_SIGNED = Caption("NewsSigned", "{name} signed something ({kind})")
_SPOKE = worded(
    Caption,
    {
        OpinionVerb.APPROVE: ("NewsApproved", "{name} ({office}) approved {revision}"),
        OpinionVerb.APPROVE_MINE: ("NewsApprovedWithOwn", "{name} ({office}) approved {revision} with their own terms"),
        OpinionVerb.PROPOSE: ("NewsProposed", "{name} ({office}) proposed other terms for {revision}"),
        OpinionVerb.CHANGES: ("NewsAskedForChanges", "{name} ({office}) requested changes to {revision}"),
        OpinionVerb.DECLINE: ("NewsDeclined", "{name} ({office}) declined {revision}"),
    },
)
_REVISION = Caption("NewsRevision", "revision {number}")
_ANOTHER_REVISION = Caption("NewsAnotherRevision", "another revision")
_THEN = Caption("NewsThen", "{first}; {rest}")
_MORE = Caption("NewsMore", "and {count} more")


@dataclass(frozen=True, slots=True)
class CaseNews:
    """``said`` is who did what: decisions, then the rest in the order of the case.

    ``seen`` are the acts that the owner has seen once they have looked: what ``confirm`` is given.
    """

    case: str
    seen: tuple[str, ...]
    said: tuple[Reason, ...]
    refusal: NotSeenYet

    @property
    def happened(self) -> tuple[str, ...]:
        """``said`` in words, one sentence each without a full stop."""
        return tuple(map(words, self.said))


def news(installation: Installation, draft: str) -> CaseNews | None:
    """What the owner of a draft has not seen; None for a new use case and when nothing has come.

    Raises NoSuchDraft or NothingFiled.
    """
    found = installation.register.drafts.get(draft)
    return _news(installation, installation.state(found.row.case), found) if found.row.case else None


def require_seen(installation: Installation, state: CaseState, draft: Draft) -> None:
    """Raise NotSeenYet while something has come to the case of a draft that its owner has not confirmed to have seen."""
    found = _news(installation, state, draft)
    if found:
        raise found.refusal


def confirm(installation: Installation, draft: str, seen: Iterable[str]) -> None:
    """Keep that the owner of a draft has looked: at exactly these acts, and at nothing that has come meanwhile.

    Where a revision among them competes with another, what they differ in becomes to choose: no answer is passed over unseen.
    """
    known = frozenset(seen)
    kept = installation.register.drafts.get(draft)
    marked = _to_choose(installation, kept, known)
    answers = {name: answer.as_json() for name, answer in marked.items()}
    fresh = {name: answer.files for name, answer in marked.items() if answer.files and name not in kept.answers}
    installation.register.drafts.see(draft, known, answers, files_here(installation, fresh))


def _to_choose(installation: Installation, kept: Draft, seen: frozenset[str]) -> Mapping[str, Answer]:
    """The answers of the draft that become to choose."""
    found = competing(installation, installation.state(kept.row.case)) if kept.row.case else None
    if found is None:
        return {}
    before = kept.seen or frozenset()
    come = {place for place, side in enumerate(found.sides) if side.id in seen and side.id not in before}
    answers = answers_from_json(kept.answers, draft=True)
    known = {question.id for question in installation.playbook(kept.row.playbook).questions}
    rows = [row for row in found.rows if row.id in known]
    return reopened(rows, [side.name for side in found.sides], answers, come)


def _news(installation: Installation, state: CaseState, draft: Draft) -> CaseNews | None:
    come = come_since(state, draft.seen or ())
    if not come:
        return None
    said = _said(installation, state, come)
    refusal = NotKnownWhatWasSeen() if draft.seen is None else NotSeenYet(happened=_in_short(said))
    return CaseNews(state.case, bearing(state), said, refusal)


def _in_short(said: Sequence[Reason]) -> Reason:
    more = len(said) - _SOME
    *before, last = [*said[:_SOME], *([_MORE(count=more)] if more > 0 else [])]
    for item in reversed(before):
        last = _THEN(first=item, rest=last)
    return last


def _said(installation: Installation, state: CaseState, come: Sequence[Event]) -> tuple[Reason, ...]:
    numbers = {item.id: item.number for item in state.filed}
    verbs = verbs_given(installation, state)
    new = {event.act.id for event in come}
    decided = [pair for pair in state.pairs if pair.fate in _DECIDED and new.intersection(pair.opinions)]
    # What both offices said is one thing that happened: the decision, with its record.
    agreed = {name for pair in decided for name in pair.opinions}
    told = [_BOTH_DECIDED(number=numbers[pair.revision]) for pair in decided]
    told += [
        _did(event, installation.rosters.name(event.act.person), numbers, verbs)
        for event in come
        if event.act.id not in agreed
        and not (isinstance(event.body, SealedBody) and agreed >= set(event.body.opinions))
    ]
    return tuple(dict.fromkeys(told))


def _did(event: Event, name: str, numbers: dict[str, int], verbs: Mapping[str, OpinionVerb]) -> Reason:
    match event.body:
        case RevisionBody():
            return _FILED(name=name, number=numbers.get(event.act.id, "?"))
        case WithdrawBody():
            return _WITHDREW(name=name)
        case RetireBody():
            return _RETIRED(name=name)
        case HandOverBody():
            return _HANDED_OVER(name=name)
        case TakeOverBody():
            return _TOOK_OVER(name=name)
        case OpinionBody() as body:
            known = body.revision in numbers
            revision = _REVISION(number=numbers[body.revision]) if known else _ANOTHER_REVISION()
            return _SPOKE[verbs[event.act.id]](name=name, office=body.office.label, revision=revision)
        case SealedBody():
            return _SEALED(name=name)
        case _:
            return _SIGNED(name=name, kind=event.act.kind)

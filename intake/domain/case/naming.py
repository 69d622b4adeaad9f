"""What the next act of a case names as seen: its newest acts, as far as one act can name them.

Remarks are named where there is room, the latest first: it shows their author that they arrived, and nothing rests on it.

An act names at most ``MAX_AFTER`` others. More than that in parallel are no accident: somebody with a say wrote them
in as many streams. An approval that left some out would be one that had not seen them, so there is none until the
administrators cut off the key. Stopping is always possible: an objection names what it needs, and leaves out the rest.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from intake.domain.acts.envelope import MAX_AFTER
from intake.domain.acts.kinds import ActKind, Body, Effect
from intake.domain.base.refusals import Refusal
from intake.domain.case.event import Event
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import WITH_A_SAY


class TooManyAtOnce(Refusal):
    what = "{count} acts of this use case are parallel, more than one act can name, so nothing can be approved."
    why = "An approval or a revision names the newest acts as seen. Most of these are by {person}, and no program of ours writes so."
    next = "Ask the administrators to cut off that key. Declining, asking for changes and withdrawing are possible now."


def shown(state: CaseState) -> tuple[str, ...]:
    """Every act with a say, remarks too, and what it counts for, in the order of the case: what somebody has looked at before
    they sign. For comparing only; a roster can take away the force of an act that stays.
    """
    return tuple(
        f"{event.act.id} {event.judgement.force}" for event in state.events if event.judgement.force in WITH_A_SAY
    )


def bearing(state: CaseState) -> tuple[str, ...]:
    """The same by id alone, no matter what each counts for: what a draft was begun with, and what its author read."""
    return tuple(event.act.id for event in state.events if event.judgement.force in WITH_A_SAY)


def come_since(state: CaseState, seen: Container[str]) -> tuple[Event, ...]:
    """What bears on the case and is not among ``seen``, in the order of the case: a new revision has to see it.

    A remark is left out: it binds nobody, and an author who has not read it does not name it.
    """
    return tuple(
        event
        for event in state.events
        if event.judgement.force in WITH_A_SAY and event.effect is not Effect.NONE and event.act.id not in seen
    )


def against_naming(state: CaseState) -> TooManyAtOnce | None:
    """Why nothing in favour can be signed on a case, as there is more to be named than an act can name."""
    if len(state.newest) <= MAX_AFTER:
        return None
    count: dict[str, int] = {}
    for event in _events(state, state.newest):
        count[event.act.person] = count.get(event.act.person, 0) + 1
    most = max(sorted(count), key=lambda person: count[person])
    return TooManyAtOnce(count=len(state.newest), person=most)


def named_next(state: CaseState, kind: ActKind[Any], body: Body, *, unread: Container[str] = ()) -> tuple[str, ...]:
    """What an act with this body names in ``after``, in id order. Raises TooManyAtOnce where it would have to leave some out.

    ``unread`` are remarks that its author has not read, and which it does not name.

    An objection names the newest revisions, then the decision it stops, then the newest opinions of its own office, and of
    the rest what comes last in the history.
    """
    if len(state.newest) <= MAX_AFTER:
        room = MAX_AFTER - len(state.newest)
        read = [name for name in state.remarks[::-1] if name not in unread]
        return tuple(sorted((*state.newest, *read[:room])))
    if kind.effect is not Effect.NONE and not kind.objects(body):
        refusal = against_naming(state)
        assert refusal is not None  # the same limit
        raise refusal
    decided = [name for item in (state.in_force, state.decision) if item for name in item.opinions]
    office = kind.office(body)
    own = state.positions[office] if office else ()
    latest = [event.act.id for event in reversed(_events(state, state.newest))]
    ranked = dict.fromkeys((*state.heads, *decided, *own, *latest))
    return tuple(sorted(list(ranked)[:MAX_AFTER]))


def _events(state: CaseState, names: tuple[str, ...]) -> list[Event]:
    asked = frozenset(names)
    return [event for event in state.events if event.act.id in asked]

"""What a checkpoint leaves out when the records team tells which of several rivals is in force.

A checkpoint of everything covers all rivals and so tells nothing. One that tells lists the streams of the organisation
as they were without the others. Of each other rival it is enough to leave out one act that it needs: which one is chosen
so that the version meant stays covered, for one person may have signed for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice, product

from intake.domain.acts.checkpoint import Heads, ListedHead, heads_of, listed
from intake.domain.acts.envelope import Act
from intake.domain.organisation.chain import fold_rosters
from intake.domain.organisation.following import endorsements
from intake.domain.organisation.people import PeopleOf

_TRIES = 200


def settling_heads(
    org: str, acts: Iterable[Act], heads: Mapping[str, Heads], people: PeopleOf, chosen: str, trial: Act
) -> tuple[ListedHead, ...] | None:
    """The heads of the organisation's streams to list so that ``chosen`` comes before its rivals.

    ``acts`` are all acts of the organisation, ``trial`` the checkpoint as it will be signed but for its listing. None
    when no listing by this signer would tell.
    """
    every = tuple(acts)
    now = fold_rosters(org, every, heads, people)
    others = [item.id for item in now.in_force if item.id != chosen]
    given = endorsements(org, every)
    ways = []
    for name in others:
        each = sorted(item.act for item in given.get(name, ()))
        ways.append([(name,), *((act,) for act in each), tuple(each)])
    for without in islice(product(*ways), _TRIES):
        entries = listed(every, [name for names in without for name in names])
        tried = fold_rosters(org, (*every, trial), {**heads, trial.id: heads_of(entries)}, people)
        if chosen in tried.chain and not any(name in tried.chain for name in others):
            return entries
    return None

"""The paper of the records of an organisation: what is in force, and choosing another.

A record is laid out for the paper that the roster of its revision names, so a choice is for what is filed under it.
"""

from __future__ import annotations

from dataclasses import replace

from intake.domain.organisation import changes
from intake.domain.organisation.paper import PAPER_RULE, Paper
from intake.domain.organisation.roster import Roster
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation import people
from intake.services.organisation.people import RosterChange


def in_force(installation: Installation) -> Paper:
    """What the newest roster names; A4 where it names none that is known here."""
    newest = installation.rosters.newest
    given = newest.policy.get(PAPER_RULE) if newest else None
    return next((paper for paper in Paper if paper == given), Paper.A4)


def to_choose(installation: Installation, author: str, wanted: Paper) -> Roster:
    """The next version with this paper. Raises what ``people.in_force`` raises."""
    following = changes.following(people.in_force(installation, author))
    return replace(following, policy={**following.policy, PAPER_RULE: wanted.value})


def choose(installation: Installation, signer: PersonWithKey, wanted: Paper) -> RosterChange:
    """Write and endorse the next version with this paper. Raises what ``to_choose`` and ``people.publish`` raise."""
    return people.publish(installation, signer, to_choose(installation, signer.person, wanted))

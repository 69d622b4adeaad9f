"""How an organisation exchanges: what is in force, and choosing otherwise."""

from __future__ import annotations

from dataclasses import replace

from intake.domain.organisation import changes
from intake.domain.organisation.exchange_rule import EXCHANGE_RULE, Reading, exchanges_confidentially
from intake.domain.organisation.roster import Roster
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation import people
from intake.services.organisation.people import RosterChange


def in_force(installation: Installation) -> Reading:
    """Who can read what travels, by the newest roster."""
    return Reading.CONFIDENTIAL if exchanges_confidentially(installation.rosters) else Reading.OPEN


def to_choose(installation: Installation, author: str, wanted: Reading) -> Roster:
    """The next version that says so. Raises what ``people.in_force`` raises."""
    following = changes.following(people.in_force(installation, author))
    return replace(following, policy={**following.policy, EXCHANGE_RULE: wanted.value})


def choose(installation: Installation, signer: PersonWithKey, wanted: Reading) -> RosterChange:
    """Write and endorse the next version that says so. Raises what ``to_choose`` and ``people.publish`` raise."""
    return people.publish(installation, signer, to_choose(installation, signer.person, wanted))

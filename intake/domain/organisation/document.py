"""A roster version and the act that carries it: the act names its people as a file, the version has them in full."""

from __future__ import annotations

from intake.domain.acts.envelope import MalformedAct
from intake.domain.acts.kinds.roster import PeopleFile, RosterBody
from intake.domain.base.wording import Wording
from intake.domain.organisation.roster import People, Roster

_ROSTER_OF_ONE_ADMINISTRATOR = Wording(
    "RosterOfOneAdministrator", "a roster needs at least two administrators, so that nobody rules alone"
)


def roster_body(roster: Roster, people: PeopleFile) -> RosterBody:
    """The body of the act that carries ``roster``, whose people are in the file ``people``."""
    return RosterBody(
        roster.version,
        roster.previous,
        roster.organisation,
        roster.expires,
        roster.policy,
        roster.playbooks,
        people,
        roster.cutoffs,
    )


def with_people(body: RosterBody, people: People) -> Roster:
    """The whole version. Raises MalformedAct for fewer than two administrators."""
    made = Roster(
        body.version, body.previous, body.organisation, body.expires, body.policy, body.playbooks, people, body.cutoffs
    )
    if len(made.administrators) < 2:
        raise MalformedAct(detail=_ROSTER_OF_ONE_ADMINISTRATOR())
    return made

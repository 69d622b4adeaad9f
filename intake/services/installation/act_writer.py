"""Signing for a service: what is signed is stored, and then everybody who reads it is given access to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from intake.domain.base.refusals import Refusal
from intake.register.store.unsigned import SignedParts
from intake.services.installation.bare_writer import BareWriter
from intake.services.installation.bare_writer import CaseMoved as CaseMoved  # noqa: PLC0414 - raised from here
from intake.services.installation.bare_writer import NotListed as NotListed  # noqa: PLC0414 - as above
from intake.services.installation.bare_writer import OrganisationMoved as OrganisationMoved  # noqa: PLC0414 - as above
from intake.services.installation.bare_writer import SameActStored as SameActStored  # noqa: PLC0414 - as above
from intake.services.installation.bare_writer import require_listed as require_listed  # noqa: PLC0414 - as above
from intake.services.installation.bare_writer import require_unmoved as require_unmoved  # noqa: PLC0414 - as above
from intake.services.installation.bare_writer import stored_behind as stored_behind  # noqa: PLC0414 - as above
from intake.services.installation.giving import give_access
from intake.trust.acts import VerifiedAct


class ActWriter(BareWriter):
    """As ``BareWriter``; who reads the use cases it wrote of, and the organisation, has access to them afterwards."""

    def store(
        self, still: Callable[[], None] = lambda: None, *, draft: str = "", signed: SignedParts | None = None
    ) -> tuple[VerifiedAct, ...]:
        """As ``BareWriter.store``."""
        made = super().store(still, draft=draft, signed=signed)
        # It is signed and stored, whatever comes now: told that it failed, somebody would sign it twice. Access that cannot be
        # given is given with the next signature, and the exchange says what waits for a key.
        with suppress(Refusal):
            give_access(self._installation, self._signer, ("", *(item.act.case_id for item in made)))
        return made

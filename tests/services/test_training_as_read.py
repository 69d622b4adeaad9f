"""A training record names the words that were read, and not what another playbook says by the time it is signed."""

from __future__ import annotations

import pytest

from intake.services.organisation import literacy
from tests.services.offices import Offices


@pytest.mark.attack("another playbook accepted while a training record is signed", refusal="AnotherPlaybookNow")
def test_chapters_of_another_playbook_than_was_read_are_not_signed(offices: Offices) -> None:
    ada = offices.installations["ada"]
    first = literacy.chapters(ada)[0].id

    with pytest.raises(literacy.AnotherPlaybookNow, match="another playbook"):
        literacy.acknowledge(ada, offices.signer("ada"), [first], read_in="0" * 64)
    literacy.acknowledge(ada, offices.signer("ada"), [first], read_in=ada.shelf.current.digest)

    assert first in literacy.records(ada)[0].chapters

"""Wherever something is signed the page says where it is: signed here, sent, or seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intake.services.exchanging import delivery
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.organisation import people
from tests.services.offices import Offices
from tests.ui.visiting import Visit, offices, visit
from ui.context import Changes
from ui.exchange.delivery_line import DeliveryLine
from ui.people.page import PeoplePage

__all__ = ["offices", "visit"]

Open = Callable[[str], Visit]


def line(visit: Visit) -> DeliveryLine:
    (found,) = [item for item in visit.page.findChildren(DeliveryLine) if item.isVisible()]
    return found


@pytest.mark.parametrize("place", [("people", None), ("add-person", None), ("playbook", None), ("start", "found")])
def test_what_an_administrator_signed_is_told_on_every_page_that_signs(
    offices: Offices, visit: Open, place: tuple[str, object]
) -> None:
    bob = offices.installations["bob"]
    people.checkpoint(bob, offices.signer("bob"))
    opened = visit("bob")

    opened.go(*place)

    assert line(opened).chip.text() == "Signed, not sent yet"
    assert line(opened).export.isVisible()
    assert line(opened).text.text().startswith("Signed here: ")


def test_a_roster_act_is_told_on_people_as_it_goes_out_and_is_seen(
    offices: Offices, visit: Open, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    bob = visit("bob")
    page = bob.go("people")
    assert isinstance(page, PeoplePage)
    page.checkpoint_action.trigger()
    bob.settle()
    bob.sign()
    assert line(bob).chip.text() == "Signed, not sent yet"

    FolderExchange(offices.installations["bob"], share).run()
    bob.desktop.context.tell(Changes(people=True))
    bob.settle()
    assert line(bob).chip.text() == "Sent"
    assert delivery.unsent(offices.installations["bob"]).count == 0

"""A register that another version of the program wrote: what it says was sent and seen is worked out again when it is opened."""

from __future__ import annotations

from pathlib import Path

from intake.services.exchanging import delivery
from intake.services.exchanging.folder_exchange import FolderExchange
from tests.services.offices import founded


def test_what_was_sent_and_seen_is_worked_out_again(tmp_path: Path) -> None:
    offices = founded(tmp_path / "organisation")
    case = offices.file()
    share = tmp_path / "share"
    share.mkdir()
    FolderExchange(offices.installations["ada"], share).run()
    register = offices.installations["ada"].register
    with register._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM receipt WHERE item LIKE 'blob/%'")
        connection.exec_driver_sql("UPDATE installation SET value = 'older' WHERE name = 'projections'")
    assert delivery.unsent(offices.installations["ada"]).count == 0

    offices.open("ada")
    ada = offices.installations["ada"]
    ada.register.rejudge()

    assert [item.act for item in delivery.unsent_acts(ada)] == [case]
    offices.close()

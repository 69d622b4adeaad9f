"""What could not be read and can be now: a key has come, and what is kept under it becomes acts and files at once."""

from __future__ import annotations

from intake.exchange.report import ExchangeReport as ExchangeReport  # noqa: PLC0414 - screens import it from here
from intake.exchange.report import Fetch, SendReport
from intake.exchange.report import report_of as report_of  # noqa: PLC0414 - as above
from intake.register.store.receipts import ItemKind
from intake.services.exchanging.left_out import LeftOut
from intake.services.exchanging.opening_files import EncryptedMet, nothing_new, opened
from intake.services.exchanging.reported import reported
from intake.services.exchanging.taking import Taking
from intake.services.installation.installation import Installation
from intake.services.installation.opening import KeysOpened, open_handed
from intake.services.organisation.people import asking_among
from intake.trust.encryption.reader_key import ReaderKey

_KEPT = "encrypted files that were kept here"


def open_and_take(installation: Installation, reader: ReaderKey) -> tuple[KeysOpened, ExchangeReport]:
    """Open the keys that were handed to this reader, and take everything in that can be read now."""
    keys = open_handed(installation, reader)
    known = installation.register.receipts.known
    taking = Taking(installation, _KEPT, LeftOut())

    def look() -> Fetch:
        return opened(
            installation,
            _KEPT,
            nothing_new(),
            EncryptedMet(),
            known=lambda kind, name: known(ItemKind(kind.value), name),
            wanted=taking.named,
        )

    taking.take(look)
    installation.register.rejudge()
    return keys, reported(
        SendReport(), taking.totals, [nothing_new()], asking_among(installation, taking.totals.enrolments)
    )

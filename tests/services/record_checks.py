"""All records of a list judged to the end, or until it is stopped, as the screen does it job by job."""

from __future__ import annotations

from collections.abc import Callable

from intake.services.deciding.records_at_hand import Judge
from intake.services.installation.installation import Installation
from intake.services.lists.record_check import RecordsChecked, begin_check, check_on
from intake.services.lists.table_file import ListedCases


def check_records(
    installation: Installation,
    judge: Judge,
    listed: ListedCases,
    progress: Callable[[int, int, str], None] = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> RecordsChecked:
    found, before = begin_check(installation, listed), -1
    while found.left and len(found.left) != before:
        before = len(found.left)
        found = check_on(installation, judge, found, progress, stopped)
    return found

"""What was found about a record and how a page of it looks, for screens that only show it.

These are the answers of ``judge.verify_record`` and ``show.draw``; reading them needs nothing that opens a file.
"""

from __future__ import annotations

from intake.records.preview import Picture as Picture  # noqa: PLC0414 - screens import these from here
from intake.records.proof.verdict import RecordVerdict as RecordVerdict  # noqa: PLC0414
from intake.records.proof.verdict import SignatureFinding as SignatureFinding  # noqa: PLC0414
from intake.services.proving.judged import StatementJudged as StatementJudged  # noqa: PLC0414

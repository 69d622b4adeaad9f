"""What an exchange did, put together from what was sent and what was taken."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption, together
from intake.exchange.report import ExchangeReport as ExchangeReport  # noqa: PLC0414 - screens import it from here
from intake.exchange.report import Fetch, SendReport
from intake.exchange.report import report_of as report_of  # noqa: PLC0414 - as above
from intake.services.exchanging.taken import ImportTotals

RE_EVALUATING = Caption("StepReEvaluating", "Re-evaluating use cases")


def sent_before(refusal: Refusal) -> SendReport:
    """What was sent before the sending was refused."""
    found = refusal.facts.get("report")
    return found if isinstance(found, SendReport) else SendReport()


def reported(
    sent: SendReport,
    taken: ImportTotals,
    looks: list[Fetch],
    asking: tuple[str, ...],
    stopped: Sequence[Refusal] = (),
    notes: Sequence[Reason] = (),
) -> ExchangeReport:
    """What both directions did. The refusal that is raised speaks for itself; one more is among the notes, and ``notes`` are what the carrier has
    to say.
    """
    more = [item for item in stopped[1:] if item.given != stopped[0].given]
    return ExchangeReport(
        new=taken.new,
        known=taken.known,
        waiting=taken.waiting,
        refused=taken.refused,
        sent=sent.sent,
        already_there=sent.already_there,
        problems=(*sent.problems, *taken.problems),
        notes=(
            *(together(item.given, item.told("next")) for item in more),
            *notes,
            *sent.notes,
            *taken.notes,
            *(looks[0].report.notes if looks else ()),
        ),
        cancelled=looks[-1].report.cancelled if looks else sent.cancelled,
        cases=frozenset(taken.cases),
        unsent=sent.left,
        stopped=bool(stopped),
        asking=asking,
    )

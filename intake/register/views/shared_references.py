"""The alarm on use cases that bear one reference: whoever says it could mean either.

A reference is a part of the id of a case, which is a digest. By chance two cases never have the same; who files may make
case after case until two of theirs do, or, with a great deal of work, until one has that of somebody else.

The notes of a case are otherwise a function of its own acts. This one is of two cases, so it is written on all of them
whenever one of them is folded, in an order that tells nothing of which came first.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from intake.domain.base.reasons import facts_as_text
from intake.domain.base.wording import Wording
from intake.domain.case.summary import reference
from intake.register.store import schema
from intake.register.store.statements import Statement
from intake.register.views.counting import COUNT
from intake.register.views.projector import NoteSort

SHARED_REFERENCE = "SharedReference"
"""The code of the alarm."""
_SHARED = Wording(
    "SharedReference",
    "another use case bears the same reference: “{title}”. It was made so on purpose. Its whole id is {other}, that of this "
    "use case is {case}; say the title and the id of the one that is meant",
)


def tell_of_shared(connection: Connection, case_id: str) -> None:
    """Write the alarm on every case that bears the reference of this one, and take it off one that is left alone with it."""
    bearers = _BEARERS.run(connection, reference=reference(case_id)).all()
    for pk, case, _, alarms in bearers:
        told = _TOLD.run(connection, pk=pk, code=SHARED_REFERENCE).scalars().all()
        reasons = [
            _SHARED(title=title, other=other, case=case) for other_pk, other, title, _ in bearers if other_pk != pk
        ]
        if list(map(facts_as_text, reasons)) == list(told):
            continue
        _FORGET.run(connection, pk=pk, code=SHARED_REFERENCE)
        after = _LAST.run(connection, pk=pk).scalar()
        rows = [
            {
                "case_pk": pk,
                "sort": NoteSort.ALARM.value,
                "position": position,
                "act_id": case,
                "code": reason.code,
                "facts": facts_as_text(reason),
                "waits_for": "",
            }
            for position, reason in enumerate(reasons, start=0 if after is None else after + 1)
        ]
        _WRITE.run_each(connection, rows)
        become = alarms - len(told) + len(rows)
        _SET_ALARMS.run(connection, of=pk, count=become)
        if step := bool(become) - bool(alarms):
            COUNT.run(connection, facet="alarms", value="", count=step)


_row, _note = schema.case_row, schema.case_note
_BEARERS = Statement(
    select(_row.c.pk, schema.use_case.c.case_id, _row.c.title, _row.c.alarms)
    .join(schema.use_case, schema.use_case.c.pk == _row.c.pk)
    .where(_row.c.reference == bindparam("reference"))
    .order_by(schema.use_case.c.case_id)
)
_of_case = _note.c.case_pk == bindparam("pk")
_TOLD = Statement(select(_note.c.facts).where(_of_case, _note.c.code == bindparam("code")).order_by(_note.c.position))
_LAST = Statement(select(func.max(_note.c.position)).where(_of_case))
_FORGET = Statement(delete(_note).where(_of_case, _note.c.code == bindparam("code")))
_WRITE = Statement(insert(_note))
_SET_ALARMS = Statement(update(_row).where(_row.c.pk == bindparam("of")).values(alarms=bindparam("count")))

"""What a notice says, in order: one page that names the record which an act changes, and the act.

Everything follows from the act, the revision and the rosters they name, as in a record (``composing``).
"""

from __future__ import annotations

from intake.domain.acts.kinds.hand_over import HandOverBody
from intake.domain.acts.kinds.lift import LiftBody
from intake.domain.acts.kinds.retire import RetireBody
from intake.domain.acts.kinds.suspend import SuspendBody
from intake.domain.base.words import spoken
from intake.domain.case.summary import reference
from intake.records.content import (
    Block,
    Heading,
    KeyValues,
    Paragraph,
    PrintedDigest,
    PrintedNotice,
    RecordContent,
    RecordKind,
)
from intake.records.editions.e1 import papers
from intake.records.editions.e1.wording import SIGNERS
from intake.records.notice_file import NoticeFile, signed_as

_LEFT = {"data": "Data", "access": "Access", "model": "Model", "contract": "Contract"}
_NOTHING = "Nothing to do"
_SOME = 12
"""So many suspensions are listed by name; the act names them all."""


def notice(file: NoticeFile) -> RecordContent:
    """The page of one act. Its author signs it."""
    revision, act = file.revision, file.act.act
    field = signed_as(file.act)
    assert field is not None  # nobody prints a notice of another act
    subtitle, says, reason, blocks = _said(file, SIGNERS[field])
    org, listed = file.rosters.org, file.rosters.chain[act.roster].roster
    changes = (("Record it changes", file.changes),) if file.changes else ()
    return RecordContent(
        kind=RecordKind.NOTICE,
        reference=reference(file.state.case),
        title=revision.body.title,
        subtitle=subtitle,
        organisation=org,
        organisation_name=listed.organisation,
        organisation_words=spoken(org),
        dated=act.at,
        paper=papers.of(listed),
        digests=(
            PrintedDigest("Act", act.id),
            PrintedDigest("Revision", revision.id),
            *(PrintedDigest(label, digest) for label, digest in changes),
        ),
        summary=(
            KeyValues(
                (
                    ("Business unit", revision.body.unit),
                    ("Revision", str(revision.number)),
                    ("Signed by", file.called(act.person)),
                    *((label, _grouped(digest)) for label, digest in changes),
                    ("Act", _grouped(act.id)),
                )
            ),
            PrintedNotice(says),
            *blocks,
            Heading("Reason"),
            Paragraph(reason),
        ),
        sections=(),
        facts={
            "organisation": org,
            "case": file.state.case,
            "revision": revision.id,
            "act": act.id,
            "kind": act.kind,
            "changes": file.changes,
            "reason": reason,
        },
        signers=(field,),
    )


def _grouped(digest: str) -> str:
    """A SHA-256 as people compare it by eye; where it does not fit on a line it breaks between groups."""
    return " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))


def _said(file: NoticeFile, signer: str) -> tuple[str, str, str, tuple[Block, ...]]:
    """Subtitle, what the act does, why, and what else it says."""
    match file.act.body:
        case SuspendBody(reason=reason):
            says = (
                f"The {signer} suspends this use case. It must not run until both offices have lifted the suspension."
            )
            return f"Suspended by the {signer}", says, reason, ()
        case LiftBody(reason=reason, suspensions=names):
            says = f"The {signer} lifts what is named below. It may run again only once both offices have lifted all of it."
            some = tuple(("Act that suspends", _grouped(name)) for name in names[:_SOME])
            more = (("And more", str(len(names) - _SOME)),) if len(names) > _SOME else ()
            return f"Suspension lifted by the {signer}", says, reason, (KeyValues((*some, *more)),)
        case RetireBody(reason=reason, left_behind=left):
            rows = tuple((_LEFT[name], text or _NOTHING) for name, text in left)
            says = "The use has ended. It must not run."
            return "Retired by its owner", says, reason, (Heading("What the use leaves behind"), KeyValues(rows))
        case HandOverBody(reason=reason, successor=successor):
            who = file.called(successor)
            says = f"The owner hands this use case over to {who}. {who} answers for it from when they take it over."
            return "Handed over by its owner", says, reason, ()
        case _:
            raise AssertionError("nobody prints a notice of another act")

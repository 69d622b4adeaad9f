"""The kinds of acts this version knows, one module each.

A new kind is a module here and a place in ``KINDS``; outside the domain it needs words, and a record edition when it makes
paper. ``tests/domain/test_new_kinds.py`` shows both a note and a kind that objects.
"""

from intake.domain.kinds.checkpoint import CHECKPOINT
from intake.domain.kinds.comment import COMMENT
from intake.domain.kinds.description import ActKind, Body, Effect, Office, Place, Signers, is_note
from intake.domain.kinds.endorse import ENDORSE
from intake.domain.kinds.enrol import ENROL
from intake.domain.kinds.known import ActKinds
from intake.domain.kinds.opinion import OPINION
from intake.domain.kinds.revision import REVISION
from intake.domain.kinds.roster import ROSTER
from intake.domain.kinds.sealed import SEALED
from intake.domain.kinds.training import TRAINING
from intake.domain.kinds.withdraw import WITHDRAW

__all__ = [
    "CHECKPOINT",
    "COMMENT",
    "ENDORSE",
    "ENROL",
    "KINDS",
    "OPINION",
    "REVISION",
    "ROSTER",
    "SEALED",
    "TRAINING",
    "WITHDRAW",
    "ActKind",
    "ActKinds",
    "Body",
    "Effect",
    "Office",
    "Place",
    "Signers",
    "is_note",
]

KINDS = ActKinds((ROSTER, ENDORSE, ENROL, CHECKPOINT, TRAINING, REVISION, OPINION, WITHDRAW, SEALED, COMMENT))

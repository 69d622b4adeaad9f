"""The fold: from the set of acts of one case to its state, by the rules R1 to R9 of the design.

``fold_case`` is the only door. It is a pure function of a set: any order, any repetition and any way of splitting the
acts between registers that later merge give the identical state. It has no clock; what time adds is in ``status``.

Reading order: ``graph`` (who descends from whom, what waits), ``streams`` (forks), ``judge`` (what each act may do),
``pairs`` (when two opinions are a decision), ``beyond`` (what only a newer version can judge), ``seals`` and ``record_files`` (which file is its record), ``repeats`` (what has
been said already), ``unseen`` (what holds a decision unawares), ``case`` (the state, and whose turn it is).
"""

from intake.domain.fold.case import WITH_A_SAY, CaseState, Decision, fold_case
from intake.domain.fold.seals import BLANK, RecordFile, RecordFiles, no_record_files
from intake.domain.phases import Outcome, Phase, RecordState

__all__ = [
    "BLANK",
    "WITH_A_SAY",
    "CaseState",
    "Decision",
    "Outcome",
    "Phase",
    "RecordFile",
    "RecordFiles",
    "RecordState",
    "fold_case",
    "no_record_files",
]

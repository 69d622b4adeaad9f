"""Why a roster version is not signed: it could never count, no matter who else signs it."""

from __future__ import annotations

from intake.domain.base.refusals import Refusal


class NobodyToEndorse(Refusal):
    what = "Nothing was signed, because this roster version could never count."
    why = "Who gains an office by a version endorses nothing in it. For this one, {problem}."
    next = "List a third administrator first, or as many as are missing, and give the office once they are in force."


class SecondNewKey(Refusal):
    what = "Nothing was signed, because this roster version could never count: {problem}."
    why = "Each new key is compared by voice with its owner, and nobody reads out two at once."
    next = "List one key in this version, and another one in the next."

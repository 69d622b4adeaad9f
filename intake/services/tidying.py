"""Drafts that were filed although the program stopped before it could remove them.

Apart from ``filing``, because it runs whenever a register is opened and needs none of what signing needs.
"""

from __future__ import annotations

from intake.register.register import Register

_FILED_AS = "filed as/"


def note(register: Register, draft: str, act: str) -> None:
    """Remember, before the revision is stored, which act a draft becomes."""
    register.installation.set(_FILED_AS + draft, act)


def tidy(register: Register) -> int:
    """Remove drafts whose revision is stored; gives how many."""
    done = 0
    for row in register.drafts.listed():
        act = register.installation.setting(_FILED_AS + row.id)
        if act and register.queries.has_act(act):
            register.drafts.finish(row.id)
            done += 1
    return done

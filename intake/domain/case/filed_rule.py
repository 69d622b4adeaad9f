"""Whether a revision is what the guide files: asked of who can read playbooks, for judging approvals (rule R10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base.reasons import Reason

FiledRule: TypeAlias = Callable[[str, RevisionBody, int], Reason | None]
"""Tells of a revision (act id and body), by the playbook it names and the engine with a number, why the guide would never
have filed it. None when it would, or when the bytes of the playbook are not here, and the revision is believed."""

"""How acts, files and people are named, wherever they are named."""

from __future__ import annotations

import re

from intake.domain.base.canonical import Json

ID = re.compile(r"[0-9a-f]{64}")
PERSON = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")

QUESTION = re.compile(r"[a-z][a-z0-9_]{0,39}(?:\.[a-z][a-z0-9_]{0,39})?")
"""A question of a playbook."""


def is_id(value: Json) -> bool:
    """Whether ``value`` is written as an act id, blob id or digest is: 64 lower-case hexadecimal digits."""
    return isinstance(value, str) and ID.fullmatch(value) is not None


def is_person_id(value: Json) -> bool:
    """Whether ``value`` can be a person id: 1 to 64 of ``a-z 0-9 . _ -``, not starting or ending with a sign."""
    return isinstance(value, str) and PERSON.fullmatch(value) is not None

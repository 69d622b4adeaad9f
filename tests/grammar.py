"""A library that reads a grammar for two seconds when it is imported, put off until somebody asks it something.

``jsonschema`` imports ``rfc3987_syntax`` wherever it is installed, to judge what a schema calls an IRI. The program is shipped
without it; of the tests only those need it that compare us with the reference library of CycloneDX.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

NAME = "rfc3987_syntax"


def put_off() -> None:
    """Before anything imports ``jsonschema``."""
    module = ModuleType(NAME)
    module.is_valid_syntax = _is_valid_syntax  # type: ignore[attr-defined]
    sys.modules.setdefault(NAME, module)


def _is_valid_syntax(term: str, text: str) -> bool:
    if sys.modules[NAME].__spec__ is None:
        del sys.modules[NAME]
    return bool(importlib.import_module(NAME).is_valid_syntax(term, text))

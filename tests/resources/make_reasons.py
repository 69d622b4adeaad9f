"""Brings the catalogue of reasons and refusals in another language up to date: ``python -m tests.resources.make_reasons de``.

What is translated stays, what is new stands there in English, and what the source no longer has is left out.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path

import intake
import resources
import ui
from intake.domain.base.wording import sources
from tests.languages import translatable


def load_everything() -> None:
    """Every module that can have a wording or a refusal."""
    for package in (intake, ui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def made(translated: dict[str, str]) -> str:
    load_everything()
    whole = {key: english for key, english in sources().items() if english}
    whole |= {key: said for key, said in translated.items() if translatable(key)}
    return json.dumps(dict(sorted(whole.items())), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    file = Path(resources.__file__).parent / "i18n" / f"reasons_{sys.argv[1]}.json"
    translated = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    file.write_text(made(translated), encoding="utf-8")


if __name__ == "__main__":
    main()

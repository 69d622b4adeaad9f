"""What Countersign stands on is named with its licence, and nothing is forgotten."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from ui.help.about import STANDS_ON, licences

ROOT = Path(__file__).resolve().parents[2]


def test_every_library_is_named_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert {name for name, _ in STANDS_ON} == {Requirement(line).name for line in project["dependencies"]}


def test_fonts_and_schemas_of_others_are_named_too() -> None:
    assert licences().splitlines()[-2:] == ["Noto fonts, SIL Open Font License 1.1", "CycloneDX schemas, Apache-2.0"]

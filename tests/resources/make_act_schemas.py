"""Writes the JSON Schema of each kind of act into ``resources/schema/acts``. ``python -m tests.resources.make_act_schemas``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from intake.domain.acts.kinds import KINDS, ActKind
from intake.domain.acts.kinds.schema import schema

FOLDER = Path(__file__).resolve().parents[2] / "resources/schema/acts"


def text(kind: ActKind[Any]) -> str:
    return json.dumps(schema(kind), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for kind in KINDS:
        (FOLDER / f"{kind.name}.json").write_text(text(kind), encoding="utf-8")


if __name__ == "__main__":
    main()

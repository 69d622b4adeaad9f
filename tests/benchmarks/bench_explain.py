"""How long the window stands still after a key of the search that explains the playbook: 50 ms are noticed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial

from intake.domain.playbook.explained import explained, found
from tests.benchmarks.harness import Row
from tests.benchmarks.turns import turns_row
from tests.core import CORE
from ui.application import application
from ui.explain.tree import ItemTree
from ui.theme import Theme

TYPED = "personal data"


def rows() -> Iterator[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    Theme(app)
    items = explained(CORE)
    tree = ItemTree("Everything explained")
    tree.resize(500, 700)
    tree.show()

    def key(text: str) -> None:
        tree.set_items(found(items, text))

    keys = [partial(key, TYPED[:count]) for count in range(len(TYPED) + 1)]
    yield turns_row(f"explain: a key of the search in {len(items)} items", *keys)

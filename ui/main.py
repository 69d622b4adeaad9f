"""Where the window's program begins: the app, or in a frozen copy also the part that takes pictures of its screens."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from types import ModuleType

from ui.importing import plain_imports


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; gives its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    if words[:1] == ["--demo-screens"]:
        # In a frozen copy there is no other way to this part.
        from ui.pictures import demo

        return demo.main(words[1:])
    return int(load_app().main(words))


def load_app() -> ModuleType:
    """Import ``ui.app``, in the manner that shows the window soonest.

    Garbage is not looked for: what is imported stays. (Once there are lanes of work, they decide when it is.)
    """
    gc.disable()
    import PySide6.QtCore  # noqa: F401

    plain_imports()
    from ui import app

    return app


if __name__ == "__main__":
    raise SystemExit(main())

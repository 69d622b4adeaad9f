"""Where the window's program begins: the app, or in a frozen copy also the part that takes pictures of its screens."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from types import ModuleType


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; gives its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    if words[:1] == ["--demo-screens"]:
        # In a frozen copy there is no other way to this part.
        from ui.pictures import demo

        return demo.main(words[1:])
    return int(load_app().main(words))


def load_app() -> ModuleType:
    """Import ``ui.app``, in the order and the manner that show the window soonest.

    Garbage is not looked for: what is imported stays. (Once there are lanes of work, they decide when it is.) And what needs
    no Qt comes first, because PySide6 reads the source text of every module imported after it, looking for its own name.
    """
    gc.disable()
    import intake.services.installation.reaching
    import intake.services.installation.settings_file
    import intake.services.lists.first  # noqa: F401 - see above
    from ui import app

    return app


if __name__ == "__main__":
    raise SystemExit(main())

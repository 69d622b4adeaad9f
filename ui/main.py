"""Where the window's program begins: the app, or in a frozen copy also the part that takes pictures of its screens."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; gives its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    if words[:1] == ["--demo-screens"]:
        # In a frozen copy there is no other way to this part.
        from ui.pictures import demo

        return demo.main(words[1:])
    from ui import app

    return app.main(words)


if __name__ == "__main__":
    raise SystemExit(main())

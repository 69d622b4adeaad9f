"""Words that people wrote, as a tooltip: Qt runs markup in one, and loads what it names, where the text looks like it."""

from __future__ import annotations


def plain_tip(text: str) -> str:
    """What a tooltip is set to for ``text`` to be shown as it is."""
    return f'<p style="white-space:pre-wrap">{text.translate(_MARKUP)}</p>' if "<" in text else text


_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
"""As ``html.escape`` does it, which brings the names of all characters along."""

"""Whether a file is a page that runs something when it is opened: HTML, SVG, or XML with either in it.

A browser judges by the name first and then by how the content begins, in UTF-8 or UTF-16, so both are looked at, whatever a
number at the start says: a picture that is called a page is one. What is looked for is coarse on purpose. A page without
scripts can always be saved as PDF; one that hides a script must not pass.
"""

from __future__ import annotations

import html
import re

PAGES = {
    "html": "text/html", "htm": "text/html", "xhtml": "text/html", "xht": "text/html", "shtml": "text/html",
    "svg": "image/svg+xml", "mht": "text/html", "mhtml": "text/html",
}  # fmt: skip
"""Endings that a browser takes as a page."""

_ACTIVE = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:script|iframe|frame|object|embed|applet|portal|handler|listener)\b"
    r"|http-equiv\s*=|[\s/\"'\x00]on[a-z]{3,30}\s*=|data:text/html|<!entity",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:java|vb|live)script:", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\xad\u200b-\u200f\ufeff]+")
"""What browsers leave out of the beginning of an address."""
_OF_A_PAGE = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:!doctype\s+(?:html|svg)|html|head|body|script|svg|iframe|style|title|meta|link|base|form|table|div|img"
    r"|font|span|br|p|a|b|i|h[1-6])\b",
    re.IGNORECASE,
)
_NAMESPACE = re.compile(r"http://www\.w3\.org/(?:1999/xhtml|2000/svg)")
"""By which a browser takes parts of XML for a page."""
_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*(?:<!doctype\s+)?<?(?:[\w.-]{1,40}:)?(html|svg)\b",
    re.IGNORECASE | re.DOTALL,
)
_LOOK = 64 << 10


def is_page(data: bytes, ending: str) -> bool:
    """Whether a browser may take it as a page: by its ending (small letters, no dot), or by how it begins."""
    if ending in PAGES or page_kind(data):
        return True
    begins = text_of(data[:_LOOK]).lstrip()
    if begins[:1] != "<":
        return False
    text = text_of(data)
    as_xml = ending == "xml" or begins.startswith("<?xml")
    return bool(_NAMESPACE.search(html.unescape(text)) or (not as_xml and _OF_A_PAGE.search(text)))


def runs_something(data: bytes) -> bool:
    """Whether a page holds a script, an address that is one, or something foreign that is opened with it."""
    text = text_of(data)
    plain = html.unescape(text)
    in_text = _ACTIVE.search(text) or (plain != text and _ACTIVE.search(plain))
    return bool(in_text or _ADDRESS.search(_IGNORED.sub("", plain)))


def page_kind(data: bytes) -> str:
    """The media type of a page by its outermost element; empty for what has neither of the two."""
    found = _ROOT.match(text_of(data[:_LOOK]).lstrip())
    return "" if found is None else "text/html" if found[1].lower() == "html" else "image/svg+xml"


def text_of(data: bytes) -> str:
    """The text in UTF-16 where its mark says so, else in UTF-8; what is neither is replaced, and what is ASCII stays."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")

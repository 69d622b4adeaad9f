"""What a signature looks like on the page: why, who signed, when, with which key, and its half of the ring, filled.

The reason of an office stands here and not in the base, which has to be the same before anybody has said one.

Made as our own small PDF rather than by pyHanko's text stamp, which writes wrong widths for fonts of 2048 units
and does not embed its default font. A viewer shows it whether or not the signature holds: it proves nothing.
"""

from __future__ import annotations

from datetime import UTC
from io import BytesIO

from intake.records.content import SignatureField
from intake.records.editions.e1 import ring, wording
from intake.records.editions.e1 import stationery as look
from intake.records.editions.e1.flow import Flow
from intake.records.editions.e1.tags import TagCanvas
from intake.records.editions.e1.text import Style, TextLine, Typesetter
from intake.records.editions.edition import Look, Signing
from intake.records.fonts import Fonts

WIDTH = look.WIDTH / 2
HEIGHT = 110.0
BOX = (0, 0, round(WIDTH, 2), round(HEIGHT, 2))
"""The box of the look, in points: that of the empty field, so that signing changes nothing but what is in it."""

_NAME = Style(11.6, 16, look.INK, bold=True)
_FACT = Style(8.2, 12.2, look.QUIET)
_REASON = Style(8.4, 11.2, look.INK)
_LINES = 4
"""Of a reason; of one that needs more, what fits, and where the whole is."""
_CLEAR = 44.0
"""Kept free on the inner side for the half of the ring."""


def draw(field: SignatureField, signing: Signing, fonts: Fonts) -> Look:
    """A look of the size of the signature field."""
    target = BytesIO()
    canvas = TagCanvas(target, font=fonts.regular.name, size=(WIDTH, HEIGHT), language=wording.LANGUAGE)
    setter = Typesetter(fonts)
    flow = Flow(canvas, setter, canvas.showPage, floor=0, sheet=look.Sheet(WIDTH, HEIGHT))
    right = field is SignatureField.CISO
    if field is not SignatureField.OWNER:
        # The ring's centre is where the two fields meet: the inner edge of each.
        ring.draw_half(canvas, 0 if right else WIDTH, HEIGHT / 2 - 1, left=not right, filled=True)
    x, width = (_CLEAR if right else 0.0), WIDTH - _CLEAR
    moment = signing.at.astimezone(UTC)
    facts = [
        wording.SIGNED_AT.format(
            date=f"{moment.day} {wording.MONTHS[moment.month - 1]} {moment.year:04}", time=f"{moment:%H:%M}"
        ),
        wording.KEY.format(start=" ".join(signing.fingerprint[at : at + 4] for at in range(0, 16, 4)).upper()),
    ]
    lines = setter.lines(signing.person, _NAME, width)[:2]
    top = 8 + len(facts) * _FACT.leading + len(lines) * _NAME.leading
    if signing.reason is not None:
        said = _reason(signing.reason, setter, width)
        flow.draw(said, _REASON, x, top + len(said) * _REASON.leading + 2, width)
    flow.draw(lines, _NAME, x, top, width)
    top -= len(lines) * _NAME.leading
    for fact in facts:
        flow.draw(setter.lines(fact, _FACT, width)[:1], _FACT, x, top, width)
        top -= _FACT.leading
    canvas.showPage()
    canvas.save()
    return Look(target.getvalue(), BOX)


def _reason(given: str, setter: Typesetter, width: float) -> list[TextLine]:
    """Why an office approves, in as many lines as there are; a cut is said."""
    words = " ".join(given.split())
    if not words:
        return setter.lines(wording.NO_REASON, _REASON, width)
    lines = setter.lines(words, _REASON, width)
    end = min(len(words), _LINES * int(width / 2))
    while len(lines) > _LINES:
        end = words[:end].rfind(" ") if " " in words[:end] else max(end - 8, 0)
        lines = setter.lines(wording.REASON_CUT.format(start=words[:end]), _REASON, width)
    return lines

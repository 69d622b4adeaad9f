"""The mark: a ring of two halves, left the CIO, right the CISO. An open half is outlined, a signed half filled.

The base draws both halves open where the two signature fields meet; each signature's appearance fills its own half,
so the ring closes on the page when the second office signs.
"""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from intake.records.editions.e1 import stationery

RADIUS = 27.0
THICKNESS = 9.5
GAP = 2.2
"""Half of the space between the two halves, in points."""


def draw_half(canvas: Canvas, x: float, y: float, *, left: bool, filled: bool) -> None:
    """Draw one half of the ring whose centre is (x, y)."""
    path = _half(canvas, x, y, left=left)
    canvas.setLineWidth(0.9)
    canvas.setLineJoin(1)
    canvas.setStrokeColor(stationery.colour(stationery.ACCENT))
    canvas.setFillColor(stationery.colour(stationery.ACCENT if filled else stationery.PAPER))
    canvas.drawPath(path, stroke=1, fill=1)


def _half(canvas: Canvas, x: float, y: float, *, left: bool) -> PDFPathObject:
    shift = -GAP if left else GAP
    inner = RADIUS - THICKNESS
    start, extent = (90, 180) if left else (90, -180)
    path = canvas.beginPath()
    path.arc(x + shift - RADIUS, y - RADIUS, x + shift + RADIUS, y + RADIUS, start, extent)
    path.arcTo(x + shift - inner, y - inner, x + shift + inner, y + inner, start + extent, -extent)
    path.close()
    return path

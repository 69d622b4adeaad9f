"""What terms do without, as lists count it. Apart from ``waivers``, because lists and words need only this."""

from __future__ import annotations

from enum import StrEnum


class DoneWithout(StrEnum):
    """What terms do without, as use cases are counted by it: one value each, the gravest. Without a pilot nobody has seen it run;
    without evidence it was seen and not shown; a commitment that is given up is one point of several.
    """

    PILOT = "pilot"
    EVIDENCE = "evidence"
    COMMITMENTS = "commitments"

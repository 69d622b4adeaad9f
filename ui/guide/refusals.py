"""What can go wrong when somebody attaches a file, before any service sees it."""

from __future__ import annotations

from intake.domain.base.refusals import Refusal


class FileNotReadable(Refusal):
    what = "“{name}” could not be read: {detail}."
    why = "Only a file that can be read whole can be attached."
    next = "Check that it is a file, that it is still there and that you may open it, then attach it again."

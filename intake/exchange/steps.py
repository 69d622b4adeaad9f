"""What a carrier is doing, for those who watch its progress."""

from __future__ import annotations

from intake.domain.base.wording import Caption

READING = Caption("StepReading", "Reading")
LOOKING = Caption("StepLooking", "Looking through the folder")
SENDING = Caption("StepSending", "Sending")

"""The sample organisation and the journey that is walked through it."""

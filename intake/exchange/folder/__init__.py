"""The exchange folder: looking through it, reading what is new, sending, and whether it is healthy."""

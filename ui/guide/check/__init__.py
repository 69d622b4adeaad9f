"""Checking: all answers as they would be signed."""

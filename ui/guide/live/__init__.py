"""The quiet panel beside the questions."""

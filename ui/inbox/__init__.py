"""The inbox: what waits, and for whom."""

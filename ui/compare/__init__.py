"""Revisions of one use case compared answer by answer."""

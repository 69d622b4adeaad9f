"""Signing a record, its timestamp, and whether the look of a signature says the truth."""

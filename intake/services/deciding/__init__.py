"""Deciding: what is reviewed, what is signed, and the record that comes of it."""

"""Deciding: what is reviewed, what is signed, and the record it makes."""

"""Choosing between competing revisions in the draft that takes the place of them."""

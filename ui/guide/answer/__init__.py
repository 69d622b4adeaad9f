"""Answering: one page of questions, and what is said beside them."""

"""Signing several use cases in one sheet."""

"""Countersign without its screens: the domain, the trust in signed acts, the register, its carriers and its records."""

__version__ = "0.1.0"

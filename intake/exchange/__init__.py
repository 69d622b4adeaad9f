"""Carriers that move acts and blobs between registers: a shared folder and a package file.

A carrier is dumb on purpose: it moves bytes named by their SHA-256 and judges nothing else. Whether an act is rightly
signed is decided in ``intake.trust``, whether it counts in the fold, and what is asked of a carrier by ``services``.
"""

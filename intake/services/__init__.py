"""What people do with Countersign, one folder per group of verbs.

Plain functions that join the rooms below: they take an installation, a signer and plain values, and give frozen results. The
command line and the screens call the same functions.
"""

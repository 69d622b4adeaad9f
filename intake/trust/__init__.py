"""Keys, certificates, and the signing and strict verifying of acts.

Nothing here knows a roster: a signature that holds says which certificate signed which bytes. Whose certificate that
is, and what its holder may do, is decided in ``intake.domain``.
"""

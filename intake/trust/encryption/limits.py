"""How large what travels encrypted may be, in bytes; apart from the rest, so that asking loads no cryptography."""

from __future__ import annotations

from typing import Final

MAX_ENCRYPTED: Final = 160 << 20
"""The largest encrypted file: the largest blob, filled up to its step, with some hundred bytes around it."""

MAX_HANDED: Final = 2048
"""The largest handed key: one for RSA with 8192 bits takes some 1,300."""

"""What an office attests with its approval: signed as it stands here, so it is shown in these words in every language."""

from __future__ import annotations

ATTESTATIONS = (
    "I have read this revision and its assessment.",
    "I decide for my office, on these terms and no others.",
)

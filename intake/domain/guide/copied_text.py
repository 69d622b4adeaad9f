"""Words that were written for something else: a text copied from another use case, a title that is only a product's name.

Copies are found by shingles, the runs of five words of a text (Broder, 1997, “On the resemblance and containment of
documents”): how large a share of them is in the other text says how much was copied, whatever is around it.
"""

from __future__ import annotations

from collections.abc import Iterable

from intake.domain.guide.likeness import telling, words

RUN = 5
"""Words of one shingle: fewer are everyday phrases, more miss what was touched up."""

COPIED = 0.6
"""The share from which a text counts as copied."""

LEAST = 12
"""Shingles a text needs to be judged at all; a sentence or two may well be said by two people."""

_KINDS = frozenset(
    """
    ai app application assistant bot chatbot cloud edition enterprise generative genai inc llc ltd gmbh llm
    licence license machine model online plan platform plus premium pro product pilot service software solution standard
    subscription suite system team technology tool version learning intelligence artificial
    """.split()
)
"""What kind of thing a product is: a title of these and a name still does not say what it is for."""


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of ``RUN`` words."""
    said = words(text)
    return frozenset(tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1))


def containment(part: frozenset[tuple[str, ...]], whole: frozenset[tuple[str, ...]]) -> float:
    """The share of ``part`` that is in ``whole``, 0 to 1; 0 for a text too short to be judged."""
    return len(part & whole) / len(part) if len(part) >= LEAST else 0.0


def names_only(title: str, names: Iterable[str]) -> bool:
    """Whether a title says nothing but what the product, its maker or its kind is called."""
    said = set(telling(title))
    named = {word for name in names for word in telling(name)}
    return bool((said & named) - _KINDS) and said <= named | _KINDS | {word for word in said if word.isdigit()}

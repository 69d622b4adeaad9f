"""Right-to-left text made drawable: Arabic letters take their joined forms, and a line is put into visual order.

This is the implicit part of the Unicode Bidirectional Algorithm (UAX 9: X9, W1 to W7, N0 to N2, I1, I2, L1, L2, and L4 for
common brackets), in the standard library's terms: what is signed must read on paper as it read on the screen, whatever is
between two digits. Explicit embeddings need no code: canonical form refuses them, because they make text read as something
else. Scripts that need reordering inside a syllable are left out; the structure tree always carries the logical text beside
what is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

_MIRROR = str.maketrans("()[]{}<>\u00ab\u00bb\u2039\u203a", ")(][}{><\u00bb\u00ab\u203a\u2039")
_LAM = "\u0644"


def needs_bidi(text: str) -> bool:
    """Whether ``text`` holds a character written from right to left."""
    # ``domain.base.directions.runs_leftward`` says the same on purpose: this edition is frozen, and what other texts are taken
    # for may change without changing its pages. Everything below Hebrew is left to right: one comparison settles most text.
    return not text.isascii() and max(text) >= "\u0590" and any(_kind(char) in {"R", "AL", "AN"} for char in set(text))


def levels(text: str) -> tuple[int, ...]:
    """The embedding level of each character; even reads left to right. The paragraph's own level is ``levels[-1]``.

    One value more than characters: the last is the paragraph level, found from the first strong character (P2, P3).
    """
    base = _base(text)
    classes = [_kind(char) for char in text]
    # X9: what is drawn as nothing and separates nothing stands where the character before it stands.
    drawn = [index for index, kind in enumerate(classes) if kind != "BN"]
    found = iter(_resolved([text[index] for index in drawn], [classes[index] for index in drawn], base))
    made: list[int] = []
    for kind in classes:
        made.append(next(found) if kind != "BN" else made[-1] if made else base)
    at_end = True
    for index in range(
        len(text) - 1, -1, -1
    ):  # L1: tabs, and spaces before them and at the end, go to the paragraph's side
        at_end = classes[index] in {"S", "B"} or (at_end and classes[index] in {"WS", "BN"})
        if at_end:
            made[index] = base
    return (*made, base)


def visual_order(line_levels: Sequence[int]) -> list[int]:
    """Indices of a line's characters from left to right (rule L2)."""
    order = list(range(len(line_levels)))
    if not order:
        return order
    lowest_odd = min((level for level in line_levels if level % 2), default=0)
    for level in range(max(line_levels), (lowest_odd or max(line_levels) + 1) - 1, -1):
        start = 0
        while start < len(order):
            if line_levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and line_levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order


def mirrored(char: str) -> str:
    """The bracket as it is drawn inside right-to-left text (rule L4)."""
    return char.translate(_MIRROR)


def shaped(text: str) -> list[str]:
    """One drawable string for each character of ``text``: Arabic letters in their joined form, all others as they are.

    A lam and the alef after it become one ligature at the lam's place and nothing at the alef's.
    """
    drawn = list(text)
    forms, ligatures = _arabic()
    letters = [index for index, char in enumerate(text) if unicodedata.category(char) != "Mn"]
    for place, index in enumerate(letters):
        char = text[index]
        if char not in forms or drawn[index] == "":
            continue
        before = text[letters[place - 1]] if place and letters[place - 1] >= 0 else ""
        joined_before = "initial" in forms.get(before, {}) or before == "\u0640"
        following = letters[place + 1] if place + 1 < len(letters) else -1
        after = text[following] if following >= 0 else ""
        if char == _LAM and (pair := ligatures.get(after)):
            drawn[index] = pair.get("final" if joined_before else "isolated", char)
            drawn[following] = ""
            continue
        joins_after = "initial" in forms[char] and ("final" in forms.get(after, {}) or after == "\u0640")
        joins_before = joined_before and "final" in forms[char]
        wanted = {(True, True): "medial", (True, False): "final", (False, True): "initial"}
        drawn[index] = forms[char].get(wanted.get((joins_before, joins_after), "isolated"), char)
    return drawn


@cache
def _arabic() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Joined forms by letter, and lam-alef ligatures by alef, read from Unicode's own decompositions."""
    forms: dict[str, dict[str, str]] = {}
    ligatures: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBFF), *range(0xFE80, 0xFEFD)):
        name, *parts = unicodedata.decomposition(chr(code)).split() or [""]
        letters = "".join(chr(int(part, 16)) for part in parts)
        kind = name.strip("<>")
        if len(letters) == 1:
            forms.setdefault(letters, {})[kind] = chr(code)
        elif len(letters) == 2 and letters[0] == _LAM and code >= 0xFEF5:
            ligatures.setdefault(letters[1], {})[kind] = chr(code)
    return forms, ligatures


def _kind(char: str) -> str:
    return unicodedata.bidirectional(char) or "L"


def _base(text: str) -> int:
    for char in text:
        kind = _kind(char)
        if kind == "L":
            return 0
        if kind in {"R", "AL"}:
            return 1
    return 0


def _resolved(chars: list[str], classes: list[str], base: int) -> list[int]:
    """The level of each character of a paragraph that holds no BN."""
    start = "R" if base else "L"
    kinds = _weak(list(classes), start)
    _pair(chars, classes, kinds, start)
    return [_implicit(kind, base) for kind in _neutral(kinds, base)]


def _weak(kinds: list[str], start: str) -> list[str]:
    """Rules W1 to W7."""
    previous = start
    strong = start
    for index, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[index] = previous
        elif kind in {"L", "R", "AL"}:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[index] = "AN"
        previous = kinds[index]
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for index in range(1, len(kinds) - 1):
        left, here, right = kinds[index - 1 : index + 2]
        if here in {"ES", "CS"} and left == right and (left == "EN" or (left == "AN" and here == "CS")):
            kinds[index] = left
    _spread_terminators(kinds)
    strong = start
    for index, kind in enumerate(kinds):
        if kind in {"ES", "CS", "ET"}:
            kinds[index] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"
    return kinds


def _spread_terminators(kinds: list[str]) -> None:
    """Rule W5: a percent or currency sign belongs to the number beside it."""
    for indices in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        beside = ""
        for index in indices:
            if kinds[index] == "ET" and beside == "EN":
                kinds[index] = "EN"
            beside = kinds[index]


def _pair(chars: Sequence[str], classes: Sequence[str], kinds: list[str], own: str) -> None:
    """Rule N0: both brackets of a pair take one direction, from what is between them or what is before."""
    for opened, closed in _pairs(chars, kinds):
        inside = {_strong(kind) for kind in kinds[opened + 1 : closed]}
        if own in inside:
            side = own
        elif inside - {""}:
            side = next((strong for kind in reversed(kinds[:opened]) if (strong := _strong(kind))), own)
        else:
            continue
        for place in (opened, closed):
            kinds[place] = side
            # Marks over a bracket go with it.
            follows = place + 1
            while follows < len(kinds) and classes[follows] == "NSM":
                kinds[follows] = side
                follows += 1


def _pairs(chars: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Where the brackets of each pair are (BD16), in the order of the opening ones."""
    opens = _brackets()
    waiting: list[tuple[str, int]] = []
    found = []
    for place, (char, kind) in enumerate(zip(chars, kinds, strict=True)):
        if kind != "ON":
            continue
        if char in opens:
            if len(waiting) == _MOST_OPEN:
                return []
            waiting.append((opens[char], place))
        elif (depth := next((d for d in range(len(waiting) - 1, -1, -1) if waiting[d][0] == char), None)) is not None:
            found.append((waiting[depth][1], place))
            del waiting[depth:]
    return sorted(found)


_MOST_OPEN = 63
"""Brackets that may be open at once before none of the paragraph is paired any more (BD16)."""


@cache
def _brackets() -> dict[str, str]:
    """Opening bracket to closing one: Unicode's mirrored pairs, which follow each other but for a few."""
    pairs = {"\u298d": "\u2990", "\u298f": "\u298e"}
    for code in range(0x28, 0xFF64):
        char = chr(code)
        if char in pairs or unicodedata.category(char) != "Ps" or not unicodedata.mirrored(char):
            continue
        ends = (chr(code + step) for step in (1, 2))
        closing = next((end for end in ends if unicodedata.category(end) == "Pe" and unicodedata.mirrored(end)), "")
        if closing:
            pairs[char] = closing
    return pairs


def _strong(kind: str) -> str:
    """The direction that a kind stands for between neutrals: numbers count as right to left. Empty for neutrals."""
    return "L" if kind == "L" else "R" if kind in {"R", "EN", "AN"} else ""


def _neutral(kinds: list[str], base: int) -> list[str]:
    """Rules N1 and N2: neutrals between two of one direction take it, others the paragraph's."""
    own = "R" if base else "L"
    index = 0
    while index < len(kinds):
        if kinds[index] in {"L", "R", "EN", "AN"}:
            index += 1
            continue
        end = index
        while end < len(kinds) and kinds[end] not in {"L", "R", "EN", "AN"}:
            end += 1
        left = _side(kinds[index - 1 : index], own)
        right = _side(kinds[end : end + 1], own)
        kinds[index:end] = [left if left == right else own] * (end - index)
        index = end
    return kinds


def _side(kind: Iterable[str], own: str) -> str:
    return next(("L" if item == "L" else "R" for item in kind), own)


def _implicit(kind: str, base: int) -> int:
    """Rules I1 and I2."""
    if base % 2 == 0:
        return {"L": base, "R": base + 1}.get(kind, base + 2)
    return base if kind == "R" else base + 1

"""What two people who describe the same use in other words have in common: the stem of a word, its kin, and its weight.

“Transcribing” and “transcription” are one stem, “minutes” and “transcripts” are kin, and “system” says little about any use
of AI. Words come folded from ``likeness``. Only English words have stems: another word is its own.
"""

from __future__ import annotations

from functools import lru_cache

LEAST = 4
"""Letters a stem keeps at least: shorter ones bring strangers together."""

_ENDINGS = (
    "isations", "izations", "isation", "ization", "ifications", "ification", "ations", "ation", "ments", "ment", "ities",
    "ity", "ators", "ator", "ings", "ing", "ions", "ion", "ists", "ist", "ises", "izes", "ises", "ised", "ized", "ise",
    "ize", "ives", "ive", "ally", "als", "al", "ifies", "ified", "ify", "ies", "ied", "ers", "er", "ors", "or", "ed", "es",
    "ly", "y", "e", "s",
)  # fmt: skip
_AGAIN = ("iz", "is", "ific", "ify", "if", "at")
"""Endings that the ending taken off has left behind: “summariz” of “summarizing”."""
_TURNED = {"transcript": "transcrib", "prescript": "prescrib", "descript": "describ", "subscript": "subscrib"}

_KIN = (
    "minutes transcript transcribe dictation recording protocol interview meeting",
    "chatbot chat assistant conversational faq",
    "translate multilingual interpreter",
    "summary digest abstract condense shorten",
    "resume applicant candidate recruit hiring vacancy cv",
    "invoice receipt billing purchase procurement",
    "fraud anomaly outlier exception suspicious",
    "forecast predict projection demand",
    "code coding programming developer software copilot",
    "letter correspondence email mail",
    "picture image photo photograph visual camera video",
    "face facial biometric identity",
    "redact anonymise blacken pseudonymise privacy disclosure",
    "classify sort label category coder autocoder route triage",
    "search retrieve lookup discovery",
    "customer consumer citizen client",
    "complaint feedback comment",
    "survey questionnaire poll",
    "attack threat intrusion malicious phishing malware spam",
    "staff employee personnel workforce attrition turnover",
    "patient inpatient hospital clinical ward discharge",
    "river streamflow flood water hydrology reservoir",
    "form scan ocr extract",
    "grant funding subsidy award",
    "bank mortgage lending loan credit",
    "literature paper publication reference study",
)
_GENERIC = (
    "ai artificial intelligence model tool system use data internal external task team time hour day week month year process "
    "automate automatic improve enhance help support information work business generic general solution application platform "
    "project service reduce increase save efficient manual quick new based learning machine pilot technology provide purpose "
    "benefit better large program programme capability manage management user organisation organization agency department "
    "office company world early late half quarter hand find look read write wait need same again many hundred thousand "
    "common person people question answer learn know"
)

KIN_COUNTS = 0.8
"""What kin counts, where the same stem counts 1."""

GENERIC_COUNTS = 0.25
"""What a word counts that could be said of any use of AI."""


@lru_cache(8192)
def stem(word: str) -> str:
    """What is left of an English word without its endings; any other word as it is."""
    if not word.isascii() or not word.isalpha():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            word = word[: -len(ending)]
            break
    for ending in _AGAIN:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            word = word[: -len(ending)]
            break
    return _TURNED.get(word, word)


def kin(word: str) -> frozenset[str]:
    """The stems of words that people use for the same as this stem, itself not among them."""
    return _kin_of().get(word, frozenset()) - {word}


def generic(word: str) -> bool:
    """Whether a stem says little about which use of AI is meant."""
    return word in _stems_of_generic()


@lru_cache(1)
def _kin_of() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _KIN:
        group = frozenset(stem(word) for word in line.split())
        for word in group:
            found[word] = found.get(word, frozenset()) | group
    return found


@lru_cache(1)
def _stems_of_generic() -> frozenset[str]:
    return frozenset(stem(word) for word in _GENERIC.split())

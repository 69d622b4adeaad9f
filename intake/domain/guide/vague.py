"""Answers that say little: placeholders, pointers elsewhere, a few letters, the question's own words, the same again.

Pointing one out is advice before signing and never stops anybody. What counts as thin was read off a real inventory of
2,133 use cases, where “not applicable” alone is written in more than twenty ways. Copies from another use case need the
register and are found by ``services.advice``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Sentence, worded
from intake.domain.guide.likeness import telling, words
from intake.domain.playbook.answer_checks import Hint
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import Question, QuestionKind

SHORT = 15
"""Characters a text needs to be more than a few words; a character of a script without spaces says as much as three."""

_REPEATED = 12
_CURT = 4
_BRIEF = 60
_LONGEST = 200
"""Characters up to which a text can be a placeholder of some kind."""

_SIGNS = re.compile(r"[\W_]+")
_NEGATED = re.compile(r"\b(?:no|not|none|never|without|cannot)\b|n[’']t\b", re.IGNORECASE)


class Thin(StrEnum):
    """Why an answer says little, exactly."""

    PLACEHOLDER = "placeholder"
    PUT_OFF = "put off"
    POINTER = "points elsewhere"
    VAGUE = "vague"
    NO_WORDS = "no words"
    EXAMPLE = "the example"
    QUESTION = "the question again"
    SHORT = "very short"
    ELSEWHERE = "the same under another question"
    REPEATED = "the same words again"
    NOBODY = "nobody in particular"


_SENTENCES = worded(
    Sentence,
    {
        Thin.PLACEHOLDER: (
            "ThinPlaceholder",
            "“{text}” tells the reviewers nothing. If you do not know, say so: that is a real answer.",
        ),
        Thin.PUT_OFF: (
            "ThinPutOff",
            "“{text}” puts the answer off. If it is not known yet, say “I don’t know” and who will know.",
        ),
        Thin.POINTER: (
            "ThinPointer",
            "This points elsewhere, and the reviewers read each answer by itself. Say it here in a sentence.",
        ),
        Thin.VAGUE: ("ThinVague", "“{text}” could be said of anything. Name what it is in your case."),
        Thin.NO_WORDS: (
            "ThinNoWords",
            "“{text}” tells the reviewers nothing. If you do not know, say so: that is a real answer.",
        ),
        Thin.EXAMPLE: ("ThinExample", "This is the example. Say how it is in your case."),
        Thin.QUESTION: ("ThinQuestion", "This only says the question again. Say how it is in your case."),
        Thin.SHORT: ("ThinShort", "This is very short. One or two full sentences save the reviewers a question."),
        Thin.ELSEWHERE: (
            "ThinElsewhere",
            "The same text is given under another question. Say here what this question asks.",
        ),
        Thin.NOBODY: (
            "ThinNobody",
            "“{text}” names nobody whom others could ask. Name a person, or the role that somebody holds.",
        ),
        Thin.REPEATED: ("ThinRepeated", "This repeats the same few words. Say it once, in plain words."),
    },
)


def thin(question: Question, answer: Answer | None, others: Mapping[str, Answer]) -> Hint | None:
    """Point out an answer that says little; None for one that says something, and for whatever is not a text."""
    if answer is not None and answer.ask:
        # Who can tell is a name as well, whatever kind of answer is missing.
        nobody = names_nobody(answer.ask)
        return Hint(question.id, _said(Thin.NOBODY, answer.ask)) if nobody else None
    if answer is None or question.kind not in _TEXTUAL:
        return None
    if question.kind is QuestionKind.PERSON:
        who = answer.value
        why = names_nobody(who) if isinstance(who, str) else None
        return Hint(question.id, _said(why, str(who))) if why else None
    if isinstance(answer.value, tuple):
        entries = [str(entry) for entry in answer.value]
        found = next((why for entry in entries if (why := empty_words(entry))), None)
        # One useful entry among several is an answer.
        if found is None or any(not empty_words(entry) for entry in entries):
            return None
        return Hint(question.id, _said(found, ", ".join(entries)))
    if not isinstance(answer.value, str):
        return None
    elsewhere = (other.value for name, other in others.items() if name != question.id and isinstance(other.value, str))
    why = thinness(
        answer.value,
        question=f"{question.text} {question.label}",
        example=question.example,
        others=elsewhere,
        line=question.kind is QuestionKind.TEXT,
    )
    return Hint(question.id, _said(why, answer.value)) if why else None


def _said(why: Thin, text: str) -> Reason:
    sentence = _SENTENCES[why]
    return sentence(text=_shown(text)) if sentence.facts else sentence()


def thinness(
    text: str, *, question: str = "", example: str = "", others: Iterable[str] = (), line: bool = False
) -> Thin | None:
    """Why ``text`` says little, or None. A ``line`` (a title, a name) may be short and may say what the question says."""
    found = empty_words(text, question=question, line=line)
    if found:
        return found
    folded = _folded(text)
    if example and folded == _folded(example):
        return Thin.EXAMPLE
    if line:
        return None
    if len(text) < 4 * len(question) and _says_again(text, question):
        return Thin.QUESTION
    if len(folded) < SHORT and _weight(folded) < SHORT:
        return Thin.SHORT
    if any(len(other) < 2 * len(text) + 20 and _folded(other) == folded for other in others):
        return Thin.ELSEWHERE
    if len(folded) >= 2 * _REPEATED and len(set(said := words(text))) * 3 <= len(said) >= _REPEATED:
        return Thin.REPEATED
    return Thin.REPEATED if len(folded) >= 4 * _REPEATED and _same_sentences(folded) else None


def names_nobody(text: str) -> Thin | None:
    """Why a name is nobody’s: a placeholder, or words that could mean anybody; None for a name or a role."""
    found = empty_words(text, line=True)
    # “11” is a version and no name.
    if found is None and not re.search(r"[^\W\d_]", text):
        found = Thin.NO_WORDS
    return found or (Thin.NOBODY if " ".join(words(text)) in _NOBODY else None)


def empty_words(text: str, *, question: str = "", line: bool = False) -> Thin | None:
    """Whether a text is nothing but a placeholder of some kind; words of the question beside it add nothing."""
    folded = _folded(text)
    letters = _SIGNS.sub("", folded[:_LONGEST])
    spelt = re.search(r"[^\W\d_]", folded) is not None
    # A version may be “11”; a sentence is never made of figures alone.
    if not letters or (not spelt and not line) or (spelt and _MASHED.fullmatch(letters)):
        return Thin.NO_WORDS
    bare = folded.strip(" .,;:!?-–—_()[]{}<>#*'\"“”‘’/\\|=")
    if letters in _LATER:
        return Thin.PUT_OFF
    if letters in _SQUEEZED or bare in _PLACEHOLDERS:
        return Thin.PLACEHOLDER
    if len(bare) > _LONGEST:
        return None
    for why, pattern, most in _PATTERNS:
        found = pattern.search(bare)
        if found:
            rest = telling(bare[: found.start()] + " " + bare[found.end() :])
            if len(bare) <= _BRIEF:
                rest = [word for word in rest if word not in _asked(question)]
            if len(rest) <= most:
                return why
    return None


_TEXTUAL = {QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.TEXTS, QuestionKind.PERSON}
_NOBODY = frozenset(
    (
        "me, myself, i, we, us, ourselves, you, they, he, she, anybody, anyone, somebody, someone, everybody, everyone, "
        "nobody, no one, all, all of us, team, the team, our team, my team, staff, management, various, several, "
        "several people, people, user, users, the user, the users, person, name, owner, the owner, boss, my boss, ich, wir, "
        "alle, jemand, niemand, moi, nous, tous, personne, yo, nosotros, todos, nadie"
    ).split(", ")
)

# Written together, without signs: N/A, n.a., #N/A, (n/a), N / A, tbd., T.B.D.
_SQUEEZED = frozenset(
    """
    na nap nla nil null nan undefined xxx idk so ka entfaellt entfällt nv nvt blank blanknotprovided
    """.split()
)
_LATER = frozenset("tbd tba tbc tbs tobedetermined todo wip folgt pendiente 待定 未定 미정".split())
_PLACEHOLDERS = frozenset(
    (
        "none, nil, nothing, no, yes, ok, okay, y, n, x, test, testing, a test, asdf, qwerty, foo, bar, foo bar, abc, dummy, "
        "sample, example, lorem ipsum, same, ditto, idem, unknown, not known, unclear, unsure, not sure, i don't know, "
        "i don’t know, don't know, don’t know, no idea, no comment, no answer, no information, no info, no data, "
        "not applicable, not aplicable, not appliable, non applicable, inapplicable, does not apply, doesn't apply, "
        "not relevant, irrelevant, not needed, not required, none required, none needed, none of the above, "
        "not available, unavailable, not used, empty, placeholder, free text, other, others, general, business, ai, "
        "keine, keine angabe, keine angaben, nicht zutreffend, nicht anwendbar, nicht relevant, unbekannt, weiß nicht, nichts, "
        "ohne, wie oben, offen, "
        "aucun, aucune, néant, sans objet, non applicable, inconnu, inconnue, rien, à définir, à compléter, "
        "ninguno, ninguna, no aplica, no procede, desconocido, nada, por definir, "
        "nessuno, nessuna, non applicabile, sconosciuto, da definire, geen, niet van toepassing, onbekend, "
        "nenhum, nenhuma, não aplicável, não se aplica, desconhecido, brak, nie dotyczy, nieznane, "
        "нет, неизвестно, не применимо, 无, 無, 没有, 不适用, 不適用, 未知, 同上, なし, 無し, 特になし, 該当なし, "
        "不明, わからない, 分からない, 未記入, 없음, 해당 없음, 해당없음, 모름"
    ).split(", ")
)
_MASHED = re.compile(r"(.)\1+|(.{2,5}?)\2{2,}|[asdfghjkl]{0,3}asdf[asdfghjkl]*|qwert[a-z]*|lorem ?ipsum.*")

_PATTERNS: tuple[tuple[Thin, re.Pattern[str], int], ...] = (
    (
        Thin.POINTER,
        re.compile(
            r"(?:^|[.;:(,–—-] ?|please )(?:please )?(?:see|refer to|as (?:described|stated|mentioned|noted|per|in)|same as"
            r"|siehe|voir|véase)\b.{0,60}?(?:\b(?:above|below|descriptions?|previous|earlier|preceding|attach\w*|appendix"
            r"|document\w*|section|question|field|row|answer|purpose|benefits?|oben|unten|ci-dessus)\b|$)"
            r"|^(?:same )?as (?:above|below|before)$"
        ),
        8,
    ),
    (
        Thin.PUT_OFF,
        re.compile(
            r"\b(?:tb[dac]|to be (?:determined|decided|defined|confirmed|announced|added|completed|provided|updated|specified)"
            r"|pending|forthcoming|coming soon|under (?:evaluation|review|development|discussion)"
            r"|not (?:yet )?(?:reported|documented|provided|determined|decided|defined|identified|completed|filled)"
            r"(?: (?:by|in|yet)\b)?|will (?:be (?:updated|provided|added|completed|determined|supplied|known)|follow)"
            r"|not yet|wird nachgereicht|à venir)\b|^(?:still |currently )?in (?:progress|planning|preparation|development)\b"
        ),
        3,
    ),
    (
        Thin.PUT_OFF,
        re.compile(r"\bnot (?:yet )?(?:reported|documented|provided|collected)\b.{0,60}\bwill (?:be )?updated?\b.*"),
        3,
    ),
    (
        Thin.PLACEHOLDER,
        re.compile(
            r"^(?:#? ?n ?[/.\\|-] ?a\b\.?|na\b(?= [-–—:;(])|not applicable\b|none\b|nothing\b|unknown\b|withheld\b|redacted\b"
            r"|confidential\b|classified\b|no (?:information|details?|answer|comment)\b|keine angaben?\b)"
        ),
        1,
    ),
    (
        Thin.VAGUE,
        re.compile(
            r"^(?:the )?(?:(?:in|out)puts?|results?|it|this|data|uses?|users?|purposes?|benefits?|risks?)?(?: and \w+)? ?"
            r"(?:may |can |will )?(?:var(?:y|ies|ious)|depends?|differs?)\b(?: (?:by|on|upon|across|with|per|based on))?"
        ),
        3,
    ),
    (
        Thin.VAGUE,
        re.compile(
            r"^(?:to )?(?:improv\w*|increas\w*|enhanc\w*|better|greater|more|optimi\w*|sav\w*|reduc\w*)(?: and \w+)? "
            r"(?:the )?(?:overall )?(?:outcomes?|efficienc\w*|productivity|quality|effectiveness|performance|services?"
            r"|process\w*|time|costs?|results?|operations?|business|work\w*)$"
        ),
        0,
    ),
)
"""A kind, what gives it away, and how many telling words beside that are still nothing said."""


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


def _weight(text: str) -> int:
    """The length as if it were written with spaces between words."""
    return sum(3 if char > "\u0dff" and char.isalpha() and not "\u1e00" <= char <= "\u2fff" else 1 for char in text)


def _says_again(text: str, question: str) -> bool:
    said = telling(text)
    if len(said) < 2 or not _asked(question).issuperset(said):
        return False
    # “We do not train on our data” uses the question's words and answers it; “no risks identified” hardly does.
    return not _NEGATED.search(text) or len(words(text)) <= _CURT


@lru_cache(1024)
def _asked(question: str) -> frozenset[str]:
    return frozenset(telling(question))


def _same_sentences(folded: str) -> bool:
    sentences = [part.strip() for part in re.split("[.!?;\n\u3002\uff01\uff1f]+", folded) if part.strip()]
    return len(sentences) >= 2 and len(set(sentences)) * 2 <= len(sentences)

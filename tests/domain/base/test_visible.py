from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from intake.domain.acts.envelope import MalformedAct
from intake.domain.acts.kinds import COMMENT, REVISION
from intake.domain.base.visible import as_sought, is_blank, plain
from tests.domain.world import organisation

NOTHING = ["", " ", "\n\t", "\u200b\u3164", "\u200f\u061c", "\u2800", "\u00ad", "\ufe0f\u034f", "\U0001d173"]


@pytest.mark.parametrize("text", NOTHING)
def test_text_that_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}x")


def test_everything_that_is_a_letter_a_digit_or_a_sign_is_seen() -> None:
    hangul_fillers = {0x115F, 0x1160, 0x3164, 0xFFA0}
    seen = [
        chr(point)
        for point in range(0x110000)
        if unicodedata.category(chr(point))[0] in "LNPS" and point not in hangul_fillers | {0x2800}
    ]

    assert [char for char in seen if is_blank(char)] == []


@pytest.mark.attack("a title that is two lines", refusal="MalformedAct: its field is not one line of plain text")
@pytest.mark.parametrize("end", ["\n", "\u2028", "\u2029"])
def test_a_title_that_is_two_lines_is_refused(end: str) -> None:
    filed = organisation().revision()

    with pytest.raises(MalformedAct, match="not one line"):
        REVISION.read(replace(filed, body={**filed.body, "title": f"Harmless{end}Approved by both offices"}))


@pytest.mark.attack("a title, a unit or a remark that shows nothing", refusal="MalformedAct: its field is empty")
@pytest.mark.parametrize("text", NOTHING[3:])
def test_an_act_whose_words_show_nothing_is_refused(text: str) -> None:
    site = organisation()
    filed = site.revision()
    said = site.comment("finn", filed.id)

    for act, kind, field in ((filed, REVISION, "title"), (filed, REVISION, "unit"), (said, COMMENT, "text")):
        with pytest.raises(MalformedAct, match=f"“{field}”"):
            kind.read(replace(act, body={**act.body, field: text}))


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("Chat\u200bbot", "chatbot"),
        ("co\u00adoperate", "cooperate"),
        ("O\ufb03ce", "office"),
        ("\uff21\uff29 model", "ai model"),
        ("Stra\u00dfe", "strasse"),
        ("1\u00a0500", "1 500"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645"),
    ],
)
def test_what_looks_alike_is_found_alike(written: str, sought: str) -> None:
    assert as_sought(written) == sought
    assert as_sought(sought) == sought


@pytest.mark.parametrize("text", NOTHING)
def test_typed_text_that_shows_nothing_is_empty(text: str) -> None:
    assert plain(text) == ""
    assert plain(f" a{text}b ").startswith("a")

"""What a version changes: everything, so that two versions that differ never read the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.kinds.roster import AcceptedPlaybook
from intake.domain.base import canonical
from intake.domain.base.wording import words
from intake.domain.base.words import spoken
from intake.domain.organisation.roster import Grant, ListedCertificate, People, Period, Person, Role, Roster
from intake.domain.organisation.roster_differences import (
    RosterUntold,
    applied,
    in_order,
    keys_to_compare,
    roster_differences,
)
from intake.domain.organisation.roster_words import CheckpointSeen, named, quoted, roster_lines
from tests.domain.world import SINCE, certificate, person, roster

A, B, C = (letter * 64 for letter in "abc")
FIRST, SECOND = date(2026, 11, 23), date(2026, 11, 24)


def lines(before: Roster | None, after: Roster, seen: CheckpointSeen | None = None) -> tuple[str, ...]:
    told = roster_differences(before, after)
    return tuple(words(line) for line in roster_lines(told, before, after, lambda _name, _keys: seen))


OPEN = Period(SINCE, None, "")


def key(name: str, period: Period = OPEN, use: str = "sign") -> ListedCertificate:
    der = certificate(name)
    return ListedCertificate(canonical.sha256(der), der, period, use)


# ---------------------------------------------------------------------------------------------------- random versions


PERIODS = st.builds(
    Period, st.sampled_from([FIRST, SECOND]), st.sampled_from([None, FIRST, SECOND]), st.sampled_from(["", A, B])
)
TEXTS = st.sampled_from(["", "Ada", "Ada (bob)", "” (ada) is left out. “", "everywhere", "a”", "a“", "Bob, of no unit"])
GRANTS = st.lists(
    st.builds(
        Grant, st.sampled_from([Role.CIO, Role.OWNER, "judge"]), st.sampled_from(["", A, B, "IT", "IT”"]), st.booleans(), PERIODS
    ),
    max_size=3,
    unique_by=lambda item: item.key,
)  # fmt: skip


@st.composite
def persons(draw: st.DrawFn, name: str) -> Person:
    keys = draw(st.lists(st.sampled_from([f"{name}1", f"{name}2", f"{name}3"]), max_size=2, unique=True))
    listed = (key(item, draw(PERIODS), draw(st.sampled_from(["sign", "decrypt", "stamp"]))) for item in keys)
    return Person(name, draw(TEXTS) or "Bo", draw(TEXTS), tuple(listed), tuple(draw(GRANTS)))


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    people = [draw(persons(name)) for name in draw(st.sets(st.sampled_from(["ada", "bob", "cleo"])))]
    cut = st.sampled_from([canonical.sha256(certificate(name)) for name in ("ada1", "bob1", "nobody")])
    settings = st.sampled_from([1, 2, "1", "a, b", ("a", "b"), ("a, b",), "a\nb", "a\u2028b", ("a\u2029b",)])
    accepted = draw(st.dictionaries(st.sampled_from([A, B]), st.tuples(st.integers(1, 2), st.integers(1, 2))))
    return Roster(
        2,
        (C,),
        draw(TEXTS) or "Sample",
        draw(st.sampled_from([FIRST, SECOND])),
        draw(st.dictionaries(st.sampled_from(["days", "names"]), settings)),
        tuple(AcceptedPlaybook(name, *accepted[name]) for name in sorted(accepted)),
        People(sorted(people, key=lambda item: item.id)),
        draw(st.dictionaries(cut, st.sampled_from([A, B]), max_size=2)),
    )


def normal(document: Roster) -> Roster:
    return replace(document, people=People(map(in_order, document.people)))


@given(before=rosters() | st.none(), after=rosters())
def test_what_is_told_put_into_the_version_before_gives_the_version_after(before: Roster | None, after: Roster) -> None:
    told = roster_differences(before, after)

    assert normal(applied(before, told, version=after.version, previous=after.previous)) == normal(after)


@pytest.mark.attack("two roster versions that read the same", refusal="different documents have different lines")
@given(before=rosters() | st.none(), one=rosters(), other=rosters())
def test_versions_that_differ_never_read_the_same(before: Roster | None, one: Roster, other: Roster) -> None:
    assert (lines(before, one) == lines(before, other)) == (normal(one) == normal(other))
    assert all(len(line.splitlines()) == 1 for line in lines(before, one))


def _of(found: Roster, change: Callable[[Person], Person]) -> Roster:
    first, *rest = found.people
    return replace(found, people=People((change(first), *rest)))


def _grant(**changed: object) -> Callable[[Person], Person]:
    def change(found: Person) -> Person:
        return replace(found, grants=(replace(found.grants[0], **changed), *found.grants[1:]))

    return change


def _grant_period(**changed: object) -> Callable[[Person], Person]:
    return lambda found: _grant(period=replace(found.grants[0].period, **changed))(found)


def _certificate(**changed: object) -> Callable[[Person], Person]:
    def change(found: Person) -> Person:
        return replace(found, certificates=(replace(found.certificates[0], **changed), *found.certificates[1:]))

    return change


def _key_period(**changed: object) -> Callable[[Person], Person]:
    return lambda found: _certificate(period=replace(found.certificates[0].period, **changed))(found)


ONE_CHANGE: Sequence[tuple[str, Callable[[Roster], Roster]]] = [
    ("person left out", lambda found: replace(found, people=People(found.people[1:]))),
    ("name", lambda found: _of(found, lambda one: replace(one, name="Somebody"))),
    ("unit", lambda found: _of(found, lambda one: replace(one, unit="Elsewhere"))),
    ("role: scope", lambda found: _of(found, _grant(scope=A))),
    ("role: another scope", lambda found: _of(found, _grant(scope=B))),
    ("role: delegable", lambda found: _of(found, _grant(delegable=True))),
    ("role: last day", lambda found: _of(found, _grant_period(until=SECOND))),
    ("role: first day", lambda found: _of(found, _grant_period(since=SECOND))),
    ("role: end", lambda found: _of(found, _grant_period(end=A))),
    ("role: another end", lambda found: _of(found, _grant_period(end=B))),
    ("key: another", lambda found: _of(found, lambda one: replace(one, certificates=(key("other"),)))),
    ("key: one more", lambda found: _of(found, lambda one: replace(one, certificates=(*one.certificates, key("more"))))),
    ("key: last day", lambda found: _of(found, _key_period(until=SECOND))),
    ("key: first day", lambda found: _of(found, _key_period(since=SECOND))),
    ("key: end", lambda found: _of(found, _key_period(end=A))),
    ("key: another end", lambda found: _of(found, _key_period(end=B))),
    ("key: use", lambda found: _of(found, _certificate(use="decrypt"))),
    ("cut-off", lambda found: replace(found, cutoffs={key("ada").sha256: A})),
    ("another cut-off", lambda found: replace(found, cutoffs={key("ada").sha256: B})),
    ("organisation", lambda found: replace(found, organisation="Other")),
    ("expires", lambda found: replace(found, expires=SECOND)),
    ("setting", lambda found: replace(found, policy={"days": 3})),
    ("setting of another kind", lambda found: replace(found, policy={"days": "3"})),
    ("playbook", lambda found: replace(found, playbooks=(*found.playbooks, AcceptedPlaybook("f" * 64, 1, 1)))),
    ("engine", lambda found: replace(found, playbooks=(*found.playbooks, AcceptedPlaybook("f" * 64, 1, 2)))),
]  # fmt: skip


def test_each_single_change_is_told_and_reads_like_no_other() -> None:
    before = roster([person("ada", Role.CIO), person("bob", Role.ADMINISTRATOR)])
    said = {name: lines(before, change(before)) for name, change in ONE_CHANGE}

    assert all(said.values())
    assert len(set(said.values())) == len(ONE_CHANGE)
    assert lines(before, before) == ()


def test_of_version_1_everybody_and_every_key_is_told() -> None:
    first = roster([person("ada", Role.CIO), person("bob", Role.ADMINISTRATOR)])

    said = lines(None, first)

    assert "Ada (ada) is listed, of no unit." in said
    assert (
        f"Ada (ada) gets the key {spoken(key('ada').sha256)}. It is for signing, from {SINCE}, without a last day."
        in said
    )
    assert f"Bob (bob) becomes administrator everywhere, from {SINCE}, without a last day." in said
    assert [item.person for item in keys_to_compare(first, ())] == ["ada", "bob"]


def test_an_end_is_told_with_its_checkpoint_and_how_far_it_reaches() -> None:
    before = roster([person("dan", Role.CISO)])
    after = _of(before, _grant_period(end=A))
    seen = CheckpointSeen(named("Bob", "bob"), FIRST, 2, 5)
    groups = " ".join([A[:16]] * 4)

    (said,) = lines(before, after, seen)
    assert said == (
        f"Dan (dan) is no longer CISO everywhere (since {SINCE}): the role ends at the checkpoint {groups} by Bob (bob) of "
        "2026-11-23, which covers 2 of the 5 acts by them that are known here. It is good without a last day."
    )
    assert "and may be by them (at least 4)." in lines(before, after, replace(seen, absent=4))[0]
    assert "whose listing is not here" in lines(before, after, replace(seen, covered=None))[0]
    assert "which is not here" in lines(before, after)[0]


def test_what_somebody_wrote_cannot_end_its_sentence() -> None:
    evil = "Gina” (gina) becomes CISO everywhere. “"

    assert quoted(evil) == "“Gina”” (gina) becomes CISO everywhere. ““”"
    assert words(named(evil, "gina")).startswith("“Gina””")


@pytest.mark.attack("a name with look-alike brackets that goes on as a sentence", refusal="the name is quoted")
@pytest.mark.parametrize(
    "mark", [*'()[]{}“”".,;:!?–—', "（", "）", "︵", "⸨", "﹙", "．", "։", "\u2024", "1", "\u200b", "\xa0", "  "]
)
def test_a_name_that_is_more_than_letters_is_quoted(mark: str) -> None:
    assert words(named(f"Bob{mark}Ann", "ann")) == f"{quoted(f'Bob{mark}Ann')} (ann)"


def test_a_name_that_reads_like_a_sentence_is_quoted() -> None:
    assert words(named("Bob is no longer CIO and Ann", "ann")) == "“Bob is no longer CIO and Ann” (ann)"


@pytest.mark.parametrize("name", ["Ada", "Ann-Marie O’Neill", "Zoë D'Arc", "אדה", "李小龍", "Ngọc\u0301", "अमित"])
def test_a_plain_name_is_not_quoted(name: str) -> None:
    assert words(named(name, "ada")) == f"{name} (ada)"


def test_an_entry_that_hides_another_is_untold() -> None:
    """Two entries for one grant: no file can say that, and nobody is asked to endorse it where something did."""
    before = roster([person("ada", Role.CIO)])
    after = _of(before, lambda one: replace(one, grants=(one.grants[0], replace(one.grants[0], delegable=True))))

    with pytest.raises(RosterUntold):
        roster_differences(before, after)


@pytest.mark.attack("a key listed early for an office given later", refusal="its words are to be compared")
def test_the_keys_of_who_becomes_trusted_are_compared_again() -> None:
    before = roster([person("gina", Role.OWNER), person("bob", Role.ADMINISTRATOR)])
    planted = replace(
        before, people=People((before.people[0], replace(before.people[1], certificates=(key("gina"), key("evil")))))
    )
    armed = replace(
        planted,
        people=People(
            (planted.people[0], replace(planted.people[1], grants=person("gina", Role.OWNER, Role.CISO).grants))
        ),
    )

    assert [item.fingerprint for item in keys_to_compare(planted, (before,))] == [key("evil").sha256]
    assert {item.fingerprint for item in keys_to_compare(armed, (planted,))} == {key("gina").sha256, key("evil").sha256}
    assert keys_to_compare(armed, (armed,)) == ()

"""Bodies of every kind of act, made by lot from the forms of its fields: a new kind needs nothing here unless it brings a form.

Where fields have to fit each other, the kind itself sorts out what does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act, Attachment, MalformedAct
from intake.domain.acts.kinds import KINDS, ActKind, Body, Office
from intake.domain.acts.kinds import forms as f
from intake.domain.acts.kinds.access import TagForm, TagsForm
from intake.domain.acts.kinds.enrol import ENROL, EnrolBody
from intake.domain.acts.kinds.figures import _CountForm, _MoneyForm
from intake.domain.acts.kinds.opinion import OPINION, OpinionBody, Position
from intake.domain.acts.kinds.roster import (
    AcceptedPlaybook,
    CutoffsForm,
    PeopleFile,
    PeopleForm,
    PlaybooksForm,
    PolicyForm,
)
from intake.domain.base.canonical import Json, clean
from tests.domain.terms.test_terms import random_terms
from tests.domain.world import START, Site, certificate

HEX = "0123456789abcdef"
ids = st.text(HEX, min_size=64, max_size=64)
tags = st.text(HEX, min_size=32, max_size=32)
lines = st.text(max_size=30).map(lambda text: " ".join(clean(text).split())).filter(lambda text: text == text.strip())
full_lines = lines.filter(bool)
texts = st.text(min_size=1, max_size=60).map(clean).filter(str.strip)
people = st.from_regex(r"[a-z0-9]([a-z0-9._-]{0,10}[a-z0-9])?", fullmatch=True)
files = st.builds(Attachment, ids, st.integers(0, 1 << 40), st.just("application/pdf"), full_lines)
answers = st.dictionaries(
    st.from_regex(r"[a-z_]{1,10}", fullmatch=True), texts | st.booleans() | st.integers(0, 99), max_size=4
)
sorted_ids = st.sets(ids, max_size=3).map(lambda found: tuple(sorted(found)))
_names = st.from_regex(f.NAME.pattern, fullmatch=True).filter(lambda name: len(name) < 30)
_playbooks = st.lists(st.builds(AcceptedPlaybook, ids, st.integers(1, 9), st.integers(1, 9)), max_size=2)


def act(kind: str, body: Mapping[str, Json], who: str = "ada") -> Act:
    case = "" if KINDS.of_organisation(kind) or body.get("revises") == [] else "1" * 64
    return Site("x", "2" * 64, "3" * 64).act(who, kind, body, case=case)


def _optional(form: Any, values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return values | st.just("") if form._optional else values


VALUES: dict[type[f.FieldForm[Any]], Callable[[Any], st.SearchStrategy[Any]]] = {
    f.DigestForm: lambda form: _optional(form, ids),
    f.ActIdsForm: lambda form: sorted_ids.filter(lambda found: len(found) <= form._limit),
    f.PersonIdForm: lambda _: people,
    f.ChoiceForm: lambda form: st.sampled_from(list(form._choices.values())),
    f.TextForm: lambda form: _optional(form, texts),
    f.LineForm: lambda form: _optional(form, full_lines),
    f.LinesForm: lambda _: st.lists(full_lines, max_size=2).map(tuple),
    f.NamedDigestsForm: lambda _: st.dictionaries(_names, ids, min_size=1, max_size=3),
    f.AnswersForm: lambda _: answers,
    f.FileForm: lambda _: files,
    f.FilesForm: lambda _: st.lists(files, max_size=2).map(tuple),
    f.OptionalForm: lambda form: st.none() | values(form._form),
    f.DayForm: lambda _: st.dates(date(2020, 1, 1), START.date()),
    f.NumberForm: lambda _: st.integers(1, 99),
    _CountForm: lambda _: st.integers(0, 9_999),
    _MoneyForm: lambda _: st.just("") | st.integers(1, 99_999).map(lambda amount: f"EUR {amount}"),
    PolicyForm: lambda _: st.dictionaries(
        _names, st.integers(-9, 9) | lines | st.lists(full_lines, max_size=2).map(tuple), max_size=3
    ),
    PlaybooksForm: lambda _: _playbooks.map(
        lambda found: tuple(sorted({item.sha256: item for item in found}.values(), key=lambda item: item.sha256))
    ),
    PeopleForm: lambda _: st.builds(PeopleFile, ids, st.integers(1, 1 << 20)),
    TagForm: lambda _: tags,
    TagsForm: lambda _: st.sets(tags, max_size=2).map(lambda found: tuple(sorted(found))),
    CutoffsForm: lambda _: st.dictionaries(ids, ids, max_size=2),
}
"""What each form may hold."""


def values(form: f.FieldForm[Any]) -> st.SearchStrategy[Any]:
    return VALUES[type(form)](form)


def _of_fields(kind: ActKind[Any]) -> st.SearchStrategy[Body]:
    """Bodies of a kind whose fields can be chosen one by one."""

    def made(chosen: dict[str, Any]) -> Body:
        try:
            return kind.make(act(kind.name, {}), chosen)  # type: ignore[no-any-return]
        except MalformedAct:
            reject()

    return st.fixed_dictionaries({key: values(form) for key, form in kind.fields._forms.items()}).map(made)


approvals = st.builds(
    OpinionBody, ids, st.sampled_from(Office), st.just(Position.APPROVE), random_terms(), ids, ids, ids, files,
    st.just(""), st.lists(full_lines, max_size=2).map(tuple), st.just("") | texts,
)  # fmt: skip
objections = st.builds(
    OpinionBody, ids, st.sampled_from(Office), st.sampled_from([Position.CHANGES, Position.DECLINE]), st.none(), ids, ids,
    st.just(""), st.none() | files, st.just("") | ids, st.just(()), texts,
)  # fmt: skip
_WHOLE: Mapping[str, st.SearchStrategy[Body]] = {
    OPINION.name: approvals | objections,
    ENROL.name: st.builds(EnrolBody, full_lines, lines, st.just(certificate("ada")))
    | st.builds(
        EnrolBody,
        full_lines,
        lines,
        st.just(certificate("ada")),
        st.just(certificate("ada-reads")),
        st.binary(min_size=1, max_size=99),
    ),
}
"""Bodies whose fields depend on each other, or on who signs."""


def of_kind(kind: ActKind[Any]) -> st.SearchStrategy[tuple[str, Body]]:
    """Bodies of one kind, with its name."""
    found = _WHOLE[kind.name] if kind.name in _WHOLE else _of_fields(kind)
    return found.map(lambda body: (kind.name, body))


bodies = st.one_of(*map(of_kind, KINDS))
"""A body of any kind, with the name of the kind."""

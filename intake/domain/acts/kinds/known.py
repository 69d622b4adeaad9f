"""The kinds a version of the program knows, and what it does with those it does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from intake.domain.acts.envelope import Act, Attachment, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Body, Effect, Office, Place, Signers, is_note, misplaced
from intake.domain.acts.kinds.forms import MAX_ENTRIES, FileForm, FilesForm
from intake.domain.terms.boundaries import FieldTables
from intake.domain.terms.field_tables import FIELD_TABLES

_FILE, _FILES = FileForm(), FilesForm()


class ActKinds:
    """Known kinds by name. Raises ValueError for a name that is listed twice and for a note that has an effect."""

    def __init__(self, kinds: Iterable[ActKind[Any]]) -> None:
        self._by_name: dict[str, ActKind[Any]] = {}
        for kind in kinds:
            if kind.name in self._by_name:
                raise ValueError(f"{kind.name} is listed twice")
            if is_note(kind.name) and kind.effect is not Effect.NONE:
                raise ValueError(
                    f"{kind.name} is a note, older programs pass it by, so it cannot be one that {kind.effect}"
                )
            self._by_name[kind.name] = kind

    def __iter__(self) -> Iterator[ActKind[Any]]:
        return iter(self._by_name.values())

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._by_name)

    def get(self, name: str) -> ActKind[Any] | None:
        """None for a kind that only another version knows."""
        return self._by_name.get(name)

    def is_unknown(self, name: str) -> bool:
        """Whether a later version may have given acts of this kind an effect that is not understood here.

        Such an act blocks new approvals when somebody with a say signed it (rule R4).
        """
        return name not in self._by_name and not is_note(name)

    def place(self, act: Act) -> None:
        """Whether a known kind may be where the act is. Raises MalformedAct."""
        kind = self._by_name.get(act.kind)
        if kind and (wrong := misplaced(kind, act)):
            raise wrong

    def of_organisation(self, name: str) -> bool:
        """Whether this kind is known to belong to the organisation, and to no case."""
        kind = self._by_name.get(name)
        return kind is not None and kind.place is Place.ORGANISATION

    def effect(self, name: str) -> Effect:
        """What acts of this kind do here; nothing, when it is not known."""
        kind = self._by_name.get(name)
        return kind.effect if kind else Effect.NONE

    def signers(self, name: str) -> Signers:
        kind = self._by_name.get(name)
        return kind.signers if kind else Signers.ANYBODY

    def independent(self, name: str) -> bool:
        """Whether acts of this kind count only by who has no part in the case."""
        kind = self._by_name.get(name)
        return kind is not None and kind.independent

    def read(self, act: Act, tables: FieldTables = FIELD_TABLES) -> Body | None:
        """The body of an act of a known kind; None for others. Raises MalformedAct, UnreadableTerms or UnreadableBoundary."""
        kind = self._by_name.get(act.kind)
        if kind is None:
            return None
        # By identity, with both kept beside what they made, so that no other can come to be where they were.
        key = (id(kind), id(tables))
        found = act.readings.get(key)
        if found is None:
            found = act.readings[key] = (kind.read(act, tables), kind, tables)
        return cast(Body, found[0])

    def objects(self, act: Act, body: Body | None) -> bool:
        """Whether an act leans to caution, and so counts at once."""
        kind = self._by_name.get(act.kind)
        return body is not None and kind is not None and kind.objects(body)

    def office(self, act: Act, body: Body | None) -> Office | None:
        """The office an act speaks for."""
        kind = self._by_name.get(act.kind)
        return kind.office(body) if kind and body is not None else None

    def attached(self, act: Act, body: Body | None) -> tuple[Attachment, ...]:
        """The files an act carries. Unknown kinds may use the same ``attachments`` list, so that they can be relayed."""
        kind = self._by_name.get(act.kind)
        if kind and body is not None:
            return kind.attached(body)
        return _listed(act) if kind is None else ()

    def files(self, act: Act, body: Body | None) -> frozenset[str]:
        """SHA-256 of every file without which the act does not count, for a body that was read already."""
        kind = self._by_name.get(act.kind)
        if kind and body is not None:
            return kind.files(body)
        return frozenset(item.sha256 for item in self.attached(act, body))

    def carried(self, act: Act, tables: FieldTables = FIELD_TABLES) -> frozenset[str]:
        """SHA-256 of every file that travels with this act. Raises as ``read``.

        Of an unknown kind these are the files that any of its fields describes: somebody who knows it may get them from here.
        """
        kind = self._by_name.get(act.kind)
        # Read as the fold will read it, and kept for it.
        return kind.carried(act, lambda: self.read(act, tables)) if kind else _described(act)

    def named(self, act: Act, body: Body | None) -> frozenset[str]:
        """Act ids this act depends on, in its envelope and in its body."""
        kind = self._by_name.get(act.kind)
        return act.names | kind.named(body) if kind and body is not None else act.names


def _listed(act: Act) -> tuple[Attachment, ...]:
    if not isinstance(act.body.get("attachments"), list):
        return ()
    try:
        return _FILES.read("attachments", act.body["attachments"], FIELD_TABLES)
    except MalformedAct:
        return ()


def _described(act: Act) -> frozenset[str]:
    """SHA-256 of the files described in the fields of a body, alone or in a list; none when they are more than an act may have."""
    found: set[str] = set()
    for value in act.body.values():
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, Mapping) and "sha256" in item:
                try:
                    found.add(_FILE.read("", item, FIELD_TABLES).sha256)
                except MalformedAct:
                    continue
    return frozenset(found) if len(found) <= MAX_ENTRIES else frozenset()

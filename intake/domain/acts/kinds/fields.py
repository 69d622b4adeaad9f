"""The fields in the body of one kind of act: read, written and described from one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds.forms import FieldForm, closed
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Wording
from intake.domain.terms.boundaries import FieldTables

_BODY_HOLDS_MORE = Wording("BodyHoldsMore", "its {kind} holds something this form does not have")
_FIELD_MISSING = Wording("FieldMissing", "its field “{field}” is missing")


class Fields:
    """``forms`` by the name of the field. Where ``by`` is given, its value tells which ``variants`` replace some of them.

    ``attributes`` names those of the body that are called otherwise than their field.
    """

    def __init__(
        self,
        forms: Mapping[str, FieldForm[Any]],
        *,
        by: str = "",
        variants: Mapping[str, Mapping[str, FieldForm[Any]]] | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        self._forms = forms
        self._by = by
        self._variants = {name: {**forms, **instead} for name, instead in (variants or {}).items()}
        self._instead = dict(variants or {})
        self._attributes = {key: key for key in forms} | dict(attributes or {})

    def read(self, act: Act, tables: FieldTables) -> dict[str, Any]:
        """The value of every field; ``tables`` are what terms can be read by. Raises MalformedAct or its kin."""
        body = act.body
        for key in self._forms:
            if key not in body:
                raise MalformedAct(detail=_FIELD_MISSING(field=key))
        forms = self._chosen(body.get(self._by))
        found = {key: form.read(key, body[key], tables) for key, form in forms.items()}
        # Equal to what we would have written: no field more, no second way to write the same thing.
        if body != {key: form.write(found[key]) for key, form in forms.items()}:
            raise MalformedAct(detail=_BODY_HOLDS_MORE(kind=act.kind))
        return found

    def write(self, body: object) -> dict[str, Json]:
        """What ``read`` reads, from the attributes of ``body``."""
        forms = self._chosen(getattr(body, self._by, None))
        return {key: form.write(getattr(body, self._attributes[key])) for key, form in forms.items()}

    @property
    def schema(self) -> dict[str, Json]:
        """JSON Schema of the body."""
        made = closed({key: form.schema for key, form in self._forms.items()})
        if self._instead:
            made["allOf"] = [
                {
                    "if": {"properties": {self._by: {"const": name}}},
                    "then": {"properties": {key: form.schema for key, form in instead.items()}},
                }
                for name, instead in self._instead.items()
            ]
        return made

    def _chosen(self, value: object) -> Mapping[str, FieldForm[Any]]:
        # What is no variant at all is refused by the form of the field itself.
        return self._variants.get(value, self._forms) if isinstance(value, str) else self._forms

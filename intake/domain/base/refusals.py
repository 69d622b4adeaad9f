"""Refusals: the errors a person can act on.

A refusal says what happened, why Countersign refuses and what to do next, in plain words and without a traceback.
Every room derives its own exact classes from ``Refusal``; anything else that is raised is a bug.
"""

from __future__ import annotations

from typing import ClassVar

from intake.domain.base.reasons import Reason, reason_of
from intake.domain.base.wording import PARTS, fields, fill, source, together


class Refusal(Exception):
    """Base of every refusal.

    A subclass states its three sentences as templates, in English; keyword arguments of the constructor fill the
    ``{names}`` in them and stay readable in ``facts``. A fact that is a ``Reason`` is put into words with them.
    ``exit_code`` is what the command line returns for it.
    """

    what: ClassVar[str] = "This was refused."
    why: ClassVar[str] = ""
    next: ClassVar[str] = ""
    exit_code: ClassVar[int] = 2

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        for part in PARTS:
            source(f"{cls.__name__}.{part}", getattr(cls, part))

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.what_happened)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by facts, so that a refusal crosses a process boundary unchanged."""
        return _rebuild, (type(self), self.facts)

    @property
    def code(self) -> str:
        """The exact name of this refusal, stable enough to be stored with a quarantined file."""
        return type(self).__name__

    @property
    def given(self) -> Reason:
        """The refusal as a reason, with the facts that its sentences name: what is stored and folded of it."""
        named = {name for part in PARTS for name in fields(getattr(self, part))}
        return reason_of(self.code, {name: value for name, value in self.facts.items() if name in named})

    def told(self, part: str) -> Reason | None:
        """One of the three sentences (``what``, ``why``, ``next``) as a reason; None where the refusal does not have it."""
        if not getattr(self, part):
            return None
        given = self.given
        return given if part == "what" else Reason(f"{given.code}.{part}", given.facts)

    @property
    def whole(self) -> Reason:
        """All its sentences as one reason."""
        return together(*map(self.told, PARTS))

    @property
    def what_happened(self) -> str:
        return self._fill("what")

    @property
    def reason(self) -> str:
        return self._fill("why")

    @property
    def next_step(self) -> str:
        return self._fill("next")

    @property
    def sentence(self) -> str:
        """All three sentences in one line, for logs and the command line."""
        return " ".join(part for part in (self.what_happened, self.reason, self.next_step) if part)

    def _fill(self, part: str) -> str:
        return fill(f"{self.code}.{part}", getattr(self, part), self.facts)


def _rebuild(kind: type[Refusal], facts: dict[str, object]) -> Refusal:
    return kind(**facts)

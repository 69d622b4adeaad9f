"""Refusals: the errors a person can act on.

A refusal says what happened, why Countersign refuses and what to do next, in plain words and without a traceback.
Every room derives its own exact classes from ``Refusal``; anything else that is raised is a bug.
"""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """Base of every refusal.

    A subclass states its three sentences as templates; keyword arguments of the constructor fill the ``{names}``
    in them and stay readable in ``facts``. ``exit_code`` is what the command line returns for it.
    """

    what: ClassVar[str] = "This was refused."
    why: ClassVar[str] = ""
    next: ClassVar[str] = ""
    exit_code: ClassVar[int] = 2

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
    def what_happened(self) -> str:
        return self._fill(self.what)

    @property
    def reason(self) -> str:
        return self._fill(self.why)

    @property
    def next_step(self) -> str:
        return self._fill(self.next)

    @property
    def sentence(self) -> str:
        """All three sentences in one line, for logs and the command line."""
        return " ".join(part for part in (self.what_happened, self.reason, self.next_step) if part)

    def _fill(self, template: str) -> str:
        # format_map on foreign text would let "{" in a fact be read as a field, so facts are only ever values here.
        return template.format_map({name: str(value) for name, value in self.facts.items()})


def _rebuild(kind: type[Refusal], facts: dict[str, object]) -> Refusal:
    return kind(**facts)

"""What people remarked on a case, what answers it, and what of it is resolved. None of it binds anybody.

A remark is a comment; one that answers another belongs to that one, and so do the answers to it. A remark is resolved by a
note (``kinds.resolved``) that names it with **everything** that answers it here, signed by its author, by those whose case it is or
by an office. So an answer to a resolved remark opens it again, and so does an answer given while the note was on its way: which of
two came first nobody needs to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.resolved import ResolvedBody
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Judge


@dataclass(frozen=True, slots=True)
class RemarkThread:
    """``remark`` is the act id of a comment that answers none, ``answers`` those of all that answer it, in the order of the case.

    ``resolved`` is the first note that settles it, empty while it is open. ``revision`` is the revision its author had before
    them, empty where they knew none.
    """

    remark: str
    answers: tuple[str, ...]
    resolved: str
    revision: str

    @property
    def acts(self) -> tuple[str, ...]:
        """The remark and its answers: what a note has to name to resolve it."""
        return (self.remark, *self.answers)

    @property
    def open(self) -> bool:
        return not self.resolved


def remark_threads(graph: Graph, judge: Judge) -> tuple[RemarkThread, ...]:
    """Every remark that counts, in the order of the case. What answers something that does not count stands alone."""
    first: dict[str, str] = {}
    said: dict[str, list[str]] = {}
    notes: list[str] = []
    revisions: list[str] = []
    for name in graph.order:
        body = graph.bodies[name]
        if isinstance(body, CommentBody) and judge.counts(name):
            # What it answers comes before it in the order of the case.
            first[name] = first.get(body.answers, name)
            said.setdefault(first[name], []).append(name)
        elif isinstance(body, ResolvedBody) and judge.notes(name):
            notes.append(name)
        elif isinstance(body, RevisionBody) and judge.counts(name):
            revisions.append(name)
    resolved = _resolved(graph, judge, {remark: frozenset(acts) for remark, acts in said.items()}, notes)
    return tuple(
        RemarkThread(
            remark=remark,
            answers=tuple(acts[1:]),
            resolved=resolved.get(remark, ""),
            revision=next((item for item in reversed(revisions) if graph.descends(remark, item)), ""),
        )
        for remark, acts in said.items()
    )


def _resolved(graph: Graph, judge: Judge, said: Mapping[str, frozenset[str]], notes: list[str]) -> dict[str, str]:
    """The first note that settles each remark, of those that are settled.

    Anybody listed may sign notes that name hundreds of ids, so nothing is kept of a note but what it settles.
    """
    found: dict[str, str] = {}
    for note in notes:
        body = graph.bodies[note]
        assert isinstance(body, ResolvedBody)
        open_here = [remark for remark in body.remarks if remark in said and remark not in found]
        if not open_here:
            continue
        named, author, every = frozenset(body.remarks), graph.acts[note].person, judge.may_resolve_all(note)
        for remark in open_here:
            if (every or author == graph.acts[remark].person) and said[remark] <= named:
                found[remark] = note
    return found

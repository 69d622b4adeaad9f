"""Which remarks are open, a second time: beside the rules of ``oracle``."""

from __future__ import annotations

from tests.domain.case.oracle import Oracle, Raw


def open_remarks(oracle: Oracle) -> set[str]:
    """The comments that answer none, without a note that names them and everything that answers them."""
    acts = [act for act in oracle.acts.values() if act.id not in oracle.tainted]
    counted = {
        act.id: str(act.body["about"])
        for act in acts
        if act.kind == "comment" and oracle.right(act, "anyone") == "full" and oracle.complete(act.id)
    }
    whole: dict[str, set[str]] = {}
    for name in counted:
        first = name
        while counted[first] in counted:
            first = counted[first]
        whole.setdefault(first, set()).add(name)
    notes = [act for act in acts if act.kind == "note-resolved"]
    return {
        first for first, answers in whole.items() if not any(_resolves(oracle, note, first, answers) for note in notes)
    }


def _resolves(oracle: Oracle, note: Raw, first: str, answers: set[str]) -> bool:
    if oracle.right(note, "anyone") != "full" or not answers <= set(note.body["remarks"]):
        return False
    own = oracle.own(note) or note.person == oracle.acts[first].person
    return own or "full" in (oracle.right(note, "cio"), oracle.right(note, "ciso"))

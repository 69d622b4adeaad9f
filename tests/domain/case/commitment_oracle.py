"""Rule R14 a second time, as plainly as sets allow, for histories in which terms differ by their conditions alone.

Nothing is shared with the fold: bodies are read as raw JSON, ancestors are sets of ids, and every question is answered by looking at
everything. Offices are those of the small organisation of the tests, and nobody loses a right.
"""

from __future__ import annotations

from itertools import product
from typing import Any

OFFICES = {"cleo": "cio", "dan": "ciso"}
HANDS_ON_NOTHING = ("suspend", "return", "comment")
Raw = Any


def named(act: Raw) -> set[str]:
    found = {act.prev, act.case, *act.after, *act.body.get("revises", ()), act.body.get("revision", "")}
    return (found | {act.body.get("report", "")}) - {""}


def past(acts: dict[str, Raw], name: str) -> set[str]:
    found: set[str] = set()
    pending = list(named(acts[name]))
    while pending:
        one = pending.pop()
        if one not in found:
            found.add(one)
            if one in acts and acts[one].kind not in HANDS_ON_NOTHING:
                pending += named(acts[one])
    return found


def whole(acts: dict[str, Raw], name: str) -> bool:
    """Whether everything is here that an act rests on; what only an objection rests on is not asked for."""
    return all(one in acts for one in past(acts, name))


def asked(act: Raw) -> dict[tuple[str, str], set[str]]:
    """What an approval asks for: text and office, with who has to meet it."""
    terms = act.body.get("terms")
    found: dict[tuple[str, str], set[str]] = {}
    for item in terms["conditions"] if terms else ():
        found.setdefault((item["text"], item.get("office", "")), set()).add(item["owner"])
    return found


class CommitmentOracle:
    """``ids`` tells the text and office behind the id of a commitment."""

    def __init__(self, acts: dict[str, Raw], ids: dict[str, tuple[str, str]]) -> None:
        self.acts, self.ids = acts, ids
        self.pasts = {name: past(acts, name) for name in acts}
        self.counting: dict[str, bool] = {}

    def agreed(self, among: set[str]) -> list[tuple[str, str]]:
        """Opinions of both offices that approve the same, where neither had seen the other move on."""
        said = [name for name in among & self.acts.keys() if self.acts[name].kind == "opinion" and self.counts(name)]
        pairs = [(one, other) for one, other in product(said, said) if self._same(one, other)]
        return [(one, other) for one, other in pairs if not self._void(one, other, said)]

    def _same(self, one: str, other: str) -> bool:
        mine, theirs = self.acts[one].body, self.acts[other].body
        offices = (mine["office"], theirs["office"]) == ("cio", "ciso")
        keys = ("revision", "terms_digest")
        return offices and all(mine[key] == theirs[key] for key in keys)

    def _void(self, one: str, other: str, said: list[str]) -> bool:
        for mine, theirs in ((one, other), (other, one)):
            body = self.acts[mine].body
            for name in said:
                moved = self.acts[name].body
                if (moved["office"], moved["revision"]) == (body["office"], body["revision"]):
                    if moved["terms_digest"] != body["terms_digest"] and name not in self.pasts[mine]:
                        if name in self.pasts[theirs]:
                            return True
        return False

    def counts(self, name: str) -> bool:
        if name not in self.counting:
            act = self.acts[name]
            # A return counts as soon as its signature and its right hold.
            here = act.kind == "return" or whole(self.acts, name)
            self.counting[name] = here and getattr(self, f"_{act.kind}", lambda _: True)(act)
        return self.counting[name]

    def _opinion(self, act: Raw) -> bool:
        both = {
            one.body["office"]
            for one in self.acts.values()
            if one.kind == "opinion" and all(one.body[key] == act.body[key] for key in ("revision", "terms_digest"))
        }
        if len(both) < 2:
            return True
        seen = {one: self.acts[one] for one in self.pasts[act.id] if one in self.acts}
        before = CommitmentOracle(seen, self.ids)
        open_then = {key for key, state in before.states().items() if state in ("open", "reported")}
        return open_then <= asked(act).keys()

    def _loosely_agreed(self, act: Raw) -> list[dict[tuple[str, str], set[str]]]:
        """All that an approval of each office asked for, as far as an author had seen."""
        seen = [self.acts[name] for name in self.pasts[act.id] if name in self.acts]
        said = [one for one in seen if one.kind == "opinion" and self.counts(one.id)]
        return [asked(one) for one, other in product(said, said) if self._same(one.id, other.id)]

    def _report(self, act: Raw) -> bool:
        key = self.ids[act.body["commitment"]]
        return any(act.person in known[key] for known in self._loosely_agreed(act) if key in known)

    def _confirm(self, act: Raw) -> bool:
        key = self.ids[act.body["commitment"]]
        report = self.acts[act.body["report"]]
        agreed = [known[key] for known in self._loosely_agreed(act) if key in known]
        if not self._answers(act, report) or not agreed:
            return False
        newer = [
            one
            for one in self.acts.values()
            if one.kind == "report"
            and one.body["commitment"] == act.body["commitment"]
            and self.counts(one.id)
            and report.id in self.pasts[one.id]
            and one.id in self.pasts[act.id]
        ]
        return not newer and act.person not in {report.person}.union(*agreed)

    def _return(self, act: Raw) -> bool:
        if not whole(self.acts, act.id):
            return True
        key = self.ids[act.body["commitment"]]
        agreed = any(key in known for known in self._loosely_agreed(act))
        return agreed and self._answers(act, self.acts[act.body["report"]])

    def _answers(self, act: Raw, report: Raw) -> bool:
        asking = self.ids[act.body["commitment"]][1]
        office = OFFICES.get(act.person) == act.body["office"] and asking in ("", act.body["office"])
        return office and report.kind == "report" and report.body["commitment"] == act.body["commitment"]

    def states(self) -> dict[tuple[str, str], str]:
        """Every commitment that both ever agreed on."""
        keys = {key for one, _ in self.agreed(set(self.acts)) for key in asked(self.acts[one])}
        return {key: self._state(key) for key in keys}

    def _state(self, key: tuple[str, str]) -> str:
        mine = [
            act.id
            for act in self.acts.values()
            if act.kind in ("report", "confirm", "return")
            and self.ids[act.body["commitment"]] == key
            and self.counts(act.id)
        ]
        heads = {one for one in mine if not any(one in self.pasts[other] for other in mine)}
        kinds = {self.acts[one].kind for one in heads}
        return {"report": "reported", "confirm": "confirmed"}.get(kinds.pop() if len(kinds) == 1 else "", "open")

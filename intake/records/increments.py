"""What one signature may add to a record, object by object: itself, its look, and the marks that say it is there.

Each appended revision may replace three objects only, and in them only the entries signing writes: the document's root,
the form, and one field that was empty. Everything else in it must be new and reachable only from there. This also holds
for the first signer's revision, which no signature before it protects: without this rule, a record could start with
the base both opinions name and show other pages.
"""

from __future__ import annotations

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

_TRAILER = {"/Root", "/Info", "/ID", "/Size", "/Prev"}
_ROOT = {"/Extensions", "/Version", "/Perms"}
_FORM = {"/SigFlags"}
_FIELD = {"/V", "/AP"}


class ForeignChange(Exception):
    """A revision holds more than its signature; the message says what, in plain words."""


def check(reader: PdfFileReader) -> None:
    """See that every revision after the first only adds a signature. Raises ForeignChange, or what pyHanko raises."""
    known = _numbers(reader, 0)
    for number in range(1, reader.total_revisions):
        before, after = reader.get_historical_resolver(number - 1), reader.get_historical_resolver(number)
        added = _numbers(reader, number)
        if reader.xrefs.refs_freed_in_revision(number):
            raise ForeignChange("something was taken out of it")
        _check_trailer(before, after)
        _Revision(before, after, replaced=added & known, new=added - known).check()
        known |= added
        _check_references(after, added, known)


def _numbers(reader: PdfFileReader, revision: int) -> set[int]:
    # By number alone: the same number with another generation would also replace the object.
    return {int(reference.idnum) for reference in reader.xrefs.explicit_refs_in_revision(revision)}


def _check_trailer(before: HistoricalResolver, after: HistoricalResolver) -> None:
    old, new = before.trailer_view, after.trailer_view
    if not set(new.keys()) <= _TRAILER or old.raw_get("/Root") != new.raw_get("/Root"):
        raise ForeignChange("it was given another root")
    if old.raw_get("/Info") != new.raw_get("/Info"):
        raise ForeignChange("it was given another title or date")


def _check_references(after: HistoricalResolver, added: set[int], known: set[int]) -> None:
    """See that nothing new points to an object that is not there yet: the next revision could fill it in."""
    waiting = [after.get_object(generic.Reference(number, 0)) for number in added]
    while waiting:
        item = waiting.pop()
        if isinstance(item, generic.IndirectObject):
            if item.idnum not in known:
                raise ForeignChange("it points to something that is not there")
        elif isinstance(item, generic.DictionaryObject):
            waiting.extend(item.raw_get(key) for key in item)
        elif isinstance(item, generic.ArrayObject):
            waiting.extend(item.raw_get(index) for index in range(len(item)))


class _Revision:
    def __init__(
        self, before: HistoricalResolver, after: HistoricalResolver, *, replaced: set[int], new: set[int]
    ) -> None:
        self._before = before
        self._after = after
        self._replaced = replaced
        self._new = new

    def check(self) -> None:
        root = self._before.trailer_view.raw_get("/Root")
        form = self._before.root.raw_get("/AcroForm")
        fields = {int(field.idnum) for field in self._before.root["/AcroForm"]["/Fields"]}
        signed = self._replaced & fields
        if len(signed) != 1 or not self._replaced <= signed | {int(root.idnum), int(form.idnum)}:
            raise ForeignChange("more than one signature field was changed")
        for number in self._replaced - fields:
            self._compare(number, _ROOT if number == root.idnum else _FORM)
        self._check_root()
        self._check_field(signed.pop())

    def _compare(self, number: int, allowed: set[str]) -> tuple[generic.DictionaryObject, generic.DictionaryObject]:
        reference = generic.Reference(number, 0)
        old, new = self._before.get_object(reference), self._after.get_object(reference)
        if type(old) is not generic.DictionaryObject or type(new) is not generic.DictionaryObject:
            raise ForeignChange("one of its parts was exchanged")
        for key in (set(old.keys()) | set(new.keys())) - allowed:
            if key not in old or key not in new or old.raw_get(key) != new.raw_get(key):
                raise ForeignChange(f"its entry {str(key)[:40]} was changed")
        return old, new

    def _check_root(self) -> None:
        old, new = self._before.root, self._after.root
        permissions = new.get("/Perms", {})
        if "/Perms" in old and old.raw_get("/Perms") != new.raw_get("/Perms"):
            raise ForeignChange("what may be changed in it was changed")
        if not set(permissions.keys()) <= {"/DocMDP"}:
            raise ForeignChange("it was given other permissions")

    def _check_field(self, number: int) -> None:
        old, new = self._compare(number, _FIELD)
        if "/V" in old or "/V" not in new:
            raise ForeignChange("a signature was exchanged or removed")
        look = new["/AP"]
        fresh = [new.raw_get("/V"), *(look.raw_get(key) for key in look)]
        if set(look.keys()) != {"/N"} or not all(
            isinstance(item, generic.IndirectObject) and item.idnum in self._new for item in fresh
        ):
            raise ForeignChange("a signature does not bring its own look")

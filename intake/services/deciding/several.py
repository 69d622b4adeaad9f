"""Signing several use cases in one sheet: which can be, what exactly would be signed of each, and the signing one by one.

Each goes the ordinary way (``deciding``): its pages are made before, what was shown of it is what is signed, and what has moved
since is refused. One that is refused is named, and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from intake.domain.acts.kinds import OPINION
from intake.domain.acts.kinds.opinion import Position
from intake.domain.assessment.assessment import Assessment
from intake.domain.assessment.granted import Granted
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, sentence
from intake.domain.case.allowed import NotInOffice, allowed
from intake.domain.case.summary import reference
from intake.domain.case.together import against_together, terms_to_match
from intake.domain.terms.terms import Terms
from intake.services.deciding import deciding, looks, unsigned
from intake.services.deciding.deciding import Given, Prepared
from intake.services.deciding.standing import against_approval, against_terms
from intake.services.installation.act_writer import require_listed
from intake.services.installation.installation import Installation, PersonWithKey

MOST = 10
"""Use cases in one sheet: more are not read before they are signed."""

Progress = Callable[[int, int, str], None]
"""Told how many of how many are looked at, or signed, and which comes now."""

_ONE_SHEET_FULL = Sentence("TogetherSheetFull", "One sheet holds {count}: sign it with the next.")
_FRESH = Sentence(
    "TogetherFreshRecord", "A record has to be made first, as the copy of the {office} cannot be used. {reason}"
)
_FRESH_PLAIN = Sentence(
    "TogetherCopyMissing", "A record has to be made first, as the copy of the {office} has not arrived."
)


@dataclass(frozen=True, slots=True)
class SetApart:
    """A use case that is not in the sheet, and why."""

    case: str
    reference: str
    title: str
    reason: Reason

    @property
    def sentence(self) -> str:
        """``reason`` in words."""
        return sentence(self.reason)


@dataclass(frozen=True, slots=True)
class SheetOfSeveral:
    """``ready`` are signed with one passphrase, each decided by it; ``apart`` are not. Both in the order they were given."""

    ready: tuple[Prepared, ...]
    apart: tuple[SetApart, ...]


@dataclass(frozen=True, slots=True)
class SignedOne:
    """What became of one use case of the sheet: what was ``given``, or the ``refusal`` for which nothing was signed."""

    prepared: Prepared
    given: Given | None
    refusal: Refusal | None


def sort_out(
    installation: Installation,
    person: str,
    fingerprint: str,
    cases: Sequence[str],
    progress: Progress = lambda *_: None,
) -> SheetOfSeveral:
    """Prepare each use case that can be signed with others, and say of the rest why it cannot. Raises NotListed.

    What ``progress`` raises ends it; nothing is stored by it.
    """
    require_listed(installation, person, fingerprint, OPINION)
    ready: list[Prepared] = []
    apart: list[SetApart] = []
    chosen = tuple(dict.fromkeys(cases))
    for number, case in enumerate(chosen):
        row = installation.register.queries.row(case)
        title = row.title if row else ""
        progress(number, len(chosen), title)
        found = _looked_through(installation, person, case, full=len(ready) >= MOST)
        if isinstance(found, Prepared):
            ready.append(found)
        else:
            apart.append(SetApart(case, reference(case), title, found))
    progress(len(chosen), len(chosen), "")
    return SheetOfSeveral(tuple(ready), tuple(apart))


def give_each(
    installation: Installation,
    signer: PersonWithKey,
    ready: Sequence[Prepared],
    told: Callable[[SignedOne], None],
    progress: Progress = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Sign what was prepared, one use case after the other, each stored before the next. ``told`` hears of each at once.

    ``stopped`` is asked before each. A refusal is of one use case: the others go on.
    """
    for number, prepared in enumerate(ready):
        if stopped():
            return
        progress(number, len(ready), prepared.title)
        try:
            given = deciding.give(installation, signer, prepared)
        except Refusal as refusal:
            told(SignedOne(prepared, None, refusal))
        else:
            told(SignedOne(prepared, given, None))
    progress(len(ready), len(ready), "")


def _looked_through(installation: Installation, person: str, case: str, *, full: bool) -> Prepared | Reason:
    """What would be signed of one use case, or why it is not signed with others."""
    try:
        return _prepared(installation, person, case, full=full)
    except Refusal as refusal:
        return refusal.given


def _prepared(installation: Installation, person: str, case: str, *, full: bool) -> Prepared | Reason:
    state = installation.state(case)
    revision = state.current
    assert revision is not None  # installation.state refuses a case without one
    office = allowed(state, installation.rosters, person).office
    if office is None:
        raise NotInOffice
    assessed = installation.judged(revision)
    if not isinstance(assessed, Assessment):
        raise assessed
    theirs = terms_to_match(state, office)
    granted = installation.judged_on(revision, theirs) if isinstance(theirs, Terms) else None
    # Looked at is what would be signed; what was asked for may be of another tier.
    path = granted.on_terms.path if isinstance(granted, Granted) else assessed.path
    changes = unsigned.read(installation, person, case).changes
    look = looks.last(installation, person, case)
    if against := against_together(state, office, person, look, changes, path.tier, path.label):
        return against
    assert isinstance(theirs, Terms)  # against_together asks for it
    assert isinstance(granted, Granted)  # assessed above
    if refusal := against_approval(installation, state, revision, assessed, person):
        raise refusal
    if refusal := against_terms(installation, state, revision, granted, person, theirs):
        raise refusal
    if full:
        return _ONE_SHEET_FULL(count=MOST)
    prepared = deciding.prepare(installation, person, case, Position.APPROVE, given=theirs)
    sheet = prepared.sheet
    if sheet is None or not sheet.beside:
        # The signature would make another record beside theirs, and decide without closing one.
        note = sheet.note if sheet else None
        return _FRESH(office=office.other.label, reason=note) if note else _FRESH_PLAIN(office=office.other.label)
    return prepared

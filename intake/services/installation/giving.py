"""Giving access: a key for a use case where there is none that may be written with, handed to everybody who reads it.

Everybody who reads a use case gives access when they sign anything in it. A reader who has no key gets all that are known here,
and after one left the others get a new one. Nobody is asked: who may read follows from the roster. A note says who gave whom access.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intake.domain.acts.kinds import ACCESS
from intake.domain.acts.kinds.access import MAX_FOLLOWED, MAX_READERS, AccessBody
from intake.domain.base.canonical import sha256
from intake.domain.case.access import Access
from intake.domain.organisation.exchange_rule import exchanges_confidentially
from intake.domain.organisation.roster import Role
from intake.services.installation.access import access_to, writing_key
from intake.services.installation.bare_writer import BareWriter
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.installation.opening import open_handed
from intake.trust.encryption import handing
from intake.trust.encryption.case_key import CaseKey


def give_access(installation: Installation, signer: PersonWithKey, cases: Iterable[str]) -> int:
    """Give everybody access who reads these use cases and has none; gives to how many keys it was given.

    An empty ``cases`` entry stands for the acts of the organisation. Does nothing where the exchange is open, and for what the
    signer does not read.
    """
    rosters = installation.rosters
    if not exchanges_confidentially(rosters) or not rosters.listed(signer.person, signer.key.fingerprint):
        return 0
    if signer.reader is not None:
        open_handed(installation, signer.reader)
    return sum(_give(installation, signer, case) for case in dict.fromkeys(cases))


def key_for_administrators(installation: Installation) -> CaseKey | None:
    """A new key that only the administrators are handed, for the enrolment of somebody who is not listed yet.

    It is used for this alone and never looked up again: a key that somebody else planted here cannot take its place. None
    where no administrator could open it.
    """
    access = access_to(installation, "")
    listed = installation.rosters.holders(Role.ADMINISTRATOR)
    readers = sorted(key for name in listed if name in access.readers for key in access.readers[name].keys)
    if not readers:
        return None
    key = CaseKey.new(installation.register.org)
    installation.register.confidential.keep_keys([key])
    _hand(installation, key, readers, access, mine="")
    return key


def _give(installation: Installation, signer: PersonWithKey, case: str) -> int:
    access = access_to(installation, case)
    if signer.person not in access.readers:
        return 0
    mine = signer.reader.fingerprint if signer.reader else ""
    known = installation.register.confidential.keys_of(case)
    given = 0
    if writing_key(installation, case, access) is None:
        key = CaseKey.new(installation.register.org, case)
        # The key is kept before anybody is told of it: what was signed and is lost could be read by nobody.
        installation.register.confidential.keep_keys([key])
        follows = tuple(sorted(access.usable or access.given)[:MAX_FOLLOWED])
        given += _tell(installation, signer, key, access, follows, mine=mine)
    # Also the keys of before: who comes later reads what was written then.
    for tag in access.given:
        if tag in known and access.without(tag):
            given += _tell(installation, signer, known[tag], access, (), mine=mine)
    return given


def _tell(
    installation: Installation,
    signer: PersonWithKey,
    key: CaseKey,
    access: Access,
    follows: tuple[str, ...],
    *,
    mine: str,
) -> int:
    """Hand a key to all who read and do not have it, and sign a note of that; gives to how many keys it was given."""
    readers = access.without(key.tag)
    _hand(installation, key, readers, access, mine=mine)
    for at in range(0, len(readers) or 1, MAX_READERS):
        writer = BareWriter(installation, signer)
        writer.write(ACCESS, AccessBody(key.tag, follows, readers[at : at + MAX_READERS]), case=key.case)
        writer.store()
    return len(readers)


def _hand(installation: Installation, key: CaseKey, readers: Sequence[str], access: Access, *, mine: str) -> None:
    """Encrypt the key for each of these certificates; it goes out with the next exchange. ``mine`` opens nothing new here."""
    certificates = _certificates(installation, access)
    handed = {name: handing.hand(key, certificates[name]) for name in readers if name in certificates}
    own = handed.pop(mine, None)
    confidential = installation.register.confidential
    confidential.keep_handed({sha256(data): data for data in handed.values()})
    if own is not None:
        confidential.keep_handed({sha256(own): own}, tried=mine)


def _certificates(installation: Installation, access: Access) -> dict[str, bytes]:
    rosters = installation.rosters
    people = (person for name in access.readers if (person := rosters.person(name)))
    return {item.sha256: item.der for person in people for item in person.certificates}

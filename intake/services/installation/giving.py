"""Giving access: a key for a use case where there is none that may be written with, handed to everybody who reads it.

Whoever reads a use case gives access when they sign anything in it: a reader who has no key yet gets one, and after one left
everybody else gets another. Nobody is asked: who may read follows from the roster. A note says who gave whom access.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

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


def hand_to_administrators(installation: Installation) -> int:
    """Let the administrators read what somebody sends who is not listed yet: their enrolment. Gives to how many keys it was given.

    The key is used for nothing else: what is handed to somebody who asks comes from those who list them.
    """
    rosters = installation.rosters
    if not exchanges_confidentially(rosters):
        return 0
    listed = rosters.holders(Role.ADMINISTRATOR)
    access = access_to(installation, "")
    readers = sorted(key for name in listed if name in access.readers for key in access.readers[name].keys)
    key = CaseKey.new(installation.register.org)
    installation.register.confidential.keep_keys([key])
    _hand(installation, key, readers, access, mine="")
    return len(readers)


def _give(installation: Installation, signer: PersonWithKey, case: str) -> int:
    access = access_to(installation, case)
    if signer.person not in access.readers:
        return 0
    known = writing_key(installation, case, access)
    if known is not None and not access.without(known.tag):
        return 0
    key = known or CaseKey.new(installation.register.org, case)
    readers = access.without(key.tag)
    # The key is kept before anybody is told of it: what was signed and is lost could be read by nobody.
    installation.register.confidential.keep_keys([key])
    _hand(installation, key, readers, access, mine=signer.reader.fingerprint if signer.reader else "")
    follows = () if known else tuple(sorted(access.usable or access.given)[:MAX_FOLLOWED])
    for some in _pieces(readers) or [[]]:
        writer = BareWriter(installation, signer)
        writer.write(ACCESS, AccessBody(key.tag, follows, tuple(some)), case=case)
        writer.store()
    return len(readers)


def _hand(installation: Installation, key: CaseKey, readers: Sequence[str], access: Access, *, mine: str) -> None:
    """Encrypt the key for each of these certificates; it goes out with the next exchange."""
    certificates = _certificates(installation, access)
    made = [(name, handing.hand(key, certificates[name])) for name in readers if name in certificates]
    for tried in (mine, ""):
        installation.register.confidential.keep_handed(
            {sha256(data): data for name, data in made if (name == mine) == bool(tried)}, tried=tried
        )


def _certificates(installation: Installation, access: Access) -> dict[str, bytes]:
    rosters = installation.rosters
    people = (person for name in access.readers if (person := rosters.person(name)))
    return {item.sha256: item.der for person in people for item in person.certificates}


def _pieces(readers: Sequence[str]) -> list[list[str]]:
    found = iter(readers)
    return list(iter(lambda: list(islice(found, MAX_READERS)), []))

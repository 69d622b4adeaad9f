"""A person asks to be listed; the signature of the act proves that the key is theirs.

With it comes the certificate of the key that decrypts, and a proof that the same person has that one too: a signature by it that
names the signing key. Whether the proof holds is seen where somebody is listed by it; to read the act no key is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Effect, Place
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import Base64Form, LineForm
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption, Wording

_CALLED = Caption("CalledEnrolment", "Enrolment")
_ENROLS_ANOTHER_KEY = Wording("EnrolsAnotherKey", "it presents another certificate than the one it is signed with")

_READER_HALF = Wording(
    "EnrolsReaderHalf", "it presents a key that decrypts without a proof, or a proof without the key"
)
_READER_SIGNS = Wording("EnrolsReaderSigns", "it presents one key both for signing and for decrypting")

_CERTIFICATE = 20_000
"""Characters of Base64."""
_PROOF = 2_000


@dataclass(frozen=True, slots=True)
class EnrolBody:
    """``certificate`` is the DER of the certificate the act is signed with.

    ``reader`` is that of the key that decrypts, and ``possession`` the proof that it is the same person's; both are empty for
    somebody who reads nothing that travels encrypted.
    """

    name: str
    unit: str
    certificate: bytes
    reader: bytes = b""
    possession: bytes = b""

    def as_json(self) -> dict[str, Json]:
        return EnrolKind.fields.write(self)


class EnrolKind(ActKind[EnrolBody]):
    name = "enrol"
    called = _CALLED()
    place = Place.ORGANISATION
    effect = Effect.PROVES
    under_roster = False
    before_organisation = True
    fields = Fields(
        {
            "name": LineForm(),
            "unit": LineForm(optional=True),
            "certificate": Base64Form(_CERTIFICATE),
            "reader": Base64Form(_CERTIFICATE, optional=True),
            "possession": Base64Form(_PROOF, optional=True),
        }
    )

    def make(self, act: Act, values: dict[str, Any]) -> EnrolBody:
        made = EnrolBody(**values)
        if canonical.sha256(made.certificate) != act.signer:
            raise MalformedAct(detail=_ENROLS_ANOTHER_KEY())
        if bool(made.reader) is not bool(made.possession):
            raise MalformedAct(detail=_READER_HALF())
        if made.reader == made.certificate:
            raise MalformedAct(detail=_READER_SIGNS())
        return made


ENROL = EnrolKind()

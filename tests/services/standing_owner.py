"""One act by which an owner accepts, answers, ends or passes on a use case, and what offices say of that, for every answer that
``verify`` has on it; see ``standing_cases``.
"""

from __future__ import annotations

from collections.abc import Callable

from intake.domain.acts import kinds
from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds import ACCESS, ACKNOWLEDGED, NOTICE, Office
from intake.domain.acts.kinds.access import AccessBody
from intake.domain.acts.kinds.acknowledged import AcknowledgedBody
from intake.domain.acts.kinds.answer import AnswerBody
from intake.domain.acts.kinds.notice import NoticeBody
from tests.domain.case.test_disowning import stolen
from tests.domain.world import Site, terms
from tests.services.standing_cases import FAILED, OPEN, PASSED, Row, nothing_by


def tightened(site: Site) -> str:
    case = site.revision().id
    site.ciso(case, users=5), site.cio(case, users=5)
    return case


def accepted(site: Site) -> tuple[Act, ...]:
    return (site.accept("ada", tightened(site)),)


def accepted_too_early(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.accept("ada", case, terms(5)),)


def accepted_beside_answer(site: Site) -> tuple[Act, ...]:
    case = tightened(site)
    apart = site.fork("apart")
    made = site.accept("ada", case)
    apart.answer("ada", case, 5)
    site.take(apart)
    return (made,)


def accepted_by_office(site: Site) -> tuple[Act, ...]:
    return (site.accept("dan", tightened(site)),)


def accepted_by_submitter(site: Site) -> tuple[Act, ...]:
    case = site.revision("ada", owner="eve").id
    site.ciso(case), site.cio(case)
    return (site.accept("ada", case),)


ACCEPT = {
    "accepts": Row(accepted, PASSED, "Signed by Ada, and it counts in its use case."),
    "before it was decided": Row(
        accepted_too_early,
        FAILED,
        nothing_by("Ada", "both offices had not decided this when it was signed"),
    ),
    "beside an answer": Row(
        accepted_beside_answer,
        FAILED,
        nothing_by("Ada", "the owner’s side answered the same terms, and neither act had seen the other"),
    ),
    "by an office": Row(
        accepted_by_office,
        FAILED,
        nothing_by("Dan", "only the owner, the submitter or a rostered successor may do this"),
    ),
    "by the submitter": Row(
        accepted_by_submitter,
        FAILED,
        nothing_by("Ada", "only the owner who answers for the revision, or a rostered successor, accepts"),
    ),
}


def answered_point(site: Site) -> tuple[Act, ...]:
    return (site.answer("ada", tightened(site), 5),)


def answered_by_office(site: Site) -> tuple[Act, ...]:
    return (site.answer("dan", tightened(site), 5),)


def answered_what_nobody_decided(site: Site) -> tuple[Act, ...]:
    return (site.answer("ada", tightened(site), 6),)


def answered_no_revision(site: Site) -> tuple[Act, ...]:
    case = tightened(site)
    return (site.answer("ada", case, 5, site.comment("ada", case).id),)


def answered_about(about: str) -> Callable[[Site], tuple[Act, ...]]:
    def story(site: Site) -> tuple[Act, ...]:
        case = tightened(site)
        body = AnswerBody(case, terms(5).digest, about, "It costs us a branch")
        return (site.act("ada", kinds.ANSWER.name, body.as_json(), case=case),)

    return story


_NO_POINT = nothing_by("Ada", "it is about something that the terms it answers do not say")
ANSWER = {
    "answers": Row(answered_point, PASSED, "Signed by Ada, and it counts in its use case."),
    "about the stage": Row(answered_about("stage"), PASSED, "Signed by Ada, and it counts in its use case."),
    "terms nobody agreed on": Row(
        answered_what_nobody_decided, OPEN, "It waits: both offices have not agreed on the terms that it answers."
    ),
    "a comment": Row(
        answered_no_revision, FAILED, nothing_by("Ada", "it answers terms on something that is not a revision")
    ),
    "about nothing": Row(answered_about("nonsense"), FAILED, _NO_POINT),
    "about no condition": Row(answered_about("ab" * 32), FAILED, _NO_POINT),
    "by an office": Row(
        answered_by_office,
        FAILED,
        nothing_by("Dan", "only the owner, the submitter or a rostered successor may do this"),
    ),
}


UNLISTED = "the roster does not list its signer with this key"
NOT_THEIRS = "only the owner, the submitter or a rostered successor may do this"


def retires(site: Site) -> tuple[Act, ...]:
    return (site.retire("ada", site.revision().id),)


def retired_and_filed_again(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return site.retire("ada", case), site.revision(case=case)


def retired_by_office(site: Site) -> tuple[Act, ...]:
    return (site.retire("cleo", site.revision().id),)


RETIRE = {
    "retires": Row(retires, PASSED, "Signed by Ada, and it counts in its use case."),
    "filed again": Row(
        retired_and_filed_again,
        PASSED,
        "Signed by Ada. It counted until Ada filed revision 2, which opened the use case again ({0}).",
    ),
    "by an office": Row(retired_by_office, FAILED, nothing_by("Cleo", NOT_THEIRS)),
}


def handed(site: Site) -> tuple[Act, ...]:
    return (site.hand_over("ada", site.revision().id, "eve"),)


def handed_to_themselves(site: Site) -> tuple[Act, ...]:
    return (site.hand_over("ada", site.revision().id, "ada"),)


def handed_by_nobody(site: Site) -> tuple[Act, ...]:
    return (site.hand_over("eve", site.revision().id, "cleo"),)


HAND_OVER = {
    "hands over": Row(handed, PASSED, "Signed by Ada, and it counts in its use case."),
    "to themselves": Row(handed_to_themselves, FAILED, nothing_by("Ada", "it hands the use case to its own signer")),
    "of somebody else": Row(handed_by_nobody, FAILED, nothing_by("Eve", "its signer does not answer for the use case")),
}


def taken(site: Site) -> tuple[Act, ...]:
    (given,) = handed(site)
    return (site.take_over("eve", given.case, given),)


def taken_by_another(site: Site) -> tuple[Act, ...]:
    (given,) = handed(site)
    return (site.take_over("bob", given.case, given),)


def taken_of_an_absent(site: Site) -> tuple[Act, ...]:
    (given,) = handed(site)
    made = site.take_over("eve", given.case, given)
    del site.acts[given.id]
    return made, given


TAKE_OVER = {
    "takes over": Row(taken, PASSED, "Signed by Eve, and it counts in its use case."),
    "of another successor": Row(
        taken_by_another, FAILED, nothing_by("Bob", "it was handed over to “eve”, and not to its signer")
    ),
    "what it accepts is absent": Row(taken_of_an_absent, OPEN, "It waits: something it names is not here yet ({0})."),
}


def suspended_by_a_stolen_key(site: Site) -> Act:
    case = site.revision().id
    checkpoint = site.checkpoint().id
    made = site.suspend("cleo", case)
    stolen(site, checkpoint)
    return made


def disowns(site: Site) -> tuple[Act, ...]:
    made = suspended_by_a_stolen_key(site)
    return (site.disown("carol", made.case, made.id),)


def disowned_by_nobody(site: Site) -> tuple[Act, ...]:
    made = suspended_by_a_stolen_key(site)
    return (site.disown("eve", made.case, made.id),)


def disowns_an_approval(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.disown("cleo", case, site.cio(case).id),)


def disowns_what_is_its_own(site: Site) -> tuple[Act, ...]:
    case = site.revision().id
    return (site.disown("cleo", case, site.suspend("cleo", case).id),)


_DISOWNS_NONE = (
    "it disowns nothing, for what it names does not suspend beyond the cut-off of a key of its office, "
    "as far as its signer had seen"
)
DISOWN = {
    "disowns": Row(disowns, PASSED, "Signed by Carol, and it counts in its use case."),
    "an approval": Row(disowns_an_approval, FAILED, nothing_by("Cleo", _DISOWNS_NONE)),
    "what no stolen key signed": Row(disowns_what_is_its_own, FAILED, nothing_by("Cleo", _DISOWNS_NONE)),
    "of no office": Row(disowned_by_nobody, FAILED, nothing_by("Eve", "its signer does not hold the role this needs")),
}


def acknowledges(site: Site) -> tuple[Act, ...]:
    (made,) = retires(site)
    body = AcknowledgedBody(Office.CIO, made.id)
    return (site.act("cleo", ACKNOWLEDGED.name, body.as_json(), case=made.case),)


def reader_acknowledges(site: Site) -> tuple[Act, ...]:
    (made,) = retires(site)
    body = AcknowledgedBody(Office.CIO, made.id)
    return (site.act("eve", ACKNOWLEDGED.name, body.as_json(), case=made.case),)


def stranger_acknowledges(site: Site) -> tuple[Act, ...]:
    (made,) = retires(site)
    body = AcknowledgedBody(Office.CIO, made.id)
    return (site.act("stranger", ACKNOWLEDGED.name, body.as_json(), case=made.case),)


def notices(site: Site, who: str = "ada") -> tuple[Act, ...]:
    (made,) = retires(site)
    page = Attachment("12" * 32, 7, "application/pdf", "notice.pdf")
    site.blobs.setdefault(page.sha256, b"a notice")
    body = NoticeBody(made.id, made.case, "", "ef" * 32, page)
    return (site.act(who, NOTICE.name, body.as_json(), case=made.case),)


def stranger_notices(site: Site) -> tuple[Act, ...]:
    return notices(site, "stranger")


def gives_access(site: Site, who: str = "ada") -> tuple[Act, ...]:
    case = site.revision().id
    body = AccessBody("12" * 16, (), ("34" * 32,))
    return (site.act(who, ACCESS.name, body.as_json(), case=case),)


def gives_access_unasked(site: Site) -> tuple[Act, ...]:
    return gives_access(site, "eve")


def stranger_gives_access(site: Site) -> tuple[Act, ...]:
    return gives_access(site, "stranger")


ACCESS_ROWS = {
    "gives access": Row(
        gives_access,
        PASSED,
        "Signed by Ada. It decides nothing; it says who was given a key to read the use case with.",
    ),
    "of somebody who does not read it": Row(
        gives_access_unasked,
        OPEN,
        "It is a note signed by Eve, who does not read the use case. It decides nothing, and no key it names is written with.",
    ),
    "of somebody unlisted": Row(stranger_gives_access, FAILED, nothing_by("stranger", UNLISTED)),
}
ACKNOWLEDGED_ROWS = {
    "acknowledges": Row(
        acknowledges,
        PASSED,
        "Signed by Cleo for the CIO. It decides nothing; it says that the retirement of the use case was read.",
    ),
    "of no office": Row(
        reader_acknowledges,
        OPEN,
        "It is a note signed by Eve. It decides nothing, and no retirement that holds here is acknowledged by it.",
    ),
    "of somebody unlisted": Row(stranger_acknowledges, FAILED, nothing_by("stranger", UNLISTED)),
}
NOTICES = {
    "a notice": Row(
        notices,
        OPEN,
        "It is a note signed by Ada, which carries a page about another act of the use case. It decides nothing.",
    ),
    "of somebody unlisted": Row(stranger_notices, FAILED, nothing_by("stranger", UNLISTED)),
}

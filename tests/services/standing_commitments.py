"""One act about a commitment for every answer that ``verify`` has on it; see ``standing_cases``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.case.commitment import condition_of
from intake.domain.terms.terms import Condition
from tests.domain.world import Site, terms
from tests.services.standing_cases import FAILED, PASSED, Row, nothing_by


def committed(site: Site) -> Act:
    """A report on the only condition of a decision."""
    case = site.revision().id
    wanted = Condition(date(2027, 3, 1), "ada", "Train the team", "", "ciso")
    given = replace(terms(), conditions=(wanted,))
    for who, office in (("dan", Office.CISO), ("cleo", Office.CIO)):
        site.opinion(who, office, case, case, given=given)
    return site.report("ada", case, condition_of(wanted).id)


def reports(site: Site) -> tuple[Act, ...]:
    return (committed(site),)


def reports_of_another(site: Site) -> tuple[Act, ...]:
    made = committed(site)
    return (site.report("eve", made.case, str(made.body["commitment"])),)


def confirms(site: Site) -> tuple[Act, ...]:
    made = committed(site)
    return (site.confirm("dan", made.case, made),)


def confirms_for_the_other(site: Site) -> tuple[Act, ...]:
    made = committed(site)
    return (site.confirm("cleo", made.case, made),)


def returns(site: Site) -> tuple[Act, ...]:
    made = committed(site)
    return (site.send_back("dan", made.case, made),)


def returns_for_the_other(site: Site) -> tuple[Act, ...]:
    made = committed(site)
    return (site.send_back("cleo", made.case, made),)


def reports_of_nothing(site: Site) -> tuple[Act, ...]:
    return (site.report("ada", committed(site).case, "ab" * 32),)


def confirms_a_comment(site: Site) -> tuple[Act, ...]:
    made = committed(site)
    return (site.confirm("dan", made.case, site.comment("ada", made.case), str(made.body["commitment"])),)


def returns_a_comment(site: Site) -> tuple[Act, ...]:
    made = committed(site)
    return (site.send_back("dan", made.case, site.comment("ada", made.case), str(made.body["commitment"])),)


_NO_REPORT = nothing_by("Dan", "it names no report on this commitment")
REPORT = {
    "of what nobody asked for": Row(
        reports_of_nothing, FAILED, nothing_by("Ada", "both offices had not agreed on what it names")
    ),
    "reports": Row(reports, PASSED, "Signed by Ada, and it counts in its use case."),
    "of somebody else": Row(
        reports_of_another, FAILED, nothing_by("Eve", "only who has to meet the commitment reports that it is met")
    ),
}
_OTHER_OFFICE = "another office asked for the commitment, and answers reports on it"
CONFIRM = {
    "a comment": Row(confirms_a_comment, FAILED, _NO_REPORT),
    "confirms": Row(confirms, PASSED, "Signed by Dan, and it counts in its use case."),
    "of the other office": Row(confirms_for_the_other, FAILED, nothing_by("Cleo", _OTHER_OFFICE)),
}
RETURN = {
    "a comment": Row(returns_a_comment, FAILED, _NO_REPORT),
    "sends back": Row(returns, PASSED, "Signed by Dan, and it counts in its use case."),
    "of the other office": Row(returns_for_the_other, FAILED, nothing_by("Cleo", _OTHER_OFFICE)),
}

"""A large organisation: reading the people of a roster and judging one act under it, against parsing the same bytes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator

from intake.domain.assessment.engines import THIS_VERSION
from intake.domain.base import canonical
from intake.domain.case.fold import fold_case
from intake.domain.case.seals import no_record_files
from intake.domain.organisation.chain import fold_rosters
from intake.domain.organisation.people import PeopleReader
from intake.domain.organisation.roster import Grant, ListedCertificate, Period, Person, Role
from tests.benchmarks.harness import Row, ratio
from tests.domain.world import SINCE, Site, believed, certificate, person, roster

COUNT = 100_000
TINY = {"COUNT": 100}


def crowd(count: int) -> Iterable[Person]:
    """So many people, each with a certificate of the usual size and a role."""
    period = Period(SINCE, None, "")
    for number in range(count):
        name = f"p{number:06}"
        der = certificate(f"{name} {'x' * 90}")
        yield Person(
            name, f"Person {number}", "Finance", (ListedCertificate(canonical.sha256(der), der, period),),
            (Grant(Role.OWNER, "", False, period),),
        )  # fmt: skip


def founded(count: int) -> tuple[Site, str]:
    """An organisation of ``count`` people, and a use case in it that somebody of them filed."""
    site = Site("office")
    named = [
        person("bob", Role.ADMINISTRATOR, Role.RECORDS),
        person("cleo", Role.CIO),
        person("dan", Role.CISO),
        person("finn", Role.ADMINISTRATOR),
        person("ada", Role.OWNER),
    ]
    site.publish(roster([*named, *crowd(count - len(named))]), "bob", "finn")
    return site, site.revision().id


def rows() -> Iterator[Row]:
    site, case = founded(COUNT)
    mine = [item for item in site.acts.values() if item.case_id == case]
    data = max(site.blobs.values(), key=len)

    def judge() -> None:
        history = fold_rosters(site.org, site.acts.values(), {}, PeopleReader().over(site.blobs))
        fold_case(mine, history, site.blobs, {}, no_record_files, believed, THIS_VERSION)

    def parse() -> None:
        for entry in json.loads(data):
            for item in entry["certs"]:
                canonical.sha256(base64.b64decode(item["der"]))

    found, seconds = ratio(judge, parse, rounds=3)
    job = f"roster of {COUNT} people: read, judge one act"
    yield Row(job, "JSON and digests of the same bytes", found, 6.0, f"{seconds:.1f} s, {len(data) >> 20} MiB")

    reader = PeopleReader()
    fold_rosters(site.org, site.acts.values(), {}, reader.over(site.blobs))

    def again() -> None:
        history = fold_rosters(site.org, site.acts.values(), {}, reader.over(site.blobs))
        fold_case(mine, history, site.blobs, {}, no_record_files, believed, THIS_VERSION)

    found, seconds = ratio(again, parse, rounds=3)
    yield Row("the same, its people read before", "JSON and digests of the same bytes", found, 0.05, f"{seconds:.3f} s")

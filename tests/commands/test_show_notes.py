"""``show`` names the notes a newer version left, and never more of them than fit a screen."""

from __future__ import annotations

import resources
from intake.services.installation.installation import PersonWithKey
from intake.services.installation.workspace import Workspace, open_installation
from tests.people import person
from tests.services.later import sign_later


def test_show_names_the_notes_of_a_newer_version_and_counts_the_rest(house):
    case = house.file()
    installation = open_installation(Workspace(house.home("ada")), resources.read, resources.names)
    for number in (*range(12), 0):
        sign_later(installation, PersonWithKey("ada", person("ada").key), f"note-{number:02}", {}, case=case)
    installation.register.close()

    document = house.ask("ada", "show", case)
    lines = house.run("ada", "show", case).output.splitlines()

    assert document["notes"][0] == {"who": "Ada", "kind": "note-00", "count": 2}
    assert len(document["notes"]) == 12
    assert [line for line in lines if "newer version" in line] == [
        "a note of a newer version: note-00 by Ada, 2",
        *(f"a note of a newer version: note-{number:02} by Ada, 1" for number in range(1, 10)),
        "… and 2 more notes of a newer version",
    ]

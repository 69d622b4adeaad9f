"""What two people with separate accounts do on one computer; run by ``tests.account``."""

from __future__ import annotations

import os
from pathlib import Path

from tests.commands.house import House, called, document


def send(root: Path, who: str) -> str:
    """File a request, send it to the shared folder and write a package; gives the case."""
    house = House(root, "")
    case = house.file(who)
    house.run(who, "sync", "--folder", house.shared)
    house.run(who, "export", root / "shared" / "all.countersign", "--replace")
    return case


def answer(root: Path, who: str) -> str:
    """Fetch from the shared folder, comment on what came and send that; gives the cases."""
    house = House(root, "")
    house.run(who, "sync", "--folder", house.shared)
    house.run(who, "import", root / "shared" / "all.countersign")
    cases = [item["case"] for item in house.ask(who, "list")["cases"]]
    for case in cases:
        house.run(who, "comment", case, "Seen")
    house.run(who, "sync", "--folder", house.shared)
    return " ".join(cases)


def hear(root: Path, who: str) -> str:
    """Fetch from the shared folder; gives how many acts are new."""
    house = House(root, "")
    return str(house.ask(who, "sync", "--folder", house.shared)["new"])


def pry(root: Path, who: str) -> str:
    """Try to read the home of somebody else; gives the names of what could be read."""
    home = House(root, "").home(who)
    found = []
    for place in (home, home / "keys", home / "register.sqlite", home / "settings.json", home / "register.sqlite.mark"):
        try:
            _ = place.read_bytes() if place.suffix else tuple(place.iterdir())
        except PermissionError:
            continue
        found.append(place.name)
    return " ".join(found) or "nothing"


def audit(root: Path, who: str, case: str) -> str:
    """As ``glance``, after showing the case. Its record is judged by a process this account may not start here."""
    house = House(root, "")
    assert house.ask(who, "show", case)["case"] == case
    return glance(root, who, case)


def glance(root: Path, who: str, case: str) -> str:
    """List the cases and try to comment on one; gives the refusal of the comment, if there is one."""
    house = House(root, "")
    assert case in {item["case"] for item in house.ask(who, "list")["cases"]}
    mine = os.geteuid() == 0
    said = house.ask(who, "comment", case, "Seen", expect=0 if mine else 2)
    return "" if mine else str(said["refusal"]["code"])


def knock(root: Path, who: str) -> str:
    """Name a home that is closed, one whose register is closed, and closed files and folders; gives each exit code and refusal."""
    house = House(root, "")
    closed, sealed, file, folder = root / "closed", house.home(who), root / "closed.pdf", root / "closed acts"
    calls: list[tuple[str | Path, ...]] = [
        *(("list", "--home", home) for home in (closed, closed / "below", sealed)),
        *(("doctor", "--home", home) for home in (closed, sealed)),
        ("verify", root / "record.pdf", "--home", closed),
        ("new-key", "Ada", "--person", "ada", "--passphrase-file", house.passphrase, "--home", closed),
        ("verify", file, root / "record.pdf", "--home", root / "empty"),
        ("verify", root / "record.pdf", "--acts", folder),
        ("playbook", "check", folder, "--home", root / "empty"),
    ]
    said = []
    for words in calls:
        result = called(*words, "--json")
        found = document(result, *words)
        code = found.get("refusal", {}).get("code") or "+".join(item["indication"] for item in found.get("files", ()))
        said.append(f"{words[0]} {result.exit_code} {code}")
    return "; ".join(said)

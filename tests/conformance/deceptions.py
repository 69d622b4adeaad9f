"""Every attack on a record that is one file, built fresh: for the programs of others to judge beside ours."""

from __future__ import annotations

from pyhanko.sign.fields import MDPPerm

from intake.records.reading import structure
from tests.records import attacks, attacks_structure, contents
from tests.records.conftest import Installation


def all_of(installation: Installation, base: bytes, first: bytes, both: bytes) -> dict[str, bytes]:
    """Each attack by its name. ``first`` is signed by the CISO alone."""
    cio, ciso = installation.keys["cio"], installation.keys["ciso"]
    made: dict[str, bytes] = {}
    for name, spell in attacks.SPELLINGS.items():
        made[f"spelling: {name}"] = spell(both)
    for name, change in attacks.CHANGES.items():
        made[f"after both: {name}"] = attacks.appended(both, change)
        made[f"by the second signer: {name}"] = attacks.signed(first, "CIO", cio, change=change)
        made[f"between the signatures: {name}"] = attacks.signed(attacks.appended(first, change), "CIO", cio)
    for name in attacks.HIDDEN:
        opened = attacks.signed(base, "CISO", ciso, change=attacks.CHANGES[name], certify=True)
        made[f"by the first signer: {name}"] = attacks.signed(opened, "CIO", cio)
    for trick in attacks_structure.REFUSALS:
        made[f"section: {trick.__name__}"] = attacks_structure.tampered(both, trick, cio)
    copied = structure.scan(first).revisions[0].signature
    commented = attacks.signed(base, "CISO", ciso, certify=True, permissions=MDPPerm.ANNOTATE)
    pretended = installation.base(contents.decision(organisation="ee" * 32))
    letter = both.index(b"/Lang") + 9
    return made | {
        "a flipped letter": both[:letter] + bytes([both[letter] ^ 0x20]) + both[letter + 1 :],
        "after both: a revision that changes nothing": attacks.appended(both, attacks.touch),
        "the other value that fits the first signature": attacks.signed(attacks.other_value(first), "CIO", cio),
        "the other value that fits the second signature": attacks.other_value(both),
        "cut back to the first signature": attacks.first_revision_only(both),
        "one signature behind two fields": attacks.appended(first, attacks.share_signature),
        "one signature copied into the other field": attacks.signed(first, "CIO", cio, given=copied),
        "the first signature leaves the record open": attacks.signed(attacks.signed(base, "CISO", ciso), "CIO", cio),
        "the first signature allows comments": attacks.signed(commented, "CIO", cio),
        "swapped offices": installation.sign(installation.sign(base, "CIO", "ciso"), "CISO", "cio"),
        "one key in both offices": installation.sign(installation.sign(base, "CIO", "cio"), "CISO", "cio"),
        "a key of the same name": installation.sign(first, "CIO", "other"),
        "a complete rival organisation": installation.sign(
            installation.sign(pretended, "CIO", "other"), "CISO", "stranger"
        ),
    }

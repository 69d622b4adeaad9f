"""The fields of each numbered table of boundaries. The numbers are in what both offices sign.

A table of a released version is never changed, not by a word: records print its words, and terms that were signed by it
are read by it for ever. A change is a table with the next number, added to ``FIELD_TABLES``; so is a change to anything
else in the form of terms, which older versions then leave alone too (``terms.NewerTerms``).
"""

from __future__ import annotations

from intake.domain.terms.boundaries import Boundary, BoundaryField, FieldTable, FieldTables, Form

_D, _M, _S, _U = Boundary

TABLE_1 = FieldTable(1, (
    BoundaryField(
        _D, "highest_class", "Highest class of data", Form.CHOICE,
        "Data that never enters the system cannot leak from it.",
        (("public", "Public"), ("internal", "Internal"), ("confidential", "Confidential"), ("restricted", "Restricted")),
    ),
    BoundaryField(
        _D, "categories", "Categories of data allowed", Form.SET,
        "A named list can be checked; “business data” cannot.",
    ),
    BoundaryField(
        _D, "personal_data", "Personal data", Form.CHOICE,
        "Personal data brings duties to the people it is about, and special categories bring stricter ones.",
        (("none", "None"), ("ordinary", "Ordinary personal data"), ("special", "Including special categories")),
    ),
    BoundaryField(
        _D, "prompt_retention_days", "Prompts kept for", Form.NUMBER,
        "What is kept can be lost or demanded; what is not kept cannot explain an incident.", unit="days", one="day",
    ),
    BoundaryField(
        _D, "output_retention_days", "Outputs kept for", Form.NUMBER,
        "Outputs may repeat what went in, so they need their own limit.", unit="days", one="day",
    ),
    BoundaryField(
        _D, "vendor_training", "Provider may train on our data", Form.FLAG,
        "What a provider trains on can come out again in front of others.",
    ),
    BoundaryField(
        _D, "regions", "Regions of processing", Form.SET,
        "The law that protects the data is the law of the place where it is processed.",
    ),
    BoundaryField(
        _M, "provider", "Provider", Form.TEXT,
        "The approval rests on what is known about this provider, and on no other.",
    ),
    BoundaryField(
        _M, "model", "Model", Form.TEXT,
        "Another model behaves differently, so it needs another look.",
    ),
    BoundaryField(
        _M, "versions", "Versions", Form.TEXT,
        "A silent upgrade can undo every test; name the version or the range that was tested.",
    ),
    BoundaryField(
        _M, "purposes_allowed", "Purposes allowed", Form.SET,
        "Risk was judged for these purposes only.",
    ),
    BoundaryField(
        _M, "purposes_forbidden", "Purposes forbidden", Form.SET,
        "Naming the tempting misuse stops it before it starts.", wider=False,
    ),
    BoundaryField(
        _M, "autonomy", "Autonomy", Form.CHOICE,
        "The less a person decides, the more a wrong output does before anyone notices.",
        (
            ("suggests", "Suggests; a person does the work"),
            ("drafts", "Drafts; a person checks each result"),
            ("acts_with_approval", "Acts after a person approves each action"),
            ("acts_with_veto", "Acts; a person can stop it"),
            ("acts_alone", "Acts alone"),
        ),
    ),
    BoundaryField(
        _S, "systems", "Systems connected", Form.SET,
        "Anybody who misleads the model can reach each connected system.",
    ),
    BoundaryField(
        _S, "access", "Access to these systems", Form.CHOICE,
        "Reading leaks, writing damages: the second needs a stronger reason.",
        (("none", "None"), ("read", "Read"), ("write", "Read and write")),
    ),
    BoundaryField(
        _S, "tools", "Tools the model may call", Form.SET,
        "A tool turns words into actions; only listed tools were examined.",
    ),
    BoundaryField(
        _S, "code_execution", "May run code it wrote", Form.FLAG,
        "Code made from untrusted text is untrusted code.",
    ),
    BoundaryField(
        _S, "network", "Network reach", Form.CHOICE,
        "Without a way out, stolen data stays inside.",
        (
            ("none", "None"),
            ("internal", "Internal only"),
            ("allowlist", "Listed addresses"),
            ("internet", "Open internet"),
        ),
    ),
    BoundaryField(
        _U, "groups", "Groups who may use it", Form.SET,
        "Access for everyone is access for the careless and the curious too.",
    ),
    BoundaryField(
        _U, "max_users", "Users at most", Form.NUMBER,
        "A pilot stays a pilot only while its size is limited.", unit="people", one="person",
    ),
    BoundaryField(
        _U, "budget", "Costs at most", Form.MONEY,
        "What nobody limits in money grows until somebody asks who decided on it.",
    ),
    BoundaryField(
        _U, "granted_by", "Who grants access", Form.TEXT,
        "One named role can also take access away again.",
    ),
    BoundaryField(
        _U, "training_needed", "Training needed first", Form.FLAG,
        "People who know the limits of a model catch its mistakes.", wider=False,
    ),
))  # fmt: skip

FIELD_TABLES = FieldTables((TABLE_1,))
"""What this version reads; it offers terms in the newest of them."""

PLAYBOOK_TABLE = TABLE_1
"""What playbooks name and assessments propose by. Its values are in signed digests of assessments, so it is fixed with
the rules of assessing, and not with what this version offers terms in (``terms.offered``)."""

"""Sample contents for the record tests: an ordinary decision, a declined case and hostile texts."""

from __future__ import annotations

from datetime import UTC, datetime

from intake.records.content import (
    Bullets,
    Comparison,
    Heading,
    KeyValues,
    Paragraph,
    PrintedDigest,
    PrintedNotice,
    PrintedTable,
    RecordContent,
    RecordKind,
    RecordSection,
    SignatureField,
)

ORGANISATION = "3f9ac2" * 10 + "77aa"


def decision(**changed) -> RecordContent:
    facts = {
        "kind": RecordKind.DECISION,
        "reference": "UC-2026-0014",
        "title": "Drafting replies to letters about pensions",
        "subtitle": "Pilot approved for 120 people in Customer Service until 30 June 2027",
        "organisation": ORGANISATION,
        "organisation_name": "Federal Benefits Agency",
        "organisation_words": "amber-kettle-violin · north-paper-lagoon · seven-cedar-window · quiet-harbour-copper",
        "dated": datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        "digests": (
            PrintedDigest("Revision 3", "a1" * 32),
            PrintedDigest("Terms", "b2" * 32),
            PrintedDigest("Assessment", "c3" * 32),
            PrintedDigest("Playbook 2026.11", "d4" * 32),
        ),
        "summary": (
            Paragraph(
                "Both offices approve this use case for a pilot, inside the boundaries of this record. A clerk reads and "
                "sends every reply; the assistant drafts and never sends. Before it may scale up, it comes back with the "
                "evidence of the pilot."
            ),
            KeyValues(
                (
                    ("Reference", "UC-2026-0014, revision 3"),
                    ("Business owner", "Customer Service, Pensions"),
                    ("Tier and lane", "Limited risk, joint lane"),
                    ("Granted stage", "Pilot"),
                    ("Valid until", "30 June 2027, earlier when the model or the scope changes"),
                )
            ),
        ),
        "sections": (
            RecordSection(
                "Purpose and value",
                (
                    Paragraph(
                        "Letters about pensions wait nine days on average. Nearly half of the time goes into finding the "
                        "right paragraph and writing the same sentence again. The assistant proposes a draft from the "
                        "approved text blocks, with the source beside each sentence."
                    ),
                    Heading("Why not without AI"),
                    Bullets(
                        (
                            "Text blocks alone were tried in 2024: clerks did not find them, and average time stayed the same.",
                            "More staff would cost 1.2 million a year and would reach the goal in 2028 at the earliest.",
                        )
                    ),
                ),
            ),
            RecordSection(
                "Boundaries",
                (
                    Paragraph("What both offices agreed, beside what the owner had asked for."),
                    Comparison(
                        "Boundary",
                        "Asked for",
                        "Agreed",
                        (
                            ("Highest data class", "Confidential", "Internal"),
                            ("Personal data", "Yes, of pensioners", "Yes, of pensioners"),
                            ("Provider may train on it", "No", "No"),
                            ("Model", "Any model of the vendor", "One named model, version 4.1 to 4.3"),
                            ("Autonomy", "Drafts, a person sends", "Drafts, a person sends"),
                            ("Systems connected", "Letters, Pensions register", "Letters, read only"),
                            ("Users", "All of Customer Service", "120 named people, granted by the team lead"),
                        ),
                    ),
                ),
            ),
            RecordSection(
                "Conditions",
                (
                    PrintedTable(
                        ("What", "Who", "Until"),
                        (
                            (
                                "Log prompts and drafts for ninety days, readable by the CISO only",
                                "Platform team",
                                "15 January 2027",
                            ),
                            (
                                "Test for prompt injection in incoming letters, with the results attached",
                                "Security testing",
                                "31 January 2027",
                            ),
                            (
                                "Tell every reader of a letter that a machine helped to write it",
                                "Customer Service",
                                "At launch",
                            ),
                        ),
                        (56, 24, 20),
                    ),
                    PrintedNotice(
                        "If a condition is late, the approval is suspended until either office lifts it. The use case does not stop by itself."
                    ),
                ),
            ),
            RecordSection(
                "Risk and what answers it",
                (
                    KeyValues(
                        (
                            (
                                "Prompt injection",
                                "Letters come from outside. Text inside a letter is shown to the model as data, drafts carry no links, and a clerk reads each of them.",
                            ),
                            (
                                "Leak of personal data",
                                "The model runs in the agency’s own tenant. Nothing is kept by the vendor.",
                            ),
                            (
                                "Wrong legal advice",
                                "Each sentence names its text block. Sentences without a source are marked and cannot be sent unread.",
                            ),
                        )
                    ),
                ),
            ),
        ),
        "facts": {"tier": "limited", "stage": "pilot", "users": 120},
    }
    return RecordContent(**{**facts, **changed})


def declined() -> RecordContent:
    return decision(
        kind=RecordKind.DECLINED,
        title="Ranking applicants by their video interviews",
        subtitle="Declined by the Chief Information Security Officer",
        signers=(SignatureField.CISO,),
        summary=(
            PrintedNotice(
                "Emotion recognition at the workplace is prohibited (EU AI Act, Article 5). Nothing in the plan could be changed to allow it."
            ),
        ),
    )


def withdrawn() -> RecordContent:
    return decision(
        kind=RecordKind.WITHDRAWN,
        title="Chatbot for the canteen",
        subtitle="Withdrawn by its owner",
        signers=(SignatureField.OWNER,),
        summary=(Paragraph("The vendor closed the product."),),
        sections=(),
    )


def notice() -> RecordContent:
    return decision(
        kind=RecordKind.NOTICE,
        title="Chatbot for the canteen",
        subtitle="Suspended by the Chief Information Security Officer",
        signers=(SignatureField.CISO,),
        summary=(
            KeyValues((("Record it changes", "e5" * 32), ("Act", "f6" * 32))),
            PrintedNotice("It must not run until both offices have lifted the suspension."),
            Heading("Reason"),
            Paragraph("It told a guest what another one had ordered."),
        ),
        sections=(),
    )


HOSTILE = (
    '<img src="/etc/hostname"/><a href="javascript:alert(1)">click</a> <b>bold?</b> &amp; &lt; <!-- --> <para/>',
    "%%EOF\nstartxref\n0\n%%EOF endstream endobj trailer << /Root 1 0 R >> ) ( \\ \\) BT ET EMC",
    "שלום עולם: המודל גרסה 4.1 (טיוטה) מאושר עד 30.6.2027.",
    "السلام عليكم، هذا النموذج لا يرسل الرسائل (مسودة) حتى 2027.",
    "Mixed: the word שלום and the word سلام stand in English text, 25% of it.",
    "Emoji 😀🚀 and a family 👩\u200d👩\u200d👧 ⚠️ ✓ ☐; Chinese 中文字 and Japanese かな; a private one \ue000 and U+10FFFD \U0010fffd.",
    "Zalgo: Z̷̧͓a̶͚̎l̵̰̈g̶̜̅o, Vietnamese: Trường hợp sử dụng, Greek: Απόφαση, Cyrillic: Решение, Thai: การตัดสินใจ, Georgian: გადაწყვეტილება, Armenian: որոշում, ≤ ≥ ≠ → ∑ €",
    "A" * 700,
    "no\u00a0break soft\u00adhyphen zero\u200bwidth tab\tend line\u2028separator",
)


def hostile() -> RecordContent:
    long_answer = " ".join(
        f"Sentence {number} of an answer that goes on and on over several pages." for number in range(150)
    )
    blocks = tuple(Paragraph(text) for text in HOSTILE)
    return decision(
        title="<b>Title</b> & שלום 😀 " + "very long " * 12,
        reference="UC-<i>1</i>",
        sections=(
            RecordSection(
                "Hostile <u>texts</u> שלום",
                (*blocks, Bullets(HOSTILE), KeyValues(tuple((text[:40], text) for text in HOSTILE))),
            ),
            RecordSection(
                "Long",
                (
                    Paragraph(long_answer),
                    KeyValues((("Answer", long_answer),)),
                    PrintedTable(("One", "Two"), ((long_answer, "x"), ("", long_answer))),
                    PrintedNotice(long_answer),
                ),
            ),
            RecordSection(
                "Empty",
                (
                    Paragraph(""),
                    Bullets(()),
                    KeyValues(()),
                    KeyValues((("", ""),)),
                    PrintedTable(("A", "B"), ()),
                    Comparison("a", "b", "c", (("", "", ""),)),
                ),
            ),
        ),
    )

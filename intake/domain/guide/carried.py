"""What is said of an answer that was carried over and waits to be confirmed: where it comes from."""

from __future__ import annotations

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, Sentence, worded
from intake.domain.playbook.answers import Answer, Origin

_CARRIED = Sentence("CarriedOver", "It was carried over.")
_OWN_AMONG = Sentence("CarriedOwnAmongCompeting", "The competing revisions differ here. This is what you had written.")
_CHECK = Caption("CheckCarried", "Check this: it was carried over")
_SENTENCES = worded(
    Sentence,
    {
        Origin.TEMPLATE: ("CarriedFromTemplate", "It comes from the template “{name}”."),
        Origin.EARLIER: ("CarriedFromEarlier", "It comes from an earlier use case, “{name}”."),
        Origin.SIMILAR: ("CarriedFromSimilar", "It comes from a similar use case, “{name}”."),
        Origin.MODEL: ("CarriedFromModel", "It comes from the model’s file “{name}”."),
        Origin.COMPETING: (
            "CarriedFromCompeting",
            "The competing revisions differ here. This is what {name} filed.",
        ),
    },
)
_SHORT = worded(
    Caption,
    {
        Origin.TEMPLATE: ("CheckFromTemplate", "Check this: it is from a template"),
        Origin.EARLIER: ("CheckFromEarlier", "Check this: it is from an earlier use case"),
        Origin.SIMILAR: ("CheckFromSimilar", "Check this: it is from a similar use case"),
        Origin.MODEL: ("CheckFromModel", "Check this: it is from the model’s file"),
        Origin.COMPETING: ("CheckFromCompeting", "Choose: the competing revisions differ here"),
    },
)


def carried_from(answer: Answer) -> Reason | None:
    """Where the answer comes from, as a sentence with the name of it; None when it is not to be checked."""
    if not answer.check:
        return None
    if answer.carried is None:
        return _CARRIED()
    if answer.carried.origin is Origin.COMPETING and not answer.carried.name:
        return _OWN_AMONG()
    return _SENTENCES[answer.carried.origin](name=answer.carried.name)


def check_this(answer: Answer | None) -> Reason | None:
    """The same in a few words, for a mark beside the field."""
    if answer is None or not answer.check:
        return None
    return _SHORT[answer.carried.origin]() if answer.carried else _CHECK()

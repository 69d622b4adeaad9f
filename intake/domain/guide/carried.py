"""What is said of an answer that was carried over and waits to be confirmed: where it comes from."""

from __future__ import annotations

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, Sentence
from intake.domain.playbook.answers import Answer, Origin

_SENTENCES = {
    Origin.TEMPLATE: Sentence("CarriedFromTemplate", "It comes from the template “{name}”."),
    Origin.EARLIER: Sentence("CarriedFromEarlier", "It comes from an earlier use case, “{name}”."),
    Origin.SIMILAR: Sentence("CarriedFromSimilar", "It comes from a similar use case, “{name}”."),
    Origin.MODEL: Sentence("CarriedFromModel", "It comes from the model’s file “{name}”."),
}
_SHORT = {
    Origin.TEMPLATE: Caption("CheckFromTemplate", "Check this: it is from a template"),
    Origin.EARLIER: Caption("CheckFromEarlier", "Check this: it is from an earlier use case"),
    Origin.SIMILAR: Caption("CheckFromSimilar", "Check this: it is from a similar use case"),
    Origin.MODEL: Caption("CheckFromModel", "Check this: it is from the model’s file"),
}
_SENTENCE = Sentence("CarriedOver", "It was carried over.")
_CHECK = Caption("CheckCarried", "Check this: it was carried over")


def carried_from(answer: Answer) -> Reason | None:
    """Where the answer comes from, as a sentence with the name of it; None when it is not to be checked."""
    if not answer.check:
        return None
    return _SENTENCES[answer.carried.origin](name=answer.carried.name) if answer.carried else _SENTENCE()


def check_this(answer: Answer | None) -> Reason | None:
    """The same in a few words, for a mark beside the field."""
    if answer is None or not answer.check:
        return None
    return _SHORT[answer.carried.origin]() if answer.carried else _CHECK()

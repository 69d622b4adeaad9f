"""What is said of an answer that was carried over and waits to be confirmed: where it comes from."""

from __future__ import annotations

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, Sentence
from intake.domain.playbook.answers import Answer, Origin

_FROM_TEMPLATE = Sentence("CarriedFromTemplate", "It comes from the template “{name}”.")
_FROM_EARLIER = Sentence("CarriedFromEarlier", "It comes from an earlier use case, “{name}”.")
_FROM_SIMILAR = Sentence("CarriedFromSimilar", "It comes from a similar use case, “{name}”.")
_FROM_MODEL = Sentence("CarriedFromModel", "It comes from the model’s file “{name}”.")
_FROM_COMPETING = Sentence("CarriedFromCompeting", "The competing revisions differ here. This is what {name} filed.")
_OWN_AMONG = Sentence("CarriedOwnAmongCompeting", "The competing revisions differ here. This is what you had written.")
_CARRIED = Sentence("CarriedOver", "It was carried over.")
_CHECK_TEMPLATE = Caption("CheckFromTemplate", "Check this: it is from a template")
_CHECK_EARLIER = Caption("CheckFromEarlier", "Check this: it is from an earlier use case")
_CHECK_SIMILAR = Caption("CheckFromSimilar", "Check this: it is from a similar use case")
_CHECK_MODEL = Caption("CheckFromModel", "Check this: it is from the model’s file")
_CHOOSE = Caption("CheckFromCompeting", "Choose: the competing revisions differ here")
_CHECK = Caption("CheckCarried", "Check this: it was carried over")
_SENTENCES = {
    Origin.TEMPLATE: _FROM_TEMPLATE,
    Origin.EARLIER: _FROM_EARLIER,
    Origin.SIMILAR: _FROM_SIMILAR,
    Origin.MODEL: _FROM_MODEL,
    Origin.COMPETING: _FROM_COMPETING,
}
_SHORT = {
    Origin.TEMPLATE: _CHECK_TEMPLATE,
    Origin.EARLIER: _CHECK_EARLIER,
    Origin.SIMILAR: _CHECK_SIMILAR,
    Origin.MODEL: _CHECK_MODEL,
    Origin.COMPETING: _CHOOSE,
}


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

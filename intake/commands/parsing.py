"""From the words of a command line to the values of a command’s parameters.

argparse reads the options. What is left are the arguments, anywhere between options; everything behind ``--`` is an argument
whatever it looks like. No option can be shortened, because a script would then depend on there being no other like it, and
one that takes a single value cannot be given twice, because one of the two would be lost without a word.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from intake.commands.parameters import Parameter, WrongValue, quoted
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, together

EX_USAGE = 64
NO_COMMAND = Sentence("NoSuchCommand", "There is no command {word}.")
_NO_OPTION = Sentence("NoSuchOption", "There is no option {word}.")
_DID_YOU_MEAN = Sentence("DidYouMean", "Did you mean {name}?")
_MISSING = Sentence("ParameterMissing", "{name} is missing.")
_TOO_MANY = Sentence("OneWordTooMany", "{word} is one word too many. A text of several words needs quotation marks.")
_GIVEN_OFTEN = Sentence("ParameterGivenOften", "{name} is given {count} times, and only one can be meant.")
_WRONG = Sentence("ParameterWrong", "{name} {problem}.")
_NO_VALUE = Sentence("OptionTakesNoValue", "{flag} takes no value.")
_NEEDS_VALUE = Sentence(
    "OptionNeedsValue", "{flag} needs a value. One that begins with a dash is written {flag}=VALUE."
)


class NotUnderstood(Refusal):
    """A wrong call; it exits with 64 (EX_USAGE of sysexits.h), so that it is never taken for a verdict."""

    what = "{detail}"
    why = "The command line was not understood, so nothing was done."
    next = "See: {command} --help."
    exit_code = EX_USAGE


class Parser:
    """Reads the words behind one command; ``command`` is how people call it."""

    def __init__(self, command: str, parameters: Sequence[Parameter]) -> None:
        self._command = command
        self._parameters = parameters
        self._switches = {"--help", *(flag for item in parameters if item.switch for flag in item.flags)}
        # Its errors come here. Defaults are those of the function: what was not given is not there.
        self._argparse = argparse.ArgumentParser(
            command, add_help=False, allow_abbrev=False, exit_on_error=False, argument_default=argparse.SUPPRESS
        )
        self._argparse.add_argument("--help", action="store_true")
        for item in parameters:
            if len(item.flags) > 1:
                self._argparse.add_argument(item.flags[0], dest=item.name, action=argparse.BooleanOptionalAction)
            elif item.switch:
                self._argparse.add_argument(item.flags[0], dest=item.name, action="store_true")
            elif item.flags:
                self._argparse.add_argument(item.flags[0], dest=item.name, action="append", nargs=1)

    def read(self, words: Sequence[str]) -> dict[str, Any] | None:
        """A value for each parameter that was given, by name; None when help is wanted. Raises NotUnderstood."""
        end = words.index("--") if "--" in words else len(words)
        try:
            options, rest = self._argparse.parse_known_args(words[:end])
        except argparse.ArgumentError as error:
            self._refuse_value(str(error.argument_name))
        if getattr(options, "help", False):
            return None
        for word in rest:
            # A dash alone is a name like any other.
            if word.startswith("-") and word != "-":
                self._refuse_option(word.partition("=")[0])
        typed = self._by_place([*rest, *words[end + 1 :]])
        typed |= {name: _words(found) for name, found in vars(options).items()}
        for item in self._parameters:
            if item.required and item.name not in typed:
                self._refuse(_MISSING(name=item.named))
        return {item.name: self._value(item, typed[item.name]) for item in self._parameters if item.name in typed}

    def _by_place(self, words: list[str]) -> dict[str, bool | list[str]]:
        """The arguments, each with its words."""
        found: dict[str, bool | list[str]] = {}
        for item in self._parameters:
            if not item.flags and words:
                count = len(words) if item.many else 1
                found[item.name], words = words[:count], words[count:]
        if words:
            self._refuse(_TOO_MANY(word=quoted(words[0])))
        return found

    def _value(self, item: Parameter, typed: bool | list[str]) -> object:
        if isinstance(typed, bool):
            return typed
        if len(typed) > 1 and not item.many:
            self._refuse(_GIVEN_OFTEN(name=item.named, count=len(typed)))
        try:
            values = [item.read(word) for word in typed]
        except WrongValue as error:
            self._refuse(_WRONG(name=item.named, problem=error.said))
        return values if item.many else values[0]

    def _refuse_value(self, names: str) -> NoReturn:
        """Argparse found a value where none belongs, or none where one does."""
        flag = names.partition("/")[0]
        if flag in self._switches:
            self._refuse(_NO_VALUE(flag=flag))
        self._refuse(_NEEDS_VALUE(flag=flag))

    def _refuse_option(self, word: str) -> NoReturn:
        known = [flag for item in self._parameters if not item.hidden for flag in item.flags]
        self._refuse(no_such(_NO_OPTION, word, [*known, "--help"]))

    def _refuse(self, detail: Reason) -> NoReturn:
        raise NotUnderstood(detail=detail, command=self._command)


def _words(found: bool | Sequence[Sequence[str]]) -> bool | list[str]:
    """What was typed for one option. A value of two dashes is lost in argparse before Python 3.13, and leaves its place empty."""
    return found if isinstance(found, bool) else [word for each in found for word in each or ["--"]]


def no_such(sentence: Sentence, word: str, known: Iterable[str]) -> Reason:
    """That there is no such command or option, and which one was probably meant."""
    from difflib import get_close_matches

    # Dashes are alike in all of them.
    names = {name.lstrip("-"): name for name in known}
    close = get_close_matches(word.lstrip("-"), names, 1)
    return together(sentence(word=quoted(word)), _DID_YOU_MEAN(name=names[close[0]]) if close else None)

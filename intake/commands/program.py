"""The outermost layer of the command line: which command is meant, and what becomes of a refusal and of an answer.

A refusal is three sentences on the error stream and an exit code, or with ``--json`` one document on the standard
output. Anything else that is raised is a bug and shows its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Annotated

from intake import __version__
from intake.commands.context import CommandContext
from intake.commands.helping import help_of_several, summary
from intake.commands.offering import COMMON
from intake.commands.parameters import Flag, parameters_of
from intake.commands.parsing import EX_USAGE, NO_COMMAND, NotUnderstood, Parser, no_such
from intake.commands.saying import Coded, coded_refusal
from intake.commands.table import GROUPS, PROGRAM, below, offered
from intake.commands.terminal import AnswerNotWritten, NobodyReads, prepare, say, say_text, tell
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence

_DOES = "Decide jointly about AI use cases, and keep records that outlive this program."


_NAME_MISSING = Sentence("CommandNameMissing", "The name of a command is missing.")
_NOBODY_READS = 141
"""What a shell makes of a program that SIGPIPE ended: never taken for a verdict, as 1 would be."""


class Stopped(Refusal):
    what = "Cancelled."
    why = "Nothing goes on without you."
    next = "Start the command again when you like; what was done before stays done."
    exit_code = 130


class OutOfMemory(Refusal):
    what = "There is not enough memory for this."
    why = "A file, or what it describes, is larger than this computer can hold at the moment."
    next = "Close other programs, or take the largest files out of what you gave to it, and do it again."
    exit_code = 3


def _of_the_program(version: Annotated[bool, Flag("Show the version and stop.")] = False) -> None:
    """What is understood before the name of a command only."""


_OPTIONS = (*COMMON, *parameters_of(_of_the_program))


def run(words: Sequence[str], context: CommandContext) -> int:
    """Run one command; gives the exit code of the program."""
    prepare()
    try:
        return _answered(words, context)
    except NobodyReads:
        return _NOBODY_READS
    except AnswerNotWritten as refusal:
        return refuse(refusal, as_json=False)


def _answered(words: Sequence[str], context: CommandContext) -> int:
    """The command with its answer, or with the refusal of it. Raises NobodyReads or AnswerNotWritten."""
    try:
        return _run(words, context)
    except AnswerNotWritten:
        raise
    except Refusal as caught:
        refusal: Refusal = caught
    except MemoryError:
        refusal = OutOfMemory()
    except KeyboardInterrupt:
        refusal = Stopped()
    # A wrong call is answered in JSON too, though nothing may have been read of it.
    begin = _first(words)
    options = *words[:begin], *takewhile(lambda word: word != "--", words[begin:])
    return refuse(refusal, as_json=context.as_json or "--json" in options)


def _run(words: Sequence[str], context: CommandContext, group: str = "") -> int:
    """The options before a command’s name, then the command; a group’s name is followed by the same once more."""
    call, options = f"{PROGRAM} {group}".rstrip(), COMMON if group else _OPTIONS
    begin = _first(words)
    given = Parser(call, options).read(words[:begin])
    if given is None:
        say_text(_help(call, group))
        return 0
    if given.pop("version", False):
        say(__version__)
        return 0
    context.adopt(**given)
    if not words and not context.as_json:
        say_text(_help(call, group))
        return EX_USAGE
    if begin >= len(words):
        raise NotUnderstood(detail=_NAME_MISSING(), command=call)
    word, behind = words[begin], words[begin + 1 :]
    if word not in _below(group):
        raise NotUnderstood(detail=no_such(NO_COMMAND, word, _below(group)), command=call)
    if word in GROUPS and not group:
        return _run(behind, context, word)
    if behind and f"{word} {behind[0]}" in _below(group):
        word, behind = f"{word} {behind[0]}", behind[1:]
    return offered(f"{group} {word}".lstrip()).run(context, behind)


def _first(words: Sequence[str]) -> int:
    """Where the first word is that is neither an option nor the value of one."""
    valued = {flag for item in COMMON if not item.switch for flag in item.flags}
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in valued else 1
    return at


def _below(group: str) -> tuple[str, ...]:
    """The words that may come next."""
    return below(group) if group else (*below(), *GROUPS)


def _help(call: str, group: str) -> str:
    names = {word: f"{group} {word}".lstrip() for word in _below(group)}
    told = [(word, GROUPS.get(name) or summary(offered(name).does)) for word, name in names.items()]
    return help_of_several(call, GROUPS.get(group, _DOES), COMMON if group else _OPTIONS, told)


def refuse(refusal: Refusal, *, as_json: bool) -> int:
    """Say why not; gives the exit code."""
    if as_json:
        CommandContext.print_document(refused(refusal))
    else:
        for sentence in (refusal.what_happened, refusal.reason, refusal.next_step):
            if sentence:
                tell(sentence)
    return refusal.exit_code


def refused(refusal: Refusal) -> Coded:
    """The document of a refusal, described by ``resources/schema/refusal.json``."""
    return {"ok": False, "refusal": coded_refusal(refusal)}

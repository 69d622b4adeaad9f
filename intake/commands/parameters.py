"""What a command takes, declared where it is used: ``Annotated[type, Flag("What for.")]`` on a parameter of its function.

A parameter becomes ``--its-name``, or with ``Argument`` a word behind the command. Its type says how it is written: ``str``,
``Path``, ``int``, an enumeration by its values, ``bool`` for an option without a value, and a ``list`` for one that may be
given several times. Without a default it has to be given.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

from intake.domain.base.canonical import clean
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording

_SHOWN = 60
_TEXT_ONLY = Wording("TakesText", "takes text, and {word} is not text in the encoding of this system")
_NUMBER_ONLY = Wording("TakesNumber", "takes a whole number, not {word}")
_NUMBER_BETWEEN = Wording("TakesNumberBetween", "takes a whole number {bounds}, not {word}")
_ONE_OF = Wording("TakesOneOf", "takes one of {known}, not {word}")


class WrongValue(ValueError):
    """A word that is no value of its parameter; ``said`` is what would be right, to put behind the name."""

    def __init__(self, said: Reason) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True, slots=True)
class Flag:
    """An option, given by name: ``--name VALUE``, or ``--name`` alone where it is yes or no.

    ``name`` is for one that is not that of the parameter, ``value`` for what stands for the value in the help where the
    type does not say enough, ``least`` and ``most`` for numbers. ``in_file_names`` is for text that may name a file: only there
    are bytes that are no text kept as they are.
    """

    help: str
    name: str = ""
    value: str = ""
    least: int | None = None
    most: int | None = None
    hidden: bool = False
    in_file_names: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """Given by place; those with a default behind the others, and a list at the very end."""

    help: str
    value: str = ""
    in_file_names: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a command, as its signature describes it.

    ``flags`` are the names of an option, none for an argument. ``read`` makes a value of one word; its WrongValue says what
    would be right. ``value`` stands for one in the help, and ``allowed`` says which there are. A ``switch`` takes none.
    """

    name: str
    flags: tuple[str, ...]
    help: str
    value: str
    allowed: str
    read: Callable[[str], object]
    default: object
    required: bool
    many: bool
    switch: bool
    hidden: bool

    @property
    def named(self) -> str:
        """What people call it."""
        return self.flags[0] if self.flags else self.value


def parameters_of(command: Callable[..., object]) -> tuple[Parameter, ...]:
    """The parameters of a function, in order; its first may be one that no command line gives.

    Raises TypeError for another that is not declared, and for a type that is not read from a command line.
    """
    found = [*inspect.signature(command, eval_str=True).parameters.values()]
    return tuple(_parameter(item) for item in found if item is not found[0] or get_origin(item.annotation) is Annotated)


def quoted(word: str) -> str:
    """What somebody typed, for a sentence: without control characters, and not longer than a line."""
    word = clean(word.encode(errors="replace").decode()).replace("\n", " ")
    return f"“{word}”" if len(word) <= _SHOWN else f"“{word[:_SHOWN]}…”"


def _parameter(item: inspect.Parameter) -> Parameter:
    if get_origin(item.annotation) is not Annotated:
        raise TypeError(f"{item} is not declared")
    whole, declared = get_args(item.annotation)
    option = declared if isinstance(declared, Flag) else None
    kind, many = _kind(whole)
    read, value, allowed = _reader(kind, declared)
    flags = _flags(item, option, kind) if option else ()
    return Parameter(
        name=item.name,
        flags=flags,
        help=declared.help,
        value=declared.value or (value if option else item.name.upper()),
        allowed=allowed,
        read=read,
        default=None if item.default is item.empty else item.default,
        required=item.default is item.empty,
        many=many,
        switch=kind is bool,
        hidden=option is not None and option.hidden,
    )


def _flags(item: inspect.Parameter, option: Flag, kind: type) -> tuple[str, ...]:
    flag = option.name or f"--{item.name.replace('_', '-')}"
    return (flag, f"--no-{flag[2:]}") if kind is bool and item.default is True else (flag,)


def _kind(whole: Any) -> tuple[type, bool]:  # noqa: ANN401 - whatever an annotation says
    """The type of one value, and whether there may be several; ``X | None`` is an X that may be missing."""
    if get_origin(whole) in {Union, types.UnionType}:
        (whole,) = (each for each in get_args(whole) if each is not types.NoneType)
    many = get_origin(whole) is list
    (kind,) = get_args(whole) if many else (whole,)
    return kind, many


def _reader(kind: type, declared: Flag | Argument) -> tuple[Callable[[str], object], str, str]:
    """How one value is read, what stands for it in the help, and which values there are where they are few."""
    if kind is int and isinstance(declared, Flag):
        least, most = declared.least, declared.most
        bounds = " ".join(f"{word} {bound}" for word, bound in (("from", least), ("to", most)) if bound is not None)
        return _number(least, most, bounds), "NUMBER", bounds
    if kind in {str, bool}:
        return str if declared.in_file_names else _text, "TEXT", ""
    if kind is Path:
        return Path, "PATH", ""
    if issubclass(kind, Enum):
        known = ", ".join(str(item.value) for item in kind)
        return _one_of(kind, known), kind.__name__.upper(), f"one of {known}"
    raise TypeError(f"{kind} is not read from a command line")


def _text(word: str) -> str:
    """Bytes that are no text arrive as halves of letters, which nothing that stores or signs text can write."""
    try:
        word.encode()
    except UnicodeEncodeError:
        raise WrongValue(_TEXT_ONLY(word=quoted(word))) from None
    return word


def _number(least: int | None, most: int | None, bounds: str) -> Callable[[str], int]:
    def read(word: str) -> int:
        digits = word.removeprefix("-")
        found = int(word) if len(digits) < _SHOWN and digits.isascii() and digits.isdigit() else None
        if found is None or (least is not None and found < least) or (most is not None and found > most):
            word = quoted(word)
            raise WrongValue(_NUMBER_BETWEEN(bounds=bounds, word=word) if bounds else _NUMBER_ONLY(word=word))
        return found

    return read


def _one_of(kind: type[Enum], known: str) -> Callable[[str], Enum]:
    def read(word: str) -> Enum:
        try:
            return kind(word)
        except ValueError:
            raise WrongValue(_ONE_OF(known=known, word=quoted(word))) from None

    return read

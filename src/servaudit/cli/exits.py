"""How servaudit ends: the exit codes, and the exceptions that end a command with one of them."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from servaudit.diagnostics import Message


class Exit(IntEnum):
    """Exit codes; when several apply, the highest wins."""

    DONE = 0
    GATE = 1
    """Done, and a gate that was asked for did not hold."""
    USAGE = 2
    INPUT = 3
    """Input that cannot be used: nothing, or not everything, was audited."""
    BUG = 70
    OUTPUT = 74
    """Output that could not be written, or would have replaced a file that is read."""
    INTERRUPTED = 130


class EndError(Exception):
    """Ends the command with a message and no traceback."""

    exit: ClassVar[Exit]

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class UsageError(EndError):
    """What was asked for makes no sense."""

    exit = Exit.USAGE


class InputError(EndError):
    """Nothing that was named can be used."""

    exit = Exit.INPUT


class WriteError(EndError):
    """An output could not be written."""

    exit = Exit.OUTPUT

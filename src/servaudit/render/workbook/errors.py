"""Says where in a workbook template something is wrong."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from servaudit.diagnostics import Cell, Diagnostic, Message, msg
from servaudit.render.errors import TemplateError
from servaudit.render.workbook.expressions import explain

if TYPE_CHECKING:
    from collections.abc import Iterator


def fault(where: Cell | str, message: Message, help: Message | None = None) -> TemplateError:  # noqa: A002 - Diagnostic's word
    """Make the error for a place in a template."""
    return TemplateError(Diagnostic("template", where, message, help))


@contextmanager
def placed(where: Cell, text: str) -> Iterator[None]:
    """Give the place to whatever goes wrong while `text` is compiled or evaluated."""
    try:
        yield
    except TemplateError:
        raise
    except Exception as error:  # whatever an expression may raise
        raise at(where, text, error) from error


def at(where: Cell, text: str, error: Exception) -> TemplateError:
    """Make the error for an expression that failed; `placed` in the one place where a block would cost too much."""
    return fault(where, *explain(error, text))


def unreadable(file: str, error: Exception) -> TemplateError:
    """Make the error for a file that is no workbook, or not one that a program wrote."""
    return fault(
        file, msg("this is not a workbook that can be read: {reason}", reason=str(error) or type(error).__name__)
    )


def no_rows(where: Cell, text: str) -> TemplateError:
    """Make the error for a formula that speaks of rows that are not in the report."""
    return fault(where, msg("“{formula}” refers to rows or a sheet that this report does not have", formula=text))

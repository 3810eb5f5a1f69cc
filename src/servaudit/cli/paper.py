"""What `servaudit checklist` makes for paper, for trainers and for staff: from an order to the bytes of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit import __version__
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from servaudit.cli.checklist import Order
    from servaudit.diagnostics import Message
    from servaudit.report.paper import Sheet
    from servaudit.report.training import Booklet


def page(order: Order) -> bytes:
    """Make the sheet as a page to print."""
    from servaudit.render import paper  # noqa: PLC0415 - only the form that was asked for is loaded

    return paper.page(_sheet(order), order.template)


def printed(order: Order) -> bytes:
    """Make the sheet, printed."""
    return _printed(order, page(order), msg("the page to print is .html with --paper"))


def markdown(order: Order) -> bytes:
    """Make the sheet for wikis and reviews."""
    from servaudit.render.markdown import markdown as write  # noqa: PLC0415 - same

    return write(_sheet(order))


def lessons(order: Order) -> bytes:
    """Make the handbook, or the trainer's material."""
    from servaudit.render import training  # noqa: PLC0415 - same
    from servaudit.sources.evidence import read_photo  # noqa: PLC0415 - same

    return training.page(_booklet(order), read_photo, order.template)


def lessons_printed(order: Order) -> bytes:
    """Make the handbook, or the trainer's material, printed."""
    return _printed(order, lessons(order))


def _sheet(order: Order) -> Sheet:
    from servaudit.i18n import translator  # noqa: PLC0415 - same
    from servaudit.report.grid import grid_view  # noqa: PLC0415 - same
    from servaudit.report.paper import sheet  # noqa: PLC0415 - same

    tr = translator(order.language)
    return sheet(order.grid, grid_view(order.grid, tr), tr, generator=f"servaudit {__version__}")


def _booklet(order: Order) -> Booklet:
    from servaudit.i18n import translator  # noqa: PLC0415 - same
    from servaudit.report.grid import grid_view  # noqa: PLC0415 - same
    from servaudit.report.training import booklet  # noqa: PLC0415 - same

    tr = translator(order.language)
    view = grid_view(order.grid, tr)
    made = f"servaudit {__version__}"
    return booklet(order.grid, view, tr, generator=made, audience="trainer" if order.audience == "trainer" else "staff")


def _printed(order: Order, content: bytes, instead: Message | None = None) -> bytes:
    """Print a page; `instead` says what to ask for where nothing prints. Raises WriteError."""
    from servaudit.cli.exits import WriteError  # noqa: PLC0415 - same
    from servaudit.render import pdf  # noqa: PLC0415 - same

    try:
        return pdf.render(content)
    except pdf.PdfError as error:
        reason = msg("{reason} ({instead})", reason=error.reason, instead=instead) if instead else error.reason
        raise WriteError(msg("{path}: {reason}", path=str(order.path), reason=reason)) from error

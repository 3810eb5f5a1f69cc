"""Writes a difference as one HTML page that needs no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.render import page
from servaudit.report import change, impact

if TYPE_CHECKING:
    from servaudit.report.change import DiffView

page.known((*vars(change).values(), *vars(impact).values()))


def render(view: DiffView) -> bytes:
    """Write the page; the same view gives the same bytes. Raises TemplateError."""
    return page.compose("difference.html", view.language, style="difference.css", view=view)

"""Writes a checklist to tick by hand, as a page to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.render import page as pages
from servaudit.report import asked, paper

if TYPE_CHECKING:
    from pathlib import Path

    from servaudit.report.paper import Sheet

pages.known((*vars(asked).values(), *vars(paper).values()))


def page(sheet: Sheet, template: Path | None = None) -> bytes:
    """Write the page to print, by a user's own `template` if there is one. Raises TemplateError."""
    return pages.compose("sheet.html", sheet.language, style="paper/sheet.css", template=template, sheet=sheet)

"""What a renderer raises when a template, not the report, is at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servaudit.diagnostics import Diagnostic


class TemplateError(Exception):
    """A template cannot be rendered; `diagnostic` names the file and the line, or the sheet and cell."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(f"{diagnostic.where}: {diagnostic.message}")
        self.diagnostic = diagnostic

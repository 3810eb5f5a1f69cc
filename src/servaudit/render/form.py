"""Writes the offline form: one page with its data, style sheet and script, which asks no network for anything."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING

from servaudit import __version__
from servaudit.render import page
from servaudit.report.form.page import form

if TYPE_CHECKING:
    from servaudit.scoring.grid import Grid


def render(grid: Grid, language: str) -> bytes:
    """Write the form of a grid, which opens in `language`; the same grid gives the same bytes. Raises TemplateError."""
    data = form(grid, language, generator=f"servaudit {__version__}")
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return page.compose(
        "form/form.html",
        language,
        style="form/form.css",
        script="form/form.js",
        opens=language,
        title=data["title"] if isinstance(data["title"], str) else data["title"][0],
        generator=data["generator"],
        identity=data["identity"],
        sha256=data["sha256"],
        data=base64.b64encode(_packed(text.encode())).decode(),
    )


def _packed(data: bytes) -> bytes:
    """Make the data a third of its size, as browsers know how to unpack it: a form is sent by mail and by message."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()

"""Writes one scorecard a line, `servaudit/scorecard/1`: what is streamed, sorted and joined by other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.render.json import encode, scorecard

if TYPE_CHECKING:
    from servaudit.model.scorecard import Scorecard

SCHEMA = "servaudit/scorecard/1"


def line(card: Scorecard) -> bytes:
    """Write one scorecard, the same fields as in `servaudit/scores/1`, as one line."""
    return encode({"schema": SCHEMA, **scorecard(card)})

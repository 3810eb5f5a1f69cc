"""`unused-level`: a level that is declared and that no rung of the ladder gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Problem, msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.model.base import Document
    from servaudit.model.rules import Verdicts


def find(document: Document) -> Iterator[Problem]:
    """Compare levels and ladders, of a visit and of several. A limit that lowers to a level gives it, too."""
    for place in ("scoring", "rollup"):
        rules: Verdicts | None = getattr(document, place, None)
        if rules is None or not rules.ladder:
            continue
        given = {rung.level for rung in rules.ladder} | {limit.at_most for limit in rules.limits or ()}
        for name in rules.levels:
            if name not in given:
                message = msg("no rung gives the level “{name}”: no visit ever gets it", name=name)
                yield Problem("unused-level", (place, "levels", name), message,
                              msg("give it a rung of the ladder, or take it away"), on_key=True)  # fmt: skip

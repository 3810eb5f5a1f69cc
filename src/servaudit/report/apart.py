"""Takes a report of very many visits apart: an overview, and a report of each visit for a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.report.view import Report

MOST: Final = 200  # visits that one page shows whole: more make it slow to open and hard to send


def overview(report: Report, folder: str) -> Report:
    """Keep what the visits say together; its rows lead to `folder`, an address relative to the overview's own."""
    if report.summary is None:
        return report
    rows = tuple(row._replace(address=f"{folder}/{row.anchor}.html") for row in report.summary.rows)
    return report._replace(visits=(), summary=report.summary._replace(rows=rows))


def singles(report: Report, home: str) -> Iterator[Report]:
    """Make a report of each visit, in their order, which leads back to `home`, the overview's address from there."""
    for visit in report.visits:
        yield report._replace(title=visit.standard_title, visits=(visit,), summary=None, rollups=(), home=home)

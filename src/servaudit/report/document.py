"""The view model of a whole document: the visits it shows, what they say together, and where its figures come from."""

# Without `from __future__ import annotations`, for the reason that `servaudit.report.view` gives.
from typing import TYPE_CHECKING, NamedTuple

from servaudit.report.view import Badge, CountRow, Figure, Identity, LimitRow, MeasureRow, Result, Role, VisitView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.report.data import DataVisit


class SummaryRow(NamedTuple):
    """A visit in the table that opens a report of several; `address` leads to it, here or elsewhere, if it is shown."""

    anchor: str
    address: str
    id: str
    title: str
    date: str | None
    date_text: str | None
    standard: str
    result: Result
    ratio: float | None
    verdict: Badge
    findings: int
    critical: int
    role: Role = "visit"
    name: str = ""
    coverage: Figure | None = None


class FrequentFinding(NamedTuple):
    """A criterion and on how many of the visits where it was judged it was not (fully) met."""

    text: str
    guidance: str | None
    standard: str
    severity: Badge
    missed: int
    judged: int
    share: Figure
    sentence: str


class Summary(NamedTuple):
    """What several visits say together; `mean` only when all were scored by one standard.

    One visit to several standards says nothing together: it has their rows, and neither `mean` nor `frequent`.
    """

    visits: int
    sentence: str
    verdicts: tuple[CountRow, ...]
    mean: Figure | None
    rows: tuple[SummaryRow, ...]
    frequent: tuple[FrequentFinding, ...]


class RollupView(NamedTuple):
    """Several visits of one standard become one verdict."""

    title: str
    standard: str
    visits: int
    scored: int
    sentence: str
    result: Result
    before: Result | None
    ratio: float | None
    verdict: Badge
    passed: bool | None
    measures: tuple[MeasureRow, ...]
    limits: tuple[LimitRow, ...]


class OriginRow(NamedTuple):
    """A document that a visit's figures come from, and which: `document` says its kind; `sha256` None: not found."""

    visit: str
    file: str
    version: str | None
    sha256: str | None
    document: str


class MethodRow(NamedTuple):
    """How a standard scores, in sentences."""

    standard: str
    version: str
    sentences: tuple[str, ...]


class VisitMeasures(NamedTuple):
    """The named values of a visit."""

    visit: str
    measures: tuple[MeasureRow, ...]


class Report(NamedTuple):
    """Everything one document shows. `summary` is there when there are several visits.

    Of very many visits it has none one by one, and in their place `missed`: every criterion that was not (fully) met.
    `home` is then the address of the overview, where each visit has a document of its own. `data` has all answers.
    `origins` are the documents of each visit, `documents` those of all, each once.
    """

    title: str
    language: str
    generator: str
    visits: tuple[VisitView, ...]
    summary: Summary | None = None
    rollups: tuple[RollupView, ...] = ()
    missed: tuple[FrequentFinding, ...] = ()
    data: "tuple[DataVisit, ...]" = ()
    methods: tuple[MethodRow, ...] = ()
    measures: tuple[VisitMeasures, ...] = ()
    origins: tuple[OriginRow, ...] = ()
    documents: tuple[OriginRow, ...] = ()
    identities: tuple[Identity, ...] = ()
    home: str | None = None

    def leading_to(self, pages: "Sequence[str]") -> "Report":
        """Let the summary lead to the pages of its visits, whose addresses relative to this one are in their order."""
        if self.summary is None:
            return self
        rows, number, within = [], -1, 1
        for row in self.summary.rows:
            number, within = (number, within + 1) if row.role == "part" else (number + 1, 1)
            rows.append(row._replace(address=f"{pages[number]}#visit-{within}" if within > 1 else pages[number]))
        return self._replace(summary=self.summary._replace(rows=tuple(rows)))

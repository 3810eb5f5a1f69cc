"""A scorecard: everything one visit came to, with what each figure was computed from.

Scores, weights, coverage and bounds are ratios (0.725 is 72.5 %) unless the standard's scales leave 0-1. `None`
means "there is no such figure", never zero. Paths are dotted ids; a repeated section's instances count from 1:
`rooms[2].clean`.
"""

# Without `from __future__ import annotations`: of a named tuple each annotation would be a text to compile.
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Outcome = Literal["met", "partly", "not_met", "not_applicable", "unobserved", "recorded"]
OUTCOMES: tuple[Outcome, ...] = ("met", "partly", "not_met", "not_applicable", "unobserved", "recorded")
Role = Literal["visit", "whole", "part"]
Verdict = Literal["incomplete", "forbidden", "no_score", "limited", "below", "passed", "scored"]


GIT = "git:"
"""What the names of documents found in git's history start with: `git:1f3a9c2d04:standards/branch.yaml`."""


class StandardRef(NamedTuple):
    """The exact document a score came from.

    `path` starts with `library:` where servaudit brought it along; `git:COMMIT:PATH` was found in git's history.
    """

    id: str
    version: str
    sha256: str
    path: str

    @property
    def in_git(self) -> str | None:
        """Where it was found in git, as people read it: the path and the commit; None where it is a file of its own."""
        commit, _, path = self.path.removeprefix(GIT).partition(":")
        return f"{path} ({commit})" if self.path.startswith(GIT) else None


class ObservationRef(NamedTuple):
    """The observation file a score came from; `made_with` is the standard it names, where it is scored with another."""

    path: str
    sha256: str
    made_with: str | None = None


class EvidenceFile(NamedTuple):
    """A file joined to an answer: its path as written, and the SHA-256 of its bytes (None: not found)."""

    path: str
    sha256: str | None


class Reading(NamedTuple):
    """One raw answer read on its scale, given `count` times: a choice's key or a number, and points; N/A has none."""

    raw: object
    value: str | float | tuple[str, ...] | None
    points: float | None
    count: int = 1  # type: ignore[assignment] # hides a method of tuples that nobody needs of a reading


class CriterionScore(NamedTuple):
    """What one criterion came to."""

    id: str
    path: str
    section: str
    outcome: Outcome
    raw: object
    value: str | float | tuple[str, ...] | None
    points: float | None
    max_points: float | None
    score: float | None
    n: int
    weight: float
    effective_weight: float | None
    lost: float | None
    severity: Literal["minor", "major", "critical"]
    status: str | None
    facets: Mapping[str, str]
    bonus: bool
    hidden: bool
    note: str | None
    evidence: tuple[EvidenceFile, ...]
    readings: tuple[Reading, ...]


class SectionScore(NamedTuple):
    """What one section (or one instance of a repeated section) came to; `coverage` is None when nothing counts."""

    id: str
    path: str
    depth: int
    score: float | None
    points: float | None
    max_points: float | None
    weight: float
    effective_weight: float | None
    lost: float | None
    coverage: float | None
    combine: str
    excluded: bool


class FacetScore(NamedTuple):
    """The mean of a facet value's criteria by effective weight."""

    facet: str
    value: str
    score: float | None
    weight: float
    criteria: int


class LimitResult(NamedTuple):
    """Whether a limit fired. `None` in `value`: its action takes no argument."""

    id: str
    fired: bool
    action: Literal["score", "at_most", "fail", "add"]
    value: float | str | None
    changed: bool


class OverrideResult(NamedTuple):
    """A recorded human decision beside the computed result it speaks of."""

    of: Literal["level", "score", "verdict"]
    computed: str | float | None
    to: str | float
    by: str
    reason: str
    date: str


class Finding(NamedTuple):
    """A criterion not (fully) met. Order: critical first, then by what it costs."""

    criterion: str
    path: str
    outcome: Outcome
    severity: Literal["minor", "major", "critical"]
    lost: float | None


class Praise(NamedTuple):
    """A commendation: what deserves a "bravo"."""

    criterion: str | None
    note: str
    team: str | None


class VisitFacts(NamedTuple):
    """The visit, as observed; `date` and times as ISO texts."""

    id: str
    site: str | None
    date: str | None
    started: str | None
    ended: str | None
    auditor: str | None
    source: str | None
    context: Mapping[str, bool | float | str | None]
    note: str | None


class Scorecard(NamedTuple):
    """One visit scored against one standard, or against all those of its checklist.

    `role` says whether the card is all there is of the visit, the whole of several standards, or its part of one. Of a
    whole, `standard` is the checklist, the sections are its standards, and their criteria are in cards of their
    own. `out_of_scope` are the criteria of the standard that the checklist left out.
    """

    visit: VisitFacts
    standard: StandardRef
    observation: ObservationRef
    score: float | None
    score_before_limits: float | None
    points: float | None
    points_before_limits: float | None
    max_points: float | None
    level: str | None
    level_before_limits: str | None
    target: str | None
    verdict: Verdict
    passed: bool | None
    reason: str | None
    pass_mark: float | str | None
    coverage: float | None
    bounds: tuple[float | None, float | None]
    counts: Mapping[Outcome, int]
    sections: tuple[SectionScore, ...]
    criteria: tuple[CriterionScore, ...]
    facets: tuple[FacetScore, ...]
    measures: Mapping[str, Any]
    limits: tuple[LimitResult, ...]
    overrides: tuple[OverrideResult, ...]
    findings: tuple[Finding, ...]
    strengths: tuple[str, ...]
    commendations: tuple[Praise, ...]
    weakest: str | None = None
    checklist: StandardRef | None = None
    role: Role = "visit"
    out_of_scope: tuple[str, ...] = ()


class RollupCard(NamedTuple):
    """Several visits of one standard become one verdict (SCORING §8)."""

    standard: StandardRef
    visits: int
    scored: int
    score: float | None
    level: str | None
    level_before_limits: str | None
    verdict: Verdict
    passed: bool | None
    measures: Mapping[str, Any]
    limits: tuple[LimitResult, ...]

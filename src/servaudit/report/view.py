"""The view model: everything a renderer prints, finished. Renderers choose places and colours, and compute nothing.

A `Figure` carries its text, ready to print in the report's language, beside the raw number. `None` in place of a
figure means that there is no such figure; a `Figure` with `value` None is printed as a dash.
"""

# Without `from __future__ import annotations`: of a named tuple each annotation would be a text to compile, and two
# hundred of them are 2 ms of every run.
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from servaudit.report.explain import Step
    from servaudit.report.radar import Radar

Role = Literal["visit", "whole", "part"]
"""All there is of a visit, the whole of several standards, or the part of one of them."""
Tone = Literal["good", "fair", "bad", "muted"]
Icon = Literal["check", "half", "cross", "dash", "question", "alert", "dot"]


class Figure(NamedTuple):
    """A number (scores, weights and coverage are ratios) and how it is written here; printed as its text."""

    value: float | None
    text: str

    def __str__(self) -> str:
        return self.text


class Badge(NamedTuple):
    """A status: its key (`not_met`, `critical`, `passed`), the word for it, and how to show it besides colour."""

    key: str
    word: str
    tone: Tone
    icon: Icon

    def __str__(self) -> str:
        return self.word


class Fact(NamedTuple):
    """A line of a list of facts: what it is called and what it says."""

    label: str
    text: str


class Result(NamedTuple):
    """A score and level: what was computed, after or before limits.

    `text` is the score the way the standard shows it (`72.5%`, `87 / 100`, `—`); `points` and `max_points` only
    when the root is a sum.
    """

    text: str
    score: Figure
    points: Figure | None
    max_points: Figure | None
    level: str | None


class CountRow(NamedTuple):
    """How many criteria came to an outcome."""

    outcome: Badge
    count: int  # type: ignore[assignment] # hides a method of tuples that nobody needs of a row
    share: float


class LimitRow(NamedTuple):
    """A rule that fired: why (`text`), what it does (`effect`), and whether that changed the result."""

    id: str
    text: str
    effect: str
    changed: bool


class OverrideRow(NamedTuple):
    """A recorded human decision: `of` what, the `computed` and the `retained` result, by whom, why, when."""

    of: str
    computed: str
    retained: str
    by: str
    reason: str
    date: str
    sentence: str


class EvidenceRow(NamedTuple):
    """A file joined to an answer; `sha256` whole and short (None: the file was not found)."""

    path: str
    sha256: str | None
    short: str | None


class AnswerRow(NamedTuple):
    """One answer to a criterion, given `times` times; `number` counts from 1, and is None where nothing was answered.

    `value` is what was read on the scale: the key of a choice, a number, or None.
    """

    number: int | None
    text: str
    value: str | float | None
    points: float | None
    times: int


class CriterionRow(NamedTuple):
    """One criterion; `number` counts within its visit, `anchor` links to it.

    `shown` is the score the way the visit's result is shown: points where that is points. `how` says how it came about.
    `facet_keys` are `axis=value`, by their keys. `within` names the instance, the second room, that a criterion of a
    repeated section is of; it is empty elsewhere.
    """

    id: str
    path: str
    anchor: str
    number: str
    section: str
    within: str
    text: str
    answer: str
    n: int
    outcome: Badge
    severity: Badge
    shown: str
    score: Figure | None
    points: Figure | None
    max_points: Figure | None
    weight: Figure
    effective_weight: Figure | None
    lost: Figure | None
    status: str | None
    facets: tuple[Fact, ...]
    guidance: str | None
    why: str | None
    note: str | None
    evidence: tuple[EvidenceRow, ...]
    hidden: bool
    bonus: bool
    answers: tuple[AnswerRow, ...] = ()
    how: tuple[str, ...] = ()
    facet_keys: tuple[str, ...] = ()


class CriterionGroup(NamedTuple):
    """The criteria of one section, in the standard's order."""

    title: str
    rows: tuple[CriterionRow, ...]


class FindingRow(NamedTuple):
    """A criterion not (fully) met, critical first and then by what it costs; `cost` says it in words."""

    criterion: CriterionRow
    cost: str | None


class PraiseRow(NamedTuple):
    """A commendation: what was seen, on which criterion, and whose merit it is."""

    note: str
    criterion: str | None
    team: str | None


class SectionRow(NamedTuple):
    """A section; `depth` counts from 1, `ratio` is its score held between 0 and 1, for a bar; `shown` as above."""

    id: str
    path: str
    depth: int
    title: str
    shown: str
    score: Figure
    ratio: float | None
    tone: Tone
    points: Figure | None
    max_points: Figure | None
    weight: Figure
    effective_weight: Figure | None
    lost: Figure | None
    coverage: Figure | None
    weakest: bool
    excluded: bool
    how: tuple[str, ...] = ()


class FacetRow(NamedTuple):
    """A value of an axis of analysis."""

    key: str
    label: str
    score: Figure
    ratio: float | None
    tone: Tone
    criteria: int


class FacetGroup(NamedTuple):
    """An axis of analysis and its values, in the standard's order."""

    key: str
    title: str
    rows: tuple[FacetRow, ...]
    radar: "Radar | None" = None


class MeasureRow(NamedTuple):
    """A named value of the standard's scoring; `value` as computed, `text` ready to print."""

    name: str
    value: object
    text: str


class Identity(NamedTuple):
    """Exactly which documents and which tool a score came from; `checklist` is `id@version sha256:… path`."""

    standard: str
    version: str
    standard_sha256: str
    standard_path: str
    observation_path: str
    observation_sha256: str
    generator: str
    checklist: str | None = None


class VisitView(NamedTuple):
    """One visit scored against one standard. `anchor` is unique in the report; `date` is ISO, `date_text` in words.

    `groups` are the `criteria` by section; `evidence` is every file, once. `explanation` unfolds the result,
    where it was asked for: sections and criteria say `how` themselves. `severities` are those of the criteria.
    """

    anchor: str
    id: str
    title: str
    site: str | None
    date: str | None
    date_text: str | None
    standard_title: str
    facts: tuple[Fact, ...]
    note: str | None
    result: Result
    before: Result | None
    reason: str | None
    ratio: float | None
    verdict: Badge
    passed: bool | None
    pass_mark: str | None
    target: str | None
    coverage: Figure | None
    bounds_text: str | None
    counts: tuple[CountRow, ...]
    limits: tuple[LimitRow, ...]
    overrides: tuple[OverrideRow, ...]
    findings: tuple[FindingRow, ...]
    strengths: tuple[CriterionRow, ...]
    commendations: tuple[PraiseRow, ...]
    sections: tuple[SectionRow, ...]
    facets: tuple[FacetGroup, ...]
    criteria: tuple[CriterionRow, ...]
    groups: tuple[CriterionGroup, ...]
    evidence: tuple[EvidenceRow, ...]
    measures: tuple[MeasureRow, ...]
    method: tuple[str, ...]
    identity: Identity
    severities: tuple[Badge, ...] = ()
    radar: "Radar | None" = None
    explanation: "tuple[Step, ...]" = ()
    role: Role = "visit"
    name: str = ""
    """Its title, with its id where other visits of the report have the same title."""

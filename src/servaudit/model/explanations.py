"""What each key of a document is for, in one line: what an editor shows beside it, through the schemas."""

from __future__ import annotations

from collections.abc import Mapping

_VERDICT: Mapping[str, str] = {
    "measures": "named values, computed in order: an expression, or an aggregate over criteria or sections",
    "levels": "the levels there are, best first: a list of names, or {name: text}",
    "ladder": "rungs {level, when}, tried in order: the first whose condition holds gives the level",
    "pass": "what it takes to pass: {score: 0.8} or {level: good}",
}
_COMBINE = "how children become this: mean by weight, sum of weight × points, min, max or product"
_PART: Mapping[str, str] = {
    "weight": "how much this counts beside the others; 1 when left out, 0 counts nothing",
    "bonus": "weight × points are added, and nothing to the maximum",
    "uncapped": "whether a bonus may lift its parent above the maximum",
    "repeat": "several observations become one: mean, worst, best, sum or median",
    "applies_when": "a condition on context and other answers; where it is false, this is not applicable",
}
_POLICIES: Mapping[str, str] = {
    "not_applicable": "what “not applicable” does: exclude it, zero points, full points, or forbid it",
    "missing": "what a missing answer does: exclude it, zero points, or forbid it",
}

EXPLANATIONS: Mapping[str, Mapping[str, str]] = {
    "Standard": {
        "kind": "what this document is",
        "id": "the name observations and checklists call it by; it never changes",
        "version": "raised with each change: 1.0.1 for wording, 1.1.0 for a new criterion, 2.0.0 for ids or scoring",
        "language": "the language of texts that do not say theirs",
        "parameters": "named numbers and lists that expressions use, and a checklist may set",
        "context": "facts of the visit that expressions use, each with a type: {crowded: {type: bool, default: false}}",
        "attributes": "facts of each criterion that expressions use, each with a type",
        "facets": "axes of analysis and their values; scores are broken down by each of them",
        "scales": "scales that several criteria share, by name",
        "criteria": "criteria that are in no section",
        "sections": "groups of criteria, and of sections",
        "scoring": "how points become a score, a level and a verdict",
        "rollup": "how several visits become one verdict",
    },
    "Section": {
        **_PART,
        "combine": _COMBINE,
        "id": "the name expressions call it by; it never changes",
        "criteria": "what is judged here",
        "sections": "groups within this one",
    },
    "Criterion": {
        **_PART,
        "id": "the name answers call it by; it never changes, even when the wording does",
        "scale": "how an answer becomes points: the name of a scale, or a scale; yes_no when left out",
        "severity": "how grave a miss is: a critical one fails the visit, unless limits say otherwise",
        "status": "mandatory, optional… for each level aimed at, or for all of them",
        "facets": "its value on each axis of analysis: {channel: counter}",
        "attributes": "its value of each attribute that the standard declares",
        "evidence": "a note or photo that must come with the answer",
        "policies": "what “not applicable” and a missing answer do here, where it differs",
    },
    "Evidence": {"require": "note, photo, or any of both", "when": "when it is not met, or always"},
    "Facet": {"values": "the values there are, each with the text people read"},
    "Fact": {
        "type": "bool, number, text or choice",
        "values": "the values of a choice",
        "default": "its value where nobody says it",
    },
    "Choices": {"choices": "answers and their points: {yes: 1, no: 0}, or {yes: {points: 1, label: …}}"},
    "Choice": {"points": "what the answer is worth; null: not applicable"},
    "Curve": {"curve": "knots [value, points]: points lie on the lines between them, flat outside"},
    "Steps": {"steps": "[upper bound, points], in order: the first bound not exceeded counts; null is no bound"},
    "Range": {"range": "[lowest, highest]: the number itself is the points; outside, it is refused"},
    "Info": {
        "info": "what is recorded, and never scored",
        "choices": "the answers of a choice, each with the text people read",
        "unit": "the unit of a number",
    },
    "Scoring": {
        **_VERDICT,
        "combine": _COMBINE,
        "policies": "what happens to what was not scored",
        "classify": "levels aimed at, tried best first",
        "display": "how the score is shown, where it is not per cent",
    },
    "Rollup": _VERDICT,
    "Whole": {**_VERDICT, "combine": _COMBINE},
    "Policies": {
        **_POLICIES,
        "coverage_floor": "the share of criteria that must be observed, from 0 to 1; below it there is no score",
        "zero_weights": "what a group does whose weights are all zero: error, mean, or zero",
    },
    "CriterionPolicies": _POLICIES,
    "Aggregate": {
        "agg": "sum, max, min, mean, count or share",
        "of": "the expression aggregated, for each criterion: weight * score",
        "where": "which are taken: severity == 'critical'",
        "that": "of those, which a share counts",
    },
    "Rung": {"level": "one of the levels", "when": "its condition; the last rung has none"},
    "Limit": {
        "id": "its name in reports",
        "when": "the condition under which it acts, on the values before limits",
        "score": "the score becomes this, a ratio: 0 knocks the visit out",
        "at_most": "the level becomes at most this",
        "fail": "the visit fails, and keeps its score",
        "add": "points added to a sum; a negative number takes them away",
    },
    "Classify": {"targets": "the levels aimed at, best first", "awarded": "the levels that count as reached"},
    "Pass": {"score": "the score it takes, a ratio: 0.8 is 80 %", "level": "the level it takes"},
    "Display": {
        "times": "what the score is multiplied by: 100 for per cent, 10 for a mark out of ten",
        "decimals": "digits after the decimal sign",
        "unit": "what stands behind it: %, /10",
    },
    "Observation": {
        "kind": "what this document is",
        "standard": "the standard it was made with, and its version: branch_welcome@1.2.0",
        "language": "the language of its notes",
        "visit": "when, where and by whom",
        "answers": "what was seen, by the criteria's ids; na is not applicable, left out is not observed",
        "commendations": "what deserves a bravo",
        "overrides": "results that a person decided otherwise; both are shown",
    },
    "Visit": {
        "id": "the name of the visit; no other has it",
        "site": "where it was",
        "date": "the day: 2026-11-03",
        "started": "when it began: “10:15”, in quotes",
        "ended": "when it ended",
        "auditor": "who was there: a code, not a name",
        "context": "the facts that the standard asks for",
    },
    "Commendation": {"criterion": "what it is about", "note": "what was seen", "team": "who deserves it"},
    "Override": {
        "of": "the level, the score or the verdict",
        "to": "what it becomes",
        "by": "who decided it",
        "reason": "why",
        "date": "the day it was decided",
    },
    "Checklist": {
        "kind": "what this document is",
        "id": "the name observations call it by; it never changes",
        "version": "raised with each change",
        "language": "the language of texts that do not say theirs",
        "standards": "the standards it takes, and what of each",
        "visit": "what is asked of the visit itself",
    },
    "Use": {"standard": "the standard's id", "weight": "how much it counts in the whole"},
    "Selection": {
        "sections": "ids of sections; all that is in them is taken",
        "criteria": "ids of criteria",
        "severities": "critical, major, minor",
    },
    "VisitField": {
        "required": "whether it must be filled in",
        "choices": "the values it may have, each with the text people read",
        "default": "what stands there at first",
    },
    "VisitFields": {
        "site": "where the visit is",
        "date": "the day of the visit",
        "started": "when it begins",
        "ended": "when it ends",
        "auditor": "who is there",
        "source": "where the observation comes from: mystery, self, peer…",
        "context": "the facts that standards ask for",
    },
    "Configuration": {"kind": "what this document is", "templates": "templates of reports, by their format"},
    "Templates": {"html": "the page's template", "xlsx": "the workbook's template"},
}
"""By the name of the model, then of the key. A key whose field has a description of its own is not repeated here."""

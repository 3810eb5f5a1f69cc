"""Scorecards made by hand, for the tests of the view model and of the renderers: no engine, no file."""

from __future__ import annotations

from typing import Any

from servaudit.model.scorecard import (
    CriterionScore,
    EvidenceFile,
    FacetScore,
    Finding,
    LimitResult,
    ObservationRef,
    OverrideResult,
    Praise,
    Reading,
    RollupCard,
    Scorecard,
    SectionScore,
    StandardRef,
    VisitFacts,
)
from servaudit.model.standard import Standard

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

STANDARD: dict[str, Any] = {
    "kind": "standard",
    "id": "branch_welcome",
    "version": "1.2.0",
    "language": "fr",
    "title": {"fr": "Accueil en agence", "en": "Branch welcome"},
    "context": {"counters_open": {"type": "number", "title": {"fr": "Guichets ouverts", "en": "Counters open"}}},
    "facets": {
        "stage": {
            "title": {"fr": "Étape", "en": "Stage"},
            "values": {
                "welcome": {"fr": "Accueil", "en": "Welcome"},
                "needs": {"fr": "Besoins", "en": "Needs"},
                "closing": {"fr": "Clôture", "en": "Closing"},
            },
        },
    },
    "scales": {
        "often": {
            "choices": {
                "always": {"points": 3, "label": {"fr": "Toujours", "en": "Always"}},
                "often": {"points": 2, "label": {"fr": "Souvent", "en": "Often"}},
                "rarely": {"points": 1, "label": {"fr": "Rarement", "en": "Rarely"}},
                "never": {"points": 0, "label": {"fr": "Jamais", "en": "Never"}},
            },
        },
        "wait": {"curve": [[60, 1], [300, 0]], "unit": "s"},
    },
    "sections": [
        {
            "id": "welcome",
            "title": {"fr": "Accueil et prise en charge", "en": "Welcome and first handling"},
            "weight": 2,
            "criteria": [
                {
                    "id": "greeted",
                    "text": {
                        "fr": "Chaque client est salué dès son entrée",
                        "en": "Every customer is greeted on entry",
                    },
                    "guidance": {
                        "fr": "Un bonjour audible, un regard, dans les trente secondes.",
                        "en": "An audible hello and eye contact, within thirty seconds.",
                    },
                    "weight": 2,
                    "repeat": "mean",
                    "facets": {"stage": "welcome"},
                },
                {
                    "id": "wait",
                    "text": {"fr": "L’attente reste courte", "en": "The wait is short"},
                    "scale": "wait",
                    "repeat": "mean",
                    "severity": "major",
                    "facets": {"stage": "welcome"},
                },
                {
                    "id": "smile",
                    "text": {"fr": "Le sourire est sincère", "en": "The smile is sincere"},
                    "scale": "often",
                    "facets": {"stage": "welcome"},
                },
            ],
        },
        {
            "id": "needs",
            "title": {"fr": "Besoins et personnalisation", "en": "Needs and personalisation"},
            "criteria": [
                {
                    "id": "open_questions",
                    "text": {"fr": "Des questions ouvertes sont posées", "en": "Open questions are asked"},
                    "scale": "often",
                    "severity": "major",
                    "facets": {"stage": "needs"},
                },
                {
                    "id": "name_used",
                    "text": {"fr": "Le nom du client est employé", "en": "The customer’s name is used"},
                    "facets": {"stage": "needs"},
                },
                {"id": "remark", "text": {"fr": "Verbatim", "en": "Verbatim"}, "scale": {"info": "text"}},
            ],
        },
        {
            "id": "closing",
            "title": {"fr": "Clôture, sécurité et accessibilité", "en": "Closing, safety and accessibility"},
            "criteria": [
                {
                    "id": "exit_clear",
                    "text": {"fr": "L’issue de secours est dégagée", "en": "The emergency exit is clear"},
                    "guidance": {
                        "fr": "Aucun carton ni présentoir dans le passage, à tout moment.",
                        "en": "No box or display in the way, at any time.",
                    },
                    "severity": "critical",
                    "facets": {"stage": "closing"},
                },
                {
                    "id": "ramp",
                    "text": {"fr": "La rampe d’accès est utilisable", "en": "The access ramp is usable"},
                    "facets": {"stage": "closing"},
                },
                {
                    "id": "farewell",
                    "text": {"fr": "La prise de congé est cordiale", "en": "The farewell is cordial"},
                    "facets": {"stage": "closing"},
                },
            ],
        },
    ],
    "scoring": {
        "levels": {
            "a": {"fr": "Excellence", "en": "Excellence"},
            "b": {"fr": "Confirmé", "en": "Confirmed"},
            "c": {"fr": "À reprendre", "en": "To be reworked"},
        },
        "ladder": [{"level": "a", "when": "score >= 0.85"}, {"level": "b", "when": "score >= 0.6"}, {"level": "c"}],
        "limits": [
            {
                "id": "critical_missed",
                "when": "missed.critical > 0",
                "text": {
                    "fr": "Un critère critique n’est pas respecté.",
                    "en": "A critical criterion is not met.",
                },
                "at_most": "c",
            },
        ],
        "pass": {"level": "b"},
        "policies": {"coverage_floor": 0.6},
    },
    "rollup": {
        "title": {"fr": "Réseau Rhône", "en": "Rhône network"},
        "measures": {"passed_share": {"agg": "share", "that": "passed"}},
    },
}


def standard(**changes: Any) -> Standard:
    """Make the standard, with some of its top-level keys replaced."""
    return Standard.model_validate({**STANDARD, **changes})


def criterion(name: str, section: str, outcome: str, score: float | None, **changes: Any) -> CriterionScore:
    """Make what a criterion came to; a yes/no answer unless the readings say otherwise."""
    values: dict[str, Any] = {
        "id": name, "path": f"{section}.{name}", "section": section, "outcome": outcome, "raw": None,
        "value": None, "points": score, "max_points": 1.0 if score is not None else None, "score": score,
        "n": 1 if score is not None else 0, "weight": 1.0, "effective_weight": 0.125,
        "lost": None if score is None else 0.125 * (1 - score), "severity": "minor", "status": None, "facets": {},
        "bonus": False, "hidden": False, "note": None, "evidence": (),
        "readings": () if score is None else (Reading("yes" if score else "no", "yes" if score else "no", score),),
    }  # fmt: skip
    return CriterionScore(**{**values, **changes})


def section(name: str, score: float | None, weight: float, lost: float, **changes: Any) -> SectionScore:
    """Make what a section came to."""
    values: dict[str, Any] = {
        "id": name, "path": name, "depth": 1, "score": score, "points": None, "max_points": None, "weight": weight,
        "effective_weight": weight / 4, "lost": lost, "coverage": 1.0, "combine": "mean", "excluded": False,
    }  # fmt: skip
    return SectionScore(**{**values, **changes})


def card(note: str = "« Bonjour, je suis à vous tout de suite ! »", **changes: Any) -> Scorecard:
    """Make a rich scorecard: a limit fired, an override, every outcome, evidence, praise. `note` goes everywhere."""
    criteria = (
        criterion(
            "greeted", "welcome", "partly", 0.7, weight=2.0, n=10, effective_weight=0.25, lost=0.075,
            facets={"stage": "welcome"}, note=note,
            readings=(*(Reading("yes", "yes", 1.0),) * 7, *(Reading("no", "no", 0.0),) * 3),
        ),
        criterion(
            "wait", "welcome", "partly", 0.5, n=3, severity="major", lost=0.0625, facets={"stage": "welcome"},
            readings=(Reading("1 min", 60.0, 1.0), Reading("3 min", 180.0, 0.5), Reading("5 min", 300.0, 0.0)),
        ),
        criterion(
            "smile", "welcome", "met", 1.0, facets={"stage": "welcome"}, points=3.0, max_points=3.0,
            readings=(Reading("always", "always", 3.0),), note="Toute l’équipe, du début à la fin.",
            evidence=(EvidenceFile("photos/sourire.jpg", HASH), EvidenceFile("photos/perdue.jpg", None)),
        ),
        criterion(
            "open_questions", "needs", "not_met", 0.0, severity="major", facets={"stage": "needs"},
            readings=(Reading("never", "never", 0.0),),
        ),
        criterion("name_used", "needs", "unobserved", None, facets={"stage": "needs"}),
        criterion("remark", "needs", "recorded", None, raw=note, readings=(Reading(note, note, None),)),
        criterion(
            "exit_clear", "closing", "not_met", 0.0, severity="critical", facets={"stage": "closing"},
            note="Deux cartons de brochures devant la porte.", evidence=(EvidenceFile("photos/issue.jpg", HASH),),
        ),
        criterion("ramp", "closing", "not_applicable", None, facets={"stage": "closing"},
                  readings=(Reading("na", None, None),)),
        criterion("farewell", "closing", "met", 1.0, facets={"stage": "closing"}),
    )  # fmt: skip
    values: dict[str, Any] = {
        "visit": VisitFacts(
            "lyon-2026-11-03", "Lyon Part-Dieu", "2026-11-03", "10:15", "10:50", "A12", "mystery",
            {"counters_open": 3.0}, "Visite un mardi matin, affluence moyenne.",
        ),
        "standard": StandardRef("branch_welcome", "1.2.0", HASH, "standards/branch_welcome.yaml"),
        "observation": ObservationRef("observations/lyon.yaml", HASH[::-1]),
        "score": 0.625, "score_before_limits": 0.625, "points": None, "points_before_limits": None,
        "max_points": None, "level": "c", "level_before_limits": "b", "target": None, "verdict": "limited",
        "passed": False, "reason": None, "pass_mark": "b", "coverage": 0.875, "bounds": (0.5625, 0.6875),
        "counts": {"met": 2, "partly": 2, "not_met": 2, "not_applicable": 1, "unobserved": 1, "recorded": 1},
        "sections": (
            section("welcome", 0.725, 2.0, 0.1375), section("needs", 0.25, 1.0, 0.125, coverage=0.5),
            section("closing", 0.5, 1.0, 0.125),
        ),
        "criteria": criteria,
        "facets": (
            FacetScore("stage", "welcome", 0.725, 0.5, 3), FacetScore("stage", "needs", 0.25, 0.25, 2),
            FacetScore("stage", "closing", 0.5, 0.25, 3),
        ),
        "measures": {"kindness": 0.825, "nothing": None},
        "limits": (LimitResult("critical_missed", fired=True, action="at_most", value="c", changed=True),),
        "overrides": (OverrideResult("level", "c", "b", "A02", "Issue dégagée pendant la visite.", "2026-11-05"),),
        "findings": (
            Finding("exit_clear", "closing.exit_clear", "not_met", "critical", 0.125),
            Finding("open_questions", "needs.open_questions", "not_met", "major", 0.125),
            Finding("wait", "welcome.wait", "partly", "major", 0.0625),
            Finding("greeted", "welcome.greeted", "partly", "minor", 0.075),
        ),
        "strengths": ("welcome.smile", "closing.farewell"),
        "commendations": (Praise("smile", note, "Équipe du guichet"),),
        "weakest": "needs",
    }  # fmt: skip
    return Scorecard(**{**values, **changes})


def passing_card() -> Scorecard:
    """Make a scorecard of a visit that passed."""
    rich = card()
    return rich._replace(
        visit=rich.visit._replace(id="nice-2026-11-04", site="Nice Étoile", date="2026-11-04", note=None),
        score=0.925, score_before_limits=0.925, level="a", level_before_limits="a", verdict="passed", passed=True,
        coverage=1.0, bounds=(0.925, 0.925), limits=(), overrides=(), findings=rich.findings[-1:], commendations=(),
    )  # fmt: skip


def no_score_card() -> Scorecard:
    """Make a scorecard of a visit where too little was observed."""
    rich = card()
    return rich._replace(
        visit=rich.visit._replace(id="paris-2026-11-05", site="Paris Bastille", date="2026-11-05"),
        score=None, score_before_limits=None, level=None, level_before_limits=None, verdict="incomplete", passed=None,
        reason="coverage_below_floor",
        coverage=0.25, bounds=(0.1, 0.9), limits=(), overrides=(), findings=(), strengths=(), commendations=(),
    )  # fmt: skip


def rollup_card() -> RollupCard:
    """Make what the visits come to together."""
    return RollupCard(
        card().standard, 3, 2, 0.775, "b", "b", "passed", passed=True, measures={"passed_share": 0.5}, limits=(),
    )  # fmt: skip

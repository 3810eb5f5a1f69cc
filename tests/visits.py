"""Standards and visits written as Python literals, scored without a file: what the tests of scoring are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servaudit.lint import lint_standard
from servaudit.model.observation import Observation
from servaudit.model.scorecard import ObservationRef, StandardRef
from servaudit.model.standard import Standard
from servaudit.scoring.layout import lay_out
from servaudit.scoring.planner import compile_standard
from servaudit.scoring.visit import Scored, score_visit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.model.scorecard import Scorecard
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.sheet import Sheet

STANDARD = StandardRef("shop", "1.0.0", "a" * 64, "shop.yaml")
SOURCE = ObservationRef("visit.yaml", "b" * 64)


def criterion(name: str, **keys: Any) -> dict[str, Any]:
    """Write a criterion, answered by yes or no unless `scale` says otherwise."""
    return {"id": name, "text": name, **keys}


def section(name: str, *children: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """Write a section of criteria and sections."""
    return {"id": name, "title": name, **parts(*children), **keys}


def parts(*children: dict[str, Any]) -> dict[str, Any]:
    """Sort what stands in a standard or a section into its criteria and its sections."""
    return {
        "criteria": [child for child in children if "text" in child],
        "sections": [child for child in children if "title" in child],
    }


def unchecked(*children: dict[str, Any], **keys: Any) -> Plan:
    """Compile a standard that may have faults."""
    head = {"kind": "standard", "id": "shop", "version": "1.0.0", "title": "A shop"}
    return compile_standard(Standard.model_validate({**head, **parts(*children), **keys}))


def plan(*children: dict[str, Any], **keys: Any) -> Plan:
    """Compile a standard in which nothing at all is wrong."""
    made = unchecked(*children, **keys)
    faults = [str(fault.message) for fault in lint_standard(made)]
    assert not faults, faults
    return made


def observation(answers: Mapping[str, Any], **keys: Any) -> Observation:
    """Write an observation; `context` goes with the visit."""
    visit = {"id": "v1", "context": keys.pop("context", {})}
    return Observation.model_validate(
        {"kind": "observation", "standard": "shop@1.0.0", "visit": visit, "answers": answers, **keys}
    )


def scored(made: Plan, answers: Mapping[str, Any], **keys: Any) -> Scored:
    """Score a visit, whatever its answers are."""
    return score_visit(made, observation(answers, **keys), STANDARD, SOURCE)


def card(made: Plan, answers: Mapping[str, Any], **keys: Any) -> Scorecard:
    """Score a visit in which nothing is wrong."""
    result = scored(made, answers, **keys)
    assert not result.sheet.problems, [str(problem.message) for problem in result.sheet.problems]
    return result.card


def laid_out(made: Plan, answers: Mapping[str, Any], **context: Any) -> Sheet:
    """Lay answers out on the standard's tree."""
    return lay_out(made, answers, context)


def faults(made: Plan, answers: Mapping[str, Any], **context: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    """List what is wrong with answers: code and place."""
    return [(problem.code, problem.path) for problem in laid_out(made, answers, **context).problems]

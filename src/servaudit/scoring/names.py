"""The names an expression may see, in each of the places one can stand (SCORING §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from servaudit.model.rules import Aggregate
from servaudit.model.scale import BUILT_IN, Choices, Info
from servaudit.model.scorecard import OUTCOMES
from servaudit.model.standard import SEVERITIES
from servaudit.scoring import types
from servaudit.scoring.gauge import make_gauge
from servaudit.scoring.types import ANY, BOOL, COUNT, LIST, NUMBER, RATIO, TEXT, Type, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servaudit.model.rules import Measure
    from servaudit.model.scale import Scale
    from servaudit.model.standard import Criterion, Fact, Section, Standard

Names = dict[str, Type]
VERDICTS: Final = ("incomplete", "forbidden", "no_score", "limited", "below", "passed", "scored")


def every_section(standard: Standard) -> list[tuple[Section, bool]]:
    """List the sections, parents first, and whether each stands in a repeated one."""
    found: list[tuple[Section, bool]] = []

    def walk(sections: Iterable[Section], *, repeated: bool) -> None:
        for section in sections:
            found.append((section, repeated))
            walk(section.sections, repeated=repeated or section.repeat is not None)

    walk(standard.sections, repeated=False)
    return found


def every_criterion(standard: Standard) -> list[tuple[Criterion, str, bool]]:
    """List the criteria with their section's id and whether it is repeated, in the order of the document."""
    found = [(criterion, "", False) for criterion in standard.criteria]
    for section, repeated in every_section(standard):
        found += [(item, section.id, repeated or section.repeat is not None) for item in section.criteria]
    return found


def scale_of(standard: Standard, criterion: Criterion) -> Scale | None:
    """Find a criterion's scale; None when it names one that does not exist."""
    if not isinstance(criterion.scale, str):
        return criterion.scale
    return standard.scales.get(criterion.scale) or BUILT_IN.get(criterion.scale)


def _answer(scale: Scale | None) -> Type:
    match scale:
        case Choices(multiple=True):
            return Type("list", words=frozenset(scale.choices))
        case Choices():
            return words(*scale.choices)
        case Info(info="choice"):
            return words(*scale.choices or ())
        case Info(info=kind):
            return NUMBER if kind == "number" else TEXT
        case _:
            return NUMBER if scale is not None else ANY


def _facts(facts: Mapping[str, Fact]) -> Names:
    kinds = {"bool": BOOL, "number": NUMBER, "text": TEXT}
    return {name: kinds.get(fact.type) or words(*fact.values or ()) for name, fact in facts.items()}


def given(standard: Standard) -> Names:
    """Names known before any answer."""
    known = {"parameters": types.names({name: types.of(value) for name, value in standard.parameters.items()}),
             "context": types.names(_facts(standard.context))}  # fmt: skip
    if standard.scoring.classify is not None:
        known["target"] = words(*standard.scoring.classify.targets)
    return known


def applicability(standard: Standard, within: frozenset[str]) -> Names:
    """Names of `applies_when`: facts of the visit and other answers (of a repeated section: only from `within`)."""
    answers = {
        criterion.id: _answer(scale_of(standard, criterion))
        for criterion, _, repeated in every_criterion(standard)
        if not repeated or criterion.id in within
    }
    known = given(standard)
    known.pop("target", None)
    return known | {"answers": types.names(answers)}


def within_ratio(standard: Standard) -> bool:
    """Tell whether no score can be above 1: no scale leaves 0 to 1, and no bonus the cap."""
    criteria = [criterion for criterion, _, _ in every_criterion(standard)]
    free = any(item.uncapped for item in criteria) or any(item.uncapped for item, _ in every_section(standard))
    return not free and not any(_above(scale_of(standard, criterion)) for criterion in criteria)


def _above(scale: Scale | None) -> bool:
    if scale is None or isinstance(scale, Info):
        return False
    gauge = make_gauge(scale)
    ends = (gauge.best or 0.0, gauge.worst or 0.0)
    return gauge.maximum is not None and max(ends) > gauge.maximum


def whole(standard: Standard) -> Names:
    """Names of the visit as a whole, before measures."""
    ratio = types.Type("number", high=1) if within_ratio(standard) else NUMBER
    answers = {
        criterion.id: LIST if repeated else _answer(scale_of(standard, criterion))
        for criterion, _, repeated in every_criterion(standard)
    }
    known = given(standard) | {
        "score": ratio,
        "coverage": RATIO,
        "sections": types.names({section.id: ratio for section, inside in every_section(standard) if not inside}),
        "answers": types.names(answers),
        "missed": types.names(dict.fromkeys(SEVERITIES, COUNT)),
    }
    if standard.scoring.combine == "sum":
        known["points"] = NUMBER
    return known


def per_criterion(standard: Standard, *, unscored_too: bool) -> Names:
    """Names of one criterion, inside an aggregate; with `unscored_too`, nothing that only the scored have."""
    criteria = every_criterion(standard)
    scales = [_answer(scale_of(standard, criterion)) for criterion, _, _ in criteria if _is_scored(standard, criterion)]
    shared = [scale.words for scale in scales]
    value = words(*(word for some in shared for word in some or ())) if scales and all(shared) else ANY
    if any(scale.kind == "list" for scale in scales):
        value = ANY
    known = {
        "id": words(*(criterion.id for criterion, _, _ in criteria)),
        "section": words("", *(section for _, section, _ in criteria)),
        "max": NUMBER,
        "weight": NUMBER,
        "outcome": words(*OUTCOMES),
        "severity": words(*SEVERITIES),
        "status": words(*(status for criterion, _, _ in criteria for status in criterion.status.values())),
        "facets": types.names({name: words(*facet.values) for name, facet in standard.facets.items()}),
    }
    scored = {} if unscored_too else {"value": value, "score": NUMBER, "points": NUMBER}
    return known | scored | _facts(standard.attributes)


def per_section(standard: Standard) -> Names:
    """Names of one section, inside an aggregate over sections."""
    ids = words(*(section.id for section, _ in every_section(standard)))
    return {"id": ids, "score": NUMBER, "points": NUMBER, "max": NUMBER, "weight": NUMBER}


def per_visit(standard: Standard) -> Names:
    """Names of one visit, inside a rollup's aggregate: what the visit's own rules see, and what they concluded."""
    known = whole(standard)
    known.pop("target", None)
    levels = words(*standard.scoring.levels, *(rung.level for rung in standard.scoring.ladder))
    measures = {name: measured(measure) for name, measure in standard.scoring.measures.items()}
    return known | measures | {"level": levels, "verdict": words(*VERDICTS), "passed": BOOL}


def of_rollup(standard: Standard) -> Names:
    """Names of a rollup as a whole, before its measures."""
    known = given(standard)
    return {"parameters": known["parameters"], "visits": COUNT, "score": NUMBER}


def measured(measure: Measure) -> Type:
    """Give the type of a measure's value."""
    match measure:
        case Aggregate(agg="count"):
            return COUNT
        case Aggregate(agg="share"):
            return RATIO
        case Aggregate():
            return NUMBER
        case _:
            return ANY


def _is_scored(standard: Standard, criterion: Criterion) -> bool:
    return not isinstance(scale_of(standard, criterion), Info)


RESERVED: Final = frozenset(
    ("parameters", "context", "target", "score", "coverage", "sections", "answers", "missed", "points", "id", "section",
     "max", "weight", "outcome", "severity", "status", "facets", "value", "visits", "level", "verdict", "passed",
     "min", "abs", "round", "ceil", "floor", "true", "false", "none", "and", "or", "not", "in", "if", "else", "is",
     "lambda", "for")
)  # fmt: skip

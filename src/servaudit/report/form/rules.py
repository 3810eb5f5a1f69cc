"""The rules of a standard as data that the form computes a live score with: scales, combinations, ladder, limits.

What the form's script does not compute has no rules here, and the form says that it is scored on import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servaudit.model.scale import Choices, Curve, Info, Range, Steps
from servaudit.report.form.trees import tree
from servaudit.scoring.facts import typed
from servaudit.scoring.gauge import least

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.model.rules import Combination
    from servaudit.model.scale import Scale
    from servaudit.scoring.expressions import Expression
    from servaudit.scoring.gauge import Gauge
    from servaudit.scoring.plan import CriterionNode, MeasureRule, Plan, SectionNode

Data = dict[str, Any]


def lean(data: Mapping[str, Any]) -> Data:
    """Leave out what says nothing, so that a form of many criteria stays small."""
    return {name: value for name, value in data.items() if value is not None and value is not False and value != []}


def live(plan: Plan) -> bool:
    """Tell whether the form computes the score: it does not aim at one level after the other."""
    return plan.standard.scoring.classify is None


def combination(rules: Combination) -> Data:
    """Say how children become their parent."""
    given = {"combine": rules.combine, "start": rules.start, "floor": rules.floor, "max": rules.max}
    return lean({**given, "sign": -1 if rules.sign == -1 else None})


def scale(found: Scale, gauge: Gauge) -> Data:
    """Say what answers on a scale are worth; the labels of its choices are the view's."""
    data: Data = {"best": gauge.best, "worst": gauge.worst, "max": gauge.maximum, "lower": gauge.lower_is_better}
    match found:
        case Choices():
            data["points"] = {name: choice.points for name, choice in found.choices.items()}
        case Curve():
            data |= {"curve": sorted(found.curve), "least": least(found)}
        case Steps():
            steps = sorted(found.steps, key=lambda step: (step[0] is None, *(one or 0.0 for one in step)))
            data |= {"steps": steps, "least": least(found)}
        case Range():
            data["range"] = sorted(found.range)
        case Info():
            pass
    return lean(data)


def criterion(node: CriterionNode, plan: Plan) -> Data:
    """Say what one criterion brings to its section."""
    own, facts = node.criterion, plan.standard.attributes
    return lean(
        {
            "weight": None if own.weight == 1 else own.weight,
            "na": None if node.not_applicable == "exclude" else node.not_applicable,
            "missing": None if node.missing == "exclude" else node.missing,
            "bonus": own.bonus,
            "aside": node.bonus,
            "uncapped": own.uncapped,
            "status": own.status.get(""),
            "facets": own.facets or None,
            "attributes": {name: typed(facts[name], value) for name, value in own.attributes.items()} or None,
        }
    ) | _when("applies", node.applies)


def section(node: SectionNode) -> Data:
    """Say what one section, or the whole, brings to its parent."""
    return lean(
        {
            **combination(node.rules),
            "weight": None if node.weight == 1 else node.weight,
            "repeat": node.repeat,
            "bonus": node.bonus,
            "uncapped": node.uncapped,
            "lower": node.lower_is_better,
        }
    ) | _when("applies", node.applies)


def verdict(plan: Plan) -> Data:
    """Say what is concluded from the figures of a visit."""
    rules, policies, scoring = plan.rules, plan.policies, plan.standard.scoring
    return lean(
        {
            "measures": [_measure(rule) for rule in rules.measures],
            "ladder": [[level] if when is None else [level, tree(when)] for level, when in rules.ladder],
            "limits": [
                lean({name: getattr(rule.limit, name) for name in ("id", "score", "at_most", "fail", "add")})
                | {"when": tree(rule.when)}
                for rule in rules.limits
            ],
            "order": list(rules.order),
            "pass_score": rules.pass_score,
            "pass_level": rules.pass_level,
            "floor": policies.coverage_floor,
            "zero_weights": policies.zero_weights,
            "asked": list(plan.asked),
            "parameters": plan.standard.parameters or None,
            "attributes": {name: typed(fact, fact.default) for name, fact in plan.standard.attributes.items()} or None,
            "display": [scoring.display.times, scoring.display.decimals, scoring.display.unit],
        }
    )


def _measure(rule: MeasureRule) -> Data:
    over = rule.over if rule.agg is not None else None
    data = lean({"name": rule.name, "agg": rule.agg, "over": over, "all": rule.all})
    return data | _when("of", rule.of) | _when("where", rule.where) | _when("that", rule.that)


def _when(name: str, expression: Expression | None) -> Data:
    """Give a tree a name; the tree may be a constant, such as false, that `lean` would take for nothing said."""
    return {} if expression is None else {name: tree(expression)}

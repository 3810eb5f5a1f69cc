"""The facts of a visit (its context) and of criteria (their attributes), brought to the type they are declared with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from servaudit.diagnostics import Message, Problem, did_you_mean, msg
from servaudit.model.base import folded, key

if TYPE_CHECKING:
    from servaudit.model.standard import Fact
    from servaudit.scoring.plan import Plan

Context = Mapping[str, bool | float | str | None]


def check_facts(plan: Plan, context: Mapping[str, Any], problems: list[Problem]) -> Context:
    """Check the facts of the visit against their declarations, defaults filled in."""
    declared = plan.standard.context
    if not declared and not context:
        return {}
    facts: dict[str, bool | float | str | None] = {}
    problems += [
        Problem(
            "context-unknown",
            ("visit", "context", name),
            msg("the standard declares no fact “{name}”", name=name),
            did_you_mean(name, declared),
            on_key=True,
        )
        for name in sorted(context.keys() - declared.keys())
    ]
    for name, fact in declared.items():
        if name not in context:
            if needed(plan, name):
                problems.append(
                    Problem(
                        "context-missing",
                        ("visit", "context"),
                        msg("the standard needs to know “{name}”", name=name),
                        msg("add it under visit: context:"),
                        on_key=True,
                    )
                )
            facts[name] = typed(fact, fact.default)
            continue
        facts[name] = typed(fact, context[name])
        if facts[name] is None:
            problems.append(Problem("context-type", ("visit", "context", name), wanted(name, fact)))
    return facts


def needed(plan: Plan, name: str) -> bool:
    """Tell whether a visit has to say a fact: rules look at it, and nothing stands in for it."""
    return plan.standard.context[name].default is None and f"context.{name}" in plan.uses


def wanted(name: str, fact: Fact) -> Message:
    """Say what a fact is."""
    match fact.type:
        case "bool":
            return msg("“{name}” is yes or no", name=name)
        case "number":
            return msg("“{name}” is a number", name=name)
        case "text":
            return msg("“{name}” is a text", name=name)
        case "choice" | _:
            return msg("“{name}” is one of: {values}", name=name, values=", ".join(fact.values or ()))


def typed(fact: Fact, value: object) -> bool | float | str | None:
    """Give a fact its declared type; yes and no are truth values where one is expected. None: it is another type."""
    words = {"yes": True, "oui": True, "true": True, "no": False, "non": False, "false": False}
    if value is None:
        return None
    match fact.type:
        case "bool":
            return value if isinstance(value, bool) else words.get(str(value).strip().casefold())
        case "number":
            return None if isinstance(value, bool) or not isinstance(value, int | float) else value
        case "text":
            return None if isinstance(value, bool) else key(value)
        case "choice" | _:
            return next((known for known in fact.values or () if folded(known) == folded(key(value))), None)

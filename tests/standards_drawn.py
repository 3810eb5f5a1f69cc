"""Standards and answers that hypothesis draws: nested and repeated sections, every scale, combination and policy."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from servaudit.scoring.plan import CriterionNode, Plan, SectionNode
from visits import criterion, section, unchecked

SCALES: dict[str, tuple[dict[str, Any] | str, st.SearchStrategy[Any]]] = {
    "yes_no": ("yes_no", st.sampled_from(["yes", "no"])),
    "five": ({"choices": {str(n): n for n in range(6)}}, st.integers(0, 5)),
    "often": ({"choices": {"a": 3, "b": 0.1, "c": 0, "dk": None}, "max": 4}, st.sampled_from(["a", "b", "c"])),
    "wait": ({"curve": [[60, 1], [300, 0]], "unit": "s"}, st.integers(0, 400)),
    "steps": ({"steps": [[1, 3], [2, 1], [None, 0]]}, st.integers(0, 4)),
    "range": ({"range": [0, 10], "max": 10}, st.floats(0, 10)),
    "basket": (
        {"choices": {"a": 2, "b": 1}, "multiple": True},
        st.lists(st.sampled_from(["a", "b"]), min_size=1, max_size=2, unique=True),
    ),
}
RISING = {"five": list(range(6)), "yes_no": ["no", "yes"], "wait": [400, 250, 100, 60], "range": [0, 2.5, 7, 10]}
DEMERITS = {"choices": {"0": 0, "4": 4, "8": 8}, "better": "lower"}
WEIGHTS = st.sampled_from([0.1, 0.5, 1, 2, 3.7])
COMBINES = ("mean", "sum", "min", "max", "product")
REPEATS = ("mean", "worst", "best", "sum", "median")


@st.composite
def standards(
    draw: st.DrawFn,
    *,
    combines: tuple[str, ...] = COMBINES,
    scales: tuple[str, ...] = tuple(SCALES),
    repeats: tuple[str, ...] = REPEATS,
    instances: bool = True,
    bonuses: bool = True,
    policies: bool = False,
) -> Plan:
    """Draw a standard without measures or limits; `policies` other than the default ones only when asked for."""
    count = iter(range(10_000))

    def leaf() -> dict[str, Any]:
        name = draw(st.sampled_from(scales))
        keys = {
            "scale": SCALES[name][0],
            "weight": draw(WEIGHTS),
            "severity": draw(st.sampled_from(["minor", "critical"])),
        }
        if repeats and draw(st.booleans()):
            keys["repeat"] = draw(st.sampled_from(repeats))
        if bonuses and draw(st.integers(0, 7)) == 0:
            keys["bonus"] = True
        return criterion(f"{name}__{next(count)}", **keys)

    def group(depth: int) -> dict[str, Any]:
        children = [leaf() for _ in range(draw(st.integers(1, 3)))]
        if depth:
            children += [group(depth - 1) for _ in range(draw(st.integers(0, 2)))]
        keys: dict[str, Any] = {"combine": draw(st.sampled_from(combines)), "max": 10, "weight": draw(WEIGHTS)}
        if keys["combine"] == "sum":
            del keys["max"]
        if keys["combine"] not in ("mean", "sum"):
            children = [{**child, "bonus": False} for child in children]
        if instances and repeats and draw(st.integers(0, 3)) == 0:
            keys["repeat"] = draw(st.sampled_from(repeats))
        return section(f"s{next(count)}", *children, **keys)

    made = group(2)
    scoring: dict[str, Any] = {"combine": made["combine"], "limits": []}
    if policies:
        scoring["policies"] = {
            "not_applicable": draw(st.sampled_from(["exclude", "zero", "full", "forbid"])),
            "missing": draw(st.sampled_from(["exclude", "zero", "forbid"])),
            "zero_weights": draw(st.sampled_from(["mean", "zero", "error"])),
        }
    return unchecked(*made["criteria"], *made["sections"], scoring=scoring)


def scale_name(node: CriterionNode) -> str:
    """Name the scale a drawn criterion has."""
    return node.id.partition("__")[0]


@st.composite
def answers(draw: st.DrawFn, plan: Plan, *, gaps: bool = True) -> dict[str, Any]:
    """Draw the answers of a visit, with some of them N/A or missing unless there are no `gaps`."""

    def of(node: CriterionNode) -> Any:
        kind = draw(st.integers(0, 9)) if gaps else 9
        if kind < 2:
            return "na" if kind else None
        one = SCALES[scale_name(node)][1]
        if node.criterion.repeat is None or draw(st.booleans()):
            return draw(one)
        return draw(st.lists(one, min_size=1, max_size=3))

    def inside(node: SectionNode) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for child in node.children:
            if isinstance(child, CriterionNode):
                found[child.id] = of(child)
            elif child.repeat is None:
                found |= inside(child)
            else:
                found[child.id] = [inside(child) for _ in range(draw(st.integers(1, 2)))]
        return found

    return inside(plan.root)

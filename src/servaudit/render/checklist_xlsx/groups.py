"""The formulas by which children become their parent: mean, sum, min, max, product, bonuses, repeated sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.render.checklist_xlsx.conditions import UnsupportedError, number
from servaudit.render.checklist_xlsx.slots import Group, Slot, is_bonus, is_uncapped

if TYPE_CHECKING:
    from servaudit.model.rules import Combination

_NOTHING = '""'
_FUNCTIONS = {"min": "MIN", "max": "MAX", "product": "PRODUCT"}


class Total(NamedTuple):
    """The formulas of a group: `base` is what bonuses are added to, where there are any."""

    points: str
    maximum: str
    score: str
    base: str = ""


def total(group: Group, zero_weights: str) -> Total:
    """Combine the children of a group. Raises UnsupportedError for what a sheet does not compute."""
    if group.repeated:
        return _instances(group)
    rules = group.node.rules
    if not any(_counts(child) for child in group.children):
        return Total(_NOTHING, _NOTHING, _NOTHING)
    if rules.combine == "sum":
        return _sum(group, rules, zero_weights)
    if rules.combine == "mean":
        return _mean(group, rules, zero_weights)
    scores = f"s_{group.slug}"
    if _bonuses(group):
        raise UnsupportedError
    score = f'IF(COUNT({scores})=0,"",{_FUNCTIONS[rules.combine]}({scores}))'
    return _with_points(rules, score)


def _with_points(rules: Combination, score: str, base: str = "") -> Total:
    if rules.max is None:
        return Total(_NOTHING, _NOTHING, score, base)
    most = number(rules.max)
    return Total(f'IF(ISNUMBER(G{{row}}),G{{row}}*{most},"")', f'IF(ISNUMBER(G{{row}}),{most},"")', score, base)


def _mean(group: Group, rules: Combination, zero_weights: str) -> Total:
    weights, scores = f"w_{group.slug}", f"s_{group.slug}"
    weight = f"SUMPRODUCT(--ISNUMBER({scores}),{weights})"
    instead = {"error": _NOTHING, "zero": "0", "mean": f"AVERAGE({scores})"}[zero_weights]
    mean = f"SUMPRODUCT({weights},{scores})/{weight}"
    if not all(_weight(child) > 0 for child in group.children if not is_bonus(child)):
        mean = f"IF({weight}=0,{instead},{mean})"
    base = f'IF(COUNT({scores})=0,"",{mean})'
    if not _bonuses(group):
        return _with_points(rules, base)
    if zero_weights != "error":
        raise UnsupportedError
    score = f'IF(ISNUMBER(D{{row}}),{_with_bonuses(group, "1", weight)},"")'
    return _with_points(rules, score, base)


def _sum(group: Group, rules: Combination, zero_weights: str) -> Total:
    slug = group.slug
    weights, points, maxima = f"w_{slug}", f"p_{slug}", f"m_{slug}"
    if zero_weights != "error" and any(_weight(child) == 0 for child in group.children):
        raise UnsupportedError
    counted = f"SUMPRODUCT(--ISNUMBER({points}),{weights})"
    value = f"{number(rules.start or 0.0)}{'+' if rules.sign == 1 else '-'}SUMPRODUCT({weights},{points})"
    if rules.max is not None:
        value = f"MIN({number(rules.max)},{value})"
    test, base = f"{counted}<>0", ""
    if _bonuses(group):
        base = f'IF({test},{value},"")'
        test, value = "ISNUMBER(D{row})", _with_bonuses(group, "F{row}", "1")
    if rules.floor is not None:
        value = f"MAX({number(rules.floor)},{value})"
    if rules.sign == -1 and rules.start is not None:
        most = number(rules.start)
    elif rules.max is not None or rules.sign == -1:
        most = _NOTHING if rules.max is None else number(rules.max)
    else:
        lacking = f"SUMPRODUCT(ISNUMBER({points})*(1-ISNUMBER({maxima})))"
        most = f'IF({lacking}>0,"",SUMPRODUCT({weights},{maxima})+{number(rules.start or 0.0)})'
    maximum = most if most == _NOTHING else f'IF({counted}=0,"",{most})'
    score = 'IF(AND(ISNUMBER(E{row}),ISNUMBER(F{row})),IF(F{row}=0,"",E{row}/F{row}),"")'
    return Total(f'IF({test},{value},"")', maximum, score, base)


def _with_bonuses(group: Group, cap: str, divisor: str) -> str:
    """Add bonuses to what stands in column D: the capped ones up to the cap, then the others."""
    slug = group.slug
    capped, free = (
        f"SUMPRODUCT(w{place}_{slug},p{place}_{slug})/{divisor}" if any(_at(group, place)) else ""
        for place in ("b", "f")
    )
    total_ = "D{row}"
    if capped:
        held = f"MAX(D{{row}},MIN({cap},D{{row}}+{capped}))"
        test = f"AND({capped}>0,ISNUMBER({cap}))"
        total_ = f"IF({test},{held},D{{row}}+{capped})"
    if free:
        total_ = f"{total_}+{free}"
    return total_


def _at(group: Group, place: str) -> list[Slot | Group]:
    return [child for child in group.children if is_bonus(child) and (place == "f") == is_uncapped(child)]


def check_instances(group: Group) -> None:
    """Refuse what a sheet does not compute of a repeated section: its best or worst instance by points alone."""
    by_points = group.node.rules.combine == "sum"
    if (
        group.node.repeat in ("worst", "best")
        and by_points
        and any(slot.node.gauge.scored and slot.node.gauge.maximum is None for slot in group.slots())
    ):
        raise UnsupportedError


def _instances(group: Group) -> Total:
    """Combine instances, those with nothing scored left out."""
    slug = group.slug
    scores, points, maxima = f"s_{slug}", f"p_{slug}", f"m_{slug}"
    known = f"SUMPRODUCT(--(ISNUMBER({scores})+ISNUMBER({points})>0))"

    def every(values: str, formula: str) -> str:
        return f'IF(AND({known}>0,COUNT({values})={known}),{formula},"")'

    repeat = group.node.repeat or "mean"
    if repeat in ("worst", "best"):
        function = "MAX" if (repeat == "best") != group.node.lower_is_better else "MIN"
        chosen, at = every(scores, f"{function}({scores})"), f"MATCH(G{{row}},{scores},0)"
        found = [f'IF(ISNUMBER(G{{row}}),INDEX({values},{at}),"")' for values in (points, maxima)]
        return Total(found[0], found[1], chosen)
    if repeat == "sum":
        ratio = 'IF(AND(ISNUMBER(F{row}),N(F{row})<>0),E{row}/F{row},"")'
        score = f"IF(ISNUMBER(E{{row}}),{ratio},{every(scores, f'AVERAGE({scores})')})"
        return Total(every(points, f"SUM({points})"), every(maxima, f"SUM({maxima})"), score)
    function = {"mean": "AVERAGE", "median": "MEDIAN"}[repeat]
    return Total(
        every(points, f"{function}({points})"),
        every(maxima, f"SUM({maxima})/{known}"),
        every(scores, f"{function}({scores})"),
    )


def _bonuses(group: Group) -> bool:
    return any(is_bonus(child) for child in group.children)


def _weight(child: Slot | Group) -> float:
    return child.node.criterion.weight if isinstance(child, Slot) else child.node.weight


def _counts(child: Slot | Group) -> bool:
    """Tell whether a child stands in the ranges that are not for bonuses."""
    return not is_bonus(child)

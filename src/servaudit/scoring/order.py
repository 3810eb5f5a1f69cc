"""The order in which answers are looked at, so that a condition finds those it asks for already judged (SCORING §7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def asked_first(needs: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """List what is asked for by name, each after what it needs itself, however long the chain; circles are cut."""
    order: dict[str, None] = {}
    begun: set[str] = set()
    waiting = sorted({name for asked in needs.values() for name in asked}, reverse=True)
    while waiting:
        name = waiting[-1]
        before = [one for one in sorted(needs.get(name, ())) if one not in begun]
        begun.add(name)
        waiting += before
        if not before:
            order.setdefault(waiting.pop())
    return tuple(order)

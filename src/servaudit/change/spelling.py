"""Spells answers by their keys where a history is about to rewrite them: it knows keys, and people may write labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servaudit.change.reanswer import rescaled
from servaudit.model.base import folded
from servaudit.model.scale import Choices
from servaudit.scoring.names import every_criterion, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servaudit.model.history import Release
    from servaudit.model.standard import Standard


def touched(releases: Iterable[Release]) -> set[str]:
    """List the ids, as they were before the first of these releases, whose answers are compared or rewritten."""
    found: set[str] = set()
    origins: dict[str, set[str]] = {}

    def before(name: str) -> set[str]:
        return origins.get(name, {name})

    for release in releases:
        made: dict[str, set[str]] = {}
        for old, new in release.rename.items():
            made.setdefault(new, set()).update(before(old))
        for old, split in release.split.items():
            for new in split.into:
                made.setdefault(new, set()).update(before(old))
            found |= before(old) if split.only is not None else set()
        for new, merge in release.merge.items():
            parts = {origin for old in merge.of for origin in before(old)}
            made.setdefault(new, set()).update(parts)
            found |= parts
        found |= {origin for name in release.rescale for origin in made.get(name, before(name))}
        origins |= made
    return found


def relabelled(old: Standard, new: Standard) -> set[str]:
    """List the criteria of which a label was changed or taken away: it is an answer no more, or another answer."""
    after = {criterion.id: scale_of(new, criterion) for criterion, _, _ in every_criterion(new)}
    found = set()
    for name, rule in _labels(old).items():
        scale = after.get(name)
        if isinstance(scale, Choices):
            keys = {folded(key): key for key in scale.choices}
            labels = {
                folded(label): key for key, choice in scale.choices.items() for label in (choice.label or {}).values()
            }
            meant = labels | keys  # what a key says goes before what a label says
            if any(meant.get(folded(label)) != key and (folded(str(key)) in keys or folded(label) not in meant)
                   for label, key in rule.items()):  # fmt: skip
                found.add(name)
    return found


def spelled(answers: Mapping[str, Any], standard: Standard, names: set[str]) -> dict[str, Any]:
    """Spell the answers to some criteria of a standard by the keys of its scales, in instances of sections too."""
    rules = {name: rule for name, rule in _labels(standard).items() if name in names}

    def level(given: Mapping[str, Any]) -> dict[str, Any]:
        return {name: answer(name, raw) for name, raw in given.items()}

    def answer(name: str, raw: Any) -> Any:  # noqa: ANN401 - an answer is what the file holds
        if isinstance(raw, list) and raw and all(isinstance(item, dict) for item in raw):
            return [level(item) for item in raw]
        return rescaled(raw, rules[name])[0] if name in rules else raw

    return level(answers)


def _labels(standard: Standard) -> dict[str, dict[str, object]]:
    """Give for each criterion the key of each label that is not a key itself."""
    found: dict[str, dict[str, object]] = {}
    for criterion, _, _ in every_criterion(standard):
        scale = scale_of(standard, criterion)
        if isinstance(scale, Choices):
            keys = set(map(folded, scale.choices))
            found[criterion.id] = {
                label: name
                for name, choice in scale.choices.items()
                for label in (choice.label or {}).values()
                if folded(label) not in keys
            }
    return found

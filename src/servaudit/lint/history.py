"""What is wrong with the history a standard tells: versions to come, ids that do not exist, two words on one id."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from servaudit.diagnostics import Problem, did_you_mean, msg
from servaudit.model.base import folded, key
from servaudit.model.scale import Choices
from servaudit.model.versions import SemVer
from servaudit.scoring.names import scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servaudit.diagnostics import Path
    from servaudit.model.history import Release
    from servaudit.model.standard import Standard
    from servaudit.scoring.plan import Plan

Mention = tuple[str, "Path", bool]
"""A name in a version's history, where it stands, and whether it is a key there."""


def history_faults(plan: Plan) -> Iterator[Problem]:
    """Check the history from the newest version back to the oldest: each names what the next one still had."""
    standard = plan.standard
    known = _names(plan)
    names = set(known)
    versions = sorted(standard.history, key=SemVer.of, reverse=True)
    for version in versions:
        release = standard.history[version]
        place: Path = ("history", version)
        if SemVer.of(version) > SemVer.of(standard.version):
            remedy = msg("raise “version:” (servaudit bump does), or take the entry away")
            message = msg("the standard is only at version {version}", version=standard.version)
            yield Problem("history-version", place, message, remedy, on_key=True)
        olds, news = list(_old(release, place)), list(_new(release, place))
        yield from _twice(olds)
        yield from _merged(release, place)
        for name, at, on_key in news:
            if name not in names:
                message = msg("version {version} has no “{name}”", version=version, name=name)
                yield Problem("history-unknown", at, message, did_you_mean(name, names), on_key=on_key)
        made = {name for name, _, _ in news}
        for name, at, on_key in olds:
            if name in names and name not in made:
                message = msg("“{name}” is still there in version {version}", name=name, version=version)
                remedy = msg("an id that is changed or removed is not used again for the same thing")
                yield Problem("history-unknown", at, message, remedy, on_key=on_key)
        if version == versions[0]:
            yield from _rescaled(standard, plan, release, place)
        names = (names - made) | {name for name, _, _ in olds} | set(release.rescale) | set(release.move)


def _names(plan: Plan) -> set[str]:
    standard = plan.standard
    levels = {*standard.scoring.levels, *(rung.level for rung in standard.scoring.ladder)}
    facts = (f"context.{name}" for name in standard.context)
    return {*plan.criteria, *plan.sections, *facts, *(f"levels.{name}" for name in levels)} - {""}


def _old(release: Release, place: Path) -> Iterator[Mention]:
    """Name what an operation replaces: ids of the version before. In the short form of a list, its key is not there."""
    yield from ((name, (*place, "rename", name), True) for name in release.rename)
    yield from ((name, (*place, "split", name), True) for name in release.split)
    for new, merge in release.merge.items():
        yield from ((name, (*place, "merge", new, "of", n), False) for n, name in enumerate(merge.of))
    yield from ((name, (*place, "remove", n), False) for n, name in enumerate(release.remove))


def _new(release: Release, place: Path) -> Iterator[Mention]:
    """Name what an operation puts in its place: ids of this version."""
    yield from ((name, (*place, "rename", old), False) for old, name in release.rename.items())
    for old, split in release.split.items():
        yield from ((name, (*place, "split", old, "into", n), False) for n, name in enumerate(split.into))
    yield from ((name, (*place, "merge", name), True) for name in release.merge)
    for name, section in release.move.items():
        yield name, (*place, "move", name), True
        yield section, (*place, "move", name), False
    yield from ((name, (*place, "rescale", name), True) for name in release.rescale)


def _twice(mentions: Iterable[Mention]) -> Iterator[Problem]:
    mentions = list(mentions)
    counts = Counter(name for name, _, _ in mentions)
    seen: set[str] = set()
    for name, at, on_key in mentions:
        if counts[name] > 1 and name in seen:
            message = msg("this version says already what becomes of “{name}”", name=name)
            yield Problem("history-twice", at, message, on_key=on_key)
        seen.add(name)


def _merged(release: Release, place: Path) -> Iterator[Problem]:
    """Tell a merge that is written as two new names that are one."""
    first: dict[str, str] = {}
    for old, new in release.rename.items():
        if first.setdefault(new, old) != old:
            message = msg("“{one}” and “{other}” both became “{name}”", one=first[new], other=old, name=new)
            remedy = msg("that is a merge: {example}", example=f"merge: {{{new}: [{first[new]}, {old}]}}")
            yield Problem("history-twice", (*place, "rename", old), message, remedy)


def _rescaled(standard: Standard, plan: Plan, release: Release, place: Path) -> Iterator[Problem]:
    """Check that the answers the newest version maps to are answers of today's scale."""
    for name, rule in release.rescale.items():
        node = plan.criteria.get(name)
        if node is None or not isinstance(rule, dict):
            continue
        scale = scale_of(standard, node.criterion)
        if not isinstance(scale, Choices):
            continue
        words = {folded(w) for name, choice in scale.choices.items() for w in (name, *(choice.label or {}).values())}
        for old, new in rule.items():
            text = key(new)
            if folded(text) not in {*words, "na"}:
                message = msg("“{value}” is none of: {known}", value=text, known=", ".join(scale.choices))
                near = did_you_mean(text, scale.choices)
                yield Problem("answer-unknown", (*place, "rescale", name, old), message, near)

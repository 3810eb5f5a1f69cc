"""Hold scorecards to what an `expected.yaml` says of them, figure by figure, to nine decimals."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from servaudit.audit import Audit
from servaudit.library import Library
from servaudit.model.scorecard import RollupCard, Scorecard
from servaudit.sources import read

if TYPE_CHECKING:
    from pathlib import Path

    from servaudit.model.standard import Standard

NOT_FIGURES = {"case", "standard"}
LIBRARY = Library()


class Folder(NamedTuple):
    """The scorecards of one folder by observation name, its rollup if it has one, and what is expected of them.

    `visits` are the scorecards with their standards, as reports take them.
    """

    cards: dict[str, Scorecard]
    rollup: RollupCard | None
    expected: dict
    visits: list[tuple[Scorecard, Standard]]


def folders(root: Path) -> list[Path]:
    """List the folders under `root` that say what is expected of them."""
    return sorted(path.parent for path in root.rglob("expected.yaml"))


def name(path: Path) -> str:
    """Call an observation by its file: `visit-a` for `visit-a.observation.yaml` as for `visits/visit-a.yaml`."""
    return path.name.removesuffix(".yaml").removesuffix(".observation")


@cache
def score(folder: Path) -> Folder:
    """Score every observation under a folder; a fault in any of them, warnings included, is a failure."""
    expected = read(folder / "expected.yaml")
    assert expected.usable, [str(one.message) for one in expected.diagnostics]
    cards, visits = {}, []
    audit = Audit(LIBRARY)
    for path in sorted(folder.rglob("*.yaml")):
        source = read(path)
        if not isinstance(source.data, dict) or source.data.get("kind") != "observation":
            continue
        audited = audit.visit(source)
        assert not audited.diagnostics, [f"{one.where}: {one.message}" for one in audited.diagnostics]
        for scored in audited.scored:
            part = f".{scored.standard.id}" if scored.role == "part" else ""
            cards[f"{name(path)}{part}"] = scored.card
            visits.append((scored.card, scored.plan.standard))
    rollups = [card for card, _ in audit.rollups()]
    rollup = rollups[0] if "rollup" in expected.data else None
    return Folder(cards, rollup, expected.data, visits)


def differences(card: Scorecard | RollupCard, expected: dict) -> list[str]:
    """List the figures that are not as expected; a key that a scorecard does not have is a KeyError."""
    found = _figures(card)
    told = {key: value for key, value in expected.items() if key not in NOT_FIGURES}
    return [line for key, value in told.items() for line in _differ(key, found[key], value)]


def _figures(card: Scorecard | RollupCard) -> dict:
    """Lay a scorecard out by the words of `expected.yaml`: its own fields, and its parts by id."""
    figures = card._asdict()
    figures["fired"] = [limit.id for limit in card.limits if limit.fired]
    if isinstance(card, Scorecard):
        figures["sections"] = {section.id: section.score for section in card.sections}
        figures["facets"] = {f"{facet.facet}.{facet.value}": facet.score for facet in card.facets}
        figures["findings"] = [finding.criterion for finding in card.findings]
        figures["commendations"] = [praise.criterion for praise in card.commendations]
        figures["overrides"] = [f"{one.of}: {one.computed} -> {one.to}" for one in card.overrides]
        figures |= {
            "outcomes": {one.id: one.outcome for one in card.criteria},
            "scores": {one.id: one.score for one in card.criteria},
            "n": {one.id: one.n for one in card.criteria},
        }
    return figures


def _differ(key: str, found: object, expected: object) -> list[str]:
    if isinstance(expected, dict) and isinstance(found, dict):
        return [line for part, value in expected.items() for line in _differ(f"{key}.{part}", found[part], value)]
    if isinstance(expected, list) and isinstance(found, list | tuple) and len(expected) == len(found):
        pairs = enumerate(zip(found, expected, strict=True))
        return [line for place, (one, other) in pairs for line in _differ(f"{key}[{place}]", one, other)]
    if isinstance(found, float | int) and not isinstance(found, bool):
        number = _number(expected)
        same = number is not None and abs(found - number) <= 5e-10
    else:
        same = type(found) is type(expected) and found == expected
    return [] if same else [f"{key}: expected {expected!r}, found {found!r}"]


def _number(value: object) -> float | None:
    """Read a number, or an exact fraction as a person works it out: 2/3, 55.5/57."""
    if isinstance(value, str):
        above, _, below = value.partition("/")
        try:
            return float(Fraction(above) / Fraction(below))
        except ValueError:
            return None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

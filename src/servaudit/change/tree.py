"""Compares the criteria and the sections of two standards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.change.pairing import Fate, Node, Pairs
from servaudit.change.scales import compare_scales
from servaudit.diagnostics import msg
from servaudit.model.base import say
from servaudit.model.rules import Aggregate, CriterionPolicies
from servaudit.model.standard import Criterion, Section
from servaudit.scoring.names import scale_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.change.change import Notebook
    from servaudit.change.kinds import Level
    from servaudit.diagnostics import Message, Path
    from servaudit.model.standard import Standard
    from servaudit.scoring.plan import Plan

CRITERION: Mapping[str, str] = {
    "weight": "weight", "severity": "severity", "status": "status", "repeat": "repeat", "bonus": "bonus",
    "uncapped": "bonus", "applies_when": "condition", "evidence": "evidence", "policies": "policy",
}  # fmt: skip
"""The kind of change of each field of a criterion that is compared as a whole."""
SECTION: Mapping[str, str] = {
    "weight": "weight", "repeat": "repeat", "bonus": "bonus", "uncapped": "bonus", "applies_when": "condition",
    "combine": "combination", "start": "combination", "sign": "combination", "floor": "combination",
    "max": "combination",
}  # fmt: skip
TEXTS: Mapping[str, str] = {"text": "wording", "title": "wording", "guidance": "guidance", "why": "guidance"}


def compare_trees(old: Plan, new: Plan, pairs: Pairs, book: Notebook) -> None:
    """Compare everything that stands in the two trees."""
    names = {before.item.id: after.item.id for before, after, _ in pairs.same}
    for before, after, declared in pairs.same:
        _place(before, after, declared, names, book)
        _fields(old.standard, new.standard, before, after, book)
    for node in pairs.added:
        _added(node, pairs, new, book)
    for node in pairs.gone:
        _gone(node, pairs.fates.get(node.item.id), book)
    _order(pairs, book)


def _kind(node: Node, what: str) -> str:
    return f"section-{what}" if node.is_section else f"criterion-{what}"


def _place(before: Node, after: Node, declared: bool | None, names: Mapping[str, str], book: Notebook) -> None:  # noqa: FBT001 - one of three
    """Tell whether a node has a new id, or stands in another section."""
    item = after.item
    if declared is not None:
        found: tuple[Level, Message] | None = None
        if not declared:
            found = ("major", msg("found by its text: declare it in the history, so that answers follow"))
        kind = _kind(after, "renamed")
        book.note(kind, (*after.place, "id"), item.id, "id", before.item.id, item.id, title=after.text, raised=found)
    if names.get(before.parent, before.parent) != after.parent:
        book.note(_kind(after, "moved"), after.place, item.id, "section", before.parent or None, after.parent or None,
                  title=after.text)  # fmt: skip


def _fields(old: Standard, new: Standard, before: Node, after: Node, book: Notebook) -> None:
    name, title = after.item.id, after.text
    for field, kind in TEXTS.items():
        book.text(kind, (*after.place, field), name, field, getattr(before.item, field, None),
                  getattr(after.item, field, None), title=title)  # fmt: skip
    for field, kind in (SECTION if after.is_section else CRITERION).items():
        was, now = (_said(getattr(item, field)) for item in (before.item, after.item))
        book.value(kind, (*after.place, field), name, field, was, now, title=title)
    if isinstance(before.item, Criterion) and isinstance(after.item, Criterion):
        _criterion(old, new, before.item, after, book)


def _said(value: object) -> object:
    """Take policies that say nothing for none."""
    return None if value == CriterionPolicies() else value


def _criterion(old: Standard, new: Standard, before: Criterion, node: Node, book: Notebook) -> None:
    after = node.item
    if not isinstance(after, Criterion):
        return
    name, title, place = after.id, node.text, node.place
    for side in ("good", "bad"):
        book.text("guidance", (*place, "examples", side), name, f"examples.{side}", before.examples.get(side),
                  after.examples.get(side), title=title)  # fmt: skip
        book.value("guidance", (*place, "pictures", side), name, f"pictures.{side}", before.pictures.get(side),
                   after.pictures.get(side), title=title)  # fmt: skip
    raised: tuple[Level, Message] | None = None
    if _reads(new, "facets."):
        raised = ("major", msg("a rule reads the axes of analysis"))
    for facet in sorted(before.facets.keys() | after.facets.keys()):
        book.value("facet", (*place, "facets", facet), name, f"facets.{facet}", before.facets.get(facet),
                   after.facets.get(facet), title=title, raised=raised)  # fmt: skip
    for fact in sorted(before.attributes.keys() | after.attributes.keys()):
        book.value("attribute", (*place, "attributes", fact), name, f"attributes.{fact}",
                   before.attributes.get(fact), after.attributes.get(fact), title=title)  # fmt: skip
    was, now = scale_of(old, before), scale_of(new, after)
    shared = isinstance(after.scale, str) and before.scale == after.scale
    if was is not None and now is not None and not shared:  # a shared scale is compared once, where it is declared
        compare_scales(was, now, (*place, "scale"), name, title, book)


def _reads(standard: Standard, word: str) -> bool:
    """Tell whether a measure mentions a word: the only rules that look at criteria one by one."""
    rules = [standard.scoring, *([standard.rollup] if standard.rollup else [])]
    measures = [measure for each in rules for measure in each.measures.values() if isinstance(measure, Aggregate)]
    return any(word in (text or "") for measure in measures for text in (measure.of, measure.where, measure.that))


def _added(node: Node, pairs: Pairs, new: Plan, book: Notebook) -> None:
    """Take down what is new, unless it is what something else became."""
    name = node.item.id
    for old, fate in pairs.fates.items():
        if fate.operation == "merge" and name in fate.ids and any(gone.item.id == old for gone in pairs.gone):
            olds = [
                gone.item.id for gone in pairs.gone if name in pairs.fates.get(gone.item.id, Fate("remove", ())).ids
            ]
            book.note("criterion-merged", node.place, name, "id", olds, name, title=node.text)
            return
        if fate.operation == "split" and name in fate.ids and any(gone.item.id == old for gone in pairs.gone):
            return  # said once, of the criterion that was split
    reason = None if node.is_section else _counted(node.item, new)
    raised: tuple[Level, Message] | None = ("major", reason) if reason else None
    said = say(node.text, new.standard.language)
    book.note(_kind(node, "added"), node.place, name, "id", None, said, title=node.text, raised=raised)


def _counted(item: Criterion | Section, plan: Plan) -> Message | None:
    """Say why a criterion that old visits do not answer changes their result all the same; None: it does not."""
    if isinstance(item, Section) or not _is_scored(item, plan):
        return None
    policy = item.policies.missing if item.policies and item.policies.missing else plan.policies.missing
    if policy != "exclude" and not item.bonus:
        return msg("what nobody answered counts, as the policy “missing” says: visits made before change")
    if plan.policies.coverage_floor is not None and not item.bonus:
        return msg("there is a coverage floor: visits made before may fall below it")
    if "coverage" in plan.uses:
        return msg("a rule reads the coverage, which falls for visits made before")
    scoring = plan.standard.scoring
    if any(isinstance(measure, Aggregate) and measure.all for measure in scoring.measures.values()):
        return msg("a measure counts what was not scored, too: visits made before change")
    return None


def _is_scored(item: Criterion, plan: Plan) -> bool:
    node = plan.criteria.get(item.id)
    return node is None or node.gauge.scored


def _gone(node: Node, fate: Fate | None, book: Notebook) -> None:
    name = node.item.id
    if fate is not None and fate.operation == "merge":
        return  # said once, of the criterion that they became
    if fate is not None and fate.operation == "split":
        book.note("criterion-split", node.place, name, "id", name, list(fate.ids), side="old", title=node.text)
        return
    book.note(_kind(node, "removed"), node.place, name, "id", name, None, side="old", title=node.text)


def _order(pairs: Pairs, book: Notebook) -> None:
    """Take down where the children of a section that were and are in it stand in another order."""
    names = {before.item.id: after.item.id for before, after, _ in pairs.same}
    groups: dict[tuple[str, bool], list[tuple[Path, str]]] = {}
    for before, after, _ in pairs.same:
        if names.get(before.parent, before.parent) == after.parent:
            groups.setdefault((after.parent, after.is_section), []).append((before.place, after.item.id))
    places = {after.item.id: after.place for _, after, _ in pairs.same}
    for (parent, is_section), found in groups.items():
        now = sorted((name for _, name in found), key=lambda name: _index(places[name]))
        was = [name for _, name in sorted(found, key=lambda entry: _index(entry[0]))]
        if was != now:
            field = "sections" if is_section else "criteria"
            book.note("order", places[now[0]][:-1], parent, field, was, now)


def _index(place: Path) -> int:
    """Give the rank among its neighbours, which a place ends with."""
    return int(place[-1])

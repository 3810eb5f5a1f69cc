"""What is wrong with a checklist: selections of nothing, names nobody has, critical criteria that are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import Path, Problem, did_you_mean, msg
from servaudit.lint.conditions import condition_faults
from servaudit.lint.ladder import ladder_faults
from servaudit.lint.selection import selection_faults
from servaudit.lint.whole import whole_faults
from servaudit.model.base import folded
from servaudit.model.base import key as spelled
from servaudit.scoring.facts import typed, wanted
from servaudit.scoring.selection import meets, placed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from servaudit.model.checklist import Checklist, Selection, Use, VisitField
    from servaudit.model.observation import Visit
    from servaudit.model.standard import Fact, Standard
    from servaudit.scoring.plan import Plan
    from servaudit.scoring.selection import Selected


FIELDS: Final = ("site", "date", "started", "ended", "auditor", "source")


def lint_checklist(
    checklist: Checklist, standards: Iterable[Standard], whole: Plan | None, parts: Mapping[str, Plan] | None = None
) -> list[Problem]:
    """Find the faults of a checklist beyond what it takes of each standard (those found).

    `whole` are the rules of several standards together, and `parts`, by id, what is taken of them.
    """
    found = []
    first: dict[str, int] = {}
    for index, use in enumerate(checklist.standards):
        if first.setdefault(use.standard, index) != index:
            message = msg("“{id}” is already the id of something else", id=use.standard)
            found.append(Problem("duplicate-id", ("standards", index, "standard"), message))
    met = list(standards)
    known = {name: fact for standard in met for name, fact in standard.context.items()}
    # Where a standard is not to be had, that is the fault, not the facts that it would have declared.
    complete = {standard.id for standard in met} >= {use.standard for use in checklist.standards}
    for name, field in checklist.visit.context.items():
        if name in known:
            found += _fact(name, field, known[name])
        elif complete:
            message = msg("no standard of the checklist declares a fact “{name}”", name=name)
            place: Path = ("visit", "context", name)
            found.append(Problem("context-unknown", place, message, did_you_mean(name, known), on_key=True))
    for name in FIELDS:
        if (asked := getattr(checklist.visit, name)) is not None:
            found += _usual(asked, ("visit", name))
    if whole is not None:
        found += [
            *whole.problems,
            *condition_faults(whole),
            *ladder_faults(whole),
            *whole_faults(checklist, whole, parts or {}),
        ]
    return found


def _fact(name: str, field: VisitField, fact: Fact) -> Iterable[Problem]:
    """Find what is proposed for a fact of the visit and that its standard would not take."""
    place: Path = ("visit", "context", name)
    if field.default is not None and typed(fact, field.default) is None:
        yield Problem("context-type", (*place, "default"), wanted(name, fact))
    else:
        yield from _usual(field, place)
    for choice in field.choices or () if fact.type == "choice" else ():
        if choice not in (fact.values or ()):
            yield Problem("context-type", (*place, "choices", choice), wanted(name, fact), on_key=True)


def _usual(field: VisitField, place: Path) -> Iterable[Problem]:
    """Find a default that is not in the field's own list."""
    if field.choices and field.default is not None and spelled(field.default) not in field.choices:
        message = msg("“{value}” is not in the checklist’s list", value=spelled(field.default))
        yield Problem("visit-field", (*place, "default"), message, did_you_mean(spelled(field.default), field.choices))


def lint_visit(visit: Visit, checklist: Checklist) -> Iterable[Problem]:
    """Find what a visit does not say although its checklist asks for it, and what it says that is not in the list."""
    fields = checklist.visit
    if "visit" not in checklist.model_fields_set:
        return
    asked: dict[str, tuple[VisitField | None, object, Path]]
    asked = {name: (getattr(fields, name), getattr(visit, name), (name,)) for name in FIELDS}
    asked |= {name: (field, visit.context.get(name), ("context", name)) for name, field in fields.context.items()}
    for name, (field, given, place) in asked.items():
        if field is None:
            continue
        if given is None and field.required:
            yield Problem("visit-field", ("visit", *place), msg("the checklist asks for “{name}”", name=name))
        words = {key: None for name, text in (field.choices or {}).items() for key in (name, *(text or {}).values())}
        if not words or given is None or isinstance(given, bool):
            continue
        said = spelled(given)
        if folded(said) not in {folded(word) for word in words}:
            message = msg("“{value}” is not in the checklist’s list", value=said)
            known = msg("it is one of {choices}", choices=", ".join(field.choices or ()))
            yield Problem("visit-field", ("visit", *place), message, did_you_mean(said, words) or known)


def lint_use(use: Use, index: int, standard: Standard, selected: Selected, plan: Plan) -> list[Problem]:
    """Find the faults in what a checklist takes of one standard."""
    place: Path = ("standards", index)
    criteria = {criterion.id: criterion for criterion, _ in placed(standard)}
    sections = {name for _, above in placed(standard) for name in above}
    known = [*criteria, *sections]
    found: list[Problem] = []
    for key, selections in (("include", use.include), ("exclude", use.exclude)):
        for number, selection in enumerate(selections or ()):
            found += _selection(selection, (*place, key, number), standard, criteria, sections)
    if not plan.root.children and not found:
        message = msg("nothing is left of “{name}”", name=standard.id)
        found.append(Problem("selection-empty", place, message, msg("take more in, or leave the standard out")))
    for number, name in enumerate(use.order):
        found += _unknown(name, known, (*place, "order", number))
    for name in use.parameters:
        if name not in standard.parameters:
            message = msg("the standard has no parameter “{name}”", name=name)
            help_ = did_you_mean(name, standard.parameters)
            found.append(Problem("unknown-name", (*place, "parameters", name), message, help_, on_key=True))
    for audience, words in use.wording.items():
        for name in words:
            found += _unknown(name, criteria, (*place, "wording", audience, name), on_key=True)
    critical = [name for name in selected.criteria if criteria[name].severity == "critical"]
    if critical and plan.root.children:
        message = msg("critical criteria are left out: {names}", names=", ".join(critical))
        found.append(Problem("critical-left-out", place, message))
    return [*found, *(selection_faults(standard, selected, plan, place) if plan.root.children else ())]


def _selection(
    selection: Selection, place: Path, standard: Standard, criteria: Collection[str], sections: Collection[str]
) -> Iterable[Problem]:
    wrong = [
        problem
        for key, names, known in (
            ("sections", selection.sections, sections),
            ("criteria", selection.criteria, criteria),
        )
        for number, name in enumerate(names or ())
        for problem in _unknown(name, known, (*place, key, number))
    ]
    for facet, values in (selection.facets or {}).items():
        at: Path = (*place, "facets", facet)
        declared = standard.facets.get(facet)
        if declared is None:
            message = msg("the standard has no facet “{name}”", name=facet)
            wrong.append(Problem("unknown-facet", at, message, did_you_mean(facet, standard.facets), on_key=True))
            continue
        for number, value in enumerate(values):
            if value not in declared.values:
                message = msg("facet “{name}” has no value “{value}”", name=facet, value=value)
                near = did_you_mean(value, declared.values)
                wrong.append(Problem("unknown-facet", (*at, number), message, near))
    yield from wrong
    if not wrong and not any(meets(criterion, above, selection) for criterion, above in placed(standard)):
        yield Problem("selection-empty", place, msg("this selects nothing"))


def _unknown(name: str, known: Collection[str], place: Path, *, on_key: bool = False) -> Iterable[Problem]:
    if name not in known:
        message = msg("the standard has nothing called “{name}”", name=name)
        yield Problem("unknown-criterion", place, message, did_you_mean(name, known), on_key=on_key)

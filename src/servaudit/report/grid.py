"""From a grid to its view: the words, lists and bounds of everything that is asked on a visit, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import msg
from servaudit.model.checklist import DEFAULT_FIELDS, VisitField
from servaudit.model.scale import Choices, Info, Range
from servaudit.model.standard import SIDES
from servaudit.report import words
from servaudit.report.asked import Evidence, FieldView, GridPart, GridRow, GridSection, GridView, Option
from servaudit.scoring.facts import needed
from servaudit.scoring.names import scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.diagnostics import Message
    from servaudit.i18n import Translator
    from servaudit.model.scale import Scale
    from servaudit.model.standard import Criterion, Fact, Section, Standard
    from servaudit.report.asked import FieldType, Kind
    from servaudit.scoring.grid import Grid, Part

FIELDS: Mapping[str, tuple[Message, FieldType]] = {
    "site": (msg("Site"), "text"),
    "date": (msg("Date"), "date"),
    "started": (msg("Start"), "time"),
    "ended": (msg("End"), "time"),
    "auditor": (msg("Auditor"), "text"),
    "source": (msg("Who observes"), "text"),
}
_KINDS: Mapping[str, Kind] = {
    "text": "text", "date": "date", "time": "time", "number": "number", "choice": "choices", "photo": "photo",
    "link": "link",
}  # fmt: skip


def grid_view(grid: Grid, tr: Translator) -> GridView:
    """Say a grid in the translator's language."""
    document = grid.checklist or grid.parts[0].standard
    return GridView(
        tr.language,
        "checklist" if grid.checklist else "standard",
        f"{grid.ref.id}@{grid.ref.version}",
        grid.ref.sha256,
        _said(document.say(document.title, tr.language)) or grid.ref.id,
        _said(document.say(document.description, tr.language)) if document.description else None,
        _said(grid.checklist.say(grid.checklist.scenario, tr.language))
        if grid.checklist and grid.checklist.scenario
        else None,
        tuple(_fields(grid, tr)),
        tuple(_Part(part, tr).view() for part in grid.parts),
    )


def _said(text: str) -> str | None:
    return words.cleaned(text)


def _fields(grid: Grid, tr: Translator) -> Iterator[FieldView]:
    """List the fields of the visit, then the facts of the context; those the checklist does not name come last.

    A fact that only criteria or rules left out look at is asked for where the checklist names it, and nowhere else.
    """
    checklist = grid.checklist
    asked = checklist.visit if checklist else DEFAULT_FIELDS
    language, own = tr.language, checklist or grid.parts[0].standard
    for name, (word, kind) in FIELDS.items():
        field = getattr(asked, name)
        if field is None:
            continue
        choices = tuple(
            Option(key, _said(own.say(label, language) if label else key) or key)
            for key, label in (field.choices or {}).items()
        )
        title = _said(own.say(field.title, language)) if field.title else tr.message(word)
        help_ = _said(own.say(field.help, language)) if field.help else None
        yield FieldView(
            name, title or name, help_, "choice" if choices else kind, field.required, choices, field.default
        )
    declared: dict[str, list[tuple[Standard, Fact]]] = {}
    for part in grid.parts:
        for name, fact in part.standard.context.items():
            if name not in part.unused or name in asked.context:
                declared.setdefault(name, []).append((part.standard, fact))
    for name in [*(n for n in asked.context if n in declared), *(n for n in declared if n not in asked.context)]:
        field = _fact(name, asked.context.get(name) or VisitField(), declared[name], grid, tr)
        stated = any(name in part.standard.context and needed(part.plan, name) for part in grid.parts)
        yield field._replace(required=field.required or stated)


def _fact(name: str, field: VisitField, declared: list[tuple[Standard, Fact]], grid: Grid, tr: Translator) -> FieldView:
    standard, fact = declared[0]
    own = grid.checklist or standard
    labels = {key: _said(own.say(label, tr.language) if label else key) for key, label in (field.choices or {}).items()}
    if fact.type == "bool":
        choices = tuple(Option(key, labels.get(key) or tr.message(word)) for key, word in words.YES_NO.items())
    else:
        known = {value: (_said(standard.say(text, tr.language)) if text else None) or value
                 for value, text in (fact.values or {}).items()}  # fmt: skip
        choices = tuple(Option(value, labels.get(value) or word) for value, word in known.items())
    title = _said(own.say(field.title, tr.language)) if field.title else None
    if title is None and fact.title:
        title = _said(standard.say(fact.title, tr.language))
    default = fact.default if field.default is None else field.default
    return FieldView(
        f"context.{name}",
        title or name,
        _said(own.say(field.help, tr.language)) if field.help else None,
        fact.type,
        field.required,
        choices,
        default,
        tuple(one.id for one, _ in declared),
        open=field.required and field.default is None,
    )


class _Part:
    """Says one standard of a grid."""

    def __init__(self, part: Part, tr: Translator) -> None:
        self.part, self.standard, self.tr = part, part.standard, tr

    def view(self) -> GridPart:
        standard, ref = self.standard, self.part.ref
        top = GridSection("", "", self.say(standard.title) or ref.id, 0, False, None, self._rows(standard.criteria, ""))
        sections = tuple(self._sections(standard.sections, "", 1))
        return GridPart(
            ref.id,
            ref.version,
            f"{ref.id}@{ref.version}",
            ref.sha256,
            self.say(standard.title) or ref.id,
            self.say(standard.description),
            (top, *sections) if top.criteria else sections,
            len(self.part.plan.out_of_scope),
        )

    def say(self, text: Mapping[str, str] | None) -> str | None:
        return _said(self.standard.say(text, self.tr.language)) if text else None

    def _sections(self, sections: list[Section], above: str, depth: int) -> Iterator[GridSection]:
        for section in sections:
            path = f"{above}.{section.id}" if above else section.id
            yield GridSection(
                section.id,
                path,
                self.say(section.title) or section.id,
                depth,
                section.repeat is not None,
                section.applies_when,
                self._rows(section.criteria, path),
            )
            yield from self._sections(section.sections, path, depth + 1)

    def _rows(self, criteria: list[Criterion], above: str) -> tuple[GridRow, ...]:
        return tuple(self._row(criterion, above) for criterion in criteria)

    def _row(self, criterion: Criterion, above: str) -> GridRow:
        scale = scale_of(self.standard, criterion)
        good, bad = (self.say(criterion.examples.get(side)) for side in SIDES)
        evidence = criterion.evidence
        node = self.part.plan.criteria[criterion.id]
        kind, choices = self._answers(scale)
        low, high = scale.range if isinstance(scale, Range) else (None, None)
        return GridRow(
            criterion.id,
            f"{above}.{criterion.id}" if above else criterion.id,
            self.say(criterion.text) or criterion.id,
            self.say(criterion.guidance),
            self.say(criterion.why),
            good,
            bad,
            tuple((side, criterion.pictures[side]) for side in SIDES if side in criterion.pictures),
            criterion.severity,
            words.severity_badge(criterion.severity, self.tr).word,
            criterion.weight,
            tuple(self._facets(criterion)),
            kind,
            choices,
            getattr(scale, "unit", None),
            low,
            high,
            criterion.repeat,
            node.bonus,
            node.gauge.scored,
            Evidence(evidence.require, evidence.when) if evidence else None,
            criterion.applies_when,
            node.not_applicable != "forbid",
        )

    def _answers(self, scale: Scale | None) -> tuple[Kind, tuple[Option, ...]]:
        match scale:
            case Choices():
                choices = tuple(
                    Option(key, self._label(key, choice.label), choice.points) for key, choice in scale.choices.items()
                )
                return ("multiple" if scale.multiple else "choices"), choices
            case Info():
                labels = (scale.choices or {}).items()
                return _KINDS[scale.info], tuple(Option(key, self._label(key, label)) for key, label in labels)
            case _:
                return "number", ()

    def _label(self, key: str, label: Mapping[str, str] | None) -> str:
        """Say a choice."""
        return self.say(label) or words.plain_word(key, self.tr)

    def _facets(self, criterion: Criterion) -> Iterator[tuple[str, str]]:
        for name, value in criterion.facets.items():
            facet = self.standard.facets[name]
            yield self.say(facet.title) or name, self.say(facet.values.get(value)) or value

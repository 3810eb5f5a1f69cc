"""What a form carries: everything that is asked on a visit, in every language it is said in, and its rules as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servaudit.i18n.translator import LANGUAGES, translator
from servaudit.model.base import say
from servaudit.report.form import rules
from servaudit.report.form.rules import Data, lean
from servaudit.report.form.words import interface
from servaudit.report.grid import grid_view
from servaudit.report.words import SENTENCE, cleaned, unit_word
from servaudit.scoring.names import scale_of
from servaudit.scoring.plan import CriterionNode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servaudit.model.standard import Standard
    from servaudit.report.asked import FieldView, GridPart, GridRow, GridView
    from servaudit.scoring.grid import Grid, Part
    from servaudit.scoring.plan import Plan, SectionNode

FORMAT = 1
"""Changes when drafts kept by an older form cannot be taken up by a newer one."""

Said = str | list[str | None] | None
"""A text: one where all languages have the same, else one for each language of the form."""


def form(grid: Grid, language: str, *, generator: str) -> Data:
    """Give a grid as the data of a form that opens in `language`."""
    languages = (language, *(one for one in LANGUAGES if one != language))
    views = [grid_view(grid, translator(one)) for one in languages]
    first = views[0]
    document = grid.checklist or grid.parts[0].standard
    return lean(
        {
            "format": FORMAT,
            "generator": generator,
            "kind": first.kind,
            "identity": first.identity,
            "sha256": first.sha256,
            "several": first.several,
            "languages": list(languages),
            "sentence": SENTENCE,
            "words": {one: interface(translator(one)) for one in languages},
            "title": _same([view.title for view in views]),
            "description": _same([view.description for view in views]),
            "scenario": _same([view.scenario for view in views]),
            "fields": [_field(fields, grid) for fields in zip(*(view.fields for view in views), strict=True)],
            "parts": [_Part(part, index, views).data() for index, part in enumerate(grid.parts)],
            "whole": _whole(grid.whole, views, document.language) if grid.whole else None,
        }
    )


def _same(texts: Sequence[str | None]) -> Said:
    return texts[0] if len(set(texts)) == 1 else list(texts)


def _field(fields: Sequence[FieldView], grid: Grid) -> Data:
    """Describe a field of the visit; a fact that a rule rests on, and that has no default, has to be given."""
    first = fields[0]
    needed = first.default is None and any(first.id in part.plan.uses for part in grid.parts)
    return lean(
        {
            "id": first.id,
            "type": first.type,
            "title": _same([one.title for one in fields]),
            "help": _same([one.help for one in fields]),
            "required": first.required or needed,
            "open": first.open and first.default is not None,
            "choices": [
                [options[0].key, _same([one.label for one in options])]
                for options in zip(*(one.choices for one in fields), strict=True)
            ],
        }
    ) | ({} if first.default is None else {"default": first.default})


def _whole(plan: Plan, views: Sequence[GridView], language: str) -> Data | None:
    if not rules.live(plan):
        return None
    return rules.verdict(plan) | {"top": rules.section(plan.root)} | _texts(plan.standard, views, language)


def _texts(standard: Standard, views: Sequence[GridView], own: str) -> Data:
    """Give the words of levels and limits."""
    scoring = standard.scoring

    def said(text: Mapping[str, str] | None) -> Said:
        return None if text is None else _same([cleaned(say(text, view.language, own)) for view in views])

    limits = {limit.id: said(limit.text) for limit in scoring.limits or () if limit.text}
    return {"levels": {name: said(text) for name, text in scoring.levels.items() if text}, "told": limits}


class _Part:
    """Describes one standard of a grid."""

    def __init__(self, part: Part, index: int, views: Sequence[GridView]) -> None:
        self.plan, self.standard, self.weight = part.plan, part.standard, part.weight
        self.views = views
        self.own: tuple[GridPart, ...] = tuple(view.parts[index] for view in views)
        self.sections = _by_id([part.sections for part in self.own])
        self.rows = _by_id([part.criteria for part in self.own])
        self.scales: list[Data] = []

    def data(self) -> Data:
        first, plan = self.own[0], self.plan
        tree = self._section(plan.root)
        verdict = None
        if rules.live(plan):
            verdict = rules.verdict(plan) | _texts(self.standard, self.views, self.standard.language)
        return lean(
            {
                "id": first.id,
                "version": first.version,
                "sha256": first.sha256,
                "title": _same([one.title for one in self.own]),
                "description": _same([one.description for one in self.own]),
                "weight": None if self.weight == 1 else self.weight,
                "asked": list(plan.asked),
                "parameters": self.standard.parameters or None,
                "facts": list(self.standard.context),
                "rules": verdict,
                "scales": self.scales,
                "tree": tree,
            }
        )

    def _section(self, node: SectionNode) -> Data:
        views = self.sections.get(node.id)
        criteria = [self._criterion(child) for child in node.children if isinstance(child, CriterionNode)]
        inner = [self._section(child) for child in node.children if not isinstance(child, CriterionNode)]
        title = _same([view.title for view in views]) if views and node.id else None
        return lean({"id": node.id, "title": title, **rules.section(node), "criteria": criteria, "sections": inner})

    def _criterion(self, node: CriterionNode) -> Data:
        rows = self.rows[node.id]
        first = rows[0]
        severity = None if first.severity == "minor" else first.severity
        return {
            "id": node.id,
            **lean(
                {
                    "text": _same([row.text for row in rows]),
                    "guidance": _same([row.guidance for row in rows]),
                    "good": _same([row.good for row in rows]),
                    "bad": _same([row.bad for row in rows]),
                    "severity": severity,
                    "repeat": first.repeat,
                    "evidence": [first.evidence.require, first.evidence.when] if first.evidence else None,
                    "fixed": not first.na_allowed,
                }
            ),
            "scale": self._scale(node, rows),
            **rules.criterion(node, self.plan),
        }

    def _scale(self, node: CriterionNode, rows: Sequence[GridRow]) -> int:
        """Give the number of a criterion's scale among those of the standard; equal ones are carried once."""
        found = scale_of(self.standard, node.criterion)
        first = rows[0]
        choices = [
            [options[0].key, _same([one.label for one in options])]
            for options in zip(*(row.choices for row in rows), strict=True)
        ]
        said = _same([unit_word(first.unit, translator(view.language)) or None for view in self.views])
        data = lean({"kind": first.kind, "unit": first.unit, "unit_word": said, "choices": choices})
        if found is not None:
            data |= rules.scale(found, node.gauge)
        if data not in self.scales:
            self.scales.append(data)
        return self.scales.index(data)


def _by_id(lists: Sequence[tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    """Put together what stands for one thing in each language."""
    return {same[0].id: same for same in zip(*lists, strict=True)}

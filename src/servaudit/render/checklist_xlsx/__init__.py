"""Writes a checklist as a workbook to fill in, rendered from `templates/checklist.xlsx` or a user's own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from servaudit import resources
from servaudit.diagnostics import msg, reason
from servaudit.i18n import translator
from servaudit.i18n.formats import LOCALES
from servaudit.render import workbook
from servaudit.render.checklist_xlsx.fields import FieldRow, fact_term, field_rows, remark_places
from servaudit.render.checklist_xlsx.live import Live
from servaudit.render.checklist_xlsx.results import Result, result
from servaudit.render.checklist_xlsx.rows import Lists, Place, Rows, SheetRow
from servaudit.render.checklist_xlsx.slots import NA, Slots
from servaudit.render.checklist_xlsx.verdict import conclude, conclude_whole
from servaudit.render.checklist_xlsx.working import Row, Words
from servaudit.render.workbook.errors import fault
from servaudit.report.grid import grid_view
from servaudit.sources.workbook.identity import FORMAT, Identity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from servaudit.i18n import Translator
    from servaudit.render.checklist_xlsx.slots import Group
    from servaudit.report.asked import GridPart, GridView
    from servaudit.scoring.grid import Grid, Part

NAME = "checklist.xlsx"


class Concluded(NamedTuple):
    """What one standard, or all of them together, comes to."""

    title: str
    result: Result


class PartView(NamedTuple):
    """One standard of the workbook: its rows to fill in, and what it comes to."""

    title: str
    rows: list[SheetRow]
    result: Result


class Sheets(NamedTuple):
    """What the template sees as `sheet`: everything that is asked, with the cells to answer in.

    `results` are those of each standard and, of several, of the whole; `workings` are the rows of formulas that the
    live score is made of, `lists` the cells of all drop-down lists, `places` the cells that are read back, `identity`
    what the workbook was made from, as pairs.
    """

    view: GridView
    fields: list[FieldRow]
    parts: list[PartView]
    results: list[Concluded]
    remark: object
    bravos: Sequence[tuple[object, object, str]]
    workings: list[Row]
    lists: list[object]
    places: list[Place]
    identity: list[tuple[str, str]]


def render(grid: Grid, language: str, template: Path | None = None, *, generator: str = "servaudit") -> bytes:
    """Write the workbook; the same grid gives the same bytes. Raises TemplateError.

    The template sees `sheet` (`Sheets`), `_` and `ngettext`, and `tab` (a standard's name for its sheet). `language` is
    that of the answers, too.
    """
    tr = translator(language)
    try:
        content = template.read_bytes() if template else _bundled()
    except OSError as error:
        message = msg("this template cannot be read: {reason}", reason=reason(error))
        raise fault(str(template), message) from error
    sheets = lay_out(grid, tr, generator)
    return workbook.render(
        content,
        {
            "sheet": sheets,
            "_": tr.t,
            "ngettext": tr.n,
            "tab": lambda part: part.title if grid.several else tr.t("Grid"),
        },
        file=str(template or NAME),
        custom=dict(sheets.identity),
        before_percent=LOCALES[language].before_percent,
    )


def lay_out(grid: Grid, tr: Translator, generator: str = "servaudit") -> Sheets:
    """Decide what stands where, before any template."""
    view, lists, slots = grid_view(grid, tr), Lists(), Slots()
    places: list[Place] = []
    fields = list(field_rows(view.fields, lists, places))
    parts, workings, concluded = [], [], []
    for index, (part, said) in enumerate(zip(grid.parts, view.parts, strict=True), 1):
        root = slots.of(part.plan, part.standard.id if grid.several else None)
        live = Live(
            part.plan,
            root,
            _words(said, root, tr),
            lambda name: fact_term(view.fields, name),
            f"_{index}" if grid.several else "",
        )
        verdict = conclude(live)
        workings += verdict.rows
        concluded.append((live, verdict))
        rows = list(Rows(said, live, lists, tr, places).rows())
        parts.append(PartView(said.title, rows, result(part.plan, verdict, tr)))
    results = [Concluded(one.title, one.result) for one in parts]
    if grid.whole is not None:
        verdict = conclude_whole(grid.whole, concluded, slots.name("whole"))
        workings += verdict.rows
        results.append(Concluded(tr.t("The whole"), result(grid.whole, verdict, tr)))
    remark, bravos = remark_places(places)
    identity = _identity(grid, view, generator).pairs()
    return Sheets(view, fields, parts, results, remark, bravos, workings, list(lists.rows()), places, identity)


def _words(part: GridPart, root: Group, tr: Translator) -> Words:
    """Collect the words that formulas know: what a person reads for each key, and for "not applicable"."""
    rows = {row.id: row for row in part.criteria}
    found = {}
    for slot in root.slots():
        labels = {one.key: one.label for one in rows[slot.node.id].choices}
        found[slot.node.id] = labels | ({NA: tr.t("N/A")} if slot.node.gauge.scored else {})
    return Words(found)


def _identity(grid: Grid, view: GridView, generator: str) -> Identity:
    def said(part: Part) -> str:
        return f"{part.ref.id}@{part.ref.version} sha256:{part.ref.sha256}"

    checklist = f"{view.identity} sha256:{view.sha256}" if grid.checklist is not None else ""
    return Identity(generator, FORMAT, view.language, checklist, tuple(said(part) for part in grid.parts))


@cache
def _bundled() -> bytes:
    return resources.templates().joinpath(NAME).read_bytes()

"""`servaudit show`: a document as people read it: what is judged, how answers count, the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from servaudit.cli.exits import Exit
from servaudit.cli.language import LANG, spoken
from servaudit.cli.named import all_ids, document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servaudit.cli.show import Show
    from servaudit.i18n import Translator
    from servaudit.model.scale import Curve, Steps
    from servaudit.report.asked import GridPart, GridRow, GridView
    from servaudit.scoring.grid import Grid, Part
    from servaudit.sources import Source

SCHEMA = "servaudit/document/1"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("show")(description)


def description(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID[@VERSION]|FILE", help="A standard, checklist or vocabulary.", autocompletion=all_ids
        ),
    ],
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="What is written.")] = "text",
    lang: LANG = None,
) -> None:
    """Show a standard, checklist or vocabulary: sections, criteria, answers and their points, rules."""
    from servaudit.checklists import Checklists  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.library import Library  # noqa: PLC0415 - same
    from servaudit.report.grid import grid_view  # noqa: PLC0415 - same
    from servaudit.sources import said_kind  # noqa: PLC0415 - same

    show = Show(spoken(lang))
    library = Library((*(standards or ()), *configured(show).standards))
    source = document(name, library)
    if said_kind(source) == "vocabulary":
        from servaudit.cli.vocabulary import opened as read  # noqa: PLC0415 - few documents are
        from servaudit.cli.vocabulary import print_vocabulary  # noqa: PLC0415 - same

        vocabulary = read(source, show)
        if form == "json":
            show.json(as_json(source, source.sha256))
        else:
            print_vocabulary(vocabulary, source, library, show)
        return
    opened = Checklists(library).open(source)
    show.diagnostics(opened.diagnostics)
    if opened.grid is None:
        raise typer.Exit(Exit.INPUT)
    if form == "json":
        show.json(as_json(source, opened.grid.ref.sha256))
    else:
        _print(show, grid_view(opened.grid, show.say), opened.grid)


def as_json(source: Source, sha256: str) -> str:
    """Write a document as JSON, as its author wrote it, with what it is called and its hash."""
    from servaudit.render.json import encode  # noqa: PLC0415 - only this format needs it

    data: Any = source.data
    head = {"schema": SCHEMA, "path": source.path, "sha256": sha256}
    return encode({**head, "document": data}, indent=2).decode()


def _print(show: Show, view: GridView, grid: Grid) -> None:
    from servaudit.cli.show import Piece  # noqa: PLC0415 - same
    from servaudit.report.method import method  # noqa: PLC0415 - same
    from servaudit.report.rows import Rows  # noqa: PLC0415 - same

    show.line(Piece(view.title, "bold"), f" · {view.identity}")
    for text in (view.description, view.scenario):
        if text:
            show.text(text, style="dim")
    show.line(Piece(f"{grid.ref.path} · SHA-256 {view.sha256[:12]}…", "dim"))
    for part, made in zip(view.parts, grid.parts, strict=True):
        if view.kind == "checklist":
            show.line()
            show.line(Piece(part.title, "bold underline"), f" · {part.identity}")
            if part.left_out:
                left = show.say.n("{count} criterion is left out", "{count} criteria are left out", part.left_out)
                show.line(Piece(left, "dim"))
        if made.standard.use:
            show.line(Piece(show.say.t("uses {names}", names=", ".join(made.standard.use)), "dim"))
        _part(show, part, made)
        show.line()
        for sentence in method(made.standard, Rows(made.standard, show.say), show.say):
            show.text(sentence, (Piece("  "),))
    if grid.whole is not None:
        show.line()
        show.line(Piece(show.say.t("The whole"), "bold underline"))
        for sentence in method(grid.whole.standard, Rows(grid.whole.standard, show.say), show.say, whole=True):
            show.text(sentence, (Piece("  "),))


def _part(show: Show, part: GridPart, made: Part) -> None:
    from servaudit.cli.show import Piece  # noqa: PLC0415 - same

    for section in part.sections:
        indent = "  " * max(section.depth - 1, 0)
        if section.id:
            show.line()
            facts = [show.say.t("several times")] if section.repeated else []
            if section.applies_when:
                facts.append(show.say.t("if {condition}", condition=section.applies_when))
            name = " · ".join([f"  [{section.id}]", *facts])
            show.line(indent, Piece(section.title, "bold"), Piece(name, "dim"))
        else:
            show.line()
        for row in section.criteria:
            _row(show, row, _points(made, row.id, show.say) or _answers(show.say, row), f"{indent}  ")


def _row(show: Show, row: GridRow, answers: str, indent: str) -> None:
    from servaudit.cli.show import Piece  # noqa: PLC0415 - same

    say = show.say
    show.text(row.text, (Piece(f"{indent}"),), after=f"[{row.id}]")
    facts = [row.severity_word] if row.scored else []
    if row.scored and row.weight != 1:
        facts.append(say.t("weight {weight}", weight=row.weight))
    if row.bonus:
        facts.append(say.t("bonus"))
    if row.applies_when:
        facts.append(say.t("if {condition}", condition=row.applies_when))
    if row.evidence is not None:
        facts.append(say.t("evidence required"))
    show.text(" · ".join(part for part in (answers, *facts) if part), (Piece(f"{indent}  "),), style="dim")


def _points(made: Part, name: str, say: Translator) -> str | None:
    """Say what measured values are worth."""
    from servaudit.model.scale import Curve, Steps  # noqa: PLC0415 - same
    from servaudit.scoring.names import scale_of  # noqa: PLC0415 - same

    scale = scale_of(made.standard, made.plan.criteria[name].criterion)
    return worth(scale, say) if isinstance(scale, Curve | Steps) else None


def worth(scale: Curve | Steps, say: Translator) -> str:
    """Say what measured values are worth on a scale."""
    from servaudit.model.scale import Curve  # noqa: PLC0415 - same
    from servaudit.report.words import unit_word  # noqa: PLC0415 - same

    unit = f" {word}" if (word := unit_word(scale.unit, say)) else ""
    pairs = scale.curve if isinstance(scale, Curve) else scale.steps
    mark = "" if isinstance(scale, Curve) else "≤ "
    rows = (f"{mark}{say.number(value)}{unit} → {say.number(points or 0)}" if value is not None else
            f"… → {say.number(points or 0)}" for value, points in pairs)  # fmt: skip
    return " / ".join(rows)


def _answers(say: Translator, row: GridRow) -> str:
    if row.choices:
        return chosen(((one.label, one.points) for one in row.choices), say)
    return between(row.low, row.high, row.unit, say)


def chosen(answers: Iterable[tuple[str, float | None]], say: Translator) -> str:
    """Say what answers to choose from are worth; None: nothing, as what is not applicable."""
    return " / ".join(label if points is None else f"{label} {say.number(points)}" for label, points in answers)


def between(low: float | None, high: float | None, unit: str | None, say: Translator) -> str:
    """Say the bounds of a number, if it has any, and its unit."""
    from servaudit.report.words import unit_word  # noqa: PLC0415 - same

    bounded = low is not None or high is not None
    ends = {name: "…" if end is None else end for name, end in (("low", low), ("high", high))}
    bounds = say.t("from {low} to {high}", **ends) if bounded else ""
    return f"{bounds} {unit_word(unit, say)}".strip()

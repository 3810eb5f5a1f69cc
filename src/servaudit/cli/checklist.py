"""`servaudit checklist`: what is filled in on a visit, made from a checklist or a standard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple

import typer

from servaudit.cli import paper as paper_forms
from servaudit.cli.exits import Exit, UsageError, WriteError
from servaudit.cli.language import LANG, spoken
from servaudit.cli.named import document as named
from servaudit.cli.named import ids
from servaudit.diagnostics import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from servaudit.scoring.grid import Grid


class Order(NamedTuple):
    """What a file is made of: the grid, in which language, for whom, for which path, with which template, if any."""

    grid: Grid
    language: str
    audience: Literal["auditor", "trainer", "staff"]
    path: Path
    template: Path | None = None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(checklist)


def checklist(
    document: Annotated[
        str,
        typer.Argument(
            metavar="CHECKLIST|STANDARD", help="A file, or an id in reach; - is standard input.", autocompletion=ids
        ),
    ],
    output: Annotated[
        list[str],
        typer.Option(
            "-o", "--output", metavar="FILE", help="What to write; the extension says in what form; repeatable."
        ),
    ],
    audience: Annotated[
        Literal["auditor", "trainer", "staff"],
        typer.Option("--audience", help="For whom: who audits, who trains, or who applies the standard."),
    ] = "auditor",
    paper: Annotated[  # noqa: FBT002 - a flag
        bool, typer.Option("--paper", help="With .html: the sheet to print and to fill in by hand, not the form.")
    ] = False,
    template: Annotated[
        list[str] | None, typer.Option("--template", metavar="FILE", help="Your own template, .html or .xlsx.")
    ] = None,
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that servaudit did not make.")] = False,  # noqa: FBT002 - a flag
    lang: LANG = None,
) -> None:
    """Make a form, a workbook or a sheet to fill in on a visit; or what trainers and staff need."""
    from servaudit import sources  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.checklists import Checklists  # noqa: PLC0415 - same
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.cli.targets import TEMPLATES, known  # noqa: PLC0415 - same
    from servaudit.library import Library  # noqa: PLC0415 - same
    from servaudit.render import output as files  # noqa: PLC0415 - same
    from servaudit.render.errors import TemplateError  # noqa: PLC0415 - same

    forms = PAPER if paper and audience == "auditor" else FORMS[audience]
    paths = [Path(name) for name in output]
    for path in paths:
        if path.suffix.lower() not in forms:
            there = ", ".join(forms)
            raise UsageError(msg("{path}: for this reader there are {known}", path=str(path), known=there))
    templates = {one.suffix.lower(): one for one in (known(name, TEMPLATES) for name in template or ())}
    if ".html" in templates and forms.get(".html") is _form:
        raise UsageError(msg("the form has no template of your own; --paper and the other audiences do"))
    show = Show(spoken(lang))
    settings = configured(show)
    library = Library((*(standards or ()), *settings.standards))
    source = named(document, library)
    opened = Checklists(library, audience).open(source)
    show.diagnostics(opened.diagnostics)
    if opened.grid is None:
        raise typer.Exit(Exit.INPUT)
    grid = opened.grid
    language = lang or settings.language or (grid.checklist or grid.parts[0].standard).language
    inputs = (source.path, *(one.ref.path for one in grid.parts), *map(str, templates.values()))
    read = {sources.identity(one) for one in inputs}
    try:
        for path in paths:
            if sources.identity(path) in read - {None}:
                raise WriteError(msg("{path}: this file is read, so it is not written; name another", path=str(path)))
            files.check(path, force=force)
        for path in paths:
            form = path.suffix.lower()
            own = templates.get(".html" if form == ".pdf" else form)
            files.write(path, forms[form](Order(grid, language, audience, path, own)), force=force)
            show.note(msg("written: {path}", path=str(path)))
    except TemplateError as error:
        show.diagnostics([error.diagnostic])
        raise typer.Exit(Exit.INPUT) from error
    except files.OutputError as error:
        raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error


def _workbook(order: Order) -> bytes:
    from servaudit.render.checklist_xlsx import render  # noqa: PLC0415 - few orders are for workbooks

    return render(order.grid, order.language, order.template)


def _form(order: Order) -> bytes:
    from servaudit.render.form import render  # noqa: PLC0415 - same

    return render(order.grid, order.language)


# One line for each form: a function from an order to bytes, which imports its renderer when it is called.
_AUDITOR: Final[dict[str, Callable[[Order], bytes]]] = {
    ".html": _form,
    ".xlsx": _workbook,
    ".pdf": paper_forms.printed,
    ".md": paper_forms.markdown,
}
_LESSONS: Final[Mapping[str, Callable[[Order], bytes]]] = {
    ".html": paper_forms.lessons,
    ".pdf": paper_forms.lessons_printed,
}
PAPER: Final[Mapping[str, Callable[[Order], bytes]]] = {**_AUDITOR, ".html": paper_forms.page}
FORMS: Final[Mapping[str, Mapping[str, Callable[[Order], bytes]]]] = {
    "auditor": _AUDITOR,
    "trainer": _LESSONS,
    "staff": _LESSONS,
}

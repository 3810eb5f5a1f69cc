"""`servaudit new visit`: a blank observation to fill in with a text editor."""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from servaudit import __version__
from servaudit.cli.exits import Exit, UsageError, WriteError
from servaudit.cli.language import LANG, spoken
from servaudit.cli.named import document as named
from servaudit.cli.named import ids
from servaudit.diagnostics import did_you_mean, msg

if TYPE_CHECKING:
    from servaudit.report.asked import GridView

_STDOUT = "-"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(new)


def new(
    what: Annotated[Literal["visit"], typer.Argument(help="What to start: a visit.")],
    document: Annotated[
        str,
        typer.Argument(
            metavar="CHECKLIST|STANDARD", help="A file, or an id in reach; - is standard input.", autocompletion=ids
        ),
    ],
    site: Annotated[str | None, typer.Option("--site", metavar="SITE", help="Where the visit takes place.")] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="When, as 2026-11-03; else today.")] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; named by site and date if left out.")
    ] = None,
    standards: Annotated[
        list[str] | None, typer.Option("--standards", metavar="DIR", help="More folders of standards.")
    ] = None,
    lang: LANG = None,
) -> None:
    """Write a blank observation, with every criterion as a comment; a file that is there is never replaced."""
    from servaudit.checklists import Checklists  # noqa: PLC0415 - what a command needs is loaded when it runs
    from servaudit.cli.settings import configured  # noqa: PLC0415 - same
    from servaudit.cli.show import Show  # noqa: PLC0415 - same
    from servaudit.i18n import translator  # noqa: PLC0415 - same
    from servaudit.library import Library  # noqa: PLC0415 - same
    from servaudit.render import blank  # noqa: PLC0415 - same
    from servaudit.render import output as files  # noqa: PLC0415 - same
    from servaudit.report.grid import grid_view  # noqa: PLC0415 - same
    from servaudit.report.paper import sheet  # noqa: PLC0415 - same

    assert what == "visit"  # noqa: S101 - typer lets nothing else through
    day = _day(date)
    place = site.strip() if site else None
    name = f"{slug(place)}-{day}" if place and slug(place) else f"visit-{day}"
    path = Path(output or f"{name}.yaml")
    if output != _STDOUT and os.path.lexists(path):
        raise WriteError(msg("{path}: this file is there already, and may hold a visit; name another", path=str(path)))
    show = Show(spoken(lang))
    settings = configured(show)
    library = Library((*(standards or ()), *settings.standards))
    opened = Checklists(library).open(named(document, library))
    show.diagnostics(opened.diagnostics)
    if opened.grid is None:
        raise typer.Exit(Exit.INPUT)
    grid = opened.grid
    tr = translator(lang or settings.language or (grid.checklist or grid.parts[0].standard).language)
    view = grid_view(grid, tr)
    _known(view, place)
    laid_out = sheet(grid, view, tr, generator=f"servaudit {__version__}")
    text = blank.blank(laid_out, blank.Visit(name, place, day), tr)
    if output == _STDOUT:
        show.raw(text)
        return
    try:
        files.write(path, text.encode())
    except files.OutputError as error:
        raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error
    show.note(msg("written: {path}", path=str(path)))


def slug(text: str) -> str:
    """Make a name for files of a place: `Lyon Part-Dieu` gives `lyon-part-dieu`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")


def _day(date: str | None) -> str:
    """Read the date; today's without one. Raises UsageError."""
    if date is None:
        return dt.date.today().isoformat()  # noqa: DTZ011, TID251 - the day where the auditor is
    try:
        return dt.datetime.strptime(date, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise UsageError(msg("--date {given}: write it as year-month-day, 2026-11-03", given=date or '""')) from None


def _known(view: GridView, site: str | None) -> None:
    """Refuse a site that is not in the checklist's list. Raises UsageError."""
    from servaudit.model.base import folded  # noqa: PLC0415 - same

    choices = next((field.choices for field in view.fields if field.id == "site"), ())
    words = [word for option in choices for word in (option.key, option.label)]
    if site is None or not words or folded(site) in map(folded, words):
        return
    help_ = did_you_mean(site, words) or msg("it is one of {choices}", choices=", ".join(one.label for one in choices))
    fault = msg("“{value}” is not in the checklist’s list", value=site)
    raise UsageError(msg("{fault}; {help}", fault=fault, help=help_))

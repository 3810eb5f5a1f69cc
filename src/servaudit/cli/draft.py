"""`servaudit import GRID --as standard`: a team's own grid becomes a draft standard; asks where it is not sure."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import typer

from servaudit import sources
from servaudit.cli.exits import Exit, InputError, UsageError, WriteError
from servaudit.diagnostics import Cell, Diagnostic, msg
from servaudit.draft.answers import UNKNOWN
from servaudit.draft.choose import choose
from servaudit.draft.headings import MAPPED
from servaudit.draft.maker import Maker
from servaudit.draft.scales import from_text
from servaudit.draft.table import Wishes
from servaudit.load.grid import read
from servaudit.render import draft as page
from servaudit.render import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.cli.show import Show
    from servaudit.draft.made import Draft
    from servaudit.draft.rows import Left
    from servaudit.draft.scales import Scale
    from servaudit.draft.table import Table
    from servaudit.draft.unsure import Unsure
    from servaudit.load.grid import Grid

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,99}")
SCHEMAS: Final = ("standard.schema.json", "schemas/standard.json", "docs/schemas/standard.json")
TRIES: Final = 5
SHOWN: Final = 40
"""Things left out that the summary lists; the rest is counted."""


class Asked(NamedTuple):
    """What the command line says of a draft."""

    file: str
    output: str | None
    mapping: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    id: str | None = None
    answers: str | None = None
    hidden: bool = False
    force: bool = False


def draft_standard(asked: Asked, show: Show) -> None:
    """Read the grid, make the draft, write it, and say what was taken and what was left out."""
    if asked.id is not None and not _ID.fullmatch(asked.id):
        raise UsageError(msg("--id {id}: small letters, figures and _, a letter first", id=asked.id or '""'))
    default, wishes = _default(asked.answers), _wishes(asked.mapping)
    target = None if asked.output in (None, "-") else Path(asked.output or "")
    if target is not None:
        _free(target, force=asked.force)
    grid = _grid(asked, show)
    tables, left = _tables(grid, asked, wishes, show)
    draft = _drafted(grid, tables, left, asked, default, show)
    name = show.say.t("standard input") if asked.file == "-" else Path(asked.file).name
    text = page.render(draft, show.say, source=name, schema=_schema(target))
    faults = _faults(text, target)
    if target is None:
        show.raw(text)
    else:
        _write(target, text, force=asked.force)
    _report(show, draft, [*left, *draft.left])
    show.diagnostics(faults)
    if target is not None:
        show.note(msg("written: {path}", path=str(target)))
        check = f"servaudit validate {shlex.quote(str(target))}"
        show.note(msg("Read it, mend it where it says “to check”, then: {command}", command=check))
    if any(fault.severity == "error" for fault in faults):
        raise typer.Exit(Exit.INPUT)


def _grid(asked: Asked, show: Show) -> Grid:
    """Read the grid, and show what is wrong with it. Ends with 3 where it cannot be used."""
    grid = read(asked.file, hidden=asked.hidden)
    show.diagnostics(grid.diagnostics)
    if not grid.sheets:
        raise typer.Exit(Exit.INPUT)
    if grid.windows:
        show.note(msg("{path}: not UTF-8, read in the encoding of Windows", path=asked.file))
    names = [sheet.name for sheet in grid.sheets]
    unknown = set(map(str.casefold, asked.sheets)) - set(map(str.casefold, names))
    if unknown:
        name = next(name for name in asked.sheets if name.casefold() in unknown)
        raise InputError(msg("no sheet is called “{name}”; there are {names}", name=name, names=names))
    return grid


def _drafted(
    grid: Grid, tables: Sequence[Table], left: Sequence[Left], asked: Asked, default: Scale | None, show: Show
) -> Draft:
    """Make the draft; on a terminal, asks for the answers that the grid does not say."""
    maker = Maker(default)
    draft = maker.draft(tables, id_=asked.id, file=grid.stem)
    if draft is None:
        _report(show, None, [*left, *maker.left])
        raise InputError(msg("{path}: no question was found", path=asked.file))
    if _interactive() and any(note.what is UNKNOWN for note in draft.notes):
        return Maker(_ask_answers(show)).draft(tables, id_=asked.id, file=grid.stem) or draft
    return draft


def _tables(grid: Grid, asked: Asked, wishes: Wishes, show: Show) -> tuple[tuple[Table, ...], tuple[Left, ...]]:
    """Find the tables; asks for the columns of those that cannot be told, on a terminal, else says what to write."""
    own: dict[str, Wishes] = {}
    for _ in range(TRIES):
        chosen = choose(grid.sheets, asked.sheets, own, wishes)
        if not chosen.unsure:
            return chosen.tables, chosen.left
        if not _interactive():
            break
        for unsure in chosen.unsure:
            own[unsure.sheet] = _ask(unsure, own.get(unsure.sheet, wishes), show)
    chosen = choose(grid.sheets, asked.sheets, own, wishes)
    show.diagnostics([_fault(unsure, asked, show) for unsure in chosen.unsure])
    raise typer.Exit(Exit.INPUT)


def _interactive() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _prompt(question: str, default: str) -> str:
    """Ask a question; who ends the command instead of answering has interrupted it."""
    try:
        answer: str = typer.prompt(question, default=default, err=True)
    except typer.Abort:
        raise typer.Exit(Exit.INTERRUPTED) from None
    return answer.strip()


def _ask_answers(show: Show) -> Scale:
    """Ask which answers the questions take, until they can be read."""
    question = show.say.t("The grid does not say which answers its questions take. Which?")
    while True:
        scale = from_text(_prompt(question, show.say.t("Yes / No / NA")))
        if scale is not None:
            return scale


def _ask(unsure: Unsure, wishes: Wishes, show: Show) -> Wishes:
    """Ask which column holds the questions."""
    show.line(show.say.message(msg("Sheet “{sheet}”: {why}.", sheet=unsure.sheet, why=unsure.why)), to="err")
    for letter, heading in unsure.headings:
        show.line(f"  {letter}  {heading}", to="err")
    question = show.say.t("Which column holds the questions? (its letter)")
    answer = _prompt(question, unsure.likely or "A")
    columns = {**wishes.columns, "question": (answer.upper(),)}
    return wishes._replace(columns=columns, row=wishes.row or unsure.row)


def _fault(unsure: Unsure, asked: Asked, show: Show) -> Diagnostic:
    """Say what the sheet has, and the command that would do."""
    seen = "; ".join(f"{letter} {heading}" for letter, heading in unsure.headings) or show.say.t("none")
    command = ["servaudit", "import", asked.file, "--as", "standard"]
    command += ["--sheet", unsure.sheet] if asked.sheets else []
    row = f",row={unsure.row}" if unsure.row else ""
    command += ["--map", f"question={unsure.likely or 'A'}{row}"]
    command += ["-o", asked.output] if asked.output else []
    return Diagnostic(
        "grid-columns",
        Cell(asked.file, unsure.sheet, unsure.place),
        msg("{why}; headings seen: {seen}", why=unsure.why, seen=seen),
        msg("say which, for example: {command}", command=shlex.join(command)),
    )


def _wishes(mapping: Sequence[str]) -> Wishes:
    """Read `--map section=A,question=C,row=4`: roles, and letters or headings; several columns with a plus."""
    columns: dict[str, tuple[str, ...]] = {}
    row: int | None = None
    for part in (part.strip() for text in mapping for part in text.split(",") if part.strip()):
        role, sign, names = (piece.strip() for piece in part.partition("="))
        if role == "row" and names.isdecimal() and 0 < len(names) < 6:  # noqa: PLR2004 - five figures
            row = int(names)
        elif sign and names and role in MAPPED:
            columns[role] = tuple(name.strip() for name in names.split("+") if name.strip())
        else:
            example = "section=A,question=C,weight=D,answers=E,row=4"
            raise UsageError(msg("--map {part}: write for example {example}; what columns may be: {roles}", part=part,
                                 example=example, roles=", ".join((*MAPPED, "row"))))  # fmt: skip
    return Wishes(columns, row)


def _default(answers: str | None) -> Scale | None:
    """Read `--answers`: what questions take that say nothing of it themselves."""
    if answers is None:
        return None
    scale = from_text(answers)
    if scale is None:
        raise UsageError(msg("--answers {answers}: write for example {example}", answers=answers or '""',
                             example="“Oui/Non/NA”, “1-5”, “/10”"))  # fmt: skip
    return scale


def _free(target: Path, *, force: bool) -> None:
    """Refuse what is there already, and what does not end as YAML does."""
    if target.suffix.lower() not in (".yaml", ".yml"):
        forms = [".yaml", ".yml"]
        raise UsageError(msg("{name}: the extension says the format, one of {forms}", name=str(target), forms=forms))
    if target.exists() and not force:
        raise WriteError(msg("{path}: this file is there already; --force replaces it", path=str(target)))


def _write(target: Path, text: str, *, force: bool) -> None:
    try:
        output.write(target, text.encode(), force=force)
    except output.OutputError as error:
        raise WriteError(msg("{path}: {reason}", path=str(error.path), reason=error.reason)) from error


def _faults(text: str, target: Path | None) -> list[Diagnostic]:
    """Check the draft as `servaudit validate` does."""
    from servaudit.audit import Audit  # noqa: PLC0415 - a grid that no draft can be made of is not checked
    from servaudit.library import Library  # noqa: PLC0415 - same

    return list(Audit(Library()).check(sources.parse(str(target or "draft.yaml"), text.encode())))


def _schema(target: Path | None) -> str:
    """Name the schema for the editor, from the draft's folder: the nearest one upward, else where one may be put."""
    folder = Path.cwd() if target is None else target.parent.absolute()
    for depth, parent in enumerate((folder, *folder.parents)):
        for place in SCHEMAS:
            if (parent / place).is_file():
                return "../" * depth + place
    return SCHEMAS[0]


def _report(show: Show, draft: Draft | None, left: list[Left]) -> None:
    """Say on stderr what was taken, what is to be checked, and what was left out, by sheet and cell."""
    if draft is not None:
        criteria, sections = list(draft.root.all_criteria()), list(draft.root.all_sections())
        show.note(msg("taken from {sheets}: criteria {criteria}, sections {sections}", criteria=len(criteria),
                      sections=len(sections), sheets=list(draft.sheets)))  # fmt: skip
        for note in draft.notes[:SHOWN]:
            show.note(msg("to check: {place}: {what}", place=note.place, what=note.what))
        if len(draft.notes) > SHOWN:
            show.note(msg("  and {count} more", count=len(draft.notes) - SHOWN))
    if left:
        show.note(msg("left out:"))
    for one in left[:SHOWN]:
        text = one.text if len(one.text) <= 60 else f"{one.text[:59]}…"  # noqa: PLR2004 - half a line
        shown = msg("  {place} “{text}”: {why}", place=one.place, text=text, why=one.why)
        show.note(shown if text else msg("  {place}: {why}", place=one.place, why=one.why))
    if len(left) > SHOWN:
        show.note(msg("  and {count} more", count=len(left) - SHOWN))

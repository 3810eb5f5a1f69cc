"""Finds the cells of a checklist again: by their names, or by the codes beside them where these say otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servaudit.diagnostics import Diagnostic, msg
from servaudit.i18n import translator
from servaudit.i18n.translator import LANGUAGES
from servaudit.model.base import folded
from servaudit.sources.workbook import codes, identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servaudit.sources.workbook import Held, Workbook
    from servaudit.sources.workbook.sheet import Sheet

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
REPORTED = 50
"""Changed labels that are told one by one."""


class Found(NamedTuple):
    """A cell of the checklist: where it stands now, and what it holds (None: empty)."""

    code: str
    role: str
    label: str
    sheet: str
    cell: str
    held: Held | None


class _Line(NamedTuple):
    """A line of the hidden table."""

    name: str
    code: str
    role: str
    label: str


class _Rows:
    """The rows of one visible sheet: their texts, and the code that stands in each."""

    def __init__(self, sheet: Sheet, known: set[str]) -> None:
        self.sheet = sheet
        self.texts: dict[str, dict[str, str]] = {}
        self.row_of: dict[str, str] = {}
        for place, held in sheet.cells.items():
            if isinstance(held.value, str):
                row = place.lstrip(_LETTERS)
                self.texts.setdefault(row, {})[place[: -len(row)]] = held.value
                if held.value in known:
                    self.row_of.setdefault(held.value, row)


def find(book: Workbook, diagnostics: list[Diagnostic]) -> list[Found]:
    """Find every cell that is read back; what is gone or was reworded is said."""
    lines = list(_table(book)) or list(_from_codes(book))
    if not lines:
        message = msg("the sheets of this workbook have lost what told their cells apart")
        diagnostics.append(Diagnostic("workbook-cells", book.path, message, msg("fill in a fresh workbook")))
        return []
    known = {line.code for line in lines}
    rows = {sheet.name: _Rows(sheet, known) for sheet in book.sheets if not sheet.hidden}
    columns = _columns(rows)
    found: list[Found] = []
    changed = 0
    for line in lines:
        if line.role == "choice":
            found.append(Found(line.code, line.role, line.label, "", "", None))
            continue
        place = _place(book, line, rows, columns)
        if place is None:
            message = msg("the cell for “{code}” is gone", code=line.code)
            diagnostics.append(Diagnostic("workbook-cells", book.path, message, msg("fill in a fresh workbook")))
            continue
        sheet, cell = place
        found.append(Found(line.code, line.role, line.label, sheet.name, cell, sheet.cells.get(cell)))
        if line.role == "answer" and line.label and changed < REPORTED and sheet.name in rows:
            coded = columns.get(sheet.name, {}).get("code", "")
            changed += _reworded(book, line, rows[sheet.name], cell, coded, diagnostics)
    return found


def _table(book: Workbook) -> Iterator[_Line]:
    """Read the hidden table."""
    sheet = book.sheet(identity.SHEET)
    if sheet is None:
        return
    begun = False
    for place, held in sheet.cells.items():
        if not place.startswith("A") or not place[1:].isdecimal():
            continue
        row = place[1:]
        texts = [sheet.value(f"{column}{row}") for column in "BCD"]
        if begun and isinstance(held.value, str):
            code, role, label = ("" if text is None else str(text) for text in texts)
            yield _Line(held.value, code, role, label)
        begun = begun or (held.value == "name" and texts[:2] == ["code", "role"])


def _from_codes(book: Workbook) -> Iterator[_Line]:
    """Make the table of the codes that can be seen and of the names, where the hidden sheet is gone."""
    for name in book.names:
        if name.startswith("v_"):
            yield _Line(name, codes.VISIT + name[2:].replace("context_", "context.", 1), "answer", "")
        elif name.startswith(("bravo_", "team_")):
            part = "note" if name.startswith("bravo_") else "team"
            yield _Line(name, f"{codes.COMMENDATIONS}{name.partition('_')[2]}.{part}", "answer", "")
    if "visit_note" in book.names:
        yield _Line("visit_note", codes.NOTE, "answer", "")
    for sheet in book.sheets:
        rows = _Rows(sheet, set())
        columns = _columns({sheet.name: rows}).get(sheet.name)
        if sheet.hidden or columns is None:
            continue
        for row, texts in rows.texts.items():
            code = texts.get(columns["code"], "")
            if codes.read(code) is not None and int(row) > int(columns["row"]):
                told = texts.get(columns["answer"]) == codes.BELOW
                roles = [role for role in ("answer", "note", "evidence") if role in columns]
                yield from (_Line("", code, role, "") for role in roles if not (told and role == "answer"))


def _columns(rows: Mapping[str, _Rows]) -> dict[str, dict[str, str]]:
    """Find the headings of each sheet, in either language: the column of each role, and of the codes."""
    words = [translator(language) for language in LANGUAGES]
    titles = {
        role: {folded(tr.t(title)) for tr in words}
        for role, title in (("answer", "Answer"), ("note", "Note"), ("evidence", "Photos, files"), ("code", "Code"))
    }
    found = {}
    for name, own in rows.items():
        for row, texts in own.texts.items():
            columns = {
                role: column for column, text in texts.items() for role in titles if folded(text) in titles[role]
            }
            if "code" in columns and "answer" in columns:
                found[name] = {**columns, "row": row}
                break
    return found


def _place(
    book: Workbook, line: _Line, rows: Mapping[str, _Rows], columns: Mapping[str, Mapping[str, str]]
) -> tuple[Sheet, str] | None:
    """Find where a cell is now. Where the code beside it is another one, rows were sorted: the code is right."""
    named = book.named(line.name)
    if named is not None:
        sheet, cell = named
        row = cell.lstrip(_LETTERS)
        own = rows.get(sheet.name)
        moved = own.row_of.get(line.code, row) if own is not None else row
        return sheet, cell if moved == row else f"{cell[: -len(row)]}{moved}"
    for name, own in rows.items():
        if line.code in own.row_of and line.role in columns.get(name, {}):
            return own.sheet, f"{columns[name][line.role]}{own.row_of[line.code]}"
    return None


def _reworded(book: Workbook, line: _Line, rows: _Rows, cell: str, coded: str, diagnostics: list[Diagnostic]) -> bool:
    """Say when the label beside a cell is not the one it was made with; codes stand in the column `coded`."""
    row = cell.lstrip(_LETTERS)
    texts = {column: text for column, text in rows.texts.get(row, {}).items() if column != coded}
    if any(folded(text) == folded(line.label) for text in texts.values()):
        return False
    column = min(texts, default=cell[: -len(row)])
    diagnostics.append(
        Diagnostic(
            "workbook-label",
            book.where(rows.sheet, f"{column}{row}"),
            msg("the wording of “{code}” was changed", code=line.code),
            msg("it read: {label}", label=line.label if len(line.label) <= 120 else f"{line.label[:120]}…"),  # noqa: PLR2004 - a line
        )
    )
    return True

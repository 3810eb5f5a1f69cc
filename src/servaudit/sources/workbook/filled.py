"""A workbook that was filled in, read as the observation it is: plain data, and the cell that every value stands in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from servaudit.diagnostics import Cell, Diagnostic, msg
from servaudit.model.base import folded
from servaudit.sources import workbook
from servaudit.sources.source import Source
from servaudit.sources.workbook import identity
from servaudit.sources.workbook.gathered import Gathered
from servaudit.sources.workbook.table import Found, find
from servaudit.sources.workbook.written import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from servaudit.diagnostics import Path, Problem
    from servaudit.sources.workbook import Workbook
    from servaudit.sources.workbook.identity import Identity


class FilledWorkbook(Source):
    """A source whose values stand in `cells`, by path; `made_from` says what the workbook was made from."""

    def __init__(
        self,
        path: str,
        data: object,
        sha256: str,
        diagnostics: tuple[Diagnostic, ...],
        cells: Mapping[Path, Cell] | None = None,
        made_from: Identity | None = None,
        offered: Callable[[Cell], Sequence[str]] = lambda _: (),
        text: str = "",
    ) -> None:
        super().__init__(path, text, data, sha256, "xlsx", diagnostics)
        self.cells, self.made_from, self._offered = cells or {}, made_from, offered

    def where(self, path: Path) -> Cell:
        """Find the cell of the value at `path`, else that of what it is in, else the hidden sheet."""
        found = (self.cells.get(path[:length]) for length in range(len(path), 0, -1))
        return next((cell for cell in found if cell is not None), Cell(self.path, identity.SHEET, "A1"))

    def diagnostic(self, problem: Problem) -> Diagnostic:
        """Show a problem at its cell; what is no answer is told with the words of the cell's own list."""
        where = self.where(problem.path)
        message, answer = problem.message, problem.message.values.get("answer")
        if problem.code == "answer-unknown" and answer is not None and (offered := self._offered(where)):
            message = msg("“{answer}”: one of {choices}", answer=answer, choices=", ".join(offered))
        return Diagnostic(problem.code, where, message, problem.help)

    def unlike(self, made_with: Iterable[tuple[str, str]]) -> list[Diagnostic]:
        """Say where the workbook was made from another text of a document than the one that was found."""
        if self.made_from is None:
            return []
        own = dict(filter(None, map(identity.reference, (*self.made_from.standards, self.made_from.checklist))))
        return [
            Diagnostic(
                "workbook-version",
                self.path,
                msg("“{name}” has been changed since this workbook was made, without a new version", name=name),
                msg("see that the questions are still the same, or give the new text a version of its own"),
            )
            for name, sha256 in made_with
            if own.get(name, sha256) != sha256
        ]


def parse(path: str, content: bytes) -> FilledWorkbook:
    """Read a filled workbook from bytes; `path` is how it is called in messages."""
    book = workbook.parse(path, content, _wanted)
    return observation(book, hashlib.sha256(content).hexdigest(), lambda: workbook.parse(path, content))


def _wanted(properties: Mapping[str, str], sheets: Mapping[str, bool]) -> Collection[str]:
    """Read what people fill in, and the table of its cells; not the lists and the workings of the live score."""
    if identity.read(properties) is None and identity.SHEET not in sheets:
        return ()
    return {name for name, hidden in sheets.items() if not hidden or name == identity.SHEET}


def observation(book: Workbook, sha256: str, whole: Callable[[], Workbook]) -> FilledWorkbook:
    """Read a filled workbook as an observation. Never raises for a user's mistake: see `Source.diagnostics`.

    `whole` gives the workbook with all its sheets, the lists too, for messages.
    """
    if not book.usable:
        return _refused(book, sha256, book.diagnostics)
    said = dict(_pairs(book)) | dict(book.properties)
    made_from = identity.read(said)
    if made_from is None:
        foreign = Diagnostic(
            "workbook-foreign",
            book.path,
            msg("this workbook is not a checklist that servaudit made"),
            msg("to make a standard of it: {command}", command=f"servaudit import {book.path} --as standard"),
        )
        return FilledWorkbook(book.path, None, sha256, (*book.diagnostics, foreign))
    if made_from.format != identity.FORMAT:
        newer = msg("this workbook has the format {format}; this servaudit reads {known}",
                    format=made_from.format, known=identity.FORMAT)  # fmt: skip
        fault = Diagnostic("workbook-format", book.path, newer, msg("make it again with this servaudit, or update it"))
        return _refused(book, sha256, (*book.diagnostics, fault))
    diagnostics = [*book.diagnostics]
    gathered = Gathered(book.path)
    found = find(book, diagnostics)
    choices = _choices(found)
    for place in found:
        value = _value(book, place, choices, diagnostics)
        gathered.add(place, value)
    data, cells = gathered.observation(made_from)
    return FilledWorkbook(
        book.path, data, sha256, tuple(diagnostics), cells, made_from, lambda cell: tuple(_offered(whole(), cell))
    )


def _offered(book: Workbook, cell: Cell) -> Iterator[str]:
    """Give the words of the drop-down list of a cell."""
    sheet, at = book.sheet(cell.sheet), workbook.place(cell.cell)
    for validation in sheet.validations if sheet is not None and at is not None else ():
        if validation.kind != "list" or not any(workbook.within(at or (0, 0), area) for area in validation.cells):
            continue
        area = book.area(validation.formula)
        for one in workbook.each(area[1]) if area is not None else ():
            value = plain(area[0].value(one)) if area is not None else None
            if value is not None:
                yield str(value)


def _refused(book: Workbook, sha256: str, diagnostics: tuple[Diagnostic, ...]) -> FilledWorkbook:
    """Say what is wrong; it still says that it is an observation, so that a folder does not pass it over."""
    return FilledWorkbook(book.path, None, sha256, diagnostics, text="kind: observation\n")


def _pairs(book: Workbook) -> Iterator[tuple[str, str]]:
    """Give what the hidden sheet says the workbook was made from, above its table."""
    sheet = book.sheet(identity.SHEET)
    for row in range(1, 50 if sheet is not None else 1):
        name, text = (sheet.value(f"{column}{row}") if sheet else None for column in "AB")
        if name == "name":
            return
        if isinstance(name, str) and isinstance(text, str):
            yield name, text


def _choices(found: list[Found]) -> dict[str, dict[str, str]]:
    """Collect the words of the lists of the visit: by code, the key of each label."""
    choices: dict[str, dict[str, str]] = {}
    for place in found:
        if place.role == "choice":
            code, _, key = place.code.partition("=")
            choices.setdefault(code, {})[folded(place.label)] = key
    return choices


def _value(
    book: Workbook, place: Found, choices: Mapping[str, Mapping[str, str]], diagnostics: list[Diagnostic]
) -> object:
    """Give what stands in a cell as documents write it; None where nothing does, or nothing that can be taken."""
    held = place.held
    if held is None:
        return None
    where = Cell(book.path, place.sheet, place.cell)
    if held.formula is not None:
        message = msg("a formula stands where an answer is expected")
        diagnostics.append(Diagnostic("workbook-formula", where, message, msg("write the value itself")))
        return None
    if held.error:
        diagnostics.append(
            Diagnostic("workbook-formula", where, msg("an error value stands where an answer is expected"))
        )
        return None
    value = plain(held.value)
    own = choices.get(place.code)
    if own and isinstance(value, str):
        return _key(own.get(folded(value), value))
    return value


def _key(value: str) -> object:
    return {"yes": True, "no": False}.get(value, value)

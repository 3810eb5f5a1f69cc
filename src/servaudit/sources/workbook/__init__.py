"""Workbooks from outside, read safely: sheets, cells and their places, names, properties; nothing is run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servaudit.diagnostics import Cell, Diagnostic, msg
from servaudit.sources.text import read_bytes
from servaudit.sources.workbook.package import SIZE, Package, PackageError
from servaudit.sources.workbook.references import each, place, spell, target, within
from servaudit.sources.workbook.sheet import Reader, Sheet, Validation, plain
from servaudit.sources.workbook.values import Held, Value, clean, moments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

__all__ = ["Held", "Sheet", "Validation", "Value", "Workbook", "each", "parse", "place", "read", "spell", "within"]

SHEETS = 200
"""Sheets that a workbook may have."""
STRINGS = 500_000
"""Texts that a workbook may share among its cells."""
NAMES = 50_000
"""Names that a workbook may define."""

Wanted = Callable[[Mapping[str, str], Mapping[str, bool]], Collection[str]]


@dataclass(frozen=True)
class Workbook:
    """A workbook, read. `sheets` is empty and `diagnostics` has an error when it cannot be used.

    `names` are the defined names with what they stand for, as written (`Grille!$C$14`); `properties` the custom
    properties, as texts.
    """

    path: str
    sheets: tuple[Sheet, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether it was read without an error."""
        return all(diagnostic.severity != "error" for diagnostic in self.diagnostics)

    def sheet(self, name: str) -> Sheet | None:
        """Find a sheet by its name, case aside, as programs do."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)

    def named(self, name: str) -> tuple[Sheet, str] | None:
        """Find the one cell that a name stands for: its sheet and its place; None when there is no such cell."""
        found = target(self.names.get(name, ""))
        sheet = self.sheet(found[0]) if found else None
        return (sheet, found[1]) if found and sheet is not None else None

    def area(self, name: str) -> tuple[Sheet, str] | None:
        """Find the range of cells that a name stands for: its sheet, and `A1:A3`."""
        formula = self.names.get(name, "")
        start, _, end = formula.partition(":")
        found = target(start)
        sheet = self.sheet(found[0]) if found else None
        return (sheet, f"{found[1]}:{end.replace('$', '') or found[1]}") if found and sheet is not None else None

    def where(self, sheet: str | Sheet, cell: str) -> Cell:
        """Make a cell's place for diagnostics."""
        return Cell(self.path, sheet if isinstance(sheet, str) else sheet.name, cell)


def read(path: str, limit: int = SIZE) -> Workbook:
    """Read a workbook. Never raises for a user's mistake: see `Workbook.diagnostics`."""
    content = read_bytes(path, limit)
    return parse(path, content) if isinstance(content, bytes) else Workbook(path, diagnostics=(content,))


def parse(path: str, content: bytes, wanted: Wanted | None = None) -> Workbook:
    """Read a workbook from bytes; `path` is how it is called in messages.

    `wanted` tells, from its properties and the sheets' names (with whether they are hidden), the sheets to read; the
    others come without cells.
    """
    try:
        return _book(path, Package(content), wanted)
    except PackageError as error:
        return Workbook(path, diagnostics=(Diagnostic(error.code, path, error.message, error.help),))


def _book(path: str, package: Package, wanted: Wanted | None) -> Workbook:
    outer = {relation.kind: relation for relation in package.relations("")}
    main = outer.get("officeDocument")
    if main is None or main.target not in package:
        if "mimetype" in package and package.read("mimetype").startswith(b"application/vnd.oasis"):
            raise PackageError(msg("this is a workbook of another format"), msg("save it from LibreOffice as .xlsx"))
        raise PackageError(msg("this is not a workbook"), msg("save it from Excel or LibreOffice as .xlsx"))
    root = package.xml(main.target)
    if not root.tag.endswith("}workbook"):
        raise PackageError(msg("this is not a workbook"), msg("save it from Excel or LibreOffice as .xlsx"))
    ns = root.tag[: root.tag.find("}") + 1]
    relations = list(package.relations(main.target))
    custom = outer.get("custom-properties")
    properties = dict(_properties(_optional(package, custom.target if custom else None)))
    entries = root.findall(f"{ns}sheets/{ns}sheet")
    if len(entries) > SHEETS:
        raise PackageError(msg("the workbook has more than {limit} sheets", limit=SHEETS), None, "workbook-too-large")
    if not entries:
        raise PackageError(msg("the workbook has no sheet"))
    hidden = {entry.get("name", ""): entry.get("state", "visible") != "visible" for entry in entries}
    reading = hidden.keys() if wanted is None else wanted(properties, hidden)
    parts = {relation.id: relation.target for relation in relations if not relation.external}
    first = {relation.kind: relation.target for relation in reversed(relations)}
    setting = root.find(f"{ns}workbookPr")
    reader = Reader(
        list(_strings(package, first.get("sharedStrings"))) if reading else [],
        moments(_optional(package, first.get("styles"))) if reading else {},
        from_1904=setting is not None and setting.get("date1904") in ("1", "true"),
    )
    sheets = []
    for entry in entries:
        part = parts.get(next((value for name, value in entry.items() if name.endswith("}id")), ""), "")
        name = entry.get("name", "")
        read = name in reading
        sheets.append(
            reader.sheet(name, package.xml(part), hidden=hidden[name]) if read else Sheet(name, hidden=hidden[name])
        )
    macros = any(relation.kind == "vbaProject" for relation in relations) or any(
        name.endswith("vbaProject.bin") for name in package.entries
    )
    links = any(relation.kind == "externalLink" for relation in relations)
    return Workbook(
        path,
        tuple(sheets),
        dict(_names(root, ns)),
        properties,
        tuple(_reported(path, macros=macros, links=links)),
    )


def _reported(path: str, *, macros: bool, links: bool) -> Iterator[Diagnostic]:
    if macros:
        said = msg("the workbook carries macros; they are not run"), msg("send checklists as .xlsx, without macros")
        yield Diagnostic("workbook-macros", path, *said)
    if links:
        said = (
            msg("the workbook refers to other workbooks; they are not opened"),
            msg("paste the values in their place"),
        )
        yield Diagnostic("workbook-links", path, *said)


def _optional(package: Package, part: str | None) -> Element | None:
    return package.xml(part) if part is not None and part in package else None


def _strings(package: Package, part: str | None) -> Iterator[str]:
    root = _optional(package, part)
    if root is None:
        return
    if len(root) > STRINGS:
        raise PackageError(msg("the workbook has more texts than any checklist"), None, "workbook-too-large")
    ns = root.tag[: root.tag.find("}") + 1]
    for item in root:
        yield clean(plain(item, ns))


def _names(root: Element, ns: str) -> Iterator[tuple[str, str]]:
    """Give the names of the whole workbook; those of one sheet (its print area) are its own affair."""
    group = root.find(f"{ns}definedNames")
    if group is None:
        return
    if len(group) > NAMES:
        raise PackageError(msg("the workbook has more names than any checklist"), None, "workbook-too-large")
    for element in group:
        if element.get("localSheetId") is None:
            yield element.get("name", ""), element.text or ""


def _properties(root: Element | None) -> Iterator[tuple[str, str]]:
    for element in root if root is not None else ():
        yield element.get("name", ""), clean("".join(element.itertext())).strip()

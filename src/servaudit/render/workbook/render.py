"""Renders a workbook from a workbook template: every part of the package, put together again."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from servaudit.diagnostics import Cell
from servaudit.render.workbook import expressions, markup, names, package, properties, sheet, strings
from servaudit.render.workbook.attachments import Attachments
from servaudit.render.workbook.book import Book, referred_rows
from servaudit.render.workbook.cells import Writer
from servaudit.render.workbook.errors import unreadable
from servaudit.render.workbook.references import cells, references
from servaudit.render.workbook.styles import Styles
from servaudit.render.workbook.template import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from servaudit.render.workbook.dotted import Scope
    from servaudit.render.workbook.template import Template

APPLICATION = "servaudit"
_MALFORMED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
_DRAWN = ("drawing", "chart", "table")
_RULES = ("formula", "formula1", "formula2", "f")


def render(
    template: bytes,
    context: Mapping[str, Any],
    *,
    file: str = "template.xlsx",
    native: Callable[[object], object] = str,
    custom: Mapping[str, str] | None = None,
    before_percent: str = "",
) -> bytes:
    """Render a workbook template; the same template and context give the same bytes.

    `file` names the template in errors. `native` makes of an object what a cell holds (a number, a text, a date or
    None). `custom` are document properties to set; `before_percent` is the space that the report's language writes
    before a percent sign, for number formats. Raises TemplateError, naming sheet and cell.
    """
    expressions.start()
    try:
        return _render(read(template, file), dict(context), native, custom or {}, before_percent)
    except _MALFORMED as error:
        raise unreadable(file, error) from error


def _render(
    source: Template,
    scope: Scope,
    native: Callable[[object], object],
    custom: Mapping[str, str],
    before_percent: str,
) -> bytes:
    book = Book(source, scope, referred_rows(_formulas(source)))
    parts = dict(source.parts)
    types = package.ContentTypes(parts[package.TYPES])
    styles_part = source.target("styles") or ""
    styles = Styles(parts[styles_part], before_percent)
    setting = markup.child(source.root, "workbookPr")
    from_1904 = setting is not None and setting.get("date1904") in ("1", "true")
    attachments = Attachments(source, book, parts, types, before_percent)
    for template_sheet in source.sheets:
        del parts[template_sheet.part]
        parts.pop(package.relations_part(template_sheet.part), None)
    for made in book.sheets:
        attachments.write(made)
    workbook = _workbook(source, book, parts, types)
    texts_part, texts = _texts(source, parts, types)
    _properties(source, parts, types, scope, custom)
    _sweep(parts, types)
    parts[package.TYPES] = types.serialise()

    def written() -> Iterator[tuple[str, bytes | Iterator[bytes]]]:
        """Give the sheets before what they add to: formats of cells, addresses of links, names of cells."""
        for name in (package.TYPES, package.relations_part("")):
            yield name, parts.pop(name)
        for made in book.sheets:
            prefix = markup.prefix(made.template.root)
            writer = Writer(styles, texts, native, prefix=prefix, from_1904=from_1904)
            yield made.part, sheet.write(made, book, writer)
            attachments.link(made)
        parts[styles_part] = styles.serialise()
        parts[texts_part] = texts.serialise()
        names.define(workbook, book)
        parts[source.workbook] = markup.serialise(workbook)
        yield from sorted(parts.items())

    return package.pack(written())


def _formulas(source: Template) -> Iterator[tuple[str, str]]:
    """List every formula of a template with its sheet."""
    for one in source.sheets:
        for row in one.rows.values():
            yield from ((one.name, cell.formula.text or "") for cell in row.cells if cell.formula is not None)
        yield from ((one.name, formula) for formula in _rules(one.root))
        for part in sorted(source.parts.keys() & package.reachable(source.parts, one.part, _DRAWN)):
            root = markup.parse(source.parts[part])
            if markup.local(root) == "table" and (area := cells(root.get("ref", ""))):
                heads = int(root.get("headerRowCount", "1"))
                yield one.name, f"{area[0]}{area[1] + heads}:{area[2]}{area[3]}"
            yield from ((one.name, element.text or "") for element in markup.named(root, "f"))
    for name in markup.named(source.root, "definedName"):
        yield "", name.text or ""


def _rules(root: markup.Element) -> Iterator[str]:
    """List what conditional formats and validations speak of, but for their own rows: these vanish with them."""
    for element in root.iter():
        inner = markup.child(element, "sqref")
        area = cells((element.get("sqref", "") if inner is None else inner.text or "").partition(" ")[0])
        if area is None:
            continue
        for rule in element.iter():
            text = rule.text or "" if markup.local(rule) in _RULES else ""
            if any(found.sheet or found.first < area[1] or found.last > area[3] for found in references(text)):
                yield text


def _workbook(source: Template, book: Book, parts: dict[str, bytes], types: package.ContentTypes) -> markup.Element:
    """Make the list of sheets and the names; forget the order of calculation, which spoke of the template's cells."""
    root = copy.deepcopy(source.root)
    kinds = {
        one.part: relation.type for one in source.sheets for relation in source.relations if relation.target == one.part
    }
    relations = [
        relation for relation in source.relations if relation.target not in kinds and relation.kind != "calcChain"
    ]
    for relation in source.relations:
        if relation.kind == "calcChain":
            parts.pop(relation.target, None)
            types.forget(relation.target)
    for gone in {one.part for one in source.sheets} - {made.part for made in book.sheets}:
        types.forget(gone)
    group = markup.child(root, "sheets")
    entries = list(group) if group is not None else []
    if group is not None:
        group.clear()
        for number, made in enumerate(book.sheets, 1):
            entry = copy.deepcopy(made.template.entry)
            identity = next(name for name in entry.attrib if name.endswith(":id"))
            entry.attrib.update({"name": made.title, "sheetId": str(number), identity: f"servaudit{number}"})
            group.append(entry)
            relations.append(
                package.Relation(f"servaudit{number}", kinds[made.template.part], made.part, external=False)
            )
    for view in markup.named(root, "workbookView"):
        view.attrib.pop("firstSheet", None)
        if int(view.get("activeTab", "0")) >= len(book.sheets):
            view.set("activeTab", "0")
    _names(root, [entry.get("name", "") for entry in entries], source.file, book)
    parts[package.relations_part(source.workbook)] = package.write_relations(relations)
    return root


def _names(root: markup.Element, order: list[str], file: str, book: Book) -> None:
    """Move the defined names; one that belongs to a sheet goes with each copy of it."""
    group = markup.child(root, "definedNames")
    for element in list(group) if group is not None else ():
        where = Cell(file, "", element.get("name", ""))
        local = element.get("localSheetId")
        if local is None:
            element.text = book.area(element.text or "", None, where)
            continue
        assert group is not None  # noqa: S101 - there is an element in it
        group.remove(element)
        for number, made in enumerate(book.sheets):
            if made.template.name == order[int(local)]:
                another = copy.deepcopy(element)
                another.set("localSheetId", str(number))
                another.text = book.area(element.text or "", made, where)
                group.append(another)
    if group is not None and len(group) == 0:
        root.remove(group)


def _sweep(parts: dict[str, bytes], types: package.ContentTypes) -> None:
    """Take out the parts that nothing shown refers to, such as the charts of a sheet that was left out."""
    kept = package.reachable(parts, "")
    for part in parts.keys() - {package.TYPES} - kept - {package.relations_part(part) for part in ("", *kept)}:
        del parts[part]
        types.forget(part)


def _texts(source: Template, parts: dict[str, bytes], types: package.ContentTypes) -> tuple[str, strings.Strings]:
    """Give the part of the shared strings, and the strings; a workbook that has none gets one."""
    part = source.target("sharedStrings")
    if part is None or part not in parts:
        part = strings.PART
        types.declare(part, strings.TYPE)
        relations = package.relations_part(source.workbook)
        found = package.relations(parts, source.workbook)
        added = package.Relation("servauditStrings", strings.RELATION, part, external=False)
        parts[relations] = package.write_relations([*found, added])
    made = strings.Strings(parts.get(part))
    parts[part] = made.serialise()
    return part, made


def _properties(
    source: Template,
    parts: dict[str, bytes],
    types: package.ContentTypes,
    scope: Scope,
    values: Mapping[str, str],
) -> None:
    relations = package.relations(parts, "")
    for relation in relations:
        if relation.kind == "core-properties" and relation.target in parts:
            parts[relation.target] = properties.core(parts[relation.target], scope, source.file)
        elif relation.kind == "extended-properties" and relation.target in parts:
            parts[relation.target] = properties.extended(parts[relation.target], APPLICATION)
    if not values:
        return
    own = next((relation.target for relation in relations if relation.kind == "custom-properties"), None)
    if own is None:
        own = properties.CUSTOM
        relations.append(package.Relation("servaudit", properties.CUSTOM_RELATION, own, external=False))
        types.declare(own, properties.CUSTOM_TYPE)
        parts[package.relations_part("")] = package.write_relations(relations)
    parts[own] = properties.custom(parts.get(own), values)

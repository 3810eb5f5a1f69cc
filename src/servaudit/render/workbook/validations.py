"""Writes validations whose lists, bounds or messages are expressions: one for all the rows where they say the same."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from servaudit.diagnostics import Cell
from servaudit.render.workbook import expressions, markup
from servaudit.render.workbook.cells import Formula
from servaudit.render.workbook.errors import placed
from servaudit.render.workbook.layout import turns
from servaudit.render.workbook.references import cells, shifted, spell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from servaudit.render.workbook.book import Book, Sheet
    from servaudit.render.workbook.dotted import Scope
    from servaudit.render.workbook.layout import Placed
    from servaudit.render.workbook.markup import Element

_RULES = ("formula1", "formula2")
_SAID = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 225}  # characters that Excel takes
_RANGES = 400  # in one validation: Excel takes 8,192 characters


def rendered(element: Element, sheet: Sheet, book: Book) -> list[Element] | None:
    """Give what a validation becomes; None where nothing in it is an expression."""
    rules = [rule for rule in element if markup.local(rule) in _RULES]
    if not any(_quoted(rule.text) for rule in rules) and not any(
        expressions.holds(element.get(name)) for name in _SAID
    ):
        return None
    groups: dict[bytes, tuple[Element, dict[str, list[list[int]]]]] = {}
    for item in element.get("sqref", "").split():
        area = cells(item)
        if area is None:
            continue
        where = Cell(book.file, sheet.template.name, f"{area[0]}{area[1]}")
        for number, row, turn, scope in _rows(sheet, area[1], area[3]):
            move = _mover(sheet, book, where, row, turn)
            made = _one(element, where, scope, move)
            if made is None:
                continue
            ranges = groups.setdefault(markup.serialise(made), (made, {}))[1].setdefault(f"{area[0]}:{area[2]}", [])
            if ranges and ranges[-1][1] == number - 1:
                ranges[-1][1] = number
            else:
                ranges.append([number, number])
    return [part for made, found in groups.values() for part in _split(made, found)]


def _rows(sheet: Sheet, first: int, last: int) -> Iterator[tuple[int, Placed, int, Scope]]:
    """Give the rows that come from these of the template, each with which turn of its own loop, and what it sees."""
    for number, row in sheet.layout.numbered():
        if not first <= row.source <= last or row.scope is None:
            continue
        if row.loop is None:
            yield number, row, 0, row.scope
        else:
            for turn, scope in enumerate(turns(row.loop, row.scope)):
                yield number + turn, row, turn, scope


def _mover(sheet: Sheet, book: Book, where: Cell, row: Placed, turn: int) -> Callable[[str], str]:
    """Give what moves a formula, relative to the first row of the validation, to this row."""
    first = cells(where.cell)

    def moved(text: str) -> str:
        text = shifted(text, row.source - first[1] if first else 0)
        return shifted(book.rewrite(text, sheet, where, row.source, row.path), turn)

    return moved


def _one(element: Element, where: Cell, scope: Scope, moved: Callable[[str], str]) -> Element | None:
    """Write the validation of one row; None where its list or bound is nothing."""
    made = copy.deepcopy(element)
    for name in [name for name in made.attrib if name == "sqref" or name.endswith(":uid")]:
        del made.attrib[name]  # its ranges come last; its identity is that of one validation only
    for name, longest in _SAID.items():
        text = made.get(name, "")
        if expressions.holds(text):
            with placed(where, text):
                value = expressions.cell(text)(scope)
            made.set(name, markup.clean("" if value is None else str(value))[:longest])
    for rule in made:
        if markup.local(rule) not in _RULES or not rule.text:
            continue
        expression = _quoted(rule.text)
        if expression is None:
            rule.text = moved(rule.text)
            continue
        with placed(where, expression):
            value = expressions.cell(expression)(scope)
        if value is None:
            return None
        rule.text = _written(value)
    return made


def _quoted(text: str | None) -> str | None:
    """Give the expression in a rule: a text in quotes, which is how Excel keeps what was typed as a list or a bound."""
    if text is None or not expressions.holds(text) or not (text.startswith('"') and text.endswith('"')):
        return None
    return text[1:-1].replace('""', '"')


def _written(value: object) -> str:
    """Write a list or a bound: formulas as they are, numbers as numbers, everything else as a text."""
    if isinstance(value, Formula):
        return markup.clean(value.text)
    if isinstance(value, int | float):
        return repr(value)
    text = markup.clean(str(value)).replace('"', '""')
    return f'"{text}"'


def _split(made: Element, found: dict[str, list[list[int]]]) -> Iterator[Element]:
    """Give the validation its ranges, as many times as it takes."""
    ranges = []
    for columns, runs in found.items():
        first, _, last = columns.partition(":")
        ranges += [spell(first, low, last, high) for low, high in runs]
    for start in range(0, len(ranges), _RANGES):
        part = copy.deepcopy(made)
        part.set("sqref", " ".join(ranges[start : start + _RANGES]))
        yield part

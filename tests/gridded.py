"""Sheets for tests, written as rows of texts, from A1."""

from __future__ import annotations

from servaudit.draft.grid import Entry, Sheet, letter


def sheet(*rows, name="Grille", **options):
    entries = {}
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            if value is None:
                continue
            place = f"{letter(column)}{row}"
            formula = isinstance(value, str) and value.startswith("=")
            number = float(value) if isinstance(value, int | float) else None
            entries[row, column] = Entry(place, "0" if formula else str(value), 0.0 if formula else number, formula)
    return Sheet(name, entries, **options)

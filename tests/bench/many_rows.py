"""Writes a data sheet of 100,000 rows and 12 columns, styled and filtered, and prints the seconds and MiB that took.

`many_rows.py servaudit|xlsxwriter ROWS FILE`: both make every row when its turn comes and write it at once.
"""

# ruff: noqa: T201 - its purpose is to print
from __future__ import annotations

import io
import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Row(NamedTuple):
    """One answer, as the sheet of data has it."""

    visit: str
    site: str
    date: str
    answer_number: int
    score: float
    share: float
    outcome: str
    weight: float
    answers: int
    note: str
    cost: float
    severity: str


class Rows:
    """Any number of rows, each made when it is asked for."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return map(_row, range(self._count))


def _row(n: int) -> Row:
    return Row(
        f"visit-{n // 100:05}", f"Site {n // 100 % 40}", "2026-11-03", n, n / 7, n % 101 / 100,
        ("met", "not_met", "partly")[n % 3], n / 13, n % 9, f"The customer {n} was greeted at counter {n % 7}", n / 3,
        ("minor", "major", "critical")[n % 3],
    )  # fmt: skip


def with_xlsxwriter(rows: Rows, file: Path) -> Callable[[], object]:
    """Give what writes the rows with XlsxWriter, row after row."""
    import xlsxwriter  # noqa: PLC0415 - only one of both is loaded, so that neither's memory is the other's

    def write() -> None:
        book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
        sheet = book.add_worksheet("Data")
        head = book.add_format({"bold": True, "font_color": "white", "bg_color": "#1F2A44"})
        plain, percent = book.add_format({"bottom": 1}), book.add_format({"bottom": 1, "num_format": "0.0%"})
        sheet.write_row(0, 0, Row._fields, head)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                sheet.write(number, column, value, percent if column == Row._fields.index("share") else plain)
        sheet.autofilter(0, 0, len(rows), len(Row._fields) - 1)
        sheet.freeze_panes(1, 0)
        book.close()

    return write


def with_servaudit(rows: Rows, file: Path) -> Callable[[], object]:
    """Give what renders the rows from a workbook template."""
    import openpyxl  # noqa: PLC0415 - same; it makes the template
    from openpyxl.styles import Border, Font, PatternFill, Side  # noqa: PLC0415 - same

    from servaudit.render.workbook import render  # noqa: PLC0415 - same

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    for column, name in enumerate(Row._fields, 1):
        head, cell = sheet.cell(1, column, name), sheet.cell(3, column, f"{{{{ row.{name} }}}}")
        head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F2A44")
        cell.border = Border(bottom=Side("thin"))
        cell.number_format = "0.0%" if name == "share" else "General"
    sheet["A2"], sheet["A4"] = "{% for row in rows %}", "{% endfor %}"
    sheet.auto_filter.ref = f"A1:{sheet.cell(3, len(Row._fields)).coordinate}"
    sheet.freeze_panes = "A2"
    template = io.BytesIO()
    book.save(template)
    return lambda: file.write_bytes(render(template.getvalue(), {"rows": rows}))


def main() -> None:
    """Measure one of both."""
    _, which, count, file = sys.argv
    prepare = {"servaudit": with_servaudit, "xlsxwriter": with_xlsxwriter}[which]
    write = prepare(Rows(int(count)), Path(file))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    write()
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {"seconds": seconds, "mebibytes": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024}
        )
    )


main()

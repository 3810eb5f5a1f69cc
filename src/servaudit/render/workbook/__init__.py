"""Renders workbooks from workbook templates: an .xlsx whose cells hold Jinja expressions, edited in Excel itself.

- `{{ visit.title }}` in a cell: exactly one expression keeps its type (a number stays a number), more is text.
- A row whose first cell is `{% for c in criteria %}` … `{% endfor %}` or `{% if … %}` … `{% endif %}` (with `elif` and
  `else`) repeats or hides the rows between, nested as needed; the marker rows themselves disappear.
- `{% sheet for visit in visits %}` or `{% sheet if … %}` in A1 repeats or hides the whole sheet; its name, the titles
  of charts, text boxes, page headers and the document's title may hold expressions too.
- In formulas, relative references inside a loop speak of the same turn, those with `$` (and all from outside) of every
  row: `=D5/SUM(D$5:D$5)` is each row's share of the total.
- An expression that gives a `Link` makes the cell lead to its address, one that gives a `Named` gives the cell a name
  of the workbook, and one that gives a `Formula` is that formula.
- The list, the bounds and the messages of a validation may be expressions, typed as the text of a list: each row gets
  the validation that its own values make.

Only what changes is touched: the parts of the package are edited in place, so whatever Excel or LibreOffice put into
the template (themes, charts, images, sparklines, slicers) is in the report as well.
"""

from servaudit.render.errors import TemplateError
from servaudit.render.workbook.cells import Formula, Link, Named
from servaudit.render.workbook.render import render

__all__ = ["Formula", "Link", "Named", "TemplateError", "render"]

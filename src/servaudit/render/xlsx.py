"""Writes a report as a workbook, rendered from `templates/report.xlsx` or a user's own workbook template."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from functools import cache, partial
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from servaudit import resources
from servaudit.diagnostics import msg, reason
from servaudit.i18n import translator
from servaudit.i18n.formats import LOCALES
from servaudit.render import workbook
from servaudit.render.workbook import package
from servaudit.render.workbook.errors import fault
from servaudit.report.view import Badge, Figure
from servaudit.report.words import paired

if TYPE_CHECKING:
    from servaudit.report.document import Report
    from servaudit.report.view import CriterionRow, VisitView

NAME = "report.xlsx"
_LISTED = 50
_TOGETHER = (b"report.missed", b"report.data")


def render(report: Report, template: Path | None = None, *, folder: Path | None = None) -> bytes:
    """Write the workbook; the same report gives the same bytes. Raises TemplateError.

    `folder` is where the workbook will be: with it, photos that were found are linked. The template sees `report`, `_`
    and `ngettext` (sentences in the report's language), `day` (an ISO date as a date of the workbook), `tab` (a visit's
    name for its sheet), `photos` (a criterion's evidence, linked) and `facets` (a criterion's facets in one text). A
    `Figure` alone in a cell is its number, a `Badge` its word.
    """
    words = translator(report.language)
    made_from = content(template)
    return workbook.render(
        made_from,
        {
            "report": report,
            "_": words.t,
            "ngettext": words.n,
            "day": _day,
            "facets": lambda criterion: paired(criterion.facets),
            "photos": partial(_photos, folder),
            "tab": lambda visit: _tab(visit) if report.summary or report.rollups else words.t("Summary"),
        },
        file=str(template or NAME),
        native=_native,
        custom={**_metadata(report), "template": hashlib.sha256(made_from).hexdigest()},
        before_percent=LOCALES[report.language].before_percent,
    )


def overlooks(report: Report, template: Path) -> bool:
    """Tell whether a template shows visits one by one, where the report has none so, and nothing of what it has then.

    Raises TemplateError when it cannot be read.
    """
    if report.visits:
        return False
    parts = package.unpack(content(template)).values()
    one_by_one, together = (
        any(name in part for part in parts for name in names) for names in ((b"report.visits",), _TOGETHER)
    )
    return one_by_one and not together


def content(template: Path | None = None) -> bytes:
    """Read a workbook template, ours when none is named. Raises TemplateError."""
    try:
        return template.read_bytes() if template else _bundled()
    except OSError as error:
        message = msg("this template cannot be read: {reason}", reason=reason(error))
        raise fault(str(template), message) from error


@cache
def _bundled() -> bytes:
    return resources.templates().joinpath(NAME).read_bytes()


def _tab(visit: VisitView) -> str:
    """Name a visit's sheet; that of a part comes after the whole and says its standard, as its row in the summary."""
    return visit.standard_title if visit.role == "part" else visit.name


def _native(value: object) -> object:
    if isinstance(value, Figure):
        return value.value
    if isinstance(value, workbook.Link):
        return value
    return value.word if isinstance(value, Badge) else str(value)


def _day(iso: str | None) -> dt.date | str | None:
    try:
        return dt.date.fromisoformat(iso) if iso else None
    except ValueError:
        return iso


def _photos(folder: Path | None, visit: VisitView, criterion: CriterionRow) -> workbook.Link | str:
    """Name the evidence, one file a line; the cell leads to the first that was found beside the observation."""
    text = "\n".join(file.path for file in criterion.evidence)
    first = next((file.path for file in criterion.evidence if file.sha256), None)
    if folder is None or first is None:
        return text
    file = Path(visit.identity.observation_path).parent / PureWindowsPath(first).as_posix()
    try:
        address = Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # on another drive
        return workbook.Link(text, file.resolve().as_uri())
    return workbook.Link(text, quote(address))


def _metadata(report: Report) -> dict[str, str]:
    """Say in the document's properties what it was made by and from; by `servaudit` outputs recognise their own."""
    found = report.identities
    standards = dict.fromkeys(
        f"{one.standard}@{one.version} sha256:{one.standard_sha256} {one.standard_path}" for one in found
    )
    standards |= dict.fromkeys(one.checklist for one in found if one.checklist)
    observations = dict.fromkeys(f"{one.observation_path} sha256:{one.observation_sha256}" for one in found)
    values = {"servaudit": report.generator, "language": report.language, "standards": "\n".join(standards)}
    if len(observations) <= _LISTED:
        values["observations"] = "\n".join(observations)
    return values

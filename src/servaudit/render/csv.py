"""Writes one row per answer as CSV (RFC 4180), for spreadsheets and data tools.

The same file in every language: commas, decimal points, CRLF, UTF-8 with a byte order mark (without it Excel reads
accents as garbage). Who wants decimal commas asks for the workbook. A text that a spreadsheet would run as a formula
gets an apostrophe in front; numbers stay numbers, negative ones too.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

from servaudit.model.base import as_written
from servaudit.render.json import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servaudit.model.scorecard import CriterionScore, Reading, Scorecard

COLUMNS = (
    "visit", "site", "date", "auditor", "source", "standard", "version", "standard_sha256", "observation",
    "observation_sha256", "section", "criterion", "path", "answer_number", "answer", "value", "answer_points",
    "outcome", "severity", "status", "points", "max_points", "score", "weight", "effective_weight", "lost", "bonus",
    "facets", "note", "evidence",
)  # fmt: skip
HEADER = ("\ufeff" + ",".join(COLUMNS) + "\r\n").encode()

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_FORMULA = re.compile(r"[\t\r]|[\s\ufeff\u200b]*[=+\-@＝＋－＠]")


def rows(card: Scorecard) -> bytes:
    """Write the rows of one visit: one per answer, and one for each criterion that has none."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    visit, standard, observation = card.visit, card.standard, card.observation
    head = [
        visit.id, visit.site, visit.date, visit.auditor, visit.source, standard.id, standard.version, standard.sha256,
        observation.path, observation.sha256,
    ]  # fmt: skip
    for criterion in card.criteria:
        tail = _tail(criterion)
        readings: Iterable[Reading | None] = criterion.readings or (None,)
        for number, reading in enumerate(readings, 1):
            answer = (
                [number, reading.raw, reading.value, reading.points] if reading else [None, criterion.raw] + [None] * 2
            )
            row = [*head, criterion.section, criterion.id, criterion.path, *answer, *tail]
            writer.writerow([_field(value) for value in row])
    return text.getvalue().encode("utf-8", "replace")


def _tail(criterion: CriterionScore) -> list[object]:
    return [
        criterion.outcome, criterion.severity, criterion.status, criterion.points, criterion.max_points,
        criterion.score, criterion.weight, criterion.effective_weight, criterion.lost, criterion.bonus,
        _pairs(criterion.facets), criterion.note,
        "; ".join(f"{file.path} {file.sha256 or ''}".strip() for file in criterion.evidence),
    ]  # fmt: skip


def _pairs(facets: Mapping[str, str]) -> str:
    return "; ".join(f"{facet}={value}" for facet, value in facets.items())


def _field(value: object) -> str:
    """Spell one field: numbers rounded to 9 decimals, truth as yes and no, text harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and not hasattr(value, "text"):
        return str(int(value)) if value.is_integer() else repr(round(value, DECIMALS) + 0.0)
    if isinstance(value, int | float):
        return str(as_written(value))
    if isinstance(value, tuple | list):
        value = "; ".join(str(as_written(item)) for item in value)
    elif hasattr(value, "items"):
        value = json.dumps(value, ensure_ascii=False, default=str)
    text = _CONTROL.sub("", str(value))
    return f"'{text}" if _FORMULA.match(text) else text

"""Writes problems as SARIF 2.1.0, which code hosts and editors read: columns count characters, from 1."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from servaudit import __version__
from servaudit.diagnostics import CODES, Cell, Span
from servaudit.render.problems import helped, path, told, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.diagnostics import Diagnostic
    from servaudit.i18n.translator import Translator

Json = dict[str, Any]

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LINK: Final = re.compile(r"\](?=\()")
_PLACEHOLDER: Final = re.compile(r"\{(?=\d)")


def render(problems: Sequence[Diagnostic], tr: Translator) -> str:
    """Write one run, with a rule for each code that is met."""
    codes = sorted({problem.code for problem in problems})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CODES[code].meaning},
            "defaultConfiguration": {"level": CODES[code].severity},
        }
        for code in codes
    ]
    driver = {"name": "servaudit", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "language": tr.language,
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code), tr) for problem in problems],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(problem: Diagnostic, rule: int, tr: Translator) -> Json:
    text = "\n".join(filter(None, (told(problem, tr), helped(problem, tr))))
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": _plain(text)},
        "locations": [_location(problem)],
    }


def _plain(text: str) -> str:
    """Keep readers from taking a text somebody typed for a link (`[…](…)`) or a placeholder (`{0}`)."""
    return _PLACEHOLDER.sub("{ ", _LINK.sub("] ", text))


def _location(problem: Diagnostic) -> Json:
    where = problem.where
    physical: Json = {"artifactLocation": _artifact(problem.file)}
    if isinstance(where, Span):
        region: Json = {"startLine": where.line, "startColumn": where.column, "endColumn": where.end_column}
        if where.snippet.strip():
            region["snippet"] = {"text": visible(where.snippet)}
        physical["region"] = region
    location: Json = {"physicalLocation": physical}
    if isinstance(where, Cell):
        location["logicalLocations"] = [{"fullyQualifiedName": visible(f"{where.sheet}!{where.cell}")}]
    return location


def _artifact(file: str) -> Json:
    name = path(file)
    if name.startswith("/"):
        return {"uri": f"file://{quote(name)}"}
    if re.match("[A-Za-z]:/", name):
        return {"uri": f"file:///{quote(name, safe='/:')}"}
    return {"uri": quote(name), "uriBaseId": "%SRCROOT%"}

"""Writes problems as the XML of JUnit, which CI servers read: a test for each file, a failure for each error in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from servaudit.diagnostics import Span
from servaudit.render.problems import helped, path, told, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servaudit.diagnostics import Diagnostic
    from servaudit.i18n.translator import Translator

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render(problems: Sequence[Diagnostic], files: Sequence[str], tr: Translator, *, strict: bool = False) -> str:
    """Write the tests: `files` are all that were checked; a warning fails where `strict` says so.

    What is not ASCII is written by its number, so that the document is right in whatever encoding it is kept.
    """
    by_file: dict[str, list[Diagnostic]] = {file: [] for file in files}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    cases = [case for file, found in by_file.items() for case in _cases(file, found, tr, strict=strict)]
    counts = f'tests="{len(cases)}" failures="{sum("<failure" in case for case in cases)}" errors="0" skipped="0"'
    body = "\n".join(cases)
    text = f'{HEAD}<testsuites name="servaudit" {counts}>\n<testsuite name="servaudit validate" {counts}>\n{body}\n'
    return f"{text}</testsuite>\n</testsuites>\n".encode("ascii", "xmlcharrefreplace").decode("ascii")


def _cases(file: str, found: Sequence[Diagnostic], tr: Translator, *, strict: bool) -> Iterator[str]:
    """Write a test for each problem of a file, since servers show one failure of a test; one for a file without."""
    name = path(file)
    if not found:
        yield f"<testcase classname={quoteattr(name)} name={quoteattr(name)} file={quoteattr(name)}/>"
    for problem in found:
        where = problem.where
        line = f' line="{where.line}"' if isinstance(where, Span) else ""
        place = f"{where.line}:{where.column} " if isinstance(where, Span) else ""
        message = told(problem, tr)
        lines = [f"{visible(str(where))}: {message}"]
        lines += [visible(where.snippet.strip())] if isinstance(where, Span) and where.snippet.strip() else []
        lines += [text] if (text := helped(problem, tr)) else []
        title = f"{place}{problem.code}: {message}"
        tag = "failure" if strict or problem.severity == "error" else "system-out"
        told_in = f" type={quoteattr(problem.code)} message={quoteattr(message)}" if tag == "failure" else ""
        yield (
            f"<testcase classname={quoteattr(name)} name={quoteattr(title)} file={quoteattr(name)}{line}>"
            f"<{tag}{told_in}>{escape(chr(10).join(lines))}</{tag}></testcase>"
        )

"""What a YAML parser complains of, in words that say what to do, shown where it can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.diagnostics import Diagnostic, Message, msg
from servaudit.sources.places import span

if TYPE_CHECKING:
    import yaml

_SYNTAX: dict[str, tuple[Message, Message | None]] = {
    "mapping values are not allowed in this context": (
        msg("a colon is not expected here"),
        msg("put quotes around a text that contains “: ”, and check the indentation"),
    ),
    "could not find expected ':'": (
        msg("a key without its colon"),
        msg("write “key: value”, with a space after the colon"),
    ),
    "did not find expected key": (
        msg("a key is expected here"),
        msg("check the indentation of this line and of the ones before it, and that quotes are closed"),
    ),
    "did not find expected '-' indicator": (
        msg("a list item is expected here"),
        msg("the items of a list start with “- ” in the same column"),
    ),
    "did not find expected ',' or ']'": (msg("this list is not closed"), msg("separate items by commas and end by ]")),
    "did not find expected ',' or '}'": (
        msg("this mapping is not closed"),
        msg("separate entries by commas and end by }}"),
    ),
    "found unexpected end of stream": (msg("the file ends in the middle of a text"), msg("close the quotes")),
    "found unexpected document indicator": (
        msg("a document separator in the middle of a text"),
        msg("close the quotes"),
    ),
    "found character that cannot start any token": (
        msg("this character cannot start a value"),
        msg("indent with spaces, not tabs, and put quotes around a text that starts with @ ` or %"),
    ),
    "found a tab character that violates indentation": (msg("a tab in the indentation"), msg("indent with spaces")),
    "found unknown escape character": (
        msg("an unknown escape after a backslash"),
        msg("double the backslash, or use single quotes"),
    ),
    "block sequence entries are not allowed in this context": (
        msg("a list cannot start on this line"),
        msg("start it on the line below"),
    ),
    "found undefined tag handle": (msg("a YAML tag"), msg("put quotes around a text that starts with !")),
}


_LIST, _MAPPING = "did not find expected ',' or ']'", "did not find expected ',' or '}'"
_UNCLOSED = frozenset({"found unexpected end of stream", _LIST, _MAPPING})
"""Complaints that are better shown where the text, list or mapping starts."""


def complaint(file: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    """Make a diagnostic of what the parser refused."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "syntax error")
    met, started = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if problem in (_LIST, _MAPPING) and met is not None and started is not None:
        sign = _stray(text, started.index, met.index)
        if sign:
            return Diagnostic("yaml-syntax", span(file, text, met.index, met.index + 1), *_in_brackets(sign))
    mark = (started or met) if problem in _UNCLOSED else (met or started)
    index: int = mark.index if mark is not None else getattr(error, "position", 0)
    # At the end of the file there is nothing to show: the last line that says something is shown instead.
    index = min(index, len(text.rstrip()) - 1) if index >= len(text.rstrip()) else index
    message, remedy = _SYNTAX.get(problem, (msg("this is not valid YAML: {problem}", problem=problem), None))
    return Diagnostic("yaml-syntax", span(file, text, index, index + 1), message, remedy)


def _stray(text: str, start: int, at: int) -> str:
    """Give the sign at `at` that breaks the brackets open since `start`; empty where they were left open.

    They were where the file ends, where another bracket closes, or on a line that is not set in under theirs.
    """
    sign = text[at : at + 1].strip()
    first, last = (text.rfind("\n", 0, offset) + 1 for offset in (start, at))
    under = first == last or _set_in(text, last) > _set_in(text, first)
    return sign if under and sign not in ("]", "}") else ""


def _set_in(text: str, line: int) -> int:
    """Count the spaces, and dashes of lists, that the line starting at offset `line` begins with."""
    rest = text[line:].partition("\n")[0]
    return len(rest) - len(rest.lstrip(" -"))


def _in_brackets(sign: str) -> tuple[Message, Message]:
    return (
        msg("“{sign}” cannot stand here, in brackets", sign=sign),
        msg("put quotes around a text that has a colon, a comma, a quote or a bracket; separate entries by commas"),
    )

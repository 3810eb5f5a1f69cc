"""The one expression language: read, checked against the names and types a standard gives, and compiled.

It is what Jinja's and Python's expressions have in common (`and or not in`, comparisons, `+ - * /`, inline `if`,
`a.b`, `a[b]`, six functions), so that anybody who has written a template can write a rule; a property test compares
its results with Jinja's own. Python's parser reads it, which costs no import and knows columns. A compiled expression
is a tree of closures over a mapping of names: there is no code to escape from, and nothing in it can loop.
"""

from __future__ import annotations

import ast
import keyword
import re
import warnings
from typing import TYPE_CHECKING, Any

from servaudit.diagnostics import msg
from servaudit.scoring.closures import Closures, Evaluate, Fault, Scope, StopError, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servaudit.scoring.types import Type

__all__ = ["Expression", "Fault", "compile_expression"]

MAX_LENGTH = 1000
_MEANT = {"=": "==", "&": "and", "|": "or", "!": "not", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "−": "-",
          "“": "'", "”": "'", "‘": "'", "’": "'", "«": "'", "»": "'"}  # fmt: skip
_RESERVED_WORD = re.compile(rf"\b([a-z]\w*)\.({'|'.join(keyword.kwlist)})\b")


class Expression:
    """A compiled expression: call it with the names it may see.

    `decided` lists the comparisons whose result no answer can change: place and result.
    """

    __slots__ = ("decided", "evaluate", "names", "source", "tree", "type")

    def __init__(self, source: str, compiler: Closures, kind: Type, evaluate: Evaluate, tree: ast.expr) -> None:
        self.source, self.type, self.evaluate, self.tree = source, kind, evaluate, tree
        self.names, self.decided = frozenset(compiler.used), tuple(compiler.decided)

    def __call__(self, scope: Scope) -> Any:  # noqa: ANN401 - null, unknown, a number, a text, a truth value, a list
        """Evaluate; never raises."""
        return self.evaluate(scope)

    def holds(self, scope: Scope) -> bool:
        """Evaluate as a condition: null and unknown do not hold."""
        return bool(self.evaluate(scope))


def compile_expression(source: str, known: Mapping[str, Type]) -> Expression | Fault:
    """Compile `source` over the `known` names, or say what is wrong with it."""
    if len(source) > MAX_LENGTH:
        return Fault("expression-syntax", msg("an expression has at most {limit} characters", limit=MAX_LENGTH))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = ast.parse(one_line(source).strip(), mode="eval").body
        comment = _comment(source, tree)
        if comment is not None:
            return _unreadable(source, comment)
    except (SyntaxError, ValueError, MemoryError, RecursionError, Warning) as error:
        return _unreadable(source, getattr(error, "offset", 1))
    compiler = Closures(source, known)
    try:
        evaluate, kind = compiler.visit(tree, 0)
    except StopError as stop:
        return stop.fault
    return Expression(source, compiler, kind, evaluate, tree)


def _comment(source: str, tree: ast.expr) -> int | None:
    """Find the column of a comment, which would hide the rest of a rule folded on one line; None without any."""
    line = one_line(source).strip().encode()
    rest = line[tree.end_col_offset or 0 :]
    return None if b"#" not in rest else len(line[: line.index(b"#", tree.end_col_offset or 0)].decode()) + 1


def _unreadable(source: str, column: int | None) -> Fault:
    """Say where Python's parser gave up; column 0 is its word for the end."""
    lead, end = len(source) - len(source.lstrip()), len(source.rstrip()) - 1
    at = max(0, min(lead + column - 1, end) if column else end)
    unfinished = source[at : at + 1] == "=" and source[max(at - 1, 0) : at] in ("<", ">", "=", "!")
    right = None if unfinished else _MEANT.get(source[at : at + 1])
    word = _RESERVED_WORD.search(source)
    help_ = msg("write conditions like: score >= 0.8 and missed.critical == 0")
    if right:
        help_ = msg("write {right} instead of {wrong}", right=right, wrong=source[at])
    elif word:
        help_ = msg("write {right} instead of {wrong}", right=f"{word[1]}['{word[2]}']", wrong=word[0])
    return Fault("expression-syntax", msg("this is not an expression"), at, help_)

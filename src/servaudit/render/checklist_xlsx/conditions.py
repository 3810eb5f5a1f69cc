"""Turns the expressions of a standard into formulas: what is null is an empty text, what nobody knows yet is #N/A."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Literal, NamedTuple

from servaudit.model.base import key
from servaudit.scoring.arithmetic import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Kind = Literal["number", "text", "bool"]
LONGEST = 2000
"""Characters of one condition: beyond it, nobody reads it and Excel may refuse the formula it stands in."""
FORMULA = 8000
"""Characters of one formula: Excel takes 8,192."""
NESTED = 60
"""Levels of IF in one formula: Excel takes 64."""
LABEL = 255
"""Characters of a text in a formula: what Excel takes."""

_OPERATORS = {"Eq": "=", "NotEq": "<>", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">="}
_ARITHMETIC = {"Add": "+", "Sub": "-", "Mult": "*"}
_CONSTANTS = {"true": True, "True": True, "false": False, "False": False}


class UnsupportedError(Exception):
    """An expression, or a rule, that a sheet does not compute: it is scored on import."""


class Term(NamedTuple):
    """A part of a formula. `null`: it may be an empty text; `unknown`: it may be #N/A."""

    text: str
    kind: Kind
    null: bool = False
    unknown: bool = False
    constant: object = None


def translate(tree: ast.expr, lookup: Callable[[str], Term]) -> Term:
    """Turn an expression into a formula; `lookup` gives the term of a dotted name. Raises UnsupportedError."""
    term = _Translator(lookup).term(tree)
    if len(term.text) > LONGEST:
        raise UnsupportedError
    return term


def condition(tree: ast.expr, lookup: Callable[[str], Term]) -> Term:
    """Turn an expression into TRUE, FALSE or (where it rests on what is not known) #N/A."""
    return truth(translate(tree, lookup))


def constant(value: object) -> Term:
    """Write a value of the standard itself. Raises UnsupportedError for lists and mappings."""
    if isinstance(value, bool):
        return Term("TRUE" if value else "FALSE", "bool", constant=value)
    if isinstance(value, int | float):
        return Term(number(value), "number", constant=value)
    if isinstance(value, str):
        return Term(quoted(value), "text", constant=value)
    raise UnsupportedError


def number(value: float) -> str:
    """Write a number as formulas do."""
    return key(float(value)).upper() if abs(value) < 1e15 else repr(float(value)).upper()  # noqa: PLR2004 - whole numbers are exact up to it


def quoted(text: str) -> str:
    """Write a text as formulas do. Raises UnsupportedError for one that is longer than formulas take."""
    if len(text) > LABEL:
        raise UnsupportedError
    return '"' + text.replace('"', '""') + '"'


def given(cells: Iterable[str]) -> str:
    """Count the cells that are not empty; functions take 255 arguments."""
    names = list(cells)
    return "+".join(f"COUNTA({','.join(names[start : start + 200])})" for start in range(0, len(names), 200))


def all_of(terms: Sequence[Term]) -> Term:
    """Join conditions by `and`: FALSE as soon as one is, whatever is unknown of the others."""
    return _joined(list(terms), decisive="FALSE", function="AND")


def _joined(terms: list[Term], *, decisive: str, function: str) -> Term:
    if len(terms) == 1:
        return terms[0]
    texts = [term.text for term in terms]
    plain = f"{function}({','.join(texts)})"
    unknown = [term for term in terms if term.unknown]
    if not unknown:
        return Term(plain, "bool")
    other = "TRUE" if decisive == "FALSE" else "FALSE"
    sure = [f"IFERROR({term.text},{other})" if term.unknown else term.text for term in terms]
    return Term(f"IF({function}({','.join(sure)})={decisive},{decisive},{plain})", "bool", unknown=True)


def truth(term: Term) -> Term:
    """Take a term for a condition: a number holds unless it is zero. Raises UnsupportedError for a text."""
    if term.kind == "bool":
        return term
    if term.kind == "text":
        raise UnsupportedError
    return Term(_guarded([term], f"{term.text}<>0", "FALSE"), "bool", unknown=term.unknown)


def _guarded(terms: Sequence[Term], core: str, otherwise: str) -> str:
    """Compute `core` where every term is a number, else what stands for null; the unknown stays unknown."""
    doubtful = [term for term in terms if term.null or term.unknown]
    if not doubtful:
        return core
    known = _many("AND", [f"ISNUMBER({term.text})" for term in doubtful])
    unknown = [f"ISERROR({term.text})" for term in doubtful if term.unknown]
    if unknown:
        otherwise = f"IF({_many('OR', unknown)},NA(),{otherwise})"
    return f"IF({known},{core},{otherwise})"


def _many(function: str, tests: list[str]) -> str:
    return tests[0] if len(tests) == 1 else f"{function}({','.join(tests)})"


class _Translator:
    def __init__(self, lookup: Callable[[str], Term]) -> None:
        self._lookup = lookup

    def term(self, node: ast.expr) -> Term:
        method: Callable[[ast.expr], Term] | None = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise UnsupportedError
        return method(node)

    def _constant(self, node: ast.Constant) -> Term:
        return constant(node.value)

    def _name(self, node: ast.Name) -> Term:
        return constant(_CONSTANTS[node.id]) if node.id in _CONSTANTS else self._lookup(node.id)

    def _attribute(self, node: ast.Attribute | ast.Subscript) -> Term:
        return self._lookup(_dotted(node))

    _subscript = _attribute

    def _unaryop(self, node: ast.UnaryOp) -> Term:
        term = self.term(node.operand)
        if isinstance(node.op, ast.Not):
            holds = truth(term)
            return Term(f"NOT({holds.text})", "bool", unknown=holds.unknown)
        if term.kind != "number":
            raise UnsupportedError
        sign = "-" if isinstance(node.op, ast.USub) else ""
        return Term(_guarded([term], f"{sign}({term.text})", '""'), "number", term.null, term.unknown)

    def _binop(self, node: ast.BinOp) -> Term:
        left, right = self.term(node.left), self.term(node.right)
        if {left.kind, right.kind} != {"number"}:
            raise UnsupportedError
        null, unknown = left.null or right.null, left.unknown or right.unknown
        if isinstance(node.op, ast.Div):
            core = f'IF({right.text}=0,"",({left.text})/({right.text}))'
            return Term(_guarded([left, right], core, '""'), "number", null=True, unknown=unknown)
        sign = _ARITHMETIC[type(node.op).__name__]
        return Term(_guarded([left, right], f"({left.text}){sign}({right.text})", '""'), "number", null, unknown)

    def _boolop(self, node: ast.BoolOp) -> Term:
        terms = [truth(self.term(item)) for item in node.values]
        if isinstance(node.op, ast.And):
            return all_of(terms)
        return _joined(terms, decisive="TRUE", function="OR")

    def _ifexp(self, node: ast.IfExp) -> Term:
        test, yes, no = truth(self.term(node.test)), self.term(node.body), self.term(node.orelse)
        if yes.kind != no.kind:
            raise UnsupportedError
        unknown = test.unknown or yes.unknown or no.unknown
        return Term(f"IF({test.text},{yes.text},{no.text})", yes.kind, yes.null or no.null, unknown)

    def _compare(self, node: ast.Compare) -> Term:
        operands = [node.left, *node.comparators]
        pairs = []
        for index, op in enumerate(node.ops):
            if isinstance(op, ast.In | ast.NotIn):
                pairs.append(self._member(operands[index], operands[index + 1], inside=isinstance(op, ast.In)))
            else:
                sides = self.term(operands[index]), self.term(operands[index + 1])
                pairs.append(_compared(*sides, _OPERATORS[type(op).__name__]))
        return all_of(pairs)

    def _member(self, item: ast.expr, group: ast.expr, *, inside: bool) -> Term:
        if not isinstance(group, ast.List | ast.Tuple) or not group.elts:
            raise UnsupportedError
        term = self.term(item)
        found = [_compared(term, self.term(one), "=" if inside else "<>") for one in group.elts]
        return _joined(found, decisive="TRUE", function="OR") if inside else all_of(found)

    def _call(self, node: ast.Call) -> Term:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        terms = [self.term(item) for item in node.args]
        if not terms or any(term.kind != "number" for term in terms):
            raise UnsupportedError
        first, texts = terms[0].text, ",".join(term.text for term in terms)
        round9 = f"ROUND({first},{DECIMALS})"
        written: Mapping[str, str] = {
            "min": f"MIN({texts})",
            "max": f"MAX({texts})",
            "abs": f"ABS({first})",
            "round": f"ROUND({round9},{terms[1].text if len(terms) > 1 else 0})",
            "ceil": f"-INT(-{round9})",
            "floor": f"INT({round9})",
        }
        unknown, null = any(term.unknown for term in terms), any(term.null for term in terms)
        return Term(_guarded(terms, written[name], '""'), "number", null, unknown)


def _compared(left: Term, right: Term, operator: str) -> Term:
    """Compare two terms: null makes it FALSE, the unknown leaves it unknown; numbers agree at nine decimals."""
    unknown = left.unknown or right.unknown
    if {left.kind, right.kind} == {"number"}:
        core = f"{_rounded(left)}{operator}{_rounded(right)}"
        return Term(_guarded([left, right], core, "FALSE"), "bool", unknown=unknown)
    if operator not in ("=", "<>"):
        raise UnsupportedError
    if {left.kind, right.kind} == {"bool"}:
        return Term(f"{left.text}{operator}{right.text}", "bool", unknown=unknown)
    left, right = (_worded(term) for term in (left, right))
    core = f"{left.text}{operator}{right.text}"
    empty = [f'{term.text}<>""' for term in (left, right) if term.null]
    return Term(core if operator == "=" or not empty else f"AND({','.join([*empty, core])})", "bool", unknown=unknown)


def _worded(term: Term) -> Term:
    """Take a number that is compared with the key of an answer for the key it is: 5 is "5"."""
    if term.kind == "text":
        return term
    if term.kind == "number" and isinstance(term.constant, int | float):
        return constant(key(float(term.constant)))
    raise UnsupportedError


def _rounded(term: Term) -> str:
    if isinstance(term.constant, int | float):
        return number(round(float(term.constant), DECIMALS))
    return f"ROUND({term.text},{DECIMALS})"


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return f"{_dotted(node.value)}.{key(node.slice.value)}"
    raise UnsupportedError

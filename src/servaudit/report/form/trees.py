"""An expression as data that a small evaluator runs where there is no Python: lists of an operation and its operands.

`score >= parameters.good` is `[">=", ["name", "score"], ["of", ["name", "parameters"], "good"]]`; texts, numbers,
truth values and null stand for themselves.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from servaudit.model.base import key

if TYPE_CHECKING:
    from servaudit.scoring.expressions import Expression

Tree = list[Any] | str | float | bool | None

_OPERATIONS: Final = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">",
    "GtE": ">=", "In": "in", "NotIn": "not in", "And": "and", "Or": "or", "Not": "not", "USub": "-", "UAdd": "+",
}  # fmt: skip
_CONSTANTS: Final = {"true": True, "false": False, "none": None}


def tree(expression: Expression) -> Tree:
    """Give the tree of an expression that was compiled, hence has nothing else in it."""
    return _node(expression.tree, expression.names)


def _node(  # noqa: C901, PLR0911, PLR0912 - one case for each kind of node
    node: ast.expr, names: frozenset[str]
) -> Tree:
    def read(one: ast.expr) -> Tree:
        return _node(one, names)

    match node:
        case ast.Constant(value=value):
            return value if isinstance(value, str | int | float | bool) else None
        case ast.Name(id=name):
            return ["name", name] if name in names else _CONSTANTS[name.lower()]
        case ast.Attribute(value=owner, attr=name):
            return ["of", read(owner), name]
        case ast.Subscript(value=owner, slice=ast.Constant(value=str() | int() | float() as index)):
            return ["of", read(owner), key(index)]
        case ast.Subscript(value=owner, slice=inner):
            return ["of", read(owner), read(inner)]
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return ["list", *map(read, items)]
        case ast.UnaryOp(op=op, operand=operand):
            return [_sign(op), read(operand)]
        case ast.BinOp(left=left, op=op, right=right):
            return [_sign(op), read(left), read(right)]
        case ast.BoolOp(op=op, values=values):
            return [_sign(op), *map(read, values)]
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return ["if", read(test), read(body), read(orelse)]
        case ast.Compare(left=left, ops=ops, comparators=others):
            operands = [read(one) for one in (left, *others)]
            pairs: list[Tree] = [[_sign(op), *operands[place : place + 2]] for place, op in enumerate(ops)]
            return pairs[0] if len(pairs) == 1 else ["and", *pairs]
        case ast.Call(func=ast.Name(id=function), args=args):
            return [function, *map(read, args)]
        case _:
            raise AssertionError(f"no expression has a {type(node).__name__}")


def _sign(op: ast.AST) -> str:
    return _OPERATIONS[type(op).__name__]

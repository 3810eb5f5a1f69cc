"""The parsed tree of an expression turned into closures: names looked up, types checked, everything else refused."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from servaudit.diagnostics import Message, did_you_mean, msg
from servaudit.model.base import key
from servaudit.scoring import types
from servaudit.scoring.arithmetic import DECIMALS
from servaudit.scoring.types import ANY, BOOL, NUMBER, Type
from servaudit.scoring.values import ARITY, COMPARISONS, FUNCTIONS, OPERATIONS, UNKNOWN, equal, operate

Scope = Mapping[str, Any]
Evaluate = Callable[[Scope], Any]
MAX_DEPTH = 40
MAX_NUMBER = 1e15
_CONSTANTS = {"true": True, "false": False, "none": None, "True": True, "False": False, "None": None}


_BEYOND = (
    msg("this cannot be used in an expression"),
    msg("an expression has + - * /, comparisons, and, or, not, in, if … else, min, max, abs, round, ceil, floor"),
)


class Fault(NamedTuple):
    """Something wrong in an expression, `at` that many characters from its beginning."""

    code: str
    message: Message
    at: int = 0
    help: Message | None = None


class StopError(Exception):
    """Carries a fault out of the tree it was found in."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


class Closures:
    """Walks the parsed tree once: each node becomes a closure and a type, or the expression is refused."""

    def __init__(self, source: str, known: Mapping[str, Type]) -> None:
        self.source = one_line(source).strip()
        self.lead = len(source) - len(source.lstrip())
        self.known = known
        self.used: set[str] = set()
        self.decided: list[tuple[int, bool]] = []

    def at(self, node: ast.AST) -> int:
        """Count the characters before a node."""
        return self.lead + len(self.source.encode()[: getattr(node, "col_offset", 0)].decode(errors="ignore"))

    def stop(self, node: ast.AST, code: str, message: Message, help_: Message | None = None) -> StopError:
        """Make what ends the walk: a fault at a node."""
        return StopError(Fault(code, message, self.at(node), help_))

    def visit(self, node: ast.expr, depth: int) -> tuple[Evaluate, Type]:
        """Turn a node into its closure and type. Raises StopError for what has no place in an expression."""
        if depth > MAX_DEPTH:
            raise self.stop(node, "expression-syntax", msg("an expression nests at most {limit} deep", limit=MAX_DEPTH))
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise self.stop(node, "expression-syntax", *_BEYOND)
        compiled: tuple[Evaluate, Type] = method(node, depth + 1)
        return compiled

    def _constant(self, node: ast.Constant, _: int) -> tuple[Evaluate, Type]:
        value = node.value
        bounded = isinstance(value, int | float) and abs(value) <= MAX_NUMBER
        if not (value is None or isinstance(value, str) or bounded):
            raise self.stop(node, "expression-syntax", *_BEYOND)
        return (lambda _: value), types.of(value)

    def _name(self, node: ast.Name, _: int) -> tuple[Evaluate, Type]:
        name = node.id
        if name not in self.known:
            if name in _CONSTANTS:
                value = _CONSTANTS[name]
                return (lambda _: value), types.of(value)
            raise self.stop(
                node,
                "unknown-name",
                msg("unknown name “{name}”", name=name),
                did_you_mean(name, self.known)
                or msg(
                    "known here: {names}; a text stands in quotes: '{name}'", names=", ".join(self.known), name=name
                ),
            )
        self.used.add(name)
        return (lambda scope: scope[name]), self.known[name]

    def _attribute(self, node: ast.Attribute, depth: int) -> tuple[Evaluate, Type]:
        return self._member(node, node.value, node.attr, depth)

    def _subscript(self, node: ast.Subscript, depth: int) -> tuple[Evaluate, Type]:
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str | int | float):
            return self._member(node, node.value, key(node.slice.value), depth)
        owner, kind = self.visit(node.value, depth)
        index, index_kind = self.visit(node.slice, depth)
        if kind.kind not in ("map", "any"):
            raise self.stop(node, "expression-type", msg("this is not a list of named values"))
        known = kind.names or {}
        if kind.names is not None and index_kind.words:
            missing = sorted(word for word in index_kind.words if word not in known)
            if missing:
                raise self.stop(node, "unknown-name", msg("nothing is declared here for “{name}”", name=missing[0]))
        if isinstance(node.value, ast.Name):  # it may rest on any of them
            self.used.update(f"{node.value.id}.{name}" for name in known)
        kinds = {item.kind for item in known.values()}
        return (lambda scope: _item(owner(scope), index(scope))), Type(kinds.pop()) if len(kinds) == 1 else ANY

    def _member(self, node: ast.expr, owner: ast.expr, name: str, depth: int) -> tuple[Evaluate, Type]:
        read, kind = self.visit(owner, depth)
        if name.startswith("_") or kind.kind not in ("map", "any"):
            raise self.stop(node, "expression-type", msg("“{name}” cannot be looked up here", name=name))
        if isinstance(owner, ast.Name):
            self.used.add(f"{owner.id}.{name}")
        if kind.names is not None and name not in kind.names:
            raise self.stop(
                node,
                "unknown-name",
                msg("unknown name “{name}”", name=f"{ast.unparse(owner)}.{name}"),
                did_you_mean(name, kind.names),
            )
        return (lambda scope: _item(read(scope), name)), (kind.names[name] if kind.names is not None else ANY)

    def _list(self, node: ast.List | ast.Tuple, depth: int) -> tuple[Evaluate, Type]:
        parts = [self.visit(item, depth) for item in node.elts]
        texts = [kind.words for _, kind in parts]
        known = frozenset().union(*(word for word in texts if word)) if parts and all(texts) else None
        readers = [read for read, _ in parts]

        def items(scope: Scope) -> Any:  # noqa: ANN401 - what an expression gives
            values = [read(scope) for read in readers]
            return UNKNOWN if any(value is UNKNOWN for value in values) else values

        return items, Type("list", words=known)

    _tuple = _list

    def _unaryop(self, node: ast.UnaryOp, depth: int) -> tuple[Evaluate, Type]:
        read, kind = self.visit(node.operand, depth)
        if isinstance(node.op, ast.Not):
            self._condition(node.operand, kind)
            return (lambda scope: UNKNOWN if (value := read(scope)) is UNKNOWN else not value), BOOL
        if not isinstance(node.op, ast.USub | ast.UAdd):
            raise self.stop(node, "expression-syntax", *_BEYOND)
        self._number(node.operand, kind)
        sign = -1 if isinstance(node.op, ast.USub) else 1
        bounds = sorted(sign * bound for bound in (kind.low, kind.high) if bound is not None)
        exact = Type("number", low=bounds[0], high=bounds[1]) if len(bounds) == 2 else NUMBER  # noqa: PLR2004 - a low and a high one
        return (lambda scope: operate(lambda x: sign * x, [read(scope)])), exact

    def _binop(self, node: ast.BinOp, depth: int) -> tuple[Evaluate, Type]:
        operation = OPERATIONS.get(type(node.op).__name__)
        if operation is None:
            raise self.stop(node, "expression-syntax", *_BEYOND)
        left, left_kind = self.visit(node.left, depth)
        right, right_kind = self.visit(node.right, depth)
        self._number(node.left, left_kind)
        self._number(node.right, right_kind)
        return (lambda scope: operate(operation, [left(scope), right(scope)])), NUMBER

    def _boolop(self, node: ast.BoolOp, depth: int) -> tuple[Evaluate, Type]:
        parts = [self.visit(item, depth) for item in node.values]
        for item, (_, kind) in zip(node.values, parts, strict=True):
            self._condition(item, kind)
        readers, kinds = [read for read, _ in parts], {kind.kind for _, kind in parts}
        both, decisive = types.joined(kinds), isinstance(node.op, ast.Or)
        return (lambda scope: _first(readers, scope, decisive=decisive)), both

    def _ifexp(self, node: ast.IfExp, depth: int) -> tuple[Evaluate, Type]:
        test, kind = self.visit(node.test, depth)
        self._condition(node.test, kind)
        yes, yes_kind = self.visit(node.body, depth)
        no, no_kind = self.visit(node.orelse, depth)

        def choose(scope: Scope) -> Any:  # noqa: ANN401 - same
            answer = test(scope)
            return UNKNOWN if answer is UNKNOWN else yes(scope) if answer else no(scope)

        return choose, Type(yes_kind.kind) if yes_kind.kind == no_kind.kind else ANY

    def _compare(self, node: ast.Compare, depth: int) -> tuple[Evaluate, Type]:
        operands = [node.left, *node.comparators]
        parts = [self.visit(item, depth) for item in operands]
        pairs = []
        for index, op in enumerate(node.ops):
            name = type(op).__name__
            if name not in COMPARISONS:
                raise self.stop(node, "expression-syntax", *_BEYOND)
            self._comparable(operands[index : index + 2], parts[index][1], parts[index + 1][1], name)
            result = types.decided(name, parts[index][1], parts[index + 1][1])
            if result is not None:
                self.decided.append((self.at(operands[index]), result))
            pairs.append(_comparison(COMPARISONS[name], parts[index][0], parts[index + 1][0]))
        if len(pairs) == 1:
            return pairs[0], BOOL
        return (lambda scope: _first(pairs, scope, decisive=False)), BOOL

    def _call(self, node: ast.Call, depth: int) -> tuple[Evaluate, Type]:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS or node.keywords or any(isinstance(item, ast.Starred) for item in node.args):
            raise self.stop(
                node, "unknown-name", msg("only these functions can be called: {names}", names=", ".join(FUNCTIONS))
            )
        least, most = ARITY[name]
        if not least <= len(node.args) <= most:
            raise self.stop(
                node,
                "expression-type",
                msg("“{name}” takes {least} to {most} values", name=name, least=least, most=most),
            )
        parts = [self.visit(item, depth) for item in node.args]
        for item, (_, kind) in zip(node.args, parts, strict=True):
            if not (name in ("min", "max") and kind.kind == "list" and len(parts) == 1):
                self._number(item, kind)
        if name == "round" and len(parts) == most:
            self._decimals(node.args[1], parts[1][1])
        function, readers = FUNCTIONS[name], [read for read, _ in parts]

        def call(scope: Scope) -> Any:  # noqa: ANN401 - same
            values = [read(scope) for read in readers]
            if name in ("min", "max") and len(values) == 1 and isinstance(values[0], list):
                values = values[0]
            return operate(function, values)

        return call, NUMBER

    def _number(self, node: ast.expr, kind: Type) -> None:
        if kind.kind not in ("number", "bool", "any"):
            raise self.stop(node, "expression-type", msg("“{part}” is not a number", part=ast.unparse(node)))

    def _decimals(self, node: ast.expr, kind: Type) -> None:
        """Refuse what is not known to be a number of decimals: a half, or -1 for tens, would be passed over."""
        if kind.low is None or kind.low != kind.high or kind.low not in range(DECIMALS + 1):
            message = msg("decimals are a whole number from 0 to {most}", most=DECIMALS)
            help_ = msg("to round to a step of 0.5, write round(x / 0.5) * 0.5")
            raise self.stop(node, "expression-type", message, help_)

    def _condition(self, node: ast.expr, kind: Type) -> None:
        if kind.kind not in ("number", "bool", "any"):
            raise self.stop(
                node,
                "expression-type",
                msg("“{part}” is not a condition", part=ast.unparse(node)),
                msg("compare it: {part} == '…'", part=ast.unparse(node)),
            )

    def _comparable(self, nodes: list[ast.expr], a: Type, b: Type, op: str) -> None:
        if op in ("In", "NotIn"):
            if b.kind not in ("list", "text", "any"):
                raise self.stop(nodes[1], "expression-type", msg("“{part}” is not a list", part=ast.unparse(nodes[1])))
            if not isinstance(nodes[0], ast.Constant):
                self._words(nodes[1], a, b)
            elif b.kind == "list":
                self._words(nodes[0], b, a)
            return
        kinds = {a.kind, b.kind}
        if op not in ("Eq", "NotEq") and ("map" in kinds or "list" in kinds or kinds == {"text", "number"}):
            raise self.stop(nodes[0], "expression-type", msg("these two cannot be ordered"))
        self._words(nodes[1], a, b)
        self._words(nodes[0], b, a)

    def _words(self, node: ast.expr, known: Type, other: Type) -> None:
        """Refuse a comparison of a text whose words are known with a constant that is none of them."""
        constant = isinstance(node, ast.Constant | ast.List | ast.Tuple)
        if not constant or known.words is None or other.words is None:
            return
        wrong = sorted(word for word in other.words if not any(equal(word, text) for text in known.words))
        if wrong and not known.words:
            message = msg("“{word}” is never found here: the standard declares none", word=wrong[0])
            raise self.stop(node, "unknown-answer", message)
        if wrong:
            raise self.stop(
                node,
                "unknown-answer",
                msg(
                    "“{word}” is never found here: one of {words}", word=wrong[0], words=", ".join(sorted(known.words))
                ),
                did_you_mean(wrong[0], known.words),
            )


def _comparison(test: Callable[[object, object], bool], left: Evaluate, right: Evaluate) -> Evaluate:
    """Compare two values: with the unknown it is unknown, with null false."""

    def compare(scope: Scope) -> Any:  # noqa: ANN401 - same
        a, b = left(scope), right(scope)
        if a is UNKNOWN or b is UNKNOWN:
            return UNKNOWN
        return a is not None and b is not None and test(a, b)

    return compare


def _item(owner: Any, name: Any) -> Any:  # noqa: ANN401 - same
    """Look a name up; null in nothing, unknown in the unknown."""
    if owner is UNKNOWN or name is UNKNOWN:
        return UNKNOWN
    if not isinstance(owner, Mapping) or name is None:
        return None
    return owner.get(name if isinstance(name, str) else key(name))


def _first(readers: list[Evaluate], scope: Scope, *, decisive: bool) -> Any:  # noqa: ANN401 - same
    """Give the first value that decides, else the last, as Jinja does; unknown when an unknown one could decide."""
    result: Any = None
    for read in readers:
        value = read(scope)
        if value is not UNKNOWN and bool(value) is decisive:
            return value
        result = UNKNOWN if result is UNKNOWN else value
    return result


def one_line(source: str) -> str:
    """Put a rule folded over several lines on one, places unchanged."""
    return source.replace("\n", " ").replace("\t", " ")

"""Follows dotted names, the commonest expressions, without the cost of a template; the sandbox that all are held to."""

from __future__ import annotations

import re
from functools import partial
from types import FunctionType
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, Undefined, UndefinedError

from servaudit.render.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Scope = dict[str, Any]
CONSTANTS = frozenset(("none", "None", "true", "True", "false", "False"))
_SAFE: dict[tuple[type, str], bool] = {}  # the sandbox decides by type and name; asking costs more than looking
_MISSING = object()
_LITERAL = re.compile(r'"([^"\\]*)"')


class UnknownNameError(UndefinedError):
    """A name that is not there, and what it was looked for in."""

    def __init__(self, message: str, name: object, holder: object) -> None:
        super().__init__(message)
        self.name = str(name)
        self.holder = holder


class Unknown(StrictUndefined):
    """Fails at the first use, as StrictUndefined does, and remembers what was missing."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = None, name: str | None = None, exc: Any = None) -> None:  # noqa: ANN401 - jinja's
        if exc is None or exc is UndefinedError:
            exc = partial(UnknownNameError, name=name, holder=obj)
        super().__init__(hint, obj, name, exc)


class _Cells(Sandbox):
    """The sandbox, asked once for each type and name: it decides by these."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Give an attribute to an expression."""
        value = getattr(obj, attribute, _MISSING) if safe(obj, attribute) else _MISSING
        return super().getattr(obj, attribute) if value is _MISSING else value


CELLS = _Cells(undefined=Unknown, autoescape=False, keep_trailing_newline=True)
_NO_CONTEXT = CELLS.from_string("").new_context()  # for functions that ask for none


def safe(holder: object, name: str) -> bool:
    """Tell whether the sandbox lets an attribute pass; it decides by type and name, and is asked once for each."""
    kind = type(holder), name
    safe = _SAFE.get(kind)
    if safe is None:
        safe = _SAFE[kind] = CELLS.is_safe_attribute(holder, name, None)
    return safe


def _walk(names: list[str], scope: Mapping[str, Any]) -> object:
    """Follow a dotted name, the commonest expression, without the cost of a template."""
    value = holder = scope[names[0]] if names[0] in scope else CELLS.undefined(name=names[0], obj=scope)
    for name in names[1:]:
        value = getattr(value, name, _MISSING) if safe(value, name) else _MISSING
        if value is _MISSING:
            value = CELLS.getattr(holder, name)
        holder = value
    return defined(value)


def path(names: list[str]) -> Callable[[Scope], object]:
    """Compile a dotted name: of the types found at its dots, the sandbox is asked once."""
    root, *rest = names
    kinds: list[type] = [_Never] * len(rest)

    def walk(scope: Scope) -> object:
        value = scope.get(root, _MISSING)
        for name, kind in zip(rest, kinds):  # noqa: B905 - as many of both; to check takes as long as the look-up
            if type(value) is not kind:
                return learn(scope)
            value = getattr(value, name, _MISSING)
        return learn(scope) if value is _MISSING else value

    def learn(scope: Scope) -> object:
        found = _walk(names, scope)
        value = scope[root]
        for place, name in enumerate(rest):
            kinds[place] = type(value) if safe(value, name) else _Never
            value = getattr(value, name, None)
        return found

    return walk


class _Never:
    """The type of nothing."""


def defined(value: object) -> object:
    """Give the value; what is undefined fails."""
    if isinstance(value, Undefined):
        str(value)  # raises, with what is missing
    return value


def called(text: str, whole: Callable[[str], Callable[[Scope], object]]) -> Callable[[Scope], object] | None:
    """Compile `day(visit.date)` or `_("Site")`, a function of names or of one text, without the cost of a template.

    None for all else; a function that is Jinja's own is left to it: `whole` compiles the expression with Jinja.
    """
    name, bracket, rest = text.partition("(")
    if not name.isidentifier() or not bracket or not rest.endswith(")"):
        return None
    if literal := _LITERAL.fullmatch(rest[:-1]):
        given: list[Callable[[Scope], object]] = [lambda _: literal[1]]
    else:
        arguments = [argument.strip().split(".") for argument in rest[:-1].split(",")]
        if any(word in CONSTANTS or not word.isidentifier() for argument in arguments for word in argument):
            return None
        given = [path(names) for names in arguments]
    plain: Callable[..., object] | None = None  # the function, once it is known that the sandbox lets it pass

    def call(scope: Scope) -> object:
        nonlocal plain
        if name not in scope:
            return whole(text)(scope)
        values = [argument(scope) for argument in given]
        function = scope[name]
        if function is plain:
            return defined(plain(*values))
        result = CELLS.call(_NO_CONTEXT, function, *values)
        if isinstance(function, (FunctionType, partial)) and not hasattr(function, "jinja_pass_arg"):
            plain = function
        return defined(result)

    return call

"""Compiles what stands between braces in a workbook: sandboxed, nothing undefined, each text once."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from types import FunctionType
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, UndefinedError, meta, nodes

from servaudit.diagnostics import Message, did_you_mean, msg
from servaudit.render.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Scope = dict[str, Any]


class UnknownNameError(UndefinedError):
    """A name that is not there, and what it was looked for in."""

    def __init__(self, message: str, name: object, holder: object) -> None:
        super().__init__(message)
        self.name = str(name)
        self.holder = holder


class Turn:
    """What an expression can ask about the turn of the loop it is in, as in Jinja: `loop.index`."""

    __slots__ = ("index0", "length")

    def __init__(self, index0: int, length: int) -> None:
        self.index0 = index0
        self.length = length

    @property
    def index(self) -> int:
        """Which turn this is, from 1."""
        return self.index0 + 1

    @property
    def first(self) -> bool:
        """Whether it is the first."""
        return self.index0 == 0

    @property
    def last(self) -> bool:
        """Whether it is the last."""
        return self.index0 == self.length - 1


class _Unknown(StrictUndefined):
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


_CELLS = _Cells(undefined=_Unknown, autoescape=False, keep_trailing_newline=True)
_HEADERS = Sandbox(
    undefined=_Unknown,
    autoescape=False,
    finalize=lambda value: str(value).replace("&", "&&") if value is not None else "",
)


_SAFE: dict[tuple[type, str], bool] = {}  # the sandbox decides by type and name; asking costs more than looking
_MISSING = object()
_LITERAL = re.compile(r'"([^"\\]*)"')
_CONSTANTS = frozenset(("none", "None", "true", "True", "false", "False"))
_NO_CONTEXT = _CELLS.from_string("").new_context()  # for functions that ask for none


def start() -> None:
    """Begin a rendering: what templates may do in it is bounded."""
    _CELLS.start()
    _HEADERS.start()


def holds(text: str | None) -> bool:
    """Tell whether there is anything to render in a text."""
    return text is not None and ("{{" in text or "{%" in text or "{#" in text)


@lru_cache(maxsize=8192)
def cell(text: str) -> Callable[[Scope], object]:
    """Compile a cell: exactly one expression gives its own value (a number stays a number), the rest gives text."""
    inner = _alone(text.strip())
    if inner is None:
        template = _CELLS.from_string(text)
        return template.render
    if found := names(text):
        return _path(list(found))
    return _called(inner) or _whole(inner)


@lru_cache(maxsize=1024)
def _whole(inner: str) -> Callable[[Scope], object]:
    expression = _CELLS.compile_expression(inner, undefined_to_none=False)
    return lambda scope: _defined(expression(scope))


@lru_cache(maxsize=8192)
def looks_at(text: str) -> frozenset[str]:
    """Name what an expression, or a text with some in it, looks up in its scope."""
    return frozenset(meta.find_undeclared_variables(_CELLS.parse(text)))


def names(text: str) -> tuple[str, ...]:
    """Give the dotted name that a cell's one expression is, name by name; nothing where it is more or less."""
    inner = _alone(text.strip()) or ""
    found = tuple(inner.split("."))
    return found if all(map(str.isidentifier, found)) and inner not in _CONSTANTS else ()


@lru_cache(maxsize=256)
def header(text: str) -> Callable[[Scope], str]:
    """Compile a page header or footer, where `&` begins a code and data must not."""
    return _HEADERS.from_string(text).render


@lru_cache(maxsize=1024)
def items(text: str) -> tuple[str, Callable[[Scope], object]] | None:
    """Compile `for x in xs` where that is all it says: the name, and what gives the items; None where it says more."""
    node = _CELLS.parse(f"{{% {text} %}}{{% endfor %}}").body[0]
    if not isinstance(node, nodes.For) or not isinstance(node.target, nodes.Name) or node.test or node.recursive:
        return None
    expression = text.split(None, 3)[3]  # for, name, in
    names = expression.split(".")
    if all(name.isidentifier() for name in names):
        return node.target.name, _path(names)
    found = _CELLS.compile_expression(expression, undefined_to_none=False)
    return node.target.name, lambda scope: _defined(found(scope))


@lru_cache(maxsize=1024)
def loop(text: str) -> Callable[[Scope], list[Scope]]:
    """Compile `for x in xs` (unpacking and `if` too): the names that each turn adds to its scope."""
    tree = _CELLS.parse(f"{{% {text} %}}{{% endfor %}}")
    node = tree.body[0]
    names = (
        [name.name for name in node.find_all(nodes.Name) if name.ctx == "store"] if isinstance(node, nodes.For) else []
    )
    template = _CELLS.from_string(f"{{% {text} %}}{{{{ (_turn({', '.join(names)}), '')[1] }}}}{{% endfor %}}")

    def turns(scope: Scope) -> list[Scope]:
        found: list[Scope] = []
        template.render(scope, _turn=lambda *values: found.append(dict(zip(names, values, strict=True))))
        for index, turn in enumerate(found):
            turn["loop"] = Turn(index, len(found))
        return found

    return turns


@lru_cache(maxsize=1024)
def condition(text: str) -> Callable[[Scope], bool]:
    """Compile the condition of an `if`."""
    expression = _CELLS.compile_expression(text, undefined_to_none=False)
    return lambda scope: bool(_defined(expression(scope)))


def explain(error: Exception, text: str) -> tuple[Message, Message | None]:
    """Say what went wrong in `text`, and what to do about it where that is known."""
    if isinstance(error, UnknownNameError):
        holder = error.holder
        known = holder if isinstance(holder, dict) else dir(holder)
        near = did_you_mean(error.name, [name for name in known if isinstance(name, str) and not name.startswith("_")])
        return msg("unknown name “{name}”", name=_spelled(text, error.name)), near
    if isinstance(error, TemplateSyntaxError):
        return msg("this expression cannot be read: {reason}", reason=error.message or ""), None
    return msg("this expression fails: {reason}", reason=str(error) or type(error).__name__), None


def _alone(text: str) -> str | None:
    if not (text.startswith("{{") and text.endswith("}}")):
        return None
    kinds = [kind for _, kind, _ in _CELLS.lex(text)]
    if kinds.count("variable_begin") != 1 or kinds[-1] != "variable_end" or "block_begin" in kinds:
        return None
    inner = text[2:-2]
    inner = inner[1:] if inner[:1] in ("-", "+") else inner  # marks that trim the text around
    return (inner[:-1] if inner[-1:] in ("-", "+") else inner).strip()


def _called(text: str) -> Callable[[Scope], object] | None:
    """Compile `day(visit.date)` or `_("Site")`, a function of names or of one text, without the cost of a template.

    None for all else; a function that is Jinja's own is left to it.
    """
    name, bracket, rest = text.partition("(")
    if not name.isidentifier() or not bracket or not rest.endswith(")"):
        return None
    if literal := _LITERAL.fullmatch(rest[:-1]):
        given: list[Callable[[Scope], object]] = [lambda _: literal[1]]
    else:
        arguments = [argument.strip().split(".") for argument in rest[:-1].split(",")]
        if any(word in _CONSTANTS or not word.isidentifier() for argument in arguments for word in argument):
            return None
        given = [_path(names) for names in arguments]
    plain: Callable[..., object] | None = None  # the function, once it is known that the sandbox lets it pass

    def call(scope: Scope) -> object:
        nonlocal plain
        if name not in scope:
            return _whole(text)(scope)
        values = [argument(scope) for argument in given]
        function = scope[name]
        if function is plain:
            return _defined(plain(*values))
        result = _CELLS.call(_NO_CONTEXT, function, *values)
        if isinstance(function, (FunctionType, partial)) and not hasattr(function, "jinja_pass_arg"):
            plain = function
        return _defined(result)

    return call


def safe(holder: object, name: str) -> bool:
    """Tell whether the sandbox lets an attribute pass; it decides by type and name, and is asked once for each."""
    kind = type(holder), name
    safe = _SAFE.get(kind)
    if safe is None:
        safe = _SAFE[kind] = _CELLS.is_safe_attribute(holder, name, None)
    return safe


def _walk(names: list[str], scope: Mapping[str, Any]) -> object:
    """Follow a dotted name, the commonest expression, without the cost of a template."""
    value = holder = scope[names[0]] if names[0] in scope else _CELLS.undefined(name=names[0], obj=scope)
    for name in names[1:]:
        value = getattr(value, name, _MISSING) if safe(value, name) else _MISSING
        if value is _MISSING:
            value = _CELLS.getattr(holder, name)
        holder = value
    return _defined(value)


def _path(names: list[str]) -> Callable[[Scope], object]:
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


def _defined(value: object) -> object:
    if isinstance(value, Undefined):
        str(value)  # raises, with what is missing
    return value


def _spelled(text: str, name: str) -> str:
    """Find how the unknown name was written in the whole: `visit.scor` rather than `scor`."""
    try:
        tree = _CELLS.parse(text if holds(text) else f"{{{{ {text} }}}}")
    except TemplateSyntaxError:
        return name
    return next((_dotted(node) for node in tree.find_all(nodes.Getattr) if node.attr == name), name)


def _dotted(node: nodes.Expr) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"

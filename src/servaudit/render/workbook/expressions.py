"""Compiles what stands between braces in a workbook: sandboxed, nothing undefined, each text once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, meta, nodes

from servaudit.diagnostics import Message, did_you_mean, msg
from servaudit.render.sandbox import Sandbox
from servaudit.render.workbook.dotted import CELLS, CONSTANTS, Scope, Unknown, UnknownNameError, called, defined, path

if TYPE_CHECKING:
    from collections.abc import Callable


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


_HEADERS = Sandbox(
    undefined=Unknown,
    autoescape=False,
    finalize=lambda value: str(value).replace("&", "&&") if value is not None else "",
)


def start() -> None:
    """Begin a rendering: what templates may do in it is bounded."""
    CELLS.start()
    _HEADERS.start()


def holds(text: str | None) -> bool:
    """Tell whether there is anything to render in a text."""
    return text is not None and ("{{" in text or "{%" in text or "{#" in text)


@lru_cache(maxsize=8192)
def cell(text: str) -> Callable[[Scope], object]:
    """Compile a cell: exactly one expression gives its own value (a number stays a number), the rest gives text."""
    inner = _alone(text.strip())
    if inner is None:
        template = CELLS.from_string(text)
        return template.render
    if found := names(text):
        return path(list(found))
    return called(inner, _whole) or _whole(inner)


@lru_cache(maxsize=1024)
def _whole(inner: str) -> Callable[[Scope], object]:
    expression = CELLS.compile_expression(inner, undefined_to_none=False)
    return lambda scope: defined(expression(scope))


@lru_cache(maxsize=8192)
def looks_at(text: str) -> frozenset[str]:
    """Name what an expression, or a text with some in it, looks up in its scope."""
    return frozenset(meta.find_undeclared_variables(CELLS.parse(text)))


def names(text: str) -> tuple[str, ...]:
    """Give the dotted name that a cell's one expression is, name by name; nothing where it is more or less."""
    inner = _alone(text.strip()) or ""
    found = tuple(inner.split("."))
    return found if all(map(str.isidentifier, found)) and inner not in CONSTANTS else ()


@lru_cache(maxsize=256)
def header(text: str) -> Callable[[Scope], str]:
    """Compile a page header or footer, where `&` begins a code and data must not."""
    return _HEADERS.from_string(text).render


@lru_cache(maxsize=1024)
def items(text: str) -> tuple[str, Callable[[Scope], object]] | None:
    """Compile `for x in xs` where that is all it says: the name, and what gives the items; None where it says more."""
    node = CELLS.parse(f"{{% {text} %}}{{% endfor %}}").body[0]
    if not isinstance(node, nodes.For) or not isinstance(node.target, nodes.Name) or node.test or node.recursive:
        return None
    expression = text.split(None, 3)[3]  # for, name, in
    names = expression.split(".")
    if all(name.isidentifier() for name in names):
        return node.target.name, path(names)
    found = CELLS.compile_expression(expression, undefined_to_none=False)
    return node.target.name, lambda scope: defined(found(scope))


@lru_cache(maxsize=1024)
def loop(text: str) -> Callable[[Scope], list[Scope]]:
    """Compile `for x in xs` (unpacking and `if` too): the names that each turn adds to its scope."""
    tree = CELLS.parse(f"{{% {text} %}}{{% endfor %}}")
    node = tree.body[0]
    names = (
        [name.name for name in node.find_all(nodes.Name) if name.ctx == "store"] if isinstance(node, nodes.For) else []
    )
    template = CELLS.from_string(f"{{% {text} %}}{{{{ (_turn({', '.join(names)}), '')[1] }}}}{{% endfor %}}")

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
    expression = CELLS.compile_expression(text, undefined_to_none=False)
    return lambda scope: bool(defined(expression(scope)))


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
    kinds = [kind for _, kind, _ in CELLS.lex(text)]
    if kinds.count("variable_begin") != 1 or kinds[-1] != "variable_end" or "block_begin" in kinds:
        return None
    inner = text[2:-2]
    inner = inner[1:] if inner[:1] in ("-", "+") else inner  # marks that trim the text around
    return (inner[:-1] if inner[-1:] in ("-", "+") else inner).strip()


def _spelled(text: str, name: str) -> str:
    """Find how the unknown name was written in the whole: `visit.scor` rather than `scor`."""
    try:
        tree = CELLS.parse(text if holds(text) else f"{{{{ {text} }}}}")
    except TemplateSyntaxError:
        return name
    return next((_dotted(node) for node in tree.find_all(nodes.Getattr) if node.attr == name), name)


def _dotted(node: nodes.Expr) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"

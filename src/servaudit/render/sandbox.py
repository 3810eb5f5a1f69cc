"""What a template may do, a page's and a workbook's alike: place what the report says, within bounds.

Templates come from outside. There is no arithmetic in them (`'x' * 10**9` fills the memory), no filter or method that
makes much of little, and every loop, macro and text put together is paid from one allowance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import soft_str

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ALLOWANCE = 10_000_000
"""How many turns of loops a rendering may take; all else is paid in turns, by the time it takes."""
_LETTERS = 64  # put together in one turn
_CALL = 5  # turns for a macro or an include

_FILTERS = frozenset((
    "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "forceescape", "groupby",
    "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse",
    "safe", "select", "selectattr", "sort", "string", "striptags", "title", "trim", "truncate", "unique",
    "upper", "urlencode", "wordcount",
))  # fmt: skip
_FUNCTIONS = frozenset(("range", "dict", "cycler", "joiner", "namespace"))
_METHODS = frozenset((
    "capitalize", "casefold", "count", "endswith", "find", "isalnum", "isalpha", "isdecimal", "isdigit",
    "islower", "isspace", "isupper", "lower", "lstrip", "partition", "removeprefix", "removesuffix",
    "rpartition", "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper",
))  # fmt: skip
_SIGNS: dict[type[nodes.Node], str] = {
    nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Pow: "**",
    nodes.Div: "/", nodes.FloorDiv: "//", nodes.Mod: "%",
}  # fmt: skip


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with bounds. `start` begins a rendering; one that does too much raises SecurityError."""

    left = ALLOWANCE

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's own options
        super().__init__(**options)
        self.filters = {name: one for name, one in self.filters.items() if name in _FILTERS}
        self.filters.update(join=self._join, _turns=self._turns, _together=self._together)
        self.globals = {name: one for name, one in self.globals.items() if name in _FUNCTIONS}

    def start(self) -> None:
        """Give a rendering its allowance."""
        self.left = ALLOWANCE

    def spend(self, steps: int) -> None:
        """Take some of the allowance. Raises SecurityError when there is not as much left."""
        self.left -= steps
        if self.left < 0:
            raise SecurityError("this template does too much")

    def concat(self, pieces: Iterable[str]) -> str:
        """Put the output of a template, a macro or a block together."""
        found = list(pieces)
        self.spend(sum(map(len, found)) // _LETTERS)
        return "".join(found)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Call what a template calls."""
        if isinstance(obj, Macro | LoopContext):
            self.spend(_CALL)
        return super().call(context, obj, *args, **kwargs)

    def get_template(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - same
        """Find what a template includes."""
        self.spend(_CALL)
        return super().get_template(*args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - same
        """Tell whether a template may have an attribute: of texts and numbers, only what makes nothing long."""
        if isinstance(obj, str | bytes | int | float):
            return isinstance(obj, str) and attr in _METHODS
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401 - same
        """Give no way around: `'{:999999999}'.format(1)` is long too."""

    def _generate(self, source: nodes.Template, name: str | None, filename: str | None, *rest: Any, **more: Any) -> str:  # noqa: ANN401 - Jinja's own hook
        return super()._generate(_Bounds(name, filename).visit(source), name, filename, *rest, **more)

    def _turns(self, items: Iterable[object]) -> Iterator[object]:
        for item in items:
            self.spend(1)
            yield item

    def _together(self, pieces: list[object]) -> str:
        texts = [soft_str(piece) for piece in pieces]
        self.spend(sum(map(len, texts)) // _LETTERS)
        return markup_join(texts)

    def _join(self, items: Iterable[object], d: str = "", attribute: str | int | None = None) -> str:
        """Join texts as Jinja does: where one is markup, the others are escaped."""
        found = [item if attribute is None else self.getitem(item, attribute) for item in items]
        pieces = [piece for item in found for piece in (d, item)][1:]
        self.spend(len(pieces))
        return self._together(pieces)


class _Bounds(NodeTransformer):
    """Takes arithmetic out of a template, and puts a meter on what repeats."""

    def __init__(self, name: str | None, filename: str | None) -> None:
        self._file = name, filename

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: ANN401 - Jinja's own signature
        sign = _SIGNS.get(type(node))
        if sign:
            message = f"“{sign}” is not allowed: templates do no arithmetic"
            raise TemplateSyntaxError(message, node.lineno, *self._file)
        return super().generic_visit(node, *args, **kwargs)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's own name
        node.iter = _filter(node.iter, "_turns")
        return self.generic_visit(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - same
        return self.generic_visit(_filter(nodes.List(node.nodes, lineno=node.lineno), "_together"))


def _filter(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno, environment=node.environment)

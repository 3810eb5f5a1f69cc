"""Says in words when a criterion applies, as paper must: it cannot hide what does not."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from servaudit.diagnostics import msg
from servaudit.model.base import key
from servaudit.report.words import clean, plain_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servaudit.diagnostics import Message
    from servaudit.i18n import Translator
    from servaudit.model.standard import Criterion, Fact, Standard
    from servaudit.report.figures import Figures

_COMPARED: Mapping[type[ast.cmpop], Message] = {
    ast.Eq: msg("{what}: {value}"),
    ast.NotEq: msg("{what}: other than {value}"),
    ast.Gt: msg("{what}: more than {value}"),
    ast.GtE: msg("{what}: {value} or more"),
    ast.Lt: msg("{what}: less than {value}"),
    ast.LtE: msg("{what}: {value} or less"),
    ast.In: msg("{what}: {value}"),
    ast.NotIn: msg("{what}: other than {value}"),
}


def together(said: Iterable[str], tr: Translator) -> str | None:
    """Say conditions, each in its words, that must all hold; None where there is none."""
    joined = None
    for one in said:
        joined = tr.t("{first}; {second}", first=joined, second=one) if joined else one
    return joined


class _UnsaidError(Exception):
    """A condition that has no simple words."""


class _Thing(NamedTuple):
    """What a condition looks at: its name for the reader, and the criterion whose answer it is, or the fact it is."""

    name: str
    criterion: Criterion | None
    fact: Fact | None = None


class Conditions:
    """Says the conditions of one standard. `names`: what each criterion that the reader has before them is called."""

    def __init__(
        self, standard: Standard, criteria: Mapping[str, Criterion], names: Mapping[str, str], figures: Figures,
        tr: Translator,
    ) -> None:  # fmt: skip
        self._standard, self._criteria, self._names, self._figures, self._tr = (
            standard, criteria, names, figures, tr,
        )  # fmt: skip

    def say(self, tree: ast.expr) -> str | None:
        """Say a condition; None when it has no simple words, or rests on what the reader has not."""
        try:
            return self._said(tree)
        except _UnsaidError:
            return None

    def _said(self, tree: ast.expr) -> str:
        match tree:
            case ast.BoolOp(op=ast.And(), values=values):
                return self._tr.t(
                    "{first} and {second}", first=self._listed(values[:-1]), second=self._said(values[-1])
                )
            case ast.BoolOp(op=ast.Or(), values=values):
                return self._tr.t("{first} or {second}", first=self._listed(values[:-1]), second=self._said(values[-1]))
            case ast.UnaryOp(op=ast.Not(), operand=ast.Attribute() as operand):
                thing = self._thing(operand)
                return self._tr.t("{what}: {value}", what=thing.name, value=self._plain(False, thing))
            case ast.Attribute():
                return self._thing(tree).name
            case ast.Compare(left=ast.Attribute() as left, ops=[op], comparators=[right]) if type(op) in _COMPARED:
                thing = self._thing(left)
                template = _COMPARED[type(op)].template
                return self._tr.t(template, what=thing.name, value=self._value(right, thing))
            case _:
                raise _UnsaidError

    def _listed(self, trees: list[ast.expr]) -> str:
        return ", ".join(self._said(tree) for tree in trees)

    def _thing(self, tree: ast.Attribute) -> _Thing:
        match tree:
            case ast.Attribute(value=ast.Name(id="answers"), attr=name) if name in self._names:
                return _Thing(self._names[name], self._criteria.get(name))
            case ast.Attribute(value=ast.Name(id="context"), attr=name) if name in self._standard.context:
                fact = self._standard.context[name]
                said = clean(self._standard.say(fact.title, self._tr.language)) if fact.title else name
                return _Thing(self._tr.t("“{text}”", text=said), None, fact)
        raise _UnsaidError

    def _value(self, tree: ast.expr, thing: _Thing) -> str:
        match tree:
            case ast.Constant(value=bool() | str() | int() | float() as value):
                return self._plain(value, thing)
            case ast.Name(id="true" | "false" as name):
                return self._plain(name == "true", thing)
            case ast.List(elts=[*items]) if items:
                said = [self._value(item, thing) for item in items]
                return (
                    said[0]
                    if len(said) == 1
                    else self._tr.t("{first} or {second}", first=", ".join(said[:-1]), second=said[-1])
                )
            case ast.Attribute(value=ast.Name(id="parameters"), attr=name):
                parameter = self._standard.parameters.get(name)
                if isinstance(parameter, str | int | float):
                    return self._plain(parameter, thing)
            case _:
                pass
        raise _UnsaidError

    def _plain(self, value: str | float, thing: _Thing) -> str:
        word = key(value)
        if thing.fact and thing.fact.type == "bool":
            return plain_word(word, self._tr)
        label = (thing.fact.values or {}).get(word) if thing.fact else None
        if label:
            return self._tr.t("“{text}”", text=clean(self._standard.say(label, self._tr.language)))
        scale = self._figures.scale(thing.criterion)
        if isinstance(value, bool | str):
            return self._figures.choice(word, scale)
        return self._figures.measured(value, getattr(scale, "unit", None))

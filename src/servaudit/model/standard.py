"""A service standard: sections of criteria, their scales and facets, and the rules of their score."""

# Without `from __future__ import annotations`: pydantic needs the types at once, and would compile texts.
import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PrivateAttr, WithJsonSchema
from pydantic_core import PydanticCustomError

from servaudit.model.base import (
    TEXT_SCHEMA,
    Document,
    Finite,
    Id,
    Language,
    Pin,
    Plain,
    Text,
    Version,
    Worded,
    by_name,
    key,
)
from servaudit.model.history import History
from servaudit.model.rules import Combination, CriterionPolicies, Expression, Repeat, Rollup, Scoring
from servaudit.model.scale import Scale, ScaleOrName, keyed

Weight = Annotated[Finite, Field(ge=0), WithJsonSchema({"type": "number", "minimum": 0})]
CriterionSeverity = Literal["minor", "major", "critical"]
SEVERITIES: tuple[CriterionSeverity, ...] = ("critical", "major", "minor")
GRAVITY: dict[str, int] = {severity: place for place, severity in enumerate(SEVERITIES)}
"""The order of severities, the gravest first."""


class Facet(Document):
    """An axis of analysis and its values."""

    title: Text | None = None
    values: Annotated[dict[Id, Text | None], Field(min_length=1)]


def _values(value: object) -> object:
    """Read `[a, b]` or `{a: text, b: text}`."""
    return by_name(value, PydanticCustomError("values", "values are a list of names, or {name: text}"))


class Fact(Document):
    """A typed fact: declared for the visit (context) or for each criterion (attributes)."""

    type: Literal["bool", "number", "text", "choice"]
    values: Annotated[dict[str, Text | None], BeforeValidator(_values)] | None = None
    default: bool | Finite | str | None = None
    title: Text | None = None


class Evidence(Document):
    """What must accompany an answer."""

    require: Literal["note", "photo", "any"]
    when: Literal["not_met", "always"] = "not_met"


def _status(value: object) -> object:
    """Spell the levels aimed at as texts; one name alone holds for all of them, under `""`."""
    return {"": value} if isinstance(value, str) else keyed(value)


_PICTURE = re.compile(r"(?!/)(?!(?:.*/)?\.\.?/)[^\\:\0]+\.(?:jpe?g|png|gif|webp)", re.IGNORECASE)


def _picture(value: object) -> object:
    """Refuse what cannot be a picture beside the standard; whether it is there is not a model's affair."""
    if isinstance(value, str) and not _PICTURE.fullmatch(value):
        raise PydanticCustomError("picture_path", "a picture is a file beside the standard")
    return value


def _both(entry: dict[str, Any], description: str) -> WithJsonSchema:
    """Describe a good and a bad one by their names, so that an editor offers them."""
    sides = {"good": entry, "bad": entry}
    return WithJsonSchema(
        {"type": "object", "properties": sides, "additionalProperties": False, "description": description}
    )


Side = Literal["good", "bad"]
SIDES: tuple[Side, ...] = ("good", "bad")
# Mappings, which cost a tenth of a model of two fields at each start.
Examples = Annotated[dict[Side, Text], _both(TEXT_SCHEMA, "what to say or do, and what not to")]
Pictures = Annotated[
    dict[Side, Annotated[str, BeforeValidator(_picture)]],
    _both({"type": "string"}, "files beside the standard that show what to do, and what not to"),
]


class Criterion(Document):
    """One thing to judge."""

    id: Id
    text: Text
    guidance: Text | None = None
    why: Text | None = None
    examples: Examples = {}
    pictures: Pictures = {}
    scale: ScaleOrName = "yes_no"
    weight: Weight = 1.0
    severity: CriterionSeverity = "minor"
    status: Annotated[dict[str, Plain], BeforeValidator(_status)] = {}
    facets: dict[Id, Id] = {}
    attributes: dict[Id, bool | Finite | str] = {}
    repeat: Repeat | None = None
    bonus: bool = False
    uncapped: bool = False
    applies_when: Expression | None = None
    evidence: Evidence | None = None
    policies: CriterionPolicies | None = None


class Section(Combination):
    """A group of criteria and sections."""

    id: Id
    title: Text
    weight: Weight = 1.0
    bonus: bool = False
    uncapped: bool = False
    repeat: Repeat | None = None
    applies_when: Expression | None = None
    criteria: list[Criterion] = []
    sections: "list[Section]" = []


def _spelled(value: object) -> object:
    """Spell the keys of nested mappings as texts, so that a parameter is found by 5, 5.0 or "5"."""
    if isinstance(value, dict):
        return {key(name): _spelled(item) for name, item in value.items()}
    return [_spelled(item) for item in value] if isinstance(value, list) else value


Parameters = Annotated[dict[Id, Any], BeforeValidator(_spelled)]


USED = 20
"""Vocabularies that a standard may use."""


class Standard(Worded, Document):
    """A versioned document of criteria (DESIGN, Documents)."""

    kind: Literal["standard"]
    id: Id
    version: Version
    language: Language = "en"
    title: Text
    description: Text | None = None
    source: Text | None = Field(None, description="where the rules come from: a law, a scheme, a charter")
    use: Annotated[list[Pin], Field(max_length=USED)] = []
    parameters: Parameters = {}
    context: dict[Id, Fact] = {}
    attributes: dict[Id, Fact] = {}
    facets: dict[Id, Facet] = {}
    scales: dict[Id, Scale] = {}
    criteria: list[Criterion] = []
    sections: list[Section] = []
    scoring: Scoring = Scoring.model_construct()  # builds no schema of its own, as `Scoring()` would
    rollup: Rollup | None = None
    history: History = Field({}, description="what each version changed, and what becomes of answers given before it")
    _borrowed: frozenset[tuple[str, str]] = PrivateAttr(frozenset())

    @property
    def borrowed(self) -> frozenset[tuple[str, str]]:
        """What is its vocabularies': `("facets", id)` and `("scales", id)`; empty before they are read."""
        return self._borrowed

    def borrowing(self, names: frozenset[tuple[str, str]]) -> Self:
        """Note what was taken of vocabularies; gives the standard itself."""
        self._borrowed = names
        return self

"""How a standard turns points into a verdict: combination, policies, measures, ladder, limits (SCORING §3-8)."""

# Without `from __future__ import annotations`: pydantic needs the types at once, and would compile texts.
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from servaudit.model.base import Document, Finite, Id, Plain, Text, as_written, by_name, key

Combine = Literal["mean", "sum", "min", "max", "product"]
Repeat = Literal["mean", "worst", "best", "sum", "median"]
Agg = Literal["sum", "max", "min", "mean", "count", "share"]
Level = Annotated[str, BeforeValidator(lambda value: key(value) if isinstance(value, int | float) else value)]
Expression = Annotated[str, BeforeValidator(as_written), Field(min_length=1, max_length=1000)]
Target = Annotated[str, BeforeValidator(lambda value: key(value) if isinstance(value, int | float) else value)]


class Combination(Document):
    """How children become their parent."""

    combine: Combine = "mean"
    start: Finite | None = Field(None, description="sum: points before any child")
    sign: Literal[1, -1] = Field(1, description="sum: -1 takes the children's points away from start")
    floor: Finite | None = Field(None, description="sum: points never fall below")
    max: Finite | None = Field(None, description="sum: points never rise above, and the maximum")


class Policies(Document):
    """What happens to what was not scored."""

    not_applicable: Literal["exclude", "zero", "full", "forbid"] = "exclude"
    missing: Literal["exclude", "zero", "forbid"] = "exclude"
    coverage_floor: Annotated[float, Field(ge=0, le=1)] | None = None
    zero_weights: Literal["mean", "zero", "error"] = "error"


class CriterionPolicies(Document):
    """The same for one criterion, where it differs."""

    not_applicable: Literal["exclude", "zero", "full", "forbid"] | None = None
    missing: Literal["exclude", "zero", "forbid"] | None = None


class Aggregate(Document):
    """A measure over criteria, sections or (in a rollup) visits."""

    title: Text | None = Field(None, description="what people read; the name when left out")
    agg: Agg
    of: Expression | None = None
    where: Expression | None = None
    that: Expression | None = None
    over: Literal["criteria", "sections", "visits"] | None = Field(
        None, description="criteria; in a rollup, visits; of several standards, sections"
    )
    all: bool = Field(False, description="the unscored too: score, points and value are then not visible")

    @model_validator(mode="after")
    def _operands(self) -> Self:
        if self.agg == "share" and self.that is None:
            raise PydanticCustomError("share_that", "a share needs “that”: the condition counted")
        if self.agg not in ("count", "share") and self.of is None:
            raise PydanticCustomError("agg_of", "“{agg}” needs “of”: the expression aggregated", {"agg": self.agg})
        return self


def _measure(value: object) -> str:
    return "aggregate" if isinstance(value, dict | Aggregate) else "expression"


Measure = Annotated[
    Annotated[Expression, Tag("expression")] | Annotated[Aggregate, Tag("aggregate")], Discriminator(_measure)
]


class Rung(Document):
    """A level, and when it is reached."""

    level: Level
    when: Expression | None = None


class Limit(Document):
    """A rule that overrules the score: one action, taken when the condition holds."""

    id: Id
    when: Expression
    text: Text | None = None
    score: Finite | None = None
    at_most: Level | None = None
    fail: bool | None = None
    add: Finite | None = None

    @model_validator(mode="after")
    def _one_action(self) -> Self:
        given = [name for name in ("score", "at_most", "fail", "add") if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError("limit_action", "a limit has exactly one of: score, at_most, fail, add")
        return self


class Classify(Document):
    """Levels aimed at, tried best first."""

    targets: Annotated[list[Target], Field(min_length=1)]
    awarded: Annotated[list[Level], Field(min_length=1)]


class Pass(Document):
    """What it takes to pass: a score or a level."""

    score: Finite | None = None
    level: Level | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.score is None) == (self.level is None):
            raise PydanticCustomError("pass_mark", "a pass is a score or a level: {score: 0.8} or {level: good}")
        return self


class Display(Document):
    """How the score is shown: `score × times`, with decimals and a unit. Per cent unless declared."""

    times: Finite = 100.0
    decimals: Annotated[int, Field(ge=0, le=9)] = 1
    unit: Plain | None = "%"


def _levels(value: object) -> object:
    """Read `[a, b]` or `{a: text, b: text}`, best first."""
    return by_name(value, PydanticCustomError("levels", "levels are a list of names, or {name: text}, best first"))


Levels = Annotated[dict[str, Text | None], BeforeValidator(_levels)]


class Verdicts(Document):
    """What a visit and a rollup have in common: measures, the ladder, limits and the pass mark."""

    measures: dict[Id, Measure] = {}
    levels: Levels = {}
    ladder: list[Rung] = []
    limits: list[Limit] | None = Field(None, description="left out: a critical criterion not fully met fails the visit")
    pass_: Pass | None = Field(None, alias="pass")


class Scoring(Combination, Verdicts):
    """A standard's rules."""

    policies: Policies = Policies.model_construct()  # builds no schema of its own, as `Policies()` would
    classify: Classify | None = None
    display: Display = Display.model_construct()


class Rollup(Verdicts):
    """Several visits become one verdict."""

    title: Text | None = None

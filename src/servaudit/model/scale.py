"""Scales: how an answer to a criterion becomes points (SCORING §1)."""

# Without `from __future__ import annotations`: pydantic needs the types at once, and would compile texts.
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from servaudit.model.base import Document, Finite, Id, Plain, Text, key

Better = Literal["higher", "lower"]
InfoType = Literal["text", "date", "time", "number", "choice", "photo", "link"]


def keyed(value: object) -> object:
    """Spell the keys of a mapping as texts, since YAML reads `5:` as a number and `true:` as a truth value."""
    return {key(name): item for name, item in value.items()} if isinstance(value, dict) else value


class Choice(Document):
    """One answer of a list: its points (null: not applicable) and what a person reads."""

    points: Finite | None
    label: Text | None = None


def _choice(value: object) -> object:
    return value if isinstance(value, dict | Choice) else {"points": value}


ChoiceEntry = Annotated[Choice, BeforeValidator(_choice)]


class _Scored(Document):
    better: Better = Field("higher", description="whether more points are better, or fewer (demerits)")
    max: Finite | None = Field(None, description="maximum points; the best reachable when left out")


class _Measured(_Scored):
    unit: Plain | None = Field(None, description="unit of the values: s, min, h, %, count, …")


class Choices(_Scored):
    """Answers from a list, each worth points."""

    choices: Annotated[dict[str, ChoiceEntry], BeforeValidator(keyed), Field(min_length=1)]
    multiple: bool = Field(False, description="several answers may be given; their points add up")


Knot = Annotated[list[Finite], Field(min_length=2, max_length=2)]


class Curve(_Measured):
    """A measured value read on a broken line of `[value, points]` knots; flat outside."""

    curve: Annotated[list[Knot], Field(min_length=1)]


Step = Annotated[list[Finite | None], Field(min_length=2, max_length=2)]


class Steps(_Measured):
    """A measured value against upper bounds `[bound, points]`; the first bound not exceeded wins, null is no bound."""

    steps: Annotated[list[Step], Field(min_length=1)]

    @model_validator(mode="after")
    def _points_are_given(self) -> Self:
        if any(points is None for _, points in self.steps):
            raise PydanticCustomError("step_points", "each step needs points: [bound, points]")
        return self


class Range(_Measured):
    """The number itself, between two bounds; outside them it is refused."""

    range: Annotated[list[Finite], Field(min_length=2, max_length=2)]


class Info(Document):
    """Something recorded and shown, never scored."""

    info: InfoType
    choices: Annotated[dict[str, Text | None], BeforeValidator(keyed)] | None = None
    unit: Plain | None = None


_KINDS: dict[str, type[Document]] = {"choices": Choices, "curve": Curve, "steps": Steps, "range": Range, "info": Info}


def _kind(value: Any) -> str | None:  # noqa: ANN401 - pydantic hands over whatever the file holds
    """Give the tag of a scale: two words, since one would be taken for a key on the way to a fault's place."""
    if isinstance(value, dict):
        found = "info" if "info" in value else next((name for name in _KINDS if name in value), None)
    else:
        found = next((name for name, model in _KINDS.items() if isinstance(value, model)), None)
    return found and f"{found} scale"


Scale = Annotated[
    Annotated[Choices, Tag("choices scale")]
    | Annotated[Curve, Tag("curve scale")]
    | Annotated[Steps, Tag("steps scale")]
    | Annotated[Range, Tag("range scale")]
    | Annotated[Info, Tag("info scale")],
    Discriminator(
        _kind,
        custom_error_type="scale_kind",
        custom_error_message="a scale has one of: choices, curve, steps, range, info",
    ),
]


def _name_or_scale(value: object) -> str:
    return "name" if isinstance(value, str) else "scale"


ScaleOrName = Annotated[
    Annotated[Id, Tag("name")] | Annotated[Scale, Tag("scale")],
    Discriminator(_name_or_scale),
]

YES_NO = Choices.model_construct(  # what is known to be right needs no schema to be built at import
    choices={
        "yes": Choice.model_construct(points=1.0, label={"fr": "Oui", "en": "Yes"}),
        "no": Choice.model_construct(points=0.0, label={"fr": "Non", "en": "No"}),
    }
)
BUILT_IN: Mapping[str, Choices] = {"yes_no": YES_NO}

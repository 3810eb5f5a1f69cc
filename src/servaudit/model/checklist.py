"""A checklist: what is taken of one or several standards for a kind of visit, and what is asked of the visit itself."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from servaudit.model.base import Document, Finite, Id, Language, Plain, Text, Version, Worded
from servaudit.model.rules import Combination, Rollup, Verdicts
from servaudit.model.scale import keyed
from servaudit.model.standard import CriterionSeverity, Parameters, Weight
from servaudit.model.versions import Range

Audience = Literal["auditor", "trainer", "staff"]
AUDIENCES: tuple[Audience, ...] = ("auditor", "trainer", "staff")


def _listed(value: object) -> object:
    """Take one for a list of one."""
    return value if isinstance(value, list) else [value]


Ids = Annotated[list[Id], BeforeValidator(_listed)]
Severities = Annotated[list[CriterionSeverity], BeforeValidator(_listed)]


class Selection(Document):
    """Criteria of a standard that meet every key given; a section is meant with all that is in it."""

    sections: Ids | None = None
    criteria: Ids | None = None
    severities: Severities | None = None
    facets: dict[Id, Ids] | None = Field(None, description="by facet, the values taken; with several facets, of each")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if all(getattr(self, name) is None for name in ("sections", "criteria", "severities", "facets")):
            raise PydanticCustomError("selection_empty", "a selection names sections, criteria, severities or facets")
        return self


Selections = Annotated[list[Selection], BeforeValidator(_listed), Field(min_length=1)]


class Wording(Document):
    """Other words for a criterion."""

    text: Text | None = None
    guidance: Text | None = None
    why: Text | None = None


class Use(Document):
    """One standard of the checklist, and what is taken of it."""

    standard: Id
    version: Range
    weight: Weight = 1.0
    include: Selections | None = Field(None, description="criteria that meet one of these; left out: all")
    exclude: Selections | None = Field(None, description="but none of these")
    order: list[Id] = Field([], description="sections and criteria to come first among their neighbours, in this order")
    parameters: Parameters = Field({}, description="values in place of the standard's parameters")
    wording: dict[Audience, dict[Id, Wording]] = Field({}, description="other words, by audience and criterion")


class VisitField(Document):
    """Something to ask of the visit."""

    title: Text | None = None
    help: Text | None = None
    required: bool = False
    choices: Annotated[dict[str, Text | None], BeforeValidator(keyed)] | None = None
    default: Annotated[bool, Field(strict=True)] | Finite | Plain | None = Field(None, union_mode="left_to_right")


class VisitFields(Document):
    """The fields of the visit to ask for, in this order; a fact of the context has the type its standard declares."""

    site: VisitField | None = None
    date: VisitField | None = None
    started: VisitField | None = None
    ended: VisitField | None = None
    auditor: VisitField | None = None
    source: VisitField | None = None
    context: dict[Id, VisitField] = {}


DEFAULT_FIELDS = VisitFields(
    site=VisitField(),
    date=VisitField(required=True),
    started=VisitField(),
    ended=VisitField(),
    auditor=VisitField(),
)


class Whole(Combination, Verdicts):
    """How the standards of a visit become one verdict: each counts as a section does in a standard."""


class Checklist(Worded, Document):
    """What is asked on a kind of visit."""

    kind: Literal["checklist"]
    id: Id
    version: Version
    language: Language = "en"
    title: Text
    description: Text | None = None
    scenario: Text | None = Field(None, description="what the mystery shopper plays, or what the auditor prepares")
    standards: Annotated[list[Use], Field(min_length=1, max_length=50)]
    visit: VisitFields = DEFAULT_FIELDS
    scoring: Whole | None = Field(None, description="of the whole; several standards have their mean when left out")
    rollup: Rollup | None = Field(None, description="several visits together, instead of the standards' own")

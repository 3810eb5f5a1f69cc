"""`servaudit.yaml`: what a team decides once, for every command run in its folders."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from servaudit.diagnostics import CODES
from servaudit.model.base import Document, Finite, Language, Plain, as_written

Switch = Literal["off", "warning", "error"]
SWITCHED: tuple[str, ...] = tuple(code for code, entry in CODES.items() if entry.severity == "warning")
"""The codes a team may switch: those of warnings. What makes a document unusable stays an error."""

_LINT_SCHEMA = {
    "type": "object",
    "propertyNames": {"enum": list(SWITCHED)},
    "additionalProperties": {"enum": ["off", "warning", "error"]},
    "description": "warnings to silence or to take for errors, by their code",
}


def _word(value: object) -> object:
    text = as_written(value)
    return text.strip() if isinstance(text, str) else text


Word = Annotated[
    str,
    BeforeValidator(_word),
    StringConstraints(min_length=1, max_length=100),
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": 100}),
]
Glossary = dict[Language, Annotated[dict[Word, Word], Field(max_length=2000)]]
Named = Literal["standard", "checklist", "vocabulary", "section", "criterion", "facet", "scale", "fact"]
"""What has an id that a house may have a way of writing."""
Pattern = Annotated[str, StringConstraints(pattern=r"^(?:[a-z0-9_*?#]|\{(?:standard|section)\})+$", max_length=100)]


class Templates(Document):
    """A team's own report templates, beside `servaudit.yaml` or below it."""

    html: Plain | None = None
    xlsx: Plain | None = None


class Configuration(Document):
    """What commands take where no flag says otherwise. Paths start at the folder the file is in."""

    kind: Literal["configuration"]
    language: Language | None = Field(None, description="of messages and of reports")
    standards: list[Plain] = Field([], description="folders of standards, searched after what is beside a visit")
    visits: list[Plain] = Field([], description="folders or files that score takes when none is named")
    fail_under: (
        Annotated[Finite, Field(ge=0, le=100), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})] | None
    ) = Field(None, description="per cent: score ends with 1 when a visit comes to less")
    require_pass: bool = Field(False, description="score ends with 1 unless every visit passes")
    strict: bool = Field(
        False, description="score refuses visits without required evidence; to validate, warnings count"
    )
    lint: Annotated[dict[str, Switch], WithJsonSchema(_LINT_SCHEMA)] = {}
    glossary: Glossary = Field(
        {}, description="words to avoid and the house's own, by language: {fr: {usager: client}}"
    )
    ids: dict[Named, Pattern] = Field(
        {}, description="how ids are written: * is any characters, ? one, # a digit; {criterion: '{section}_*'}"
    )
    templates: Templates = Templates()

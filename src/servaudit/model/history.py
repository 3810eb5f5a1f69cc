"""What each version of a standard changed, and what becomes of answers that were given before it."""

# Without `from __future__ import annotations`: pydantic needs the types at once, and would compile texts.
import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from servaudit.model.base import Document, Id, Text, Version, as_written, key

_NAME = re.compile(r"(?:(?:context\.)?[a-z][a-z0-9_]{0,99}|levels\..{1,100})")
_NAME_SCHEMA: dict[str, Any] = {
    "type": ["string", "number"],
    "description": "the id of a criterion or section, context.<fact>, or levels.<level>",
}
_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_IDS: dict[str, Any] = {"type": "array", "items": {"type": "string"}, "minItems": 2}
_ANSWERS: dict[str, Any] = {"type": "array", "items": _SCALAR}


def _name(value: object) -> str:
    """Read what an operation is about."""
    text = as_written(value)
    if not isinstance(text, str) or not _NAME.fullmatch(text):
        raise PydanticCustomError(
            "history_name", "“{value}” is neither an id, nor context.<fact>, nor levels.<level>", {"value": str(text)}
        )
    return text


Name = Annotated[str, BeforeValidator(_name), WithJsonSchema(_NAME_SCHEMA)]


def _answers(value: object) -> object:
    return [key(each) for each in value] if isinstance(value, list) else value


Answers = Annotated[list[str], BeforeValidator(_answers)]


class Split(Document):
    """One criterion became several: each gets its answer, or only the answers that hold for all of them."""

    into: Annotated[list[Id], Field(min_length=2)]
    only: Answers | None = Field(None, description="the answers that pass to each; others are kept aside, not scored")


class Merge(Document):
    """Several criteria became one, which gets the answer they agree on."""

    of: Annotated[list[Id], Field(min_length=2)]
    first: Answers = Field([], description="where they differ: the first of these answers that was given")


def _short(name: str) -> BeforeValidator:
    return BeforeValidator(lambda value: {name: value} if isinstance(value, list) else value)


def _long(name: str, option: str) -> WithJsonSchema:
    """Describe both forms: the list of ids alone, and the mapping."""
    mapping = {
        "properties": {name: _IDS, option: _ANSWERS},
        "required": [name],
        "additionalProperties": False,
    }
    return WithJsonSchema({"type": ["array", "object"], "if": {"type": "array"}, "then": _IDS, "else": mapping})


def _rescaled(value: object) -> Mapping[str, object] | float:
    """Read `{old answer: new answer}`, or a factor for measured values."""
    if isinstance(value, dict) and value and all(isinstance(each, str | int | float) for each in value.values()):
        return {key(name): item for name, item in value.items()}
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < abs(value) <= 1e9:  # noqa: PLR2004 - a bound of documents
        return float(value)
    raise PydanticCustomError("history_rescale", "to rescale, say what each old answer becomes")


Rescale = Annotated[
    Any,
    BeforeValidator(_rescaled),
    WithJsonSchema(
        {
            "type": ["object", "number"],
            "additionalProperties": _SCALAR,
            "description": "{old answer: new answer}; for measured values, the factor they are multiplied by",
        }
    ),
]


class Release(Document):
    """What one version changed in what visits answer: old ids are those of the version before, new ids its own."""

    note: Text | None = Field(None, description="what changed, and why, for people")
    rename: dict[Name, Name] = Field({}, description="old id: new id")
    split: dict[Id, Annotated[Split, _short("into"), _long("into", "only")]] = Field(
        {}, description="old id: [new id, new id]"
    )
    merge: dict[Id, Annotated[Merge, _short("of"), _long("of", "first")]] = Field(
        {}, description="new id: [old id, old id]"
    )
    move: dict[Id, Id] = Field({}, description="id: the repeated section that it now stands in")
    rescale: dict[Name, Rescale] = Field({}, description="new id: {old answer: new answer}")
    remove: list[Name] = Field([], description="old ids that nothing replaces; answers are kept aside")


History = dict[Version, Release]

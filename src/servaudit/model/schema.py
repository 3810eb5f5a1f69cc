"""JSON Schemas (2020-12) of the documents, generated from the models; unions are if/then, so that errors are usable."""

from __future__ import annotations

import operator
from functools import cache, reduce
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema

from servaudit.model.base import TEXT_SCHEMA
from servaudit.model.checklist import Checklist
from servaudit.model.configuration import Configuration
from servaudit.model.explanations import EXPLANATIONS
from servaudit.model.observation import Observation
from servaudit.model.scorecard import RollupCard, Scorecard
from servaudit.model.standard import Standard
from servaudit.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel
    from pydantic_core import core_schema

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS: Mapping[str, tuple[type[BaseModel], str]] = {
    "standard": (Standard, "A versioned service standard: sections of criteria and the rules of their score."),
    "checklist": (Checklist, "What is taken of one or several standards for a kind of visit."),
    "vocabulary": (Vocabulary, "Axes of analysis and scales that several standards share."),
    "observation": (Observation, "What was seen on one visit."),
    "configuration": (Configuration, "What a team decides once for all commands, in servaudit.yaml."),
}
SCORECARD = "One visit's scorecard, as servaudit writes it on each line of a .jsonl file."
SCORES = "Scorecards, as servaudit writes them: ratios are 0 to 1 unless a scale leaves them, null is “no such figure”."

_WHEN: Mapping[str, Json] = {
    "name": {"type": "string"},
    "aggregate": {"type": "object"},
    **{f"{kind} scale": {"required": [kind]} for kind in ("info", "curve", "steps", "range")},
}
"""What tells the members of the models' unions apart, by their tag; the member that is not named is what is left."""

_SCALAR: Json = {"type": ["string", "number", "boolean"]}
_SHORT: Mapping[str, Json] = {
    "_choice": {"type": ["number", "null"], "description": "points; null: not applicable"},
    "_levels": {"type": "array", "items": _SCALAR},
    "_values": {"type": "array", "items": _SCALAR},
    "_status": {"type": "string"},
}
"""The short form that a model's validator also takes, by the validator's name."""


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, with messages in mind: no `anyOf` where the type says what is meant."""

    schema_dialect = DIALECT

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's signature
        """Leave out titles that only repeat a key."""
        return False

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> Json:
        """Write a discriminated union as `if/then/else`: only the member that is meant complains."""
        members = {str(tag): self.generate_inner(inner) for tag, inner in schema["choices"].items()}
        (rest,) = (member for tag, member in members.items() if tag not in _WHEN)
        for tag in reversed(list(_WHEN)):
            if tag in members:
                rest = {"if": _WHEN[tag], "then": members[tag], "else": rest}
        return rest

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Json:
        """Write “or nothing” as one more type."""
        inner = self.generate_inner(schema["schema"])
        if set(inner) & {"if", "$ref", "enum", "anyOf"} or "type" not in inner:
            return {"if": {"type": "null"}, "else": inner}
        return {**inner, "type": [*_types(inner), "null"]}

    def union_schema(self, schema: core_schema.UnionSchema) -> Json:
        """Write a union of simple types as a list of types."""
        made = super().union_schema(schema)
        if all(set(member) == {"type"} for member in made.get("anyOf", [{}])):
            return {"type": [name for member in made["anyOf"] for name in _types(member)]}
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> Json:
        """Refuse keys of another shape, instead of letting anything pass under them."""
        made: Json = {"type": "object", "additionalProperties": self.generate_inner(schema["values_schema"])}
        names = {name: rule for name, rule in self.generate_inner(schema["keys_schema"]).items() if name != "type"}
        most: Json = {"maxProperties": schema["max_length"]} if "max_length" in schema else {}
        return {**made, "propertyNames": names, **most} if names else {**made, **most}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Json:
        """Say what the models' validators also take: short forms, and scalars where a text without shape is meant."""
        inner = self.generate_inner(schema["schema"])
        function = schema["function"]["function"].__name__
        if function == "_listed":
            return {"if": {"type": "array"}, "then": inner, "else": inner["items"]}
        short = _SHORT.get(function)
        if short is not None:
            return {"if": {"type": "object"}, "then": inner, "else": short}
        if inner.get("type") == "string" and not {"pattern", "format"} & set(inner):
            return {**inner, **_SCALAR}
        return inner

    def chain_schema(self, schema: core_schema.ChainSchema) -> Json:
        """Say what every step of a validation asks, not only the first."""
        return {name: rule for step in schema["steps"] for name, rule in self.generate_inner(step).items()}


def _types(schema: Json) -> list[str]:
    types = schema["type"]
    return list(types) if isinstance(types, list) else [types]


def schema(kind: str) -> Json:
    """Make the schema of one of `DOCUMENTS`, `scores` or `scorecard`; KeyError for another kind."""
    if kind == "scores":
        return _scores()
    if kind == "scorecard":
        return _scorecard()
    model, description = DOCUMENTS[kind]
    made = _tidy(model.model_json_schema(by_alias=True, schema_generator=_Generator))
    for name, part in {model.__name__: made, **made.get("$defs", {})}.items():
        _explain(part, EXPLANATIONS.get(name, {}))
    return heading(kind, description) | {name: made[name] for name in made if name not in ("title", "description")}


def _explain(made: Json, explanations: Mapping[str, str]) -> None:
    """Say of each key what it is for, where its field does not say it, or says only that it is a text."""
    for name, field in made.get("properties", {}).items():
        if name in explanations and field.get("description") in (None, TEXT_SCHEMA["description"]):
            field["description"] = explanations[name]


def heading(kind: str, description: str) -> Json:
    """Begin the schema of a kind of document."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:servaudit:schema:{kind}:1",
        "title": f"servaudit {kind}",
        "description": description,
    }


def _tidy(made: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Leave out what says nothing (a default of null), and say of mappings in their own words how many keys."""
    if isinstance(made, list):
        return [_tidy(item) for item in made]
    if not isinstance(made, dict):
        return made
    tidy = {name: _tidy(item) for name, item in made.items() if not (name == "default" and item is None)}
    if tidy.get("type") == "object" and isinstance(tidy.get("minLength"), int):
        tidy["minProperties"] = tidy.pop("minLength")
    return tidy


@cache
def _described(hint: Any) -> Any:  # noqa: ANN401 - any type, and the same with records made models
    """Make models of the named tuples in a type, which pydantic would describe as arrays."""
    if isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields"):
        fields: Json = {name: (_described(inner), ...) for name, inner in get_type_hints(hint).items()}
        return create_model(hint.__name__, __doc__=hint.__doc__, **fields)
    if isinstance(hint, UnionType):
        return reduce(operator.or_, map(_described, hint.__args__))
    arguments = get_args(hint)
    if not arguments or get_origin(hint) is Literal:
        return hint
    return get_origin(hint)[tuple(_described(inner) for inner in arguments)]


def _cards(*kinds: type) -> Json:
    """Describe what is written of scorecards, and of rollups: their own fields, each of them always there."""
    records = {record: TypeAdapter(_described(record)) for record in kinds}
    _, made = TypeAdapter.json_schemas(
        [(record.__name__, "serialization", adapter) for record, adapter in records.items()],
        schema_generator=_Generator,
    )
    definitions: Json = _tidy(made["$defs"])
    for definition in definitions.values():
        definition["required"] = list(definition["properties"])
        definition["additionalProperties"] = False
        definition.pop("title", None)
        for field in definition["properties"].values():
            field.pop("default", None)
    number: Json = {"type": ["number", "null"]}
    definitions["Scorecard"]["properties"]["bounds"] = mapping({"low": number, "high": number})
    criterion = definitions["CriterionScore"]
    criterion["properties"]["answers"] = criterion["properties"].pop("readings")
    criterion["required"] = list(criterion["properties"])
    return dict(sorted(definitions.items()))


def _scorecard() -> Json:
    """Make the schema of what `render.jsonl` writes."""
    definitions = _cards(Scorecard)
    card = definitions.pop("Scorecard")
    record = mapping({"schema": {"const": "servaudit/scorecard/1"}, **card["properties"]})
    return heading("scorecard", SCORECARD) | record | {"$defs": definitions}


def _scores() -> Json:
    """Make the schema of what `render.json` writes."""
    text: Json = {"type": "string"}
    place: Json = {"line": {"type": "integer"}, "column": {"type": "integer"}, "end_column": {"type": "integer"}}
    problem = {
        "code": text,
        "severity": {"enum": ["error", "warning"]},
        "file": text,
        "message": text,
        "help": {"type": ["string", "null"]},
    }
    return heading("scores", SCORES) | mapping(
        {
            "schema": {"const": "servaudit/scores/1"},
            "generator": mapping({"name": {"const": "servaudit"}, "version": text}),
            "scorecards": {"type": "array", "items": {"$ref": "#/$defs/Scorecard"}},
            "rollups": {"type": "array", "items": {"$ref": "#/$defs/RollupCard"}},
            "problems": {"type": "array", "items": mapping(problem, optional={**place, "sheet": text, "cell": text})},
        }
    ) | {"$defs": _cards(Scorecard, RollupCard)}  # fmt: skip


def mapping(properties: Json, optional: Json | None = None) -> Json:
    """Describe a mapping that has these keys, all of them but the optional ones, and no others."""
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        "additionalProperties": False,
    }

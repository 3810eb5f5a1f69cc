"""Writes docs/reference.md: every key of the documents that people write, from their JSON Schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from servaudit.model.base import TEXT_SCHEMA
from servaudit.model.schema import DOCUMENTS, schema

Json = dict[str, Any]

HEAD = """\
# Every key of the YAML

What a standard, a checklist, a vocabulary, an observation and `servaudit.yaml` are made of, written from the schemas
that editors complete with (`servaudit schema standard`). [Writing a standard](standards.md) explains them in order,
and [every way to score](scoring.md) shows what they do. A *text* is plain, or `{fr: …, en: …}`; an *id* is small
letters, digits and `_`; an *expression* is explained [here](standards.md#expressions)."""
FILES = {
    "standard": "A standard",
    "checklist": "A checklist",
    "vocabulary": "A vocabulary",
    "observation": "An observation",
    "configuration": "`servaudit.yaml`",
}
_SHAPES = {
    "^[a-z][a-z0-9_]*$": "id",
    "^(0|[1-9]": "version",
    r"^[a-z][a-z0-9_]*@": "id@version",
    "^([01]": "time",
    "^[0-9a-f]{64}$": "SHA-256",
    "^data:image": "picture",
    "^(?:[a-z0-9_*?#]": "pattern",
}
_TYPES = {"integer": "whole number", "boolean": "yes or no", "object": "mapping", "array": "list", "string": "text"}
_SCALAR = {"string", "number", "boolean"}
_EXPRESSION = 1000  # characters at most: only expressions have this bound


def page() -> str:
    """Write the page."""
    done: set[str] = set()
    return "\n\n".join([HEAD, *(part for kind in DOCUMENTS for part in _document(kind, done))]) + "\n"


def _document(kind: str, done: set[str]) -> Iterator[str]:
    """Write a kind of document, then the parts of it that were not written before, in the order they are met."""
    made = schema(kind)
    yield f"## {FILES[kind]}\n\n{made['description']}\n\n{_table(made)}"
    waiting = list(_parts(made["properties"]))
    while waiting:
        name = waiting.pop(0)
        if name in done:
            continue
        done.add(name)
        part = made["$defs"][name]
        waiting = [*_parts(part.get("properties", {})), *waiting]
        says = part.get("description", "").partition("\n")[0]
        yield f"### {name}\n\n{says}\n\n{_table(part)}"


def _parts(made: object) -> Iterator[str]:
    """List the parts that a schema refers to."""
    if isinstance(made, Mapping):
        if "$ref" in made:
            yield made["$ref"].rpartition("/")[2]
        for inner in made.values():
            yield from _parts(inner)
    elif isinstance(made, list):
        for inner in made:
            yield from _parts(inner)


def _table(part: Json) -> str:
    """Write a row for each key."""
    rows = ["| key | takes | default | what for |", "|---|---|---|---|"]
    required = set(part.get("required", ()))
    for key, field in part["properties"].items():
        default = "*required*" if key in required else _default(field)
        cells = (f"`{key}`", " or ".join(dict.fromkeys(_takes(field))), default, field["description"])
        rows.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    return "\n".join(rows)


def _default(field: Json) -> str:
    """Say what stands for a key that is left out, where that is a value."""
    default = field.get("default")
    if default in (None, [], {}) or isinstance(default, dict):
        return ""
    if isinstance(default, str):
        return f"`{default}`"
    return f"`{json.dumps(int(default) if isinstance(default, float) and default.is_integer() else default)}`"


def _takes(field: Json) -> Iterator[str]:
    """Say what a key takes, each form apart."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        yield f"[{name}](#{name.lower()})"
    elif "const" in field:
        yield f"`{field['const']}`"
    elif "enum" in field:
        yield " · ".join(f"`{value}`" for value in field["enum"])
    elif "if" in field:
        for branch in ("else", "then"):  # what is short before what is long
            if branch in field:
                yield from _takes(field[branch])
    elif set(field.get("properties", ())) == set(TEXT_SCHEMA["properties"]):
        yield "text"
    else:
        yield from _typed(field)


def _typed(field: Json) -> Iterator[str]:
    """Say what a key of these types takes."""
    types = field.get("type", [])
    types = set(types if isinstance(types, list) else [types]) - {"null"}
    if field.get("maxLength") == _EXPRESSION:
        yield "expression"
    elif "pattern" in field:
        yield next(name for start, name in _SHAPES.items() if field["pattern"].startswith(start))
    elif types == _SCALAR:
        yield "text" if "minLength" in field else "value"
    elif field.get("format") == "date":
        yield "date"
    elif field.get("minItems") == field.get("maxItems") == 2:
        yield f"[{next(_takes(field['items']))}, {next(_takes(field['items']))}]"
    elif "items" in field:
        yield "list of " + " or ".join(dict.fromkeys(_takes(field["items"])))
    elif "additionalProperties" in field and isinstance(field["additionalProperties"], dict):
        values = " or ".join(dict.fromkeys(_takes(field["additionalProperties"]))) or "any value"
        yield f"mapping to {values}"
    elif "properties" in field:
        yield "{" + ", ".join(f"{key}: {next(_takes(inner))}" for key, inner in field["properties"].items()) + "}"
    elif not types:
        yield "value"
    else:
        yield from (_TYPES.get(name, name) for name in sorted(types))

"""Writes plain data as YAML that our reader reads back as the same data."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from servaudit.sources.scalars import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SAFE = re.compile(r"[^\W_][^\x00-\x1f\x7f-\x9f:#,\[\]{}\"\\\u2028\u2029\ufeff\ud800-\udfff]*(?<![ \u00a0])")


def flow(value: Any) -> str:  # noqa: ANN401 - what YAML has
    """Write a value on one line; texts are in quotes only where they must be."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        written = getattr(value, "text", None)
        return written if isinstance(written, str) else repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(str(name))}: {flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    text = str(value)
    # Double quotes of YAML understand what JSON escapes.
    return text if _SAFE.fullmatch(text) and isinstance(plain(text), str) else json.dumps(text, ensure_ascii=False)


def block(data: Mapping[str, Any], indent: str = "", *, depth: int = 2) -> Iterator[str]:
    """Write a mapping line by line, `depth` levels of mappings one under the other, what is further in on one line."""
    for name, value in data.items():
        if isinstance(value, dict) and value and depth > 1:
            yield f"{indent}{flow(str(name))}:"
            yield from block(value, f"{indent}  ", depth=depth - 1)
        elif isinstance(value, list) and value and isinstance(value[0], dict) and depth > 1:
            yield f"{indent}{flow(str(name))}:"
            yield from (f"{indent}  - {flow(item)}" for item in value)
        else:
            yield f"{indent}{flow(str(name))}: {flow(value)}"

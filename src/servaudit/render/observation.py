"""Writes an observation as YAML that a person reads and edits: what was answered, in the order of the standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from servaudit.render.yaml import flow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WIDTH: Final = 110
_KEYS: Final = ("kind", "standard", "checklist", "standards", "language", "visit", "note", "answers", "commendations",
                "overrides")  # fmt: skip


def render(data: Mapping[str, Any], *, origin: str = "") -> str:
    """Write an observation given as plain data; read again, it gives the same data. `origin` stands in a comment."""
    lines = [f"# {_one_line(origin)}"] if origin else []
    for name in (*_KEYS, *(key for key in data if key not in _KEYS)):
        if name in data:
            lines += _pair(name, data[name], "", blocks=2 if name == "answers" else 1)
    return "".join(f"{line}\n" for line in lines)


def _pair(name: str, value: object, indent: str, *, blocks: int) -> Iterator[str]:
    """Write a key and its value: mappings and lists line by line down to `blocks` levels, or where a line is long."""
    line = f"{indent}{flow(name)}: {flow(value)}"
    grouped = isinstance(value, list) and any(isinstance(item, dict) for item in value)
    opened = blocks > 0 and isinstance(value, dict) and (blocks > 1 or not _single(value))
    if value in ({}, []) or not (opened or grouped or len(line) > WIDTH) or not isinstance(value, dict | list):
        yield line
        return
    yield f"{indent}{flow(name)}:"
    inside = f"{indent}  "
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _pair(str(key), item, inside, blocks=blocks - 1)
        return
    for item in value:
        if not isinstance(item, dict) or not item or len(line := f"{inside}- {flow(item)}") <= WIDTH:
            yield line if isinstance(item, dict) and item else f"{inside}- {flow(item)}"
            continue
        lines = [line for key, one in item.items() for line in _pair(str(key), one, f"{inside}  ", blocks=0)]
        yield f"{inside}- {lines[0].lstrip()}"
        yield from lines[1:]


def _single(value: dict[str, object]) -> bool:
    return all(not isinstance(item, dict | list) for item in value.values()) and len(value) < 3  # noqa: PLR2004 - facts


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())

"""Which keys a model knows at a place of a document: what a misspelt key is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator


def keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """List the keys of the mapping at pydantic's `loc` (which may name members of unions)."""
    types: list[Any] = [model]
    for part in loc:
        # A part that leads nowhere names a member in a way of pydantic's own; the types stay as they are.
        types = [inner for outer in types for inner in _into(outer, part)] or types
    return [name for outer in types for member in _members(outer) for name in _names(member)]


def _members(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - annotations are of no common type
    """Yield the types that an annotation stands for, without its wrappings."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from _members(member)
    else:
        yield annotation


def _tagged(annotation: Any, tag: str | int) -> Iterator[Any]:  # noqa: ANN401 - same
    """Yield the members of a union that carry a tag."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        if any(isinstance(extra, Tag) and extra.tag == tag for extra in arguments[1:]):
            yield arguments[0]
        else:
            yield from _tagged(arguments[0], tag)
    elif origin in (Union, UnionType):
        for member in arguments:
            yield from _tagged(member, tag)


def _into(annotation: Any, part: str | int) -> Iterator[Any]:  # noqa: ANN401 - same
    """Yield the types found one step further: a union's member, a field, an item, an entry."""
    tagged = list(_tagged(annotation, part))
    if tagged:
        yield from tagged
        return
    for member in _members(annotation):
        origin, arguments = get_origin(member), get_args(member)
        if isinstance(member, type) and issubclass(member, BaseModel):
            for name, field in member.model_fields.items():
                if part in (name, field.alias):
                    yield field.annotation
        elif (origin is list and isinstance(part, int)) or origin in (dict, Mapping):
            yield arguments[-1]


def _names(member: Any) -> Iterator[str]:  # noqa: ANN401 - same
    if isinstance(member, type) and issubclass(member, BaseModel):
        for name, field in member.model_fields.items():
            yield field.alias or name

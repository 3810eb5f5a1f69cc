"""The JSON Schemas of what commands print with `--format json`, one for each of them that has no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from servaudit.change.comparison import STATES
from servaudit.change.kinds import KINDS
from servaudit.model.schema import heading, mapping
from servaudit.verify.compare import State

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]

_TEXT: Final[Json] = {"type": "string"}
_MAYBE: Final[Json] = {"type": ["string", "null"]}
_NUMBER: Final[Json] = {"type": "number"}
_FIGURE: Final[Json] = {"type": ["number", "null"]}
_COUNT: Final[Json] = {"type": "integer", "minimum": 0}
_TEXTS: Final[Json] = {"type": "array", "items": _TEXT}


def _list(item: Json) -> Json:
    return {"type": "array", "items": item}


def _sides(each: Json) -> Json:
    return mapping({"before": each, "after": each})


_SIDE: Final = mapping({"path": _TEXT, "visits": _COUNT, "versions": _TEXTS, "left_out": _TEXTS})
_MEANS: Final = mapping(
    {"before": _NUMBER, "before_common": _NUMBER, "after": _NUMBER, "after_common": _NUMBER, "counted": _sides(_COUNT)}
)
_COMPARED: Final = mapping(
    {
        "id": _TEXT,
        "version": {**_TEXT, "description": "the newest of after, which judges all visits for `service`"},
        "before": _SIDE,
        "after": _SIDE,
        "means": {"if": {"type": "null"}, "else": _MEANS},
        "change": {**_FIGURE, "description": "`service` and `standard` together"},
        "service": _FIGURE,
        "standard": _FIGURE,
        "criteria": _list(
            mapping(
                {
                    "id": _TEXT,
                    "state": {"enum": list(STATES)},
                    "before": _FIGURE,
                    "after": _FIGURE,
                    "judged": _sides(_COUNT),
                    "changes": _list({"enum": list(KINDS)}),
                }
            )
        ),
    }
)
_COUNTED: Final[Json] = {"type": ["integer", "null"], "minimum": 0}
_TAKEN: Final = mapping({"id": _TEXT, "version": _MAYBE, "criteria": _COUNTED})
KINDS_PRINTED: Final[Mapping[str, tuple[str, Json]]] = {
    "config": (
        "What servaudit.yaml decides, and where each value comes from.",
        {
            "file": _MAYBE,
            "settings": _list(mapping({"key": _TEXT, "value": {}, "origin": _TEXT})),
        },
    ),
    "list": (
        "The standards, checklists and vocabularies in reach.",
        {
            "documents": _list(
                mapping(
                    {
                        "kind": {"enum": ["standard", "checklist", "vocabulary"]},
                        "id": _MAYBE,
                        "version": _MAYBE,
                        "title": _MAYBE,
                        "criteria": _COUNTED,
                        "standards": {**_list(_TAKEN), "type": ["array", "null"]},
                        "path": _TEXT,
                        "usable": {"type": "boolean"},
                    }
                )
            )
        },
    ),
    "document": (
        "A standard, checklist or vocabulary, as its author wrote it.",
        {"path": _TEXT, "sha256": _TEXT, "document": {"type": "object"}},
    ),
    "verification": (
        "What came out when a report was verified.",
        {
            "report": _TEXT,
            "checks": _list(
                mapping(
                    {
                        "what": _TEXT,
                        "state": {"enum": list(get_args(State))},
                        "differences": _list(mapping({"place": _TEXT, "said": {}, "found": {}})),
                        "why": _TEXTS,
                    }
                )
            ),
        },
    ),
    "comparison": (
        "What changed between two visits or campaigns.",
        {"compared": _list(_COMPARED), "alone": _TEXTS},
    ),
}


def schema(kind: str) -> Json:
    """Make the schema of one of `KINDS_PRINTED`; KeyError for another kind."""
    description, properties = KINDS_PRINTED[kind]
    return heading(kind, description) | mapping({"schema": {"const": f"servaudit/{kind}/1"}, **properties})

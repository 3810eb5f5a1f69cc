"""The JSON Schema of a difference, `servaudit/diff/1`."""

from __future__ import annotations

from typing import Any, Final, get_args

from servaudit.change.kinds import KINDS, LEVELS
from servaudit.model.schema import heading, mapping
from servaudit.model.scorecard import Verdict

Json = dict[str, Any]

_TEXT: Final[Json] = {"type": "string"}
_MAYBE: Final[Json] = {"type": ["string", "null"]}
_NUMBER: Final[Json] = {"type": ["number", "null"]}
_WHOLE: Final[Json] = {"type": "integer", "minimum": 1}
_RANK: Final[Json] = {"type": ["integer", "null"], "minimum": 1}
_VERSION: Final = mapping({"version": _TEXT, "path": _TEXT, "sha256": _TEXT})
_CAME: Final = mapping(
    {
        "score": _NUMBER,
        "points": _NUMBER,
        "max_points": _NUMBER,
        "level": _MAYBE,
        "verdict": {"enum": [*get_args(Verdict), None]},
        "refused": {"type": "array", "items": _TEXT, "description": "why it could not be scored"},
    }
)
_CHANGE: Final = mapping(
    {
        "kind": {"enum": list(KINDS)},
        "level": {"enum": list(LEVELS[1:])},
        "subject": {**_TEXT, "description": "the id of what changed"},
        "field": {**_TEXT, "description": "the key that changed"},
        "language": _MAYBE,
        "old": {"description": "the value before; null where there was none"},
        "new": {"description": "the value after; null where there is none"},
        "why": {**_MAYBE, "description": "what makes it graver than its kind, or what to do"},
        "side": {"enum": ["old", "new"], "description": "the document that the place is in"},
        "path": {"type": "array", "items": {"type": ["string", "integer"]}},
        "file": _TEXT,
        "line": _WHOLE,
        "column": _WHOLE,
    }
)
_EFFECT: Final = mapping(
    {
        "path": _TEXT,
        "visit": _TEXT,
        "site": _MAYBE,
        "date": _MAYBE,
        "before": _CAME,
        "after": _CAME,
        "moved": {"type": "boolean"},
        "delta": {**_NUMBER, "description": "of the score, else of the points"},
        "rank_before": _RANK,
        "rank_after": _RANK,
        "kept_aside": {"type": "integer", "minimum": 0},
    }
)


def schema() -> Json:
    """Make the schema of what `servaudit diff` writes as JSON."""
    body = mapping(
        {
            "schema": {"const": "servaudit/diff/1"},
            "generator": mapping({"name": {"const": "servaudit"}, "version": _TEXT}),
            "standard": _TEXT,
            "old": _VERSION,
            "new": _VERSION,
            "level": {"enum": list(LEVELS)},
            "wanted": {**_TEXT, "description": "the lowest version that the changes call for"},
            "enough": {"type": "boolean"},
            "changes": {"type": "array", "items": _CHANGE},
            "impact": {"type": ["array", "null"], "items": _EFFECT},
        }
    )
    return heading("diff", "What changed between two versions of a standard, and what becomes of past visits.") | body

"""An observation: what was seen on one visit."""

# Without `from __future__ import annotations`: pydantic needs the types at once, and would compile texts.
import datetime as dt
import re
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

from servaudit.model.base import Document, Finite, Id, Language, Pin, Plain

PHOTOS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".heif", ".avif", ".tif", ".tiff", ".bmp")
"""How the name of a photo ends."""
USUAL_SOURCES = ("mystery", "observer", "self", "peer", "customer")
"""Those who observe, by the keys that reports have words for; others are said as they are written."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _none(empty: Any, description: str | None = None) -> Any:  # noqa: ANN401 - a field of any type
    """Declare a list or mapping that is empty unless it is given; pydantic would copy a default deeply each time."""
    return Field(default_factory=type(empty), description=description, json_schema_extra={"default": empty})


def _date(value: object) -> object:
    """Refuse what pydantic would guess a date from (numbers, date-times)."""
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise PydanticCustomError("date_iso", "write the date as year-month-day, 2026-11-03")
    return value


Date = Annotated[dt.date, BeforeValidator(_date)]
Time = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Visit(Document):
    """Where, when and by whom; people are pseudonyms."""

    id: Plain
    site: Plain | None = None
    date: Date | None = None
    started: Time | None = None
    ended: Time | None = None
    auditor: Plain | None = None
    source: Plain | None = Field(None, description="mystery, observer, self, peer, customer, …")
    context: dict[Id, bool | Finite | str] = _none({})


class Commendation(Document):
    """A "bravo": behaviour in the wanted direction, recognised."""

    criterion: Id | None = None
    standard: Id | None = None
    note: Plain
    team: Plain | None = None


class Override(Document):
    """A recorded human decision; the computed result stays beside it."""

    of: Literal["level", "score", "verdict"]
    to: Annotated[str | Finite, Field(union_mode="left_to_right")]
    by: Plain
    reason: Plain
    date: Date


_PHOTO_NAME = re.compile(r"(?!/)(?!(?:.*/)?\.{1,2}/)[^\\:\0\n]{1,200}\.(?:jpe?g|png|webp)", re.IGNORECASE)
_PHOTO = re.compile(r"data:image/(?:jpeg|png|webp);base64,[A-Za-z0-9+/]+={0,2}")


def _photo_name(value: object) -> object:
    """Refuse what cannot be a photo beside the observation: that is where it is put when it is written out."""
    if isinstance(value, str) and not _PHOTO_NAME.fullmatch(value):
        raise PydanticCustomError("photo_name", "a photo has a name such as photos/smile.jpg, without .. or a drive")
    return value


def _photo(value: object) -> object:
    if isinstance(value, str) and not _PHOTO.fullmatch(value):
        raise PydanticCustomError("photo_data", "a photo is carried as data:image/jpeg;base64,…")
    return value


Photos = dict[
    Annotated[str, BeforeValidator(_photo_name)],
    Annotated[str, BeforeValidator(_photo), WithJsonSchema({"type": "string"})],
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
_ITEMS: dict[str, Any] = {"type": "array", "items": {"type": ["string", "number", "boolean", "null", "object"]}}
_DETAIL_KEYS = ("value", "note", "evidence")
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}


def _answer(mapped: dict[str, Any]) -> dict[str, Any]:
    """Describe an answer; `mapped` is what stands under the keys of a mapping without value, note or evidence."""
    return {
        "description": "a value, a list of values, a tally {answer: count}, or {value: …, note: …, evidence: […]}",
        "if": {"type": "object"},
        "then": {
            "if": {"anyOf": [{"required": [name]} for name in _DETAIL_KEYS]},
            "then": {
                "properties": {
                    "value": {
                        "if": {"type": "object"},
                        "then": {"additionalProperties": _COUNT},
                        "else": {"if": {"type": "array"}, "then": _ITEMS, "else": _SCALAR},
                    },
                    "note": {"type": ["string", "number", "boolean"]},
                    "evidence": {"type": "array", "items": {"type": "string"}},
                },
                "additionalProperties": False,
            },
            "else": {"additionalProperties": mapped},
        },
        "else": {"if": {"type": "array"}, "then": _ITEMS, "else": _SCALAR},
    }


_ANSWER_SCHEMA = _answer(_COUNT)


def _mapping(value: object) -> object:
    """Take a mapping as it is: what answers mean is read later, and a copy of each visit's would take time."""
    if isinstance(value, dict):
        return value
    raise PydanticKnownError("dict_type")


Answers = Annotated[dict[str, Any], PlainValidator(_mapping), WithJsonSchema({"type": "object"})]


class Observation(Document):
    """The answers of one visit. What an answer means is read against the standard (scoring.answers).

    Made with a checklist of several standards, its answers stand under each standard's id.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"required": ["checklist"]},
            "then": {
                "not": {"required": ["standard"]},
                "properties": {"answers": {"additionalProperties": _answer(_ANSWER_SCHEMA)}},
            },
            "else": {
                "required": ["standard"],
                "properties": {"answers": {"additionalProperties": _ANSWER_SCHEMA}},
            },
        }
    )

    kind: Literal["observation"]
    standard: Pin | None = None
    checklist: Pin | None = Field(None, description="in place of a standard: the checklist that was filled in")
    standards: list[Pin] = _none([], "of a checklist: the exact versions it was filled in with")
    language: Language | None = None
    visit: Visit
    note: Plain | None = Field(None, description="a general remark on the visit")
    answers: Answers
    commendations: list[Commendation] = _none([])
    overrides: list[Override] = _none([])
    former: dict[Pin, Answers] = _none(
        {}, "answers that a newer version has no place for, by the version they were given to; not scored"
    )

    photos: Photos = _none({}, "photos that answers name as evidence, carried in a JSON file; not for YAML")
    made_from: dict[Pin, Sha256] = _none(
        {}, "the SHA-256 of the standards and the checklist it was filled in with, to tell another text"
    )

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if (self.standard is None) == (self.checklist is None):
            raise PydanticCustomError("observation_of", "an observation names a standard, or a checklist")
        return self

    @property
    def of(self) -> str:
        """The standard or checklist it was made with, and its exact version."""
        return self.standard or self.checklist or ""

"""The words every document shares: ids, texts in one or several languages, values read as they were written."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


class Document(BaseModel):
    """Base of every model: frozen, nothing extra allowed, built when first used."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, hide_input_in_errors=True)


class Numeral(float):
    """A number that remembers how it was written, because `1.10` in a note is a price and not `1.1`."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Self:
        """Read the number; `text` is kept."""
        self = super().__new__(cls, text)
        self.text = text
        return self


def as_written(value: object) -> object:
    """Give back the text of a scalar that YAML read as a number or a truth value; anything else unchanged."""
    if isinstance(value, Numeral):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return value


def _text(value: object) -> Mapping[str, str]:
    """Make `{language: text}` of a text; a plain string goes under the language `""`, the document's own."""
    value = as_written(value)
    if isinstance(value, str):
        if not value.strip():
            raise PydanticCustomError("text_empty", "a text cannot be empty")
        return {"": value}
    if isinstance(value, dict) and value:
        for language, text in value.items():
            if language not in LANGUAGES:
                said = {"language": str(language)}
                if text is None:  # most often the rest of a text: {fr: Bonjour, Madame, en: …}
                    raise PydanticCustomError("text_comma", "“{language}” is not a language: fr or en", said)
                raise PydanticCustomError("text_language", "“{language}” is not a language: fr or en", said)
            if not isinstance(as_written(text), str) or not str(text).strip():
                raise PydanticCustomError("text_empty", "a text cannot be empty")
        return {language: str(as_written(text)) for language, text in value.items()}
    raise PydanticCustomError("text_type", "expected a text, or {fr: …, en: …}")


TEXT_SCHEMA: dict[str, Any] = {
    "type": ["string", "number", "boolean", "object"],
    "minLength": 1,
    "minProperties": 1,
    "properties": {language: {"type": ["string", "number", "boolean"], "minLength": 1} for language in LANGUAGES},
    "additionalProperties": False,
    "description": "a text in the document's language, or {fr: …, en: …}",
}

Text = Annotated[Mapping[str, str], BeforeValidator(_text), WithJsonSchema(TEXT_SCHEMA)]
Plain = Annotated[
    str,
    BeforeValidator(as_written),
    StringConstraints(min_length=1),
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1}),
]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=100)]
Version = Annotated[
    str,
    BeforeValidator(as_written),
    StringConstraints(pattern=r"^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$"),
]
Pin = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*@\d+\.\d+\.\d+$", max_length=140)]
"""A document and its version: `branch_welcome@1.2.0`."""
LEAST = 1e-9
"""The smallest size of a number that is not 0: compared to nine decimals, less than this is 0."""


def _sized(value: float) -> float:
    """Refuse what is hardly more than nothing: as a divisor, it makes scores beyond every double."""
    if -LEAST < value < LEAST and value != 0:
        raise PydanticCustomError("number_tiny", "a number this close to 0 is not told from 0")
    return value


Finite = Annotated[
    float,
    Field(strict=True, allow_inf_nan=False, ge=-1e9, le=1e9),
    AfterValidator(_sized),
    WithJsonSchema({"type": "number"}),
]
"""A number of a document, within bounds that keep every sum of points, however nested, within those of a double."""


def say(text: Mapping[str, str], language: str, own: str = "") -> str:
    """Say a text in `language`; failing that in the document's `own` language, then in any it has."""
    for wanted in (language, "", own):
        if wanted in text:
            return text[wanted]
    return next(iter(text.values()))


class Worded:
    """A document with texts, which says in which language they are where they say none."""

    if TYPE_CHECKING:
        language: Language

    def say(self, text: Mapping[str, str], language: str) -> str:
        """Say one of this document's texts in `language`, else in its own."""
        return say(text, language, self.language)


def key(value: object) -> str:
    """Spell a YAML key or scalar one way: `5`, `5.0` and `"5"` are `5`; `true` is `yes` and `false` is `no`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def folded(text: str) -> str:
    """Fold a text for matching: trimmed, one space, no case, no accent, typographic apostrophes made plain."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def by_name(value: object, fault: PydanticCustomError) -> object:
    """Read `[a, b]` or `{a: text, b: text}`, in order, as `{name: text or None}`; raise `fault` for a list of more."""
    if isinstance(value, list):
        if any(isinstance(name, dict | list) for name in value):
            raise fault
        return {key(name): None for name in value}
    return {key(name): text for name, text in value.items()} if isinstance(value, dict) else value

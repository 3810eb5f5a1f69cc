"""What pydantic found wrong, in our words: one entry per type of error, with what to do about it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from servaudit.diagnostics import Message, did_you_mean, msg
from servaudit.model.base import as_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails

SHOWN = 60
_TIME = re.compile(r"([01]?[0-9]|2[0-3])(?::([0-5]?[0-9]))?")
SCALE_KINDS = ("choices", "curve", "steps", "range", "info")


class Wording(NamedTuple):
    """The code, the message and the help of one error."""

    code: str
    message: Message
    help: Message | None = None


TYPES: Mapping[str, Message] = {
    "string_type": msg("a text"),
    "bool_type": msg("true or false"),
    "bool_parsing": msg("true or false"),
    "int_type": msg("a whole number"),
    "int_parsing": msg("a whole number"),
    "int_from_float": msg("a whole number"),
    "float_type": msg("a number"),
    "float_parsing": msg("a number"),
    "list_type": msg("a list"),
    "dict_type": msg("a mapping (key: value)"),
    "mapping_type": msg("a mapping (key: value)"),
    "model_type": msg("a mapping (key: value)"),
    "model_attributes_type": msg("a mapping (key: value)"),
    "none_required": msg("nothing"),
}
"""What was expected, by the error that says that something else was found."""

OWN: Mapping[str, tuple[Message, Message | None]] = {
    "text_empty": (msg("a text cannot be empty"), msg("write it, or leave the key out")),
    "text_language": (msg("“{language}” is not a language"), msg("texts are in fr or en: {{fr: …, en: …}}")),
    "text_comma": (
        msg("“{language}” is not a language"),
        msg('put quotes around a text that has a comma: {{fr: "…, …", en: …}}'),
    ),
    "text_type": (msg("a text is expected here"), msg("write a text, or {{fr: …, en: …}}")),
    "date_iso": (msg("“{value}” is not a date"), msg("write year-month-day: 2026-11-03")),
    "share_that": (
        msg("a share needs “that”: the condition that is counted"),
        msg('for example that: "score == 1"'),
    ),
    "agg_of": (msg("“{agg}” needs “of”: the expression it is taken of"), msg("for example of: weight * score")),
    "limit_action": (
        msg("a limit has exactly one action"),
        msg("keep one of score, at_most, fail, add"),
    ),
    "pass_mark": (msg("a pass mark is a score or a level"), msg("write {{score: 0.8}} or {{level: good}}")),
    "observation_of": (
        msg("an observation names the standard, or the checklist, that it was made with"),
        msg("write one of standard: id@1.0.0 and checklist: id@1.0.0"),
    ),
    "selection_empty": (
        msg("this selection selects nothing"),
        msg("name sections, criteria, severities or facets"),
    ),
    "version_range": (
        msg("“{value}” is no version and no range of versions"),
        msg("write 1.2.0, ^1.2 (up to the next major version) or >=1.2 <3"),
    ),
    "picture_path": (
        msg("a picture is a file beside the standard, named .jpg, .png, .gif or .webp"),
        msg("put it in the standard's folder, and write its path from there: pictures/smile.jpg"),
    ),
    "photo_name": (
        msg("“{value}” cannot be the name of a photo"),
        msg("write its path from the observation's folder, without ..: photos/smile.jpg"),
    ),
    "photo_data": (
        msg("a photo is carried in base64, and only a JPEG, PNG or WebP one"),
        msg("write data:image/jpeg;base64,…, or put the file beside the observation"),
    ),
    "history_name": (
        msg("“{value}” is neither an id, nor context.<fact>, nor levels.<level>"),
        msg("write the id of a criterion or a section, as it was or is called: greeted_first"),
    ),
    "history_rescale": (
        msg("to rescale, say what each old answer becomes"),
        msg("write {{old answer: new answer}}, or for measured values the factor: 60"),
    ),
    "levels": (msg("levels are a list of names, or {{name: text}}"), msg("write them best first: [good, fair, poor]")),
    "values": (
        msg("values are a list of names, or {{name: text}}"),
        msg("write the names, or what people read too: {{self: {{fr: soi-même, en: oneself}}}}"),
    ),
    "scale_kind": (
        msg("this scale says nothing of its answers"),
        msg("a scale has one of: {kinds}", kinds=", ".join(SCALE_KINDS)),
    ),
    "number_tiny": (
        msg("{value} is too close to 0 to count: numbers are compared to nine decimals"),
        msg("write 0, or at least 0.000000001"),
    ),
    "step_points": (msg("a step without points"), msg("each step is [bound, points]; only the bound may be null")),
}
"""Errors that our own models raise."""

LIMITS: Mapping[str, Message] = {
    "string_too_short": msg("a text cannot be empty here"),
    "string_too_long": msg("the text is longer than {max_length} characters"),
    "too_short": msg("too few items: {actual_length}, where {min_length} is the least"),
    "too_long": msg("at most {max_length} items can stand here, here are {actual_length}"),
    "greater_than": msg("{value} is too small: more than {gt} is expected"),
    "greater_than_equal": msg("{value} is too small: at least {ge} is expected"),
    "less_than": msg("{value} is too large: less than {lt} is expected"),
    "less_than_equal": msg("{value} is too large: at most {le} is expected"),
    "finite_number": msg("a number beyond what can be computed with"),
    "int_parsing_size": msg("a number beyond what can be computed with"),
    "string_unicode": msg("a character in it is none that a text can have"),
    "date_parsing": msg("“{value}” is not a day of the calendar"),
    "date_from_datetime_parsing": msg("“{value}” is not a day of the calendar"),
    "recursion_loop": msg("the value contains itself"),
}

PATTERNS: Mapping[str, tuple[Message, Message]] = {
    r"^[a-z][a-z0-9_]*$": (
        msg("“{value}” is not an id"),
        msg("an id has small letters without accents, figures and _, and starts with a letter: {example}"),
    ),
    r"^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$": (
        msg("“{value}” is not a version"),
        msg("a version has three numbers: {example}"),
    ),
    r"^[a-z][a-z0-9_]*@\d+\.\d+\.\d+$": (
        msg("“{value}” does not name a document and its version"),
        msg("write id@version, with the three numbers of the version: {example}"),
    ),
    r"^[0-9a-f]{64}$": (
        msg("“{value}” is not a SHA-256"),
        msg("it has 64 signs, figures and letters from a to f; leave it out if you do not know it"),
    ),
    r"^([01]\d|2[0-3]):[0-5]\d$": (
        msg("“{value}” is not a time of day"),
        msg("write hours and minutes in 24 hours, two figures each: {example}"),
    ),
    r"^(?:[a-z0-9_*?#]|\{(?:standard|section)\})+$": (
        msg("“{value}” is no pattern of ids"),
        msg("small letters, figures, _; * is any characters, ? one, # a digit; {{standard}} and {{section}} are ids"),
    ),
}
"""What each pattern of the models means; a test says that none is missing."""


def wording(error: ErrorDetails, known_keys: list[str]) -> Wording:
    """Say an error in our words; a type that is not known keeps pydantic's. `known_keys`: those of the mapping."""
    kind, value = error["type"], error["input"]
    context = {name: f"{item:g}" if isinstance(item, float) else item for name, item in error.get("ctx", {}).items()}
    values: dict[str, Any] = {**context, "value": shown(value)}
    if kind in TYPES:
        return _mistyped([kind], value)
    if kind == "too_long" and isinstance(value, str):
        kind = "string_too_long"
    elif kind == "too_long":
        values["actual_length"] = len(value)  # of a mapping, pydantic does not say it
    if kind == "too_short" and isinstance(value, str):
        kind = "string_too_short"
    if kind in LIMITS:
        return Wording("bad-value", msg(LIMITS[kind].template, **values))
    if kind in OWN:
        return _own(kind, values, value)
    last = error["loc"][-1] if error["loc"] else ""
    if kind == "missing":
        return Wording("missing-key", msg("“{key}” is missing", key=last), msg("add “{key}:” here", key=last))
    if kind == "extra_forbidden":
        return _unknown_key(str(last), known_keys)
    return _misspelt(error, values)


def _unknown_key(key: str, known: list[str]) -> Wording:
    listed = msg("the keys here are {keys}", keys=", ".join(sorted(known))) if known else None
    return Wording("unknown-key", msg("“{key}” is not a key here", key=key), did_you_mean(key, known) or listed)


def _own(kind: str, values: dict[str, Any], value: object) -> Wording:
    message, remedy = OWN[kind]
    if kind == "scale_kind" and isinstance(value, dict):
        near = (did_you_mean(str(name), SCALE_KINDS) for name in value)
        remedy = next((found for found in near if found), remedy)
    code = "missing-key" if kind == "observation_of" and "standard" not in _keys(value) else "bad-value"
    return Wording(code, msg(message.template, **values), remedy)


def _keys(value: object) -> Iterable[object]:
    return value if isinstance(value, dict) else ()


def _misspelt(error: ErrorDetails, values: dict[str, Any]) -> Wording:
    """Say that a word is none of those known, or has not the shape it must have."""
    kind, value = error["type"], values["value"]
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", values["expected"]) or values["expected"].split(" or ")
        choices = msg("it is one of {choices}", choices=", ".join(allowed))
        message = msg("“{value}” is not known here", value=value)
        return Wording("bad-value", message, did_you_mean(value, allowed) or choices)
    if kind == "string_pattern_mismatch" and values["pattern"] in PATTERNS:
        message, remedy = PATTERNS[values["pattern"]]
        example = example_of(values["pattern"], value)
        return Wording("bad-value", msg(message.template, value=value), msg(remedy.template, example=example))
    return Wording("bad-value", msg("{reason}", reason=error["msg"]))


def mistyped(errors: list[ErrorDetails]) -> Wording | None:
    """Say in one sentence what several members of a union expected at one place; None when that is not the case."""
    kinds = [error["type"] for error in errors]
    return _mistyped(kinds, errors[0]["input"]) if all(kind in TYPES for kind in kinds) else None


def _mistyped(kinds: list[str], value: object) -> Wording:
    kinds = [kind for kind in kinds if kind != "none_required"] or kinds
    expected = list({TYPES[kind].template: TYPES[kind] for kind in kinds}.values())
    *others, last = expected
    wanted: Message = last
    for other in reversed(others):
        wanted = msg("{one} or {other}", one=other, other=wanted)
    if value is None:
        return Wording("wrong-type", msg("there is nothing here; {expected} is expected", expected=wanted))
    message = msg("{expected} is expected here, not {found}", expected=wanted, found=_found(value))
    if expected == [TYPES["float_type"]] and isinstance(value, str):
        if re.fullmatch(r"[-+]?\d+,\d+", value.strip()):
            return Wording("wrong-type", message, msg("write a decimal point: {n}", n=value.strip().replace(",", ".")))
        if re.fullmatch(r"[-+]?\d+(\.\d+)?", value.strip()):
            return Wording("wrong-type", message, msg("write it without quotes and without zeros in front"))
    if expected == [TYPES["dict_type"]] and isinstance(value, str):
        return Wording("wrong-type", message, _mapping_help(value))
    if expected == [TYPES["string_type"]] and isinstance(value, bool | int | float):
        return Wording("wrong-type", message, msg('put quotes around it: "{value}"', value=shown(value)))
    return Wording("wrong-type", message)


def _mapping_help(value: str) -> Message:
    """Say how a key and its value are written, with the words that were meant to be both."""
    name, _, rest = value.strip().partition(":") if ":" in value else value.strip().partition(" ")
    if rest.strip() and "\n" not in value:
        return msg("write a colon and a space between them: {example}", example=shown(f"{name}: {rest.strip()}"))
    return msg("write each as key: value, with a colon and a space")


def _found(value: object) -> Message:
    """Say what kind of thing a value is."""
    if isinstance(value, bool):
        return msg("“{value}”", value=shown(value))
    if isinstance(value, int | float):
        return msg("the number {value}", value=shown(value))
    if isinstance(value, list):
        return msg("a list")
    if isinstance(value, dict):
        return msg("a mapping (key: value)")
    return msg("the text “{value}”", value=shown(value))


def shown(value: object) -> str:
    """Write a value as it was written in the file, shortened."""
    text = str(as_written(value)).replace("\n", " ")
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def example_of(pattern: str, value: str) -> str:
    """Write what was probably meant in the shape that a pattern wants."""
    if "@" in pattern:
        name, _, version = value.partition("@")
        return f"{_as_id(name)}@{_as_version(version)}"
    if ":" in pattern:
        time = _TIME.fullmatch(re.sub(r"\D+", ":", value).strip(":"))
        return f"{time[1].zfill(2)}:{(time[2] or '').zfill(2)}" if time else "09:30"
    return _as_version(value) if r"\." in pattern else _as_id(value)


def _as_id(value: str) -> str:
    bare = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_").lstrip("0123456789_")[:SHOWN] or "waiting_time"


def _as_version(value: str) -> str:
    numbers = [str(int(number)) for number in re.findall(r"\d{1,9}", value)[:3]]
    return ".".join([*numbers, "0", "0", "0"][:3]) if numbers else "1.0.0"

"""The shape of an answer in an observation: a value, a list, a tally, or any of these with a note and evidence."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from servaudit.diagnostics import Path, msg
from servaudit.model.base import as_written
from servaudit.scoring.units import Refused

DETAIL_KEYS: Final = frozenset({"value", "note", "evidence"})
MAX_REPEATS: Final = 10_000
MAX_COUNT: Final = 10_000_000


Given = tuple[tuple[object, int, Path], ...]
Spelling = str | int | tuple[object, ...] | None
"""What an answer is remembered by; None for what is odd and will hardly come again."""
_LONGEST = 200
_SHORT = 20
_PLAIN = frozenset({str, int})
_WHOLE = frozenset({int})


class Answer(NamedTuple):
    """An answer taken apart: raw values with how often each was given and where it stands under the answer."""

    values: Given
    raw: object = None
    note: str | None = None
    evidence: tuple[str, ...] = ()
    several: bool = False


NOTHING: Final = Answer(())


def remarks(raw: Any) -> tuple[object, str | None, tuple[str, ...]]:  # noqa: ANN401 - what the file holds
    """Give the values, note and evidence of an answer that was taken apart before, as they are written."""
    if type(raw) is not dict or not ("value" in raw or "note" in raw or "evidence" in raw):
        return raw, None, ()
    note, evidence = raw.get("note"), raw.get("evidence") or ()
    if note is not None and type(note) is not str:
        note = str(as_written(note))
    return raw.get("value"), note or None, (evidence,) if isinstance(evidence, str) else tuple(evidence)


def empty(raw: object) -> bool:
    """Tell whether nothing was observed: nothing is written, or a list of nothing."""
    if isinstance(raw, list):
        return all(_blank(item) for item in raw)
    return raw == {} or _blank(raw)


def _blank(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def take_apart(raw: Any, *, multiple: bool = False) -> Answer:  # noqa: ANN401 - what the file holds
    """Take an answer apart. With `multiple`, a list is one answer of several choices. Raises Refused."""
    if not isinstance(raw, dict) or not DETAIL_KEYS & raw.keys():
        values, several = _values(raw, (), multiple=multiple)
        return Answer(values, raw, several=several)
    extra = sorted(str(name) for name in raw.keys() - DETAIL_KEYS)
    if extra:
        # Within braces a comma in a text begins a key, which nothing follows.
        cut = raw[extra[0]] is None
        raise Refused(
            "answer-shape",
            msg("“{name}” has no place in an answer", name=extra[0]),
            msg('put quotes around a text that has a comma: {{note: "…, …"}}')
            if cut
            else msg("an answer has: value, note, evidence"),
            (extra[0],) if cut else (),
        )
    note = as_written(raw.get("note"))
    if note is not None and not isinstance(note, str):
        raise Refused("answer-shape", msg("a note is a text"), msg('put quotes around it: note: "…"'), ("note",))
    evidence = raw.get("evidence") or []
    evidence = [evidence] if isinstance(evidence, str) else evidence
    items = evidence if isinstance(evidence, list) else [evidence]
    odd = next((place for place, item in enumerate(items) if not (isinstance(item, str) and item)), None)
    if odd is not None:
        raise Refused(
            "answer-shape",
            msg("evidence is a list of file paths"),
            msg("write each path, from the observation's folder: {example}", example="[photos/1.jpg]"),
            ("evidence", odd) if isinstance(evidence, list) else ("evidence",),
        )
    values, several = _values(raw.get("value"), ("value",), multiple=multiple)
    return Answer(values, raw.get("value"), note or None, tuple(evidence), several)


def _values(raw: Any, path: Path, *, multiple: bool) -> tuple[Given, bool]:  # noqa: ANN401 - same
    if empty(raw):
        return (), False
    if isinstance(raw, list) and not (multiple and not any(isinstance(item, list) for item in raw)):
        if len(raw) > MAX_REPEATS:
            raise Refused(
                "answer-shape",
                msg("at most {limit} observations of one criterion", limit=MAX_REPEATS),
                msg("write a tally: {example}", example="{yes: 7, no: 3}"),
            )
        return tuple((item, 1, (*path, place)) for place, item in enumerate(raw) if not empty(item)), True
    if isinstance(raw, dict):
        tally = []
        for name, count in raw.items():
            if isinstance(count, bool) or not isinstance(count, int | float) or not count >= 0 or count % 1:
                raise Refused(
                    "answer-shape",
                    msg("a tally counts answers with whole numbers"),
                    msg("write for example {example}", example="{yes: 7, no: 3}"),
                )
            if count > MAX_COUNT:
                raise Refused("answer-shape", msg("at most {limit} observations of one criterion", limit=MAX_COUNT))
            if count:
                tally.append((name, int(count), (*path, name)))
        return tuple(tally), True
    return ((raw, 1, path),), False


def spelling(said: Any) -> Spelling:  # noqa: ANN401 - same
    """Spell an answer, without its note, so that only equal answers have one spelling: 1, 1.0, true and "1" are not."""
    kind = type(said)
    if kind is str or kind is int:
        return said  # type: ignore[no-any-return] # that is its type
    if kind is list:
        return (list, *said) if len(said) <= _SHORT and _PLAIN.issuperset(map(type, said)) else None
    if kind is dict:
        tally = len(said) <= _SHORT and DETAIL_KEYS.isdisjoint(said) and _WHOLE.issuperset(map(type, said.values()))
        return (dict, *said, *said.values()) if tally else None
    if kind is float or kind is bool:
        return kind, said
    return "" if said is None else None


def memorable(spelling: Spelling) -> bool:
    """Whether an answer is worth remembering."""
    return spelling is not None and len(str(spelling)) <= _LONGEST

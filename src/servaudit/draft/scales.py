"""From the answers a grid takes, however it says them, to a scale: choices and their points, bounds, or a record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from servaudit.diagnostics import Message, msg
from servaudit.draft import words
from servaudit.draft.grid import plain, tidy
from servaudit.draft.ids import snake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servaudit.draft.grid import Rule

Kind = Literal["yes_no", "choices", "range", "info"]
RANKED: Final = 8
"""Answers of a list that may be a scale; a longer list, of words we do not know, only records which one it was."""
LISTED: Final = 60
_THREE: Final = 3
"""Answers of a scale with a middle: fewer letters from A on need not be grades."""
_NUMBER: Final = r"[+-]?\d{1,4}(?:[.,]\d{1,3})?"
_BOUNDS: Final = re.compile(
    r"(?:^|\b|\()(\d{1,3})\s*(?:à|a|to|-|–|—|\.\.+|…|→|/)\s*(\d{1,3})\b(?!\s*[=:])",
    re.IGNORECASE,
)
_OUT_OF: Final = re.compile(r"(?:/|\bsur\b|\bout of\b)\s*(\d{1,3})\b", re.IGNORECASE)
_POINTS_LAST: Final = re.compile(
    rf"(?P<label>.*?[^\s=:(\[→])\s*(?:[=:(\[]|→|->)\s*(?P<points>{_NUMBER})\s*(?:pts?|points?)?\s*[)\]]?", re.IGNORECASE
)
_POINTS_FIRST: Final = re.compile(rf"(?P<points>{_NUMBER})\s*(?:[=:]|→|->|-|–)\s*(?P<label>\D.*)")
_SEPARATORS: Final = ("\n", ";", "|", "/", ",", " - ", " – ", " ou ", " or ")
_PERCENT: Final = ("pourcentage", "percentage", "percent", "%")
_AS_NA: Final = re.compile(r"\s*[=:]\s*n/?a$", re.IGNORECASE)
_DATE: Final = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{2,4}")
_NA_SLASH: Final = re.compile(r"\b([ns])\s*/\s*([ao])\b", re.IGNORECASE)


class Choice(NamedTuple):
    """One answer of a list, and its points; None: it only is an answer."""

    key: str
    label: str
    points: float | None


class Scale(NamedTuple):
    """A scale to be written. `guess` says what an author should check; `explicit`: the grid gave the points itself."""

    kind: Kind
    choices: tuple[Choice, ...] = ()
    low: float = 0
    high: float = 0
    info: str = ""
    guess: Message | None = None
    explicit: bool = False

    @property
    def same(self) -> tuple[object, ...]:
        """What two scales have in common that are one."""
        return self.kind, self.choices, self.low, self.high

    @property
    def maximum(self) -> float | None:
        """The best reachable points; None for what is only recorded."""
        match self.kind:
            case "yes_no":
                return 1.0
            case "range":
                return self.high
            case "info":
                return None
            case "choices":
                return max((choice.points for choice in self.choices if choice.points is not None), default=None)

    @property
    def plain(self) -> bool:
        """Whether its answers are surely answers: we know the words, or they come with points."""
        labels = [choice.label for choice in self.choices]
        return self.kind != "choices" or self.explicit or _grades(labels) or all(map(words.is_answer, labels))

    @property
    def name(self) -> str:
        """A name for it under `scales:`."""
        if self.kind == "choices":
            keys = [choice.key for choice in self.choices]
            if all(key.isdigit() for key in keys):
                return f"score_{keys[-1]}_{keys[0]}"
            return snake("_".join((keys[0], keys[-1])), 40) or "answers"
        if self.kind == "range":
            return f"score_{shown(self.low)}_{shown(self.high)}".replace(".", "_").replace("-", "minus_")
        return self.kind


YES_NO: Final = Scale("yes_no")


def shown(number: float) -> str:
    """Write a number the shortest way."""
    return str(int(number)) if float(number).is_integer() else repr(round(float(number), 6))


def from_text(text: str) -> Scale | None:
    """Read what a cell or a heading says of answers: `Oui / Non / NA`, `1 à 5`, `/10`, `Oui = 2 ; Non = 0`, `texte`."""
    text = text.strip().strip("()[]").strip()
    if _DATE.fullmatch(text):
        return None
    info = words.recorded(text)
    if info is not None:
        return Scale("info", info=info)
    labels = split(text)
    marks = all(re.fullmatch(r"\d{1,3}", label) for label in labels)
    out_of = _OUT_OF.search(text)
    if out_of and len(labels) <= 2 and not marks:  # noqa: PLR2004 - “note /10” is no list
        return from_bounds(0, int(out_of[1]))
    if len(labels) > 2 or (len(labels) > 1 and not marks):  # noqa: PLR2004 - 1-5 is no list
        return from_labels(labels)
    bounds = _BOUNDS.search(text)
    if bounds:
        low, high = int(bounds[1]), int(bounds[2])
        return from_bounds(low, high) if low < high else from_labels(labels)
    highest = out_of[1] if out_of else "100" if plain(text) in _PERCENT else ""
    return from_bounds(0, int(highest)) if highest else None


def in_heading(heading: str) -> Scale | None:
    """Read the answers that a heading says, beside what the column is: `Note (1 à 5)`, `Score /10`, `Oui/Non/NA`."""
    for part in (*re.findall(r"[(\[]([^()\[\]]+)[)\]]", heading), heading):
        found = from_text(part)
        if found is not None and found.plain:
            return found
    return None


def from_rule(rule: Rule) -> Scale | None:
    """Read what a program lets into a cell."""
    if rule.kind == "list":
        return from_labels(rule.options)
    if rule.kind in ("date", "time"):
        return Scale("info", info=rule.kind)
    if rule.kind in ("whole", "decimal") and rule.low is not None and rule.high is not None and rule.low < rule.high:
        return from_bounds(rule.low, rule.high, whole=rule.kind == "whole")
    return None


def from_bounds(low: float, high: float, *, whole: bool = True) -> Scale | None:
    """Make the scale of marks between two bounds: a list where there are few of them, else the number itself."""
    if high <= 0:
        return None
    guess = None
    if low > 0:
        guess = msg("the lowest mark, {low}, counts {low} out of {high}", low=shown(low), high=shown(high))
    if whole and float(low).is_integer() and float(high).is_integer() and high - low < 6:  # noqa: PLR2004 - 0 to 5
        marks = range(int(high), int(low) - 1, -1)
        return Scale("choices", tuple(Choice(str(mark), str(mark), mark) for mark in marks), guess=guess, explicit=True)
    return Scale("range", low=low, high=high, guess=guess, explicit=True)


def split(text: str) -> list[str]:
    """Cut a list of answers at the one sign that separates them."""
    text = _NA_SLASH.sub(r"\1\2", text)
    marks = re.fullmatch(r"[\d\s,]+", text)
    for separator in _SEPARATORS:
        if separator in text:
            # A decimal comma separates nothing: `Oui = 1, En partie = 0,5`.
            parts = re.split(r",(?!\d)", text) if separator == "," and not marks else text.split(separator)
            return [label for part in parts if (label := tidy(part).strip(" .-•"))]
    return [tidy(text)] if text.strip() else []


def from_labels(labels: Sequence[str]) -> Scale | None:
    """Make a scale of a list of answers; None where fewer than two are left without “not applicable”."""
    kept: dict[str, tuple[str, float | None]] = {}
    for label in map(tidy, labels):
        if label and not words.is_not_applicable(label) and not words.is_unobserved(label):
            name, points = _pointed(_AS_NA.sub("", label))
            if name and not words.is_not_applicable(name):
                kept.setdefault(plain(name) or name, (name, points))
    answers = list(kept.values())
    if len(answers) < 2 or len(answers) > LISTED:  # noqa: PLR2004 - one answer is no choice
        return None
    given = [points for _, points in answers]
    if all(points is not None for points in given) and max(points or 0 for points in given) > 0:
        ordered = sorted(answers, key=lambda answer: -(answer[1] or 0))
        return Scale("choices", _keyed(ordered), explicit=True)
    texts = [name for name, _ in answers]
    kinds = sorted("yes" if plain(text) in words.YES else "no" if plain(text) in words.NO else text for text in texts)
    return YES_NO if kinds == ["no", "yes"] else _ranked(texts)


def _ranked(texts: list[str]) -> Scale:
    """Order answers from the best to the worst, and give them points at equal distances."""
    ranks = [words.rank(text) for text in texts]
    known = [rank for rank in ranks if rank is not None]
    guess: Message | None = None
    if len(known) == len(texts) and len(set(known)) == len(known):
        texts = [text for _, text in sorted(zip(known, texts, strict=True), reverse=True)]
    elif _grades(texts):
        texts = sorted(texts)
        guess = msg("{first} was taken as the best", first=texts[0])
    elif known and (known[0] != known[-1]):
        texts = texts if known[0] > known[-1] else texts[::-1]
        guess = msg("the order of the answers, best first, was told by some of them")
    elif len(texts) > RANKED:
        guess = msg("a long list of answers that do not say which is better: recorded, not scored")
        return Scale("info", _keyed([(text, None) for text in texts]), info="choice", guess=guess)
    else:
        guess = msg("nothing says which answer is the best: the first was taken, the last as the worst")
    last = len(texts) - 1
    points = [1.0, 0.5, 0.0] if len(texts) == _THREE else [float(last - place) for place in range(len(texts))]
    return Scale("choices", _keyed(list(zip(texts, points, strict=True))), guess=guess)


def _grades(labels: Sequence[str]) -> bool:
    """Whether answers are letters from A on, in whatever order."""
    return sorted(labels) == [chr(ord("A") + place) for place in range(len(labels))] and len(labels) >= _THREE


def _pointed(label: str) -> tuple[str, float | None]:
    """Read an answer and its points: `Oui (2)`, `Oui = 2 pts`, `3 : souvent`, or a number, worth itself."""
    if re.fullmatch(_NUMBER, label):
        return label, float(label.replace(",", "."))
    for pattern in (_POINTS_LAST, _POINTS_FIRST):
        match = pattern.fullmatch(label)
        if match:
            return tidy(match["label"]), float(match["points"].replace(",", "."))
    return label, None


def _keyed(answers: Sequence[tuple[str, float | None]]) -> tuple[Choice, ...]:
    """Give each answer a key, told from the others' keys and labels."""
    found: list[Choice] = []
    taken = {plain(label) for label, _ in answers} | {"na"}
    for label, points in answers:
        word = plain(label)
        key = "yes" if word in words.YES else "no" if word in words.NO else _mark(label) or snake(label, 40)
        while not key or any(key == choice.key for choice in found) or (key in taken and key != word):
            key = f"{key or 'answer'}_{len(found) + 1}"
        found.append(Choice(key, label, points))
    return tuple(found)


def _mark(label: str) -> str:
    return label if re.fullmatch(r"\d{1,4}", label) else ""

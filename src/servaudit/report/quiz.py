"""Draws a quiz from a standard: what to say, what to avoid, thresholds, reasons, what is critical; always the same."""

from __future__ import annotations

import hashlib
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from servaudit.model.standard import GRAVITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servaudit.i18n import Translator
    from servaudit.report.asked import GridRow
    from servaudit.report.figures import Figures
    from servaudit.report.thresholds import Thresholds

LONGEST = 20
"""How many questions there are at most: what a group answers in a quarter of an hour."""
_OTHERS = 2
_LETTERS = "ABC"


class Option(NamedTuple):
    """One answer to choose among, with its letter."""

    letter: str
    text: str


class Question(NamedTuple):
    """A question with one right answer; `because` explains it."""

    number: int
    text: str
    options: tuple[Option, ...]
    answer: str
    right: str
    because: str | None


class Material(NamedTuple):
    """What questions are drawn from: a criterion, where it stands, and the thresholds of its measured value."""

    row: GridRow
    section: str
    unit: str | None
    thresholds: Thresholds | None


class _Draft(NamedTuple):
    place: int
    row: GridRow
    text: str
    right: str
    wrong: tuple[str, ...]
    because: str | None


def quiz(
    material: Sequence[Material], figures: Figures, tr: Translator, longest: int = LONGEST
) -> tuple[Question, ...]:
    """Draw questions, one of a criterion and `longest` at most: of the gravest and weightiest, in the standard's order.

    They are numbered from 1.
    """
    drafts = list(_Drafts(material, figures, tr).all())
    drafts.sort(key=lambda draft: (GRAVITY[draft.row.severity], -draft.row.weight, draft.place))
    chosen = sorted(drafts[:longest], key=lambda draft: draft.place)
    return tuple(_question(number, draft) for number, draft in enumerate(chosen, 1))


def _question(number: int, draft: _Draft) -> Question:
    """Put the answers in an order that nobody chose, and that is always the same."""
    texts = sorted(
        (draft.right, *draft.wrong), key=lambda text: hashlib.sha256(f"{draft.row.id} {text}".encode()).digest()
    )
    options = tuple(Option(letter, text) for letter, text in zip(_LETTERS, texts, strict=True))
    answer = next(option.letter for option in options if option.text == draft.right)
    return Question(number, draft.text, options, answer, draft.right, draft.because)


class _Drafts:
    def __init__(self, material: Sequence[Material], figures: Figures, tr: Translator) -> None:
        self._all, self._figures, self._tr = material, figures, tr

    def all(self) -> Iterator[_Draft]:
        """Give a question of each criterion that has matter for one, of the kinds in turn."""
        kinds = (self._to_say, self._why, self._to_avoid)
        turn = 0
        for place, one in enumerate(self._all):
            if not one.row.scored:
                continue
            first = [self._critical] if one.row.severity == "critical" else [self._threshold]
            for make in (*first, *kinds[turn:], *kinds[:turn]):
                draft = make(place, one)
                if draft is not None:
                    turn = (turn + 1) % len(kinds) if make in kinds else turn
                    yield draft
                    break

    def _to_say(self, place: int, one: Material) -> _Draft | None:
        row = one.row
        if row.good is None or row.bad is None:
            return None
        wrong = [row.bad, *self._others(place, lambda other: other.bad, {row.good, row.bad}, 1)]
        text = self._tr.t("{criterion} What is the right thing to say or do?", criterion=_sentence(row.text))
        return self._draft(place, row, text, row.good, wrong, row.why or row.guidance)

    def _to_avoid(self, place: int, one: Material) -> _Draft | None:
        row = one.row
        if row.bad is None:
            return None
        wrong = self._others(place, lambda other: other.good, {row.bad}, _OTHERS)
        text = self._tr.t("Which of these goes against the standard?")
        return self._draft(place, row, text, row.bad, wrong, row.text)

    def _why(self, place: int, one: Material) -> _Draft | None:
        row = one.row
        if row.why is None:
            return None
        wrong = self._others(place, lambda other: other.why, {row.why}, _OTHERS)
        text = self._tr.t("{criterion} Why does the standard ask for it?", criterion=_sentence(row.text))
        return self._draft(place, row, text, row.why, wrong, row.guidance)

    def _critical(self, place: int, one: Material) -> _Draft | None:
        row = one.row
        wrong = self._others(
            place, lambda other: other.text if other.severity == "minor" else None, {row.text}, _OTHERS
        )
        text = self._tr.t("Which of these criteria is critical?")
        return self._draft(place, row, text, row.text, wrong, row.why)

    def _threshold(self, place: int, one: Material) -> _Draft | None:
        found = one.thresholds
        if found is None or not found.reached:
            return None
        middle = (found.best + found.worst) / 2
        if found.best.is_integer() and found.worst.is_integer():
            middle = float(floor(middle))  # nobody counts half a machine
        if middle in (found.best, found.worst):
            return None
        right, *wrong = (self._figures.measured(value, one.unit) for value in (found.best, found.worst, middle))
        if found.rising:
            text = self._tr.t("{criterion} From what value on is it fully met?", criterion=_sentence(one.row.text))
        else:
            text = self._tr.t("{criterion} Up to what value is it fully met?", criterion=_sentence(one.row.text))
        because = self._tr.t("Fully met: {good}. Not met at all: {bad}.", good=found.good, bad=found.bad)
        return self._draft(place, one.row, text, right, wrong, because)

    def _others(self, place: int, say: Callable[[GridRow], str | None], taken: set[str], count: int) -> list[str]:
        """Take from other criteria what is wrong here: of the same section first, the nearest after it first."""
        here = self._all[place].section
        around = [*self._all[place + 1 :], *self._all[:place]]
        texts = [say(one.row) for one in sorted(around, key=lambda one: one.section != here) if one.row.scored]
        return [text for text in dict.fromkeys(texts) if text is not None and text not in taken][:count]

    def _draft(
        self, place: int, row: GridRow, text: str, right: str, wrong: list[str], because: str | None
    ) -> _Draft | None:
        """Make a question, unless there are too few other answers or two are alike."""
        if len(wrong) < _OTHERS or len({right, *wrong}) <= _OTHERS:
            return None
        return _Draft(place, row, text, right, tuple(wrong), because)


def _sentence(text: str) -> str:
    """End a text that another sentence follows."""
    return text if text.endswith((".", "!", "?", "…", "»", "”")) else f"{text}."

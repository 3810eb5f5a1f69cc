"""The view of a difference of two versions of a document: every change in words, the gravest first."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from servaudit.change.kinds import KINDS, LEVELS
from servaudit.diagnostics import msg
from servaudit.model.base import say
from servaudit.report.words import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from servaudit.change.change import Change
    from servaudit.change.difference import Difference
    from servaudit.change.kinds import Level
    from servaudit.diagnostics import Message
    from servaudit.i18n import Translator
    from servaudit.model.checklist import Checklist
    from servaudit.model.standard import Standard
    from servaudit.model.vocabulary import Vocabulary
    from servaudit.report.impact import ImpactView
    from servaudit.report.view import Tone

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_SHOWN = 200
_COMPARED = 4_000_000
"""Pairs of words that are looked at to compare two texts: two of 2,000 words."""
_TOLD = frozenset({"history", "criterion-added", "criterion-removed", "section-added", "section-removed"})
"""The kinds of which the subject and its title say everything."""
LEVEL_WORDS: Mapping[Level, tuple[Message, Message, Tone]] = {
    "major": (msg("Major"), msg("ids or scoring: past scores move, or can no longer be made"), "bad"),
    "minor": (msg("Minor"), msg("something new: past scores stay"), "fair"),
    "patch": (msg("Patch"), msg("wording: no score moves"), "good"),
    "none": (msg("No change"), msg("nothing but layout and comments"), "muted"),
}


class Segment(NamedTuple):
    """A run of a text: in both, taken out, or put in."""

    what: Literal["same", "out", "in"]
    text: str


class ChangeRow(NamedTuple):
    """One change, in words. `segments` is filled for texts; `old` and `new` otherwise, "" where there is nothing."""

    kind: str
    word: str
    subject: str
    title: str
    field: str
    language: str
    old: str
    new: str
    segments: tuple[Segment, ...]
    place: str
    why: str


class ChangeGroup(NamedTuple):
    """The changes of one level."""

    level: Level
    word: str
    meaning: str
    tone: Tone
    rows: tuple[ChangeRow, ...]


class Version(NamedTuple):
    """One side of a difference."""

    version: str
    path: str
    sha256: str


class DiffView(NamedTuple):
    """A difference, ready to be shown."""

    language: str
    generator: str
    title: str
    id: str
    old: Version
    new: Version
    level: Level
    level_word: str
    tone: Tone
    conclusion: str
    enough: bool
    groups: tuple[ChangeGroup, ...]
    impact: ImpactView | None


def diff_view(
    difference: Difference,
    document: Standard | Checklist | Vocabulary,
    sides: tuple[Version, Version],
    tr: Translator,
    *,
    generator: str,
    places: Callable[[Change], str],
    impact: ImpactView | None = None,
) -> DiffView:
    """Make the view; `places` says where a change stands, `file:line:column`."""
    groups = []
    for level in reversed(LEVELS):
        rows = tuple(
            _row(change, document.language, tr, places) for change in difference.changes if change.level == level
        )
        if rows:
            word, meaning, tone = LEVEL_WORDS[level]
            groups.append(ChangeGroup(level, tr.message(word), tr.message(meaning), tone, rows))
    word, _, tone = LEVEL_WORDS[difference.level]
    return DiffView(
        tr.language, generator, clean(document.say(document.title, tr.language)), document.id, *sides,
        difference.level, tr.message(word), tone, _conclusion(difference, sides, tr), difference.enough,
        tuple(groups), impact,
    )  # fmt: skip


def _conclusion(difference: Difference, sides: tuple[Version, Version], tr: Translator) -> str:
    """Say which version the changes call for, and whether the document has it."""
    old, new = difference.old_version, difference.new_version
    if difference.level == "none":
        if sides[0].sha256 == sides[1].sha256:
            return tr.t("The two files are the same.")
        return tr.t("Only the layout or comments changed: the version may stay {version}.", version=old)
    wanted = difference.wanted
    if difference.enough:
        return tr.t("The changes call for version {wanted} at least; it is {new}.", wanted=wanted, new=new)
    if old == new:
        return tr.t("The changes call for version {wanted}; it is still {new}.", wanted=wanted, new=new)
    return tr.t("The changes call for version {wanted}; it is only {new}.", wanted=wanted, new=new)


def _row(change: Change, language: str, tr: Translator, places: Callable[[Change], str]) -> ChangeRow:
    title = clean(say(change.title, tr.language, language)) if change.title else ""
    texts = isinstance(change.old, str) and isinstance(change.new, str) and change.language is not None
    stale = change.kind == "translation-stale"
    segments = compared(clean(change.old), clean(change.new)) if texts and not stale else ()
    told = bool(segments) or change.kind in _TOLD
    return ChangeRow(
        change.kind, tr.message(KINDS[change.kind].title), change.subject, title if told or title != change.new else "",
        change.field, _language(change.language, tr), "" if told or stale else _shown(change.old, tr),
        "" if told else _shown(change.new, tr), segments, places(change),
        tr.message(change.why) if change.why else "",
    )  # fmt: skip


def _language(language: str | None, tr: Translator) -> str:
    match language:
        case "fr":
            return tr.t("French")
        case "en":
            return tr.t("English")
        case _:
            return ""


def compared(old: str, new: str) -> tuple[Segment, ...]:
    """Compare two texts word by word; of very long ones, which would take long, the beginnings are set side by side."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) * len(after) > _COMPARED:
        return Segment("out", _cut(old)), Segment("same", " "), Segment("in", _cut(new))
    found: list[Segment] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Segment("same", "".join(before[a:b])))
            continue
        found += [Segment("out", "".join(before[a:b]))] if b > a else []
        found += [Segment("in", "".join(after[c:d]))] if d > c else []
    return tuple(found)


def _shown(value: Any, tr: Translator) -> str:  # noqa: ANN401 - what JSON has
    """Write a plain value as a person would: numbers the local way, mappings as YAML has them on one line."""
    return _cut(clean(_written(value, tr)))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _written(value: Any, tr: Translator) -> str:  # noqa: ANN401 - same
    if value is None:
        return ""
    if isinstance(value, bool):
        return tr.t("yes") if value else tr.t("no")
    if isinstance(value, int | float):
        return tr.number(value)
    if isinstance(value, list):
        return ", ".join(f"[{_written(item, tr)}]" if isinstance(item, list) else _written(item, tr) for item in value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_inner(item, tr)}" for name, item in value.items() if item is not None) + "}"
    return str(value)


def _inner(value: Any, tr: Translator) -> str:  # noqa: ANN401 - same
    text = _written(value, tr)
    return f"[{text}]" if isinstance(value, list) else text

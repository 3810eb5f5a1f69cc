"""Writes the draft of a standard as YAML that people read: where everything came from, and what to check, beside it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from servaudit.diagnostics import msg
from servaudit.draft.grid import tidy
from servaudit.draft.scales import shown
from servaudit.render.yaml import flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.diagnostics import Message
    from servaudit.draft.made import Criterion, Draft, Section
    from servaudit.draft.scales import Choice, Scale
    from servaudit.i18n.translator import Translator

WIDTH: Final = 110
NOTED: Final = 40
"""Things to check that the head of a draft lists."""


def render(draft: Draft, language: Translator, *, source: str, schema: str | None) -> str:
    """Write the document; `source` is the grid's file, `schema` what an editor checks it with, as a path from it."""
    return "".join(f"{line}\n" for line in _lines(draft, language, source, schema))


def _lines(draft: Draft, tr: Translator, source: str, schema: str | None) -> Iterator[str]:
    if schema is not None:
        yield f"# yaml-language-server: $schema={tidy(schema)}"
    sheets = [tidy(name) for name in draft.sheets]
    said = msg("A draft, made by servaudit import of {source}: {sheets}.", source=tidy(source), sheets=sheets)
    yield from _comment(said, tr)
    if draft.notes:
        yield from _comment(msg("To check:"), tr)
        for note in draft.notes[:NOTED]:
            yield from _comment(msg("{place}: {what}", place=note.place, what=note.what), tr, bullet=True)
        if len(draft.notes) > NOTED:
            yield from _comment(msg("  and {count} more", count=len(draft.notes) - NOTED), tr)
    yield "kind: standard"
    yield f"id: {flow(draft.id)}"
    yield "version: 0.1.0"
    yield f"language: {draft.language}"
    yield from _text("title", draft.title, "")
    if draft.scales:
        yield "scales:"
        for name, scale in draft.scales.items():
            yield from _scale(name, scale, tr)
    yield from _children(draft.root, draft, tr, "")
    yield from _scoring(draft, tr)


def _scoring(draft: Draft, tr: Translator) -> Iterator[str]:
    yield "scoring:"
    if draft.combine == "sum":
        said = msg("Points add up: weight × points, over the most that could be had.")
    else:
        said = msg("Each section is the mean of its criteria by weight, the whole that of its sections.")
    yield from _comment(said, tr, "  ")
    yield f"  combine: {draft.combine}"
    yield from _comment(msg("Say from which score a visit passes, for example:"), tr, "  ")
    yield "  # pass: {score: 0.8}"
    if any(one.severity == "critical" for one in draft.root.all_criteria()):
        yield from _comment(
            msg("A critical criterion that is not fully met fails the visit, unless limits: says else."), tr, "  "
        )


def _children(section: Section, draft: Draft, tr: Translator, indent: str) -> Iterator[str]:
    if section.criteria:
        yield f"{indent}criteria:"
        for criterion in section.criteria:
            yield from _criterion(criterion, draft, tr, f"{indent}  ")
    if section.sections:
        yield f"{indent}sections:"
        for inner in section.sections:
            yield from _section(inner, draft, tr, f"{indent}  ")


def _section(section: Section, draft: Draft, tr: Translator, indent: str) -> Iterator[str]:
    yield f"{indent}- id: {section.id}  # {tidy(section.place)}"
    inner = f"{indent}  "
    yield from _text("title", section.title, inner)
    if section.weight is not None and section.weight != 1:
        together = tr.t("the weights of its criteria together")
        yield f"{inner}weight: {shown(section.weight)}" + (f"  # {together}" if section.summed else "")
    if draft.combine == "sum":
        yield f"{inner}combine: sum"
    yield from _children(section, draft, tr, inner)


def _criterion(criterion: Criterion, draft: Draft, tr: Translator, indent: str) -> Iterator[str]:
    number = f" · {tidy(criterion.number)}" if criterion.number else ""
    for note in criterion.notes:
        yield from _comment(msg("To check: {what}", what=note), tr, indent)
    yield f"{indent}- id: {criterion.id}  # {tidy(criterion.place)}{number}"
    inner = f"{indent}  "
    if criterion.translation is None:
        yield from _text("text", criterion.text, inner)
    else:
        yield f"{inner}text:"
        yield from _text(draft.language, criterion.text, f"{inner}  ")
        yield from _text(*criterion.translation, f"{inner}  ")
    if criterion.guidance:
        yield from _text("guidance", criterion.guidance, inner)
    if criterion.why:
        yield from _text("why", criterion.why, inner)
    scale = criterion.scale
    if scale.kind == "info":
        yield f"{inner}scale: {_info(scale)}"
    elif scale.kind != "yes_no":
        yield f"{inner}scale: {draft.name_of(scale)}"
    if criterion.weight is not None and criterion.weight != 1:
        yield f"{inner}weight: {shown(criterion.weight)}"
    if criterion.severity in ("critical", "major"):
        yield f"{inner}severity: {criterion.severity}"


def _info(scale: Scale) -> str:
    if not scale.choices:
        return f"{{info: {scale.info}}}"
    choices = ", ".join(f"{_key(choice.key)}: {flow(choice.label)}" for choice in scale.choices)
    return f"{{info: choice, choices: {{{choices}}}}}"


def _scale(name: str, scale: Scale, tr: Translator) -> Iterator[str]:
    if scale.guess is not None:
        yield from _comment(msg("To check: {what}", what=scale.guess), tr, "  ")
    if scale.kind == "range":
        yield f"  {name}: {{range: [{shown(scale.low)}, {shown(scale.high)}], max: {shown(scale.high)}}}"
        return
    yield f"  {name}:"
    yield "    choices:"
    for choice in scale.choices:
        yield f"      {_key(choice.key)}: {_choice(choice)}"


def _choice(choice: Choice) -> str:
    points = "null" if choice.points is None else shown(choice.points)
    return points if choice.label == choice.key else f"{{points: {points}, label: {flow(choice.label)}}}"


def _comment(message: Message, tr: Translator, indent: str = "", *, bullet: bool = False) -> Iterator[str]:
    """Write a comment, within the width; what a cell said stays in it."""
    text = tidy(tr.message(message))
    first, rest = (f"{indent}# - ", f"{indent}#   ") if bullet else (f"{indent}# ",) * 2
    lines = textwrap.wrap(text, WIDTH - len(first), break_on_hyphens=False, break_long_words=False)
    for number, line in enumerate(lines):
        yield f"{rest if number else first}{line}"


def _text(name: str, text: str, indent: str) -> Iterator[str]:
    """Write a text after its key: on the line, folded where it is long, line by line where it has several."""
    rows = text.split("\n")
    if len(rows) > 1:
        yield f"{indent}{name}: |-"
        yield from (f"{indent}  {row}" for row in rows)
        return
    line = f"{indent}{name}: {flow(text)}"
    if len(line) <= WIDTH:
        yield line
        return
    yield f"{indent}{name}: >-"
    # Only at plain spaces, which folding gives back: those that do not break are the author's.
    room, row = WIDTH - len(indent) - 2, ""
    for word in text.split(" "):
        if row and len(row) + 1 + len(word) > room:
            yield f"{indent}  {row}"
            row = word
        else:
            row = f"{row} {word}" if row else word
    yield f"{indent}  {row}"


def _key(key: str) -> str:
    """Write the key of an answer: a mark as the number it is, which is read as the same key."""
    return key if key.isascii() and key.isdigit() and str(int(key)) == key else flow(key)

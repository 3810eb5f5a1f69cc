"""Writes a difference as Markdown, for the description of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servaudit.i18n import translator
from servaudit.render.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servaudit.i18n import Translator
    from servaudit.report.change import ChangeRow, DiffView, Segment
    from servaudit.report.impact import EffectRow, ImpactView, Standing


MOST = 50
"""Visits that are listed: what a pull request says has a limit, and so has who reads it."""


def markdown(view: DiffView) -> bytes:
    """Write the view; what was typed stays text."""
    return ("\n".join(_lines(view, translator(view.language))) + "\n").encode("utf-8", "replace")


def _lines(view: DiffView, tr: Translator) -> Iterator[str]:
    yield f"<!-- {view.generator} -->"
    yield ""
    versions = f"{view.old.version} → {view.new.version}"
    yield "## " + tr.t("{label}: {text}", label=escaped(view.title), text=versions)
    yield ""
    yield f"**{view.level_word}** · {escaped(view.conclusion)}"
    for group in view.groups:
        yield ""
        count = tr.n("{count} change", "{count} changes", len(group.rows))
        yield f"### {group.word} · {count}"
        yield ""
        yield f"*{escaped(group.meaning)}*"
        yield ""
        for row in group.rows:
            yield from _row(row)
    if view.impact is not None:
        yield from _impact(view.impact, tr)


def _row(row: ChangeRow) -> Iterator[str]:
    language = f" ({row.language})" if row.language else ""
    name = f" · `{_code(row.subject)}`" if row.subject else ""
    yield f"- **{row.word}**{language}{name}{_values(row)}"
    if row.title and not row.segments:
        yield f"  - {escaped(row.title)}"
    if row.segments:
        yield f"  - {''.join(map(_segment, row.segments))}"
    if row.why:
        yield f"  - *{escaped(row.why)}*"
    yield f"  - <sub>{escaped(row.place)}</sub>"


def _values(row: ChangeRow) -> str:
    if row.old and row.new:
        return f" · {escaped(row.old)} → **{escaped(row.new)}**"
    if row.new:
        return f" · {escaped(row.new)}"
    return f" · ~~{escaped(row.old)}~~" if row.old else ""


def _segment(segment: Segment) -> str:
    """Mark what goes and what comes; marks stand at words, not at the spaces around them."""
    text = segment.text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    inner = escaped(text.strip())
    if not inner:
        return text
    if segment.what == "same":
        return f"{lead}{inner}{tail}"
    return f"{lead}<del>{inner}</del>{tail}" if segment.what == "out" else f"{lead}<ins>{inner}</ins>{tail}"


def _code(text: str) -> str:
    return text.replace("`", "")


def _impact(impact: ImpactView, tr: Translator) -> Iterator[str]:
    yield ""
    yield "### " + tr.t("What becomes of past visits")
    yield ""
    yield escaped(impact.conclusion)
    if not impact.rows:
        return
    yield ""
    visit, moved = tr.t("Visit"), tr.t("Difference")
    yield f"| {visit} | {impact.before} | {impact.after} | {moved} |"
    yield "|---|---|---|---|"
    for row in impact.rows[:MOST]:
        yield _effect(row)
    rest = len(impact.rows) - MOST
    if rest > 0:
        yield ""
        yield tr.n("and {count} more", "and {count} more", rest)


def _effect(row: EffectRow) -> str:
    name = " · ".join(escaped(part) for part in (row.title, row.visit, row.date) if part)
    change = " · ".join(escaped(part) for part in (row.delta, row.ranks) if part)
    return f"| {name} | {_standing(row.before)} | {_standing(row.after)} | {change} |"


def _standing(standing: Standing) -> str:
    if standing.verdict is None:
        return " / ".join(escaped(reason) for reason in standing.refused)
    return " · ".join(escaped(part) for part in (standing.result, standing.level, standing.verdict.word) if part)

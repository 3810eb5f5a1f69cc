"""A difference of two versions of a standard on the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from servaudit.cli.columns import left, width
from servaudit.cli.console import SIGNS, STYLES
from servaudit.cli.show import Piece

if TYPE_CHECKING:
    from servaudit.cli.show import Show
    from servaudit.report.change import ChangeRow, DiffView
    from servaudit.report.impact import EffectRow, ImpactView, Standing

MARKS: Final = {"same": ("", ""), "out": ("[-", "-]"), "in": ("{+", "+}")}
"""What stands around words that go and come where there are no colours, as git's own word diff has it."""
SEGMENTS: Final = {"same": "", "out": "red strike", "in": "green underline"}
MOST: Final = 30
"""Visits that a terminal lists; a pipe takes any."""
HEAD: Final = 34
"""Columns that a terminal gives the kind of a change."""
SIGN: Final = {"major": "▲", "minor": "•", "patch": "·"}


def print_view(view: DiffView, show: Show) -> None:
    """Print a difference: what changed, the gravest first, which version that calls for, and what it does to visits."""
    show.line(Piece(view.title, "bold"), f" · {view.id}  {view.old.version} → {view.new.version}")
    for group in view.groups:
        show.line()
        show.line(Piece(group.word, f"bold {STYLES[group.tone]}"), Piece(f"  {group.meaning}", "dim"))
        room = max(width(_head(row)) for row in group.rows)
        for row in group.rows:
            _row(row, f"  {SIGN[group.level]} ", STYLES[group.tone], min(room, HEAD), show)
    if view.groups:
        show.line()
    show.text(view.conclusion, style="bold" if view.enough else "bold red")
    if view.impact is not None:
        show.line()
        _impact(view.impact, show)


def _head(row: ChangeRow) -> str:
    return f"{row.word} ({row.language})" if row.language else row.word


def _row(row: ChangeRow, sign: str, style: str, room: int, show: Show) -> None:
    values = " → ".join(part for part in (row.old, row.new) if part)
    gone = row.old and not row.new
    named = f"{left(_head(row), room)}  "
    show.line(
        Piece(sign, style), Piece(named), Piece(row.subject, "bold"),
        *([Piece(f"  {values}", "red strike" if gone else "")] if values else []), Piece(f"  {row.place}", "dim"),
    )  # fmt: skip
    lead = " " * (width(sign) + width(named))
    if row.segments:
        marked = not show.styled()
        pieces = []
        for part in row.segments:
            before, after = MARKS[part.what] if marked else ("", "")
            pieces.append(Piece(f"{before}{part.text}{after}", SEGMENTS[part.what]))
        show.line(lead, *pieces)
    elif row.title:
        show.text(row.title, (Piece(lead),), style="dim", lines=2)
    if row.why:
        show.text(row.why, (Piece(lead),), style="italic", lines=3)


def _impact(impact: ImpactView, show: Show) -> None:
    show.line(Piece(show.say.t("What becomes of past visits"), "bold"))
    show.text(impact.conclusion, (Piece("  "),))
    names = [_name(row) for row in impact.rows]
    room = min(40, max(map(width, names), default=0))
    most = len(names) if show.columns() is None else MOST
    for row, name in zip(impact.rows[:most], names[:most], strict=True):
        _effect(row, left(name, room), show)
    if len(names) > most:
        more = show.say.n("and {count} more", "and {count} more", len(names) - most)
        show.line("  ", Piece(more, "dim"))
    if impact.rows and impact.still:
        rest = show.say.n("{count} visit does not move", "{count} visits do not move", impact.still)
        show.line("  ", Piece(rest, "dim"))


def _name(row: EffectRow) -> str:
    return " · ".join(part for part in (row.visit, row.title) if part)


def _effect(row: EffectRow, name: str, show: Show) -> None:
    refused = row.after.refused
    show.line(
        "  ", Piece(name), "  ", *_standing(row.before), Piece("  →  ", "dim"), *_standing(row.after),
        Piece(f"  {row.delta}", f"bold {STYLES[row.tone]}"), Piece(f"  {row.ranks}" if row.ranks else "", "dim"),
    )  # fmt: skip
    for reason in (*row.before.refused, *refused):
        show.text(reason, (Piece("      "),), style="red", lines=2)
    if row.kept:
        aside = show.say.n("{count} answer is kept aside", "{count} answers are kept aside", row.kept)
        show.line("      ", Piece(aside, "dim"))


def _standing(standing: Standing) -> list[Piece]:
    if standing.verdict is None:
        return [Piece("✘", "red")]
    style = STYLES[standing.verdict.tone]
    said = " ".join(part for part in (standing.result, standing.level) if part)
    return [Piece(f"{SIGNS[standing.verdict.icon]} ", style), Piece(said)]

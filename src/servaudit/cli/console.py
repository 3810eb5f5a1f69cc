"""Scorecards on the console: one visit in full, several as a list that grows as they are scored."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from servaudit import __version__
from servaudit.cli.columns import left, right, width
from servaudit.cli.show import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servaudit.cli.show import Show
    from servaudit.model.scorecard import RollupCard, Scorecard
    from servaudit.model.standard import Standard
    from servaudit.report.document import RollupView
    from servaudit.report.view import Badge, CriterionRow, FindingRow, Result, SectionRow, VisitView

STYLES: Final = {"good": "green", "fair": "yellow", "bad": "red", "muted": "dim"}
BARS: Final = STYLES | {"muted": "cyan"}
SIGNS: Final = {"check": "✔", "half": "◐", "cross": "✘", "dash": "–", "question": "?", "alert": "▲", "dot": "•"}
BAR: Final = 16
FIGURE: Final = 9
TITLE: Final = 44
WIDE: Final = 100
"""Columns from which a list says the verdict of each visit in words, not only by its sign."""
SHOWN: Final = 10
BRAVOS: Final = 5


class Console:
    """Shows each visit as soon as it may be: the first waits until it is known whether there are others."""

    def __init__(self, show: Show, *, silent: bool) -> None:
        self.show, self.silent = show, silent
        self.tr = show.say
        self.first: Sequence[tuple[Scorecard, Standard]] = ()
        self.count = 0
        self.wide = (show.columns() or WIDE) >= WIDE
        self.verdicts: dict[str, tuple[Badge, int]] = {}

    def visit(self, cards: Sequence[tuple[Scorecard, Standard]]) -> None:
        """Take a visit that was scored: its card, or the whole and then each of its standards."""
        self.count += 1
        if self.silent:
            return
        if self.count == 1:
            self.first = cards
            return
        if self.first:
            self._line(*self.first[0])
            self.first = ()
        self._line(*cards[0])

    def end(self, rollups: Iterable[tuple[RollupCard, Standard]]) -> None:
        """Conclude: the one visit in full, or the sum of all."""
        if self.silent:
            return
        for card, standard in self.first:
            from servaudit.report import visit_view  # noqa: PLC0415 - a list of visits does not need it

            if card.role == "part":
                self.show.line()
            self._card(visit_view(card, standard, self.tr, generator=f"servaudit {__version__}"))
        if self.first:
            path = _argument(self.first[0][0].observation.path)
            self.show.line()
            self.show.text(
                self.tr.t("servaudit explain {path} says how each figure came about", path=path), style="dim"
            )
        if self.count > 1:
            self._total()
            for rollup, standard in rollups:
                from servaudit.report import rollup_view  # noqa: PLC0415 - few standards have one

                self._rollup(rollup_view(rollup, standard, self.tr))

    def _line(self, card: Scorecard, standard: Standard) -> None:
        from servaudit.report.line import line_view  # noqa: PLC0415 - one visit does not need it

        line = line_view(card, standard, self.tr)
        _, count = self.verdicts.get(line.verdict.key, (line.verdict, 0))
        self.verdicts[line.verdict.key] = line.verdict, count + 1
        style = STYLES[line.verdict.tone]
        place = " · ".join(part for part in (line.title if line.title != line.id else "", line.date_text) if part)
        self.show.row(
            Piece(f"{SIGNS[line.verdict.icon]} ", style),
            Piece(right(line.result.text, 8), "bold"),
            f"  {left(line.result.level or '', 12)} ",
            Piece(f"{left(line.verdict.word, 19)} " if self.wide else "", style),
            f"{left(line.id, 25)} ",
            Piece(line.findings, "red" if line.critical else ""),
            Piece(f"  {place}" if place else "", "dim"),
        )

    def _total(self) -> None:
        total = self.tr.n("{count} visit", "{count} visits", self.count)
        pieces: list[str | Piece] = [Piece(total, "bold")]
        for badge, count in self.verdicts.values():
            pieces += ["   ", Piece(f"{SIGNS[badge.icon]} {badge.word}", STYLES[badge.tone]), f" × {count}"]
        self.show.line()
        self.show.line(*pieces)

    def _card(self, view: VisitView) -> None:
        tr, show = self.tr, self.show
        show.line(Piece(view.standard_title, "bold"), f" · {view.identity.standard} {view.identity.version}")
        named = (view.title, view.date_text, view.id if view.id != view.title else None)
        show.text(" · ".join(part for part in named if part))
        known = {tr.t(word) for word in ("Visit", "Site", "Date", "Standard")}
        facts = [tr.t("{label}: {text}", label=fact.label, text=fact.text) for fact in view.facts
                 if fact.label not in known]  # fmt: skip
        show.text(" · ".join(facts), style="dim")
        show.line()
        mark = tr.t("to pass: {mark}", mark=view.pass_mark) if view.pass_mark else ""
        self._result(view.result, view.verdict, mark)
        for text, style in self._remarks(view):
            show.text(text, (Piece("  "),), style=style, lines=6)
        if view.note:
            show.text(view.note, (Piece("  "),), style="italic", lines=6)
        self._sections(view.sections, tr.t("Standards") if view.role == "whole" else tr.t("Sections"))
        self._findings(view)
        self._bravo(view)

    def _result(self, result: Result, verdict: Badge, mark: str = "") -> None:
        style = STYLES[verdict.tone]
        self.show.line(
            Piece("  " + "   ".join(part for part in (result.text, result.level) if part), "bold"),
            Piece(f"   {SIGNS[verdict.icon]} {verdict.word}", f"bold {style}"),
            Piece(f"   ({mark})" if mark else "", "dim"),
        )

    def _remarks(self, view: VisitView) -> Iterable[tuple[str, str]]:
        tr = self.tr
        if view.reason:
            yield view.reason, "yellow"
        if view.before is not None:
            before = " ".join(part for part in (view.before.text, view.before.level) if part)
            yield tr.t("before limits: {result}", result=before), "dim"
        for limit in view.limits:
            yield f"▲ {limit.text} {limit.effect}", "yellow"
        if view.coverage is not None:
            bounds = f" — {view.bounds_text}" if view.bounds_text else ""
            yield tr.t("coverage: {coverage}", coverage=view.coverage.text) + bounds, "dim"
        for override in view.overrides:
            yield override.sentence, ""

    def _sections(self, sections: tuple[SectionRow, ...], title: str) -> None:
        if not sections:
            return
        self._head(title)
        mark = "  ← " + self.tr.t("weakest link")
        indented = ["  " * (section.depth - 1) + section.title for section in sections]
        room = (self.show.columns() or 100) - 2 - 1 - BAR - 1 - FIGURE - width(mark)
        columns = min(TITLE, room, max(map(width, indented)))
        for name, section in zip(indented, sections, strict=True):
            bar = "█" * round((section.ratio or 0) * BAR)
            rest = ("░" if section.ratio is not None else " ") * (BAR - len(bar))
            self.show.line(
                f"  {left(name, columns)} ", Piece(bar, BARS[section.tone]), Piece(rest, "dim"),
                f" {right(section.shown, FIGURE)}", Piece(mark if section.weakest else "", "dim"),
            )  # fmt: skip

    def _findings(self, view: VisitView) -> None:
        if not view.findings:
            return
        self._head(self.tr.t("What to put right, by what it costs"))
        shown = view.findings[:SHOWN]
        columns = max(width(finding.criterion.severity.word) for finding in shown)
        for finding in shown:
            self._finding(finding, columns)
        rest = len(view.findings) - SHOWN
        if rest > 0:
            self.show.line("  ", Piece(self.tr.n("and {count} more", "and {count} more", rest), "dim"))

    def _finding(self, finding: FindingRow, columns: int) -> None:
        row = finding.criterion
        lead = (
            Piece(f"  {SIGNS[row.outcome.icon]} ", STYLES[row.outcome.tone]),
            Piece(f"{left(row.severity.word, columns)}  ", STYLES[row.severity.tone]),
        )
        self.show.text(_named(row), lead, after=f"({finding.cost})" if finding.cost else "")
        if row.note:
            self.show.text(row.note, (Piece(" " * (columns + 6)),), style="italic", lines=3)

    def _bravo(self, view: VisitView) -> None:
        if not view.strengths and not view.commendations:
            return
        self._head(self.tr.t("Strengths"))
        for praise in view.commendations:
            said = " — ".join(part for part in (praise.note, praise.team) if part)
            self.show.text(said, (Piece("  ★ ", "yellow"),), lines=3)
        for row in view.strengths[:BRAVOS]:
            self.show.text(_named(row), (Piece("  ✔ ", "green"),))

    def _rollup(self, view: RollupView) -> None:
        self._head(view.title)
        self._result(view.result, view.verdict)
        columns = min(TITLE, max((width(measure.name) for measure in view.measures), default=0))
        for measure in view.measures:
            self.show.line(f"  {left(measure.name, columns)}  {right(measure.text, FIGURE)}")

    def _head(self, text: str) -> None:
        self.show.line()
        self.show.line(Piece(text, "bold"))


def _named(row: CriterionRow) -> str:
    """Say a criterion, and of which room or counter where several were looked at."""
    return f"{row.within} · {row.text}" if row.within else row.text


def _argument(path: str) -> str:
    """Write a path so that it can be copied into a shell; `-` is standard input."""
    return shlex.quote(f"./{path}" if path.startswith("-") and path != "-" else path)

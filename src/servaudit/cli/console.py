"""Scorecards on the console: one visit in full, several as a list that grows as they are scored."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from servaudit import __version__
from servaudit.cli.show import Piece, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servaudit.cli.show import Show
    from servaudit.model.scorecard import RollupCard, Scorecard
    from servaudit.model.standard import Standard
    from servaudit.report.view import FindingRow, RollupView, SectionRow, VisitView

STYLES: Final = {"good": "green", "fair": "yellow", "bad": "red", "muted": "dim"}
SIGNS: Final = {"check": "✔", "half": "◐", "cross": "✘", "dash": "–", "question": "?", "alert": "▲", "dot": "•"}
BAR: Final = 24
SHOWN: Final = 10
BRAVOS: Final = 5
TITLE: Final = 44


class Console:
    """Shows each visit as soon as it may be: the first waits until it is known whether there are others."""

    def __init__(self, show: Show, *, silent: bool) -> None:
        self.show, self.silent = show, silent
        self.tr = show.say
        self.first: tuple[Scorecard, Standard] | None = None
        self.count = 0
        self.verdicts: dict[str, int] = {}

    def visit(self, card: Scorecard, standard: Standard) -> None:
        """Take a visit that was scored."""
        self.count += 1
        if self.silent:
            return
        if self.count == 1:
            self.first = card, standard
            return
        if self.first is not None:
            self._line(*self.first)
            self.first = None
        self._line(card, standard)

    def end(self, rollups: Iterable[tuple[RollupCard, Standard]]) -> None:
        """Conclude: the one visit in full, or the sum of all."""
        if self.silent:
            return
        if self.first is not None:
            from servaudit.report import visit_view  # noqa: PLC0415 - a list of visits does not need it

            self._card(visit_view(*self.first, self.tr, generator=f"servaudit {__version__}"))
        elif self.count > 1:
            counts = ", ".join(f"{word}: {count}" for word, count in self.verdicts.items())
            total = self.tr.n("{count} visit", "{count} visits", self.count)
            self._print("")
            self._print(Piece(total, "bold"), f" — {counts}")
        for card, standard in rollups:
            from servaudit.report import rollup_view  # noqa: PLC0415 - few standards have one

            self._rollup(rollup_view(card, standard, self.tr))

    def _print(self, *pieces: str | Piece) -> None:
        self.show.line(*pieces)

    def _line(self, card: Scorecard, standard: Standard) -> None:
        from servaudit.report.line import line_view  # noqa: PLC0415 - one visit does not need it

        line = line_view(card, standard, self.tr)
        word = line.verdict.word
        self.verdicts[word] = self.verdicts.get(word, 0) + 1
        style = STYLES[line.verdict.tone]
        level = f"{line.result.level}" if line.result.level else ""
        self._print(
            Piece(f"{SIGNS[line.verdict.icon]} ", style),
            Piece(_right(line.result.text, 9), "bold"),
            f"  {_left(level, 14)} ",
            Piece(_left(word, 20), style),
            f"  {_left(line.title, 28)}  {_left(line.date or '', 10)}  {line.findings}".rstrip(),
        )

    def _card(self, view: VisitView) -> None:
        tr = self.tr
        self._print(Piece(view.standard_title, "bold"), f" · {view.identity.standard} {view.identity.version}")
        self._print(" · ".join(fact.text for fact in view.facts if fact.text != view.standard_title)[:200])
        self._print("")
        level = f"   {view.result.level}" if view.result.level else ""
        style = STYLES[view.verdict.tone]
        self._print(
            "  ", Piece(view.result.text, "bold"), Piece(level, "bold"), "   ",
            Piece(f"{SIGNS[view.verdict.icon]} {view.verdict.word}", f"bold {style}"),
            f"   ({view.pass_mark})" if view.pass_mark else "",
        )  # fmt: skip
        for text in self._remarks(view):
            self._print("  ", Piece(text, "dim"))
        self._sections(view.sections)
        self._findings(view)
        self._bravo(view)
        self._print("")
        self._print(Piece(tr.t("servaudit explain {path} says how each figure came about",
                               path=view.identity.observation_path), "dim"))  # fmt: skip

    def _remarks(self, view: VisitView) -> Iterable[str]:
        tr = self.tr
        if view.reason:
            yield view.reason
        if view.before is not None:
            before = " ".join(part for part in (view.before.text, view.before.level) if part)
            yield tr.t("before limits: {result}", result=before)
        for limit in view.limits:
            yield f"▲ {limit.text} {limit.effect}"
        if view.coverage is not None:
            bounds = f" — {view.bounds_text}" if view.bounds_text else ""
            yield tr.t("coverage: {coverage}", coverage=view.coverage.text) + bounds
        for override in view.overrides:
            yield override.sentence

    def _sections(self, sections: tuple[SectionRow, ...]) -> None:
        if not sections:
            return
        self._head(self.tr.t("Sections"))
        for section in sections:
            title = _left("  " * (section.depth - 1) + section.title, TITLE)
            weakest = "  ← " + self.tr.t("weakest link") if section.weakest else ""
            bar = "█" * round((section.ratio or 0) * BAR)
            self._print(
                f"  {title} ",
                Piece(bar, STYLES[section.tone]),
                Piece("░" * (BAR - len(bar)), "dim"),
                f" {_right(section.shown, 9)}",
                Piece(weakest, "dim"),
            )

    def _findings(self, view: VisitView) -> None:
        if not view.findings:
            return
        self._head(self.tr.t("What to put right, by what it costs"))
        for finding in view.findings[:SHOWN]:
            self._finding(finding)
        rest = len(view.findings) - SHOWN
        if rest > 0:
            self._print("  ", Piece(self.tr.n("and {count} more", "and {count} more", rest), "dim"))

    def _finding(self, finding: FindingRow) -> None:
        row = finding.criterion
        self._print(
            "  ",
            Piece(f"{SIGNS[row.outcome.icon]} {row.severity.word}", STYLES[row.severity.tone]),
            f"  {row.text}",
            Piece(f"  {finding.cost}" if finding.cost else "", "dim"),
        )
        if row.note:
            for line in textwrap.wrap(row.note, 92, max_lines=3, placeholder=" …"):
                self._print("      ", Piece(line, "italic"))

    def _bravo(self, view: VisitView) -> None:
        if not view.strengths and not view.commendations:
            return
        self._head(self.tr.t("Strengths"))
        for praise in view.commendations:
            self._print("  ", Piece("★ ", "yellow"), " — ".join(x for x in (praise.note, praise.team) if x))
        for row in view.strengths[:BRAVOS]:
            self._print("  ", Piece("✔ ", "green"), row.text)

    def _rollup(self, view: RollupView) -> None:
        self._head(view.title)
        level = f"   {view.result.level}" if view.result.level else ""
        self._print("  ", Piece(f"{view.result.text}{level}", "bold"), "   ",
                    Piece(f"{SIGNS[view.verdict.icon]} {view.verdict.word}", STYLES[view.verdict.tone]))  # fmt: skip
        for measure in view.measures:
            self._print(f"  {_left(measure.name, TITLE)} {measure.text}")

    def _head(self, text: str) -> None:
        self._print("")
        self._print(Piece(text, "bold"))


def _left(text: str, columns: int) -> str:
    """Give a text exactly so many columns, cut with a mark where it is longer."""
    if width(text) > columns:
        while width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - width(text))


def _right(text: str, columns: int) -> str:
    return " " * max(0, columns - width(text)) + text
